import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { type HomeSearch, type OpenedPart, readHomeSearch, readPart } from "../metrics/home-search.ts";
import { type MeasureName, measureNames } from "../need-facts/need-facts.data.ts";
import type { Above, PresetName, TileFilters } from "./dashboards.data.ts";

export type BoardSearch = HomeSearch & {
  /** The tile whose answers lie open. */
  tile: string | undefined;
  /** The measure from facts whose cases lie open. */
  fact: ({ measure: MeasureName } & OpenedPart) | null;
  periodText: Search;
};

/** What the address of a board says: period and filters as on Home, and the number whose answers lie open. */
export const readBoardSearch = (search: Search): BoardSearch => ({
  ...readHomeSearch(search),
  tile: search.tile,
  fact: readFact(search),
  periodText: { period: search.period, from: search.from, to: search.to },
});

const readFact = (search: Search): BoardSearch["fact"] => {
  const measure = measureNames.find((known) => known === search.facts);
  return measure === undefined ? null : { measure, ...readPart(search) };
};

/** The period of the address, or the one the board opens with. */
export const periodOf = ({ periodText }: BoardSearch, usual: PresetName): Period => readPeriod(periodText, undefined, usual);

export const aboveOf = (period: Period, filters: HomeSearch["filters"]): Above => ({
  period: period.preset === "own" ? { from: period.from, to: period.to } : { preset: period.preset },
  filters: toTileFilters(filters),
});

const toTileFilters = (filters: HomeSearch["filters"]): TileFilters =>
  Object.fromEntries(Object.entries(filters).flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, [value === notNamed ? "" : value]]])));

/** Closes the answers again. */
export const closedTile = { tile: undefined, open: undefined, facts: undefined, band: undefined, by: undefined, value: undefined, at: undefined, until: undefined };
