import { findRoom, settleTiles } from "@firsthand/server/insights/dashboards/board.rules";
import type { ChartName, Tile } from "./dashboards.data.ts";

/** A board being changed: what it is now, what it was before each change, and what was taken back. */
export type Draft = { now: readonly Tile[]; before: readonly (readonly Tile[])[]; after: readonly (readonly Tile[])[] };

const stepsMax = 100;

export const beginDraft = (tiles: readonly Tile[]): Draft => ({ now: tiles, before: [], after: [] });

export const changeDraft = ({ now, before }: Draft, next: readonly Tile[]): Draft => ({ now: next, before: [...before, now].slice(-stepsMax), after: [] });

export const undoDraft = (draft: Draft): Draft => {
  const last = draft.before.at(-1);
  return last === undefined ? draft : { now: last, before: draft.before.slice(0, -1), after: [draft.now, ...draft.after] };
};

export const redoDraft = (draft: Draft): Draft => {
  const [next, ...after] = draft.after;
  return next === undefined ? draft : { now: next, before: [...draft.before, draft.now], after };
};

/** How large a tile of a kind is at first: large enough to be read, in columns and rows. */
export const usualSize: Record<ChartName, { w: number; h: number }> = {
  number: { w: 4, h: 3 },
  trend: { w: 8, h: 6 },
  bars: { w: 6, h: 6 },
  table: { w: 8, h: 6 },
  stacked: { w: 6, h: 5 },
  heat: { w: 8, h: 6 },
  distribution: { w: 6, h: 5 },
  answers: { w: 4, h: 6 },
  note: { w: 4, h: 3 },
};

/** Adds a tile where it finds room first, or puts it in the place of the one with its id. */
export const putTile = (tiles: readonly Tile[], tile: Tile): Tile[] =>
  tiles.some(({ id }) => id === tile.id)
    ? tiles.map((one) => (one.id === tile.id ? { ...tile, place: one.place } : one))
    : settleTiles([...tiles, { ...tile, place: findRoom(tiles, usualSize[tile.chart]) }]);

export const copyTile = (tiles: readonly Tile[], tile: Tile): Tile[] => settleTiles([...tiles, { ...tile, id: crypto.randomUUID(), place: findRoom(tiles, tile.place) }]);

export const removeTile = (tiles: readonly Tile[], id: string): Tile[] => settleTiles(tiles.filter((one) => one.id !== id));

/** Tiles whose numbers are not those of the saved board. */
export const listUnmeasured = (tiles: readonly Tile[], saved: readonly Tile[]): Tile[] => {
  const known = new Set(saved.map(meaningOf));
  return tiles.filter((tile) => tile.chart !== "note" && !known.has(meaningOf(tile)));
};

const meaningOf = ({ title: _title, place: _place, ...meaning }: Tile): string =>
  JSON.stringify(Object.entries({ ...meaning, target: null }).toSorted(([one], [other]) => (one < other ? -1 : 1)));
