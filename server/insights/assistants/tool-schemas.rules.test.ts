import { expect, test } from "vitest";
import { shortenSchema } from "./tool-schemas.rules.ts";

const id = { type: "string", format: "uuid", pattern: "^[0-9a-f-]{36}$" };

test.each([
  ["a day or a time", { anyOf: [{ type: "string", format: "date", pattern: "^x$" }, { type: "string", format: "date-time", pattern: "^y$" }] }, { type: "string", description: "date or date-time" }],
  ["a day or a time that means something", { description: "compare with this period", anyOf: [{ type: "string", format: "date" }, { type: "string", format: "date-time" }] }, { type: "string", description: "compare with this period: date or date-time" }],
  ["one text or several", { description: "what it was about", anyOf: [{ type: "string", maxLength: 300 }, { type: "array", maxItems: 50, items: { type: "string", maxLength: 300 } }] }, { description: "what it was about", type: ["string", "array"], items: { type: "string" } }],
  ["one id or several, or none", { anyOf: [{ anyOf: [id, { type: "string", const: "" }] }, { type: "array", items: { anyOf: [id, { type: "string", const: "" }] } }] }, { type: ["string", "array"], items: { type: "string", format: "uuid" } }],
  ["names to choose from, which stay", { anyOf: [{ type: "string", enum: ["nps", "csat"] }, { type: "string", pattern: "^custom:" }] }, { anyOf: [{ type: "string", enum: ["nps", "csat"] }, { type: "string" }] }],
  ["a number with its limits, which stay", { type: "integer", minimum: 1, maximum: 12, default: 5 }, { type: "integer", minimum: 1, maximum: 12, default: 5 }],
  ["an argument that is called like a word of schemas", { type: "object", properties: { pattern: { type: "string", maxLength: 5 } }, required: ["pattern"], additionalProperties: false }, { type: "object", properties: { pattern: { type: "string" } }, required: ["pattern"], additionalProperties: false }],
])("is told in few words: %s", (_, schema, expected) => {
  expect(shortenSchema(schema)).toEqual(expected);
});
