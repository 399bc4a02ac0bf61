// The wire, byte by byte: what clients send that no client package of ours does.
import { randomUUID } from "node:crypto";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { Reception } from "./reception.ts";

let installation: Installation;
let organisation: Organisation;
let otherOrganisation: Organisation;
let writeKey: string;
beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  otherOrganisation = await installation.makeOrganisation();
  writeKey = await installation.makeWriteKey(organisation);
});
afterAll(() => installation.stop());

type Sent = { status: number; text: string; headers: Record<string, unknown> };
const basic = (key: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });
const send = async (path: string, body: unknown, headers: Record<string, string> = basic(writeKey), method: "GET" | "POST" | "OPTIONS" = "POST"): Promise<Sent> => {
  const payload = body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const reply = await installation.app.inject({ method, url: path, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: reply.statusCode, text: reply.body, headers: reply.headers };
};
const track = (messageId: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({ type: "track", userId: "42", event: "Seen", messageId, ...more });

type Row = { id: string; type: string; name: string; subject: string | null; message: Record<string, unknown> };
const findRows = async (messageId: string, workspaceId: string = organisation.workspaceId): Promise<Row[]> => {
  const { rows } = await installation.services.db.query<Row>(
    "select id, type, name, subject, message from customers.interactions where workspace_id = $1 and message_id = $2",
    [workspaceId, messageId],
  );
  return rows;
};
const success = '{"success":true}';
const codeOf = (sent: Sent): unknown => JSON.parse(sent.text).error.code;

describe("addresses", () => {
  const paths: [string, string][] = [
    ["/v1/identify", "identify"],
    ["/v1/track", "track"],
    ["/v1/page", "page"],
    ["/v1/screen", "screen"],
    ["/v1/group", "group"],
    ["/v1/alias", "alias"],
    ["/v1/i", "identify"],
    ["/v1/t", "track"],
    ["/v1/p", "page"],
    ["/v1/s", "screen"],
    ["/v1/g", "group"],
    ["/v1/a", "alias"],
  ];
  test.each(paths)("%s takes one message as %s, whatever type it claims", async (path, type) => {
    const messageId = randomUUID();
    const sent = await send(path, { userId: "42", event: "Seen", groupId: "acme", previousId: "41", type: "irrelevant", messageId });
    expect([sent.status, sent.text, sent.headers["access-control-allow-origin"]]).toEqual([200, success, "*"]);
    expect((await findRows(messageId)).map((row) => row.type)).toEqual([type]);
  });

  test.each(["/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch"])("%s takes a batch", async (path) => {
    const [one, other] = [randomUUID(), randomUUID()];
    expect((await send(path, { batch: [track(one), track(other)] })).text).toBe(success);
    expect([...(await findRows(one)), ...(await findRows(other))]).toHaveLength(2);
  });

  test("/v1/merge and /v1/webhook take what RudderStack's do", async () => {
    const [merged, hooked] = [randomUUID(), randomUUID()];
    await send("/v1/merge", { messageId: merged, mergeProperties: [{ type: "user_id", value: "merged-2" }, { type: "user_id", value: "merged-1" }] });
    await send(`/v1/webhook?writeKey=${writeKey}`, { messageId: hooked, event: "Paid", amount: 3 }, {});
    expect(await findRows(merged)).toMatchObject([{ type: "alias", subject: "user:merged-2", message: { previousId: "merged-1" } }]);
    expect(await findRows(hooked)).toMatchObject([{ type: "track", name: "Paid", subject: null, message: { properties: { amount: 3 } } }]);
  });

  test("/v1/m is content and keeps nothing", async () => {
    expect((await send("/v1/m", { series: [{ type: "Counter" }] })).text).toBe(success);
  });

  test("the pixel takes an event from the query and answers with an image", async () => {
    const messageId = randomUUID();
    const sent = await send(`/pixel/v1/track?writeKey=${writeKey}&anonymousId=a&event=Mail%20Opened%00&messageId=${messageId}&properties.campaign=spring`, undefined, {}, "GET");
    expect([sent.status, sent.headers["content-type"], sent.text.slice(0, 6)]).toEqual([200, "image/gif", "GIF89a"]);
    expect(await findRows(messageId)).toMatchObject([{ name: "Mail Opened\uFFFD", subject: "anonymous:a", message: { properties: { campaign: "spring" } } }]);
  });

  test("the settings name our own address as where to send", async () => {
    const sent = await send(`/v1/projects/${writeKey}/settings`, undefined, {}, "GET");
    const { host } = new URL(installation.services.baseUrl());
    expect(JSON.parse(sent.text)).toMatchObject({ integrations: { "Segment.io": { apiKey: writeKey, apiHost: `${host}/v1`, protocol: "http" } }, metrics: { sampleRate: 0 } });
  });

  test("the source configuration is enabled and has no destinations", async () => {
    const sent = await send("/sourceConfig/?p=npm&v=3.34.1", undefined, basic(writeKey), "GET");
    expect(JSON.parse(sent.text)).toMatchObject({ source: { enabled: true, destinations: [], workspaceId: organisation.workspaceId } });
  });

  test.each(["/v1/batch", "/v1/t", "/sourceConfig/", "/beacon/v1/batch", "/v1/anything"])("browsers may send to %s from anywhere", async (path) => {
    const sent = await send(path, undefined, { origin: "https://shop.example", "access-control-request-method": "POST" }, "OPTIONS");
    expect([sent.status, sent.headers["access-control-allow-origin"]]).toEqual([204, "*"]);
    for (const header of ["Authorization", "Content-Type", "AnonymousId", "SentAt", "Rsa-Retry-Attempt", "X-Retry-Count"])
      expect(String(sent.headers["access-control-allow-headers"])).toContain(header);
  });
});

describe("bodies", () => {
  const packers: [string, (bytes: Buffer) => Buffer, Record<string, string>][] = [
    ["gzip", gzipSync, { "content-encoding": "gzip" }],
    ["gzip that nobody mentions, under a form's content type", gzipSync, { "content-type": "application/x-www-form-urlencoded" }],
    ["deflate", deflateSync, { "content-encoding": "deflate" }],
    ["raw deflate", deflateRawSync, { "content-encoding": "deflate" }],
    ["brotli", brotliCompressSync, { "content-encoding": "br" }],
    ["zstd", zstdCompressSync, { "content-encoding": "zstd" }],
    ["a proxy's leftover header on plain JSON", (bytes) => bytes, { "content-encoding": "gzip" }],
    ["text/plain", (bytes) => bytes, { "content-type": "text/plain;charset=UTF-8" }],
    ["a content type that is none", (bytes) => bytes, { "content-type": "garbage" }],
    ["a byte order mark", (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]), {}],
    ["UTF-16", (bytes) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString("utf8"), "utf16le")]), {}],
  ];
  test.each(packers)("%s is read", async (_title, pack, headers) => {
    const messageId = randomUUID();
    const sent = await send("/v1/batch", pack(Buffer.from(JSON.stringify({ batch: [track(messageId, { properties: { name: "Zoë" } })] }))), { ...basic(writeKey), ...headers });
    expect(sent.text).toBe(success);
    expect(await findRows(messageId)).toMatchObject([{ message: { properties: { name: "Zoë" } } }]);
  });

  const broken: [string, string | Buffer, Record<string, string>, string][] = [
    ["half a JSON", '{"batch":[', {}, "body_unreadable"],
    ["nothing", "", {}, "body_unreadable"],
    ["bytes", Buffer.from([0, 1, 2, 255]), {}, "body_unreadable"],
    ["half a gzip", gzipSync("x".repeat(1000)).subarray(0, 20), {}, "body_unreadable"],
    ["something that is no batch", '{"a":1}', {}, "invalid_envelope"],
    ["a list", "[]", {}, "invalid_envelope"],
    ["600 KB", JSON.stringify({ batch: [], filler: "x".repeat(600_000) }), {}, "body_too_large"],
    ["a zip bomb of 100 MB", gzipSync(Buffer.alloc(100_000_000, " ")), {}, "body_too_large"],
    ["a brotli bomb", brotliCompressSync(Buffer.alloc(50_000_000, " ")), { "content-encoding": "br" }, "body_too_large"],
    ["2,501 events", JSON.stringify({ batch: Array.from({ length: 2501 }, () => ({})) }), {}, "body_too_large"],
    ["a hundred thousand brackets", "[".repeat(100_000), {}, "body_unreadable"],
  ];
  test.each(broken)("%s is answered with 400", async (_title, body, headers, code) => {
    const sent = await send("/v1/batch", body, { ...basic(writeKey), ...headers });
    expect([sent.status, codeOf(sent), sent.headers["access-control-allow-origin"]]).toEqual([400, code, "*"]);
  });

  test("a batch of 500 KB passes", async () => {
    const events = Array.from({ length: 16 }, () => track(randomUUID(), { properties: { text: "x".repeat(31_000) } }));
    expect(JSON.stringify({ batch: events }).length).toBeGreaterThan(490_000);
    expect((await send("/v1/batch", { batch: events })).text).toBe(success);
  });
});

