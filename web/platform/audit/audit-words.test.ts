import { expect, test } from "vitest";
import { sayAction } from "./audit-words.ts";

test.each([["alert_rule.changed", "Alert rule changed"], ["dead-letters.replayed", "Dead letters replayed"], ["segment.created", "Segment created"]])("%s is told in words", (action, words) => {
  expect(sayAction(action)).toBe(words);
});
