import type { Actor } from "../access/access.api.ts";
import { recordAudit } from "../audit/audit.api.ts";
import { transaction } from "../db/db.api.ts";
import { httpErrors } from "../http/http.api.ts";
import type { Services } from "../services/services.api.ts";
import { UnreadableMail, offerMail } from "./mail-readers.ts";
import type { RetriedMail } from "./mailbox.contract.ts";
import { mailboxErrors } from "./mailbox.errors.ts";
import * as mails from "./mails.queries.ts";

const CONTENT_DAYS = 30;
/** Longer than any folder is likely to be moved to another server and read anew. */
const READ_DAYS = 400;
const DAY_MS = 86_400_000;

/** Reads a mail again that could not be read, with what the readers are by now.
 *  @throws not_found, mail_not_kept */
export const retryMail = async (services: Services, actor: Actor, id: string): Promise<RetriedMail> => {
  const { workspaceId } = actor;
  try {
    const reader = await transaction(services.db, async (tx) => {
      const kept = await mails.lockFailedMail(tx, workspaceId, id);
      if (kept === null) throw unknownMail();
      if (kept.content === null) throw notKept();
      const name = await offerMail({ services, tx, workspaceId, raw: kept.content });
      await mails.settleFailedMail(tx, { workspaceId, id, reader: name });
      await recordAudit(tx, actor, { action: "mail.retried", subject: id, details: { reader: name } });
      return name;
    });
    return { outcome: reader === null ? "left" : "taken", reason: null };
  } catch (error) {
    if (!(error instanceof UnreadableMail)) throw error;
    await mails.noteFailedAgain(services.db, { workspaceId, id, reason: error.message });
    return { outcome: "failed", reason: error.message };
  }
};

/** Gives a mail up: it stays on its server, what was kept of it here goes. */
export const giveMailUp = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if ((await mails.lockFailedMail(tx, actor.workspaceId, id)) === null) throw unknownMail();
    await mails.settleFailedMail(tx, { workspaceId: actor.workspaceId, id, reader: null });
    await recordAudit(tx, actor, { action: "mail.given_up", subject: id, details: {} });
  });

export const cleanMails = (services: Services): Promise<void> => {
  const now = services.clock.now().getTime();
  return mails.forgetOldMails(services.db, { contentBefore: new Date(now - CONTENT_DAYS * DAY_MS), readBefore: new Date(now - READ_DAYS * DAY_MS) });
};

const unknownMail = () => httpErrors.refuse("not_found", "There is no such mail in the quarantine of this workspace.");
const notKept = () => mailboxErrors.refuse("mail_not_kept", "The mail itself is not kept: it was too large, or it waited longer than 30 days. Read it in your mail program, and give it up here.");
