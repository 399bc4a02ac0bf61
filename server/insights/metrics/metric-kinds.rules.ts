import { definitions } from "../../customers/scores/definitions.rules.ts";
import { bandOf, boxOf, formulaOf, isScoreable, usualScales } from "../../customers/scores/scales.rules.ts";
import type { BandName, Definition, MeasureName, MetricKey, MetricSummary, Scale, SplitKey } from "./metrics.contract.ts";

/** Where the values of a metric stand: feelings have them themselves, comments have been read, formulas are worked out, and who was asked is
 *  known to invitations and call lists. */
export type MetricSource = "feelings" | "readings" | "formula" | "outreach";

/** What is measured. `limits` is set where the metric fixes its scale. */
export type Metric = { key: MetricKey; measure: MeasureName; title: string; definition: Definition; source: MetricSource; limits: Scale | null };

/** @returns null for a formula of one's own, which is kept and not built in */
export const findBuiltIn = (key: MetricKey): Metric | null => {
  const measure = measureOf(key);
  if (measure === "custom") return null;
  const definition = definitions[measure];
  return { key, measure, title: definition.title, definition, source: sourceOf(measure), limits: null };
};

/** A formula a member wrote, as a metric. */
export const ownMetric = (key: MetricKey, own: { name: string; description: string; formula: string; scaleMin: number; scaleMax: number }): Metric => {
  const { name, description, formula, scaleMin, scaleMax } = own;
  const said = `Mean of ${formula}, from ${scaleMin} (worst) to ${scaleMax} (best). Responses that lack an answer the formula needs, and values off this scale, are left out.`;
  const definition = { ...definitions.custom, title: name, formula: description === "" ? said : `${said} ${description}` };
  return { key, measure: "custom", title: name, definition, source: "formula", limits: { min: scaleMin, max: scaleMax } };
};

export const measureOf = (key: MetricKey): MeasureName => (isOwn(key) ? "custom" : key);

const isOwn = (key: MetricKey): key is `custom:${string}` => key.startsWith("custom:");

/** The id in `custom:<id>`; null for what is built in. */
export const customIdOf = (key: MetricKey): string | null => (isOwn(key) ? key.slice("custom:".length) : null);

export const sourceOf = (measure: MeasureName): MetricSource => {
  switch (measure) {
    case "nps":
    case "csat":
    case "ces":
    case "stars":
    case "rating":
      return "feelings";
    case "custom":
      return "formula";
    case "response_rate":
      return "outreach";
    case "sentiment":
    case "need_easy":
    case "need_expect":
    case "need_promise":
    case "need_inform":
    case "need_individ":
    case "need_right":
      return "readings";
  }
};

export const unitOf = (measure: MeasureName): MetricSummary["unit"] => {
  const units = { net: "points", share: "percent", mean: "scale" } as const;
  return units[formulaOf(measure)];
};

/** What a split needs of a metric: who was asked is known by way, survey, language and time; emotions are read in comments only. */
export const canSplit = (source: MetricSource, by: SplitKey): boolean => {
  if (source === "outreach") return ["channel", "survey", "language", "month", "weekday", "segment", "persona"].includes(by);
  return source === "readings" || (by !== "language" && by !== "emotion");
};

/** Filters by which the metric cannot be narrowed. */
export const listWrongFilters = (source: MetricSource, given: readonly string[]): string[] => {
  const wrong = source === "outreach" ? ["touchpoint", "stage", "environment", "product", "source", "trait", "member", "team", "department", "emotion"] : source === "readings" ? [] : ["language", "emotion"];
  return given.filter((name) => wrong.includes(name));
};

/** Groups of people, whose answers could be traced when they are few; the others are places, ways and times. */
export const isPersonal = (by: SplitKey): boolean => by === "member" || isOfSegments(by) || by === "language" || by.startsWith("trait:");

/** Whether groups are segments, of which customers may be in several. */
export const isOfSegments = (by: SplitKey): by is "segment" | "persona" => by === "segment" || by === "persona";

/** Fewer people than this are no group. Source: usual threshold of survey practice, as the reports of surveys have it. */
export const fewestPeople = 5;

/** The band of one value on its scale; null when it is off the scale or the metric is not defined there. */
export const bandAt = (measure: MeasureName, scale: Scale, value: number): BandName | null => {
  const box = boxOf(scale, value);
  return box === null || !isScoreable(measure, scale) ? null : bandOf(measure, scale, box);
};

/** The scale values are taken to stand on when they came without one. */
export const usualScaleOf = ({ measure, limits }: Metric): Scale => limits ?? usualScales[measure];
