// Questions with a number as their answer, and what each person answered to several of them.
import type { Services } from "#platform/services";
import { setImmediate as afterOthers } from "node:timers/promises";
import type { AskedQuestion } from "./asked-questions.rules.ts";
import { listAnswerLines } from "./answer-tables.queries.ts";
import { namedDimensions, readCircumstances, readWaveNames } from "./group-names.ts";
import { readAsked, type Asked } from "./report-selection.ts";
import type { Report, ReportFilters } from "./reports.contract.ts";
import { countBoxes, listDimensions, listTraitNames, type BoxCount } from "./reports.queries.ts";
import { isGroupTooSmall } from "./small-groups.ts";
import { weighAsked } from "./weightings.ts";

/** Of a score, the scale most of its answers are on: answers on two scales are never mixed. Sliders and numbers have no scale here. */
export type AnsweredQuestion = { id: string; title: string; type: AskedQuestion["type"]; scale: { min: number; max: number } | null; count: number };

/** `dimensions`, `circumstances` and `traits`: what there is to filter by, whatever is filtered now. */
export type AskedTable = Pick<Report, "survey" | "isTooFewToShow" | "dimensions" | "circumstances" | "traits"> & { questions: AnsweredQuestion[]; asked: Asked };

/** A column per question and a row per response; NaN is no answer. `everyNth` is above 1 where a part stands for too many responses. */
export type AnswerTable = { columns: Float64Array[]; weights: Float64Array | null; responseIds: string[]; everyNth: number };

const RESPONSES_MAX = 200_000;
const LINES_AT_ONCE = 10;

/** The questions of a survey whose answers are numbers, as the filters leave them.
 *  @throws not_found, report_period_empty, segment_too_large */
export const readNumericQuestions = async (services: Services, workspaceId: string, surveyId: string, filters: ReportFilters): Promise<AskedTable> => {
  const asked = await readAsked(services, workspaceId, surveyId, filters);
  const isTooFewToShow = await isGroupTooSmall(services, asked);
  const { analytics } = services;
  const [boxes, dimensions, waves, circumstances, traits] = await Promise.all([
    isTooFewToShow ? [] : countBoxes(analytics, asked.selection), listDimensions(analytics, asked.selection), readWaveNames(services, asked), readCircumstances(services, asked), listTraitNames(analytics, workspaceId),
  ]);
  const byQuestion = Map.groupBy(boxes, ({ question }) => question);
  return {
    survey: { id: asked.survey.id, name: asked.survey.name }, isTooFewToShow, asked, dimensions: namedDimensions(dimensions, waves), circumstances, traits,
    questions: asked.questions.filter(({ type }) => isNumeric(type)).map((question) => answered(question, byQuestion.get(question.id) ?? [])),
  };
};

/** @param how `isWeighted`: by the weights that are kept for the survey, where it has any; `hasIds`: with the id of every response, else none; `most`: responses, of more only every so-manieth */
export const readAnswerTable = async (services: Services, { asked }: AskedTable, questions: readonly AnsweredQuestion[], how: { isWeighted: boolean; hasIds: boolean; most?: number }): Promise<AnswerTable> => {
  const { hasIds } = how;
  const weighted = await weighAsked(services, asked, how.isWeighted);
  const answered = Math.max(0, ...questions.map(({ count }) => count));
  const everyNth = Math.max(1, Math.ceil(answered / (how.most ?? RESPONSES_MAX)));
  const lines = await listAnswerLines(services.analytics, asked.selection, {
    questions: questions.map(({ id, scale }) => ({ id, part: scale === null ? "" : `${scale.min}-${scale.max}` })), weights: weighted?.weights ?? null, everyNth, hasIds,
  });
  const columns = Array.from({ length: questions.length + 1 }, (): number[] => []);
  const responseIds: string[] = [];
  for (const [at, line] of lines.entries()) {
    for (const row of line.split(";")) {
      const cells = row.split(",");
      if (hasIds) responseIds.push(cells.pop() ?? "");
      for (const [place, text] of cells.entries()) columns[place]?.push(text === "" ? Number.NaN : Number(text));
    }
    // A hundred thousand responses take some 100 ms: others get their turn in between.
    if (at % LINES_AT_ONCE === LINES_AT_ONCE - 1) await afterOthers();
  }
  const [weights = [], ...values] = columns.toReversed();
  return { columns: values.toReversed().map((column) => Float64Array.from(column)), weights: weighted === null ? null : Float64Array.from(weights), responseIds, everyNth };
};

const isScore = (type: AskedQuestion["type"]): boolean => type === "nps" || type === "csat" || type === "ces" || type === "rating";
const isNumeric = (type: AskedQuestion["type"]): boolean => isScore(type) || type === "slider" || type === "number";

const answered = ({ id, title, type }: AskedQuestion, boxes: readonly BoxCount[]): AnsweredQuestion => {
  const kind = isScore(type) ? "score" : "amount";
  const parts = [...Map.groupBy(boxes.filter((box) => box.kind === kind), ({ part }) => part)]
    .map(([part, own]) => ({ part, count: own.reduce((sum, box) => sum + box.count, 0) }))
    .toSorted((one, other) => other.count - one.count || (one.part < other.part ? -1 : 1));
  const [most] = parts;
  return { id, title, type, count: most?.count ?? 0, scale: isScore(type) && most !== undefined ? scaleFrom(most.part) : null };
};

// "0-10", and with a worst answer below nothing "-2-2".
const scaleFrom = (part: string): { min: number; max: number } | null => {
  const found = /^(-?\d+)-(-?\d+)$/u.exec(part);
  return found === null ? null : { min: Number(found[1]), max: Number(found[2]) };
};
