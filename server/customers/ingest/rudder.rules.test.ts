import { describe, expect, test } from "vitest";
import { messageFromMerge, messageFromWebhook } from "./rudder.rules.ts";

describe("a merge", () => {
  const cases: [unknown, Record<string, unknown>][] = [
    [[{ type: "user_id", value: "2" }, { type: "userId", value: 1 }], { type: "alias", userId: "2", previousId: "1" }],
    [[{ type: "user_id", value: "2" }, { type: "email", value: "a@example.org" }], { type: "identify", userId: "2", anonymousId: null, traits: { email: "a@example.org" } }],
    [[{ type: "anonymous_id", value: "a" }, { type: "mobile", value: "+4912345" }], { type: "identify", userId: null, anonymousId: "a", traits: { phone: "+4912345" } }],
    [[], { type: "identify", userId: null, anonymousId: null, traits: {} }],
    ["nonsense", { type: "identify", userId: null, anonymousId: null, traits: {} }],
    [[null, 7], { type: "identify", userId: null, anonymousId: null, traits: {} }],
  ];
  test.each(cases)("of %j claims the same as %j", (mergeProperties, message) => {
    expect(messageFromMerge({ mergeProperties, messageId: "m" })).toEqual({ ...message, messageId: "m" });
  });
});

describe("a webhook", () => {
  test("becomes an event with its body as properties", () => {
    const body = { user_id: 7, event: "Paid", amount: 3 };
    expect(messageFromWebhook(body)).toMatchObject({ type: "track", event: "Paid", userId: "7", anonymousId: null, properties: body });
  });
  test("without an identifier is about nobody", () => {
    expect(messageFromWebhook({ a: 1 })).toMatchObject({ event: "webhook_source_event", userId: null, anonymousId: "anonymous", properties: { a: 1 } });
  });
});
