import { expect, test } from "vitest";
import { isSilent } from "./gap-words.ts";

test.each([
  [{ comments: 0, scores: 0 }, true],
  [{ comments: 1, scores: 0 }, false],
  [{ comments: 0, scores: 1 }, false],
])("where %j were looked at, that no gap was found tells nothing: %s", (looked, expected) => {
  expect(isSilent(looked)).toBe(expected);
});
