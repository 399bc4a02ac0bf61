// The only door through which the server asks addresses that people typed in: feeds, gateways, webhooks.
import { lookup as lookUpName } from "node:dns";
import { request as requestHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Config } from "../../config.ts";
import { addressInHost, isPublicAddress } from "./outside-address.rules.ts";

export type OutsideRequest = { method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"; url: string; headers?: Readonly<Record<string, string>>; body?: string };
export type OutsideLimits = { timeoutMs?: number; sizeBytesMax?: number; redirectsMax?: number };
export type OutsideReason = "url_not_valid" | "address_not_allowed" | "unreachable" | "timeout" | "too_large" | "too_many_redirects";
/** `status` may be any, also a refusal; `ok: false` means that there was no answer at all. `message` may be shown to members. */
export type OutsideReply = { ok: true; status: number; headers: Readonly<Record<string, string>>; text: string; url: string } | { ok: false; reason: OutsideReason; message: string };

const LIMITS = { timeoutMs: 20_000, sizeBytesMax: 5_000_000, redirectsMax: 4 };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const USER_AGENT = "Firsthand/1";

/** Asks an address outside. Names are looked up here and the connection goes to the very address that was checked, after every redirect anew;
 *  private, loopback and link-local addresses are refused unless OUTSIDE_HOSTS_ALLOWED names the host.
 *  @param limits of time in all, of the unpacked body, and of redirects
 *  @returns the reply, or why there is none: an outside system that fails is a value, not an exception */
export const fetchOutside = async (config: Pick<Config, "outsideHostsAllowed">, asked: OutsideRequest, limits: OutsideLimits = {}): Promise<OutsideReply> => {
  const given = { ...LIMITS, ...limits };
  const signal = AbortSignal.timeout(given.timeoutMs);
  let request = asked;
  for (let redirects = 0; redirects <= given.redirectsMax; redirects += 1) {
    const url = readUrl(request.url);
    if (url === null) return refusal("url_not_valid", "This is not an address that starts with http:// or https://.");
    const reply = await send(config, url, request, { signal, sizeBytesMax: given.sizeBytesMax });
    if (!reply.ok || !REDIRECTS.has(reply.status) || reply.headers["location"] === undefined) return reply;
    request = redirected(request, url, reply);
  }
  const { host } = new URL(asked.url);
  return refusal("too_many_redirects", given.redirectsMax === 0 ? `${host} sends on to another address. Write that one.` : `${host} sends from one address to the next without end.`);
};

const readUrl = (text: string): URL | null => {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url : null;
};

// Another host must not learn the credentials that were meant for the first, whatever header they are in: only these say nothing secret.
const HARMLESS_HEADERS = new Set(["accept", "accept-language", "content-type", "idempotency-key", "if-modified-since", "if-none-match", "user-agent"]);

const redirected = (request: OutsideRequest, from: URL, reply: { status: number; headers: Readonly<Record<string, string>> }): OutsideRequest => {
  const location = reply.headers["location"] ?? "";
  const url = URL.canParse(location, from.href) ? new URL(location, from.href) : null;
  const isSameOrigin = url?.origin === from.origin;
  const keepsMethod = reply.status === 307 || reply.status === 308 || (request.method ?? "GET") === "GET";
  const { body, ...rest } = request;
  const headers = Object.fromEntries(Object.entries(request.headers ?? {}).filter(([name]) => isSameOrigin || HARMLESS_HEADERS.has(name.toLowerCase())));
  if (!keepsMethod) return { url: url?.href ?? location, method: "GET", headers };
  return { ...rest, url: url?.href ?? location, headers, ...(body === undefined ? {} : { body }) };
};

type Sending = { signal: AbortSignal; sizeBytesMax: number };

const send = async (config: Pick<Config, "outsideHostsAllowed">, url: URL, request: OutsideRequest, given: Sending): Promise<OutsideReply> => {
  const isAllowed = isAllowedHost(config, url);
  const literal = addressInHost(url.hostname);
  if (literal !== null && !isAllowed && !isPublicAddress(literal)) return closedAddress(url);
  const ask = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const fail = (error: unknown): void => resolve(failureOf(url, error, given.signal));
    const outgoing = ask(url, {
      method: request.method ?? "GET", signal: given.signal, agent: false, lookup: isAllowed ? lookUpName : lookUpPublic,
      headers: {
        "user-agent": USER_AGENT, "accept-encoding": "gzip, deflate, br", ...lowerCased(request.headers ?? {}),
        ...(request.body === undefined ? {} : { "content-length": String(Buffer.byteLength(request.body)) }),
      },
    }, (incoming) => {
      readBody(incoming, given.sizeBytesMax).then(
        (text) => resolve(text === null
          ? refusal("too_large", `${url.host} sent more than ${Math.round(given.sizeBytesMax / 1_000_000)} MB.`)
          : { ok: true, status: incoming.statusCode ?? 0, headers: headersOf(incoming), text, url: url.href }),
        fail,
      );
    });
    outgoing.on("error", fail);
    outgoing.end(request.body);
  });
};

