// The steps of paths as SQL: which interactions follow each other, where a path begins, and which paths are asked for.
import type { AnalyticsStore } from "#platform/analytics";
import type { PathCut, PathFilters, PathLevel } from "./paths.contract.ts";
import { isOneOf, momentColumn, startJourneyQuery } from "./selection.queries.ts";
import type { JourneyQuery, JourneySelection } from "./selection.queries.ts";

/** Interactions that carry a property asked for. */
export type Marks = { ids: readonly string[] };

/** Which object (an order, a ticket) each interaction is about; the same place in both lists belongs together. */
export type Objects = { ids: readonly string[]; values: readonly string[] };

export type PathsAsked = {
  selection: JourneySelection;
  level: PathLevel;
  cut: PathCut;
  filters: PathFilters;
  objects: Objects | null;
  /** One for each of the properties among the filters, in their order. */
  marks?: readonly Marks[] | undefined;
  /** Whether what the copy keeps with every interaction says what is asked. */
  isStored: boolean;
  /** Whether there are interactions before the period, so that a stored step may reach back over its start. */
  isPreceded: boolean;
  /** Only customers of these numbers in the copy. */
  customerNos?: readonly number[] | undefined;
};

/** A query that has begun: put `with` before it and read from `paths`. One row of `paths` is one step:
 *  owner and case_no say of which path, customer whose, node where, seq in what order of arrival, previous and gap_s (null at the start) what came
 *  before. Numbered steps have step_no (1 is the start) as well. */
export type StepsQuery = JourneyQuery & { with: string };

/** Steps that are only counted: in them a customer is her number in the copy, and a node the key of its name. */
export type CountedSteps = StepsQuery & {
  /** Binds a name. @returns what `node` is where it was met */
  nodeOf: (name: string) => string;
  /** A table `names` of the keys met, with their names. Put it behind `with`. */
  names: string;
};

type Columns = { customer: string; node: (name: string) => string; key: (node: string) => string; before: boolean };

/** Begins a query over steps that need no number: from the steps stored with each interaction where that gives the same. */
export const startSteps = (analytics: AnalyticsStore, asked: PathsAsked): StepsQuery =>
  asked.isStored ? startStored(analytics, asked, toldColumns(analytics)) : startNumberedSteps(analytics, asked);

/** Whether the step before every interaction is the one that is asked about. */
export const isOfStoredSteps = ({ selection, level, cut, filters }: Pick<PathsAsked, "selection" | "level" | "cut" | "filters">): boolean =>
  level === "touchpoint" && (cut.by === "customer" || cut.by === "session") && selection.channels === null && !hasFilters(filters);

const hasFilters = (filters: PathFilters): boolean => Object.values(filters).some((filter) => filter !== undefined);

/** A column of the step before: empty where a path begins, since a visit or the period does. */
export const storedStep = (query: JourneyQuery, { selection, cut, isPreceded }: PathsAsked): ((column: string) => string) => {
  const conditions = [
    ...(cut.by === "session" ? [`gap_s <= ${query.bind(cut.gapS)}`] : []),
    // Seconds are no whole numbers: a step that begins with the period must not be lost to the last digit.
    ...(isPreceded ? [`round(gap_s * 1000) <= epoch_ms(${momentColumn}) - ${query.bind(selection.fromMs)}`] : []),
  ];
  return (column) => (conditions.length === 0 ? column : `case when ${conditions.join(" and ")} then ${column} end`);
};

const startStored = (analytics: AnalyticsStore, asked: PathsAsked, { customer, node }: Columns): StepsQuery => {
  const query = startJourneyQuery(analytics, asked.selection);
  const kept = storedStep(query, asked);
  // The key of no name is a number like others.
  const previous = `case when previous_touchpoint is not null then ${kept(node("previous_touchpoint"))} end`;
  return {
    ...query,
    with: `with paths as (
       select ${customer} as owner, 0 as case_no, ${customer} as customer, ${momentColumn}, seq, ${node("touchpoint")} as node, ${previous} as previous, ${kept("gap_s")} as gap_s
       from experience
       where ${query.where} and ${isStep}
     )`,
  };
};

/** Begins a query over steps put in order anew. Between two of the same moment the one that arrived first comes first. */
export const startNumberedSteps = (analytics: AnalyticsStore, asked: PathsAsked): StepsQuery =>
  numberSteps(analytics, asked, toldColumns(analytics));

/** The same as `named`, with the paths of each owner numbered from 1 on, as files call them. Those not chosen count too, so that a path is called the same
 *  whatever is asked for. */
