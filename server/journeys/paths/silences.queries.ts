// Who came back, where paths fall silent, and who was at one place of them.
import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import type { PathCut } from "./paths.contract.ts";
import { momentColumn, ofSelection, orderedMoment, PATIENCE_MS } from "./selection.queries.ts";
import { isStep, nodes, startCountedSteps, startSteps } from "./steps.queries.ts";
import type { PathsAsked } from "./steps.queries.ts";

/** `knownUntilMs`: the last moment of which anything is known. */
type ReturnAsked = { unitMs: number; most: number; first: string | null; back: string | null; knownUntilMs: number };

/** How many customers came back in the first, second ... unit of time after they were first met on the paths asked for, of those whose unit is over. Row 0 counts
 *  everybody. Whoever met the same before the period, on whatever path, is none of them; a unit that ends after all that is known is not over, whenever the period ends. Where a
 *  customer has several paths, coming back is another of them. Orders named in the first interaction, and those begun together with one of them, are the first
 *  path: what tells of two orders at once is no coming back from one to the other. */
export const countReturns = async (analytics: AnalyticsStore, asked: PathsAsked, { unitMs, most, first, back, knownUntilMs }: ReturnAsked): Promise<{ unit: number; eligible: number; returned: number }[]> => {
  const { selection, level, cut } = asked;
  const isCut = cut.by !== "customer";
  const query = startCountedSteps(analytics, asked, { before: false, numbered: isCut });
  const is = (name: string | null): string => (name === null ? "true" : `node = ${query.nodeOf(name)}`);
  const earlier = `workspace_id = cast($1 as uuid) and ${[query.within({ fromMs: 0, toMs: selection.fromMs }), ...ofSelection(query, selection)].join(" and ")}`;
  const known = `${earlier} and ${isStep} and ${first === null ? `${nodes[level]} is not null` : `${nodes[level]} = ${query.bind(first)}`}`;
  const units = Array.from({ length: most }, (_, at) => at + 1);
  const end = query.bind(Math.min(selection.toMs, knownUntilMs + 1));
  const { columns, tables, joins, another } = cut.by === "customer" ? onePath : otherPaths(cut.by, orderedMoment(query, selection));
  const rows = await analytics.query(
    `${query.with}, known as (
       select distinct customer_no as known_no from experience where ${known} and customer_no is not null
     ), firsts as materialized (
       select customer as beginner, min(epoch_ms(${momentColumn})) as first_ms${columns}
       from paths
       where ${is(first)} and customer not in (select known_no from known)
       group by customer
     )${tables}, returned as materialized (
       select distinct beginner, first_ms, cast(floor((epoch_ms(paths.${momentColumn}) - first_ms) / ${unitMs}) as bigint) as unit
       from paths
       join firsts on firsts.beginner = paths.customer${joins}
       where epoch_ms(paths.${momentColumn}) > first_ms and ${is(back)}${another}
     )
     select 0 as unit, count(*) as eligible, 0 as returned from firsts
     union all
     ${units.map((unit) => `select ${unit}, (select count(*) from firsts where first_ms + ${(unit + 1) * unitMs} <= ${end}), (select count(*) from returned where unit = ${unit} and first_ms + ${(unit + 1) * unitMs} <= ${end})`).join(" union all ")}`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => returnRow.parse(row)).toSorted((one, other) => one.unit - other.unit);
};

type OtherPaths = { columns: string; tables: string; joins: string; another: string };

const onePath: OtherPaths = { columns: "", tables: "", joins: "", another: "" };

/** What tells steps of other paths than a customer's first. An interaction may be about several objects: it is of others where it names none of the first ones. */
const otherPaths = (by: Exclude<PathCut["by"], "customer">, moment: string): OtherPaths => {
  switch (by) {
    case "session":
    case "touchpoint":
      return { columns: `, arg_min(case_no, ${moment}) as first_case`, tables: "", joins: "", another: " and paths.case_no <> first_case" };
    case "object":
      return {
        columns: `, arg_min(seq, ${moment}) as first_seq`,
        tables: `, begun as (
       select customer as begun_customer, owner as begun_owner, arg_min(seq, ${moment}) as begun_seq from paths group by customer, owner
     ), starts as (
       select distinct beginner as start_customer, begun_seq as start_seq from firsts join paths on customer = beginner and seq = first_seq join begun on begun_customer = customer and begun_owner = owner
     ), own as (
       select distinct customer as own_customer, seq as own_seq
       from starts join begun on begun_customer = start_customer and begun_seq = start_seq join paths on customer = begun_customer and owner = begun_owner
     )`,
        joins: " left join own on own_customer = paths.customer and own_seq = paths.seq",
        another: " and own_seq is null",
      };
  }
};

export type Silence = { from: string; to: string; count: number; customers: number; medianS: number; longestS: number };

