import type { Queryable } from "#platform/db";
import type { StoredSecrets } from "#platform/secrets";
import type { SourceKind } from "./connector.contract.ts";

export type SourceRow = {
  workspaceId: string;
  id: string;
  kind: SourceKind;
  name: string;
  settings: Record<string, string>;
  secrets: StoredSecrets;
  isActive: boolean;
  createdAt: Date;
  etag: string | null;
  lastModified: string | null;
  nextPollAt: Date | null;
  lastPolledAt: Date | null;
  lastSuccessAt: Date | null;
  lastNewCount: number | null;
  failures: number;
  lastError: string | null;
  isReadToEnd: boolean;
  unreadFrom: string | null;
  revision: number;
};

const COLUMNS = `source.workspace_id as "workspaceId", source.id, source.kind, source.name, source.settings, source.secrets, source.is_active as "isActive",
  source.created_at as "createdAt", source.etag, source.last_modified as "lastModified", source.next_poll_at as "nextPollAt",
  source.last_polled_at as "lastPolledAt", source.last_success_at as "lastSuccessAt", source.last_new_count as "lastNewCount", source.failures,
  source.last_error as "lastError", source.is_read_to_end as "isReadToEnd", source.unread_from as "unreadFrom", source.revision`;

/** @returns whether the workspace had room for one more */
export const insertSource = async (tx: Queryable, source: SourceRow, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into feedback.review_sources (workspace_id, id, kind, name, settings, secrets, is_active, created_at, next_poll_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9
     where (select count(*) from feedback.review_sources where workspace_id = $1) < $10`,
    [source.workspaceId, source.id, source.kind, source.name, JSON.stringify(source.settings), JSON.stringify(source.secrets), source.isActive, source.createdAt, source.nextPollAt, most],
  );
  return rowCount === 1;
};

/** Writes what a member changed. What the address said of itself is forgotten: it may be another address now. */
export const updateSource = async (tx: Queryable, source: SourceRow): Promise<void> => {
  await tx.query(
    `update feedback.review_sources
     set name = $3, settings = $4, secrets = $5, is_active = $6, next_poll_at = $7, etag = null, last_modified = null, failures = 0, last_error = null,
       is_read_to_end = false, unread_from = null, revision = revision + 1
     where workspace_id = $1 and id = $2`,
    [source.workspaceId, source.id, source.name, JSON.stringify(source.settings), JSON.stringify(source.secrets), source.isActive, source.nextPollAt],
  );
};

export const deleteSource = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("delete from feedback.review_sources where workspace_id = $1 and id = $2", [workspaceId, id]);
};

export const findSource = async (db: Queryable, workspaceId: string, id: string): Promise<SourceRow | null> => {
  const { rows } = await db.query<SourceRow>(`select ${COLUMNS} from feedback.review_sources source where source.workspace_id = $1 and source.id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** The same, for whoever changes or removes it: nobody else does so meanwhile, and no poll brings anything in. */
export const lockSource = async (tx: Queryable, workspaceId: string, id: string): Promise<SourceRow | null> => {
  const { rows } = await tx.query<SourceRow>(
    `select ${COLUMNS} from feedback.review_sources source where source.workspace_id = $1 and source.id = $2 for update`, [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** Holds a source, so that it is not removed before the transaction ends.
 *  @returns false when it is gone */
export const holdSource = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("select from feedback.review_sources where workspace_id = $1 and id = $2 for key share", [workspaceId, id]);
  return rowCount === 1;
};

export const stopSource = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("update feedback.review_sources set is_active = false where workspace_id = $1 and id = $2", [workspaceId, id]);
};

/** The source another system sends to: its address names no workspace. */
export const findSourceAnywhere = async (db: Queryable, id: string): Promise<SourceRow | null> => {
  const { rows } = await db.query<SourceRow>(`select ${COLUMNS} from feedback.review_sources source where source.id = $1 limit 1`, [id]);
  return rows[0] ?? null;
};

export const listSources = async (db: Queryable, workspaceId: string, limit: number): Promise<(SourceRow & { reviews: number })[]> => {
  const { rows } = await db.query<SourceRow & { reviews: number }>(
    `select ${COLUMNS}, (
       select count(*)::integer from feedback.reviews review
       where review.workspace_id = source.workspace_id and review.source_id = source.id and not review.is_erased
     ) as reviews
     from feedback.review_sources source
     where source.workspace_id = $1
     order by source.name, source.id
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

/** Sources that mails may tell of reviews for, the oldest first. */
export const listMailSources = async (db: Queryable, workspaceId: string, limit: number): Promise<SourceRow[]> => {
  const { rows } = await db.query<SourceRow>(
    `select ${COLUMNS} from feedback.review_sources source
     where source.workspace_id = $1 and source.kind = 'mail' and source.is_active
     order by source.created_at, source.id
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

/** Takes sources whose time has come and moves their time on, so that no other node takes them too. */
export const takeDueSources = async (tx: Queryable, given: { now: Date; leaseUntil: Date; limit: number }): Promise<{ workspaceId: string; id: string }[]> => {
  const { rows } = await tx.query<{ workspaceId: string; id: string }>(
    `update feedback.review_sources source
     set next_poll_at = $2
     from (
       select workspace_id, id from feedback.review_sources
       where is_active and next_poll_at <= $1
       order by next_poll_at, id
       limit $3
       for update skip locked
     ) due
     where source.workspace_id = due.workspace_id and source.id = due.id
     returning source.workspace_id as "workspaceId", source.id`,
    [given.now, given.leaseUntil, given.limit],
  );
  return rows;
};

export type PollOutcome = {
  workspaceId: string; id: string; revision: number; at: Date; nextPollAt: Date | null;
  /** Null when the source is not read page by page. */
  progress: { isReadToEnd: boolean; unreadFrom: string | null } | null;
  result: { isSuccess: true; newCount: number; etag: string | null; lastModified: string | null } | { isSuccess: false; message: string };
};

/** Notes how asking a source went. Nothing is noted on one that was changed meanwhile: it may be another address now, and is asked anew. */
export const notePoll = async (tx: Queryable, { workspaceId, id, revision, at, nextPollAt, progress, result }: PollOutcome): Promise<void> => {
  const common = [workspaceId, id, revision, at, nextPollAt, progress?.isReadToEnd ?? null, progress?.unreadFrom ?? null];
  if (!result.isSuccess) {
    await tx.query(
      `update feedback.review_sources
       set last_polled_at = $4, next_poll_at = $5, is_read_to_end = coalesce($6, is_read_to_end), unread_from = $7, failures = failures + 1, last_error = $8
       where workspace_id = $1 and id = $2 and revision = $3`,
      [...common, result.message],
    );
    return;
  }
  await tx.query(
    `update feedback.review_sources
     set last_polled_at = $4, last_success_at = $4, next_poll_at = $5, is_read_to_end = coalesce($6, is_read_to_end), unread_from = $7, failures = 0, last_error = null,
       last_new_count = $8, etag = $9, last_modified = $10
     where workspace_id = $1 and id = $2 and revision = $3`,
    [...common, result.newCount, result.etag, result.lastModified],
  );
};
