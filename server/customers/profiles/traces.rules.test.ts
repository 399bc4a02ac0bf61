import { describe, expect, test } from "vitest";
import { entriesOfPayload, namesAnyOf, needlesFor } from "./traces.rules.ts";

const ada = [{ kind: "user", value: "42" }, { kind: "email", value: "ada@example.com" }, { kind: "phone", value: "+4712345678" }, { kind: "external:crm", value: "K-9917-AB" }];

describe("a refused event", () => {
  test.each<[string, unknown]>([
    ["a user id", { userId: "42" }],
    ["a user id sent as a number", { userId: 42 }],
    ["a subject with its kind", { specversion: "1.0", subject: "user:42" }],
    ["an address in capitals", { traits: { contact: { mail: " ADA@Example.com" } } }],
    ["a number written another way", { properties: { callback: "0047 123 45 678" } }],
    ["an id of another system", { context: { externalIds: [{ type: "crm", id: "K-9917-AB" }] } }],
    ["a long id anywhere", { properties: { reference: "K-9917-AB" } }],
    ["an id among its traits", { traits: { id: "42" } }],
  ])("names the customer by %s", (_title, payload) => {
    expect(namesAnyOf(entriesOfPayload(payload), ada)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["a quantity", { userId: "7", properties: { quantity: 42, total: "42" } }],
    ["a product", { properties: { product: { id: "42" } } }],
    ["a longer address", { traits: { email: "not-ada@example.com" } }],
    ["a longer id", { userId: "421" }],
    ["nothing at all", null],
  ])("does not name the customer by %s", (_title, payload) => {
    expect(namesAnyOf(entriesOfPayload(payload), ada)).toBe(false);
  });

  test("is taken apart however deep it is", () => {
    const deep = JSON.parse(`${"[".repeat(5_000)}{"userId":"42"}${"]".repeat(5_000)}`);
    expect(namesAnyOf(entriesOfPayload(deep), ada)).toBe(true);
  });
});

test("a cell names the customer where its column takes customers from", () => {
  expect(namesAnyOf([{ path: ["amount"], text: "42" }], ada)).toBe(false);
  expect(namesAnyOf([{ path: ["amount"], text: "42", isIdentity: true }], ada)).toBe(true);
});

test("what is looked up first stands in JSON as it is written there", () => {
  expect(needlesFor([{ kind: "user", value: 'a"b' }, { kind: "phone", value: "+4712345678" }])).toEqual({ texts: ['a\\"b', "+4712345678"], digits: ["345678"] });
});
