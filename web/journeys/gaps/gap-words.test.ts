import { expect, test } from "vitest";
import { isSilent, sayPeople, saySize, showsAgain } from "./gap-words.ts";

test.each([
  [{ comments: 0, scores: 0 }, true],
  [{ comments: 1, scores: 0 }, false],
  [{ comments: 0, scores: 1 }, false],
])("where %j were looked at, that no gap was found tells nothing: %s", (looked, expected) => {
  expect(isSilent(looked)).toBe(expected);
});

test.each([
  ["done", "2026-03-10T12:00:00.000Z", "2026-03-10T12:00:00.000Z", true],
  ["done", "2026-03-10T12:00:00.000Z", "2026-03-10T00:00:00.000Z", false],
  ["planned", "2026-03-10T12:00:00.000Z", "2026-04-01T00:00:00.000Z", false],
] as const)("a gap that is %s since %s shows again in what happened from %s on: %s", (status, changedAt, from, expected) => {
  expect(showsAgain({ status, changedAt }, { from, to: "2026-05-01T00:00:00.000Z" })).toBe(expected);
});

test.each([[0, "0"], [0.04, "<0.1"], [0.2, "0.2"], [9.4, "9.4"], [68.2, "68"]])("a gap of the size %d is told as %s", (size, expected) => {
  expect(saySize(size)).toBe(expected);
});

test.each([
  ["promise", 0.4, "Customers none for sure"], ["promise", 0, "Customers none for sure"], ["promise", 33.2, "Customers, at least 33"],
  ["feeling", 0.4, "Customers <1"], ["feeling", 267, "Customers 267"],
] as const)("a gap of the kind %s that concerns %d: %s", (kind, people, expected) => {
  const { label, value } = sayPeople({ kind, people });
  expect(`${label} ${value}`).toBe(expected);
});
