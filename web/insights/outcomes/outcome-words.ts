import { formatDayWithYear, formatMonth } from "../../ui/dates.ts";
import { formatNumber } from "../../ui/numbers.ts";
import type { Grouping } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";

/** What a group is called: by the feeling for best, middle and worst, else the value of the trait. */
export const nameGroup = (by: Grouping, name: string | null): string => {
  const t = outcomesTexts.say;
  if (by.startsWith("trait:")) return name === null || name === "" || name === "none" ? t("noneTrait") : name === "…" ? t("otherValues") : name;
  if (name !== "best" && name !== "middle" && name !== "worst") return t("none");
  return t(`${name}_${by === "nps" ? "nps" : by.startsWith("need") ? "need" : "score"}`);
};

export const nameGrouping = (by: Grouping): string => (isTrait(by) ? outcomesTexts.say("trait", { name: by.slice("trait:".length) }) : outcomesTexts.say(by));
const isTrait = (by: Grouping): by is `trait:${string}` => by.startsWith("trait:");

/** "less than once in a thousand times", "3 in 100 times". */
export const sayChance = (p: number): string =>
  p < 0.001 ? outcomesTexts.say("oftener") : outcomesTexts.say("times", { n: formatNumber(p * 100, p < 0.1 ? 1 : 0) });

/** Stands for the group in drawings; groups of a trait are told apart by their dashes as well. */
export const toneOf = (by: Grouping, name: string | null, place: number): string => {
  if (name === null) return "none";
  if (!by.startsWith("trait:")) return name;
  return traitTones[place % traitTones.length] ?? "brand";
};
const traitTones = ["brand", "worst", "best", "warn", "middle"] as const;

/** The week or month in which a cohort first bought. */
export const nameCohort = (bucket: "week" | "month", start: string): string => {
  const at = new Date(`${start}T00:00:00Z`);
  return bucket === "month" ? formatMonth(at, "UTC") : formatDayWithYear(at, "UTC");
};