export const startNamedSteps = (analytics: AnalyticsStore, asked: PathsAsked): StepsQuery => {
  const query = startNumberedSteps(analytics, asked);
  const named = isInCases(asked.cut)
    ? `numbers as (select owner as first_owner, min(case_no) as first_no from steps group by owner),
     named as (select paths.* replace (case_no - first_no + 1 as case_no) from paths join numbers on first_owner = owner)`
    : "named as (select * from paths)";
  return { ...query, with: `${query.with}, ${named}` };
};

const toldColumns = ({ dialect }: AnalyticsStore): Columns => ({ customer: "customer", node: (name) => name, key: dialect.textKey, before: true });

/** Begins a query over the same steps for whoever counts them. Two whole numbers instead of an id and a name make rows of a third of the width: sorting them takes half the
 *  time, and twelve million fit into the memory where five million names were sorted on disk. Two of 50,000 names have the same key once in 10^10 workspaces.
 *  @param reads `before`: `previous` and `gap_s`, which cost a tenth more each, read or not; `numbered`: `case_no` and `step_no`, without which steps as stored may do */
export const startCountedSteps = (analytics: AnalyticsStore, asked: PathsAsked, { before, numbered }: { before: boolean; numbered: boolean }): CountedSteps => {
  const { textKey } = analytics.dialect;
  const columns: Columns = { customer: "customer_no", node: textKey, key: (node) => node, before };
  const query = asked.isStored && !numbered ? startStored(analytics, asked, columns) : numberSteps(analytics, asked, columns);
  const name = nodes[asked.level];
  return {
    ...query,
    nodeOf: (given) => nameGiven(query, { node: textKey }, given),
    names: `names as (select ${textKey(name)} as key, any_value(${name}) as name from experience where ${query.where} and ${isStep} and ${name} is not null group by ${textKey(name)})`,
  };
};

const numberSteps = (analytics: AnalyticsStore, asked: PathsAsked, columns: Columns): StepsQuery => {
  const query = startJourneyQuery(analytics, asked.selection);
  const before = columns.before || asked.filters.follows !== undefined
    ? `lag(node) over path as previous,
              (epoch_ms(${momentColumn}) - lag(epoch_ms(${momentColumn})) over path) / 1000.0 as gap_s,
              `
    : "";
  // A column that is the same in all rows would be sorted with them.
  const [caseNo, path] = isInCases(asked.cut) ? ["case_no", "owner, case_no"] : ["0 as case_no", "owner"];
  const parts = [`met as (${metSteps(query, asked, columns)})`, ...cutSteps(query, asked, columns), `steps as (
       select owner, ${caseNo}, customer, ${momentColumn}, seq, node${listMarks(asked)},
              ${before}row_number() over path as step_no
       from numbered
       window path as (partition by ${path} order by ${momentColumn}, seq)
     )`];
  return { ...query, with: `with ${[...parts, ...choosePaths(analytics, query, asked.filters, columns)].join(", ")}` };
};

const isInCases = (cut: PathCut): boolean => cut.by === "session" || cut.by === "touchpoint";

// An interaction that met nothing (who somebody is, a note) is no step, and nobody's interactions make no path.
export const isStep = "record = 'interaction' and touchpoint is not null and customer is not null";

export const nodes: Record<PathLevel, string> = { touchpoint: "touchpoint", name: "name", stage: "stage" };

const metSteps = (query: JourneyQuery, asked: PathsAsked, columns: Columns): string => {
  const { level, cut, objects, customerNos, isStored, marks = [] } = asked;
  const node = nodes[level];
  const begins = isCutByStored({ cut, isStored }) ? `, ${storedStep(query, asked)("gap_s")} is null as is_start` : "";
  const marked = marks.map(({ ids }, at) => `, case when ${isOneOf(query, "id", ids)} then 1 else 0 end as mark${at}`).join("");
  const from = cut.by === "object"
    ? `experience join (select unnest(cast(${query.bind(JSON.stringify(objects?.ids ?? []))} as uuid[])) as object_of, unnest(from_json(${query.bind(JSON.stringify(objects?.values ?? []))}, '["varchar"]')) as object) objects on object_of = id`
    : "experience";
  const only = customerNos === undefined ? "" : ` and customer_no in (${customerNos.map((no) => query.bind(no)).join(", ")})`;
  return `select ${cut.by === "object" ? "object" : columns.customer} as owner, ${columns.customer} as customer, ${momentColumn}, seq, ${columns.node(node)} as node${begins}${marked}
       from ${from}
       where ${query.where} and ${isStep} and ${node} is not null${only}`;
};

