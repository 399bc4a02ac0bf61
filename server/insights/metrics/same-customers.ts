// Whether many customers of a period answered in the one before as well: then its change is tested on their own differences.
import { boxesOf, compareCustomers, limitsOf, listOffsets, scoreOfBox, sumAskedTwice, type CustomerDay, type CustomerSums, type Period, type SameCustomers } from "#customers";
import type { Services } from "#platform/services";
import { readRows, type FoundMetric } from "./metric-rows.ts";
import type { DimensionName, MetricFilters, MetricKey, Scale } from "./metrics.contract.ts";
import type { RowSource, Selection } from "./metrics.queries.ts";
import type { SameScores } from "./metrics.rules.ts";
import { readAskedTwice } from "./outreach.ts";
import { askedSplitOf } from "./outreach-parts.rules.ts";
import { feelingRows, readingRows } from "./row-sources.queries.ts";
import { listCustomerDays, sumCustomers, type Way } from "./same-customers.queries.ts";

/** A metric that is compared: its scale, how many answers there are on it in both periods, and whether these weigh differently. */
export type Compared = { found: FoundMetric; scale: Scale; count: number; isWeighted?: boolean };

type Asked = { selection: Selection; previous: Period; filters: Pick<MetricFilters, "language" | "emotion">; timeZone: string };
/** Every so-manieth customer is looked at: by the answers of the metric itself, so that what is asked beside it changes nothing. */
type Sampled = Pick<Compared, "found" | "scale"> & { every: number };
type Sums = Sampled & { way: Way; name: string; sums: CustomerSums };

/** So many answers of a metric tell how alike customers answer; those of a group are a part of them. */
const ANSWERS_MAX = 10_000;
const GROUPED_ANSWERS_MAX = 100_000;

/** By metric; those that hardly any customer answered twice are left out. */
export const readSameCustomers = async (services: Services, compared: readonly Compared[], asked: Asked): Promise<Map<MetricKey, SameScores>> => {
  const sampled = compared.map((one): Sampled => ({ ...one, every: everyOf(one.count, ANSWERS_MAX) }));
  const ways = [false, ...(compared.some(({ isWeighted }) => isWeighted === true) ? [true] : [])].map((isWeighted): Way => ({ by: null, isWeighted }));
  const same = new Map<MetricKey, SameScores>();
  for (const one of await readSums(services, sampled, asked, ways)) {
    const { metric: { key } } = one.found;
    const count = compared.find(({ found }) => found.metric.key === key)?.count ?? 0;
    same.set(key, { ...(same.get(key) ?? { plain: null, weighted: null }), [one.way.isWeighted ? "weighted" : "plain"]: testOf(one, count) });
  }
  return same;
};

/** The same of groups of one metric, each by its own customers.
 *  @param counts answers of each group in both periods */
export const readSameGroups = async (
  services: Services,
  one: Pick<Compared, "found" | "scale">,
  counts: ReadonlyMap<DimensionName, ReadonlyMap<string, number>>,
  asked: Asked,
): Promise<Map<DimensionName, Map<string, SameCustomers>>> => {
  const splits = [...counts.keys()];
  const most = Math.max(0, ...[...counts.values()].map((groups) => [...groups.values()].reduce((sum, count) => sum + count, 0)));
  const found = await readSums(services, [{ ...one, every: everyOf(most, GROUPED_ANSWERS_MAX) }], asked, splits.map((by) => ({ by, names: [...(counts.get(by)?.keys() ?? [])], isWeighted: false })));
  return new Map(splits.map((by) => [by, new Map(found.flatMap((group) => {
    const same = group.way.by === by ? testOf(group, counts.get(by)?.get(group.name) ?? 0) : null;
    return same === null ? [] : [[group.name, same] as const];
  }))]));
};

/** Every so-manieth customer is enough to tell how alike customers answer, of so many answers of theirs. */
export const everyCustomerOf = (count: number): number => everyOf(count, ANSWERS_MAX);

