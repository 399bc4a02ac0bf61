import type { AnalyticsStore } from "#platform/analytics";
import type { Queryable } from "#platform/db";
import type { StoredSecrets } from "#platform/secrets";

export type WritingAidRow = { workspaceId: string; address: string | null; model: string | null; secrets: StoredSecrets; writesSummaries: boolean; writesDrafts: boolean };

const AID = `aid.workspace_id as "workspaceId", aid.address, aid.model, aid.secrets, aid.writes_summaries as "writesSummaries", aid.writes_drafts as "writesDrafts"`;

export const findWritingAid = async (db: Queryable, workspaceId: string): Promise<WritingAidRow | null> => {
  const { rows } = await db.query<WritingAidRow>(`select ${AID} from insights.writing_aids aid where aid.workspace_id = $1`, [workspaceId]);
  return rows[0] ?? null;
};

/** The same, and nobody else changes it until the transaction ends. */
export const lockWritingAid = async (tx: Queryable, workspaceId: string, now: Date): Promise<WritingAidRow | null> => {
  await tx.query("insert into insights.writing_aids (workspace_id, changed_at) values ($1, $2) on conflict do nothing", [workspaceId, now]);
  const { rows } = await tx.query<WritingAidRow>(`select ${AID} from insights.writing_aids aid where aid.workspace_id = $1 for update`, [workspaceId]);
  return rows[0] ?? null;
};

export const updateWritingAid = async (tx: Queryable, row: WritingAidRow, now: Date): Promise<void> => {
  await tx.query(
    `update insights.writing_aids
     set address = $2, model = $3, secrets = $4, writes_summaries = $5, writes_drafts = $6, changed_at = $7
     where workspace_id = $1`,
    [row.workspaceId, row.address, row.model, JSON.stringify(row.secrets), row.writesSummaries, row.writesDrafts, now],
  );
};

/** Whose comment it is: `customer` is null where nobody is known, all of it where the comment is not in the analytics store. */
export const findWriterOf = async (analytics: AnalyticsStore, workspaceId: string, commentId: string): Promise<{ customer: string | null } | null> => {
  const [row] = await analytics.query("select customer from experience where workspace_id = cast($1 as uuid) and id = cast($2 as uuid) and kind = 'comment'", [workspaceId, commentId]);
  if (row === undefined) return null;
  const customer = row["customer"];
  return { customer: typeof customer === "string" ? customer : null };
};
