// Counts per day or hour, from the analytics copy.
import { z } from "zod";
import type { OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import { box, column, isOnScale, localTime, startQuery, type QueryParts, type RowSource, type Selection } from "../metrics/metrics.queries.ts";
import { uuids } from "../metrics/people.queries.ts";
import type { LevelName, VolumeName } from "./alerts.contract.ts";
import { isOfComments } from "./watched.rules.ts";

/** So many answers of one value on one local day. */
export type DayRow = { day: string; scaleMin: number | null; scaleMax: number | null; box: number; count: number };

const rowsMax = 200_000;

/** What stands in the copy as it is counted here: who was asked does not, formulas are worked out, and cases put together from facts. */
export type TalliedName = Exclude<LevelName, "response_rate" | "custom" | `fact_${string}`>;

/** Answers per local day, scale and value; of comments, 1 stands for what is counted (positive, unmet, with one of the themes), -1 for negative. */
export const tallyDays = async (
  analytics: AnalyticsStore, selection: Selection, what: TalliedName, given: { offsets: readonly OffsetPiece[]; themeIds: readonly string[] },
): Promise<DayRow[]> => {
  const query = startQuery(analytics, selection, selection);
  const day = analytics.dialect.bucket("day", localTime(query, given.offsets));
  const source = isOfComments(what)
    ? `select ${day} as day, cast(null as double) as scale_min, cast(null as double) as scale_max, ${readingValue(what, () => withTheme(query, given.themeIds))} as box
       from (select id as comment_id, ${column} from experience where ${query.where} and kind = 'comment') comment
       join (select * from readings where workspace_id = cast($1 as uuid)) reading on reading.id = comment_id`
    : `select ${day} as day, scale_min, scale_max, ${box} as box from experience where ${query.where} and kind = ${query.bind(what)} and ${isOnScale}`;
  const rows = await analytics.query(
    `select day, scale_min, scale_max, box, count(*) as count from (${source}) answered group by day, scale_min, scale_max, box`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.map((row) => {
    const read = dayRow.parse(row);
    return { day: read.day.slice(0, 10), scaleMin: read.scale_min, scaleMax: read.scale_max, box: read.box, count: read.count };
  });
};

/** Values of a formula per local day, each in one of some cells of its scale, the lowest first. */
export const tallyFormulaDays = async (
  analytics: AnalyticsStore, selection: Selection, given: { source: RowSource; scale: { min: number; max: number }; cellsPerValue: number; offsets: readonly OffsetPiece[] },
): Promise<DayRow[]> => {
  const query = startQuery(analytics, selection, selection);
  const day = analytics.dialect.bucket("day", localTime(query, given.offsets));
  const { min, max } = given.scale;
  const [low, high] = [Math.min(min, max), Math.max(min, max)];
  const rows = await analytics.query(
    `select day, cell as box, count(*) as count
     from (
       select ${day} as day, cast(round((value - (${low})) * ${given.cellsPerValue}) as integer) as cell
       from ${given.source.from(query)}
       where ${query.where} and ${given.source.where(query)} and value >= ${low} and value <= ${high}
     ) celled
     group by day, cell`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.map((row) => {
    const read = dayRow.omit({ scale_min: true, scale_max: true }).parse(row);
    return { day: read.day.slice(0, 10), scaleMin: min, scaleMax: max, box: read.box, count: read.count };
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

// Names come from a closed list, never as text from outside.
const readingValue = (what: TalliedName, themed: () => string): string => {
  if (what === "sentiment") return "case sentiment when 'pos' then 1 when 'neg' then -1 else 0 end";
  if (what === "theme_share") return `case when comment_id in (${themed()}) then 1 else 0 end`;
  const [polarity, need] = what.split("_");
  return `case when need_${need} = ${polarity === "met" ? 1 : -1} then 1 else 0 end`;
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

const dayRow = z.object({ day: z.string(), scale_min: z.number().nullable(), scale_max: z.number().nullable(), box: z.number(), count: z.number() });
const hourRow = z.object({ hour: z.string(), count: z.number() });
