import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatChange, formatNumber, formatPercent, formatShare } from "../../ui/numbers.ts";
import type { Translate } from "../../ui/texts.ts";
import { nameOfNone } from "../../ui/unnamed.ts";
import type { QuestionReport, Report, ReportScore, ScoreMetric } from "./reports.data.ts";
import { circumstances, dimensions, type Circumstance, type Dimension } from "./response-groups.ts";
import type { reportsTexts } from "./reports.texts.ts";

export type Words = Translate<(typeof reportsTexts)["words"]>;

/** A score as people write it: "+38", "86%", "5.6". */
export const formatReportScore = (metric: ScoreMetric, score: number): string => {
  switch (metric) {
    case "nps":
      return formatChange(score);
    case "csat":
      return formatPercent(score);
    case "ces":
    case "rating":
      return formatNumber(score, 2);
  }
};

/** The values a score can take, for the ends of axes. */
export const limitsOf = ({ metric, scale }: { metric: ScoreMetric; scale: { min: number; max: number } }): readonly [number, number] =>
  metric === "nps" ? [-100, 100] : metric === "csat" ? [0, 100] : [Math.min(scale.min, scale.max), Math.max(scale.min, scale.max)];

export const formatDuration = (t: Words, seconds: number): string =>
  seconds < 120 ? t("seconds", { seconds: Math.round(seconds) }) : t("minutes", { minutes: Math.floor(seconds / 60), seconds: Math.round(seconds % 60) });

/** A number that may be large or small: whole ones plain, others with what matters. */
export const formatValue = (question: Pick<QuestionReport, "type">, value: number): string => {
  if (question.type === "date") return new Date(Math.round(value) * 86_400_000).toISOString().slice(0, 10);
  return formatNumber(value, Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
};

/** A weighted score beside the plain one, "weighted +14 (+2 to +26)". */
export const weightedText = (t: Words, metric: ScoreMetric, weighted: ReportScore["weighted"]): string | null => {
  if (weighted === null || weighted.score === null || weighted.low === null || weighted.high === null) return null;
  const [score, low, high] = [weighted.score, weighted.low, weighted.high].map((value) => formatReportScore(metric, value));
  return t("weightedNote", { score: score ?? "", low: low ?? "", high: high ?? "" });
};

/** What a card says below its title, and how many groups are too small to stand on it. */
export const withHidden = (t: Words, hint: string, hiddenGroups: number | undefined): string =>
  hiddenGroups === undefined || hiddenGroups === 0 ? hint : `${hint} ${t("hiddenGroups", { count: hiddenGroups })}`;

export const isScore = (question: QuestionReport): boolean => ["nps", "csat", "ces", "rating"].includes(question.type);

/** What a group is called: the value itself, a version by its number. */
export const nameOfGroup = (t: Words, by: string, value: string | null, label: string | null = null): string => {
  if (label !== null) return label;
  if (value === null || value === "") return by === "wave" ? t("notInvited") : nameOfNone(by.replace(/^by:/u, ""));
  if (by === "version") return t("versionName", { number: value });
  return by === "channel" ? nameOfChannel(value) : value;
};

/** What a column of a table is called: its own name, where the server knows one, else as a group is. */
export const nameOfColumn = (t: Words, by: string, { key, label }: { key: string; label: string }): string =>
  nameOfGroup(t, by.replace(/^by:/u, ""), key, label === "" || label === key ? null : label);

export const nameOfDimension = (t: Words, report: Pick<Report, "questions">, dimension: string): string => {
  const bare = dimension.replace(/^by:/, "");
  if (bare === "segment") return t("lists");
  if (bare.startsWith("trait:")) return bare.slice("trait:".length);
  const known = KNOWN.find((one) => one === bare);
  if (known !== undefined) return t(known);
  const [id, part] = bare.split(".", 2);
  const question = report.questions.find((one) => one.id === id);
  const row = question?.rows.find(({ key }) => key === part);
  return row === undefined ? (question?.title ?? bare) : `${question?.title ?? ""}: ${row.label}`;
};
const KNOWN = [...dimensions, ...circumstances, "week", "month", "quarter"] as const satisfies readonly (Dimension | Circumstance | "week" | "month" | "quarter")[];

export type Choice = { group: string; items: { value: string; label: string }[] };

/** What answers can be grouped by: circumstances with at least two values, traits, lists and segments, and questions with one choice. */
export const groupingChoices = (t: Words, report: Report, given: { prefix?: string; withQuestions?: boolean; withLists?: boolean; except?: string }): Choice[] => {
  const prefix = given.prefix ?? "";
  const known = [
    ...dimensions.filter((name) => report.dimensions[name].length > 1 || name === "channel"),
    ...circumstances.filter((name) => report.circumstances.filter((one) => one.name === name).length > 1),
  ];
  const questions = report.questions.filter((question) => question.id !== given.except && (question.boxes.length > 1 || question.rows.length > 0) && !["contact"].includes(question.type));
  return [
    { group: t("groupCircumstances"), items: known.map((name) => ({ value: `${prefix}${name}`, label: t(name) })) },
    { group: t("groupTraits"), items: report.traits.filter(({ values }) => values.length > 1).map(({ name }) => ({ value: `${prefix}trait:${name}`, label: name })) },
    { group: t("groupPeople"), items: given.withLists === true ? [{ value: `${prefix}segment`, label: t("lists") }] : [] },
    { group: t("groupQuestions"), items: given.withQuestions === true ? questions.flatMap(asChoices) : [] },
  ].filter(({ items }) => items.length > 0);
};

/** A question with its rows, where it is a matrix. */
export const asChoices = (question: QuestionReport): { value: string; label: string }[] =>
  question.rows.length === 0 ? [{ value: question.id, label: question.title }] : question.rows.map((row) => ({ value: `${question.id}.${row.key}`, label: `${question.title}: ${row.label}` }));

export const intervalText = (t: Words, metric: ScoreMetric, score: Pick<ReportScore, "low" | "high">): string =>
  score.low === null || score.high === null ? "" : t("interval", { low: formatReportScore(metric, score.low), high: formatReportScore(metric, score.high) });

export const sharesText = (low: number | null, high: number | null): { low: string; high: string } => ({ low: low === null ? "–" : formatShare(low), high: high === null ? "–" : formatShare(high) });