/** Visits begin where the step kept with an interaction says so: that is one sorting less. */
const isCutByStored = ({ cut, isStored }: Pick<PathsAsked, "cut" | "isStored">): boolean => cut.by === "session" && isStored;

const listMarks = ({ marks = [] }: PathsAsked): string => marks.map((_, at) => `, mark${at}`).join("");

/** Numbers the paths of each owner. */
const cutSteps = (query: JourneyQuery, asked: PathsAsked, columns: Columns): string[] => {
  const { cut } = asked;
  switch (cut.by) {
    case "customer":
    case "object":
      return ["numbered as (select * from met)"];
    case "session":
      return isCutByStored(asked) ? [countStarts("numbered", "met", "is_start")] : cutWhere(`before is null or waited_ms > ${query.bind(cut.gapS)} * 1000`);
    case "touchpoint":
      return cutAt(cut, listMarks(asked), (column, names) => `${column} in (${names.map((name) => nameGiven(query, columns, name)).join(", ")})`);
  }
};

/** What a node is that has this name. */
const nameGiven = (query: Pick<JourneyQuery, "bind">, columns: Pick<Columns, "node">, name: string): string => columns.node(`cast(${query.bind(name)} as varchar)`);

type IsIn = (column: string, names: readonly string[]) => string;

const cutAt = ({ starts, ends }: Extract<PathCut, { by: "touchpoint" }>, marks: string, isIn: IsIn): string[] => {
  if (ends.length === 0) return cutFrom(isIn("node", starts));
  if (starts.length === 0) return cutWhere(`before is null or ${isIn("before", ends)}`);
  // From each start to the first end after it; what comes between an end and the next start belongs to no path.
  return [...cutFrom(isIn("node", starts), "begun"), `numbered as (
       select owner, case_no, customer, ${momentColumn}, seq, node${marks}
       from (
         select *, min(case when ${isIn("node", ends)} then row(${momentColumn}, seq) end) over (partition by owner, case_no) as first_end
         from begun
       ) ended
       where first_end is null or row(${momentColumn}, seq) <= first_end
     )`];
};

/** Begins a path at each start; what comes before the first of an owner belongs to none. */
const cutFrom = (isStart: string, name = "numbered"): string[] => [
  ...cutWhere(`before is null or ${isStart}`, "cut"),
  `${name} as (select * from (select *, max(case when ${isStart} then 1 else 0 end) over (partition by owner, case_no) as is_begun from cut) of_paths where is_begun = 1)`,
];

/** @param isStart holds for the first step of every owner */
const cutWhere = (isStart: string, name = "numbered"): string[] => [
  `ordered as (
       select *, lag(node) over life as before, epoch_ms(${momentColumn}) - lag(epoch_ms(${momentColumn})) over life as waited_ms
       from met
       window life as (partition by owner order by ${momentColumn}, seq)
     )`,
  countStarts(name, "ordered", isStart),
];

/** Numbers paths by their starts, on from one owner to the next. One running sum over everybody takes a sixth less than one for each owner, and where one owner
 *  has a million steps beside thousands with a few, a thirtieth.
 *  @param isStart holds for the first step of every owner */
const countStarts = (name: string, steps: string, isStart: string): string =>
  `${name} as (
       select *, sum(case when ${isStart} then 1 else 0 end) over (order by owner, ${momentColumn}, seq rows between unbounded preceding and current row) as case_no
       from ${steps}
     )`;

/** Leaves only paths for which every filter holds. */
const choosePaths = (analytics: AnalyticsStore, query: JourneyQuery, filters: PathFilters, columns: Columns): string[] => {
  if (!hasFilters(filters)) return ["paths as (select * from steps)"];
  return [
    ...watchSteps(query, filters, columns),
    `chosen as (select owner, case_no from watched group by owner, case_no having ${listConditions(analytics, query, filters, columns).join(" and ")})`,
    "paths as (select steps.* from steps join chosen on chosen.owner = steps.owner and chosen.case_no = steps.case_no)",
  ];
};

/** Adds what comes next and, where a step is to follow later than directly, when the first of the two was met last before. One order over everybody for that,
 *  as in `countStarts`; what it finds in a path before this one does not count. */
