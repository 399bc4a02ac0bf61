// How a source is asked over the network. What goes wrong out there is a value, never an exception.
import { fetchOutside } from "#platform/http";
import type { OutsideReply } from "#platform/http";
import type { Services } from "#platform/services";
import type { ConnectorContext, ConnectorRequest, FoundPage, FoundReview } from "./connector.contract.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { isPassing, refusalText, retryAfterMs } from "./polling.rules.ts";
import { openSecrets } from "./source-secrets.ts";
import type { SourceRow } from "./sources.queries.ts";
import { readXml } from "./xml-document.ts";

const LIMITS = { timeoutMs: 20_000, sizeBytesMax: 8_000_000 };

type SourceToAsk = Pick<SourceRow, "workspaceId" | "id" | "kind" | "settings" | "secrets">;
export type Failure = { ok: false; message: string; retryAfterMs: number | null; isPassing: boolean };
export type Asked<Value> = { ok: true; value: Value } | Failure;

/** Asks for the first page only and keeps nothing: shows whether address and access are right. */
export const readFirstPage = async (services: Services, source: SourceToAsk): Promise<Asked<readonly FoundReview[]>> => {
  const polling = CONNECTORS[source.kind].poll;
  if (polling === undefined) return { ok: true, value: [] };
  const signedIn = await signIn(services, source);
  if (!signedIn.ok) return signedIn;
  const page = await readPage(services, source, { context: signedIn.value, request: polling.first(signedIn.value) });
  return page.ok ? { ok: true, value: page.value?.page.reviews ?? [] } : page;
};

/** Settings, secrets and what signing in gave. */
export const signIn = async (services: Services, source: SourceToAsk): Promise<Asked<ConnectorContext>> => {
  const connector = CONNECTORS[source.kind];
  const opened = openSecrets(services, source);
  if (!opened.ok) return failed(opened.message);
  const context: ConnectorContext = { settings: source.settings, secrets: opened.values, session: {} };
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

export type ReadPage = { page: FoundPage; etag: string | null; lastModified: string | null };

/** One page; null when the source says that nothing changed. */
export const readPage = async (
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

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const failed = (message: string): Failure => ({ ok: false, message, retryAfterMs: null, isPassing: false });
const hostOf = ({ url }: ConnectorRequest): string => (URL.canParse(url) ? new URL(url).host : url.slice(0, 100));
