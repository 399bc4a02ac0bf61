// Whether many customers of a period answered in the one before as well: then its change is tested on their own differences.
import { boxesOf, compareCustomers, limitsOf, scoreOfBox, type Period, type SameCustomers } from "#customers";
import type { Services } from "#platform/services";
import { readRows, type FoundMetric } from "./metric-rows.ts";
import type { MetricFilters, MetricKey, Scale } from "./metrics.contract.ts";
import type { RowSource, Selection } from "./metrics.queries.ts";
import { feelingRows, readingRows } from "./row-sources.queries.ts";
import { sumCustomers } from "./same-customers.queries.ts";

/** A metric that is compared: its scale, and how many answers there are on it in both periods. */
export type Compared = { found: FoundMetric; scale: Scale; count: number };

type Asked = { selection: Selection; previous: Period; filters: Pick<MetricFilters, "language" | "emotion"> };

/** So many answers tell how alike customers answer. */
const ANSWERS_MAX = 30_000;

/** By metric; those that hardly any customer answered twice are left out, as is who was asked, whose invitations the copy does not know. */
export const readSameCustomers = async (services: Services, compared: readonly Compared[], asked: Asked): Promise<Map<MetricKey, SameCustomers>> => {
  const of = (source: string): Compared[] => compared.filter(({ found }) => found.metric.source === source);
  const measures = (all: readonly Compared[]) => all.map(({ found }) => found.metric.measure);
  const [feelings, readings] = [of("feelings"), of("readings")];
  const spanned = { fromMs: Math.min(asked.selection.fromMs, asked.previous.fromMs), toMs: Math.max(asked.selection.toMs, asked.previous.toMs) };
  const parts = await Promise.all([
    compare(services, asked, feelings, () => feelingRows(measures(feelings))),
    compare(services, asked, readings, () => readingRows(measures(readings), asked.filters)),
    ...of("formula").map((one) => compare(services, asked, [one], () => readRows(services, asked.selection.workspaceId, one.found, { period: spanned, filters: asked.filters }))),
  ]);
  return new Map(parts.flat());
};

const compare = async (services: Services, { selection, previous }: Asked, compared: readonly Compared[], source: () => RowSource | Promise<RowSource>): Promise<(readonly [MetricKey, SameCustomers])[]> => {
  if (compared.length === 0) return [];
  const scored = compared.map(({ found: { metric: { measure } }, scale }) => {
    const each = boxesOf(scale).map((value) => [value, scoreOfBox({ metric: measure, scale }, value)] as const);
    return { measure, scale, scores: each.some(([, score]) => score === null) ? null : new Map(each.map(([value, score]) => [value, score ?? 0])) };
  });
  const every = Math.max(1, Math.ceil(compared.reduce((sum, { count }) => sum + count, 0) / ANSWERS_MAX));
  const sums = await sumCustomers(services.analytics, selection, previous, { source: await source(), scored, every });
  return compared.flatMap(({ found: { metric }, scale, count }) => {
    const own = sums.get(metric.measure);
    const { low, high } = limitsOf({ metric: metric.measure, scale });
    const same = own === undefined ? null : compareCustomers(own, high - low, Math.min(1, ((own.n1 + own.n0) * every) / count));
    return same === null ? [] : [[metric.key, same] as const];
  });
};
