// Dates that customers were told, and whether what was promised came by then. SQL of the analytics store.
import { listOffsets, type OffsetPiece, type Period } from "#customers";
import type { AnalyticsRow, AnalyticsStore } from "#platform/analytics";
import { isScore } from "../definitions/definitions.queries.ts";
import { noCustomerSums, type CustomerSums } from "../definitions/sums.rules.ts";
import { momentColumn, PATIENCE_MS, startJourneyQuery, texts, whose, type JourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";
import type { PromiseCount } from "./overlays.rules.ts";

/** Of places, of what was felt there, and of examples; those that tell most stay. */
const ROWS_MAX = 5_000;
const DAY_MS = 86_400_000;
/** So long before and after the period a date may have been told and met. */
const PROMISE_DAYS = 183;
/** So long afterwards a score given there is about it. */
const FELT_DAYS = 30;
// Names of dates that something was promised for; they come as the senders write them.
const promiseWords = ["promis", "due", "expected", "estimated", "eta", "deadline", "agreed", "commit"];
/** Of the promises that were mentioned again a touchpoint must bear so large a part to be what they are about: a complaint now and then is not. */
const USUAL_PART = 10;

// Which order or ticket a date was told of: somebody may order as a visitor and get the parcel as a known customer, to whom the promise was made then.
const isMatter = `(${["%id", "%number", "%_no", "%ref", "%reference"].map((end) => `lower(name) like '${end}'`).join(" or ")}) and not (lower(name) like '%form%' or lower(name) like '%question%')`;

/** `by`: one row for each touchpoint and channel, or for each touchpoint. `touchpoints`: those alone; null for all. `examples`: customers whose promise was broken, of each. */
export type PromisesAsked = { selection: JourneySelection; timeZone: string; by: "spot" | "touchpoint"; touchpoints: readonly string[] | null; examples: number };
export type BrokenPromise = { touchpoint: string; customer: string; byMs: number; cameMs: number | null };

/** Promises that were kept or broken in the period, each once: a customer, a name of a date and the date. What a name is about is the touchpoint that most
 *  often bears the date last, such as the delivery after order and dispatch; the promise is kept when the customer met it by that moment (by the end of that
 *  day in the zone of the workspace, where only a day was told), and broken when that passed, whether it came later or never. Of names that nothing bears
 *  again nothing is known, and whoever was told another date in time is judged by that one. */
export const countPromises = async (analytics: AnalyticsStore, { selection, timeZone, by, touchpoints, examples }: PromisesAsked): Promise<{ counts: PromiseCount[]; broken: BrokenPromise[] }> => {
  const { fromMs, toMs } = selection;
  // What became of a date, and whether another was told, may be known only later.
  const period = { fromMs: fromMs - PROMISE_DAYS * DAY_MS, toMs: toMs + PROMISE_DAYS * DAY_MS };
  const query = startJourneyQuery(analytics, { ...selection, channels: null, customers: null, segments: null }, period);
  const place = by === "spot" ? "touchpoint, way" : "touchpoint";
  const rows = await analytics.query(
    `${judgePromises(query, { selection, timeZone, touchpoints }, period)},
     felt as (
       select is_kept, touchpoint as felt_at, customer, count(*) as times, sum(normalised) as score_sum, sum(normalised * normalised) as score_squares from counted join (
         select customer as feeler, touchpoint as scored, normalised, epoch_ms(${momentColumn}) as scored_ms from experience where ${query.where} and ${isScore} and touchpoint is not null
       ) score on feeler = customer and scored = touchpoint and scored_ms >= judged_ms and scored_ms < judged_ms + ${FELT_DAYS * DAY_MS}
       group by is_kept, touchpoint, customer
     )
     (select ${place}, sum(is_kept) as kept, sum(1 - is_kept) as broken, count(distinct customer) as customers, count(distinct case when is_kept = 0 then customer end) as let_down
      from counted group by ${place} order by count(*) desc, ${place} limit ${ROWS_MAX})
     ${by === "spot" ? "" : `union all by name (select felt_at as touchpoint, is_kept as felt_kept, cast(sum(times) as bigint) as scores, sum(score_sum) as score_sum, sum(score_squares) as score_squares, cast(sum(times * times) as bigint) as spoken_squares from felt group by felt_at, is_kept order by scores desc, felt_at limit ${ROWS_MAX})`}
     ${examples === 0 ? "" : `union all by name (select touchpoint, customer, until_ms, came_ms from (select *, row_number() over (partition by touchpoint order by until_ms desc, customer) as place from counted where is_kept = 0) latest where place <= ${query.bind(examples)} order by until_ms desc, customer, touchpoint limit ${ROWS_MAX})`}`,
    query.values,
    { limitRows: 3 * ROWS_MAX, timeoutMs: PATIENCE_MS },
  );
  const isExample = (row: AnalyticsRow): boolean => typeof row["customer"] === "string";
  const isFelt = (row: AnalyticsRow): boolean => typeof row["felt_kept"] === "number";
  const feltAt = (touchpoint: unknown, isKept: number): CustomerSums => {
    const found = rows.find((row) => isFelt(row) && row["touchpoint"] === touchpoint && row["felt_kept"] === isKept);
    return found === undefined ? noCustomerSums : { count: Number(found["scores"]), sum: Number(found["score_sum"]), squares: Number(found["score_squares"]), spokenSquares: Number(found["spoken_squares"]) };
  };
  return {
    counts: rows.filter((row) => !isExample(row) && !isFelt(row)).map((row) => ({
      touchpoint: String(row["touchpoint"]), channel: typeof row["way"] === "string" && row["way"] !== "" ? row["way"] : null,
      kept: Number(row["kept"]), broken: Number(row["broken"]), customers: Number(row["customers"]), letDown: Number(row["let_down"]),
      felt: { kept: feltAt(row["touchpoint"], 1), broken: feltAt(row["touchpoint"], 0) },
    })),
    broken: rows.filter(isExample).map((row) => ({ touchpoint: String(row["touchpoint"]), customer: String(row["customer"]), byMs: Number(row["until_ms"]), cameMs: typeof row["came_ms"] === "number" ? row["came_ms"] : null })),
  };
};

type Judged = Pick<PromisesAsked, "selection" | "timeZone" | "touchpoints">;

// One row of `counted` is a promise that was kept or broken in the period.
const judgePromises = (query: JourneyQuery, { selection, timeZone, touchpoints }: Judged, period: Period): string => {
  const { fromMs, toMs } = selection;
  const ofWhom = whose(query, selection);
  const words = promiseWords.map((word) => `lower(name) like ${query.bind(word === "eta" ? "%eta" : `%${word}%`)}`).join(" or ");
  const conditions = [`judged_ms >= ${query.bind(fromMs)} and judged_ms < ${query.bind(toMs)}`];
  if (selection.channels !== null) conditions.push(`way in (${selection.channels.map((one) => query.bind(one)).join(", ")})`);
  if (touchpoints !== null) conditions.push(`touchpoint in (select unnest(${texts(query, touchpoints)}))`);
  return `with dated as materialized (
       select seq as dated_seq, lower(name) as name, moment, case when text is null then epoch_ms(moment) else ${endOfDay(listOffsets(period, timeZone))} end as until_ms
       from details where workspace_id = cast($1 as uuid) and moment is not null and (${words})
     ), matters as (
       select seq as matter_seq, min(lower(name) || ' ' || text) as matter from details where workspace_id = cast($1 as uuid) and text is not null and moment is null and seq in (select dated_seq from dated) and ${isMatter} group by seq
     ), borne as materialized (
       select name, moment, until_ms, matter, customer as teller, customer_no as teller_no, coalesce(touchpoint, '') as touchpoint, coalesce(channel, '') as way, epoch_ms(${momentColumn}) as at_ms
       -- Named again, as the store sifts facts by the few dates before it joins them only where these are sifted themselves: half the time.
       from (select * from dated where moment is not null) told_date
       join (select seq as fact_seq, customer, customer_no, touchpoint, channel, ${momentColumn} from experience where ${query.where} and record = 'interaction' and customer is not null) fact on fact_seq = dated_seq
       left join matters on matter_seq = dated_seq
     ), told as materialized (
       select * from (
         select name, moment, until_ms, teller as customer, teller_no as customer_no, touchpoint, way, at_ms from borne where matter is null
         union all
         select name, moment, until_ms, arg_max(teller, at_ms) over (partition by matter, name, moment) as customer, arg_max(teller_no, at_ms) over (partition by matter, name, moment) as customer_no, touchpoint, way, at_ms from borne where matter is not null
       ) carried ${ofWhom.length === 0 ? "" : `where ${ofWhom.join(" and ")}`}
     ), promised as materialized (
       select name, customer, moment, min(until_ms) as until_ms, min(at_ms) as first_ms, max(at_ms) as last_ms, arg_min(touchpoint, at_ms) as told_at from told group by name, customer, moment
     ), later as materialized (
       select told.name as name, told.customer as customer, told.moment as moment, touchpoint, way, at_ms, last_ms
       from told join (select * from promised where last_ms > first_ms) repeated on repeated.name = told.name and repeated.customer = told.customer and repeated.moment = told.moment
       where at_ms > first_ms and touchpoint <> ''
     ), again as (
       select name, customer, moment, touchpoint, way, case when max(at_ms) = max(last_ms) then 1 else 0 end as is_last from later group by name, customer, moment, touchpoint, way
     ), mentioned as (select name as mentioned_name, count(*) as mentions from (select distinct name, customer, moment from again) promise group by name),
     about as materialized (
       select name as about_name, touchpoint as about, way as usual_way from (
         select name, touchpoint, arg_max(way, carried) as way, row_number() over (partition by name order by sum(ends) / sum(carried) desc, sum(carried) desc, touchpoint) as place
         from (select name, touchpoint, way, count(*) as carried, sum(is_last) * 1.0 as ends from again group by name, touchpoint, way) by_way
         join mentioned on mentioned_name = name
         group by name, touchpoint, mentions
         having sum(carried) * ${USUAL_PART} >= mentions
       ) ranked where place = 1
     ), came as (
       select name as came_name, customer as came_customer, moment as came_moment, min(at_ms) as came_ms, arg_min(way, at_ms) as came_way
       from later join about on about_name = name and about = touchpoint
       group by name, customer, moment
     ), promise as (
       select customer, name, about, usual_way, until_ms, first_ms, told_at, came_ms, came_way
       from promised join about on about_name = name left join came on came_name = name and came_customer = customer and came_moment = moment
     ), ended as (
       select coalesce(max(epoch_ms(${momentColumn})), 0) as known_ms
       from (select ${momentColumn} from experience where ${query.where} and ${momentColumn} >= ${query.time(fromMs)} and record = 'interaction' order by ${momentColumn} desc limit 1) latest
     ),
     judged as (
       select customer, about as touchpoint, coalesce(came_way, usual_way) as way, until_ms, came_ms, case when came_ms <= until_ms then 1 else 0 end as is_kept, case when came_ms <= until_ms then came_ms else until_ms end as judged_ms
       from (select *, lead(first_ms) over (partition by customer, name order by first_ms, until_ms) as retold_ms from promise) told_again cross join ended
       where until_ms >= first_ms and (came_ms is not null or (until_ms < known_ms and told_at <> about and (retold_ms is null or retold_ms > until_ms)))
     ), counted as (select * from judged where ${conditions.join(" and ")})`;
};

// The last millisecond of a day that stands in the copy as its midnight in UTC.
const endOfDay = (offsets: readonly OffsetPiece[]): string => {
  const [first, ...others] = offsets.map(({ fromMs, offsetSeconds }) => ({ fromMs, end: `epoch_ms(moment) + ${DAY_MS - offsetSeconds * 1000}` }));
  if (first === undefined) return `epoch_ms(moment) + ${DAY_MS - 1}`;
  return `case ${others.toReversed().map(({ fromMs, end }) => `when ${end} > ${fromMs} then ${end} - 1`).join(" ")} ${others.length === 0 ? "when true then" : "else"} ${first.end} - 1 end`;
};
