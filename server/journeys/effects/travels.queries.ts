// Paths step by step, and what was told and paid on them. SQL of the analytics store.
import { segmentBits, type GatheredSegment, type Period } from "#customers";
import type { AnalyticsRow, AnalyticsStore, AnalyticsValue } from "#platform/analytics";
import { isOfEffort, isScore } from "../definitions/definitions.queries.ts";
import { paymentsOf } from "../definitions/money.queries.ts";
import type { Money } from "../definitions/money.rules.ts";
import { ORDER_TOLD_MS } from "../definitions/purchases.queries.ts";
import { isOneOf, momentColumn, orderedMoment, PATIENCE_MS, startJourneyQuery, texts, type JourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";
import { isStep, startNumberedSteps, type PathsAsked } from "../paths/steps.queries.ts";

/** Of a longer path only so many steps are looked at. */
export const STEPS_OF_PATH = 1_000;
const PATHS_MAX = 200_000;
/** Of somebody with more paths only the first are looked at: a machine, not a customer, and it would drown all others. */
const PATHS_OF_CUSTOMER = 1_000;
const MARKS_MAX = 1_000_000;
const MARKS_OF_CUSTOMER = 20_000;

/** How much there is to look at, before anything is put in order. */
export const countSteps = async (analytics: AnalyticsStore, selection: JourneySelection): Promise<{ steps: number; customers: number }> => {
  const query = startJourneyQuery(analytics, selection);
  const [row] = await analytics.query(`select count(*) as steps, ${analytics.dialect.distinctApproximately("customer")} as customers from experience where ${query.where} and ${isStep}`, query.values);
  return { steps: Number(row?.["steps"] ?? 0), customers: Number(row?.["customers"] ?? 0) };
};

/** One customer in so many, always the same ones. */
export const listSampledCustomers = async (analytics: AnalyticsStore, selection: JourneySelection, every: number): Promise<string[]> => {
  const query = startJourneyQuery(analytics, selection);
  // A bound number is signed: to divide by it the store would take numbers of twice the width, which takes forty times as long.
  const rows = await analytics.query(
    `select distinct customer from experience where ${query.where} and ${isStep} and hash(customer) % cast(${query.bind(every)} as ubigint) = 0 order by customer limit ${PATHS_MAX}`,
    query.values,
    { limitRows: PATHS_MAX, timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => String(row["customer"]));
};

/** Of some customers in which segments they are: bit n of the number is set for the segment at place n. */
export const listSegmentBits = async (analytics: AnalyticsStore, workspaceId: string, segments: readonly GatheredSegment[], customers: readonly string[]): Promise<Map<string, number>> => {
  if (segments.length === 0 || customers.length === 0) return new Map();
  const values: AnalyticsValue[] = [workspaceId];
  const query = { bind: (value: AnalyticsValue): string => `$${values.push(value)}` };
  const rows = await analytics.query(
    `select customer, ${segmentBits(segments)} as bits from customer_numbers where workspace_id = cast($1 as uuid) and ${isOneOf(query, "customer", customers)}`,
    values,
    { limitRows: customers.length },
  );
  return new Map(rows.map((row) => [String(row["customer"]), Number(row["bits"])]));
};

/** `leftOut`: rarer names. */
export type StepNames = { names: { name: string; paths: number }[]; leftOut: number };

/** Names of steps with the number of paths that meet them, most paths first.
 *  @param wanted names that are told, however rare they are; before all others */
export const listStepNames = async (analytics: AnalyticsStore, asked: PathsAsked, limit: number, wanted: readonly string[] = []): Promise<StepNames> => {
  const query = startNumberedSteps(analytics, asked);
  const wantedFirst = wanted.length === 0 ? "" : `case when node in (select unnest(${texts(query, wanted)})) then 0 else 1 end, `;
  const rows = await analytics.query(
    `${query.with} select node, count(*) as paths, count(*) over () as everything from (select distinct owner, case_no, node from paths) met group by node order by ${wantedFirst}paths desc, node limit ${query.bind(limit)}`,
    query.values,
    { limitRows: limit, timeoutMs: PATIENCE_MS },
  );
  return { names: rows.map((row) => ({ name: String(row["node"]), paths: Number(row["paths"]) })), leftOut: Number(rows[0]?.["everything"] ?? 0) - rows.length };
};

export type FoundPath = { customer: string; steps: number; codes: number[]; times: number[] };

/** One row is one path: its steps as places among `names` (all others as their number) with their times.
 *  @returns `leftOut`: paths of those with more than a thousand, and where they are too many altogether the later ones of those who have most */
export const listPaths = async (analytics: AnalyticsStore, asked: PathsAsked, names: readonly string[]): Promise<{ paths: FoundPath[]; leftOut: number }> => {
  const query = startNumberedSteps(analytics, asked);
  const rows = await analytics.query(
    `${query.with},
     spot as (select unnest(${texts(query, names)}) as spot_node, unnest(cast(${query.bind(`[${names.map((_, at) => at).join(",")}]`)} as bigint[])) as code),
     coded as (select owner, case_no, customer, step_no, coalesce(code, ${names.length}) as code, epoch_ms(${momentColumn}) as ms from paths left join spot on spot_node = node),
     whole as (
       select owner, case_no, min(customer) as customer, min(ms) as from_ms, count(*) as steps,
              string_agg(case when step_no <= ${STEPS_OF_PATH} then code end, ',' order by step_no) as codes, string_agg(case when step_no <= ${STEPS_OF_PATH} then ms end, ',' order by step_no) as times
       from coded
       group by owner, case_no
     ),
     ranked as (select *, row_number() over (partition by customer order by from_ms, owner, case_no) as place, count(*) over () as everything from whole)
     select customer, steps, codes, times, everything
     from (select * from ranked where place <= ${PATHS_OF_CUSTOMER} order by place, from_ms, customer, owner, case_no limit ${PATHS_MAX}) taken
     order by from_ms, customer, owner, case_no`,
    query.values,
    { limitRows: PATHS_MAX, timeoutMs: PATIENCE_MS },
  );
  return {
    paths: rows.map((row) => ({ customer: String(row["customer"]), steps: Number(row["steps"]), codes: numbersOf(row, "codes"), times: numbersOf(row, "times") })),
    leftOut: Number(rows[0]?.["everything"] ?? 0) - rows.length,
  };
};

const numbersOf = (row: AnalyticsRow, name: string): number[] => String(row[name]).split(",").map(Number);

/** The channel each customer came by first in the period. */
export const listFirstChannels = async (analytics: AnalyticsStore, selection: JourneySelection): Promise<{ customer: string; channel: string }[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `select customer, arg_min(coalesce(channel, ''), ${orderedMoment(query, selection)}) as channel from experience where ${query.where} and ${isStep} group by customer limit ${PATHS_MAX}`,
    query.values,
    { limitRows: PATHS_MAX, timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => ({ customer: String(row["customer"]), channel: String(row["channel"]) }));
};

export type FoundMark = { customer: string; ms: number; value: number };
/** In order of time for each customer. `leftOut`: the later ones of those who have most. */
export type FoundMarks = { marks: FoundMark[]; leftOut: number };

/** Scores customers gave. @param effort of effort alone */
export const listScores = async (analytics: AnalyticsStore, selection: JourneySelection, period: Period, effort: boolean): Promise<FoundMarks> => {
  const query = startJourneyQuery(analytics, { ...selection, channels: null }, period);
  return listMarks(analytics, query, `select customer, epoch_ms(${momentColumn}) as ms, normalised as value, seq from experience where ${query.where} and ${isScore} and customer is not null ${effort ? `and ${isOfEffort}` : ""}`);
};

export const countScores = async (analytics: AnalyticsStore, selection: JourneySelection): Promise<{ scores: number; efforts: number }> => {
  const query = startJourneyQuery(analytics, { ...selection, channels: null });
  const [row] = await analytics.query(`select count(*) as scores, sum(case when ${isOfEffort} then 1 else 0 end) as efforts from experience where ${query.where} and ${isScore} and customer is not null`, query.values);
  return { scores: Number(row?.["scores"] ?? 0), efforts: Number(row?.["efforts"] ?? 0) };
};

/** Meetings of touchpoints that count as turning to support. */
export const listContacts = async (analytics: AnalyticsStore, selection: JourneySelection, period: Period, contacts: readonly string[]): Promise<FoundMarks> => {
  const query = startJourneyQuery(analytics, { ...selection, channels: null }, period);
  return listMarks(analytics, query, `select customer, epoch_ms(${momentColumn}) as ms, 1 as value, seq from experience where ${query.where} and ${isStep} and touchpoint in (select unnest(${texts(query, contacts)}))`);
};

/** Purchases, with what was paid. */
export const listPayments = async (analytics: AnalyticsStore, selection: JourneySelection, money: Money): Promise<FoundMarks> => {
  const query = startJourneyQuery(analytics, { ...selection, channels: null }, { fromMs: selection.fromMs - ORDER_TOLD_MS, toMs: selection.toMs });
  return listMarks(analytics, query, `select payer as customer, ms, amount as value, paid_seq as seq from (${paymentsOf(query, { workspaceId: selection.workspaceId, payer: "customer", conditions: `${query.where} and customer is not null`, sinceMs: selection.fromMs }, money)}) payment`);
};

const listMarks = async (analytics: AnalyticsStore, query: JourneyQuery, marks: string): Promise<FoundMarks> => {
  // A machine with a million of them must not take those of anybody else away.
  const rows = await analytics.query(
    `select customer, ms, value, everything
     from (
       select *
       from (select *, row_number() over (partition by customer order by ms, seq) as place, count(*) over () as everything from (${marks}) mark) ranked
       where place <= ${MARKS_OF_CUSTOMER}
       order by place, customer
       limit ${MARKS_MAX}
     ) taken
     order by customer, ms, seq`,
    query.values,
    { limitRows: MARKS_MAX, timeoutMs: PATIENCE_MS },
  );
  return {
    marks: rows.map((row) => ({ customer: String(row["customer"]), ms: Number(row["ms"]), value: Number(row["value"]) })),
    leftOut: Number(rows[0]?.["everything"] ?? 0) - rows.length,
  };
};

export type Silence = { customer: string; fromMs: number; /** Infinity: nothing more is known. */ untilMs: number };

/** Stretches in which a customer met nothing for longer than some time, whatever the channel, and those after their last step. One row is one
 *  such stretch, those of a customer in order; they are few, where their steps would be many. */
export const listSilences = async (analytics: AnalyticsStore, selection: JourneySelection, period: Period, longerThanMs: number): Promise<Silence[]> => {
  const query = startJourneyQuery(analytics, { ...selection, channels: null }, period);
  const rows = await analytics.query(
    `select customer, ms, next_ms
     from (
       select customer, ms, lead(ms) over (partition by customer order by ms) as next_ms
       from (select customer, epoch_ms(${momentColumn}) as ms from experience where ${query.where} and ${isStep}) met
     ) life
     where next_ms is null or next_ms - ms > ${query.bind(longerThanMs)}
     order by customer, ms
     limit ${MARKS_MAX}`,
    query.values,
    { limitRows: MARKS_MAX, timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => ({ customer: String(row["customer"]), fromMs: Number(row["ms"]), untilMs: row["next_ms"] === null ? Number.POSITIVE_INFINITY : Number(row["next_ms"]) }));
};
