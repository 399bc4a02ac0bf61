import { expect, test } from "vitest";
import { endOfTimeMs, traitSpans } from "./trait-spans.rules.ts";

const said = (value: unknown, atMs: number, source = "segment") => ({ customerId: "a", value, at: new Date(atMs), recordedAt: new Date(atMs), source });
const spans = (...given: ReturnType<typeof said>[]) => traitSpans(given).map(({ value, fromMs, toMs }) => [value, fromMs, toMs]);

test.each([
  ["one value is held from when it was said", [said("gold", 10)], [["gold", 10, endOfTimeMs]]],
  ["a new value ends the old one", [said("silver", 20), said("gold", 10)], [["gold", 10, 20], ["silver", 20, endOfTimeMs]]],
  ["the same value again changes nothing", [said("gold", 10), said("gold", 20)], [["gold", 10, endOfTimeMs]]],
  ["a cleared value is held by nobody", [said("gold", 10), said(null, 20), said("gold", 30)], [["gold", 10, 20], ["gold", 30, endOfTimeMs]]],
  ["what a member said is not overruled by what is sent later", [said("gold", 10), said("vip", 20, "manual"), said("gold", 30)], [["gold", 10, 20], ["vip", 20, endOfTimeMs]]],
  ["numbers and yes or no are values, lists are not", [said(3, 10), said(true, 20), said(["x"], 30)], [["3", 10, 20], ["true", 20, 30]]],
])("%s", (_, given, expected) => {
  expect(spans(...given)).toEqual(expected);
});
