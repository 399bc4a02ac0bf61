// One score beside others: by groups, by waves, over several surveys, and across another question.
import type { Services } from "#platform/services";
import { listSurveyNames } from "../surveys/survey-names.queries.ts";
import { listAskedQuestions } from "./asked-questions.rules.ts";
import type { AskedQuestion } from "./asked-questions.rules.ts";
import { crosstabulate } from "./crosstab.rules.ts";
import { listDefinitions } from "./report-record.queries.ts";
import { axisOf, readAsked, reportErrors, requireQuestion, selectionOf } from "./report-selection.ts";
import { METRIC_OF, measureOf, reportScore, scaleOfBoxes, tallyOf } from "./report-scores.rules.ts";
import type { Correction, Crosstab, Groups, JoinedMetric, ReportFilters, ScoreMetric, Waves } from "./reports.contract.ts";
import { countBoxes, countPairs, type BoxCount } from "./reports.queries.ts";
import { compareGroups, compareWaves, scoreOf } from "./score-groups.rules.ts";
import { refuseSmallGroup, withoutSmallGroups } from "./small-groups.ts";

const GROUPS_MAX = 200;
const COLUMNS_MAX = 40;
const USUAL_SCALE = { min: 0, max: 10 };

/** One score question by a circumstance, a trait or a stretch of time. */
export const showGroups = async (services: Services, workspaceId: string, surveyId: string, query: ReportFilters & { question: string; by: string }): Promise<Groups> => {
  const { measured, names, survey, axis } = await readGroups(services, workspaceId, surveyId, query);
  const { metric, scale, measure, tallies } = measured;
  const total = scoreOf(measure, tallyOf(measured.boxes, scale));
  const { shown, hidden } = withoutSmallGroups(survey, axis, compareGroups(measure, names.map((name) => ({ name, tally: tallies(name) }))));
  return { question: query.question, metric, scale, by: query.by, total, groups: shown.slice(0, GROUPS_MAX), hiddenGroups: hidden };
};

/** One score question wave by wave, each against the one before. */
export const showWaves = async (services: Services, workspaceId: string, surveyId: string, query: ReportFilters & { question: string; by: string }): Promise<Waves> => {
  const { measured, names, survey, axis } = await readGroups(services, workspaceId, surveyId, query);
  const { metric, scale, measure, tallies } = measured;
  const named = names.filter((name) => name !== "");
  const ordered = query.by === "version" ? named.toSorted((one, other) => Number(one) - Number(other)) : named.toSorted();
  const waves = ordered.map((name) => ({ name, tally: tallies(name), count: scoreOf(measure, tallies(name)).count }));
  const { shown, hidden } = withoutSmallGroups(survey, axis, waves);
  return { question: query.question, metric, scale, by: query.by, waves: compareWaves(measure, shown.slice(-GROUPS_MAX)), hiddenGroups: hidden };
};

const readGroups = async (services: Services, workspaceId: string, surveyId: string, query: ReportFilters & { question: string; by: string }) => {
  const asked = await readAsked(services, workspaceId, surveyId, query);
  const question = requireQuestion(asked.questions, query.question);
  const metric = metricOf(question);
  const axis = axisOf(query.by, asked.questions);
  await refuseSmallGroup(services, asked);
  const boxes = (await countBoxes(services.analytics, asked.selection, { by: axis, question: question.id })).filter((box) => box.kind === "score");
  const scale = scaleOfBoxes(boxes) ?? USUAL_SCALE;
  const byGroup = Map.groupBy(boxes, (box) => box.group);
  return { measured: { metric, scale, boxes, measure: measureOf(metric, scale), tallies: (name: string) => tallyOf(byGroup.get(name) ?? [], scale) }, names: [...byGroup.keys()], survey: asked.survey, axis };
};

const metricOf = (question: AskedQuestion): ScoreMetric => {
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return METRIC_OF[question.type];
    default:
      throw reportErrors.refuse("not_scored", `"${question.title}" gives no score. Choose an NPS, CSAT, CES or rating question.`);
  }
};

