import type { Queryable } from "#platform/db";
import type { Reading } from "@firsthand/text";
import type { Mark } from "./comments.contract.ts";

/** What people marked in some comments; those without marks are not in it. */
export const listMarks = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<Map<string, Mark[]>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; marked: Mark[] }>(
    "select perception_id as id, marked from insights.readings where workspace_id = $1 and perception_id = any ($2::uuid[]) and marked <> '[]'",
    [workspaceId, [...ids]],
  );
  return new Map(rows.map(({ id, marked }) => [id, marked]));
};

/** Writes what people marked in a comment and what comes of it. */
export const rewriteMarks = async (
  tx: Queryable,
  workspaceId: string,
  id: string,
  given: { marked: readonly Mark[]; personalData: Reading["personalData"]; mentions: Reading["mentions"]; named: readonly string[] },
): Promise<void> => {
  await tx.query(
    `update insights.readings
     set xid = pg_current_xact_id(), marked = $3, personal_data = $4, mentions = $5, named = $6
     where workspace_id = $1 and perception_id = $2`,
    [workspaceId, id, JSON.stringify(given.marked), JSON.stringify(given.personalData), JSON.stringify(given.mentions), JSON.stringify(given.named)],
  );
};
