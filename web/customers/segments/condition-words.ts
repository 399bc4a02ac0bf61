import type { Translate } from "../../ui/texts.ts";
import type { SegmentCondition } from "./segments.data.ts";
import type { SegmentsTexts } from "./segments.texts.ts";

type Say = Translate<SegmentsTexts>;

/** A condition in words, for instance "plan is pro". */
export const conditionWords = (condition: SegmentCondition, t: Say, listName: (id: string) => string): string => {
  switch (condition.kind) {
    case "trait": return t("sayTrait", { name: condition.name, operator: operatorWord(condition.operator, t), value: condition.operator === "known" || condition.operator === "unknown" ? "" : condition.value }).trim();
    case "identifier": return `${t(condition.identifier)} ${t(condition.isPresent ? "present" : "absent")}`;
    case "seen": return t("saySeen", { which: t(condition.which), operator: t(condition.operator), days: condition.days });
    case "interactions": return t("sayInteractions", { operator: t(condition.operator), count: String(condition.count), name: condition.name ?? t("anyInteraction"), days: daysWords(condition.days, t) });
    case "touchpoint": return t("sayTouchpoint", { met: t(condition.isMet ? "met" : "notMet"), touchpoint: condition.touchpoint, days: daysWords(condition.days, t) });
    case "score": return t("sayScore", { score: t(condition.score), from: condition.from, to: condition.to, days: daysWords(condition.days, t) });
    case "list": return `${t(condition.isMember ? "onList" : "notOnList")} ${listName(condition.segmentId)}`;
    default: return condition satisfies never;
  }
};

export const operatorWord = (operator: Extract<SegmentCondition, { kind: "trait" }>["operator"], t: Say): string =>
  t(operator === "known" ? "op_known" : operator === "unknown" ? "op_unknown" : operator);

const daysWords = (days: number | null, t: Say): string => (days === null ? "" : t("sayWithin", { days }));
