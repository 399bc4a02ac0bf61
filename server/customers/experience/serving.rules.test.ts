import { describe, expect, test } from "vitest";
import { servedIn, servedWith } from "./serving.rules.ts";

describe("who served", () => {
  test.each([
    ["an address", { properties: { agent_email: " Ada@Example.com " } }, "ada@example.com"],
    ["the words of a help desk", { properties: { assignee: "Ada Lovelace" } }, "ada lovelace"],
    ["the data of a CloudEvent", { data: { agent: "ada" } }, "ada"],
    ["the first of several names", { properties: { employee: "Bob", member: "Ada" } }, "ada"],
    ["a number, which is nobody's name", { properties: { agent: 7 } }, null],
    ["an object", { properties: { agent: { name: "Ada" } } }, null],
    ["a word longer than any name", { properties: { agent: "a".repeat(201) } }, null],
    ["an inherited field", { properties: Object.create({ agent: "Ada" }) }, null],
    ["nothing", null, null],
  ])("is read from %s", (_what, message, word) => {
    expect(servedIn(message)).toBe(word);
  });

  const known = {
    memberOf: (word: string) => (word === "ada" ? "id of ada" : null),
    postAt: (memberId: string, atMs: number) => (memberId === "id of ada" ? { teamId: atMs < 100 ? "first" : "second", department: null } : null),
  };
  const served = (row: { memberId?: string; message?: unknown; atMs?: number; factAtMs?: number }) => servedWith(known, { memberId: null, message: null, atMs: 200, ...row });

  test("is whom the record names by id before any word", () => {
    expect(served({ memberId: "id of ada", message: { properties: { agent: "bob" } } })).toEqual({ memberId: "id of ada", word: null, atMs: null, teamId: "second", department: null });
    expect(served({ message: { properties: { agent: "Bob" } } })).toEqual({ memberId: null, word: "bob", atMs: null, teamId: null, department: null });
  });

  test("belongs where they were when they served, not when it was told", () => {
    expect(served({ message: { properties: { agent: "Ada" } }, factAtMs: 50 })).toMatchObject({ teamId: "first", atMs: 50 });
    expect(served({ message: { properties: { agent: "Ada", servedAt: "1970-01-01T00:00:00.050Z" } }, factAtMs: 200 })).toMatchObject({ teamId: "first", atMs: 50 });
    expect(served({ message: { properties: { agent: "Ada", servedAt: "2999-01-01T00:00:00Z" } } })).toMatchObject({ teamId: "second", atMs: null });
    expect(served({ message: { properties: { agent: "Ada", servedAt: "soon" } } })).toMatchObject({ teamId: "second", atMs: null });
  });
});
