import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";

/** How long the thank-you stands before the page goes on: long enough to read it, and to see where the link leads. */
const READING_MS = 3_000;

/** Goes to the address the ending names, after a moment.
 *  @param endingId as the server decided; undefined while it has not, then nothing happens
 *  @returns stops it */
export function moveOn(definition: SurveyDefinition, endingId: string | null | undefined): (() => void) | undefined {
  if (endingId === undefined) return undefined;
  const { redirectUrl } = (definition.endings ?? []).find(({ id }) => id === endingId) ?? definition.thanks;
  if (redirectUrl === undefined) return undefined;
  const timer = setTimeout(() => location.assign(redirectUrl), READING_MS);
  return () => clearTimeout(timer);
}
