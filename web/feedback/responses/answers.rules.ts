import type { ShownAnswer } from "@firsthand/server/feedback/responses/responses.contract";

const SCALE_ENDS: Readonly<Record<string, { min: number; max: number }>> = { nps: { min: 0, max: 10 }, csat: { min: 1, max: 5 }, ces: { min: 1, max: 7 } };

/** The score that stands for a response in a list: its first counted one.
 *  @returns the number, also as people write it ("4/5"; of NPS the number alone), and its place on the common scale of feelings, -1 to 1; null without a score */
export const mainScore = (answers: readonly ShownAnswer[]): { score: number; text: string; normalised: number; type: string } | null => {
  for (const { questionType, number, isCounted } of answers) {
    const ends = SCALE_ENDS[questionType];
    if (number !== null && isCounted && ends !== undefined) return { score: number, text: questionType === "nps" ? String(number) : `${number}/${ends.max}`, normalised: (2 * (number - ends.min)) / (ends.max - ends.min) - 1, type: questionType };
  }
  return null;
};

/** The first thing the person wrote; null when nothing was written. */
export const firstComment = (answers: readonly ShownAnswer[]): string | null =>
  answers.find(({ text, isCounted }) => isCounted && text !== null && text !== "")?.text ?? null;
