// What customers expected and got, touchpoint by touchpoint. SQL of the analytics store, and maps from the records.
import type { AnalyticsRow, AnalyticsStore } from "#platform/analytics";
import type { Queryable } from "#platform/db";
import { LEFT_AFTER_DAYS } from "../definitions/definitions.contract.ts";
import { isScore } from "../definitions/definitions.queries.ts";
import type { CustomerSums } from "../definitions/sums.rules.ts";
import type { MapDocument } from "../maps/document.contract.ts";
import { isOneOf, momentColumn, PATIENCE_MS, startJourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";
import { isStep } from "../paths/steps.queries.ts";
import type { Reach, SaidOfGap } from "./gaps.rules.ts";

const ROWS_MAX = 20_000;
const DAY_MS = 86_400_000;

const number = (row: AnalyticsRow | undefined, name: string): number => Number(row?.[name] ?? 0);
const textOf = (row: AnalyticsRow, name: string): string | null => (typeof row[name] === "string" ? row[name] : null);
const sumsOf = (row: AnalyticsRow): CustomerSums => ({ count: number(row, "scores"), sum: number(row, "score_sum"), squares: number(row, "score_squares"), spokenSquares: number(row, "spoken_squares") });

/** Customers of each touchpoint, and of those who met it last long enough ago, how many were not seen any more.
 *  @returns `leftOut`: touchpoints that fewer customers met than any of those told */
export const listReach = async (analytics: AnalyticsStore, selection: JourneySelection, nowMs: number): Promise<{ reach: Map<string, Reach>; customers: number; leftOut: number }> => {
  const query = startJourneyQuery(analytics, selection);
  const life = startJourneyQuery(analytics, selection);
  const afterwards = { fromMs: selection.fromMs, toMs: Math.min(nowMs, selection.toMs + LEFT_AFTER_DAYS * DAY_MS) + 1 };
  const seen = query.within(afterwards);
  const limit = query.bind(LEFT_AFTER_DAYS * DAY_MS);
  const rows = await analytics.query(
    `with met as (
       select customer_no, touchpoint, max(epoch_ms(${momentColumn})) as met_ms from experience where ${query.where} and ${isStep} group by customer_no, touchpoint
     ), life as (
       select customer_no as owner, max(epoch_ms(${momentColumn})) as seen_ms from experience where workspace_id = cast($1 as uuid) and ${isStep} and ${seen} group by customer_no
     ), ended as (select max(seen_ms) as end_ms from life)
     select touchpoint, count(*) as customers, sum(case when met_ms + ${limit} <= end_ms then 1 else 0 end) as known,
            sum(case when met_ms + ${limit} <= end_ms and seen_ms < met_ms + ${limit} then 1 else 0 end) as gone, count(*) over () as everything
     from met join life on owner = customer_no cross join ended
     group by touchpoint
     order by customers desc, touchpoint
     limit ${ROWS_MAX}`,
    query.values,
    { limitRows: ROWS_MAX, timeoutMs: PATIENCE_MS },
  );
  const [all] = await analytics.query(`select count(distinct customer_no) as customers from experience where ${life.where} and ${isStep}`, life.values, { timeoutMs: PATIENCE_MS });
  return { reach: new Map(rows.map((row) => [String(row["touchpoint"]), { customers: number(row, "customers"), known: number(row, "known"), left: number(row, "gone") }])), customers: number(all, "customers"), leftOut: number(rows[0], "everything") - rows.length };
};

export type Needs = { touchpoint: string; comments: number; feeling: number; expect: { unmet: number; feeling: number | null }; promise: { unmet: number; feeling: number | null } };

/** Comments of each touchpoint that were read, and how many say that an expectation or a promise was not met.
 *  @returns `leftOut`: comments at touchpoints with fewer of them than any of those told */
export const listNeeds = async (analytics: AnalyticsStore, selection: JourneySelection, most = ROWS_MAX): Promise<{ needs: Needs[]; leftOut: number }> => {
  const query = startJourneyQuery(analytics, selection);
  const unmet = (need: string): string => `sum(case when need_${need} <= 0 then 1 else 0 end) as ${need}_unmet, avg(case when need_${need} <= 0 then sentiment_score end) as ${need}_feeling`;
  const rows = await analytics.query(
    `select touchpoint, count(*) as comments, sum(sentiment_score) as feeling, ${unmet("expect")}, ${unmet("promise")}, cast(sum(count(*)) over () as bigint) as everything
     from (select id as comment_id, touchpoint from experience where ${query.where} and record = 'perception' and kind = 'comment' and touchpoint is not null) comment
     join (select * from readings where workspace_id = cast($1 as uuid)) reading on reading.id = comment_id
     group by touchpoint
     order by comments desc, touchpoint
     limit ${query.bind(most)}`,
    query.values,
    { limitRows: ROWS_MAX, timeoutMs: PATIENCE_MS },
  );
  const needOf = (row: AnalyticsRow, need: string) => ({ unmet: number(row, `${need}_unmet`), feeling: typeof row[`${need}_feeling`] === "number" ? number(row, `${need}_feeling`) : null });
  const needs = rows.map((row) => ({ touchpoint: String(row["touchpoint"]), comments: number(row, "comments"), feeling: number(row, "feeling"), expect: needOf(row, "expect"), promise: needOf(row, "promise") }));
  return { needs, leftOut: number(rows[0], "everything") - needs.reduce((sum, { comments }) => sum + comments, 0) };
};

/** Scores of one touchpoint through one channel, with one team or one member; null where none is named. */
export type ScoreRow = { touchpoint: string; place: string | null; sums: CustomerSums };
/** `only`: the one member who was felt, null where several were or nobody was named. */
export type TeamScoreRow = ScoreRow & { only: string | null };
/** `leftOut`: scores at channels of touchpoints with fewer of them than any of those told, and how many channels, teams and members of touchpoints are not told. */
export type ScoreSums = { channels: ScoreRow[]; teams: TeamScoreRow[]; members: ScoreRow[]; leftOut: { scores: number; places: number } };

/** Scores of each touchpoint by channel, by team and by member. What one customer says several times at one of these is one voice there. */
export const listScoreSums = async (analytics: AnalyticsStore, selection: JourneySelection): Promise<ScoreSums> => {
  const query = startJourneyQuery(analytics, selection);
  const by = (kind: "channel" | "team" | "member"): string =>
    `(select '${kind}' as kind, touchpoint, ${kind} as place, cast(sum(times) as bigint) as scores, sum(score_sum) as score_sum, sum(score_squares) as score_squares, cast(sum(times * times) as bigint) as spoken_squares,
             case when max(is_nobody) = 0 and min(first_member) = max(last_member) then min(first_member) end as only, count(*) over () as places, cast(sum(sum(times)) over () as bigint) as everything
      from (
        select touchpoint, ${kind}, who, sum(times) as times, sum(score_sum) as score_sum, sum(score_squares) as score_squares, min(member) as first_member, max(member) as last_member, max(case when member is null then 1 else 0 end) as is_nobody
        from spoken group by touchpoint, ${kind}, who
      ) own
      group by touchpoint, ${kind}
      order by scores desc, touchpoint, place
      limit ${ROWS_MAX})`;
  const rows = await analytics.query(
    `with spoken as materialized (
       select touchpoint, channel, cast(member_id as varchar) as member, cast(team_id as varchar) as team, coalesce(cast(customer_no as bigint), -1 - seq) as who,
              count(*) as times, sum(normalised) as score_sum, sum(normalised * normalised) as score_squares
       from experience
       where ${query.where} and ${isScore} and touchpoint is not null
       group by touchpoint, channel, member_id, team_id, who
     )
     ${by("channel")} union all ${by("team")} union all ${by("member")}`,
    query.values,
    { limitRows: 3 * ROWS_MAX, timeoutMs: PATIENCE_MS },
  );
  const listed = (kind: string): TeamScoreRow[] => rows.filter((row) => row["kind"] === kind).map((row) => ({ touchpoint: String(row["touchpoint"]), place: textOf(row, "place"), only: textOf(row, "only"), sums: sumsOf(row) }));
  const [channels, teams, members] = [listed("channel"), listed("team"), listed("member")];
  const all = (kind: string, name: string): number => number(rows.find((row) => row["kind"] === kind), name);
  const places = (["channel", "team", "member"] as const).reduce((sum, kind) => sum + all(kind, "places"), 0);
  return {
    channels, teams, members,
    leftOut: { scores: all("channel", "everything") - channels.reduce((sum, { sums }) => sum + sums.count, 0), places: places - channels.length - teams.length - members.length },
  };
};

export type Word = SaidOfGap & { perceptionId: string; at: string; /** 0: it is negative; 2: positive, and tells of the gap beside something else. */ tells: number };

const tells = "case sentiment when 'neg' then 0 when 'pos' then 2 else 1 end";

/** Comments that show a gap: unmet expectations, broken promises, and negative ones; of each place the most negative first, of these the newest. */
export const listGapWords = async (analytics: AnalyticsStore, selection: JourneySelection, perPlace: number): Promise<Word[]> => {
  const query = startJourneyQuery(analytics, selection);
  const kinds = [["expectation", "need_expect <= 0"], ["promise", "need_promise <= 0"], ["negative", "sentiment = 'neg'"]] as const;
  const rows = await analytics.query(
    `with said as (
       select comment_id, said_at, customer, touchpoint, channel, member, team, ${tells} as tells, need_expect, need_promise, sentiment
       from (select id as comment_id, ${momentColumn} as said_at, customer, touchpoint, channel, cast(member_id as varchar) as member, cast(team_id as varchar) as team from experience where ${query.where} and record = 'perception' and kind = 'comment' and has_text and touchpoint is not null) comment
       join (select id as read_id, need_expect, need_promise, sentiment from readings where workspace_id = cast($1 as uuid)) reading on read_id = comment_id
     ), kinds as (${kinds.map(([kind, condition]) => `select '${kind}' as kind, comment_id, said_at, customer, touchpoint, channel, member, team, tells from said where ${condition}`).join(" union all ")}),
     ranked as (select *, row_number() over (partition by kind, touchpoint, channel, member, team order by tells, said_at desc, comment_id) as place from kinds)
     select kind, comment_id, said_at, customer, touchpoint, channel, member, team, tells from ranked where place <= ${query.bind(perPlace)} order by place, tells, said_at desc, comment_id limit ${ROWS_MAX}`,
    query.values,
    { limitRows: ROWS_MAX, timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => {
    const kind = kinds.find(([one]) => one === row["kind"])?.[0] ?? "negative";
    return { ...wordOf(row), kind };
  });
};

const wordOf = (row: AnalyticsRow): Omit<Word, "kind"> => {
  const at = String(row["said_at"]);
  return {
    perceptionId: String(row["comment_id"]), touchpoint: String(row["touchpoint"]), channel: textOf(row, "channel"), member: textOf(row, "member"), team: textOf(row, "team"), place: null,
    at, saidMs: Date.parse(at), tells: number(row, "tells"), customer: textOf(row, "customer"),
  };
};

// Of one customer at one touchpoint; somebody who wrote thousands must not take the words of the others away.
const WORDS_OF_CUSTOMER = 5;

/** Negative comments of some customers, the newest of each at each touchpoint, or some of all. */
export const listWordsOf = async (analytics: AnalyticsStore, selection: JourneySelection, whose: { customers: readonly string[] } | { ids: readonly string[] }): Promise<Word[]> => {
  const query = startJourneyQuery(analytics, "customers" in whose ? { ...selection, customers: whose.customers } : selection);
  const chosen = "ids" in whose ? `and ${isOneOf(query, "id", whose.ids)}` : "";
  const rows = await analytics.query(
    `select comment_id, said_at, customer, touchpoint, channel, member, team
     from (
       select *, row_number() over (partition by customer, touchpoint order by said_at desc, comment_id) as place
       from (select id as comment_id, ${momentColumn} as said_at, customer, touchpoint, channel, cast(member_id as varchar) as member, cast(team_id as varchar) as team from experience where ${query.where} and record = 'perception' and kind = 'comment' and has_text and touchpoint is not null ${chosen}) comment
       join (select id as read_id, sentiment from readings where workspace_id = cast($1 as uuid)) reading on read_id = comment_id
       where sentiment = 'neg'
     ) ranked
     ${"ids" in whose ? "" : `where place <= ${WORDS_OF_CUSTOMER}`}
     order by place, said_at desc, comment_id
     limit 2000`,
    query.values,
    { limitRows: 2_000, timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => ({ ...wordOf(row), kind: "negative" }));
};

// A copy of a copy of a copy: nobody goes on for so long.
const COPIES_DEEP = 50;

/** Maps of what is that are in use, with all that is drawn on them, the one changed last first. What shall be is a wish: falling short of it today is no gap.
 *  `rootId`: the map that this one and its copies began with; `total`: how many there are. */
export const listMapDocuments = async (db: Queryable, workspaceId: string, limit: number): Promise<{ id: string; name: string; document: MapDocument; rootId: string; total: number }[]> => {
  const { rows } = await db.query<{ id: string; name: string; document: MapDocument; rootId: string; total: number }>(
    `with recursive chosen as (
       select id, name, document, based_on, row_number() over (order by changed_at desc, id desc) as place, count(*) over ()::int as total
       from journeys.maps
       where workspace_id = $1 and not is_archived and state = 'as_is'
       order by place
       limit $2
     ), line as (
       select id, id as root_id, based_on, 1 as depth from chosen
       union all
       select line.id, line.based_on, origin.based_on, line.depth + 1
       from line
       left join journeys.maps origin on origin.workspace_id = $1 and origin.id = line.based_on
       where line.based_on is not null and line.depth < ${COPIES_DEEP}
     )
     select chosen.id, name, document, total, (select root_id from line where line.id = chosen.id order by depth desc limit 1) as "rootId"
     from chosen
     order by place`,
    [workspaceId, limit],
  );
  return rows;
};