describe("keys", () => {
  test("may come as Basic user, as bearer, in the query or in the body", async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const [one = "", two = "", three = "", four = ""] = ids;
    const answers = [
      await send("/v1/track", track(one)),
      await send("/v1/track", track(two), { authorization: `Bearer ${writeKey}` }),
      await send(`/v1/track?writeKey=${writeKey}`, track(three), {}),
      await send("/v1/track", track(four, { writeKey }), {}),
    ];
    expect(answers.map((sent) => sent.status)).toEqual([200, 200, 200, 200]);
    for (const id of ids) expect(await findRows(id)).toHaveLength(1);
    expect(JSON.stringify((await findRows(four))[0]?.message)).not.toContain(writeKey);
  });

  test.each([undefined, "", "wrong", "fhw_unknownunknownunknownunknown", "fhk_api", "' or 1=1 --", "\u0000"])("the key %j is answered with 401", async (key) => {
    const sent = await send("/v1/track", track(randomUUID()), key === undefined ? {} : basic(key));
    expect([sent.status, codeOf(sent)]).toEqual([401, "write_key_wrong"]);
  });

  test("an API key or a session cannot send events, a write key cannot read", async () => {
    const apiKey = await installation.makeApiKey(organisation, []);
    expect((await send("/v1/track", track(randomUUID()), { authorization: `Bearer ${apiKey}` })).status).toBe(401);
    expect((await organisation.owner.ask("POST", "/v1/track", track(randomUUID()))).status).toBe(401);
    expect((await installation.nobody.ask("GET", "/api/dead-letters", undefined, { authorization: `Bearer ${writeKey}` })).status).toBe(401);
  });

  test("a revoked key is refused as soon as the server hears of it", async () => {
    const made = await organisation.owner.ask("POST", "/api/keys", { kind: "write", name: "irrelevant" });
    const { id, token } = JSON.parse(made.text);
    expect((await send("/v1/track", track(randomUUID()), basic(token))).status).toBe(200);
    expect((await organisation.owner.ask("DELETE", `/api/keys/${id}`)).status).toBe(204);
    await expect.poll(async () => (await send("/v1/track", track(randomUUID()), basic(token))).status, { timeout: 9000 }).toBe(401);
  });

  test("a value the workspace has blocked names nobody", async () => {
    const blocking = await installation.makeOrganisation();
    const settings = { blockedValues: ["till-3"], perKind: {} };
    expect((await blocking.owner.ask("PUT", "/api/customers/identity-settings", settings)).status).toBe(200);
    const messageId = randomUUID();
    await send("/v1/track", track(messageId, { userId: "till-3", anonymousId: "a" }), basic(await installation.makeWriteKey(blocking)));
    expect(await findRows(messageId, blocking.workspaceId)).toMatchObject([{ subject: "anonymous:a" }]);
  });

  test("the same message id in two workspaces is two interactions", async () => {
    const otherKey = await installation.makeWriteKey(otherOrganisation);
    const messageId = randomUUID();
    await send("/v1/track", track(messageId));
    await send("/v1/track", track(messageId), basic(otherKey));
    const ids = [...(await findRows(messageId)), ...(await findRows(messageId, otherOrganisation.workspaceId))].map((row) => row.id);
    expect(new Set(ids).size).toBe(2);
  });
});

