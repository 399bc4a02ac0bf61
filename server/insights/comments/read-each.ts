import { unsureReading, type Reading, type Turn } from "@firsthand/text";

/** `named`: what the text names, as it is counted; `isUnread`: it brought its reader down. */
export type NamedReading = Reading & { named: string[]; isUnread?: true };

/** Reads texts but those that brought their reader down before: together, or one by one where nobody knows which it was.
 *  @param read some texts that stand in the list from a place on, saying at which place it is */
export const readHealthy = (texts: readonly string[], turn: Turn, read: (texts: readonly string[], from: number) => NamedReading[]): NamedReading[] => {
  const healthy = texts.map((text, place) => (turn.isSkipped(place) ? "" : text));
  const readings = turn.isCareful ? healthy.flatMap((text, place) => (turn.at(place), read([text], place))) : read(healthy, 0);
  return texts.map((text, place) => (turn.isSkipped(place) ? unnamed(text) : (readings[place] ?? unnamed(text))));
};

/** Of a text that could not be read. */
export const unnamed = (text: string): NamedReading => ({ ...unsureReading(text), named: [], isUnread: true });
