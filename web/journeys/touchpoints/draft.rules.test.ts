import { expect, test } from "vitest";
import { saysSomething, tidyRules } from "./draft.rules.ts";

test("empty rules, empty lists and conditions on no field are left out", () => {
  expect(tidyRules([
    {}, { names: [] }, { properties: [{ field: " ", operator: "exists", value: "" }] },
    { names: ["Order *"], channels: [], properties: [{ field: "properties.total", operator: "more_than", value: "5" }] },
  ])).toEqual([{ names: ["Order *"], properties: [{ field: "properties.total", operator: "more_than", value: "5" }] }]);
});

test.each([[{}, false], [{ types: [] }, false], [{ pages: ["/"] }, true]])("%j says something: %s", (rule, expected) => {
  expect(saysSomething(rule)).toBe(expected);
});
