import type { Queryable } from "../db/db.api.ts";
import type { StoredSecrets } from "../secrets/secrets.api.ts";
import type { Encryption } from "./mailbox.contract.ts";

export type MailboxRow = {
  workspaceId: string;
  id: string;
  host: string;
  port: number;
  encryption: Encryption;
  username: string;
  secrets: StoredSecrets;
  folder: string;
  everyMinutes: number;
  readsOld: boolean;
  isActive: boolean;
  createdAt: Date;
  uidValidity: number | null;
  lastUid: number;
  nextPollAt: Date;
  lastPolledAt: Date | null;
  lastSuccessAt: Date | null;
  failures: number;
  lastError: string | null;
  takenCount: number;
  leftCount: number;
  revision: number;
};

// Numbers of mails have 32 bits without a sign, which fit into a double and not into an integer.
const COLUMNS = `mailbox.workspace_id as "workspaceId", mailbox.id, mailbox.host, mailbox.port, mailbox.encryption, mailbox.username, mailbox.secrets, mailbox.folder,
  mailbox.every_minutes as "everyMinutes", mailbox.reads_old as "readsOld", mailbox.is_active as "isActive", mailbox.created_at as "createdAt",
  mailbox.uid_validity::double precision as "uidValidity", mailbox.last_uid::double precision as "lastUid", mailbox.next_poll_at as "nextPollAt",
  mailbox.last_polled_at as "lastPolledAt", mailbox.last_success_at as "lastSuccessAt", mailbox.failures, mailbox.last_error as "lastError",
  mailbox.taken_count::double precision as "takenCount", mailbox.left_count::double precision as "leftCount", mailbox.revision`;

/** @returns `full` when the workspace has as many as it may, `there` when this folder is read already */
export const insertMailbox = async (tx: Queryable, row: MailboxRow, most: number): Promise<"made" | "full" | "there"> => {
  const { rows } = await tx.query<{ isFull: boolean; isMade: boolean }>(
    `with room as (
       select count(*) < $13 as has_room from platform.mailboxes where workspace_id = $1
     ), made as (
       insert into platform.mailboxes (workspace_id, id, host, port, encryption, username, secrets, folder, every_minutes, reads_old, is_active, created_at, next_poll_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12 from room where has_room
       on conflict (workspace_id, host, username, folder) do nothing
       returning id
     )
     select not has_room as "isFull", exists (select from made) as "isMade" from room`,
    [row.workspaceId, row.id, row.host, row.port, row.encryption, row.username, JSON.stringify(row.secrets), row.folder, row.everyMinutes, row.readsOld, row.isActive, row.createdAt, most],
  );
  return rows[0]?.isFull === true ? "full" : rows[0]?.isMade === true ? "made" : "there";
};

