// How a folder on a mail server is looked into: read only, nothing is marked, moved or deleted there. What fails out there is a value with a sentence.
import { ImapFlow } from "imapflow";
import type { Config } from "../../config.ts";
import { closedAddress, guardConnection, isClosedAddress } from "../http/http.api.ts";
import { failureText } from "./imap-failures.rules.ts";
import type { Encryption } from "./mailbox.contract.ts";

export const MAIL_BYTES_MAX = 10_000_000;
/** Enough of the headers to know a mail again; some are megabytes long. */
const HEADER_BYTES_MAX = 64_000;
const FOLDERS_MAX = 200;
const LIMITS = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 20_000 };
// A line of a search may name a hundred thousand mails; a server that says more than this at once is no mail server.
const SIZES = { maxLineLength: 2_000_000, maxLiteralSize: MAIL_BYTES_MAX + 1000, maxResponseSize: MAIL_BYTES_MAX + 2_100_000 };

export type ImapPlace = { host: string; port: number; encryption: Encryption; username: string; password: string; folder: string };
export type MailHead = { uid: number; sizeBytes: number; header: Buffer };
export type OpenFolder = {
  uidValidity: number;
  /** The number the next mail will have at least. */
  uidNext: number;
  count: number;
  /** Numbers of the mails after one, upwards. */
  listUids: (after: number) => Promise<number[]>;
  listHeads: (uids: readonly number[]) => Promise<MailHead[]>;
  /** Null when it is gone. */
  fetchMail: (uid: number) => Promise<Buffer | null>;
};
export type SessionResult<Value> = { ok: true; value: Value } | { ok: false; message: string };

/** The mail server failed, not our own work with what it gave. */
class ServerFailure extends Error {}

/** Signs in, opens the folder and hands it to `work`; ends after `timeoutMs` at the latest.
 *  @throws only what `work` throws by itself */
export const withFolder = <Value>(config: Config, place: ImapPlace, timeoutMs: number, work: (folder: OpenFolder) => Promise<Value>): Promise<SessionResult<Value>> =>
  withClient(config, place, timeoutMs, async (client, ask) => {
    const mailbox = await ask(() => client.mailboxOpen(place.folder, { readOnly: true }));
    const listUids = async (after: number): Promise<number[]> => {
      const found = await ask(() => client.search({ uid: `${after + 1}:*` }, { uid: true }));
      // A range that begins after the last mail means the last mail (RFC 3501, 6.4.8).
      return found === false || found === undefined ? [] : found.filter((uid) => uid > after).toSorted((one, other) => one - other);
    };
    return work({
      uidValidity: Number(mailbox.uidValidity),
      uidNext: mailbox.uidNext > 0 ? mailbox.uidNext : ((await listUids(0)).at(-1) ?? 0) + 1,
      count: mailbox.exists,
      listUids,
      listHeads: async (uids) => {
        const part = { key: "HEADER", start: 0, maxLength: HEADER_BYTES_MAX };
        const found = await ask(() => client.fetchAll(uids.join(","), { uid: true, size: true, bodyParts: [part] }, { uid: true }));
        return found.map(({ uid, size, headers }) => ({ uid, sizeBytes: size ?? 0, header: headers ?? Buffer.alloc(0) })).toSorted((one, other) => one.uid - other.uid);
      },
      fetchMail: async (uid) => {
        const found = await ask(() => client.fetchOne(String(uid), { uid: true, source: { maxLength: MAIL_BYTES_MAX } }, { uid: true }));
        return found === false || found === undefined ? null : (found.source ?? null);
      },
    });
  });

/** Names of the folders there are. */
export const listFolders = (config: Config, place: ImapPlace, timeoutMs: number): Promise<SessionResult<string[]>> =>
  withClient(config, place, timeoutMs, async (client, ask) => (await ask(() => client.list())).map(({ path }) => path).slice(0, FOLDERS_MAX));

type Ask = <Reply>(question: () => Promise<Reply>) => Promise<Reply>;

const withClient = async <Value>(config: Config, place: ImapPlace, timeoutMs: number, work: (client: ImapFlow, ask: Ask) => Promise<Value>): Promise<SessionResult<Value>> => {
  const guard = guardConnection(config, place);
  if (!guard.ok) return guard;
  if (place.encryption === "none" && !guard.isAllowed) return { ok: false, message: failureText(place, "not_encrypted") };
  const client = createClient(place, guard.lookup);
  // What goes wrong between two questions shows at the next one.
  client.on("error", () => undefined);
  let isOver = false;
  const deadline = setTimeout(() => {
    isOver = true;
    client.close();
  }, timeoutMs);
  const ask: Ask = async (question) => {
    try {
      return await question();
    } catch (error) {
      throw new ServerFailure(isClosedAddress(error) ? closedAddress(place).message : failureText(place, isOver ? "timeout" : error));
    }
  };
  try {
    await ask(() => client.connect());
    const value = await work(client, ask);
    await client.logout().catch(() => undefined);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof ServerFailure) return { ok: false, message: error.message };
    throw error;
  } finally {
    clearTimeout(deadline);
    client.close();
  }
};

const createClient = (place: ImapPlace, lookup: Parameters<typeof tlsOptions>[0]): ImapFlow =>
  new ImapFlow({
    host: place.host,
    port: place.port,
    secure: place.encryption === "tls",
    ...(place.encryption === "tls" ? {} : { doSTARTTLS: place.encryption === "starttls" }),
    auth: { user: place.username, pass: place.password },
    tls: tlsOptions(lookup),
    clientInfo: { name: "Firsthand", version: "1", vendor: "Firsthand", "support-url": "" },
    // Its log names users and mails.
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    ...LIMITS,
    ...SIZES,
  });

const tlsOptions = (lookup: Extract<ReturnType<typeof guardConnection>, { ok: true }>["lookup"]) => ({
  rejectUnauthorized: true, minVersion: "TLSv1.2" as const, ...(lookup === undefined ? {} : { lookup }),
});
