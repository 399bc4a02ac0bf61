import { describe, expect, test } from "vitest";
import { defaultLimits } from "../identity/identifiers.rules.ts";
import { createConverter, type ConvertedRow } from "./convert.rules.ts";
import type { ColumnUse, Mapping } from "./mapping.contract.ts";

const context = {
  workspaceId: "0198c0de-0000-7000-8000-000000000001",
  importId: "0198c0de-0000-7000-8000-000000000002",
  fileHash: "f".repeat(64),
  uploadedAt: Date.UTC(2024, 5, 1),
  now: Date.UTC(2024, 5, 1),
  identity: defaultLimits,
};

const makeMapping = (uses: Record<string, ColumnUse>, given: Partial<Mapping> = {}): Mapping => ({
  read: { format: "csv", encoding: "utf-8", delimiter: ",", quote: "\"", headerRows: 1, skipRows: 0, sheet: null },
  source: "crm",
  time: { format: "iso", zone: "UTC", fixed: null },
  event: "Purchase",
  touchpoint: null,
  channel: null,
  columns: Object.entries(uses).map(([column, use]) => ({ column, use })),
  ...given,
});
const score = (given: Partial<Extract<ColumnUse, { use: "score" }>> = {}): ColumnUse => ({
  use: "score", kind: "nps", min: 0, max: 10, isReversed: false, blank: [], words: {}, touchpoint: null, ...given,
});
const convert = (mapping: Mapping, cells: Record<string, string>, number = 2) => createConverter(mapping, context)({ number, cells: new Map(Object.entries(cells)) });
const accepted = (mapping: Mapping, cells: Record<string, string>, number = 2): ConvertedRow => {
  const conversion = convert(mapping, cells, number);
  if (!conversion.ok) throw new Error(conversion.problem.reason);
  return conversion.row;
};
const message = (row: ConvertedRow): unknown => JSON.parse(row.interaction.message ?? "null");

describe("a row becomes a fact", () => {
  const mapping = makeMapping({
    id: { use: "customer", kind: "user" }, mail: { use: "customer", kind: "email" }, when: { use: "time" }, what: { use: "event" },
    place: { use: "touchpoint" }, by: { use: "channel" }, amount: { use: "property", name: "amount" }, code: { use: "property", name: "code" }, city: { use: "trait", name: "city" },
  });

  test("with customer, time, event, touchpoint, channel, properties and traits", () => {
    const row = accepted(mapping, { id: "42", mail: "Ann@Example.com", when: "2024-03-13 10:21", what: "order", place: "Shop", by: "web", amount: "-12.50", code: "007", city: "Bern" });

    expect(row.interaction).toMatchObject({ type: "track", name: "order", subject: "user:42", userId: "42", at: "2024-03-13T10:21:00.000Z", touchpoint: "Shop", channel: "web", source: "import" });
    expect(message(row)).toEqual({ type: "track", userId: "42", event: "order", properties: { amount: -12.5, code: "007" }, traits: { city: "Bern", email: "ann@example.com" } });
    expect(row.perceptions).toEqual([]);
  });

  test("with the objects that a log lists, all of them; elsewhere such a text stays text", () => {
    const ids = Array.from({ length: 1_500 }, (_unused, index) => `o${index}`);
    const listing = makeMapping({ "object:order": { use: "property", name: "order" }, "object:order:tags": { use: "property", name: "tags" }, note: { use: "property", name: "note" } });

    expect(message(accepted(listing, { "object:order": JSON.stringify(ids), "object:order:tags": "[1]", note: '["x"]' }))).toMatchObject({ properties: { order: ids, tags: "[1]", note: '["x"]' } });
  });

  test.each(["0", "null", "anonymous", "", "  "])("of nobody when its identifier is \"%s\"", (id) => {
    expect(accepted(mapping, { id, when: "2024-03-13", what: "order" }).interaction).toMatchObject({ subject: null, userId: null });
  });

  test("whose customer number holds within its source only", () => {
    const row = accepted(makeMapping({ id: { use: "customer", kind: "external" } }), { id: "7" });

    expect(row.interaction.subject).toBe("external:crm:7");
  });

  test("that says who somebody is when the file lists people", () => {
    const people = makeMapping({ id: { use: "customer", kind: "user" }, plan: { use: "trait", name: "plan" } });

    expect(message(accepted(people, { id: "42", plan: "gold" }))).toEqual({ type: "identify", userId: "42", traits: { plan: "gold" } });
    expect(convert(people, { id: "", plan: "gold" })).toMatchObject({ ok: false, problem: { code: "customer_missing" } });
  });

  test("with the same id whenever the same file or the same row id returns", () => {
    const byRow = makeMapping({ id: { use: "customer", kind: "user" } });
    const byId = makeMapping({ id: { use: "customer", kind: "user" }, key: { use: "message_id" } });

    expect(accepted(byRow, { id: "1" }, 5).interaction.id).toBe(accepted(byRow, { id: "1" }, 5).interaction.id);
    expect(accepted(byRow, { id: "1" }, 5).interaction.id).not.toBe(accepted(byRow, { id: "1" }, 6).interaction.id);
    expect(accepted(byId, { id: "1", key: "a" }, 5).interaction.id).toBe(accepted(byId, { id: "1", key: "a" }, 6).interaction.id);
  });

  test("at the fixed day when no column holds a time, from two columns when date and time of day are apart", () => {
    const fixed = makeMapping({}, { time: { format: "iso", zone: "UTC", fixed: "2017-07-01T00:00:00Z" } });
    const apart = makeMapping({ day: { use: "time" }, clock: { use: "time" } }, { time: { format: "dmy", zone: "Europe/Zurich", fixed: null } });

    expect(accepted(fixed, {}).interaction.at).toBe("2017-07-01T00:00:00.000Z");
    expect(accepted(apart, { day: "13.03.2024", clock: "10:21" }).interaction.at).toBe("2024-03-13T09:21:00.000Z");
    expect(accepted(makeMapping({}), {}).interaction.at).toBe("2024-06-01T00:00:00.000Z");
  });

  test("without what PostgreSQL cannot store", () => {
    expect(message(accepted(makeMapping({ x: { use: "property", name: "__proto__" }, y: { use: "property", name: "y" } }), { x: "1", y: "\ud800" }))).toMatchObject({ properties: { y: "\ufffd" } });
  });
});

