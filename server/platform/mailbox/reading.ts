// From the folder of a mail server into the workspace: every mail once, in its order, none lost.
import { createHash } from "node:crypto";
import PostalMime from "postal-mime";
import { newId, transaction } from "../db/db.api.ts";
import type { Services } from "../services/services.api.ts";
import { MAIL_BYTES_MAX } from "./imap-session.ts";
import type { MailHead, OpenFolder } from "./imap-session.ts";
import { UnreadableMail, offerMail } from "./mail-readers.ts";
import { beginFolder, lockMailbox, passMail } from "./mailbox.queries.ts";
import type { MailboxRow } from "./mailbox.queries.ts";
import * as mails from "./mails.queries.ts";

const CHUNK = 50;
const MAILS_MAX = 500;

/** Somebody changed, paused or removed the mailbox, or another poll reads it: this one ends. */
class Overtaken extends Error {}

/** Reads what is new in a folder.
 *  @returns whether there is more than one poll reads */
export const readNewMails = async (services: Services, mailbox: MailboxRow, folder: OpenFolder): Promise<{ isMore: boolean }> => {
  try {
    const lastUid = await findBeginning(services, mailbox, folder);
    const uids = await folder.listUids(lastUid);
    const now = uids.slice(0, MAILS_MAX);
    for (let from = 0; from < now.length; from += CHUNK) await readChunk(services, mailbox, { folder, uids: now.slice(from, from + CHUNK) });
    return { isMore: uids.length > now.length };
  } catch (error) {
    if (error instanceof Overtaken) return { isMore: false };
    throw error;
  }
};

// A folder that was made anew is read from its beginning: what was read before is known by its headers and passed over.
const findBeginning = (services: Services, mailbox: MailboxRow, { uidValidity, uidNext }: OpenFolder): Promise<number> =>
  transaction(services.db, async (tx) => {
    const now = await lockMailbox(tx, mailbox.workspaceId, mailbox.id);
    if (now === null || now.revision !== mailbox.revision) throw new Overtaken();
    if (now.uidValidity === uidValidity) return now.lastUid;
    const lastUid = now.uidValidity === null && !now.readsOld ? uidNext - 1 : 0;
    await beginFolder(tx, mailbox, { uidValidity, lastUid });
    return lastUid;
  });

const readChunk = async (services: Services, mailbox: MailboxRow, { folder, uids }: { folder: OpenFolder; uids: readonly number[] }): Promise<void> => {
  const { uidValidity } = folder;
  const heads = (await folder.listHeads(uids)).map((head): Arrived => ({ ...head, uidValidity, fingerprint: fingerprintOf(head, uidValidity) }));
  const known = new Set(await mails.listKnownMails(services.db, mailbox, heads.map(({ fingerprint }) => fingerprint)));
  for (const head of heads) {
    if (known.has(head.fingerprint)) continue;
    if (head.sizeBytes > MAIL_BYTES_MAX) await keepAside(services, mailbox, head, { reason: `The mail has ${Math.round(head.sizeBytes / 1_000_000)} MB; at most 10 MB are read.`, raw: null });
    else {
      const raw = await folder.fetchMail(head.uid);
      if (raw !== null) await takeMail(services, mailbox, head, raw);
    }
  }
  // Also past those that were known, or gone before they were read.
  await passMail(services.db, mailbox, { uidValidity, uid: uids.at(-1) ?? 0, outcome: null });
};

type Arrived = MailHead & { uidValidity: number; fingerprint: string };

// What the reader writes, that the mail was read, and where reading goes on: all of it or nothing, also when the process dies.
const takeMail = async (services: Services, mailbox: MailboxRow, arrived: Arrived, raw: Buffer): Promise<void> => {
  try {
    await transaction(services.db, async (tx) => {
      await holdPlace(tx, mailbox, arrived);
      const read = { workspaceId: mailbox.workspaceId, mailboxId: mailbox.id, fingerprint: arrived.fingerprint, id: newId(), sizeBytes: raw.length, at: services.clock.now() };
      if ((await mails.listKnownMails(tx, mailbox, [arrived.fingerprint])).length > 0) return passMail(tx, mailbox, { ...arrived, outcome: null });
      const reader = await offerMail({ services, tx, workspaceId: mailbox.workspaceId, raw });
      await mails.insertMail(tx, read, reader);
      await passMail(tx, mailbox, { ...arrived, outcome: reader === null ? "left" : "taken" });
    });
  } catch (error) {
    if (!(error instanceof UnreadableMail)) throw error;
    await keepAside(services, mailbox, arrived, { reason: error.message, raw });
  }
};

const keepAside = async (services: Services, mailbox: MailboxRow, arrived: Arrived, { reason, raw }: { reason: string; raw: Buffer | null }): Promise<void> => {
  const said = await namesIn(arrived.header);
  await transaction(services.db, async (tx) => {
    await holdPlace(tx, mailbox, arrived);
    await mails.insertFailedMail(tx, {
      workspaceId: mailbox.workspaceId, mailboxId: mailbox.id, fingerprint: arrived.fingerprint, id: newId(), sizeBytes: arrived.sizeBytes, at: services.clock.now(), reason, ...said, content: raw,
    });
    await passMail(tx, mailbox, { ...arrived, outcome: null });
  });
};

const holdPlace = async (tx: Parameters<typeof lockMailbox>[0], mailbox: MailboxRow, { uid, uidValidity }: Arrived): Promise<void> => {
  const now = await lockMailbox(tx, mailbox.workspaceId, mailbox.id);
  const isOurs = now !== null && now.revision === mailbox.revision && now.isActive === mailbox.isActive && now.uidValidity === uidValidity && now.lastUid < uid;
  if (!isOurs) throw new Overtaken();
};

// Two mails never have the same headers: each server on the way writes its own time and number. A body may come twice.
const fingerprintOf = ({ header, uid }: MailHead, uidValidity: number): string =>
  createHash("sha256").update(header.length === 0 ? `no header ${uidValidity} ${uid}` : header).digest("base64url");

const namesIn = async (header: Buffer): Promise<{ sender: string | null; subject: string | null }> => {
  try {
    const { from, subject } = await PostalMime.parse(header);
    return { sender: plain(from?.address), subject: plain(subject) };
  } catch {
    return { sender: null, subject: null };
  }
};

// PostgreSQL takes no zero bytes in a text.
const plain = (text: string | undefined): string | null => (text === undefined || text === "" ? null : text.replaceAll("\0", "").toWellFormed().slice(0, 300));

