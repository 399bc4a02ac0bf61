import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { currentTraits, displayName, keptTraits, traitsAsOf, type TraitEntry } from "./traits.rules.ts";

const said = (at: number, value: unknown, recordedAt = at, source = "segment", name = "city"): TraitEntry => ({ name, value, at, recordedAt, source });
const city = (entries: TraitEntry[]): unknown => currentTraits(entries)[0]?.value;

describe("the present value of a trait", () => {
  it.each<{ name: string; entries: TraitEntry[]; value: unknown }>([
    { name: "the newest counts", entries: [said(1, "Bonn"), said(2, "Berlin")], value: "Berlin" },
    { name: "late news of an earlier time does not win", entries: [said(2, "Berlin", 2), said(1, "Bonn", 9)], value: "Berlin" },
    { name: "of two for the same time, the one heard last", entries: [said(1, "Bonn", 1), said(1, "Berlin", 2)], value: "Berlin" },
    { name: "what a member wrote stays", entries: [said(1, "Köln", 1, "manual"), said(5, "Berlin")], value: "Köln" },
    { name: "what was inferred never outranks what was said", entries: [said(1, "Bonn"), said(5, "Rome", 5, "inferred")], value: "Bonn" },
    { name: "null clears", entries: [said(1, "Bonn"), said(2, null)], value: undefined },
    { name: "false and zero are values", entries: [said(1, false)], value: false },
  ])("$name", ({ entries, value }) => {
    expect(city(entries)).toEqual(value);
    expect(city(entries.toReversed())).toEqual(value);
  });

  it("does not depend on the order of arrival", () => {
    const entry = fc.record({ at: fc.integer({ min: 0, max: 5 }), recordedAt: fc.integer({ min: 0, max: 5 }), value: fc.constantFrom("a", "b", null), name: fc.constantFrom("x", "y"), source: fc.constantFrom("segment", "manual") });
    fc.assert(fc.property(fc.array(entry), (entries) => {
      const values = (list: TraitEntry[]): unknown => currentTraits(list).map(({ name, value }) => [name, value]);
      expect(values(entries.toReversed())).toEqual(values(entries));
    }));
  });

  it("can be asked as of a time, and as known at a time", () => {
    const history = [said(1, "Bonn", 1), said(5, "Berlin", 9)];
    expect(traitsAsOf(history, 6, 6)[0]?.value).toBe("Bonn");
    expect(traitsAsOf(history, 6, 9)[0]?.value).toBe("Berlin");
  });
});

it.each<[Record<string, unknown>, string | null, string]>([
  [{ name: "Ada L." }, "ada@x.org", "Ada L."],
  [{ firstName: "Ada", lastName: "Lovelace" }, null, "Ada Lovelace"],
  [{ first_name: "Ada" }, null, "Ada"],
  [{ name: 7 }, "ada@x.org", "ada@x.org"],
  [{}, null, "user 42"],
])("traits %j with e-mail %j show as %j", (traits, email, name) => expect(displayName(new Map(Object.entries(traits)), email, "user 42")).toBe(name));

it("oversized traits are left out, the others stay", () => {
  expect(keptTraits({ half: "a\ud800b", told: "\\u0000", deep: { "k\u0000": ["\udc00"] } })).toEqual([["half", '"a\ufffdb"'], ["told", '"\\\\u0000"'], ["deep", '{"k":["\ufffd"]}']]);
  expect(keptTraits({ ok: 1, ["n".repeat(101)]: 1, big: "x".repeat(8001), zero: "a\u0000b" })).toEqual([["ok", "1"], ["zero", '"ab"']]);
});