/** Connections on which customers were silent for longer than some time, the most frequent first. */
export const listSilencesBetween = async (analytics: AnalyticsStore, asked: PathsAsked, longerThanS: number): Promise<Silence[]> => {
  const query = startSteps(analytics, asked);
  const rows = await analytics.query(
    `${query.with}
     select previous, node, count(*) as count, count(distinct customer) as customers, ${analytics.dialect.quantile(0.5, "gap_s")} as median_s, max(gap_s) as longest_s
     from paths
     where gap_s > ${query.bind(longerThanS)}
     group by previous, node
     order by count desc, previous, node
     limit 50`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => {
    const { previous: from, node: to, count, customers, median_s: medianS, longest_s: longestS } = silenceRow.parse(row);
    return { from, to, count, customers, medianS, longestS };
  });
};

/** Where the paths asked for ended of customers of whom nothing was heard for longer than some time.
 *  @param endMs until when anything can have been heard */
export const listSilent = async (analytics: AnalyticsStore, asked: PathsAsked, { longerThanS, endMs }: { longerThanS: number; endMs: number }): Promise<{ name: string; customers: number; medianS: number }[]> => {
  const query = startSteps(analytics, asked);
  const waited = `(${query.bind(endMs)} - last_ms) / 1000.0`;
  const rows = await analytics.query(
    `${query.with}, ranked as (
       select customer, node, epoch_ms(${momentColumn}) as last_ms, row_number() over (partition by customer order by ${momentColumn} desc, seq desc) as rank from paths
     ), heard as (
       select customer as owner_of, max(epoch_ms(${momentColumn})) as heard_ms from experience where ${query.where} and ${isStep} and ${nodes[asked.level]} is not null group by customer
     )
     select node as name, count(*) as customers, ${analytics.dialect.quantile(0.5, waited)} as median_s
     from ranked join heard on owner_of = customer
     where rank = 1 and heard_ms = last_ms and ${waited} > ${query.bind(longerThanS)}
     group by node
     order by customers desc, node
     limit 50`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => {
    const { name, customers, median_s: medianS } = silentRow.parse(row);
    return { name, customers, medianS };
  });
};

export type StepMet = {
  count: number; customers: number;
  times: { minS: number; p10S: number; medianS: number; p90S: number; maxS: number; meanS: number } | null;
  examples: { customerId: string; count: number; lastAt: string }[];
};

/** Who met one thing, or one thing right after another, and how long after the step before.
 *  @param given without `previous` whatever came before */
export const describeStep = async (analytics: AnalyticsStore, asked: PathsAsked, given: { node: string; previous: string | undefined }, examples: number): Promise<StepMet> => {
  const query = startSteps(analytics, asked);
  const { quantile } = analytics.dialect;
  const before = given.previous === undefined ? "" : ` and previous = ${query.bind(given.previous)}`;
  const rows = await analytics.query(
    `${query.with}, here as (
       select customer, gap_s, epoch_ms(${momentColumn}) as at_ms from paths where node = ${query.bind(given.node)}${before}
     ), people as (
       select customer, count(*) as count, max(at_ms) as last_ms from here group by customer
     )
     select 'all' as part, '' as customer, count(*) as count, 0 as last_ms, count(gap_s) as timed, min(gap_s) as min_s, ${quantile(0.1, "gap_s")} as p10_s, ${quantile(0.5, "gap_s")} as median_s,
            ${quantile(0.9, "gap_s")} as p90_s, max(gap_s) as max_s, avg(gap_s) as mean_s, (select count(*) from people) as customers
     from here
     union all
     select * from (
       select 'one', cast(customer as varchar), count, last_ms, 0, 0, 0, 0, 0, 0, 0, 0 from people order by last_ms desc, customer limit ${examples}
     ) latest`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  const read = rows.map((row) => stepRow.parse(row));
  const all = read.find(({ part }) => part === "all");
  return {
    count: all?.count ?? 0, customers: all?.customers ?? 0,
    times: all === undefined || all.timed === 0 ? null : { minS: all.min_s ?? 0, p10S: all.p10_s ?? 0, medianS: all.median_s ?? 0, p90S: all.p90_s ?? 0, maxS: all.max_s ?? 0, meanS: all.mean_s ?? 0 },
    examples: read.filter(({ part }) => part === "one").toSorted((one, other) => other.last_ms - one.last_ms).map(({ customer, count, last_ms: lastMs }) => ({ customerId: customer, count, lastAt: new Date(lastMs).toISOString() })),
  };
};

const seconds = z.number().nullable();
const returnRow = z.object({ unit: z.number(), eligible: z.number(), returned: z.number() });
const silenceRow = z.object({ previous: z.string(), node: z.string(), count: z.number(), customers: z.number(), median_s: z.number(), longest_s: z.number() });
const silentRow = z.object({ name: z.string(), customers: z.number(), median_s: z.number() });
const stepRow = z.object({
  part: z.string(), customer: z.string(), count: z.number(), last_ms: z.number(), timed: z.number(), customers: z.number(),
  min_s: seconds, p10_s: seconds, median_s: seconds, p90_s: seconds, max_s: seconds, mean_s: seconds,
});