const watchSteps = (query: JourneyQuery, { follows }: PathFilters, columns: Columns): string[] => {
  const next = "lead(node) over (partition by owner, case_no order by step_no) as next";
  if (follows === undefined || follows.isDirect) return [`watched as (select *, ${next}, null as first_ms from steps)`];
  const met = `case when node = ${nameGiven(query, columns, follows.first)} then struct_pack(owner := owner, case_no := case_no, ms := epoch_ms(${momentColumn})) end`;
  return [
    `seen as (select *, ${next}, max(${met}) over (order by owner, case_no, step_no rows between unbounded preceding and 1 preceding) as latest from steps)`,
    "watched as (select *, case when latest.owner = owner and latest.case_no = case_no then latest.ms end as first_ms from seen)",
  ];
};

const listConditions = (analytics: AnalyticsStore, query: JourneyQuery, filters: PathFilters, columns: Columns): string[] => {
  const given = (name: string): string => nameGiven(query, columns, name);
  const list = (names: readonly string[]): string => names.map(given).join(", ");
  const some = (condition: string): string => `max(case when ${condition} then 1 else 0 end) = 1`;
  const { startsWith, endsWith, passes, avoids, repeats, follows, properties = [], variant } = filters;
  return [
    ...(startsWith === undefined ? [] : [some(`step_no = 1 and node in (${list(startsWith)})`)]),
    ...(endsWith === undefined ? [] : [some(`next is null and node in (${list(endsWith)})`)]),
    ...(passes ?? []).map((name) => some(`node = ${given(name)}`)),
    ...(avoids === undefined ? [] : [`max(case when node in (${list(avoids)}) then 1 else 0 end) = 0`]),
    ...(repeats === undefined ? [] : [`sum(case when node = ${given(repeats.name)} then 1 else 0 end) >= ${query.bind(repeats.times)}`]),
    ...(follows === undefined ? [] : [some(followsCondition(query, follows, given))]),
    ...properties.map((_, at) => `max(mark${at}) = 1`),
    ...(variant === undefined ? [] : [`cast(${analytics.dialect.fingerprint(columns.key("node"), "step_no")} as varchar) = ${query.bind(variant)}`]),
  ];
};

const followsCondition = (query: JourneyQuery, { first, then, isDirect, withinS }: NonNullable<PathFilters["follows"]>, given: (name: string) => string): string => {
  const limit = (column: string): string => (withinS === null ? "" : ` and ${column} <= ${query.bind(withinS)}`);
  if (isDirect) return `node = ${given(then)} and previous = ${given(first)}${limit("gap_s")}`;
  return `node = ${given(then)} and first_ms is not null${limit(`(epoch_ms(${momentColumn}) - first_ms) / 1000.0`)}`;
};

// As many touchpoints of a workspace have numbers in the copy (server/customers/experience).
const NUMBERED_MAX = 50_000;

/** Whether steps are worked out for everybody: while the copy catches up with many interactions, they are not, and names beyond all measure have no numbers. */
export const areStepsKept = async (analytics: AnalyticsStore, workspaceId: string): Promise<boolean> => {
  const [row] = await analytics.query(
    `select (select count(*) from (select 1 from pending_repairs limit 1) waiting) as waiting, (select count(*) from touchpoint_numbers where workspace_id = cast($1 as uuid)) as numbered`,
    [workspaceId],
  );
  return Number(row?.["waiting"]) === 0 && Number(row?.["numbered"]) < NUMBERED_MAX;
};

/** Whether anything of the workspace happened before a moment. */
export const hasInteractionsBefore = async (analytics: AnalyticsStore, workspaceId: string, fromMs: number): Promise<boolean> => {
  const query = startJourneyQuery(analytics, { workspaceId, fromMs: 0, toMs: fromMs, channels: null, customers: null, segments: null });
  return (await analytics.query(`select 1 as found from experience where ${query.where} and record = 'interaction' limit 1`, query.values)).length > 0;
};

/** Ids of the interactions that could be steps, to look up what else is known of them. */
export const listStepIds = async (analytics: AnalyticsStore, selection: JourneySelection, limit: number): Promise<string[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(`select cast(id as varchar) as id from experience where ${query.where} and ${isStep} limit ${limit}`, query.values, { limitRows: limit });
  return rows.map((row) => String(row["id"]));
};

/** How many interactions in the period belong to nobody known: they are on no path. */
export const countOfNobody = async (analytics: AnalyticsStore, selection: JourneySelection): Promise<number> => {
  const query = startJourneyQuery(analytics, { ...selection, customers: null, segments: null });
  const [row] = await analytics.query(`select count(*) as count from experience where ${query.where} and record = 'interaction' and touchpoint is not null and customer is null`, query.values);
  return Number(row?.["count"] ?? 0);
};
