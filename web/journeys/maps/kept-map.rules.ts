import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import { applyEdits } from "@firsthand/server/journeys/maps/document.rules";
import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";
import { type Conflict, insisting } from "./session.rules.ts";
import { unsentWords } from "./unsent.rules.ts";

type Kept = { document: MapDocument; left: readonly Conflict[] };

/** A drawing together with what stood in conflict with it, for a map of its own: my words take the place of theirs, and cards whose place is gone lie
 *  where there is one.
 *  @param document not mutated
 *  @param newId gives a fresh name for a part each time
 *  @returns the drawing, and the conflicts whose words found no place on it */
export const withConflicts = (document: MapDocument, conflicts: readonly Conflict[], newId: () => string): Kept => {
  const written = new Set<string>();
  return conflicts.reduce<Kept>((kept, conflict) => {
    const field = conflict.key.split("#")[0] ?? conflict.key;
    // Of several words for the same field one can stand there; the others stay to be decided.
    const settling = written.has(field) && conflict.lost === null ? null : settlingEdit(kept.document, conflict, newId);
    const tried = settling === null ? null : applyEdits(kept.document, [settling]);
    if (tried === null || tried.refused.length > 0) return unsentWords({ waiting: [], conflicts: [conflict] }).length === 0 ? kept : { ...kept, left: [...kept.left, conflict] };
    written.add(field);
    return { ...kept, document: tried.document };
  }, { document, left: [] });
};

const settlingEdit = (document: MapDocument, conflict: Conflict, newId: () => string): MapEdit | null => {
  const { edit, because, lost } = conflict;
  // What the server refuses by itself would keep the whole map from being made.
  if (because === "unknown" || because === "contains_itself") return null;
  if (lost !== null && edit.do !== "move") {
    const [step, lane] = [placeAmong(document.steps, lost.stepId), placeAmong(document.lanes, lost.laneId)];
    return step === null || lane === null ? null : { do: "put", part: "card", value: { ...lost, id: newId(), stepId: step, laneId: lane }, before: null };
  }
  // Others may have written once more since they met.
  const [again] = applyEdits(document, [insisting(conflict)]).refused;
  return insisting(again?.because === "changed_meanwhile" ? { ...conflict, theirs: again.theirs } : conflict);
};

/** The place that was chosen if it is still there, else the first; null when there is none. */
export const placeAmong = (places: readonly { id: string }[], chosen: string | null): string | null => (places.find(({ id }) => id === chosen) ?? places[0])?.id ?? null;
