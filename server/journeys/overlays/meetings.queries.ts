// How often the places of a map were met, and by how many different customers. SQL of the analytics store.
import type { AnalyticsStore } from "#platform/analytics";
import { noCustomerSums } from "../definitions/sums.rules.ts";
import type { Fork } from "../maps/forks.rules.ts";
import { startJourneyQuery, texts, type JourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";
import type { SpotCount, StepCustomers } from "./overlays.rules.ts";
import { touchpointsOf, type BoundStep, type Spot } from "./spots.rules.ts";

/** A map has at most 100 steps of 40 places each, and a figure or three for each step and way. */
const ROWS_MAX = 20_000;
/** Customers of all places that are looked at at once: 64 MB of bits. */
const BITS_MAX = 2 ** 29;

export type Meetings = { spots: SpotCount[]; customers: StepCustomers };

/** Interactions by touchpoint and channel, and different customers on each step, on any, of each step those who met one of its failures, and on the ways of
 *  each fork. Rows are read once: who was at a place is kept as one bit for each customer's number, and steps put the bits of their places together.
 *  @param bitsMax so many customers and places are looked at at once, further customers after them */
export const countMeetings = async (analytics: AnalyticsStore, selection: JourneySelection, { bound, forks }: { bound: readonly BoundStep[]; forks: readonly Fork[] }, bitsMax = BITS_MAX): Promise<Meetings> => {
  const figures = listFigures(bound, forks);
  const { numbers, lastNo } = await findNumbers(analytics, selection.workspaceId, touchpointsOf(bound));
  const named = listNamed(bound, numbers);
  // What nobody met has no number.
  const width = Math.max(1, Math.floor(bitsMax / Math.max(1, numbers.size + named.length)));
  const parts: Part[] = [];
  for (let low = 1; numbers.size > 0 && (low === 1 || low <= lastNo); low += width) {
    const high = Math.max(low, Math.min(lastNo, low + width - 1));
    parts.push(await countPart(analytics, selection, { figures, numbers, named, low, high, isWhole: low === 1 && high >= lastNo }));
  }
  const people = (at: number): number => parts.reduce((sum, part) => sum + (part.people.get(at) ?? 0), 0);
  return { spots: parts.flatMap(({ spots }) => spots), customers: readFigures(figures, { bound, forks }, people) };
};

/** A number to tell: customers at any of these places and, where there are any `and`, at one of those as well. */
type Figure = { of: "everybody" | "step" | "failed" | "ways"; places: readonly Spot[]; and: readonly Spot[] | null };

const listFigures = (bound: readonly BoundStep[], forks: readonly Fork[]): Figure[] => {
  const placesOf = (steps: readonly number[]): Spot[] => steps.flatMap((at) => bound[at]?.matches ?? []);
  return [
    { of: "everybody", places: bound.flatMap(({ matches }) => matches), and: null },
    ...bound.map(({ matches }): Figure => ({ of: "step", places: matches, and: null })),
    ...bound.filter(({ failures }) => failures.length > 0).map(({ matches, failures }): Figure => ({ of: "failed", places: matches, and: failures })),
    ...forks.flatMap(({ ways }) => [ways.flat(), ...ways]).map((steps): Figure => ({ of: "ways", places: placesOf(steps), and: null })),
  ];
};

const readFigures = (figures: readonly Figure[], { bound, forks }: { bound: readonly BoundStep[]; forks: readonly Fork[] }, people: (at: number) => number): StepCustomers => {
  const told = (of: Figure["of"]): number[] => figures.flatMap((figure, at) => (figure.of === of ? [people(at)] : []));
  const [[everybody = 0], steps, failed, ways] = [told("everybody"), told("step"), told("failed").values(), told("ways").values()];
  return {
    everybody, steps,
    failed: bound.map(({ failures }) => (failures.length === 0 ? null : (failed.next().value ?? 0))),
    ways: forks.map((fork) => Array.from({ length: fork.ways.length + 1 }, () => ways.next().value ?? 0)),
  };
};

type Numbers = ReadonlyMap<string, number>;
/** A place that names a channel, by the number of its touchpoint. */
type NamedPlace = { no: number; channel: string };

const listNamed = (bound: readonly BoundStep[], numbers: Numbers): NamedPlace[] => {
  const named = bound.flatMap(({ matches, failures }) => [...matches, ...failures]).flatMap(({ touchpoint, channel }) => {
    const no = numbers.get(touchpoint);
    return no === undefined || channel === null ? [] : [{ no, channel }];
  });
  return [...new Map(named.map((place) => [JSON.stringify([place.no, place.channel]), place])).values()];
};

/** Numbers of touchpoints by name, and the last number of a customer. Written out in a query numbers let the store count without looking names up for each row. */
const findNumbers = async (analytics: AnalyticsStore, workspaceId: string, touchpoints: readonly string[]): Promise<{ numbers: Numbers; lastNo: number }> => {
  const values: string[] = [workspaceId];
  const bind = (value: unknown): string => `$${values.push(String(value))}`;
  const rows = await analytics.query(
    `select touchpoint, touchpoint_no, (select max(customer_no) from customer_numbers where workspace_id = cast($1 as uuid)) as last_no
     from touchpoint_numbers
     where workspace_id = cast($1 as uuid) and touchpoint in (select unnest(${texts({ bind }, touchpoints)}))`,
    values,
    { limitRows: ROWS_MAX },
  );
  return { numbers: new Map(rows.map((row) => [String(row["touchpoint"]), Number(row["touchpoint_no"])])), lastNo: Number(rows[0]?.["last_no"] ?? 0) };
};

type Part = { spots: SpotCount[]; people: ReadonlyMap<number, number> };
type PartAsked = { figures: readonly Figure[]; numbers: Numbers; named: readonly NamedPlace[]; low: number; high: number; isWhole: boolean };

/** One row of `met` is a touchpoint with a channel that a step names, or with all others. */
const countPart = async (analytics: AnalyticsStore, selection: JourneySelection, { figures, numbers, named, low, high, isWhole }: PartAsked): Promise<Part> => {
  const query = startJourneyQuery(analytics, selection);
  const channel = named.length === 0 ? "cast(null as varchar)" : "named_channel";
  const pairs = figures.flatMap(({ and }, figure) => (and === null ? [] : [figure]));
  // Whoever came after the last number was looked up is counted next time. Interactions of nobody known belong to the first part.
  const rows = await analytics.query(
    `with met as materialized (
       select touchpoint_no, ${channel} as channel, count(*) as interactions, count(customer_no) as of_known,
              bitstring_agg(case when customer_no between ${low} and ${high} then customer_no end, ${low}, ${high}) as people
       from experience ${named.length === 0 ? "" : `left join (select ${wholes(query, named.map(({ no }) => no))} as named_no, unnest(${texts(query, named.map((place) => place.channel))}) as named_channel) named on named_no = touchpoint_no and named_channel = channel`}
       where ${query.where} and record = 'interaction' and touchpoint_no in (${[...numbers.values()].map(Math.round).join(", ")}) ${isWhole ? "" : `and coalesce(customer_no, 1) between ${low} and ${high}`}
       group by touchpoint_no${named.length === 0 ? "" : ", named_channel"}
     ), figures as (
       select figure, bit_or(case when side = 0 then people end) as people, bit_or(case when side = 1 then people end) as others
       from met join ${sidesOf(query, figures, numbers)} on side_no = touchpoint_no and (side_channel is null or side_channel = channel)
       group by figure
     )
     select touchpoint_no, channel, interactions, of_known from met
     union all by name
     select figure, bit_count(${pairs.length === 0 ? "people" : `case when figure in (${pairs.join(", ")}) then people & others else people end`}) as people from figures`,
    query.values,
    { limitRows: 2 * ROWS_MAX },
  );
  const names = new Map([...numbers].map(([touchpoint, no]) => [no, touchpoint]));
  const isFigure = (row: (typeof rows)[number]): boolean => typeof row["figure"] === "number";
  return {
    spots: rows.filter((row) => !isFigure(row)).map((row) => ({
      touchpoint: names.get(Number(row["touchpoint_no"])) ?? "", channel: typeof row["channel"] === "string" ? row["channel"] : null,
      interactions: Number(row["interactions"]), ofKnown: Number(row["of_known"]), scores: noCustomerSums, effort: noCustomerSums,
    })),
    people: new Map(rows.filter(isFigure).map((row) => [Number(row["figure"]), Number(row["people"] ?? 0)])),
  };
};

const wholes = (query: JourneyQuery, numbers: readonly number[]): string => `unnest(cast(${query.bind(`[${numbers.join(",")}]`)} as integer[]))`;

/** A row for each place of each figure; `side` is 1 for those that must be met as well. */
const sidesOf = (query: JourneyQuery, figures: readonly Figure[], numbers: Numbers): string => {
  const sides = figures.flatMap(({ places, and }, figure) => [places, and ?? []].flatMap((spots, side) => spots.flatMap(({ touchpoint, channel }) => {
    const no = numbers.get(touchpoint);
    return no === undefined ? [] : [{ no, channel, figure, side }];
  })));
  return `(
    select ${wholes(query, sides.map(({ no }) => no))} as side_no, unnest(${texts(query, sides.map(({ channel }) => channel))}) as side_channel,
           ${wholes(query, sides.map(({ figure }) => figure))} as figure, ${wholes(query, sides.map(({ side }) => side))} as side
  ) side`;
};
