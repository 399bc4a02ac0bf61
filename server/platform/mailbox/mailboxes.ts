import type { Actor } from "../access/access.api.ts";
import { recordAudit } from "../audit/audit.api.ts";
import { newId, transaction } from "../db/db.api.ts";
import type { Queryable } from "../db/db.api.ts";
import { httpErrors } from "../http/http.api.ts";
import type { Services } from "../services/services.api.ts";
import type { StoredSecrets } from "../secrets/secrets.api.ts";
import { listFolders, withFolder } from "./imap-session.ts";
import { passwordPlace } from "./mailbox-secrets.ts";
import type { Mailbox, MailboxChange, MailboxTest, MailboxTestResult, NewMailbox } from "./mailbox.contract.ts";
import { mailboxErrors } from "./mailbox.errors.ts";
import * as queries from "./mailbox.queries.ts";
import type { ListedMailboxRow, MailboxRow } from "./mailbox.queries.ts";
import { pollMailbox } from "./polling.ts";

export const MAILBOXES_MAX = 50;
const TEST_MS = 20_000;

/** Adds a mailbox; it is read within a minute. */
export const createMailbox = async (services: Services, actor: Actor, { password, ...given }: NewMailbox): Promise<Mailbox> => {
  const id = newId();
  const now = services.clock.now();
  const row: MailboxRow = {
    ...given, workspaceId: actor.workspaceId, id, secrets: services.secrets.seal(passwordPlace({ workspaceId: actor.workspaceId, id }), { password }), createdAt: now,
    uidValidity: null, lastUid: 0, nextPollAt: now, lastPolledAt: null, lastSuccessAt: null, failures: 0, lastError: null, takenCount: 0, leftCount: 0, revision: 1,
  };
  await transaction(services.db, async (tx) => {
    const outcome = await queries.insertMailbox(tx, row, MAILBOXES_MAX);
    if (outcome === "full") throw mailboxErrors.refuse("mailbox_limit", `There are ${MAILBOXES_MAX} mailboxes already. Remove one first.`);
    if (outcome === "there") throw alreadyRead(row);
    await recordAudit(tx, actor, { action: "mailbox.created", subject: id, details: { host: row.host, folder: row.folder } });
  });
  return showMailbox(services, { ...row, failedCount: 0 });
};

export const changeMailbox = async (services: Services, actor: Actor, id: string, { password, ...change }: MailboxChange): Promise<Mailbox> => {
  await transaction(services.db, async (tx) => {
    const before = await getMailbox(tx, actor.workspaceId, id, queries.lockMailbox);
    const row = { ...before, ...given(change), nextPollAt: services.clock.now() };
    const secrets = password === undefined ? keptSecrets(services, before, row) : services.secrets.seal(passwordPlace(before), { password });
    if (await queries.hasMailboxAt(tx, row)) throw alreadyRead(row);
    const isSameFolder = row.host === before.host && row.username === before.username && row.folder === before.folder;
    await queries.updateMailbox(tx, { ...row, secrets, ...(isSameFolder ? {} : { uidValidity: null, lastUid: 0 }) });
    await recordAudit(tx, actor, { action: "mailbox.changed", subject: id, details: { fields: [...Object.keys(given(change)), ...(password === undefined ? [] : ["password"])] } });
  });
  return getShown(services, actor.workspaceId, id);
};

export const removeMailbox = async (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await queries.deleteMailbox(tx, actor.workspaceId, id))) throw unknownMailbox();
    await recordAudit(tx, actor, { action: "mailbox.removed", subject: id, details: {} });
  });

/** Reads a mailbox at once instead of when its time comes. */
export const pollNow = async (services: Services, actor: Actor, id: string): Promise<Mailbox> => {
  const mailbox = await getMailbox(services.db, actor.workspaceId, id);
  if (!mailbox.isActive) throw mailboxErrors.refuse("mailbox_paused", "This mailbox is paused. Resume it first.");
  await pollMailbox(services, mailbox);
  return getShown(services, actor.workspaceId, id);
};

