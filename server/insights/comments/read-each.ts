import { unsureReading, type Reading, type Turn } from "@firsthand/text";

/** `named`: what the text names, as it is counted; `isUnread`: it brought its reader down. */
export type NamedReading = Reading & { named: string[]; isUnread?: true };

/** Reads texts one by one, so that one that brings its reader down costs nobody else their reading. */
export const readEach = (texts: readonly string[], turn: Turn, read: (text: string, place: number) => NamedReading | undefined): NamedReading[] =>
  texts.map((text, place) => {
    turn.at(place);
    return turn.isSkipped(place) ? unnamed(text) : (read(text, place) ?? unnamed(text));
  });

/** Of a text that could not be read. */
export const unnamed = (text: string): NamedReading => ({ ...unsureReading(text), named: [], isUnread: true });
