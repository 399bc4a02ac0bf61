import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";

/** How long the thank-you stands before the page goes on: long enough to read it, and to see where the link leads. */
const READING_MS = 3_000;

/** Goes to the address the ending names, after a moment.
 *  @param endingId as the server decided; null or undefined is the thank-you */
export function moveOn(definition: SurveyDefinition, endingId: string | null | undefined): void {
  const redirectUrl = (endingId == null ? definition.thanks : definition.endings?.find(({ id }) => id === endingId))?.redirectUrl;
  if (redirectUrl !== undefined) setTimeout(() => location.assign(redirectUrl), READING_MS);
}
