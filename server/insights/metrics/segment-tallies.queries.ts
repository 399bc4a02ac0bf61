// Answers by segments. People can be in several: a customer's segments are the bits of one number, so that answers are put together by that number first and
// each of the few numbers is then counted for all of its segments. With a join instead, every answer would be read as often as its customer is in one.
import { z } from "zod";
import { segmentBits, type GatheredSegment, type OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { BucketName } from "./metrics.contract.ts";
import { box, boxColumns, boxSums, isOnScale, localTime, readGroupRows, startQuery, usualOf, type GroupBox, type QueryParts, type RowSource, type Selection } from "./metrics.queries.ts";

type Asked = { source: RowSource; segments: readonly GatheredSegment[] };
const WHOLE = -1;
const ROWS_MAX = 200_000;

/** Sums per segment, scale and box, named by the ids of segments, and of everybody; with how many people gave the answers. Nobody known is one person each time. */
export const tallySegments = async (
  analytics: AnalyticsStore, selection: Selection, { source, segments }: Asked,
): Promise<{ boxes: GroupBox[]; people: Map<string, number>; whole: { boxes: GroupBox[]; people: number } }> => {
  const query = startQuery(analytics, selection, selection);
  const rows = await analytics.query(
    `with ${startBits(query, { source, segments })},
     counted as materialized (select bits, ${boxColumns} from answers group by bits, scale_min, scale_max, ${box}),
     gave as materialized (select bits, count(distinct customer_no) + count(*) - count(customer_no) as people from answers group by bits)
     select place, scale_min, scale_max, box, ${boxSums}, cast(null as bigint) as people from counted join places on ${isIn} group by place, scale_min, scale_max, box
     union all by name
     select place, sum(people) as people from gave join places on ${isIn} group by place`,
    query.values,
    { limitRows: ROWS_MAX },
  );
  const boxes = readGroupRows(usualOf(source), rows.filter((row) => row["people"] === null).map((row) => ({ ...row, name: nameOf(segments, row["place"]) })));
  const people = new Map(rows.filter((row) => row["people"] !== null).map((row) => [nameOf(segments, row["place"]), Number(row["people"])]));
  return {
    boxes: boxes.filter(({ name }) => name !== ""), people,
    whole: { boxes: boxes.filter(({ name }) => name === ""), people: people.get("") ?? 0 },
  };
};

/** The same over time: `key` is the local day a bucket starts on. */
export const tallySegmentBuckets = async (
  analytics: AnalyticsStore, selection: Selection, { source, segments, bucket, offsets }: Asked & { bucket: BucketName; offsets: readonly OffsetPiece[] },
): Promise<(GroupBox & { key: string })[]> => {
  const query = startQuery(analytics, selection, selection);
  const key = analytics.dialect.bucket(bucket, localTime(query, offsets));
  const rows = await analytics.query(
    `with ${startBits(query, { source, segments }, `${key} as key, `)},
     counted as materialized (select bits, key, ${boxColumns} from answers group by bits, key, scale_min, scale_max, ${box})
     select place, key, scale_min, scale_max, box, ${boxSums} from counted join places on ${isIn} where place <> ${WHOLE} group by place, key, scale_min, scale_max, box`,
    query.values,
    { limitRows: ROWS_MAX },
  );
  return [...Map.groupBy(rows, (row) => keyed.parse(row["key"]))].flatMap(([start, own]) =>
    readGroupRows(usualOf(source), own.map((row) => ({ ...row, name: nameOf(segments, row["place"]) }))).map((one) => ({ ...one, key: start.slice(0, 10) })));
};

const keyed = z.string();

const isIn = `(place = ${WHOLE} or (bits >> greatest(place, 0)) & 1 = 1)`;

const nameOf = (segments: readonly GatheredSegment[], place: unknown): string => segments[Number(place)]?.id ?? "";

const startBits = (query: QueryParts, { source, segments }: Asked, more = ""): string =>
  `answers as materialized (
       select cast(${segmentBits(segments)} as bigint) as bits, ${more}value, scale_min, scale_max, weight, customer_no
       from ${source.from(query)}
       where ${query.where} and ${source.where(query)} and ${isOnScale}
     ),
     places as (select cast(unnest(range(${WHOLE}, ${segments.length})) as integer) as place)`;
