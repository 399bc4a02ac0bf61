// How channels are used. A meeting is a fact with a touchpoint; `way` is its channel, empty where none is named.
import { z } from "zod";
import type { OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import { momentColumn, startJourneyQuery, type JourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";

const way = "coalesce(channel, '')";
const moment = `epoch_ms(${momentColumn})`;
const isMeeting = "record = 'interaction' and touchpoint is not null";
const DAY_MS = 86_400_000;

const totalRow = z.object({ meetings: z.number(), customers: z.number(), ways: z.number() });

export const countMeetings = async (analytics: AnalyticsStore, selection: JourneySelection): Promise<z.infer<typeof totalRow>> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `select count(*) as meetings, count(distinct customer_no) as customers, count(distinct ${way}) as ways from experience where ${query.where} and ${isMeeting}`, query.values);
  return totalRow.parse(rows[0]);
};

const useRow = z.object({ way: z.string(), meetings: z.number(), customers: z.number(), lone: z.number() });

/** One row is one channel. Somebody uses it alone whom no other channel met; meetings that name none are no other channel. */
export const listUse = async (analytics: AnalyticsStore, selection: JourneySelection, limit: number): Promise<z.infer<typeof useRow>[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `with met as (
       select ${way} as way, customer_no, count(*) as meetings
       from experience
       where ${query.where} and ${isMeeting}
       group by ${way}, customer_no
     ),
     spread as (select customer_no, count(case when way <> '' then 1 end) as ways from met where customer_no is not null group by customer_no)
     select met.way as way, cast(sum(met.meetings) as double) as meetings, count(met.customer_no) as customers,
            count(case when met.way <> '' and spread.ways = 1 then 1 end) as lone
     from met
     left join spread on spread.customer_no = met.customer_no
     group by met.way
     order by meetings desc, met.way
     limit ${limit}`,
    query.values,
  );
  return rows.map((row) => useRow.parse(row));
};

const touchpointRow = z.object({ touchpoint: z.string(), way: z.string(), meetings: z.number() });

/** One row is one touchpoint met through one channel, those with most meetings first. */
export const listTouchpointsMet = async (analytics: AnalyticsStore, selection: JourneySelection, limit: number): Promise<z.infer<typeof touchpointRow>[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `select touchpoint, ${way} as way, count(*) as meetings
     from experience
     where ${query.where} and ${isMeeting}
     group by touchpoint, ${way}
     order by meetings desc, touchpoint, way
     limit ${limit}`,
    query.values,
    { limitRows: limit },
  );
  return rows.map((row) => touchpointRow.parse(row));
};

const leftRow = z.object({ way: z.string(), judged: z.number(), left: z.number() });

// Later than every time there is: what never came.
const NEVER_MS = 9e15;

/** One row is one channel: customers whose last meeting through it in the period was long enough before the last fact, and those of
 *  them whom nothing met afterwards. It looks beyond the end of the period for what came after. The next meeting after a customer's last
 *  one through a channel is the latest of all their next ones, for those only grow with time: so one sorting is enough. */
export const listDropOff = async (analytics: AnalyticsStore, selection: JourneySelection, asked: { lastMs: number; silentDays: number }): Promise<z.infer<typeof leftRow>[]> => {
  const silentMs = asked.silentDays * DAY_MS;
  const query = startJourneyQuery(analytics, selection, { fromMs: selection.fromMs, toMs: selection.toMs + silentMs });
  const rows = await analytics.query(
    `with met as (
       select customer_no, ${way} as way, ${moment} as ms, lead(${moment}) over (partition by customer_no order by ${moment}, seq) as next_ms
       from experience
       where ${query.where} and ${isMeeting} and customer_no is not null
     ),
     lasts as (
       select way, max(ms) as ms, max(coalesce(next_ms, ${NEVER_MS})) as next_ms
       from met
       where ms < ${query.bind(selection.toMs)}
       group by customer_no, way
     )
     select way, count(*) as judged, count(case when next_ms - ms > ${silentMs} then 1 end) as "left"
     from lasts
     where ms <= ${query.bind(asked.lastMs - silentMs)}
     group by way
     order by way`,
    query.values,
  );
  return rows.map((row) => leftRow.parse(row));
};

const moveRow = z.object({ way: z.string(), earlier: z.string(), moves: z.number(), customers: z.number() });

/** One row is one pair of named channels that follow each other within a journey, the most frequent first. */
export const listMoves = async (analytics: AnalyticsStore, selection: JourneySelection, asked: { gapDays: number; limit: number }): Promise<z.infer<typeof moveRow>[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `with met as (
       select customer, channel as way,
              lag(channel) over (partition by customer order by ${momentColumn}, seq) as earlier,
              ${moment} - lag(${moment}) over (partition by customer order by ${momentColumn}, seq) as gap_ms
       from experience
       where ${query.where} and ${isMeeting} and customer is not null and ${way} <> ''
     )
     select way, earlier, count(*) as moves, count(distinct customer) as customers
     from met
     where earlier is not null and gap_ms <= ${asked.gapDays * DAY_MS}
     group by way, earlier
     order by moves desc, earlier, way
     limit ${asked.limit}`,
    query.values,
    { limitRows: asked.limit },
  );
  return rows.map((row) => moveRow.parse(row));
};