/** Writes what a member changed. Another folder is read from its own beginning. */
export const updateMailbox = async (tx: Queryable, row: MailboxRow): Promise<void> => {
  await tx.query(
    `update platform.mailboxes
     set host = $3, port = $4, encryption = $5, username = $6, secrets = $7, folder = $8, every_minutes = $9, is_active = $10, uid_validity = $11, last_uid = $12,
       next_poll_at = $13, failures = 0, last_error = null, revision = revision + 1
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.host, row.port, row.encryption, row.username, JSON.stringify(row.secrets), row.folder, row.everyMinutes, row.isActive, row.uidValidity,
      row.lastUid, row.nextPollAt,
    ],
  );
};

export const deleteMailbox = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from platform.mailboxes where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

export const hasMailboxAt = async (tx: Queryable, row: Pick<MailboxRow, "workspaceId" | "id" | "host" | "username" | "folder">): Promise<boolean> => {
  const { rowCount } = await tx.query("select from platform.mailboxes where workspace_id = $1 and host = $2 and username = $3 and folder = $4 and id <> $5", [
    row.workspaceId, row.host, row.username, row.folder, row.id,
  ]);
  return rowCount !== 0;
};

export const findMailbox = async (db: Queryable, workspaceId: string, id: string): Promise<MailboxRow | null> => {
  const { rows } = await db.query<MailboxRow>(`select ${COLUMNS} from platform.mailboxes mailbox where mailbox.workspace_id = $1 and mailbox.id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** The same, and nobody else reads or changes it until the transaction ends. */
export const lockMailbox = async (tx: Queryable, workspaceId: string, id: string): Promise<MailboxRow | null> => {
  const { rows } = await tx.query<MailboxRow>(`select ${COLUMNS} from platform.mailboxes mailbox where mailbox.workspace_id = $1 and mailbox.id = $2 for update`, [workspaceId, id]);
  return rows[0] ?? null;
};

export type ListedMailboxRow = MailboxRow & { failedCount: number };

export const listMailboxes = async (db: Queryable, workspaceId: string, limit: number): Promise<ListedMailboxRow[]> => {
  const { rows } = await db.query<ListedMailboxRow>(
    `select ${COLUMNS}, (
       select count(*)::integer from platform.mailbox_mails mail where mail.workspace_id = mailbox.workspace_id and mail.mailbox_id = mailbox.id and mail.outcome = 'failed'
     ) as "failedCount"
     from platform.mailboxes mailbox
     where mailbox.workspace_id = $1
     order by mailbox.username, mailbox.folder, mailbox.id
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

/** Takes the mailbox that has waited longest, and moves its time on so that no other node takes it too. */
export const takeDueMailbox = async (db: Queryable, given: { now: Date; leaseUntil: Date }): Promise<MailboxRow | null> => {
  const { rows } = await db.query<MailboxRow>(
    `update platform.mailboxes mailbox
     set next_poll_at = $2
     from (
       select workspace_id, id from platform.mailboxes
       where is_active and next_poll_at <= $1
       order by next_poll_at, id
       limit 1
       for update skip locked
     ) due
     where mailbox.workspace_id = due.workspace_id and mailbox.id = due.id
     returning ${COLUMNS}`,
    [given.now, given.leaseUntil],
  );
  return rows[0] ?? null;
};

/** Where reading goes on in a folder that was opened for the first time, or was made anew. */
export const beginFolder = async (tx: Queryable, row: Pick<MailboxRow, "workspaceId" | "id">, at: { uidValidity: number; lastUid: number }): Promise<void> => {
  await tx.query("update platform.mailboxes set uid_validity = $3, last_uid = $4 where workspace_id = $1 and id = $2", [row.workspaceId, row.id, at.uidValidity, at.lastUid]);
};

/** Reading has passed a mail. */
export const passMail = async (
  tx: Queryable,
  row: Pick<MailboxRow, "workspaceId" | "id">,
  passed: { uidValidity: number; uid: number; outcome: "taken" | "left" | null },
): Promise<void> => {
  await tx.query(
    `update platform.mailboxes
     set last_uid = greatest(last_uid, $4::bigint), taken_count = taken_count + ($5 = 'taken')::integer, left_count = left_count + ($5 = 'left')::integer
     where workspace_id = $1 and id = $2 and uid_validity = $3`,
    [row.workspaceId, row.id, passed.uidValidity, passed.uid, passed.outcome ?? "none"],
  );
};

/** Notes how a poll went. Nothing is noted on a mailbox that was changed meanwhile. */
export const notePoll = async (db: Queryable, row: Pick<MailboxRow, "workspaceId" | "id" | "revision">, poll: { at: Date; nextPollAt: Date; error: string | null }): Promise<void> => {
  await db.query(
    `update platform.mailboxes
     set last_polled_at = $4, next_poll_at = $5, last_error = $6,
       last_success_at = case when $6::text is null then $4 else last_success_at end, failures = case when $6::text is null then 0 else failures + 1 end
     where workspace_id = $1 and id = $2 and revision = $3`,
    [row.workspaceId, row.id, row.revision, poll.at, poll.nextPollAt, poll.error],
  );
};
