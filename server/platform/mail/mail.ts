import type { Queryable } from "../db/db.api.ts";
import { newId } from "../db/db.api.ts";
import { enqueue } from "../jobs/jobs.api.ts";
import { insertMail } from "./mail.queries.ts";

/** Sends a mail once the caller's transaction commits; delivery is retried for about a day.
 *  @param mail `workspaceId` null for mail of the installation itself, such as a password reset */
export const sendMail = async (
  tx: Queryable,
  mail: { workspaceId: string | null; to: string; subject: string; text: string; html?: string },
): Promise<void> => {
  const id = newId();
  await insertMail(tx, { id, workspaceId: mail.workspaceId, to: mail.to, subject: mail.subject, text: mail.text, html: mail.html ?? null });
  await enqueue(tx, "mail.send", { mailId: id, workspaceId: mail.workspaceId }, { maxAttempts: 20 });
};