describe("nothing is lost and nothing is doubled", () => {
  test("a retried message vanishes, in another batch, beside itself and all at once", async () => {
    const messageId = randomUUID();
    await Promise.all(Array.from({ length: 20 }, () => send("/v1/track", track(messageId))));
    await send("/v1/batch", { batch: [track(messageId), track(messageId, { event: "Another" })] });
    expect(await findRows(messageId)).toHaveLength(1);
  });

  test("two batches with the same events in opposite order both pass", async () => {
    const ids = Array.from({ length: 500 }, () => randomUUID());
    const batches = [ids, ids.toReversed(), ids, ids.toReversed()];
    const answers = await Promise.all(batches.map((batch) => send("/v1/batch", { batch: batch.map((id) => track(id)) })));
    expect(answers.map((sent) => sent.status)).toEqual([200, 200, 200, 200]);
    const { rows } = await installation.services.db.query<{ count: number }>("select count(*) as count from customers.interactions where message_id = any ($1)", [ids]);
    expect(rows[0]?.count).toBe(500);
  });

  test("hostile text is stored as text", async () => {
    const hostile = { html: "<script>alert(1)</script>", formula: '=cmd|"/c calc"!A0', sql: "'); drop table customers.interactions; --", path: "../../etc/passwd", constructor: { prototype: { isAdmin: true } } };
    const messageId = randomUUID();
    const body = JSON.stringify({ batch: [track(messageId, { event: hostile.sql, properties: hostile })] }).replace('"properties":{', '"properties":{"__proto__":{"isAdmin":true},"nul":"a\\u0000b","lone":"\\ud800",');
    expect((await send("/v1/batch", body)).text).toBe(success);
    const [row] = await findRows(messageId);
    expect(row?.name).toBe(hostile.sql);
    expect(JSON.stringify(row?.message["properties"])).toBe(JSON.stringify({ nul: "a\uFFFDb", lone: "\uFFFD", ...hostile }));
  });

  test("a good event beside bad ones is stored, the bad ones wait as dead letters once, however often they are sent", async () => {
    const good = randomUUID();
    const bad = [track(randomUUID(), { event: "" }), track(randomUUID(), { userId: null }), track("x".repeat(100)), track(randomUUID(), { properties: { text: "x".repeat(40_000) } }), 7];
    for (let time = 0; time < 3; time += 1) expect((await send("/v1/batch", { batch: [...bad, track(good)] })).text).toBe(success);
    expect(await findRows(good)).toHaveLength(1);
    const { rows } = await installation.services.db.query<{ reason: string }>("select reason from customers.dead_letters where workspace_id = $1 order by reason", [organisation.workspaceId]);
    expect(rows.map((row) => row.reason)).toEqual(["invalid_message_id", "missing_event", "missing_identity", "not_an_object", "too_large"]);
  });

  test("a row the database refuses harms neither its batch nor its neighbours", async () => {
    await installation.services.db.query("alter table customers.interactions add constraint test_refusal check (name <> 'Refused by the database')");
    const [good, neighbour] = [randomUUID(), randomUUID()];
    const answers = await Promise.all([
      send("/v1/batch", { batch: [track(randomUUID(), { event: "Refused by the database" }), track(good)] }),
      send("/v1/track", track(neighbour)),
    ]);
    await installation.services.db.query("alter table customers.interactions drop constraint test_refusal");
    expect(answers.map((sent) => sent.status)).toEqual([200, 200]);
    expect([...(await findRows(good)), ...(await findRows(neighbour))]).toHaveLength(2);
    const { rows } = await installation.services.db.query("select 1 from customers.dead_letters where workspace_id = $1 and reason = 'not_storable'", [organisation.workspaceId]);
    expect(rows).toHaveLength(1);
  });
});

