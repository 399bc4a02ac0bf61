import type { Queryable } from "../db/db.api.ts";

export type Mail = {
  id: string; workspaceId: string | null; to: string; subject: string; text: string; html: string | null;
  key: string | null; fromName: string | null; replyTo: string | null; returnPath: string | null; messageId: string | null;
  headers: Record<string, string> | null; fileIds: string[]; isOnce: boolean;
};

/** @returns false when a mail with this key is there already */
export const insertMail = async (tx: Queryable, mail: Mail): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into platform.mails (id, workspace_id, recipient, subject, body_text, body_html, key, from_name, reply_to, return_path, message_id, headers, is_once, file_ids)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::uuid[])
     on conflict (key) where key is not null do nothing`,
    [
      mail.id, mail.workspaceId, mail.to, mail.subject, mail.text, mail.html, mail.key, mail.fromName, mail.replyTo, mail.returnPath, mail.messageId,
      mail.headers === null ? null : JSON.stringify(mail.headers), mail.isOnce, mail.fileIds,
    ],
  );
  return rowCount === 1;
};

/** Takes a waiting mail for delivery, unless another worker has it and may still be alive.
 *  @param attempt `claim` is the taker's mark; `goneBefore` is since when a taker counts as dead */
export const claimMail = async (db: Queryable, id: string, attempt: { claim: string; at: Date; goneBefore: Date }): Promise<Mail | null> => {
  const { rows } = await db.query<Mail>(
    `update platform.mails
     set claim = $2, claimed_at = $3, handed_over_at = null
     where id = $1 and sent_at is null and refused_at is null and (claimed_at is null or claimed_at < $4) and (handed_over_at is null or not is_once)
     returning id, workspace_id as "workspaceId", recipient as "to", subject, body_text as "text", body_html as "html", key, from_name as "fromName",
       reply_to as "replyTo", return_path as "returnPath", message_id as "messageId", headers, file_ids as "fileIds", is_once as "isOnce"`,
    [id, attempt.claim, attempt.at, attempt.goneBefore],
  );
  return rows[0] ?? null;
};

/** Notes that the next byte completes the mail at the mail server.
 *  @returns false when somebody else has taken the mail meanwhile: then it must not be completed */
export const noteHandingOver = async (db: Queryable, id: string, claim: string): Promise<boolean> => {
  const { rowCount } = await db.query("update platform.mails set handed_over_at = now() where id = $1 and claim = $2 and sent_at is null", [id, claim]);
  return rowCount === 1;
};

/** The mail server said no for now, or could not be reached: the mail waits again. */
export const releaseMail = async (db: Queryable, id: string, claim: string): Promise<void> => {
  await db.query("update platform.mails set claim = null, claimed_at = null, handed_over_at = null where id = $1 and claim = $2 and sent_at is null", [id, claim]);
};

// What a mail said is not needed once it is sent; reset links in particular must not lie about.
export const markMailSent = async (db: Queryable, id: string, at: Date): Promise<void> => {
  await db.query("update platform.mails set sent_at = $2, body_text = '', body_html = null where id = $1", [id, at]);
};

export const markMailRefused = async (db: Queryable, id: string, refused: { at: Date; refusal: string }): Promise<void> => {
  await db.query("update platform.mails set refused_at = $2, refusal = $3, body_text = '', body_html = null where id = $1", [id, refused.at, refused.refusal]);
};

/** Mails whose taker died in the moment of handing over count as sent, where twice would be worse than never. */
export const settleDoubtfulMails = async (db: Queryable, goneBefore: Date): Promise<void> => {
  await db.query(
    `update platform.mails
     set sent_at = handed_over_at, body_text = '', body_html = null
     where sent_at is null and refused_at is null and is_once and handed_over_at is not null and claimed_at < $1`,
    [goneBefore],
  );
};

/** Mails that wait although nobody is at them: their job died with its server. */
export const listForgottenMails = async (db: Queryable, before: { createdBefore: Date; goneBefore: Date }, limit: number): Promise<{ id: string; workspaceId: string | null }[]> => {
  const { rows } = await db.query<{ id: string; workspaceId: string | null }>(
    `select id, workspace_id as "workspaceId"
     from platform.mails
     where sent_at is null and refused_at is null and created_at < $1 and claimed_at < $2
     order by created_at, id
     limit $3`,
    [before.createdBefore, before.goneBefore, limit],
  );
  return rows;
};

export type MailState = { id: string; sentAt: Date | null; refusedAt: Date | null; refusal: string | null };

/** How far mails have come. */
export const listMailStates = async (db: Queryable, ids: readonly string[]): Promise<MailState[]> => {
  const { rows } = await db.query<MailState>(
    `select id, sent_at as "sentAt", refused_at as "refusedAt", refusal from platform.mails where id = any ($1::uuid[]) order by id`,
    [[...ids]],
  );
  return rows;
};

export type MailFile = { name: string; contentType: string; content: Buffer };

export const insertMailFile = async (tx: Queryable, file: MailFile & { id: string; workspaceId: string }): Promise<void> => {
  await tx.query("insert into platform.mail_files (id, workspace_id, name, content_type, content) values ($1, $2, $3, $4, $5)", [
    file.id, file.workspaceId, file.name, file.contentType, file.content,
  ]);
};

/** In the order of the ids. */
export const listMailFiles = async (db: Queryable, ids: readonly string[]): Promise<MailFile[]> => {
  const { rows } = await db.query<MailFile>(
    `select name, content_type as "contentType", content
     from platform.mail_files
     where id = any ($1::uuid[])
     order by array_position($1::uuid[], id)`,
    [[...ids]],
  );
  return rows;
};

export const deleteOldMailFiles = async (db: Queryable, createdBefore: Date): Promise<void> => {
  await db.query("delete from platform.mail_files where created_at < $1", [createdBefore]);
};
