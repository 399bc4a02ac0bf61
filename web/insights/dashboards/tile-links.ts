import { createContext } from "react";
import { notNamed } from "../../ui/unnamed.ts";
import { narrowTo } from "../metrics/home-search.ts";
import { measureOf } from "./fact-metrics.ts";
import type { SplitName, Tile } from "./dashboards.data.ts";

type Patch = Readonly<Record<string, string | undefined>>;

/** How the numbers of a tile are opened, as a patch of the address; null where nobody may see who answered. */
export type OpenNumbers = ((tile: Tile, patch: Patch) => Patch) | null;

export const TileLinks = createContext<OpenNumbers>(null);

/** Opens all answers or cases of a tile, or those of one group, band or stretch of time. */
export const openTile: OpenNumbers = (tile, patch) => {
  const fact = tile.chart === "note" ? undefined : measureOf(tile.metric);
  const open = tile.chart === "note" || fact !== undefined ? undefined : tile.metric;
  return { tile: tile.id, open, facts: fact, band: undefined, by: undefined, value: undefined, at: undefined, until: undefined, ...patch };
};

/** @returns undefined for splits that cannot be narrowed to one group */
export const groupPatch = (by: SplitName, value: string | null): Patch | undefined =>
  narrowTo({}, { by, value: value ?? notNamed }) === undefined ? undefined : { by, value: value ?? notNamed };
