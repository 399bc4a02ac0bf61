// What scores and comments are about: the fact they came with, and the last one of the same customer at the same touchpoint. SQL of the analytics store.
import type { AnalyticsStore } from "#platform/analytics";
import { isScore } from "../definitions/definitions.queries.ts";
import { momentColumn, PATIENCE_MS, startJourneyQuery, texts, type JourneySelection } from "../paths/selection.queries.ts";

/** Who is asked about a visit is asked within a month. */
const ABOUT_DAYS = 30;
const DAY_MS = 86_400_000;

/** `facts`: ids of what it is about, what it came with first. */
export type SaidAt = { id: string; touchpoint: string; score: number | null; customer: string | null; facts: string[] };
export type SaidAsked = { what: "scores" | "comments"; touchpoints: readonly string[] | null; perTouchpoint: number; most: number };

/** The latest scores of each touchpoint, or its latest negative comments. */
export const listSaid = async (analytics: AnalyticsStore, selection: JourneySelection, { what, touchpoints, perTouchpoint, most }: SaidAsked): Promise<SaidAt[]> => {
  const query = startJourneyQuery(analytics, selection);
  const among = touchpoints === null ? "" : `and touchpoint in (select unnest(${texts(query, touchpoints)}))`;
  const chosen = what === "scores"
    ? `select * from experience where ${query.where} and ${isScore} and touchpoint is not null ${among}`
    : `select * from experience where ${query.where} and record = 'perception' and kind = 'comment' and has_text and touchpoint is not null ${among} and id in (select id from readings where workspace_id = cast($1 as uuid) and sentiment = 'neg')`;
  const rows = await analytics.query(
    `with said as materialized (
       select id as said_id, touchpoint as said_touchpoint, customer as sayer, interaction_id, normalised, epoch_ms(${momentColumn}) as said_ms
       from (select *, row_number() over (partition by touchpoint order by ${momentColumn} desc, id) as place from (${chosen}) chosen) latest
       where place <= ${query.bind(perTouchpoint)}
       order by place, said_id
       limit ${query.bind(most)}
     ), about as (
       select said_id as about_id, arg_max(fact_id, met_ms) as fact_id
       from said join (
         select id as fact_id, customer as visitor, touchpoint as visited, epoch_ms(${momentColumn}) as met_ms
         from experience where workspace_id = cast($1 as uuid) and ${query.within({ fromMs: selection.fromMs - ABOUT_DAYS * DAY_MS, toMs: selection.toMs })} and record = 'interaction' and customer is not null and type <> 'response'
       ) fact on visitor = sayer and visited = said_touchpoint
       where met_ms <= said_ms and met_ms > said_ms - ${ABOUT_DAYS * DAY_MS}
       group by said_id
     )
     select said_id, said_touchpoint, sayer, interaction_id, normalised, fact_id from said left join about on about_id = said_id order by said_id`,
    query.values,
    { limitRows: most, timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => ({
    id: String(row["said_id"]), touchpoint: String(row["said_touchpoint"]), score: typeof row["normalised"] === "number" ? row["normalised"] : null, customer: typeof row["sayer"] === "string" ? row["sayer"] : null,
    facts: [row["interaction_id"], row["fact_id"]].filter((id) => typeof id === "string"),
  }));
};
