// The addresses other companies' clients send to. They bear the clients' names, types and quirks, so they stand outside the
// ordinary routes: every check is written by hand, and the answers are those the clients' retries are built for.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { cloudEventMode, eventFromHeaders, readCloudEvents } from "./cloudevents.rules.ts";
import { BODY_BYTES_MAX, clean, isRecord, textOf } from "./ingest.rules.ts";
import { bytesOf, readBody, Reception, tooLarge } from "./reception.ts";
import { textOfBody } from "./request-body.ts";
import { messageFromMerge, messageFromWebhook } from "./rudder.rules.ts";
import { messageFromQuery, readBatch, readSingle } from "./segment.rules.ts";

const BATCH_PATHS = ["/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch"] as const;
const TYPE_BY_PATH = {
  identify: "identify",
  track: "track",
  page: "page",
  screen: "screen",
  group: "group",
  alias: "alias",
  i: "identify",
  t: "track",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
} as const;
const PREFLIGHT_PATHS = ["/v1/*", "/beacon/*", "/pixel/*", "/sourceConfig/", "/sourceConfig"] as const;
// Compressed bodies are smaller; the margin is for headers of the compression itself.
const WIRE_BYTES_MAX = BODY_BYTES_MAX + 1024;
const PREFLIGHT_HEADERS = {
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-allow-headers":
    "Authorization, Content-Type, Content-Encoding, AnonymousId, SentAt, Rsa-Recovered, Rsa-Retry-Attempt, Rsa-Since-Last-Attempt, Rsa-Since-First-Attempt, Rsa-Retry-Reason, X-Retry-Count",
  "access-control-max-age": "86400",
} as const;
// Pages of any address may send and read the answer.
const OPEN_HEADERS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Retry-After",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
} as const;
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const SUCCESS = '{"success":true}';
const FOR_PROGRAMS = { config: { isForPrograms: true } } as const;

/** Adds every address that takes events. */
export const ingestRawRoutes = (app: FastifyInstance, services: Services): void => {
  const reception = new Reception(services);
  app.addHook("onClose", () => reception.drain());
  acceptAnyBody(app);
  addPreflight(app);
  addSegmentRoutes(app, reception);
  addPixel(app, reception);
  addSettings(app, services, reception);
  addCloudEvents(app, reception);
};

const acceptAnyBody = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: WIRE_BYTES_MAX }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", (request, reply, done) => {
    // A header that is no content type at all would be refused before anybody looks at the body.
    if (request.headers["content-type"]?.includes("/") === false) request.headers["content-type"] = "text/plain";
    reply.headers(OPEN_HEADERS);
    done();
  });
  app.setErrorHandler((error, _request, reply) => {
    // Clients would try again after 413, for ever and in vain.
    const isTooLarge = typeof error === "object" && error !== null && "statusCode" in error && error.statusCode === 413;
    const refusal = isTooLarge ? tooLarge() : error;
    if (!(refusal instanceof AppError)) throw refusal;
    if ((refusal.status === 429 || refusal.status === 503) && reply.getHeader("retry-after") === undefined) reply.header("retry-after", "2");
    // Answered here and not by the server's own handler, which logs every 503: during an outage there are thousands a second.
    return reply.code(refusal.status).send({ error: { code: refusal.code, message: refusal.message, details: refusal.details } });
  });
};

const addPreflight = (app: FastifyInstance): void => {
  for (const path of PREFLIGHT_PATHS) app.options(path, FOR_PROGRAMS, (_request, reply) => reply.code(204).headers(PREFLIGHT_HEADERS).send());
};

const addSegmentRoutes = (app: FastifyInstance, reception: Reception): void => {
  for (const path of BATCH_PATHS)
    app.post(path, FOR_PROGRAMS, async (request, reply) => {
      const { body, sizeBytes } = readBody(request);
      await reception.take(request, reply, { body, sizeBytes, source: "segment", read: (given, arrival) => readBatch(given, arrival, sentAtOf(request)) });
      return succeed(reply);
    });
  for (const [path, type] of Object.entries(TYPE_BY_PATH))
    app.post(`/v1/${path}`, FOR_PROGRAMS, async (request, reply) => {
      const { body, sizeBytes } = readBody(request);
      await reception.take(request, reply, { body, sizeBytes, source: "segment", read: (given, arrival) => readSingle(given, type, arrival, sentAtOf(request)) });
      return succeed(reply);
    });
  for (const [path, toMessage] of [["/v1/merge", messageFromMerge], ["/v1/webhook", messageFromWebhook]] as const)
    app.post(path, FOR_PROGRAMS, async (request, reply) => {
      const { body, sizeBytes } = readBody(request);
      const messages = (Array.isArray(body) ? body : [body]).map((one) => (isRecord(one) ? toMessage(one) : one));
      await reception.take(request, reply, { body, sizeBytes, source: "segment", read: (_given, arrival) => readBatch({ batch: messages }, arrival, sentAtOf(request)) });
      return succeed(reply);
    });
  // The client's own measurements of itself: taken, so that it is content, and dropped.
  app.post("/v1/m", FOR_PROGRAMS, (_request, reply) => succeed(reply));
};

