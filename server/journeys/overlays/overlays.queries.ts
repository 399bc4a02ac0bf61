// What customers said at the places of a map, and one customer's own entries: one row per touchpoint and channel. SQL of the analytics store.
import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import { isOfEffort, isScore } from "../definitions/definitions.queries.ts";
import type { CustomerSums } from "../definitions/sums.rules.ts";
import { momentColumn, startJourneyQuery, texts, type JourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";
import type { ReadCount, SpotCount } from "./overlays.rules.ts";
import { touchpointsOf, type BoundStep, type Spot } from "./spots.rules.ts";

/** A map has at most 100 steps of 40 places each; words are some of each place. */
const ROWS_MAX = 20_000;

/** Scores by touchpoint and channel. What each customer said is put together first only where it is counted once. */
export const countScores = async (analytics: AnalyticsStore, selection: JourneySelection, bound: readonly BoundStep[]): Promise<SpotCount[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `with ${namedSpots(query, bound)},
     score as materialized (
       select touchpoint, named_channel as channel, ${whoSpoke} as who, normalised, case when ${isOfEffort} then normalised end as effort
       from experience ${joinNamed}
       where ${query.where} and ${isScore} and ${isAtTouchpoint(query, bound)}
     ), spoken as (
       select touchpoint, channel, cast(sum(scores * scores) as bigint) as score_spoken, cast(sum(efforts * efforts) as bigint) as effort_spoken
       from (select touchpoint, channel, count(normalised) as scores, count(effort) as efforts from score group by touchpoint, channel, who) own
       group by touchpoint, channel
     ), said as (select touchpoint, channel, ${sumsOf("score", "normalised")}, ${sumsOf("effort", "effort")} from score group by touchpoint, channel)
     select said.*, score_spoken, effort_spoken
     from said join spoken on ${isSameSpot("said", "spoken")}`,
    query.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map((row) => ({ ...spotOf(row), interactions: 0, ofKnown: 0, scores: readSums(row, "score"), effort: readSums(row, "effort") }));
};

/** What was read in comments, by touchpoint and channel. */
export const countReadings = async (analytics: AnalyticsStore, selection: JourneySelection, bound: readonly BoundStep[]): Promise<ReadCount[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `with ${namedSpots(query, bound)},
     comment as materialized (
       select touchpoint, channel, who, sentiment, model_version, ${needNames.map(columnOf).join(", ")}
       from (select id as comment_id, touchpoint, named_channel as channel, ${whoSpoke} as who from experience ${joinNamed} where ${query.where} and record = 'perception' and kind = 'comment' and ${isAtTouchpoint(query, bound)}) written
       join (select * from readings where workspace_id = cast($1 as uuid)) reading on reading.id = comment_id
     ), spoken as (
       select touchpoint, channel, cast(sum(comments * comments) as bigint) as spoken_squares, ${needNames.map((need) => `cast(sum(of_${need} * of_${need}) as bigint) as squares_${need}`).join(", ")}
       from (select touchpoint, channel, count(*) as comments, ${needNames.map((need) => `count(${columnOf(need)}) as of_${need}`).join(", ")} from comment group by touchpoint, channel, who) own
       group by touchpoint, channel
     ), said as (
       select touchpoint, channel, string_agg(distinct model_version, chr(${VERSION_END})) as versions, count(*) as comments, ${sumOf("positive", "sentiment = 'pos'")}, ${sumOf("negative", "sentiment = 'neg'")},
              ${needNames.flatMap((need) => [sumOf(`met_${need}`, `${columnOf(need)} = 1`), sumOf(`unmet_${need}`, `${columnOf(need)} = -1`), sumOf(`mixed_${need}`, `${columnOf(need)} = 0`)]).join(", ")}
       from comment
       group by touchpoint, channel
     )
     select said.*, spoken_squares, ${needNames.map((need) => `squares_${need}`).join(", ")}
     from said join spoken on ${isSameSpot("said", "spoken")}`,
    query.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map((row) => ({
    ...spotOf(row),
    modelVersions: [...new Set((text(row, "versions") ?? "").split(String.fromCharCode(VERSION_END)))].filter((version) => version !== "").toSorted(),
    comments: number(row, "comments"),
    spokenSquares: number(row, "spoken_squares"),
    positive: number(row, "positive"),
    negative: number(row, "negative"),
    needs: needNames.map((need) => ({ need, met: number(row, `met_${need}`), unmet: number(row, `unmet_${need}`), mixed: number(row, `mixed_${need}`), spokenSquares: number(row, `squares_${need}`) })),
  }));
};

// A character that no model is called by.
const VERSION_END = 31;

export type FoundWord = Spot & { id: string; at: string; customer: string | null; feeling: number | null; needs: number };

/** The comments of each touchpoint and channel that tell most: first those that speak of needs, the newest of them first. */
export const listWords = async (analytics: AnalyticsStore, selection: JourneySelection, bound: readonly BoundStep[], perPlace: number): Promise<FoundWord[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `with ${namedSpots(query, bound)}
     select comment_id as id, said_at, customer, touchpoint, channel, sentiment_score, needs
     from (
       select comment_id, said_at, customer, touchpoint, channel, sentiment_score, coalesce(needs, 0) as needs,
              row_number() over (partition by touchpoint, channel order by coalesce(needs, 0) > 0 desc, said_at desc, comment_id) as place
       from (select id as comment_id, ${momentColumn} as said_at, customer, touchpoint, named_channel as channel from experience ${joinNamed} where ${query.where} and record = 'perception' and kind = 'comment' and has_text and ${isAtTouchpoint(query, bound)}) comment
       left join (
         select id as read_id, sentiment_score, ${needNames.map((need) => `case when ${columnOf(need)} is null then 0 else 1 end`).join(" + ")} as needs
         from readings where workspace_id = cast($1 as uuid)
       ) reading on read_id = comment_id
     ) ranked
     where place <= ${query.bind(perPlace)}
     order by needs > 0 desc, said_at desc, comment_id
     limit ${ROWS_MAX}`,
    query.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map((row) => {
    const word = wordRow.parse(row);
    return { ...spotOf(row), id: word.id, at: word.said_at, customer: word.customer, feeling: word.sentiment_score, needs: word.needs };
  });
};

const wordRow = z.object({ id: z.string(), said_at: z.string(), customer: z.string().nullable(), sentiment_score: z.number().nullable(), needs: z.number() });

export type FoundEntry = Spot & { id: string; record: "interaction" | "perception"; at: string; name: string | null; kind: string | null; feeling: number | null; isInferred: boolean; hasText: boolean };

/** What one customer did and felt, the latest first. */
export const listEntries = async (analytics: AnalyticsStore, selection: JourneySelection, limit: number): Promise<FoundEntry[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `select entry_id as id, record, met_at, name, touchpoint, channel, kind, normalised, has_text, sentiment_score
     from (select id as entry_id, seq, record, ${momentColumn} as met_at, name, touchpoint, channel, kind, normalised, has_text from experience where ${query.where}) entry
     left join (select id as read_id, sentiment_score from readings where workspace_id = cast($1 as uuid)) reading on read_id = entry_id
     order by met_at desc, record desc, seq desc
     limit ${query.bind(limit)}`,
    query.values,
  );
  return rows.map((row) => {
    const entry = entryRow.parse(row);
    const { touchpoint, channel } = entry;
    return {
      id: entry.id, record: entry.record, at: entry.met_at, name: entry.name, kind: entry.kind, touchpoint: touchpoint ?? "", channel,
      feeling: entry.normalised ?? entry.sentiment_score, isInferred: entry.normalised === null && entry.sentiment_score !== null, hasText: entry.has_text === true,
    };
  });
};

