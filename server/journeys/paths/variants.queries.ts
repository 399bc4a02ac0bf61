// Paths that are the same from the first step to the last, and single paths with their steps.
import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import { momentColumn, PATIENCE_MS } from "./selection.queries.ts";
import { startCountedSteps, startNumberedSteps } from "./steps.queries.ts";
import type { PathsAsked } from "./steps.queries.ts";

export type Variant = {
  id: string;
  /** The number in the copy of somebody who took it, to read its steps from. */
  customerNo: number;
  length: number; paths: number; customers: number; meanS: number; medianS: number; lastAt: string;
};
export type VariantTotals = { paths: number; variants: number; steps: number; longest: number };

/** The most frequent variants; of equal ones that which was taken first comes first, as everywhere else. Paths are told apart by a number made of their steps and their places, so that a path
 *  of a million steps is as easy as one of two. Whole milliseconds are summed, so that a mean is the same each time, however the work was shared out. */
export const listVariants = async (analytics: AnalyticsStore, asked: PathsAsked, limit: number): Promise<{ totals: VariantTotals; variants: Variant[] }> => {
  const query = startCountedSteps(analytics, asked, { before: false, numbered: true });
  const rows = await analytics.query(
    `${query.with}, whole as (
       select owner, case_no, ${analytics.dialect.fingerprint("node", "step_no")} as variant, min(customer) as customer, count(*) as steps,
              epoch_ms(min(${momentColumn})) as first_ms, epoch_ms(max(${momentColumn})) as last_ms, epoch_ms(max(${momentColumn})) - epoch_ms(min(${momentColumn})) as took_ms
       from paths
       group by owner, case_no
     ), variants as (
       select variant, steps, count(*) as paths, min(first_ms) as first_ms from whole group by variant, steps
     ), largest as (
       select variant, steps, paths from variants order by paths desc, first_ms, steps, variant limit ${limit}
     )
     select 'variant' as part, cast(whole.variant as varchar) as variant, whole.steps, count(*) as paths, count(distinct customer) as customers, min(customer) as customer_no, avg(took_ms) / 1000 as mean_s,
            ${analytics.dialect.quantile(0.5, "took_ms")} / 1000.0 as median_s, max(last_ms) as last_ms, min(first_ms) as first_ms
     from whole
     join largest on largest.variant = whole.variant and largest.steps = whole.steps
     group by whole.variant, whole.steps
     union all
     select 'all', '', coalesce(sum(steps * paths), 0), coalesce(sum(paths), 0), count(*), 0, coalesce(max(steps), 0), 0, 0, 0 from variants`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  const read = rows.map((row) => variantRow.parse(row));
  const all = read.find(({ part }) => part === "all");
  const variants = read.filter(({ part }) => part === "variant").toSorted((one, other) => other.paths - one.paths || one.first_ms - other.first_ms || one.steps - other.steps || (BigInt(one.variant) < BigInt(other.variant) ? -1 : 1));
  return {
    totals: { steps: all?.steps ?? 0, paths: all?.paths ?? 0, variants: all?.customers ?? 0, longest: all?.mean_s ?? 0 },
    variants: variants.map(({ variant, customer_no: customerNo, steps, paths, customers, mean_s: meanS, median_s: medianS, last_ms: lastMs }) => ({
      id: variant, customerNo, length: steps, paths, customers, meanS, medianS, lastAt: new Date(lastMs).toISOString(),
    })),
  };
};

/** The steps of some variants, each read from one of its paths.
 *  @param stepsMax steps after these are not read */
export const listStepsOfVariants = async (analytics: AnalyticsStore, asked: PathsAsked, variants: readonly Pick<Variant, "id" | "customerNo">[], stepsMax: number): Promise<Map<string, string[]>> => {
  if (variants.length === 0) return new Map();
  // Paths of a few customers are put in order at once. Those of an object may be of several, so there all are read.
  const narrowed = asked.cut.by === "object" ? asked : { ...asked, customerNos: [...new Set(variants.map(({ customerNo }) => customerNo))] };
  const query = startNumberedSteps(analytics, narrowed);
  const rows = await analytics.query(
    `${query.with}, whole as (
       select owner, case_no, cast(${analytics.dialect.fingerprint(analytics.dialect.textKey("node"), "step_no")} as varchar) as variant from paths group by owner, case_no
     ), ranked as (
       select owner, case_no, variant, row_number() over (partition by variant order by owner, case_no) as rank
       from whole
       where variant in (${variants.map(({ id }) => query.bind(id)).join(", ")})
     )
     select ranked.variant, paths.step_no, paths.node
     from paths
     join ranked on ranked.owner = paths.owner and ranked.case_no = paths.case_no
     where ranked.rank = 1 and paths.step_no <= ${stepsMax}
     order by ranked.variant, paths.step_no`,
    query.values,
    { limitRows: variants.length * stepsMax, timeoutMs: PATIENCE_MS },
  );
  const steps = rows.map((row) => stepRow.parse(row));
  return new Map([...Map.groupBy(steps, ({ variant }) => variant)].map(([variant, own]) => [variant, own.map(({ node }) => node)]));
};

/** Paths of the customers who were seen last, step by step with times. */
export const listTravellers = async (analytics: AnalyticsStore, asked: PathsAsked, limits: { customers: number; steps: number }): Promise<{ customerId: string; steps: { name: string; at: string }[] }[]> => {
  const query = startNumberedSteps(analytics, asked);
  const rows = await analytics.query(
    `${query.with}, latest as (
       select owner, max(case_no) as case_no, max(epoch_ms(${momentColumn})) as last_ms
       from paths
       group by owner
       order by last_ms desc, owner
       limit ${limits.customers}
     )
     select cast(paths.customer as varchar) as customer, cast(paths.owner as varchar) as owner, paths.node, epoch_ms(paths.${momentColumn}) as at_ms
     from paths
     join latest on latest.owner = paths.owner and latest.case_no = paths.case_no
     where paths.step_no <= ${limits.steps}
     order by paths.owner, paths.step_no`,
    query.values,
    { limitRows: limits.customers * limits.steps, timeoutMs: PATIENCE_MS },
  );
  const steps = rows.map((row) => travelRow.parse(row));
  return [...Map.groupBy(steps, ({ owner }) => owner).values()].map((own) => ({
    customerId: own[0]?.customer ?? "",
    steps: own.map(({ node, at_ms: atMs }) => ({ name: node, at: new Date(atMs).toISOString() })),
  }));
};

const variantRow = z.object({
  part: z.string(), variant: z.string(), steps: z.number(), paths: z.number(), customers: z.number(), customer_no: z.number(), mean_s: z.number(), median_s: z.number(), last_ms: z.number(), first_ms: z.number(),
});
const stepRow = z.object({ variant: z.string(), step_no: z.number(), node: z.string() });
const travelRow = z.object({ customer: z.string(), owner: z.string(), node: z.string(), at_ms: z.number() });