const sentAtOf = (request: FastifyRequest): string | null => textOf(request.headers["sentat"]);

const succeed = (reply: FastifyReply): FastifyReply => reply.header("content-type", "application/json; charset=utf-8").send(SUCCESS);

const addPixel = (app: FastifyInstance, reception: Reception): void => {
  for (const type of ["track", "page"])
    app.get(`/pixel/v1/${type}`, async (request, reply) => {
      const query = new URL(request.url, "http://pixel.invalid").searchParams;
      const body = clean(messageFromQuery(query));
      await reception.take(request, reply, { body, sizeBytes: request.url.length, source: "segment", read: (given, arrival) => readSingle(given, type, arrival, null) });
      return reply.header("content-type", "image/gif").header("cache-control", "no-store").send(GIF);
    });
};

const addSettings = (app: FastifyInstance, services: Services, reception: Reception): void => {
  app.get<{ Params: { writeKey: string } }>("/v1/projects/:writeKey/settings", async (request, reply) => {
    const { writeKey } = request.params;
    await reception.senderOf(request, { writeKey });
    return reply.header("cache-control", "public, max-age=60").send(settingsFor(writeKey, services.baseUrl()));
  });
  for (const path of ["/sourceConfig/", "/sourceConfig"])
    app.get(path, async (request, reply) => {
      const { workspaceId } = await reception.senderOf(request, null);
      const source = { id: workspaceId, name: "Firsthand", writeKey: "", workspaceId, enabled: true, destinations: [], config: {}, dataplanes: {} };
      return reply.header("cache-control", "no-store").send({ source, updatedAt: "2026-01-01T00:00:00.000Z" });
    });
};

// What @segment/analytics-next loads before it sends: with host and protocol here, `cdnURL` is all a page must set.
const settingsFor = (writeKey: string, baseUrl: string): Record<string, unknown> => {
  const { host, protocol } = new URL(baseUrl);
  const allowed = { __default: { enabled: true, integrations: {} } };
  return {
    integrations: { "Segment.io": { apiKey: writeKey, apiHost: `${host}/v1`, protocol: protocol.replace(":", ""), addBundledMetadata: true, unbundledIntegrations: [], versionSettings: { version: "4.4.7", componentTypes: ["browser"] } } },
    plan: { track: allowed, identify: { __default: { enabled: true } }, group: { __default: { enabled: true } } },
    metrics: { sampleRate: 0 },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    remotePlugins: [],
    legacyVideoPluginsEnabled: false,
  };
};

const addCloudEvents = (app: FastifyInstance, reception: Reception): void => {
  app.post("/v1/cloudevents", FOR_PROGRAMS, async (request, reply) => {
    const contentType = textOf(request.headers["content-type"])?.toLowerCase() ?? "";
    const isBinary = cloudEventMode(contentType, request.headers) === "binary";
    const { body, sizeBytes } = isBinary ? readBinaryEvent(request, contentType) : readBody(request);
    await reception.take(request, reply, { body, sizeBytes, source: "cloudevents", read: readCloudEvents });
    return succeed(reply);
  });
};

const readBinaryEvent = (request: FastifyRequest, contentType: string): { body: unknown; sizeBytes: number } => {
  const bytes = bytesOf(request);
  const sizeBytes = bytes.length;
  if (sizeBytes === 0) return { body: eventFromHeaders(request.headers, null), sizeBytes };
  if (/^application\/(?:[\w.+-]+\+)?json|^$/.test(contentType)) return { body: eventFromHeaders(request.headers, { data: readBody(request).body }), sizeBytes };
  if (contentType.startsWith("text/")) return { body: eventFromHeaders(request.headers, { data: textOfBody(bytes) }), sizeBytes };
  return { body: eventFromHeaders(request.headers, { data_base64: bytes.toString("base64") }), sizeBytes };
};