const entryRow = z.object({
  id: z.string(), record: z.enum(["interaction", "perception"]), met_at: z.string(), name: z.string().nullable(), touchpoint: z.string().nullable(), channel: z.string().nullable(),
  kind: z.string().nullable(), normalised: z.number().nullable(), has_text: z.boolean().nullable(), sentiment_score: z.number().nullable(),
});

const isAtTouchpoint = (query: JourneyQuery, bound: readonly BoundStep[]): string => `touchpoint in (select unnest(${texts(query, touchpointsOf(bound))}))`;

const needNames = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const;
const columnOf = (need: (typeof needNames)[number]): string => `need_${need.toLowerCase()}`;
const sumOf = (name: string, condition: string): string => `cast(sum(case when ${condition} then 1 else 0 end) as bigint) as ${name}`;
const sumsOf = (name: string, value: string): string => `count(${value}) as ${name}_count, coalesce(sum(${value}), 0) as ${name}_sum, coalesce(sum(${value} * ${value}), 0) as ${name}_squares`;
const isSameSpot = (one: string, other: string): string => `${one}.touchpoint = ${other}.touchpoint and ${one}.channel is not distinct from ${other}.channel`;
// Whoever is not known may be anybody: each word of theirs is somebody's.
const whoSpoke = "coalesce(cast(customer_no as bigint), -1 - seq)";

/** Channels make a difference where a step names one. Whatever else they are called, and thousands may be, they are one: no row of an answer stands for a name
 *  that data alone brought. */
const namedSpots = (query: JourneyQuery, bound: readonly BoundStep[]): string => {
  const spots = bound.flatMap(({ matches, failures }) => [...matches, ...failures]).filter(({ channel }) => channel !== null);
  const named = [...new Map(spots.map((place) => [JSON.stringify([place.touchpoint, place.channel]), place])).values()];
  return `named_spots as (select unnest(${texts(query, named.map(({ touchpoint }) => touchpoint))}) as named_touchpoint, unnest(${texts(query, named.map(({ channel }) => channel))}) as named_channel)`;
};
const joinNamed = "left join named_spots on named_touchpoint = touchpoint and named_channel = channel";

type Row = Record<string, unknown>;
const number = (row: Row | undefined, name: string): number => Number(row?.[name] ?? 0);
const text = (row: Row, name: string): string | null => (typeof row[name] === "string" ? row[name] : null);
const spotOf = (row: Row): Spot => ({ touchpoint: text(row, "touchpoint") ?? "", channel: text(row, "channel") });
const readSums = (row: Row, name: string): CustomerSums => ({ count: number(row, `${name}_count`), sum: number(row, `${name}_sum`), squares: number(row, `${name}_squares`), spokenSquares: number(row, `${name}_spoken`) });
