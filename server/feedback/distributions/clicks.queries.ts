import type { Queryable } from "#platform/db";
import type { Click } from "./scanners.rules.ts";

// A program may follow links without end; what is beyond tells nothing new.
const CLICKS_MAX = 500;

export const insertClick = async (tx: Queryable, click: Click & { workspaceId: string; invitationId: string }): Promise<void> => {
  await tx.query(
    `insert into feedback.invitation_clicks (workspace_id, invitation_id, at, kind, value)
     select $1, $2, $3, $4, $5
     where (select count(*) from feedback.invitation_clicks where workspace_id = $1 and invitation_id = $2) < $6`,
    [click.workspaceId, click.invitationId, click.at, click.kind, click.value, CLICKS_MAX],
  );
};

export const listClicks = async (db: Queryable, workspaceId: string, invitationId: string): Promise<Click[]> => {
  const { rows } = await db.query<Click>(
    "select at, kind, value from feedback.invitation_clicks where workspace_id = $1 and invitation_id = $2 order by at, id limit $3",
    [workspaceId, invitationId, CLICKS_MAX],
  );
  return rows;
};

/** Sets a response that does not stand as perceptions yet apart from those that count; it is nobody's then, as a program gave it. */
export const flagResponse = async (tx: Queryable, workspaceId: string, responseId: string, flags: readonly string[]): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update feedback.responses
     set outcome = 'flagged', subject = null, flags = (select array_agg(distinct flag) from unnest(flags || $3::text[]) flag)
     where workspace_id = $1 and id = $2 and recorded_at is null`,
    [workspaceId, responseId, [...flags]],
  );
  return rowCount === 1;
};

/** Who answered and by which way; null when nobody knows who. */
export const findAnswerer = async (db: Queryable, workspaceId: string, responseId: string): Promise<{ subject: string; channel: string; savedAt: Date } | null> => {
  const { rows } = await db.query<{ subject: string; channel: string; savedAt: Date }>(
    `select subject, channel, saved_at as "savedAt" from feedback.responses where workspace_id = $1 and id = $2 and subject is not null`,
    [workspaceId, responseId],
  );
  return rows[0] ?? null;
};

export type FoundResponse = { id: string; version: number; state: "partial" | "complete"; revision: number; language: string };

export const findResponse = async (db: Queryable, workspaceId: string, id: string): Promise<FoundResponse | null> => {
  const { rows } = await db.query<FoundResponse>(
    "select id, version, state, revision, language from feedback.responses where workspace_id = $1 and id = $2",
    [workspaceId, id],
  );
  return rows[0] ?? null;
};
