import { describe, expect, test } from "vitest";
import { shortenReply, TEXT_MAX, type Json, type Shortening } from "./short-replies.rules.ts";

const oslo = { timeZone: "Europe/Oslo", baseUrl: "https://cx.example", start: 0, isWhole: false };
const rows = (count: number): Json[] => Array.from({ length: count }, (_, place) => ({ place }));

describe("a reply is told in few words", () => {
  test.each<[string, Json, Shortening, Json]>([
    ["numbers with four digits, counts whole", { score: 37.956204, count: 123_456, p: 0.000123456 }, {}, { score: 37.96, count: 123_456, p: 0.0001235 }],
    ["instants by the workspace's clock, whole days as days", { from: "2026-02-28T23:00:00.000Z", at: "2026-03-31T16:19:26.027Z" }, {}, { from: "2026-03-01", at: "2026-03-31 18:19" }],
    ["without what is null or empty, but with what is no and none", { change: null, label: "", isSignificant: false, count: 0, parts: [{ list: [], name: "web" }] }, {}, { isSignificant: false, count: 0, parts: [{ name: "web" }] }],
    ["an empty list of the reply itself, since it is the answer", { items: [], nextCursor: null }, {}, { items: [] }],
    ["a name that is its own label once", { groups: [{ value: "web", label: "web" }, { value: "8", label: "Desk" }] }, {}, { groups: [{ value: "web" }, { value: "8", label: "Desk" }] }],
    ["without what screens need alone", { items: [{ id: "1", trend: [1, 2], word: { weight: 3, text: "late" } }] }, { without: ["items.*.trend", "items.*.word.weight"] }, { items: [{ id: "1", word: { text: "late" } }] }],
    ["rows alike as columns and values, what is in one and not in another as null", { points: [{ at: "a", over: { share: 0.5, low: null } }, { at: "b", over: { share: 0.25, low: 0.125 } }] }, { tables: ["points"] }, { points: { columns: ["at", "over.share", "over.low"], rows: [["a", 0.5, null], ["b", 0.25, 0.125]] } }],
    ["the first of a list within a row", { items: [{ quotes: rows(3) }] }, { first: { "items.*.quotes": 2 } }, { items: [{ quotes: rows(2) }] }],
    ["few points of a curve, the first and the last among them", { points: rows(9) }, { spread: { points: 3 } }, { points: [{ place: 0 }, { place: 4 }, { place: 8 }] }],
    ["rows by the title of what they name", { questions: [{ id: "q1", title: "Speed" }], factors: [{ factor: "q1" }, { factor: "need:EASY" }] }, { named: { rows: "factors", by: "factor", from: "questions" }, without: ["questions"] }, { factors: [{ factor: "q1", title: "Speed" }, { factor: "need:EASY" }] }],
    ["a link as a whole address", { items: [{ link: "/alerts?x=1" }] }, {}, { items: [{ link: "https://cx.example/alerts?x=1" }] }],
    ["with the cursor of the next page as what to add to the question", { items: [{ id: "1" }], nextCursor: "abc" }, {}, { items: [{ id: "1" }], more: { cursor: "abc" } }],
  ])("%s", (_, reply, short, expected) => {
    expect(shortenReply(reply, short, oslo)).toEqual(expected);
  });

  test("some rows at a time, until there are no more, none twice", () => {
    const short = { rows: { of: "items", atOnce: 4 } };
    const pages: Json[] = [];
    for (let start: number | null = 0; start !== null; ) {
      const { items, more }: Record<string, Json> = shortenReply({ items: rows(10) }, short, { ...oslo, start });
      if (Array.isArray(items)) pages.push(...items);
      start = typeof more === "object" && more !== null && !Array.isArray(more) && typeof more["start"] === "number" ? more["start"] : null;
    }
    expect(pages).toEqual(rows(10));
  });

  test("a long text is cut between signs, and told whole where it is asked for by itself", () => {
    const text = `${"a".repeat(TEXT_MAX - 2)}😀${"b".repeat(50)}`;
    expect(shortenReply({ items: [{ text }] }, {}, oslo)).toEqual({ items: [{ text: `${"a".repeat(TEXT_MAX - 2)}…` }] });
    expect(shortenReply({ items: [{ text }] }, {}, { ...oslo, isWhole: true })).toEqual({ items: [{ text }] });
  });

  test("what was given stays as it was", () => {
    const reply = { items: [{ a: null, b: 0.123456 }] };
    shortenReply(reply, { without: ["items.*.b"], tables: ["items"] }, oslo);
    expect(reply).toEqual({ items: [{ a: null, b: 0.123456 }] });
  });
});
