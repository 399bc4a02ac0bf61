// One score beside others: by groups, by waves, and over several surveys.
import type { Services } from "#platform/services";
import { listSurveyNames } from "../surveys/survey-names.queries.ts";
import { listAskedQuestions } from "./asked-questions.rules.ts";
import type { AskedQuestion } from "./asked-questions.rules.ts";
import { labelsOf } from "./group-names.ts";
import type { Axis } from "./report-pieces.queries.ts";
import { listDefinitions } from "./report-record.queries.ts";
import { axisOf, readAsked, requireQuestion, selectionOf, within } from "./report-selection.ts";
import type { Asked } from "./report-selection.ts";
import { METRIC_OF, measureOf, reportScore, scaleOfBoxes, tallyOf } from "./report-scores.rules.ts";
import type { Groups, JoinedMetric, ReportFilters, ScoreMetric, Waves } from "./reports.contract.ts";
import { reportErrors } from "./reports.errors.ts";
import { countBoxes } from "./reports.queries.ts";
import type { BoxCount } from "./reports.queries.ts";
import { compareGroups, compareWaves, scoreOf } from "./score-groups.rules.ts";
import { overlap, readSegments } from "./segment-members.ts";
import { refuseSmallGroup, withoutSmallGroups, withoutTraceable } from "./small-groups.ts";
import { weighAsked, type Weighted } from "./weightings.ts";

const GROUPS_MAX = 200;
const USUAL_SCALE = { min: 0, max: 10 };

type ScoreQuery = ReportFilters & { question: string; by: string; weighted?: boolean | undefined };
export type GroupsAsked = ScoreQuery & { compared?: readonly string[] | undefined };

/** One score question by a circumstance, a trait, a stretch of time, or segments chosen. */
export const showGroups = async (services: Services, workspaceId: string, surveyId: string, query: GroupsAsked): Promise<Groups> =>
  query.by === "segment" ? showSegments(services, workspaceId, surveyId, query) : showDisjointGroups(services, workspaceId, surveyId, query);

const showDisjointGroups = async (services: Services, workspaceId: string, surveyId: string, query: ScoreQuery): Promise<Groups> => {
  const { asked, weighted, question } = await readScore(services, workspaceId, surveyId, query);
  const axis = axisOf(query.by, asked.questions);
  const { metric, scale, measure, tallies, names, boxes } = await readTallies(services, { asked, weighted, question, axis });
  const labels = await labelsOf(services, asked, axis);
  const compared = compareGroups(measure, names.map((name) => ({ name, tally: tallies(name), label: labels.get(name) ?? null })), { isWeighted: weighted !== null, overlaps: false });
  const { shown, hidden } = withoutSmallGroups(asked.survey, axis, compared);
  return { question: query.question, metric, scale, by: query.by, total: scoreOf(measure, tallyOf(boxes, scale), weighted !== null), groups: shown.slice(0, GROUPS_MAX), overlaps: false, hiddenGroups: hidden };
};

// People can be in several segments, so each is counted by itself; tests hold where nobody is in two of them.
const showSegments = async (services: Services, workspaceId: string, surveyId: string, query: GroupsAsked): Promise<Groups> => {
  const { asked, weighted, question } = await readScore(services, workspaceId, surveyId, query);
  const segments = await readSegments(services, workspaceId, [surveyId], query.compared ?? []);
  const count = (selection: Asked["selection"]) => countScores(services, selection, question.id, weighted);
  const all = await count(asked.selection);
  const counted = await Promise.all(segments.map(async (segment) => ({ name: segment.id, label: segment.name, boxes: await count(within(asked, segment)) })));
  const scale = scaleOfBoxes(all) ?? USUAL_SCALE;
  const metric = metricOf(question);
  const measure = measureOf(metric, scale);
  const overlaps = overlap(segments);
  const total = scoreOf(measure, tallyOf(all, scale), weighted !== null);
  const groups = compareGroups(measure, counted.map(({ boxes, ...named }) => ({ ...named, tally: tallyOf(boxes, scale) })), { isWeighted: weighted !== null, overlaps });
  const inNone = total.count - groups.reduce((sum, group) => sum + group.count, 0);
  const { shown, hidden } = overlaps || segments.length === 1 ? withoutTraceable(asked.survey, total.count, groups) : withoutSmallGroups(asked.survey, null, groups, inNone);
  return { question: query.question, metric, scale, by: query.by, total, groups: shown, overlaps, hiddenGroups: hidden };
};

/** One score question wave by wave, each against the one before. */
export const showWaves = async (services: Services, workspaceId: string, surveyId: string, query: ScoreQuery): Promise<Waves> => {
  const { asked, weighted, question } = await readScore(services, workspaceId, surveyId, query);
  const axis = axisOf(query.by, asked.questions);
  const { metric, scale, measure, tallies, names } = await readTallies(services, { asked, weighted, question, axis });
  const labels = await labelsOf(services, asked, axis);
  const waves = ordered(names.filter((name) => name !== ""), query.by, [...labels.keys()])
    .map((name) => ({ name, label: labels.get(name) ?? null, tally: tallies(name), count: scoreOf(measure, tallies(name)).count }));
  const { shown, hidden } = withoutSmallGroups(asked.survey, axis, waves);
  return { question: query.question, metric, scale, by: query.by, waves: compareWaves(measure, shown.slice(-GROUPS_MAX), weighted !== null), hiddenGroups: hidden };
};

// Waves of distributions by when they began; those that are gone come first.
const ordered = (names: readonly string[], by: string, known: readonly string[]): string[] => {
  if (by === "version") return names.toSorted((one, other) => Number(one) - Number(other));
  return by === "wave" ? names.toSorted((one, other) => known.indexOf(one) - known.indexOf(other) || (one < other ? -1 : 1)) : names.toSorted();
};

const readScore = async (services: Services, workspaceId: string, surveyId: string, query: ScoreQuery) => {
  const asked = await readAsked(services, workspaceId, surveyId, query);
  const question = requireQuestion(asked.questions, query.question);
  metricOf(question);
  await refuseSmallGroup(services, asked);
  return { asked, question, weighted: await weighAsked(services, asked, query.weighted) };
};

const readTallies = async (services: Services, given: { asked: Asked; weighted: Weighted | null; question: AskedQuestion; axis: Axis }) => {
  const metric = metricOf(given.question);
  const boxes = await countScores(services, given.asked.selection, given.question.id, given.weighted, given.axis);
  const scale = scaleOfBoxes(boxes) ?? USUAL_SCALE;
  const byGroup = Map.groupBy(boxes, (box) => box.group);
  return { metric, scale, boxes, measure: measureOf(metric, scale), tallies: (name: string) => tallyOf(byGroup.get(name) ?? [], scale), names: [...byGroup.keys()] };
};

const countScores = async (services: Services, selection: Asked["selection"], question: string, weighted: Weighted | null, by?: Axis): Promise<BoxCount[]> =>
  (await countBoxes(services.analytics, selection, { question, ...(by === undefined ? {} : { by }), ...(weighted === null ? {} : { weights: weighted.weights }) })).filter((box) => box.kind === "score");

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