/** The same kind of question of several surveys as one number. Surveys on another scale are refused, not averaged in. */
export const showJoinedMetric = async (services: Services, workspaceId: string, query: { survey: readonly string[]; metric: ScoreMetric; from?: string | undefined; to?: string | undefined }): Promise<JoinedMetric> => {
  const { metric } = query;
  const ids = [...new Set(query.survey)];
  const names = new Map((await listSurveyNames(services.db, workspaceId, ids)).map(({ id, name }) => [id, name]));
  const known = ids.filter((id) => names.has(id));
  const questions = await Promise.all(known.map(async (id) => ({
    id, questions: listAskedQuestions(await listDefinitions(services.db, workspaceId, id)).filter(({ type }) => type === metric).map((question) => question.id),
  })));
  const without = questions.find((one) => one.questions.length === 0);
  if (without !== undefined) throw reportErrors.refuse("not_scored", `"${names.get(without.id) ?? without.id}" asks no ${metric.toUpperCase()} question. Take it out of the choice.`);
  const counted = known.length === 0 ? [] : await countBoxes(services.analytics, selectionOf(workspaceId, known, query));
  const boxes = counted.filter((box) => box.kind === "score" && questions.some((one) => one.id === box.surveyId && one.questions.includes(box.question)));
  const scales = new Set(boxes.map(({ part }) => part));
  if (scales.size > 1) throw reportErrors.refuse("scales_differ", `These surveys ask on the scales ${[...scales].toSorted().join(" and ")}. Choose surveys with one scale.`);
  const scale = scaleOfBoxes(boxes) ?? USUAL_SCALE;
  const measure = measureOf(metric, scale);
  return {
    metric, scale, total: reportScore(metric, scale, tallyOf(boxes, scale), false),
    surveys: questions.map((one) => ({
      id: one.id, name: names.get(one.id) ?? one.id, questions: one.questions, ...scoreOf(measure, tallyOf(boxes.filter((box) => box.surveyId === one.id), scale)),
    })),
  };
};

/** A question down the side against another question, a circumstance or a trait across the top. */
export const showCrosstab = async (
  services: Services,
  workspaceId: string,
  surveyId: string,
  query: ReportFilters & { rows: string; columns: string; correction: Correction },
): Promise<Crosstab> => {
  const asked = await readAsked(services, workspaceId, surveyId, query);
  const [rowId = "", part = ""] = query.rows.split(".", 2);
  const row = requireQuestion(asked.questions, rowId);
  const [columnId = "", columnPart = ""] = query.columns.split(".", 2);
  const columnQuestion = asked.questions.find(({ id }) => id === columnId) ?? null;
  const axis = axisOf(query.columns.replace(/^by:/, ""), asked.questions);
  await refuseSmallGroup(services, asked);
  const pairs = axis.kind === "cell" || axis.kind === "time"
    ? (await countBoxes(services.analytics, asked.selection, { by: axis, question: row.id })).filter((box) => isOfRow(box, part)).map((box) => ({ ...box, column: box.group }))
    : await countPairs(services.analytics, asked.selection, { question: row.id, part }, axis);
  const marks = pairs.filter(({ kind }) => kind !== "answered");
  const bases = pairs.some(({ kind }) => kind === "answered") ? pairs.filter(({ kind }) => kind === "answered") : marks;
  const { shown: columns, hidden } = withoutSmallGroups(asked.survey, axis, orderedColumns([...new Set(bases.map(({ column }) => column))], columnQuestion).slice(0, COLUMNS_MAX)
    .map((column) => ({ ...column, count: sum(bases.filter((pair) => pair.column === column.key)) })));
  const keys = [...new Set(marks.map(keyOf))];
  const rows = orderedColumns(keys, row).filter(({ key }) => key !== "");
  const table = crosstabulate({
    rows, columns, correction: query.correction,
    counts: rows.map(({ key }) => columns.map((column) => sum(marks.filter((pair) => keyOf(pair) === key && pair.column === column.key)))),
    columnsOverlap: columnQuestion !== null && hasSeveral(columnQuestion, columnPart), rowsOverlap: hasSeveral(row, part),
  });
  return { rows: { question: query.rows, title: titleOf(row, part) }, ...table, correction: query.correction, hiddenGroups: hidden, overlaps: columnQuestion !== null && hasSeveral(columnQuestion, columnPart) };
};

// A score stands in the part of its scale; options stand in the part of their row.
const isOfRow = (box: BoxCount, part: string): boolean => box.kind === "score" || ((box.kind === "choice" || box.kind === "answered") && box.part === part);

const keyOf = (pair: { choice: string; number: number | null }): string => (pair.number === null ? pair.choice : String(pair.number));
const sum = (pairs: readonly { count: number }[]): number => pairs.reduce((all, { count }) => all + count, 0);
const hasSeveral = (question: AskedQuestion, part: string): boolean => question.type === "multi" || question.type === "picture" || (question.type === "matrix" && part === "");

const titleOf = (question: AskedQuestion, part: string): string => {
  const row = question.rows.find(({ key }) => key === part);
  return row === undefined ? question.title : `${question.title}: ${row.label}`;
};

// In the order of the options where the question has some; numbers by size, else by name.
const orderedColumns = (keys: readonly string[], question: AskedQuestion | null): { key: string; label: string }[] => {
  const places = new Map((question?.options ?? []).map(({ key }, index) => [key, index]));
  const labels = new Map((question?.options ?? []).map(({ key, label }) => [key, label]));
  return keys
    .map((key) => ({ key, label: labels.get(key) ?? key }))
    .toSorted((one, other) => (places.get(one.key) ?? 1e6) - (places.get(other.key) ?? 1e6) || Number(one.key) - Number(other.key) || (one.key < other.key ? -1 : 1));
};
