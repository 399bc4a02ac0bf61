/** Words while they are written, and what stood in the field when the writing began. */
export type Written = { was: string; now: string } | null;

/** The words after a key: the first one says what they began from, so that somebody else's change meanwhile is met and not written over. */
export const afterTyping = (written: Written, value: string, now: string): Written => ({ was: written?.was ?? value, now });

/** What the field shows: what is being written stays, whatever others do meanwhile. */
export const shownText = (written: Written, value: string): string => written?.now ?? value;

/** What has to be saved.
 *  @returns null when nothing was changed, or the same stands there already */
export const unsavedText = (written: Written, value: string): Written => (written === null || written.now === written.was || written.now === value ? null : written);

export const HOURS_MOST = 100_000;

/** A number of hours as it was typed; null when it says none. */
export const readHours = (text: string): number | null => {
  const hours = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isNaN(hours) ? null : Math.min(HOURS_MOST, Math.max(0, hours));
};

/** A draft after a part of it was saved: what was written on meanwhile stays.
 *  @param sent the draft as it was when it was sent
 *  @returns the fields of `now` that say something else than `sent` */
export const withoutSent = <Draft extends object>(now: Draft, sent: Draft): Partial<Draft> => {
  const rest: Partial<Draft> = { ...now };
  for (const field of Object.keys(sent)) if (Reflect.get(now, field) === Reflect.get(sent, field)) Reflect.deleteProperty(rest, field);
  return rest;
};
