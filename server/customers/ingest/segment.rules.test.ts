import { describe, expect, test } from "vitest";
import { interactionId } from "../interactions/interactions.rules.ts";
import { defaultLimits } from "../identity/identifiers.rules.ts";
import type { Arrival, ArrivingInteraction, Reading } from "./ingest.rules.ts";
import { messageFromQuery, readBatch, readSingle } from "./segment.rules.ts";

const workspaceId = "0198c0de-0000-7000-8000-000000000001";
const receivedAt = Date.parse("2026-05-04T10:00:05.000Z");
const arrival: Arrival = {
  workspaceId,
  source: "segment",
  receivedAt,
  newMessageId: () => "generated-1",
  identity: defaultLimits,
};

const reading = (result: Reading | string): Reading => {
  if (typeof result === "string") throw new Error(`The envelope was refused: ${result}`);
  return result;
};
const batch = (messages: unknown[], envelope: Record<string, unknown> = {}): Reading => reading(readBatch({ batch: messages, ...envelope }, arrival, null));
const onlyRow = (result: Reading): ArrivingInteraction => {
  expect(result.refusals).toEqual([]);
  const [row] = result.rows;
  if (row === undefined) throw new Error("There is no row.");
  return row;
};
const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

describe("what real clients send", () => {
  test("@segment/analytics-node: timestamp on the event, sentAt on the batch", () => {
    const message = {
      timestamp: "2026-05-04T08:59:50.000Z",
      integrations: {},
      userId: "42",
      type: "track",
      event: "Order Completed",
      properties: { revenue: 12.5 },
      context: { library: { name: "@segment/analytics-node", version: "3.1.0" } },
      messageId: "node-next-1777888805000-3a0f",
      _metadata: { nodeVersion: "24.21.0", jsRuntime: "node" },
    };
    const row = onlyRow(batch([message], { writeKey: "fhw_1", sentAt: "2026-05-04T09:00:00.000Z" }));
    expect(row).toMatchObject({
      id: interactionId(workspaceId, "node-next-1777888805000-3a0f"),
      type: "track",
      name: "Order Completed",
      subject: "user:42",
      userId: "42",
      anonymousId: null,
      source: "segment",
      direction: "customer",
    });
    expect([iso(row.at), iso(row.originalAt), iso(row.sentAt), iso(row.receivedAt)]).toEqual([
      "2026-05-04T09:59:55.000Z",
      "2026-05-04T08:59:50.000Z",
      "2026-05-04T09:00:00.000Z",
      "2026-05-04T10:00:05.000Z",
    ]);
    expect(JSON.parse(row.message)).toEqual(message);
  });

  test("@rudderstack/rudder-sdk-node: originalTimestamp and sentAt on the event", () => {
    const message = {
      userId: "42",
      type: "identify",
      traits: { email: "ada@example.org" },
      context: { library: { name: "analytics-node", version: "3.0.13" } },
      originalTimestamp: "2026-05-04T08:59:50.000Z",
      sentAt: "2026-05-04T09:00:00.000Z",
      messageId: "b7b2f3a0-98b7-4f0c-8f2c-3f7f0f7c8d11",
      _metadata: { nodeVersion: "24.21.0" },
    };
    const row = onlyRow(batch([message], { timestamp: "2026-05-04T09:00:00.000Z", sentAt: "2026-05-04T09:00:00.000Z" }));
    expect([row.type, row.name, iso(row.at)]).toEqual(["identify", "identify", "2026-05-04T09:59:55.000Z"]);
  });

  test("@rudderstack/rudder-sdk-node: a timestamp set by the caller is taken as it is", () => {
    const message = { userId: "42", type: "track", event: "Bought", timestamp: "2026-01-02T03:04:05Z", originalTimestamp: "2026-05-04T08:59:50Z", sentAt: "2026-05-04T09:00:00Z", messageId: "m" };
    const row = onlyRow(batch([message]));
    expect([iso(row.at), iso(row.originalAt)]).toEqual(["2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000Z"]);
  });

  test("@customerio/cdp-analytics-node: no sentAt at all, so the event's time stands", () => {
    const row = onlyRow(batch([{ timestamp: "2026-05-04T08:59:50.000Z", userId: "42", type: "page", name: "Prices", messageId: "node-next-1-a" }]));
    expect([row.type, row.name, iso(row.at), row.sentAt]).toEqual(["page", "Prices", "2026-05-04T08:59:50.000Z", null]);
  });

  test("@segment/analytics-next: one message, userId null, write key and metadata beside it", () => {
    const message = {
      timestamp: "2026-05-04T10:00:04.000Z",
      integrations: { "Segment.io": true },
      anonymousId: "9f8c1b2a-0000-4000-8000-000000000001",
      type: "page",
      properties: { path: "/prices", referrer: "", search: "", title: "Prices – Shop", url: "https://shop.example/prices" },
      context: { page: { path: "/prices" }, userAgent: "Mozilla/5.0", locale: "en" },
      messageId: "ajs-next-1777888804000-6f1c",
      writeKey: "fhw_1",
      userId: null,
      sentAt: "2026-05-04T10:00:04.500Z",
      _metadata: { bundled: ["Segment.io"], unbundled: [], bundledIds: [] },
    };
    const row = onlyRow(reading(readSingle(message, "page", arrival, null)));
    expect(row).toMatchObject({ subject: "anonymous:9f8c1b2a-0000-4000-8000-000000000001", userId: null, name: "/prices", type: "page" });
    expect(iso(row.at)).toBe("2026-05-04T10:00:04.000Z");
    expect(row.message).not.toContain("writeKey");
  });

  test("@rudderstack/analytics-js: sentAt as a header of the request", () => {
    const row = onlyRow(
      reading(
        readSingle(
          { event: "Seen", anonymousId: "a", originalTimestamp: "2026-05-04T08:59:50Z", messageId: "m" },
          "track",
          arrival,
          "2026-05-04T09:00:00Z",
        ),
      ),
    );
    expect(iso(row.at)).toBe("2026-05-04T09:59:55.000Z");
  });

  test("the plain HTTP API: numbers as identifiers, no message id", () => {
    const row = onlyRow(reading(readSingle({ userId: 42, event: "Called" }, "track", arrival, null)));
    expect(row).toMatchObject({ userId: "42", subject: "user:42", messageId: "generated-1", at: receivedAt });
  });

  test("the context of a batch is the default of its events", () => {
    const row = onlyRow(batch([{ type: "track", event: "A", userId: "1", messageId: "m", context: { ip: "203.0.113.9" } }], { context: { ip: "8.8.8.8", channel: "kiosk" } }));
    expect(JSON.parse(row.message)).toMatchObject({ context: { ip: "203.0.113.9", channel: "kiosk" } });
  });

  test("identify, group, alias and screen", () => {
    const result = batch([
      { type: "identify", userId: "1", anonymousId: "a", traits: {}, messageId: "1" },
      { type: "group", userId: "1", groupId: "acme", traits: {}, messageId: "2" },
      { type: "alias", userId: "1", previousId: "a", messageId: "3" },
      { type: "Screen", anonymousId: "a", name: "Start", messageId: "4" },
    ]);
    expect(result.refusals).toEqual([]);
    expect(result.rows.map(({ type, name, subject }) => [type, name, subject])).toEqual([
      ["identify", "identify", "user:1"],
      ["group", "group", "user:1"],
      ["alias", "alias", "user:1"],
      ["screen", "Start", "anonymous:a"],
    ]);
  });
});

