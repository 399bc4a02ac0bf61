import type { Queryable } from "../db/db.api.ts";

export type ReadMail = { workspaceId: string; mailboxId: string; fingerprint: string; id: string; sizeBytes: number; at: Date };
export type FailedMail = ReadMail & { reason: string; sender: string | null; subject: string | null; content: Buffer | null };

/** Which of these were read before, under whatever number. */
export const listKnownMails = async (db: Queryable, mailbox: { workspaceId: string; id: string }, fingerprints: readonly string[]): Promise<string[]> => {
  const { rows } = await db.query<{ fingerprint: string }>(
    "select fingerprint from platform.mailbox_mails where workspace_id = $1 and mailbox_id = $2 and fingerprint = any ($3::text[])",
    [mailbox.workspaceId, mailbox.id, [...fingerprints]],
  );
  return rows.map(({ fingerprint }) => fingerprint);
};

/** Notes that a mail was read.
 *  @returns false when it had been before */
export const insertMail = async (tx: Queryable, mail: ReadMail, reader: string | null): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into platform.mailbox_mails (workspace_id, mailbox_id, fingerprint, id, outcome, reader, read_at, size_bytes)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (workspace_id, mailbox_id, fingerprint) do nothing`,
    [mail.workspaceId, mail.mailboxId, mail.fingerprint, mail.id, reader === null ? "left" : "taken", reader, mail.at, mail.sizeBytes],
  );
  return rowCount === 1;
};

/** Keeps a mail aside that could not be read. */
export const insertFailedMail = async (tx: Queryable, mail: FailedMail): Promise<void> => {
  await tx.query(
    `insert into platform.mailbox_mails (workspace_id, mailbox_id, fingerprint, id, outcome, read_at, size_bytes, reason, sender, subject, content)
     values ($1, $2, $3, $4, 'failed', $5, $6, $7, $8, $9, $10)
     on conflict (workspace_id, mailbox_id, fingerprint) do nothing`,
    [mail.workspaceId, mail.mailboxId, mail.fingerprint, mail.id, mail.at, mail.sizeBytes, mail.reason, mail.sender, mail.subject, mail.content],
  );
};

export const countFailedMails = async (db: Queryable, mailbox: { workspaceId: string; id: string }): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    "select count(*)::integer as count from platform.mailbox_mails where workspace_id = $1 and mailbox_id = $2 and outcome = 'failed'",
    [mailbox.workspaceId, mailbox.id],
  );
  return rows[0]?.count ?? 0;
};

export type ListedFailedMail = { id: string; mailboxId: string; mailbox: string; sender: string | null; subject: string | null; sizeBytes: number; reason: string; tries: number; canRetry: boolean; readAt: Date };

export const listFailedMails = async (db: Queryable, workspaceId: string, given: { before: { at: string; id: string } | null; limit: number }): Promise<ListedFailedMail[]> => {
  const { rows } = await db.query<ListedFailedMail>(
    `select mail.id, mail.mailbox_id as "mailboxId", mailbox.username as mailbox, mail.sender, mail.subject, mail.size_bytes::double precision as "sizeBytes",
       coalesce(mail.reason, '') as reason, mail.tries, mail.content is not null as "canRetry", mail.read_at as "readAt"
     from platform.mailbox_mails mail
     join platform.mailboxes mailbox on mailbox.workspace_id = mail.workspace_id and mailbox.id = mail.mailbox_id
     where mail.workspace_id = $1 and mail.outcome = 'failed' and ($2::timestamptz is null or (mail.read_at, mail.id) < ($2, $3::uuid))
     order by mail.read_at desc, mail.id desc
     limit $4`,
    [workspaceId, given.before?.at ?? null, given.before?.id ?? null, given.limit],
  );
  return rows;
};

export type KeptMail = { mailboxId: string; id: string; content: Buffer | null };

/** A mail that waits for a decision; nobody else decides until the transaction ends. */
export const lockFailedMail = async (tx: Queryable, workspaceId: string, id: string): Promise<KeptMail | null> => {
  const { rows } = await tx.query<KeptMail>(
    `select mailbox_id as "mailboxId", id, content from platform.mailbox_mails where workspace_id = $1 and id = $2 and outcome = 'failed' for update`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** The mail was read after all, or is given up: what it said is kept no longer. */
export const settleFailedMail = async (tx: Queryable, given: { workspaceId: string; id: string; reader: string | null }): Promise<void> => {
  await tx.query(
    `with settled as (
       update platform.mailbox_mails
       set outcome = case when $3::text is null then 'left' else 'taken' end, reader = $3, reason = null, sender = null, subject = null, content = null
       where workspace_id = $1 and id = $2 and outcome = 'failed'
       returning workspace_id, mailbox_id, outcome
     )
     update platform.mailboxes mailbox
     set taken_count = mailbox.taken_count + (settled.outcome = 'taken')::integer, left_count = mailbox.left_count + (settled.outcome = 'left')::integer
     from settled
     where mailbox.workspace_id = settled.workspace_id and mailbox.id = settled.mailbox_id`,
    [given.workspaceId, given.id, given.reader],
  );
};

export const noteFailedAgain = async (db: Queryable, given: { workspaceId: string; id: string; reason: string }): Promise<void> => {
  await db.query("update platform.mailbox_mails set tries = tries + 1, reason = $3 where workspace_id = $1 and id = $2 and outcome = 'failed'", [given.workspaceId, given.id, given.reason]);
};

/** What mails say that nobody looked at in time is kept no longer; that they were read is forgotten much later. */
export const forgetOldMails = async (db: Queryable, given: { contentBefore: Date; readBefore: Date }): Promise<void> => {
  await db.query("update platform.mailbox_mails set content = null where content is not null and read_at < $1", [given.contentBefore]);
  await db.query("delete from platform.mailbox_mails where read_at < $1 and outcome <> 'failed'", [given.readBefore]);
};
