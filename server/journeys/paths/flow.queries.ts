// Paths by the number of their steps, and in funnels.
import { z } from "zod";
import type { AnalyticsRow, AnalyticsStore } from "#platform/analytics";
import { momentColumn, PATIENCE_MS } from "./selection.queries.ts";
import { startCountedSteps } from "./steps.queries.ts";
import type { PathsAsked } from "./steps.queries.ts";

export type FlowCount = { step: number; previous: string | null; node: string; paths: number };

/** How many paths went from where to where at each of their first steps. */
export const countFlow = async (analytics: AnalyticsStore, asked: PathsAsked, steps: number): Promise<FlowCount[]> => {
  const query = startCountedSteps(analytics, asked, { before: true, numbered: true });
  const rows = await analytics.query(
    `${query.with}, counted as (
       select step_no, previous, node, count(*) as paths
       from paths
       where step_no <= ${steps}
       group by step_no, previous, node
     ), ${query.names}
     select step_no, before.name as previous, own.name as node, paths
     from counted
     join names own on own.key = counted.node
     left join names before on before.key = counted.previous
     order by step_no, paths desc, before.name, own.name
     limit ${FLOWS_READ}`,
    query.values,
    { limitRows: FLOWS_READ, timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => {
    const { step_no: step, previous, node, paths } = flowRow.parse(row);
    return { step, previous, node, paths };
  });
};

// Twelve steps between ninety names each; longer lists are no picture any more.
const FLOWS_READ = 100_000;

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

/** How many paths met the first, the first two, the first three ... of the steps, in whatever order. */
export const countAnyFunnel = async (analytics: AnalyticsStore, asked: PathsAsked, names: readonly string[]): Promise<FunnelCount[]> => {
  const query = startCountedSteps(analytics, asked, { before: false, numbered: true });
  const flags = names.map((name, at) => `max(case when node = ${query.nodeOf(name)} then 1 else 0 end) as is_in${at}`);
  const rows = await analytics.query(
    `${query.with}, flagged as (select owner, case_no, min(customer) as customer, ${flags.join(", ")} from paths group by owner, case_no)
     ${countFlags(names.map((_, at) => names.slice(0, at + 1).map((__, before) => `is_in${before} = 1`).join(" and ")))}`,
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

const flowRow = z.object({ step_no: z.number(), previous: z.string().nullable(), node: z.string(), paths: z.number() });
const funnelRow = z.object({ step: z.number(), paths: z.number(), customers: z.number(), median_s: z.number().nullable() });
