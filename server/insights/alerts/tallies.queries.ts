// Counts per day or hour, from the analytics copy.
import { z } from "zod";
import type { CustomerDay, OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import { column, localTime, startQuery, type QueryParts, type RowSource, type Selection } from "../metrics/metrics.queries.ts";
import { uuids } from "../metrics/people.queries.ts";
import type { LevelName, VolumeName } from "./alerts.contract.ts";
import { dayNumber, sharesOf, type DayRow } from "./days.rules.ts";

const rowsMax = 200_000;

/** Shares of all comments: those in which a need is met or unmet, and those with one of some themes. */
export type TalliedName = Extract<LevelName, `met_${string}` | `unmet_${string}` | "theme_share">;

/** Comments per local day, and those that are counted of them. */
export const tallyDays = async (
  analytics: AnalyticsStore, selection: Selection, what: TalliedName, given: { offsets: readonly OffsetPiece[]; themeIds: readonly string[] },
): Promise<DayRow[]> => {
  const query = startQuery(analytics, selection, selection);
  const day = analytics.dialect.bucket("day", localTime(query, given.offsets));
  const rows = await analytics.query(
    `select ${day} as day, count(*) as count, count(*) filter (where ${isCounted(what, () => withTheme(query, given.themeIds))}) as counted
     from ${readComments(query)}
     group by ${day}`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.flatMap((row) => {
    const read = shareRow.parse(row);
    return sharesOf(read.day.slice(0, 10), read.count, read.counted);
  });
};

/** The same comments by the customers who wrote them, of every so-manieth of these. */
export const tallyCustomerDays = async (
  analytics: AnalyticsStore, selection: Selection, what: TalliedName, given: { offsets: readonly OffsetPiece[]; themeIds: readonly string[]; every: number },
): Promise<CustomerDay[]> => {
  const query = startQuery(analytics, selection, selection);
  const day = analytics.dialect.bucket("day", localTime(query, given.offsets));
  const rows = await analytics.query(
    `select customer_no as customer, ${day} as day, count(*) as count, count(*) filter (where ${isCounted(what, () => withTheme(query, given.themeIds))}) as counted
     from ${readComments(query)}
     where customer_no is not null and customer_no % ${given.every} = 0
     group by customer_no, ${day}`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.map((row) => {
    const { customer, day: own, count, counted } = customerShareRow.parse(row);
    return { customer, day: dayNumber(own.slice(0, 10)), count, score: counted, squared: counted };
  });
};

/** Values of a formula per local day, each in one of some cells of its scale, the lowest first, with what they come to. */
export const tallyFormulaDays = async (
  analytics: AnalyticsStore, selection: Selection, given: { source: RowSource; scale: { min: number; max: number }; cellsPerValue: number; offsets: readonly OffsetPiece[] },
): Promise<DayRow[]> => {
  const query = startQuery(analytics, selection, selection);
  const day = analytics.dialect.bucket("day", localTime(query, given.offsets));
  const { min, max } = given.scale;
  const [low, high] = [Math.min(min, max), Math.max(min, max)];
  const rows = await analytics.query(
    `select day, cell as box, count(*) as count, sum(value) as sum
     from (
       select ${day} as day, value, cast(round((value - (${low})) * ${given.cellsPerValue}) as integer) as cell
       from ${given.source.from(query)}
       where ${query.where} and ${given.source.where(query)} and value >= ${low} and value <= ${high}
     ) celled
     group by day, cell`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.map((row) => {
    const read = dayRow.parse(row);
    return { day: read.day.slice(0, 10), scaleMin: min, scaleMax: max, box: read.box, count: read.count, sum: read.sum };
  });
};

/** How many came in each hour, counted from 1970; hours in which nothing came have no row. */
export const countHours = async (analytics: AnalyticsStore, selection: Selection, what: VolumeName, themeIds: readonly string[]): Promise<{ hour: number; count: number }[]> => {
  const query = startQuery(analytics, selection, selection, what === "interactions" ? "interaction" : "perception");
  const isWanted = what === "theme_comments" ? `and id in (${withTheme(query, themeIds)})` : "";
  const rows = await analytics.query(
    `select date_trunc('hour', ${column}) as hour, count(*) as count
     from experience ${what === "urgent_comments" ? "join (select id as read_id from readings where workspace_id = cast($1 as uuid) and is_urgent) urgent on read_id = id" : ""}
     where ${query.where} ${volumeConditions[what]} ${isWanted}
     group by date_trunc('hour', ${column})`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.map((row) => {
    const read = hourRow.parse(row);
    return { hour: Math.floor(Date.parse(read.hour.endsWith("Z") ? read.hour : `${read.hour}Z`) / 3_600_000), count: read.count };
  });
};

const readComments = (query: QueryParts): string =>
  `(select id as comment_id, customer_no, ${column} from experience where ${query.where} and kind = 'comment') comment
     join (select * from readings where workspace_id = cast($1 as uuid)) reading on reading.id = comment_id`;

// Names come from a closed list, never as text from outside.
const isCounted = (what: TalliedName, themed: () => string): string => {
  if (what === "theme_share") return `comment_id in (${themed()})`;
  const [polarity, need] = what.split("_");
  return `need_${need} = ${polarity === "met" ? 1 : -1}`;
};

const withTheme = (query: Pick<QueryParts, "bind">, themeIds: readonly string[]): string =>
  `select id from comment_themes where workspace_id = cast($1 as uuid) and theme_id in (select unnest(${uuids(query, themeIds)}))`;

const volumeConditions: Record<VolumeName, string> = {
  answers: "and kind in ('nps', 'csat', 'ces', 'stars', 'rating')",
  comments: "and kind = 'comment'",
  urgent_comments: "and kind = 'comment'",
  theme_comments: "and kind = 'comment'",
  interactions: "",
};

const dayRow = z.object({ day: z.string(), box: z.number(), count: z.number(), sum: z.number() });
const customerShareRow = z.object({ customer: z.coerce.number(), day: z.string(), count: z.number(), counted: z.number() });
const shareRow = z.object({ day: z.string(), count: z.number(), counted: z.number() });
const hourRow = z.object({ hour: z.string(), count: z.number() });
