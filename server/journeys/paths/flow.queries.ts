// Paths by the number of their steps, and in funnels.
import { z } from "zod";
import type { AnalyticsRow, AnalyticsStore } from "#platform/analytics";
import type { FlowCount } from "./flow.rules.ts";
import { momentColumn, PATIENCE_MS } from "./selection.queries.ts";
import { startCountedSteps } from "./steps.queries.ts";
import type { PathsAsked } from "./steps.queries.ts";

/** How many paths went from where to where at each of their first steps. Names are ranked and the rest summed here: at a step a few hundred names follow each
 *  other in more ways than can be read, and a way that is not read would look like customers who left.
 *  @returns at most `perStep` + 1 times as many rows a step */
export const countFlow = async (analytics: AnalyticsStore, asked: PathsAsked, { steps, perStep }: { steps: number; perStep: number }): Promise<FlowCount[]> => {
  const query = startCountedSteps(analytics, asked, { before: true, numbered: true });
  const rows = await analytics.query(
    `${query.with}, counted as materialized (
       select step_no, previous, node, count(*) as paths
       from paths
       where step_no <= ${steps}
       group by step_no, previous, node
     ), ${query.names}, ranked as (
       select step_no, node, name, row_number() over (partition by step_no order by met desc, name) - 1 as place
       from (select step_no, node, sum(paths) as met from counted group by step_no, node) sums
       join names on names.key = sums.node
     ), shown as materialized (
       select step_no, node, name, place from ranked where place < ${perStep}
     )
     select counted.step_no as step, before.place as before, own.place as place, any_value(own.name) as name, sum(counted.paths) as paths
     from counted
     left join shown own on own.step_no = counted.step_no and own.node = counted.node
     left join shown before on before.step_no = counted.step_no - 1 and before.node = counted.previous
     group by counted.step_no, before.place, own.place
     order by step, place nulls last, before nulls last`,
    query.values,
    { limitRows: steps * (perStep + 1) ** 2, timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => flowRow.parse(row));
};

export type FunnelCount = { paths: number; customers: number; medianS: number | null };

/** How many paths met each step somewhere after the one before it, taking the first chance each time. */
export const countOrderedFunnel = async (analytics: AnalyticsStore, asked: PathsAsked, names: readonly string[]): Promise<FunnelCount[]> => {
  const query = startCountedSteps(analytics, asked, { before: false, numbered: true });
  const reached = names.map((name, at) => {
    const before = at === 0 ? "" : ` join reached${at - 1} on reached${at - 1}.owner = paths.owner and reached${at - 1}.case_no = paths.case_no and paths.step_no > reached${at - 1}.step_no`;
    const waited = at === 0 ? "null" : `(min(epoch_ms(paths.${momentColumn})) - min(reached${at - 1}.at_ms)) / 1000.0`;
    return `reached${at} as (
       select paths.owner, paths.case_no, min(paths.customer) as customer, min(paths.step_no) as step_no, min(epoch_ms(paths.${momentColumn})) as at_ms, ${waited} as waited_s
       from paths${before}
       where paths.node = ${query.nodeOf(name)}
       group by paths.owner, paths.case_no
     )`;
  });
  const rows = await analytics.query(
    `${query.with}, ${reached.join(", ")}
     ${names.map((_, at) => `select ${at} as step, count(*) as paths, count(distinct customer) as customers, ${analytics.dialect.quantile(0.5, "cast(waited_s as double)")} as median_s from reached${at}`).join(" union all ")}`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return readFunnel(rows, names.length);
};

/** How many paths met each step right after the one before it, anywhere on the way. */
export const countStrictFunnel = async (analytics: AnalyticsStore, asked: PathsAsked, names: readonly string[]): Promise<FunnelCount[]> => {
  const query = startCountedSteps(analytics, asked, { before: false, numbered: true });
  const lags = names.slice(1).map((_, at) => `lag(node, ${at + 1}) over path as before${at + 1}`);
  const places = names.map(query.nodeOf);
  const isReached = (at: number): string => places.slice(0, at + 1).toReversed().map((place, back) => `${back === 0 ? "node" : `before${back}`} = ${place}`).join(" and ");
  const rows = await analytics.query(
    `${query.with}, trailed as (
       select ${["owner", "case_no", "customer", "node", ...lags].join(", ")} from paths window path as (partition by owner, case_no order by step_no)
     ), flagged as (
       select owner, case_no, min(customer) as customer, ${names.map((_, at) => `max(case when ${isReached(at)} then 1 else 0 end) as is_in${at}`).join(", ")} from trailed group by owner, case_no
     )
     ${countFlags(names.map((_, at) => `is_in${at} = 1`))}`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return readFunnel(rows, names.length);
};

/** How many paths met the first, the first two, the first three ... of the steps, in whatever order. A step asked for twice must be met twice, as in the other two
 *  kinds of funnel and as the pair AA is two places of a path wherever one follows another: else its second time would tell nothing. */
export const countAnyFunnel = async (analytics: AnalyticsStore, asked: PathsAsked, names: readonly string[]): Promise<FunnelCount[]> => {
  const query = startCountedSteps(analytics, asked, { before: false, numbered: true });
  const counts = names.map((name, at) => `sum(case when node = ${query.nodeOf(name)} then 1 else 0 end) as times${at}`);
  const wanted = names.map((name, at) => `times${at} >= ${names.slice(0, at + 1).filter((one) => one === name).length}`);
  const rows = await analytics.query(
    `${query.with}, flagged as (select owner, case_no, min(customer) as customer, ${counts.join(", ")} from paths group by owner, case_no)
     ${countFlags(names.map((_, at) => wanted.slice(0, at + 1).join(" and ")))}`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return readFunnel(rows, names.length);
};

const countFlags = (conditions: readonly string[]): string =>
  conditions.map((condition, at) => `select ${at} as step, count(*) as paths, count(distinct customer) as customers, cast(null as double) as median_s from flagged where ${condition}`).join(" union all ");

const readFunnel = (rows: readonly AnalyticsRow[], steps: number): FunnelCount[] => {
  const read = rows.map((row) => funnelRow.parse(row));
  return Array.from({ length: steps }, (_, at) => {
    const found = read.find(({ step }) => step === at);
    return { paths: found?.paths ?? 0, customers: found?.customers ?? 0, medianS: found?.median_s ?? null };
  });
};

const flowRow = z.object({ step: z.number(), before: z.number().nullable(), place: z.number().nullable(), name: z.string().nullable(), paths: z.number() });
const funnelRow = z.object({ step: z.number(), paths: z.number(), customers: z.number(), median_s: z.number().nullable() });
