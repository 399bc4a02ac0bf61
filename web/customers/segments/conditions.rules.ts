import type { SegmentCondition, SegmentGroup, SegmentRule } from "@firsthand/server/customers/segments/segments.contract";

export type ConditionKind = SegmentCondition["kind"];
export const conditionKinds: readonly ConditionKind[] = ["trait", "interactions", "touchpoint", "score", "seen", "identifier", "list"];

export const emptyRule: SegmentRule = { match: "all", who: "known", conditions: [] };

/** A condition of a kind to start from; what has no sensible start is left to fill in. */
export const startCondition = (kind: ConditionKind): SegmentCondition => {
  switch (kind) {
    case "trait": return { kind, name: "", operator: "is", value: "" };
    case "identifier": return { kind, identifier: "email", isPresent: true };
    case "seen": return { kind, which: "last", operator: "within", days: 30 };
    case "interactions": return { kind, name: null, operator: "at_least", count: 1, days: 30 };
    case "touchpoint": return { kind, touchpoint: "", isMet: true, days: 30 };
    case "score": return { kind, score: "nps", from: 0, to: 6, days: null };
    case "list": return { kind, segmentId: "", isMember: true };
    default: return kind satisfies never;
  }
};

/** Whether nothing is left to fill in, so that the rule can be tried and saved. */
export const isComplete = (rule: SegmentRule): boolean =>
  rule.conditions.every((part) => (part.kind === "group" ? part.conditions.length > 0 && part.conditions.every(isFilled) : isFilled(part)));

const isFilled = (condition: SegmentCondition): boolean => {
  switch (condition.kind) {
    case "trait": return condition.name.trim() !== "" && (condition.value.trim() !== "" || condition.operator === "known" || condition.operator === "unknown");
    case "touchpoint": return condition.touchpoint.trim() !== "";
    case "list": return condition.segmentId !== "";
    case "identifier": case "seen": case "interactions": case "score": return true;
    default: return condition satisfies never;
  }
};

/** Changes one part of a rule; null takes it out. */
export const withPart = (rule: SegmentRule, index: number, part: SegmentCondition | SegmentGroup | null): SegmentRule => ({
  ...rule,
  conditions: part === null ? rule.conditions.toSpliced(index, 1) : rule.conditions.toSpliced(index, 1, part),
});