const effortRow = z.object({ way: z.string().nullable(), contacts: z.number(), customers: z.number(), judged: z.number(), repeated: z.number() });
type EffortAsked = { touchpoints: readonly string[]; sameMs: number; repeatMs: number; lastMs: number };

/** One row is one channel through which customers got in touch, and one (way null) is all of them. Messages of one talk are one contact;
 *  another channel soon afterwards is another contact, for the customer had to turn there as well. */
export const listEffort = async (analytics: AnalyticsStore, selection: JourneySelection, asked: EffortAsked): Promise<z.infer<typeof effortRow>[]> => {
  if (asked.touchpoints.length === 0) return [];
  const query = startJourneyQuery(analytics, selection, { fromMs: selection.fromMs - asked.sameMs, toMs: selection.toMs + asked.repeatMs });
  const isContact = `touchpoint in (${asked.touchpoints.map((name) => query.bind(name)).join(", ")})`;
  const within = `ms >= ${query.bind(selection.fromMs)} and ms < ${query.bind(selection.toMs)}`;
  const sums = (rows: string): string => {
    const isJudged = `ms <= ${query.bind(asked.lastMs - asked.repeatMs)}`;
    return `${rows}, count(*) as contacts, count(distinct customer) as customers, count(case when ${isJudged} then 1 end) as judged,
            count(case when ${isJudged} and next_ms - ms <= ${asked.repeatMs} then 1 end) as repeated`;
  };
  const rows = await analytics.query(
    `with met as (
       select customer, ${way} as way, ${moment} as ms, ${moment} - lag(${moment}) over (partition by customer, ${way} order by ${moment}) as gap_ms
       from experience
       where ${query.where} and ${isMeeting} and customer is not null and ${isContact}
     ),
     begun as (
       select customer, way, ms, lead(ms) over (partition by customer order by ms, way) as next_ms
       from met
       where gap_ms is null or gap_ms > ${asked.sameMs}
     )
     select ${sums("cast(null as varchar) as way")} from begun where ${within}
     union all
     select ${sums("way")} from begun where ${within} group by way
     order by contacts desc, way
     limit 51`,
    query.values,
  );
  return rows.map((row) => effortRow.parse(row));
};

const sampleRow = z.object({ id: z.string(), way: z.string() });

/** The meetings of each channel that arrived last. */
export const listSample = async (analytics: AnalyticsStore, selection: JourneySelection, asked: { perWay: number; limit: number }): Promise<z.infer<typeof sampleRow>[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `select cast(id as varchar) as id, way
     from (
       select id, ${way} as way, row_number() over (partition by ${way} order by seq desc) as place
       from experience
       where ${query.where} and ${isMeeting}
     ) latest
     where place <= ${asked.perWay}
     order by place, way
     limit ${asked.limit}`,
    query.values,
    { limitRows: asked.limit },
  );
  return rows.map((row) => sampleRow.parse(row));
};

const wayRow = z.object({ way: z.string(), customers: z.number(), meetings: z.number() });

/** Meetings and customers per channel, most met first. */
export const listWays = async (analytics: AnalyticsStore, selection: JourneySelection, limit: number): Promise<z.infer<typeof wayRow>[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `select ${way} as way, count(distinct customer) as customers, count(*) as meetings
     from experience
     where ${query.where} and ${isMeeting}
     group by ${way}
     order by meetings desc, way
     limit ${limit}`,
    query.values,
  );
  return rows.map((row) => wayRow.parse(row));
};

const hourRow = z.object({ weekday: z.number(), hour: z.number(), meetings: z.number() });

/** Meetings per weekday (1 is Monday) and hour by a clock with these offsets. */
export const listHours = async (analytics: AnalyticsStore, selection: JourneySelection, offsets: readonly OffsetPiece[]): Promise<z.infer<typeof hourRow>[]> => {
  const query = startJourneyQuery(analytics, selection);
  const local = localTime(query, offsets);
  const rows = await analytics.query(
    `select isodow(${local}) as weekday, hour(${local}) as hour, count(*) as meetings
     from experience
     where ${query.where} and ${isMeeting}
     group by isodow(${local}), hour(${local})
     order by weekday, hour`,
    query.values,
  );
  return rows.map((row) => hourRow.parse(row));
};

const localTime = (query: Pick<JourneyQuery, "time">, [first, ...others]: readonly OffsetPiece[]): string => {
  const shifted = ({ offsetSeconds }: OffsetPiece): string => (offsetSeconds === 0 ? momentColumn : `${momentColumn} + interval ${offsetSeconds} second`);
  if (first === undefined) return momentColumn;
  const later = others.toReversed().map((piece) => `when ${momentColumn} >= ${query.time(piece.fromMs)} then ${shifted(piece)}`);
  return later.length === 0 ? shifted(first) : `case ${later.join(" ")} else ${shifted(first)} end`;
};

