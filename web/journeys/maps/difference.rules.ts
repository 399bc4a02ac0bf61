import { compareMaps, type MapDifference } from "@firsthand/server/journeys/maps/difference.rules";
import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import { applyEdits } from "@firsthand/server/journeys/maps/document.rules";
import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";

export type DifferenceKind = "added" | "gone" | "moved" | "changed";

/** Both maps as one drawing: the map of how it shall be, with what is gone still standing where it was. */
export const mergeMaps = (asIs: MapDocument, toBe: MapDocument): MapDocument => {
  const { gone } = compareMaps(asIs, toBe);
  const wanted = new Set(gone.map(({ part, id }) => `${part}:${id}`));
  // From the last to the first, so that what a part stood in front of is there before it.
  const back = <Value extends { id: string }>(part: string, list: readonly Value[], put: (value: Value, before: string | null) => MapEdit): MapEdit[] =>
    list.flatMap((value, place) => (wanted.has(`${part}:${value.id}`) ? [put(value, list[place + 1]?.id ?? null)] : [])).toReversed();
  return applyEdits(toBe, [
    ...back("stage", asIs.stages, (value, before) => ({ do: "put", part: "stage", value, before })),
    ...back("lane", asIs.lanes, (value, before) => ({ do: "put", part: "lane", value, before })),
    ...back("step", asIs.steps, (value, before) => ({ do: "put", part: "step", value, before })),
    ...back("card", asIs.cards, (value, before) => ({ do: "put", part: "card", value, before })),
  ]).document;
};

/** What is to be said of each part that differs, by its id: the strongest when several hold. */
export const kindsOf = ({ added, gone, moved, changed }: MapDifference): Map<string, DifferenceKind> => new Map([
  ...changed.map(({ id }) => [id, "changed"] as const), ...moved.map(({ id }) => [id, "moved"] as const), ...gone.map(({ id }) => [id, "gone"] as const), ...added.map(({ id }) => [id, "added"] as const),
]);
