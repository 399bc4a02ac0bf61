import { circumstances, type Dimension, dimensions } from "../../feedback/feedback.parts.ts";
import type { Choices } from "../../ui/choices.ts";
import { languageName } from "../../ui/locale.ts";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import type { Filter } from "../../ui/FilterBar.tsx";
import { nameOfNone, notNamed } from "../../ui/unnamed.ts";
import { needNames } from "../comments/comments.data.ts";
import { commentsTexts } from "../comments/comments.texts.ts";
import type { DriversFault, DriverWarning, FactorPart, SurveyDrivers } from "./drivers.data.ts";
import type { DriversSearch } from "./drivers-search.ts";
import type { driversTexts } from "./drivers.texts.ts";

export type Words = typeof driversTexts.say;
type Question = SurveyDrivers["questions"][number];
/** What a question is called; its id where it has no title. */
export type Naming = (id: string) => string;

export const namingOf = (t: Words, { questions }: Pick<SurveyDrivers, "questions">): Naming => {
  const titles = new Map(questions.map((question) => [question.id, titleOf(t, question)]));
  return (id) => titles.get(id) ?? id;
};

const ownNames = { "effort:ces": "effortCes", "effort:contacts": "effortContacts", "waiting:silence": "waitingSilence", "waiting:remedy": "waitingRemedy" } as const;

/** Needs, effort and waiting are named here, questions by whoever asks them. */
const titleOf = (t: Words, { id, title, type }: Question): string => {
  if (type === "theme") return t("themeSaid", { theme: title });
  if (type === "touchpoint") return t("touchpointMet", { touchpoint: title });
  const need = type === "need" ? needNames.find((known) => id === `need:${known}`) : undefined;
  if (need !== undefined) return t("needSaid", { need: commentsTexts.say(need) });
  const own = Object.entries(ownNames).find(([known]) => known === id)?.[1];
  return own === undefined ? title || id : t(own);
};

const groups = { need: "groupNeed", theme: "groupTheme", touchpoint: "groupTouchpoint", effort: "groupEffort", waiting: "groupWaiting" } as const;

/** What can be ticked as a factor: questions, and group by group what was said and met around the answer. Questions of effort stand with effort. */
export const factorChoices = (t: Words, questions: readonly Question[], outcome: string | null) => {
  const groupOf = ({ type }: Question) => (type === "ces" ? groups.effort : (Object.entries(groups).find(([known]) => known === type)?.[1] ?? "groupQuestions"));
  return (["groupQuestions", ...Object.values(groups)] as const).flatMap((group) => {
    const items = questions.filter((question) => question.id !== outcome && groupOf(question) === group).map((question) => ({ value: question.id, label: titleOf(t, question) }));
    return items.length === 0 ? [] : [{ group: t(group), items }];
  });
};

/** Whether a factor says how good something was. The others say what was met, how often or how long. */
export const isRated = (factor: string): boolean => !/^(?:theme|touchpoint|waiting):|^effort:contacts$/u.test(factor);

/** Parts a factor's answers can be looked at in. */
export const partsOf = (factor: string): readonly FactorPart[] => (isRated(factor) ? ["all", "low", "middle", "high"] : ["all", "some", "none"]);

export const nameOfPart = (t: Words, factor: string, part: FactorPart): string => {
  switch (part) {
    case "all":
    case "none":
      return t(`part_${part}`);
    case "some":
      return t(factor.startsWith("theme:") ? "theme_some" : "part_some");
    case "low":
    case "middle":
    case "high":
      return t(factor.startsWith("need:") ? `need_${part}` : `part_${part}`);
  }
};

/** What a factor was in one answer: a score as it was given, what is no score in words. */
export const sayFactorValue = (t: Words, factor: string, value: number): string => {
  if (factor.startsWith("need:")) return nameOfPart(t, factor, value > 0 ? "high" : value < 0 ? "low" : "middle");
  if (/^(?:theme|touchpoint):/u.test(factor)) return t(value > 0 ? "valueYes" : "valueNo");
  const write = (digits: number): string => formatNumber(value, Number.isInteger(value) ? 0 : digits);
  return factor.startsWith("waiting:") ? t("valueDays", { count: value, days: write(1) }) : write(2);
};

/** "A, B and C" */
export const listed = (names: readonly string[]): string => new Intl.ListFormat("en").format(names);

export const formatPart = (share: number | null): string => (share === null ? "–" : formatShare(share, 1));

