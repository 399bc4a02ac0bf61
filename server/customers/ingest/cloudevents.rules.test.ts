import { describe, expect, test } from "vitest";
import { cloudEventMode, eventFromHeaders, readCloudEvents } from "./cloudevents.rules.ts";
import { defaultLimits } from "../identity/identifiers.rules.ts";
import type { Arrival, Reading } from "./ingest.rules.ts";

const arrival: Arrival = {
  workspaceId: "0198c0de-0000-7000-8000-000000000001",
  source: "cloudevents",
  receivedAt: Date.parse("2026-05-04T10:00:05.000Z"),
  newMessageId: () => "generated",
  identity: defaultLimits,
};
const reading = (result: Reading | string): Reading => {
  if (typeof result === "string") throw new Error(`The envelope was refused: ${result}`);
  return result;
};
const event = { specversion: "1.0", id: "1", source: "/shop", type: "org.example.order.placed" };

describe("a CloudEvent", () => {
  test("becomes an interaction named by its type, at its own time, known by source and id", () => {
    const { rows } = reading(readCloudEvents({ ...event, time: "2026-05-04T09:00:00+02:00", subject: "user:42", data: { amount: 3 } }, arrival));
    expect(rows).toMatchObject([
      { type: "track", name: "org.example.order.placed", subject: "user:42", at: Date.parse("2026-05-04T07:00:00Z"), messageId: "/shop\n1", source: "cloudevents" },
    ]);
  });
  test("is the same event only with the same source and id", () => {
    const { rows } = reading(readCloudEvents([event, { ...event, type: "retried" }, { ...event, source: "/other" }, { ...event, id: "2" }], arrival));
    expect(new Set(rows.map((row) => row.id)).size).toBe(3);
  });
  const subjects: [Record<string, unknown>, string | null][] = [
    [{ subject: "42" }, "user:42"],
    [{ subject: "customers/42" }, "user:42"],
    [{ subject: "/users/42" }, "user:42"],
    [{ subject: "anonymous:a" }, "anonymous:a"],
    [{ subject: "Ada@Example.org" }, "email:ada@example.org"],
    [{ subject: "mailto:Ada@Example.org" }, "email:ada@example.org"],
    [{ subject: "tel:+4912345" }, "phone:+4912345"],
    [{ subject: "orders/9" }, null],
    [{ subject: "urn:order:9" }, null],
    [{ subject: "null" }, null],
    [{}, null],
    [{ subject: "orders/9", data: { userId: 42 } }, "user:42"],
    [{ subject: "user:1", data: { userId: "null", email: "ada@example.org" } }, "email:ada@example.org"],
    [{ anonymousid: "a" }, "anonymous:a"],
  ];
  test.each(subjects)("%j is about %s", (attributes, subject) => {
    expect(reading(readCloudEvents({ ...event, ...attributes }, arrival)).rows.map((row) => row.subject)).toEqual([subject]);
  });
  const faults: [string, unknown][] = [
    ["not_an_object", 7],
    ["invalid_cloudevent", { ...event, specversion: "0.3" }],
    ["invalid_cloudevent", { ...event, id: undefined }],
    ["invalid_cloudevent", { ...event, type: "" }],
    ["invalid_timestamp", { ...event, time: "soon" }],
    ["invalid_identifier", { ...event, data: { userId: [] } }],
    ["too_large", { ...event, data: "x".repeat(33_000) }],
  ];
  test.each(faults)("%s harms no event beside it", (reason, faulty) => {
    const result = reading(readCloudEvents([event, faulty], arrival));
    expect([result.rows.length, result.refusals.map((refusal) => refusal.reason)]).toEqual([1, [reason]]);
  });
  test("in binary mode is put together from headers and body", () => {
    const headers = { "ce-id": "1", "ce-source": "/shop", "ce-type": "caf%C3%A9%00", "ce-specversion": "1.0", "ce-subject": "100%", "content-type": "application/json", host: "x" };
    expect(eventFromHeaders(headers, { data: { a: 1 } })).toEqual({
      id: "1",
      source: "/shop",
      type: "café\uFFFD",
      specversion: "1.0",
      subject: "100%",
      datacontenttype: "application/json",
      data: { a: 1 },
    });
  });
  test("tells its mode by content type and headers", () => {
    expect(cloudEventMode("application/json", { "ce-specversion": "1.0" })).toBe("binary");
    expect(cloudEventMode("application/cloudevents+json; charset=utf-8", {})).toBe("whole");
    expect(cloudEventMode("application/cloudevents-batch+json", { "ce-specversion": "1.0" })).toBe("whole");
    expect(cloudEventMode("application/json", {})).toBe("whole");
  });
});
