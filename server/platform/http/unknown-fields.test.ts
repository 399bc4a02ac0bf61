import { expect, test } from "vitest";
import { z } from "zod";
import { describeUnknownField, findUnknownFields } from "./unknown-fields.ts";

const one = z.object({ name: z.string(), colour: z.string().optional() });
const rule = z.discriminatedUnion("kind", [z.object({ kind: z.literal("all"), conditions: z.array(one) }), z.object({ kind: z.literal("list"), names: z.array(z.string()) })]);
const tree: z.ZodType = z.object({ name: z.string(), inner: z.lazy(() => tree).optional() });

test.each<[string, z.ZodType, unknown, string[]]>([
  ["an object", one, { name: "a", colur: "red" }, ["colur"]],
  ["all that is unknown, in the order written", one, { x: 1, name: "a", y: 2 }, ["x", "y"]],
  ["a value that fits nothing", one, { nam: 1 }, ["nam"]],
  ["no object at all", one, ["name"], []],
  ["nothing", one, undefined, []],
  ["a list", z.object({ list: z.array(one) }), { list: [{ name: "a" }, { name: "b", x: 1 }] }, ["list.1.x"]],
  ["a fixed list", z.tuple([z.string(), one]), ["a", { name: "b", x: 1 }], ["1.x"]],
  ["a map, whose names are free", z.record(z.string(), one), { any: { name: "a", x: 1 } }, ["any.x"]],
  ["optional, defaulted and nullable parts", z.object({ a: one.optional(), b: one.default({ name: "a" }), c: one.nullable(), d: one.nullish() }), { a: { x: 1 }, b: { x: 1 }, c: { x: 1 }, d: { x: 1 } }, ["a.x", "b.x", "c.x", "d.x"]],
  ["what is read before it is turned into something else", one.transform(({ name }) => name), { name: "a", x: 1 }, ["x"]],
  ["what is checked further", one.refine(() => true), { name: "a", x: 1 }, ["x"]],
  ["a tree", tree, { name: "a", inner: { name: "b", inner: { x: 1 } } }, ["inner.inner.x"]],
  ["a choice by its word", rule, { kind: "all", names: [], conditions: [{ name: "a", x: 1 }] }, ["names", "conditions.0.x"]],
  ["a choice by its word that does not fit", rule, { kind: "all", condition: [] }, ["condition"]],
  ["a choice with no word", z.union([z.string(), one]), { name: "a", x: 1 }, ["x"]],
  ["a choice of which nothing fits", z.union([z.string(), one]), { x: 1 }, []],
  ["an object that takes anything", z.looseObject({ name: z.string() }), { x: 1 }, []],
  ["a strict object, as any other", z.strictObject({ name: z.string() }), { x: 1 }, ["x"]],
  ["anything", z.unknown(), { x: 1 }, []],
  ["names every object bears", one, JSON.parse('{"name": "a", "toString": 1, "__proto__": 2}'), ["toString", "__proto__"]],
])("of %s it finds what would be dropped", (_, schema, value, found) => {
  expect(findUnknownFields(schema, value, 20).map(({ path }) => path.join("."))).toEqual(found);
});

test("a body of thousands of unknown fields is not searched to its end", () => {
  const value = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, index]));
  expect(findUnknownFields(one, value, 20)).toHaveLength(20);
  expect(findUnknownFields(z.array(one), [value, value], 20)).toHaveLength(20);
});

test.each([
  ["the field that was meant", "chanel", ["from", "channel"], 'is unknown (did you mean "channel"?)'],
  ["those there are", "start", ["from", "channel"], "is unknown (known are from, channel)"],
  ["that there are none", "start", [], "is unknown: nothing is read here"],
])("it says %s", (_, name, known, said) => {
  expect(describeUnknownField({ path: [name], known })).toBe(said);
});

test("it names thirty of many", () => {
  const known = Array.from({ length: 40 }, (_, index) => `${index}`);
  expect(describeUnknownField({ path: ["start"], known })).toMatch(/^is unknown \(known are 0, .*, 29 and 10 more\)$/);
});
