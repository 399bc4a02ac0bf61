// What follows what, counted from what the copy keeps with every interaction: the numbers of its touchpoint and of the one before, when the customer was here
// before and when she last went this way. Nothing is put in order anew, and customers are counted without a list of them: whoever is here for the first time
// in the period counts.
import type { AnalyticsStore } from "#platform/analytics";
import type { EdgeTimes, Shown, ShownCustomers } from "./graph.rules.ts";
import { PATIENCE_MS, startJourneyQuery } from "./selection.queries.ts";
import type { JourneyQuery } from "./selection.queries.ts";
import { isStep, storedStep } from "./steps.queries.ts";
import type { PathsAsked, StepsQuery } from "./steps.queries.ts";

/** Begins a query over `steps`: the numbers node and previous (null at the start of a path), gap_s, and 1 where the customer is here, or goes this way, for the first time. */
const startStoredSteps = (analytics: AnalyticsStore, asked: PathsAsked): StepsQuery => {
  const { selection } = asked;
  const query = startJourneyQuery(analytics, selection);
  const kept = storedStep(query, asked);
  const isFirst = (column: string): string => `case when ${column} is null or ${column} < ${query.time(selection.fromMs)} then 1 else 0 end`;
  return {
    ...query,
    with: `with steps as (
       select touchpoint_no as node, ${kept("previous_no")} as previous, ${kept("gap_s")} as gap_s, ${isFirst("here_before")} as is_first_here, ${isFirst("step_before")} as is_first_step
       from experience
       where ${query.where} and ${isStep}
     )`,
  };
};

/** Begins a query over `edges`: how often one touchpoint came right after another (null at the start of a path), by their names. */
export const startStoredEdges = (analytics: AnalyticsStore, asked: PathsAsked): StepsQuery => {
  const query = startStoredSteps(analytics, asked);
  const workspace = query.bind(asked.selection.workspaceId);
  return {
    ...query,
    with: `${query.with}, counted as (
       select previous, node, count(*) as count, coalesce(avg(gap_s), 0) as mean_s
       from steps
       group by previous, node
     ), numbers as (
       select touchpoint_no, touchpoint
       from touchpoint_numbers
       where workspace_id = cast(${workspace} as uuid)
     ), edges as (
       select before.touchpoint as previous, own.touchpoint as node, count, mean_s
       from counted
       join numbers own on own.touchpoint_no = counted.node
       left join numbers before on before.touchpoint_no = counted.previous
     )`,
  };
};

/** How many customers were at each touchpoint and went each way; only where a path is all that a customer did in the period. */
export const countStoredCustomers = async (analytics: AnalyticsStore, asked: PathsAsked, shown: Shown): Promise<ShownCustomers> => {
  const query = startStoredSteps(analytics, asked);
  const numbered = numberShown(query, asked, shown);
  const rows = await analytics.query(
    `${query.with}, ${numbered}, edges as (
       select previous, node, count(*) as count, sum(is_first_here) as arrived, sum(is_first_step) as went
       from steps
       group by previous, node
     )
     select 'all' as part, 0 as place, coalesce(sum(count), 0) as customers from edges where previous is null
     union all
     select 'name' as part, shown_names.place, sum(arrived) as customers from edges join shown_names on shown_names.node = edges.node group by shown_names.place
     union all
     select 'edge' as part, shown_edges.place, sum(went) as customers from edges join shown_edges on shown_edges.previous = edges.previous and shown_edges.node = edges.node group by shown_edges.place`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  const counts = new Map(rows.map((row) => [`${String(row["part"])} ${Number(row["place"])}`, Number(row["customers"])]));
  const of = (part: string, place: number): number => counts.get(`${part} ${place}`) ?? 0;
  return { customers: of("all", 0), names: shown.names.map((_, at) => of("name", at)), edges: shown.edges.map((_, at) => of("edge", at)) };
};

/** How long each connection took. */
export const measureStoredEdges = async (analytics: AnalyticsStore, asked: PathsAsked, shown: Shown): Promise<Map<number, EdgeTimes>> => {
  const query = startStoredSteps(analytics, asked);
  const numbered = numberShown(query, asked, shown);
  const rows = await analytics.query(
    `${query.with}, ${numbered}
     select place, mean_s, parts[1] as median_s, parts[2] as p90_s
     from (
       select shown_edges.place, avg(gap_s) as mean_s, ${analytics.dialect.quantiles([0.5, 0.9], "gap_s")} as parts
       from steps
       join shown_edges on shown_edges.previous = steps.previous and shown_edges.node = steps.node
       group by shown_edges.place
     ) measured`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return new Map(rows.map((row) => [Number(row["place"]), { meanS: Number(row["mean_s"]), medianS: Number(row["median_s"]), p90S: Number(row["p90_s"]) }]));
};

/** The numbers of what is looked at. Names go in as one text: a parameter each would take longer than the query. */
const numberShown = (query: JourneyQuery, { selection }: PathsAsked, { names, edges }: Shown): string => {
  const list = (values: readonly string[]): string => `unnest(from_json(${query.bind(JSON.stringify(values))}, '["varchar"]'))`;
  const place = (length: number): string => `unnest(range(${length}))`;
  const workspace = query.bind(selection.workspaceId);
  return `known as (
       select touchpoint_no, touchpoint from touchpoint_numbers where workspace_id = cast(${workspace} as uuid)
     ), shown_names as (
       select known.touchpoint_no as node, place
       from (select ${list(names)} as name, ${place(names.length)} as place) given
       join known on known.touchpoint = given.name
     ), shown_edges as (
       select before.touchpoint_no as previous, own.touchpoint_no as node, place
       from (select ${list(edges.map(({ from }) => from))} as before_name, ${list(edges.map(({ to }) => to))} as own_name, ${place(edges.length)} as place) given
       join known before on before.touchpoint = given.before_name
       join known own on own.touchpoint = given.own_name
     )`;
};
