/** Whether a device asks a survey at a moment of its own clock: without a line nobody tells it that the survey is over.
 *  @param survey what it was last told to ask; null for nothing */
export const isAskedAt = (survey: { closesAt: string | null } | null, nowMs: number): boolean =>
  survey !== null && (survey.closesAt === null || nowMs < Date.parse(survey.closesAt));