describe("whom an event is about", () => {
  const subjectOf = (message: Record<string, unknown>): string | null => onlyRow(batch([{ type: "track", event: "A", messageId: "m", ...message }])).subject;
  test("a user id is stronger than an anonymous id", () => {
    expect(subjectOf({ userId: "42", anonymousId: "a" })).toBe("user:42");
  });
  test("a junk user id stays on the row but names nobody", () => {
    const row = onlyRow(batch([{ type: "track", event: "A", messageId: "m", userId: "null", anonymousId: "a" }]));
    expect([row.userId, row.subject]).toEqual(["null", "anonymous:a"]);
  });
  test("when both are junk an e-mail address may tell, else a phone number, else another system's id", () => {
    expect(subjectOf({ userId: "null", traits: { email: "Ada@Example.org" } })).toBe("email:ada@example.org");
    expect(subjectOf({ userId: "null", context: { traits: { phone: "+49 123 45" } } })).toBe("phone:+4912345");
    expect(subjectOf({ userId: "0", context: { externalIds: [{ id: "7", type: "crm", collection: "users", encoding: "none" }] } })).toBe("external:crm:7");
    expect(subjectOf({ userId: "anonymous" })).toBeNull();
  });
});

describe("refusals", () => {
  const good = { type: "track", event: "A", userId: "1", messageId: "good" };
  const deep: unknown = JSON.parse(`${'{"a":'.repeat(40)}1${"}".repeat(40)}`);
  const cases: [string, unknown][] = [
    ["not_an_object", null],
    ["not_an_object", "track"],
    ["not_an_object", [good]],
    ["unknown_type", { ...good, type: "teleport" }],
    ["unknown_type", { ...good, type: undefined }],
    ["unknown_type", { ...good, type: "toString" }],
    ["missing_identity", { ...good, userId: null }],
    ["missing_identity", { ...good, userId: "" }],
    ["invalid_identifier", { ...good, userId: { id: 1 } }],
    ["invalid_identifier", { ...good, anonymousId: "x".repeat(513) }],
    ["missing_event", { ...good, event: undefined }],
    ["missing_event", { ...good, event: " " }],
    ["missing_event", { ...good, event: 7 }],
    ["missing_group_id", { ...good, type: "group" }],
    ["missing_previous_id", { ...good, type: "alias" }],
    ["missing_previous_id", { ...good, type: "alias", previousId: "a", userId: null, anonymousId: "a" }],
    ["invalid_message_id", { ...good, messageId: "x".repeat(100) }],
    ["invalid_message_id", { ...good, messageId: { a: 1 } }],
    ["invalid_timestamp", { ...good, timestamp: "yesterday" }],
    ["invalid_timestamp", { ...good, originalTimestamp: "0001-01-01T00:00:00Z" }],
    ["too_deep", { ...good, properties: deep }],
    ["too_large", { ...good, properties: { text: "x".repeat(33_000) } }],
  ];
  test.each(cases)("%s harms no event beside it", (reason, message) => {
    const result = batch([good, message, { ...good, messageId: "good too" }]);
    expect(result.refusals.map((refusal) => refusal.reason)).toEqual([reason]);
    expect(result.rows.map((row) => row.messageId)).toEqual(["good", "good too"]);
    expect(() => JSON.parse(result.refusals[0]?.payload ?? "")).not.toThrow();
  });
  test("a message id may have 99 characters", () => {
    expect(batch([{ ...good, messageId: "x".repeat(99) }]).rows).toHaveLength(1);
  });
  test("a refused single message keeps the type its path gave it", () => {
    const result = reading(readSingle({ userId: "1" }, "track", arrival, null));
    expect(JSON.parse(result.refusals[0]?.payload ?? "")).toEqual({ userId: "1", type: "track" });
  });
  test.each([[null], ["text"], [[]], [{}], [{ batch: "no" }], [{ batch: {} }]])("an envelope like %j holds nothing", (body) => {
    expect(readBatch(body, arrival, null)).toBe("invalid_envelope");
  });
  test("2,500 events are the most a batch may hold", () => {
    const many = (count: number): unknown => ({ batch: Array.from({ length: count }, () => good) });
    expect(reading(readBatch(many(2500), arrival, null)).rows).toHaveLength(2500);
    expect(readBatch(many(2501), arrival, null)).toBe("too_many_events");
  });
  test("an empty batch is a valid one", () => {
    expect(batch([])).toEqual({ rows: [], refusals: [] });
  });
});

describe("a pixel address", () => {
  test("becomes a nested message without the write key", () => {
    const query = new URLSearchParams("writeKey=fhw_1&anonymousId=a&event=Mail%20Opened&properties.campaign=spring&context.page.title=Mail");
    expect(messageFromQuery(query)).toEqual({ anonymousId: "a", event: "Mail Opened", properties: { campaign: "spring" }, context: { page: { title: "Mail" } } });
  });
  test("cannot reach a prototype", () => {
    const message = messageFromQuery(new URLSearchParams("__proto__.isAdmin=1&constructor.prototype.isAdmin=1&a.__proto__.isAdmin=1"));
    expect(JSON.stringify(message)).toBe('{"constructor":{"prototype":{"isAdmin":"1"}},"a":{}}');
    expect(Object.hasOwn(Object.prototype, "isAdmin")).toBe(false);
  });
});
