// What the projection writes into the analytics copy. SQL of the analytics store, not of the record.
import type { AnalyticsRow, AnalyticsWriter } from "#platform/analytics";
import type { ArrivalPosition } from "#customers";
import type { Detail } from "./details.rules.ts";

type Reader = (sql: string) => Promise<AnalyticsRow[]>;
export type DetailSource = "interactions" | "deletions";
export type CopiedDetail = Detail & { workspaceId: string; id: string; seq: number };

export const readDetailPosition = async (read: Reader, source: DetailSource): Promise<ArrivalPosition> => {
  const [row] = await read(`select xid, seq from detail_positions where source = '${source}'`);
  return { xid: String(row?.["xid"] ?? "0"), seq: Number(row?.["seq"] ?? 0) };
};

export const writeDetailPosition = async (writer: AnalyticsWriter, source: DetailSource, position: ArrivalPosition): Promise<void> => {
  await writer.run("insert into detail_positions values ($1, $2, $3) on conflict (source) do update set xid = excluded.xid, seq = excluded.seq", [source, position.xid, position.seq]);
};

export const appendDetails = async (writer: AnalyticsWriter, rows: readonly CopiedDetail[]): Promise<void> => {
  if (rows.length === 0) return;
  await writer.append({ name: "details", columns: [...columns] }, [
    rows.map((row) => row.workspaceId), rows.map((row) => row.id), rows.map((row) => row.seq), rows.map((row) => row.name),
    rows.map((row) => row.number), rows.map((row) => row.moment), rows.map((row) => row.text),
  ]);
};

/** Takes the details of rows away; a row that came again under the same id has another number and stays. */
export const removeDetails = async (writer: AnalyticsWriter, rows: readonly { id: string; livingSeq: number | null }[]): Promise<void> => {
  if (rows.length === 0) return;
  await writer.run(
    `delete from details using (select unnest(cast($1 as uuid[])) as gone, unnest(cast($2 as bigint[])) as living) going
     where details.id = going.gone and details.seq <> going.living`,
    [`[${rows.map(({ id }) => id).join(",")}]`, `[${rows.map(({ livingSeq }) => livingSeq ?? -1).join(",")}]`],
  );
};

export const emptyDetails = async (writer: AnalyticsWriter): Promise<void> => {
  await writer.run("delete from details");
  await writer.run("delete from detail_positions");
};

const columns = [
  { name: "workspace_id", type: "uuid" },
  { name: "id", type: "uuid" },
  { name: "seq", type: "bigint" },
  { name: "name", type: "varchar" },
  { name: "number", type: "double" },
  { name: "moment", type: "timestamp" },
  { name: "text", type: "varchar" },
] as const;
