import type { Queryable } from "../db/db.api.ts";
import { newId } from "../db/db.api.ts";
import { enqueue } from "../jobs/jobs.api.ts";
import { insertMail, insertMailFile } from "./mail.queries.ts";

export type NewMail = {
  /** Null for mail of the installation itself, such as a password reset. */
  workspaceId: string | null;
  to: string;
  subject: string;
  text: string;
  html?: string;
  fromName?: string;
  replyTo?: string;
  /** Where what cannot be delivered is sent back to. */
  returnPath?: string;
  messageId?: string;
  /** Files that go along, kept before with `keepMailFile`: the same ones may go with many mails. */
  fileIds?: readonly string[];
  /** Further header lines, such as List-Unsubscribe. */
  headers?: Record<string, string>;
  /** The same key is the same mail, whoever asks however often. Such a mail is rather lost than sent twice when a server dies while
   *  handing it over; without a key a mail is rather sent twice. */
  key?: string;
};

/** Sends a mail once the caller's transaction commits; delivery is retried for about a day.
 *  @returns its id, under which `listMailStates` tells how far it came; null when a mail with this key was there already */
export const sendMail = async (tx: Queryable, mail: NewMail): Promise<string | null> => {
  const id = newId();
  const isNew = await insertMail(tx, {
    id, workspaceId: mail.workspaceId, to: mail.to, subject: mail.subject, text: mail.text, html: mail.html ?? null, key: mail.key ?? null,
    fromName: mail.fromName ?? null, replyTo: mail.replyTo ?? null, returnPath: mail.returnPath ?? null, messageId: mail.messageId ?? null,
    headers: mail.headers ?? null, fileIds: [...(mail.fileIds ?? [])], isOnce: mail.key !== undefined,
  });
  if (!isNew) return null;
  await enqueue(tx, "mail.send", { mailId: id, workspaceId: mail.workspaceId }, { maxAttempts: 20 });
  return id;
};

/** Keeps a file for mails of the same transaction. It is forgotten after a week, when every mail has long gone or failed.
 *  @returns its id, for `fileIds` */
export const keepMailFile = async (tx: Queryable, file: { workspaceId: string; name: string; contentType: string; content: Buffer }): Promise<string> => {
  const id = newId();
  await insertMailFile(tx, { ...file, id });
  return id;
};
