// Where members wrote who a customer is: in words of their own, which no erasure can tell from others.
import type { MapDocument } from "./document.contract.ts";
import type { WordsOnMap } from "./words.contract.ts";

export type NamedMap = { id: string; name: string; description: string; story: string; document: MapDocument; isInHistory: boolean; comments: readonly { stepId: string | null; text: string }[] };

/** A name of one word is too common to be looked for when it is short. */
const NAME_LETTERS_MIN = 4;

/** What a customer may be called on a map: the whole name, addresses, numbers.
 *  @returns each once, without those that would be found everywhere */
export const namesToSeek = (names: readonly (string | null)[]): string[] =>
  [...new Set(names.flatMap((name) => name?.trim().replace(/\s+/gu, " ") ?? []))].filter((name) => name.includes(" ") ? name.length > NAME_LETTERS_MIN : name.length >= NAME_LETTERS_MIN);

/** Every place of a map where one of some names stands, as words of their own: "Ann" is not in "Anna". Capital letters do not matter. */
export const findNames = (map: NamedMap, names: readonly string[]): WordsOnMap[] => {
  const isNamed = seek(names);
  const found = (place: WordsOnMap["place"], text: string, stepId: string | null = null): WordsOnMap[] => (isNamed(text) ? [{ mapId: map.id, mapName: map.name, place, stepId, text }] : []);
  const { stages, steps, lanes, cards } = map.document;
  const shown = [
    ...[map.name, map.description, map.story].flatMap((text) => found("map", text)),
    ...stages.flatMap(({ name }) => found("stage", name)),
    ...steps.flatMap(({ id, name, description }) => [...found("step", name, id), ...found("step", description, id)]),
    ...lanes.flatMap(({ name }) => found("lane", name)),
    ...cards.flatMap(({ text, stepId }) => found("card", text, stepId)),
    ...map.comments.flatMap(({ text, stepId }) => found("comment", text, stepId)),
  ];
  const past: WordsOnMap[] = map.isInHistory ? [{ mapId: map.id, mapName: map.name, place: "history", stepId: null, text: "" }] : [];
  return [...shown, ...past];
};

const seek = (names: readonly string[]): ((text: string) => boolean) => {
  if (names.length === 0) return () => false;
  const words = names.map((name) => name.split(" ").map((word) => word.replace(/[$()*+.?[\\\]^{|}]/gu, "\\$&")).join("\\s+"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "iu");
  return (text) => pattern.test(text);
};
