import type { SegmentCondition, SegmentRule } from "./segments.contract.ts";

/** Whether somebody may come in or drop out because time passes, though nothing happens. */
export const isTimed = (rule: SegmentRule): boolean =>
  rule.conditions.some((part) => (part.kind === "group" ? part.conditions.some(looksBack) : looksBack(part)));

const looksBack = (condition: SegmentCondition): boolean => {
  switch (condition.kind) {
    case "seen":
      return true;
    case "interactions":
    case "touchpoint":
    case "score":
      return condition.days !== null;
    case "trait":
    case "identifier":
    case "list":
      return false;
  }
};
