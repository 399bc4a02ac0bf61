import { formatNumber } from "../../ui/numbers.ts";
import type { NeedFactBin, OpenFact } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";

const t = needFactsTexts.say;

/** A value of a measure, such as its median or its limit: "2.5 days", "3 times". What a case has or has not is no number. */
export const sayFactValue = ({ measure, unit }: Pick<OpenFact, "measure" | "unit">, value: number): string => {
  if (unit === "share") return "–";
  return unit === "days" ? t("days", { n: formatNumber(value, 1) }) : t(measure === "steps_to_goal" ? "steps" : "times", { count: value });
};

/** A column of a spread in few signs: "2", "7–13", "14+", "early". Of days "7–14" is from the seventh to the fourteenth. */
export const sayBin = (unit: OpenFact["unit"], { from, to }: Pick<NeedFactBin, "from" | "to">): string => {
  if (from === null) return t("binEarly");
  if (unit === "share") return t(to === null ? "binHas" : "binHasNot");
  if (to === null) return `${formatNumber(from)}+`;
  const last = unit === "days" ? to : to - 1;
  return last === from ? formatNumber(from) : `${formatNumber(from)}–${formatNumber(last)}`;
};

/** What a measure is counted from, with the limit where it has one. */
export const sayBasis = (fact: Pick<OpenFact, "measure" | "unit">, { facts, limit }: { facts: readonly string[]; limit: number }): string => {
  const names = facts.join(", ");
  return fact.unit === "share" ? names : t("courseBasis", { facts: names, limit: sayFactValue(fact, limit) });
};
