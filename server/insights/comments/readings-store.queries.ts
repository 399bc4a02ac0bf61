// What the projection writes into the analytics copy. SQL of the analytics store, not of the record.
import type { AnalyticsRow, AnalyticsWriter } from "#platform/analytics";
import type { Need, Polarity } from "@firsthand/text";
import { foldNamed } from "./known-names.rules.ts";
import type { FollowedReading, Position } from "./readings.queries.ts";

type Reader = (sql: string) => Promise<AnalyticsRow[]>;

const readPosition = async (read: Reader, source: "readings" | "removals"): Promise<Position> => {
  const [row] = await read(`select xid, seq from reading_positions where source = '${source}'`);
  return { xid: String(row?.["xid"] ?? "0"), seq: Number(row?.["seq"] ?? 0) };
};
const writePosition = async (writer: AnalyticsWriter, source: "readings" | "removals", position: Position): Promise<void> => {
  await writer.run(`insert into reading_positions values ('${source}', $1, $2) on conflict (source) do update set xid = excluded.xid, seq = excluded.seq`, [position.xid, position.seq]);
};

export const readReadingPosition = (read: Reader): Promise<Position> => readPosition(read, "readings");
export const writeReadingPosition = (writer: AnalyticsWriter, position: Position): Promise<void> => writePosition(writer, "readings", position);

/** How far rows taken away from the record have been followed. */
export const readRemovalPosition = (read: Reader): Promise<Position> => readPosition(read, "removals");
export const writeRemovalPosition = (writer: AnalyticsWriter, position: Position): Promise<void> => writePosition(writer, "removals", position);

/** Takes away all that was read in comments: feelings and needs, names and themes. */
export const removeReadings = async (writer: AnalyticsWriter, ids: readonly string[]): Promise<void> => {
  const list = ids.map((_id, place) => `cast($${place + 1} as uuid)`).join(", ");
  for (const table of ["readings", "comment_names", "comment_themes"]) await writer.run(`delete from ${table} where id in (${list})`, [...ids]);
};

/** Puts readings in the place of those the copy has of the same comments. */
export const replaceReadings = async (writer: AnalyticsWriter, rows: readonly FollowedReading[]): Promise<void> => {
  if (rows.length === 0) return;
  await writer.run(`delete from readings where id in (${rows.map((_row, place) => `cast($${place + 1} as uuid)`).join(", ")})`, rows.map((row) => row.id));
  await writer.append(
    { name: "readings", columns: [...plainColumns, ...needColumns.map(([name]) => ({ name, type: "double" }) as const), ...lastColumns] },
    [
      rows.map((row) => row.workspaceId),
      rows.map((row) => row.id),
      rows.map((row) => row.language),
      rows.map((row) => row.sentiment),
      rows.map((row) => row.sentimentScore),
      rows.map((row) => row.emotion),
      ...needColumns.map(([, need]) => rows.map((row) => signOf(row.needs[need]))),
      rows.map((row) => row.isUrgent),
      rows.map((row) => row.isUnsure),
      rows.map((row) => row.modelVersion),
    ],
  );
  await replaceNames(writer, rows);
};

const replaceNames = async (writer: AnalyticsWriter, rows: readonly FollowedReading[]): Promise<void> => {
  await writer.run(`delete from comment_names where id in (${rows.map((_row, place) => `cast($${place + 1} as uuid)`).join(", ")})`, rows.map((row) => row.id));
  const flat = rows.flatMap(({ workspaceId, id, named }) => uniqueNames(named).map(([value, name]) => ({ workspaceId, id, value, name })));
  if (flat.length === 0) return;
  await writer.append(
    { name: "comment_names", columns: [{ name: "workspace_id", type: "uuid" }, { name: "id", type: "uuid" }, { name: "value", type: "varchar" }, { name: "name", type: "varchar" }] },
    [flat.map((row) => row.workspaceId), flat.map((row) => row.id), flat.map((row) => row.value), flat.map((row) => row.name)],
  );
};

// "Mobile app" and "mobile app" in one comment are one thing.
const uniqueNames = (named: readonly string[]): [string, string][] => [...new Map(named.map((value) => [foldNamed(value), value.slice(value.indexOf(":") + 1)]))];

export const emptyReadings = async (writer: AnalyticsWriter): Promise<void> => {
  await writer.run("delete from readings");
  await writer.run("delete from comment_names");
  await writer.run("delete from reading_positions");
};

const plainColumns = [
  { name: "workspace_id", type: "uuid" },
  { name: "id", type: "uuid" },
  { name: "language", type: "varchar" },
  { name: "sentiment", type: "varchar" },
  { name: "sentiment_score", type: "double" },
  { name: "emotion", type: "varchar" },
] as const;

const needColumns: readonly (readonly [string, Need])[] = [
  ["need_easy", "EASY"],
  ["need_expect", "EXPECT"],
  ["need_promise", "PROMISE"],
  ["need_inform", "INFORM"],
  ["need_individ", "INDIVID"],
  ["need_right", "RIGHT"],
];

const lastColumns = [
  { name: "is_urgent", type: "boolean" },
  { name: "is_unsure", type: "boolean" },
  { name: "model_version", type: "varchar" },
] as const;

const signs = { pos: 1, mix: 0, neg: -1 } as const;
const signOf = (polarity: Polarity | undefined): number | null => (polarity === undefined ? null : signs[polarity]);
