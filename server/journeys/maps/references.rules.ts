// What parts of a map point to outside of it: members, other maps, photos.
import type { MapDocument } from "./document.contract.ts";
import type { MapEdit } from "./edits.contract.ts";

/** "member ID", "map ID" or "photo ID". */
export type Reference = string;

/** What an edit points to that it brings in. */
export const referencesOf = (edit: MapEdit): Reference[] => {
  if (edit.do === "put" && edit.part === "step") return ofStep(edit.value);
  if (edit.do === "put" && edit.part === "card") return ofCard(edit.value);
  if (edit.do === "change" && edit.part === "step") return ofStep(edit.now);
  if (edit.do === "change" && edit.part === "card") return ofCard(edit.now);
  return [];
};

export const referencesIn = (document: MapDocument): Reference[] => [...document.steps.flatMap(ofStep), ...document.cards.flatMap(ofCard)];

/** Ids of the references of one kind, each once. */
export const idsAmong = (references: readonly Reference[], kind: "member" | "map" | "photo"): string[] =>
  [...new Set(references.filter((reference) => reference.startsWith(`${kind} `)).map((reference) => reference.slice(kind.length + 1)))];

/** A document that points to nothing barred; the parts stay. */
export const clearReferences = (document: MapDocument, barred: ReadonlySet<Reference>): MapDocument => {
  const keep = (kind: string, id: string | null): string | null => (id !== null && barred.has(`${kind} ${id}`) ? null : id);
  return {
    ...document,
    steps: document.steps.map((step) => ({ ...step, ownerId: keep("member", step.ownerId), childMapId: keep("map", step.childMapId) })),
    cards: document.cards.map((card) => ({ ...card, fileId: keep("photo", card.fileId) })),
  };
};

const ofStep = (step: { ownerId?: string | null | undefined; childMapId?: string | null | undefined }): Reference[] => [...reference("member", step.ownerId), ...reference("map", step.childMapId)];
const ofCard = (card: { fileId?: string | null | undefined }): Reference[] => reference("photo", card.fileId);
const reference = (kind: string, id: string | null | undefined): Reference[] => (id === null || id === undefined ? [] : [`${kind} ${id}`]);
