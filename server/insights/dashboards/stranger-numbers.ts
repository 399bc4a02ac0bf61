// The numbers of a board for people outside: by a link, in a mail, as PDF.
import { listBuckets } from "#customers";
import type { Services } from "#platform/services";
import type { BucketName, MetricFilters } from "../metrics/metrics.contract.ts";
import { isOfSegments, isPersonal } from "../metrics/metric-kinds.rules.ts";
import { openCasePeopleCounter } from "../need-facts/case-people.ts";
import { openPeopleCounter, type People, type PeopleCounter } from "../metrics/people-behind.ts";
import { entriesOf } from "./board-period.rules.ts";
import { withoutPeople, type PeopleBehind } from "./share-privacy.rules.ts";
import { sideBySide } from "./side-by-side.ts";
import { measureTiles } from "./tile-numbers.ts";
import { isFactTile, isMetricTile, measureOfFact, type AskedOfTiles, type BoardNumbers, type FilterName, type Measured, type MeasuredTile, type TileFilters } from "./tiles.contract.ts";

/** Whoever has a link may be anybody. */
const stranger = { seesCustomers: false };
const TILES_AT_ONCE = 4;

type Shown = { showsComments: boolean;
  /** Names of filters that the visitor chose. */
  chosen: readonly FilterName[] };

/** Measures tiles as a stranger may see them. */
export const measureForStrangers = async (services: Services, workspaceId: string, asked: AskedOfTiles, { showsComments, chosen }: Shown): Promise<BoardNumbers> => {
  const numbers = await measureTiles(services, workspaceId, asked, stranger);
  const tiles = await sideBySide(numbers.tiles, TILES_AT_ONCE, async (one) => {
    const tile = asked.tiles.find(({ id }) => id === one.tileId);
    if (tile === undefined || tile.chart === "note") return [];
    const people = one.state === "measured" ? await countPeopleBehind(services, workspaceId, { tile, measured: one, timeZone: numbers.timeZone, chosen }) : null;
    return [withoutPeople(tile, one, { showsComments, people })];
  });
  return { ...numbers, tiles: tiles.flat() };
};

type Given = { tile: MeasuredTile; measured: Measured; timeZone: string; chosen: readonly FilterName[] };

const countPeopleBehind = async (services: Services, workspaceId: string, given: Given): Promise<PeopleBehind | null> => {
  const { tile, measured, chosen } = given;
  const scale = measured.summary?.scale ?? measured.trend?.scale ?? measured.breakdown?.scale;
  // Rows of answers are what somebody chose to show; the question of few people is one of figures.
  if (scale === undefined) return null;
  const count = async (period: Measured["asked"]["period"], filters: TileFilters): Promise<PeopleCounter | null> => {
    if (isFactTile(tile)) return openCasePeopleCounter(services, workspaceId, { ...queryOf(filters), ...period, measure: measureOfFact(tile.metric) });
    return isMetricTile(tile) ? openPeopleCounter(services, workspaceId, { ...queryOf(filters), ...period, metric: tile.metric, scale }) : null;
  };
  const counter = await count(measured.asked.period, measured.asked.filters);
  if (counter === null) return null;
  const before = measured.previous === null ? null : await count(measured.previous, measured.asked.filters);
  const whole = await counter.whole();
  const leftOut: number[] = [];
  for (const name of chosen) leftOut.push(await countLeftOut(measured.asked.filters, name, { whole, count: (filters) => count(measured.asked.period, filters) }));
  return {
    whole, leftOut, previous: (await before?.whole()) ?? 0,
    groups: "split" in tile && !isPersonal(tile.split) ? await counter.by(tile.split) : null,
    points: measured.trend === null ? new Map() : await counter.over(measured.trend.bucket),
    cells: tile.chart === "heat" ? await countCells(counter, tile, given) : new Map(),
  };
};

const queryOf = (filters: TileFilters): MetricFilters => Object.fromEntries(entriesOf(filters));

/** People whom one filter leaves out of what the others let through. */
const countLeftOut = async (filters: TileFilters, name: FilterName, asked: { whole: number; count: (filters: TileFilters) => Promise<PeopleCounter | null> }): Promise<number> => {
  const { [name]: wanted = [], ...others } = filters;
  const counter = wanted.length === 0 ? null : await asked.count(others);
  if (counter === null || name === "trait" || name === "weekday") return 0;
  if (isOfSegments(name)) return (await counter.whole()) - asked.whole;
  return [...(await counter.by(name))].reduce((sum, [value, people]) => sum + (wanted.includes(value) ? 0 : people), 0);
};

const countCells = async (counter: PeopleCounter, tile: MeasuredTile & { chart: "heat" }, { measured, timeZone }: Given): Promise<Map<string, People>> => {
  const cells = new Map<string, People>();
  for (const { value, points } of measured.heat ?? []) {
    const bucket = bucketOf(points, measured, timeZone);
    if (bucket !== null) cells.set(value ?? "", await counter.over(bucket, { by: tile.split, value: value ?? "" }));
  }
  return cells;
};

const bucketNames = ["day", "week", "month"] as const satisfies readonly BucketName[];
/** The step of a row of points, which does not say it. */
const bucketOf = (points: readonly { from: string }[], { asked: { period } }: Measured, timeZone: string): BucketName | null =>
  bucketNames.find((name) => {
    const starts = listBuckets({ fromMs: Date.parse(period.from), toMs: Date.parse(period.to) }, name, timeZone)?.map(({ fromMs }) => new Date(fromMs).toISOString());
    return starts?.length === points.length && starts.every((start, place) => start === points[place]?.from);
  }) ?? null;