describe("a row becomes feelings", () => {
  const mapping = makeMapping({
    nps: score({ blank: ["11"] }), food: score({ kind: "rating", min: 1, max: 5, blank: ["0", "6"], touchpoint: "Food" }),
    fft: score({ kind: "csat", min: 1, max: 5, isReversed: true, words: { "Very good": 1 } }), why: { use: "comment" }, w: { use: "weight" },
  });
  const feelings = (cells: Record<string, string>) => accepted(mapping, cells).perceptions.map(({ kind, value, touchpoint, text, weight }) => ({ kind, value, touchpoint, text, weight }));

  test("with scale, touchpoint and weight; blanks are no answers", () => {
    expect(feelings({ nps: "9", food: "4", fft: "1", why: "So kind", w: "0.5" })).toEqual([
      { kind: "nps", value: 9, touchpoint: null, text: null, weight: 0.5 },
      { kind: "rating", value: 4, touchpoint: "Food", text: null, weight: 0.5 },
      { kind: "csat", value: 5, touchpoint: null, text: null, weight: 0.5 },
      { kind: "comment", value: null, touchpoint: null, text: "So kind", weight: 0.5 },
    ]);
    expect(feelings({ nps: "11", food: "6", fft: "Blank", why: "n/a" })).toEqual([]);
  });

  test.each(["Did not answer", "Did not answer.", "No comments", "None.", "Didn’t answer", "Keine Angabe", "-"])("taking %s for no comment", (why) => {
    expect(feelings({ nps: "9", why })).toMatchObject([{ kind: "nps", value: 9 }]);
  });

  test.each(["Nothing", "No", "No answer from the hotline", "They did not answer."])("taking %s for a comment", (why) => {
    expect(feelings({ why })).toMatchObject([{ kind: "comment", text: why }]);
  });

  test.each([["10 - Extremely likely", 10], ["7/10", 7], ["8 points", 8], ["6,0", 6], ["0", 0]])("reading %s as %d", (nps, value) => {
    expect(feelings({ nps })).toMatchObject([{ kind: "nps", value }]);
  });

  test("reading words as the numbers a person gave them", () => {
    expect(feelings({ fft: "very good" })).toMatchObject([{ kind: "csat", value: 5 }]);
  });
});

describe("a row is refused", () => {
  const mapping = makeMapping({ when: { use: "time" }, nps: score(), w: { use: "weight" } });

  test.each<[string, Record<string, string>, string]>([
    ["without time", { nps: "9" }, "time_missing"],
    ["with a time that is none", { when: "13 Brumaire", nps: "9" }, "time_unreadable"],
    ["from before 1900", { when: "1899-12-31", nps: "9" }, "time_unreadable"],
    ["from the future", { when: "2031-01-01", nps: "9" }, "time_in_future"],
    ["with a score that is no number", { when: "2024-01-01", nps: "great" }, "score_unreadable"],
    ["with a score off the scale", { when: "2024-01-01", nps: "12" }, "score_out_of_range"],
    ["with a weight that is none", { when: "2024-01-01", nps: "9", w: "-1" }, "weight_unreadable"],
    ["with a formula instead of a weight", { when: "2024-01-01", nps: "9", w: "=cmd|' /C calc'!A0" }, "weight_unreadable"],
  ])("%s", (_name, cells, code) => {
    expect(convert(mapping, cells)).toMatchObject({ ok: false, problem: { code } });
  });
});