class ClosedAddress extends Error {}

// Every address of a name must be public: one that is not shows a name made to deceive.
const lookUpPublic: LookupFunction = (host, options, done) => {
  lookUpName(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, []);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) return done(new ClosedAddress(host), []);
    if (options.all === true) return done(null, addresses);
    const [first] = addresses;
    return done(null, first?.address ?? "", first?.family);
  });
};

const isAllowedHost = (config: Pick<Config, "outsideHostsAllowed">, url: { hostname: string; host: string }): boolean =>
  config.outsideHostsAllowed.includes(url.hostname) || config.outsideHostsAllowed.includes(url.host);

/** How to connect to a host somebody typed in, for what speaks no HTTP, such as mail servers.
 *  @returns the function to look names up with, which refuses private addresses with an error `isClosedAddress` knows; none where the
 *  operator allows the host; or why nothing must connect to it */
export const guardConnection = (
  config: Pick<Config, "outsideHostsAllowed">,
  { host, port }: { host: string; port: number },
): { ok: true; isAllowed: boolean; lookup: LookupFunction | undefined } | Extract<OutsideReply, { ok: false }> => {
  if (isAllowedHost(config, { hostname: host, host: `${host}:${port}` })) return { ok: true, isAllowed: true, lookup: undefined };
  const address = addressInHost(host);
  return address === null || isPublicAddress(address) ? { ok: true, isAllowed: false, lookup: lookUpPublic } : closedAddress({ host });
};

export const isClosedAddress = (error: unknown): boolean => error instanceof ClosedAddress;

export const closedAddress = (url: { host: string }): Extract<OutsideReply, { ok: false }> =>
  refusal("address_not_allowed", `${url.host} is an address inside a private network, which Firsthand does not ask. The operator can allow it with OUTSIDE_HOSTS_ALLOWED.`);

const failureOf = (url: URL, error: unknown, signal: AbortSignal): OutsideReply => {
  if (error instanceof ClosedAddress) return closedAddress(url);
  if (signal.aborted) return refusal("timeout", `${url.host} did not answer in time.`);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why: Record<string, string> = { ENOTFOUND: "there is no such host", ECONNREFUSED: "the connection was refused", ECONNRESET: "the connection broke off" };
  return refusal("unreachable", `${url.host} could not be reached: ${why[code] ?? (code === "" ? "the connection failed" : code)}.`);
};

const refusal = (reason: OutsideReason, message: string): Extract<OutsideReply, { ok: false }> => ({ ok: false, reason, message });

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.replace(/[\r\n]+/g, " ")]));

const headersOf = (incoming: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]]));

/** The unpacked text; null when it is larger than allowed: a small packed body may unpack to gigabytes. */
const readBody = async (incoming: IncomingMessage, sizeBytesMax: number): Promise<string | null> => {
  const unpacked = unpack(incoming);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of unpacked) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    size += bytes.length;
    if (size > sizeBytesMax) {
      incoming.destroy();
      return null;
    }
    pieces.push(bytes);
  }
  return new TextDecoder(charsetOf(incoming)).decode(Buffer.concat(pieces));
};

const unpack = (incoming: IncomingMessage): NodeJS.ReadableStream => {
  const encoding = (incoming.headers["content-encoding"] ?? "").toLowerCase();
  const unpacker = encoding === "gzip" ? createGunzip() : encoding === "br" ? createBrotliDecompress() : encoding === "deflate" ? createInflate() : null;
  if (unpacker === null) return incoming;
  incoming.on("error", (error) => unpacker.destroy(error));
  return incoming.pipe(unpacker);
};

const charsetOf = (incoming: IncomingMessage): string => {
  const named = /charset="?([\w-]{1,40})/i.exec(incoming.headers["content-type"] ?? "")?.[1] ?? "utf-8";
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return "utf-8";
  }
};