/** Tries a form out before it is saved. Nothing is kept and no mail is read. */
export const testMailbox = async (services: Services, actor: Actor, { password, mailboxId, ...place }: MailboxTest): Promise<MailboxTestResult> => {
  const kept = mailboxId === undefined ? null : await getMailbox(services.db, actor.workspaceId, mailboxId);
  const stored: StoredSecrets = password !== undefined ? { password } : kept === null ? {} : keptSecrets(services, kept, place);
  const opened = services.secrets.open(passwordPlace({ workspaceId: actor.workspaceId, id: kept?.id ?? "" }), stored);
  if (!opened.ok) return notConnected(opened.message);
  if (opened.values["password"] === undefined) throw passwordMissing();
  const signedIn = { ...place, password: opened.values["password"] };
  const folders = await listFolders(services.config, signedIn, TEST_MS);
  if (!folders.ok) return notConnected(folders.message);
  const looked = await withFolder(services.config, signedIn, TEST_MS, async ({ count }) => count);
  return looked.ok ? { isConnected: true, message: null, mails: looked.value, folders: folders.value } : { ...notConnected(looked.message), folders: folders.value };
};

export const listShown = async (services: Services, workspaceId: string): Promise<Mailbox[]> =>
  (await queries.listMailboxes(services.db, workspaceId, MAILBOXES_MAX)).map((row) => showMailbox(services, row));

const getShown = async (services: Services, workspaceId: string, id: string): Promise<Mailbox> => {
  const shown = (await listShown(services, workspaceId)).find((mailbox) => mailbox.id === id);
  if (shown === undefined) throw unknownMailbox();
  return shown;
};

/** @throws not_found */
const getMailbox = async (db: Queryable, workspaceId: string, id: string, find = queries.findMailbox): Promise<MailboxRow> => {
  const mailbox = await find(db, workspaceId, id);
  if (mailbox === null) throw unknownMailbox();
  return mailbox;
};

// A kept password goes only where it went before: with a changed address it could be sent to somebody else.
const keptSecrets = (services: Services, before: MailboxRow, now: Pick<MailboxRow, "host" | "port" | "username" | "encryption">): StoredSecrets => {
  const isSamePlace = before.host === now.host && before.port === now.port && before.username === now.username && before.encryption === now.encryption;
  if (!isSamePlace || before.secrets["password"] === undefined || !services.secrets.open(passwordPlace(before), before.secrets).ok) throw passwordMissing();
  return before.secrets;
};

/** A mailbox as members see it: without its password. */
const showMailbox = (services: Services, row: ListedMailboxRow): Mailbox => {
  const opened = services.secrets.open(passwordPlace(row), row.secrets);
  const lastError = opened.ok ? row.lastError : opened.message;
  return {
    id: row.id, host: row.host, port: row.port, encryption: row.encryption, username: row.username, folder: row.folder, everyMinutes: row.everyMinutes, isActive: row.isActive,
    state: !row.isActive ? "paused" : lastError !== null ? "failing" : row.lastSuccessAt === null ? "waiting" : "working",
    hasPassword: opened.ok, lastPolledAt: row.lastPolledAt?.toISOString() ?? null, lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
    nextPollAt: row.isActive ? row.nextPollAt.toISOString() : null, failures: row.failures, lastError, taken: row.takenCount, left: row.leftCount, quarantined: row.failedCount,
  };
};

// Only what was said: a missing field stays as it is.
const given = (change: Omit<MailboxChange, "password">): Partial<Pick<MailboxRow, "host" | "port" | "encryption" | "username" | "folder" | "everyMinutes" | "isActive">> => ({
  ...(change.host === undefined ? {} : { host: change.host }), ...(change.port === undefined ? {} : { port: change.port }), ...(change.encryption === undefined ? {} : { encryption: change.encryption }),
  ...(change.username === undefined ? {} : { username: change.username }), ...(change.folder === undefined ? {} : { folder: change.folder }),
  ...(change.everyMinutes === undefined ? {} : { everyMinutes: change.everyMinutes }), ...(change.isActive === undefined ? {} : { isActive: change.isActive }),
});

const notConnected = (message: string): MailboxTestResult => ({ isConnected: false, message, mails: 0, folders: [] });
const unknownMailbox = () => httpErrors.refuse("not_found", "There is no such mailbox in this workspace.");
const passwordMissing = () => mailboxErrors.refuse("mailbox_password_missing", "Enter the password: none is kept for this user name on this server.");
const alreadyRead = ({ username, folder }: MailboxRow) => mailboxErrors.refuse("mailbox_already_read", `The folder "${folder}" of ${username} is read already.`);