const everyOf = (count: number, most: number): number => Math.max(1, Math.ceil(count / most));

const testOf = ({ found: { metric: { measure } }, scale, every, sums }: Sums, count: number): SameCustomers | null => {
  const { low, high } = limitsOf({ metric: measure, scale });
  return compareCustomers(sums, high - low, Math.min(1, ((sums.c1 + sums.c0) * every) / count));
};

const readSums = async (services: Services, compared: readonly Sampled[], asked: Asked, ways: readonly Way[]): Promise<Sums[]> => {
  if (ways.length === 0) return [];
  const of = (source: string) => compared.filter(({ found }) => found.metric.source === source);
  const measures = (all: typeof compared) => all.map(({ found }) => found.metric.measure);
  const [feelings, readings] = [of("feelings"), of("readings")];
  const spanned = { fromMs: Math.min(asked.selection.fromMs, asked.previous.fromMs), toMs: Math.max(asked.selection.toMs, asked.previous.toMs) };
  const parts = await Promise.all([
    sumRows(services, asked, feelings, ways, () => feelingRows(measures(feelings))),
    sumRows(services, asked, readings, ways, () => readingRows(measures(readings), asked.filters)),
    ...of("formula").map((one) => sumRows(services, asked, [one], ways, () => readRows(services, asked.selection.workspaceId, one.found, { period: spanned, filters: asked.filters }))),
    ...of("outreach").map((one) => sumAsked(services, asked, one, ways)),
  ]);
  return parts.flat();
};

const sumRows = async (services: Services, { selection, previous }: Asked, compared: readonly Sampled[], ways: readonly Way[], source: () => RowSource | Promise<RowSource>): Promise<Sums[]> => {
  if (compared.length === 0) return [];
  const scored = compared.map(scoredOf);
  const sums = await sumCustomers(services.analytics, selection, previous, { source: await source(), scored, ways });
  return sums.flatMap(({ measure, ...own }) => compared.flatMap(({ found, scale, every }) => (found.metric.measure === measure ? [{ found, scale, every, ...own }] : [])));
};

const scoredOf = ({ found: { metric: { measure } }, scale, every }: Sampled) => {
  const each = boxesOf(scale).map((value) => [value, scoreOfBox({ metric: measure, scale }, value)] as const);
  return { measure, scale, every, scores: each.some(([, score]) => score === null) ? null : new Map(each.map(([value, score]) => [value, score ?? 0])) };
};

/** What customers answered day by day, for whoever compares many stretches of days; of so many customers as two periods are compared by. Where there are no
 *  answers by themselves (response rates), none.
 *  @param one.count answers of as many days as are compared at once */
export const readCustomerDays = async (services: Services, one: Compared, { selection, timeZone, filters }: Omit<Asked, "previous">): Promise<{ every: number; days: CustomerDay[] }> => {
  const { found, count } = one;
  const every = everyCustomerOf(count);
  if (found.metric.source !== "feelings" && found.metric.source !== "readings") return { every, days: [] };
  const source = found.metric.source === "feelings" ? feelingRows([found.metric.measure]) : readingRows([found.metric.measure], filters);
  return { every, days: await listCustomerDays(services.analytics, selection, { source, scored: scoredOf({ ...one, every }), offsets: listOffsets(selection, timeZone) }) };
};

// The copy does not know invitations; whether somebody answers one has no weight.
const sumAsked = async (services: Services, asked: Asked, { found, scale, every }: Sampled, ways: readonly Way[]): Promise<Sums[]> => {
  const parts = ways.filter(({ isWeighted }) => !isWeighted).map(async (way): Promise<Sums[]> => {
    const patterns = await readAskedTwice(services, asked, { previous: asked.previous, split: askedSplitOf(way.by), every });
    return [...Map.groupBy(patterns, ({ name }) => name)].map(([name, own]) => ({ found, scale, every, way, name, sums: sumAskedTwice(own) }));
  });
  return (await Promise.all(parts)).flat();
};