export const sayWarning = (t: Words, name: Naming, warning: DriverWarning): string => {
  switch (warning.code) {
    case "few_rows":
      return t("few_rows", { count: warning.n });
    case "few_rows_per_factor":
      return t("few_rows_per_factor", { count: warning.n, factors: warning.factors });
    case "rows_lost":
      return t("rows_lost", { share: formatShare(warning.n / warning.of) });
    case "pairs_differ":
      return t("pairs_differ", { fewest: warning.fewest, of: warning.of });
    case "matrix_repaired":
      return t("matrix_repaired");
    case "means_filled":
      return t("means_filled", { share: formatShare(warning.share, 1) });
    case "much_filled":
      return t("much_filled", { factor: name(warning.factor), share: formatShare(warning.share) });
    case "weights_unsteady":
      return t("weights_unsteady", { effect: formatNumber(warning.designEffect, 1) });
    case "little_explained":
      return t("little_explained", { share: formatShare(warning.r2, 1) });
    case "halo":
      return t("halo", { correlation: formatNumber(warning.meanCorrelation, 2) });
    case "inflated":
      return t("inflated", { factor: name(warning.factor), vif: formatNumber(warning.vif, 1) });
    case "direction_turns":
      return t("direction_turns", { factor: name(warning.factor) });
    case "order_open":
      return t("order_open", { factor: name(warning.factor), rivals: listed(warning.rivals.map((rival) => `“${name(rival)}”`)) });
  }
};

/** Why there is no result, as a title and a sentence. */
export const sayFault = (t: Words, name: Naming, fault: DriversFault, { outcome, missing }: { outcome: string; missing: DriversSearch["missing"] }): { title: string; body: string } => {
  switch (fault.fault) {
    case "too_few_rows":
      return { title: t("too_few_rows"), body: t(missing === "listwise" ? "too_few_rowsListwise" : missing === "pairwise" ? "too_few_rowsPairwise" : "too_few_rowsFilled", { count: fault.n, needed: fault.needed }) };
    case "too_few_factors":
      return { title: t("too_few_factors"), body: t("too_few_factorsBody", { needed: fault.needed }) };
    case "too_many_factors":
      return { title: t("too_many_factors"), body: t("too_many_factorsBody", { most: fault.most }) };
    case "constant_outcome":
      return { title: t("constant_outcome"), body: t("constant_outcomeBody", { outcome: `“${name(outcome)}”` }) };
    case "constant_factor":
      return { title: t("constant_factor"), body: t("constant_factorBody", { factor: name(fault.factor) }) };
    case "collinear":
      return { title: t("collinear"), body: t("collinearBody", { factor: name(fault.factor), others: listed(fault.from.map((other) => `“${name(other)}”`)) }) };
  }
};

/** The filters of the screen with what can be chosen in this survey. */
export const filtersFor = (t: Words, search: DriversSearch, drivers: SurveyDrivers, lists: Choices): Filter[] => [
  ...dimensions
    .filter((name) => drivers.dimensions[name].some(({ value }) => value !== "") || search.filters[name] !== undefined)
    .map((name): Filter => ({
      kind: "select", name, label: t(name), value: search.filters[name],
      options: drivers.dimensions[name].map(({ value, label }) => ({ value: value === "" ? notNamed : value, label: label ?? nameOf(t, name, value) })),
    })),
  ...circumstances
    .filter((name) => drivers.circumstances.some((one) => one.name === name) || search.filters[name] !== undefined)
    .map((name): Filter => ({
      kind: "select", name, label: t(name), value: search.filters[name],
      options: drivers.circumstances.filter((one) => one.name === name).map(({ value, label }) => ({ value: value === "" ? notNamed : value, label: value === "" ? nameOfNone(name) : (label ?? value) })),
    })),
  ...(lists.choices.length === 0 && lists.failure === undefined ? [] : [{ kind: "select", name: "list", label: t("list"), value: search.list, options: lists.choices, failure: lists.failure } satisfies Filter]),
  ...(drivers.traits.length === 0 ? [] : [{
    kind: "select", name: "trait", label: t("trait"), value: search.trait,
    options: drivers.traits.flatMap(({ name, values }) => values.map((value) => ({ value: `${name}=${value}`, label: `${name}: ${value}` }))),
  } satisfies Filter]),
  { kind: "switch", name: "weighted", label: t("weighted"), value: search.isWeighted },
];

const nameOf = (t: Words, dimension: Dimension, value: string): string => {
  if (value === "") return nameOfNone(dimension);
  if (dimension === "version") return t("versionName", { number: value });
  return dimension === "language" ? languageName(value) : value;
};