describe("back-pressure", () => {
  test("a workspace over its rate is told to wait with 429 and nothing is kept", async () => {
    const fast = await makeSlowReception();
    const messageId = randomUUID();
    const answers = [await fast({ batch: [track(randomUUID())] }), await fast({ batch: [track(randomUUID())] })];
    for (let index = 0; index < 10; index += 1) answers.push(await fast({ batch: [track(messageId)] }));
    const refused = answers.at(-1);
    expect([answers[0]?.status, refused?.status, refused === undefined ? null : codeOf(refused)]).toEqual([200, 429, "too_many_events"]);
    expect(Number(refused?.headers["retry-after"])).toBeGreaterThanOrEqual(1);
  });

  test("more than can be stored is answered with 429, what was let in is kept", async () => {
    const { db } = installation.services;
    const query = db.query;
    // The key is known from here on, so that the batches are let in in the order they are sent.
    await send("/v1/track", track(randomUUID()));
    const gate = Promise.withResolvers<void>();
    db.query = async (text, values) => {
      if (text.includes("insert into customers.interactions")) await gate.promise;
      return query(text, values);
    };
    const ids = Array.from({ length: 9 }, () => randomUUID());
    const batchOf = (name: string): unknown => ({ batch: Array.from({ length: 2500 }, (_, index) => track(`${name}-${index}`)) });
    const waiting = ids.map((name) => send("/v1/batch", batchOf(name)));
    const refused = await send("/v1/track", track(randomUUID()));
    gate.resolve();
    const answers = await Promise.all(waiting);
    db.query = query;
    expect([refused.status, codeOf(refused), refused.headers["retry-after"]]).toEqual([429, "ingest_busy", "2"]);
    expect(answers.map((sent) => sent.status)).toEqual(ids.map(() => 200));
    const { rows } = await db.query<{ count: number }>("select count(*) as count from customers.interactions where message_id like any ($1)", [ids.map((id) => `${id}-%`)]);
    expect(rows[0]?.count).toBe(22_500);
  });

  test("an absent database is answered with 503 and the event passes when it is back", async () => {
    const { db } = installation.services;
    const messageId = randomUUID();
    const query = db.query;
    db.query = () => Promise.reject(Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" }));
    const away = await send("/v1/track", track(messageId));
    db.query = query;
    expect([away.status, codeOf(away), away.headers["retry-after"]]).toEqual([503, "ingest_away", "2"]);
    expect((await send("/v1/track", track(messageId))).status).toBe(200);
    expect(await findRows(messageId)).toHaveLength(1);
  });

  test("a key that cannot be looked up is answered with 503, not as a wrong one", async () => {
    const { db } = installation.services;
    const newKey = await installation.makeWriteKey(organisation);
    const query = db.query;
    db.query = () => Promise.reject(new Error("Connection terminated unexpectedly"));
    const away = await send("/v1/track", track(randomUUID()), basic(newKey));
    db.query = query;
    expect([away.status, codeOf(away), away.headers["retry-after"]]).toEqual([503, "ingest_away", "2"]);
    expect((await send("/v1/track", track(randomUUID()), basic(newKey))).status).toBe(200);
  });
});

// A second door with an allowance of one event a second.
const makeSlowReception = async (): Promise<(body: unknown) => Promise<Sent>> => {
  const { default: fastify } = await import("fastify");
  const { readBatch } = await import("./segment.rules.ts");
  const { answerError } = await import("../../platform/http/failures.ts");
  const app = fastify();
  const reception = new Reception(installation.services, 1);
  app.setErrorHandler((error, request, reply) => answerError(installation.services, error, request, reply));
  app.post("/", async (request, reply) => {
    await reception.take(request, reply, { body: request.body, sizeBytes: 0, source: "segment", read: (body, arrival) => readBatch(body, arrival, null) });
    return reply.send(success);
  });
  return async (body) => {
    const reply = await app.inject({ method: "POST", url: "/", headers: { ...basic(writeKey), "content-type": "application/json" }, payload: JSON.stringify(body) });
    return { status: reply.statusCode, text: reply.body, headers: reply.headers };
  };
};
