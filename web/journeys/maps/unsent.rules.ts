import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";
import type { Unsettled } from "./session.rules.ts";

/** Words of edits that did not reach the server, as they were last written: names, descriptions and what stands on cards.
 *  @returns each once, in the order they were written in */
export const unsentWords = ({ waiting, conflicts }: Unsettled): string[] => {
  const last = new Map<string, string>();
  for (const edit of [...conflicts.map((conflict) => conflict.edit), ...waiting.flatMap(({ edits }) => edits)]) {
    for (const { place, words } of wordsOf(edit)) {
      last.delete(place);
      last.set(place, words);
    }
  }
  return [...last.values()].filter((words) => words.trim() !== "");
};

const wordsOf = (edit: MapEdit): { place: string; words: string }[] => {
  if (edit.do === "put") return said(edit.value.id, edit.value);
  return edit.do === "change" ? said(edit.id, edit.now) : [];
};

const said = (id: string, fields: object): { place: string; words: string }[] =>
  ["name", "description", "text"].flatMap((field) => {
    const words: unknown = Reflect.get(fields, field);
    return typeof words === "string" ? [{ place: `${id} ${field}`, words }] : [];
  });
