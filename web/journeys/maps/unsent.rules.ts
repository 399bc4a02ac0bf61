import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";
import type { Unsettled } from "./session.rules.ts";

/** Words of edits that did not reach the server, as they were last written: names, descriptions and what stands on cards.
 *  @returns each once, in the order they were written in */
export const unsentWords = ({ waiting, conflicts }: Unsettled): string[] => {
  const last = new Map<string, string>();
  const note = (edit: MapEdit, apart: string): void => {
    for (const { place, words } of wordsOf(edit)) {
      last.delete(apart + place);
      last.set(apart + place, words);
    }
  };
  // Nobody has chosen yet between the words of conflicts, so none stand for others.
  for (const { key, edit } of conflicts) note(edit, `${key} `);
  for (const { edits } of waiting) for (const edit of edits) note(edit, "");
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
