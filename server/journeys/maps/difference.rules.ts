// How a map of what shall be differs from the one of what is. Parts are the same when they bear the same id, as those of a copy do.
import { differenceOf } from "./between.rules.ts";
import type { MapDocument } from "./document.contract.ts";

export type PartKind = "stage" | "step" | "lane" | "card";
export type NamedPart = { part: PartKind; id: string; name: string };
/** Only the fields that differ, as they are in the one map and in the other. */
export type ChangedPart = NamedPart & { was: Record<string, unknown>; now: Record<string, unknown> };
export type MapDifference = { added: NamedPart[]; gone: NamedPart[]; moved: NamedPart[]; changed: ChangedPart[] };

/** What one map has that another has not, what lies elsewhere, and what says something else.
 *  @param asIs the map that is compared with
 *  @param toBe whose names are told, but for what is gone
 *  @returns stages first, then steps, lanes and cards, each in the order of its map. Moved is a stage or lane that changed places with others, a step that
 *  is in another stage or another place of it, a card at another step or in another lane: never what only went along with it */
export const compareMaps = (asIs: MapDocument, toBe: MapDocument): MapDifference => {
  const kinds = [
    compareParts("stage", asIs.stages, toBe.stages, { nameOf: ({ name }) => name, placeOf: () => "", isOrdered: true, places: [] }),
    compareParts("step", asIs.steps, toBe.steps, { nameOf: ({ name }) => name, placeOf: ({ stageId }) => stageId, isOrdered: true, places: ["stageId"] }),
    compareParts("lane", asIs.lanes, toBe.lanes, { nameOf: ({ name }) => name, placeOf: () => "", isOrdered: true, places: [] }),
    compareParts("card", asIs.cards, toBe.cards, { nameOf: ({ text }) => text, placeOf: ({ stepId, laneId }) => `${stepId} ${laneId}`, isOrdered: false, places: ["stepId", "laneId"] }),
  ];
  return { added: kinds.flatMap(({ added }) => added), gone: kinds.flatMap(({ gone }) => gone), moved: kinds.flatMap(({ moved }) => moved), changed: kinds.flatMap(({ changed }) => changed) };
};

type Part = { id: string };
type How<Value> = { nameOf: (value: Value) => string; placeOf: (value: Value) => string; isOrdered: boolean; places: readonly string[] };

const compareParts = <Value extends Part>(part: PartKind, asIs: readonly Value[], toBe: readonly Value[], how: How<Value>): MapDifference => {
  const [before, after] = [new Map(asIs.map((value) => [value.id, value])), new Map(toBe.map((value) => [value.id, value]))];
  const named = (value: Value): NamedPart => ({ part, id: value.id, name: how.nameOf(value) });
  const isElsewhere = (value: Value): boolean => {
    const was = before.get(value.id);
    return was !== undefined && how.placeOf(was) !== how.placeOf(value);
  };
  const staying = toBe.filter((value) => before.has(value.id) && !isElsewhere(value));
  const reordered = how.isOrdered ? listReordered(asIs, staying, how.placeOf) : new Set<string>();
  return {
    added: toBe.filter(({ id }) => !before.has(id)).map(named),
    gone: asIs.filter(({ id }) => !after.has(id)).map(named),
    moved: toBe.filter((value) => isElsewhere(value) || reordered.has(value.id)).map(named),
    changed: toBe.flatMap((value) => {
      const was = before.get(value.id);
      const difference = was === undefined ? null : differenceOf(was, value, ["id", ...how.places]);
      return difference === null ? [] : [{ ...named(value), was: { ...difference.was }, now: { ...difference.now } }];
    }),
  };
};

/** Of parts that stayed in their place, those that changed it with others: as few as explain the new order. */
const listReordered = <Value extends Part>(asIs: readonly Value[], staying: readonly Value[], placeOf: (value: Value) => string): Set<string> => {
  const positions = new Map(asIs.map(({ id }, index) => [id, index]));
  // Browsers that are still in use do not know how to group by themselves.
  const groups = new Map<string, Value[]>();
  for (const value of staying) groups.set(placeOf(value), [...(groups.get(placeOf(value)) ?? []), value]);
  return new Set([...groups.values()].flatMap((group) => {
    const order = group.map(({ id }) => positions.get(id) ?? 0);
    const kept = longestRise(order);
    return group.filter((_, index) => !kept.has(index)).map(({ id }) => id);
  }));
};

/** Places of a longest rising run of numbers, not necessarily neighbours. Quadratic: there are at most 100. */
const longestRise = (numbers: readonly number[]): Set<number> => {
  const lengths: number[] = [];
  const previous: (number | null)[] = [];
  let last: number | null = null;
  for (const [index, value] of numbers.entries()) {
    let best: number | null = null;
    for (let earlier = 0; earlier < index; earlier += 1) {
      if ((numbers[earlier] ?? 0) < value && (lengths[earlier] ?? 0) > (best === null ? 0 : (lengths[best] ?? 0))) best = earlier;
    }
    previous.push(best);
    lengths.push(best === null ? 1 : (lengths[best] ?? 0) + 1);
    if (last === null || (lengths[index] ?? 0) > (lengths[last] ?? 0)) last = index;
  }
  const kept = new Set<number>();
  for (let at = last; at !== null; at = previous[at] ?? null) kept.add(at);
  return kept;
};
