import { fetchOutside } from "#platform/http";
import type { OutsideReply } from "#platform/http";
import type { Services } from "#platform/services";
import type { ConnectorContext, ConnectorRequest, FoundPage, FoundReview } from "./connector.contract.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { isPassing, nextPollAt, refusalText, retryAfterMs } from "./polling.rules.ts";
import { saveReviews } from "./receiving.ts";
import { notePoll } from "./sources.queries.ts";
import type { SourceRow } from "./sources.queries.ts";
import { readXml } from "./xml-document.ts";

const PAGES_MAX = 20;
const LIMITS = { timeoutMs: 20_000, sizeBytesMax: 8_000_000 };

type Failure = { ok: false; message: string; retryAfterMs: number | null; isPassing: boolean };
type Asked<Value> = { ok: true; value: Value } | Failure;

/** Asks a source for what is new and notes how it went. A source that fails is a value: it is asked again later, after a longer pause each time. */
export const pollSource = async (services: Services, source: SourceRow): Promise<void> => {
  const { channel } = CONNECTORS[source.kind];
  const polled = await readNewPages(services, source);
  const at = services.clock.now();
  const next = (failures: number, wish: number | null): Date => new Date(nextPollAt({ nowMs: at.getTime(), channel, failures, retryAfterMs: wish }));
  const place = { workspaceId: source.workspaceId, id: source.id, at };
  if (!polled.ok) {
    await notePoll(services.db, { ...place, nextPollAt: next(source.failures + 1, polled.retryAfterMs), result: { isSuccess: false, message: polled.message } });
    return;
  }
  await notePoll(services.db, { ...place, nextPollAt: next(0, null), result: { isSuccess: true, ...polled.value } });
};

/** Asks for the first page only and keeps nothing: shows whether address and access are right. */
export const readFirstPage = async (services: Services, source: Pick<SourceRow, "kind" | "settings" | "secrets">): Promise<Asked<readonly FoundReview[]>> => {
  const polling = CONNECTORS[source.kind].poll;
  if (polling === undefined) return { ok: true, value: [] };
  const signedIn = await signIn(services, source);
  if (!signedIn.ok) return signedIn;
  const page = await readPage(services, source, { context: signedIn.value, request: polling.first(signedIn.value) });
  return page.ok ? { ok: true, value: page.value?.page.reviews ?? [] } : page;
};

/** Settings, secrets and what signing in gave. */
export const signIn = async (services: Services, source: Pick<SourceRow, "kind" | "settings" | "secrets">): Promise<Asked<ConnectorContext>> => {
  const connector = CONNECTORS[source.kind];
  const context: ConnectorContext = { settings: source.settings, secrets: source.secrets, session: {} };
  const request = connector.signIn?.request(context) ?? null;
  if (connector.signIn === undefined || request === null) return { ok: true, value: context };
  const asked = await ask(services, request);
  if (!asked.ok) return asked;
  const session = connector.signIn.read(readJson(asked.value.text));
  return session === null ? failed(`${hostOf(request)} let us in but gave no token.`) : { ok: true, value: { ...context, session } };
};

/** Sends a request of a connector.
 *  @returns the reply when it is a success; else what went wrong, in a sentence */
export const ask = async (services: Services, request: ConnectorRequest): Promise<Asked<Extract<OutsideReply, { ok: true }>>> => {
  const reply = await fetchOutside(services.config, request, LIMITS);
  if (!reply.ok) return { ...failed(reply.message), isPassing: reply.reason === "timeout" || reply.reason === "unreachable" };
  if (reply.status < 400) return { ok: true, value: reply };
  const wish = retryAfterMs(reply.headers["retry-after"], services.clock.now().getTime());
  return { ...failed(refusalText(hostOf(request), reply.status)), retryAfterMs: wish, isPassing: isPassing(reply.status) };
};

type Stamps = { newCount: number; etag: string | null; lastModified: string | null };

const readNewPages = async (services: Services, source: SourceRow): Promise<Asked<Stamps>> => {
  const polling = CONNECTORS[source.kind].poll;
  const stamps: Stamps = { newCount: 0, etag: source.etag, lastModified: source.lastModified };
  if (polling === undefined) return { ok: true, value: stamps };
  const signedIn = await signIn(services, source);
  if (!signedIn.ok) return signedIn;
  let request: ConnectorRequest | null = conditional(polling.first(signedIn.value), source);
  for (let count = 0; request !== null && count < PAGES_MAX; count += 1) {
    const read: Asked<ReadPage | null> = await readPage(services, source, { context: signedIn.value, request });
    if (!read.ok) return read;
    if (read.value === null) return { ok: true, value: stamps };
    const saved = await saveReviews(services, source, read.value.page.reviews);
    stamps.newCount += saved.added + saved.changed;
    if (count === 0) Object.assign(stamps, { etag: read.value.etag, lastModified: read.value.lastModified });
    // The newest come first: a page without anything new ends the reading.
    request = saved.added + saved.changed === 0 ? null : read.value.page.next;
  }
  return { ok: true, value: stamps };
};

type ReadPage = { page: FoundPage; etag: string | null; lastModified: string | null };

/** One page; null when the source says that nothing changed. */
const readPage = async (
  services: Services,
  source: Pick<SourceRow, "kind">,
  { context, request }: { context: ConnectorContext; request: ConnectorRequest },
): Promise<Asked<ReadPage | null>> => {
  const polling = CONNECTORS[source.kind].poll;
  const asked = await ask(services, request);
  if (!asked.ok) return asked;
  if (polling === undefined || asked.value.status === 304) return { ok: true, value: null };
  const { text, headers } = asked.value;
  const stamps = { etag: headers["etag"] ?? null, lastModified: headers["last-modified"] ?? null };
  if (polling.format === "json") {
    const document = readJson(text);
    if (document === undefined) return failed(`${hostOf(request)} answered with something that is not JSON.`);
    return { ok: true, value: { page: polling.read(document, context, request), ...stamps } };
  }
  const document = readXml(text);
  if (document === null) return failed(`${hostOf(request)} answered with something that is not a feed (XML).`);
  return { ok: true, value: { page: polling.read(document, context, request), ...stamps } };
};

const conditional = (request: ConnectorRequest, source: SourceRow): ConnectorRequest => ({
  ...request,
  headers: {
    ...request.headers,
    ...(source.etag === null ? {} : { "if-none-match": source.etag }),
    ...(source.lastModified === null ? {} : { "if-modified-since": source.lastModified }),
  },
});

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const failed = (message: string): Failure => ({ ok: false, message, retryAfterMs: null, isPassing: false });
const hostOf = ({ url }: ConnectorRequest): string => (URL.canParse(url) ? new URL(url).host : url.slice(0, 100));
