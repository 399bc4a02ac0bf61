import { expect, test } from "vitest";
import { holdsAllFacts } from "./need-facts.rules.ts";

test.each([
  ["that follows", { state: "following", lagRows: 900 }, true],
  ["that lost its file and reads all from the start", { state: "following", lagRows: 600_000 }, false],
  ["that is made anew", { state: "rebuilding", lagRows: 0 }, false],
])("guesses are made from a copy of facts: one %s", (_, status, isWhole) => {
  expect(holdsAllFacts(status)).toBe(isWhole);
});
