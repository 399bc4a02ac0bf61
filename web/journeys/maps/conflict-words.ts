import type { MapCard, MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";
import { faceOf } from "./faces.ts";
import { mapTexts } from "./map.texts.ts";

/** The values of some fields as a person reads them. */
export const fieldWords = (fields: Readonly<Record<string, unknown>>): string =>
  Object.entries(fields).map(([field, value]) => {
    if (field === "text" || field === "name" || field === "description") return typeof value === "string" && value !== "" ? `“${value}”` : mapTexts.say("nothing");
    if (field === "fork") return mapTexts.say(value === null ? "noAlternative" : "fork");
    if (field === "feeling" && typeof value === "number") return mapTexts.say(faceOf(value).word);
    return value === null ? mapTexts.say("nothing") : typeof value === "string" || typeof value === "number" ? String(value) : typeof value === "boolean" ? mapTexts.say(value ? "yes" : "no") : JSON.stringify(value);
  }).join(", ");

export const cardOf = (card: MapCard): string => (card.text !== "" ? card.text : card.feeling === null ? "" : mapTexts.say(faceOf(card.feeling).word));

/** What an edit is about as a reader of the map finds it: a stage, step or lane by its name, a card by that of its step. */
export const nameOfPlace = ({ stages, steps, lanes, cards }: MapDocument, edit: MapEdit): string => {
  if (edit.do === "measure") return "";
  const id = edit.do === "put" ? edit.value.id : edit.id;
  const stepId = cards.find((card) => card.id === id)?.stepId ?? id;
  return [...stages, ...steps, ...lanes].find((part) => part.id === stepId)?.name ?? "";
};
