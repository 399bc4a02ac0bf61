// What the projection writes into the analytics copy. SQL of the analytics store, not of the record.
import type { AnalyticsRow, AnalyticsWriter } from "#platform/analytics";
import type { FollowedAssignment, Position } from "./assignments.queries.ts";
import { effectiveThemes } from "./comment-themes.ts";

type Reader = (sql: string) => Promise<AnalyticsRow[]>;

export const readThemePosition = async (read: Reader): Promise<Position> => {
  const [row] = await read("select xid, seq from theme_positions where source = 'assignments'");
  return { xid: String(row?.["xid"] ?? "0"), seq: Number(row?.["seq"] ?? 0) };
};

export const writeThemePosition = async (writer: AnalyticsWriter, position: Position): Promise<void> => {
  await writer.run("insert into theme_positions values ('assignments', $1, $2) on conflict (source) do update set xid = excluded.xid, seq = excluded.seq", [position.xid, position.seq]);
};

/** Puts the themes of comments in the place of those the copy has of them. */
export const replaceCommentThemes = async (writer: AnalyticsWriter, rows: readonly FollowedAssignment[]): Promise<void> => {
  if (rows.length === 0) return;
  await writer.run(`delete from comment_themes where id in (${rows.map((_row, place) => `cast($${place + 1} as uuid)`).join(", ")})`, rows.map(({ id }) => id));
  // What a person gave is as sure as can be.
  const flat = rows.flatMap(({ workspaceId, id, ...row }) => effectiveThemes(row).map((themeId) => ({ workspaceId, id, themeId, sure: row.added.includes(themeId) ? 1 : (row.sure[row.themeIds.indexOf(themeId)] ?? 0) })));
  if (flat.length === 0) return;
  await writer.append(
    {
      name: "comment_themes",
      columns: [
        { name: "workspace_id", type: "uuid" },
        { name: "id", type: "uuid" },
        { name: "theme_id", type: "uuid" },
        { name: "sure", type: "double" },
      ],
    },
    [flat.map((row) => row.workspaceId), flat.map((row) => row.id), flat.map((row) => row.themeId), flat.map((row) => row.sure)],
  );
};

export const emptyCommentThemes = async (writer: AnalyticsWriter): Promise<void> => {
  await writer.run("delete from comment_themes");
  await writer.run("delete from theme_positions");
};
