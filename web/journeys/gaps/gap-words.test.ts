import { expect, test } from "vitest";
import { isSilent, showsAgain } from "./gap-words.ts";

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
