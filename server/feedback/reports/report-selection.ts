import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { listAskedQuestions, type AskedQuestion } from "./asked-questions.rules.ts";
import { listDefinitions } from "./report-record.queries.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import { findResponsesIn } from "./circumstances.queries.ts";
import { CELL_DIMENSIONS, CIRCUMSTANCES, type CellDimension, type ReportFilters } from "./reports.contract.ts";
import type { Axis, ReportSelection } from "./report-pieces.queries.ts";
import { reportErrors } from "./reports.errors.ts";
import { readSegments, type SegmentMembers } from "./segment-members.ts";

const DAY_MS = 86_400_000;

export type Asked = {
  survey: SurveyRow;
  questions: AskedQuestion[];
  selection: ReportSelection;
  /** Who is asked for by contact list or segment; none when it is everybody. */
  segments: readonly SegmentMembers[];
};

/** The survey of a request, its questions over all versions, and the filters as queries understand them.
 *  @throws not_found, report_period_empty, group_unknown, segment_too_large */
export const readAsked = async (services: Services, workspaceId: string, surveyId: string, filters: ReportFilters): Promise<Asked> => {
  const survey = await findSurvey(services.db, workspaceId, surveyId);
  if (survey === null) throw notFound(surveyId);
  const definitions = await listDefinitions(services.db, workspaceId, surveyId);
  const segments = await readSegments(services, workspaceId, [surveyId], filters.segment ?? []);
  const about = await findResponsesIn(services.analytics, { workspaceId, surveyId }, filters);
  return {
    survey, segments, questions: listAskedQuestions(definitions.length === 0 ? [survey.draft] : definitions),
    selection: among(ofPeople(selectionOf(workspaceId, [surveyId], filters), segments), about),
  };
};

/** What is asked for, of some responses alone; null narrows nothing. */
const among = (selection: ReportSelection, responseIds: readonly string[] | null): ReportSelection => {
  if (responseIds === null || selection.responseIds === null) return { ...selection, responseIds: responseIds ?? selection.responseIds };
  const wanted = new Set(responseIds);
  return { ...selection, responseIds: selection.responseIds.filter((id) => wanted.has(id)) };
};

/** What these people answered, whichever of the segments they are in. None narrows nothing. */
export const ofPeople = (selection: ReportSelection, segments: readonly SegmentMembers[]): ReportSelection =>
  segments.length === 0 ? selection : { ...selection, responseIds: [...new Set(segments.flatMap(({ responseIds }) => [...responseIds]))] };

/** What is asked for, of the people of one more segment. */
export const within = ({ selection }: Asked, segment: SegmentMembers): ReportSelection => {
  const { responseIds } = selection;
  return responseIds === null ? ofPeople(selection, [segment]) : { ...selection, responseIds: responseIds.filter((id) => segment.responseIds.has(id)) };
};

/** The same survey, versions and days, whoever answered in whatever way. */
export const ofEverybody = (selection: ReportSelection): ReportSelection =>
  ({ ...selection, cells: selection.cells.version === undefined ? {} : { version: selection.cells.version }, traits: [], responseIds: null });

export const selectionOf = (workspaceId: string, surveyIds: readonly string[], filters: ReportFilters): ReportSelection => {
  const { from, to } = filters;
  if (from !== undefined && to !== undefined && from >= to) throw reportErrors.refuse("report_period_empty", `The period from ${from} to ${to} holds no day. Let it end later than it starts.`);
  const cells: Partial<Record<CellDimension, readonly string[]>> = {};
  for (const dimension of CELL_DIMENSIONS) {
    const wanted = filters[dimension];
    if (wanted !== undefined && wanted.length > 0) cells[dimension] = wanted;
  }
  const traits = (filters.trait ?? []).flatMap((text) => (text.includes("=") ? [{ name: text.slice(0, text.indexOf("=")), value: text.slice(text.indexOf("=") + 1) }] : []));
  return {
    workspaceId, surveyIds, days: { from: dayNumber(from), to: dayNumber(to) }, cells,
    traits: [...Map.groupBy(traits, ({ name }) => name)].map(([name, own]) => ({ name, values: own.map(({ value }) => value) })),
    responseIds: null,
  };
};

/** The way to group that a text names: a circumstance, also of whoever served, a stretch of time, `trait:plan`, or the id of a question with one choice or a score.
 *  @throws group_unknown */
export const axisOf = (text: string, questions: readonly AskedQuestion[]): Axis => {
  const dimension = CELL_DIMENSIONS.find((known) => known === text);
  if (dimension !== undefined) return { kind: "cell", dimension };
  const circumstance = CIRCUMSTANCES.find((known) => known === text);
  if (circumstance !== undefined) return { kind: "circumstance", name: circumstance };
  if (text === "week" || text === "month" || text === "quarter") return { kind: "time", unit: text };
  if (text.startsWith("trait:")) return { kind: "trait", name: text.slice("trait:".length) };
  const [question = "", part = ""] = text.split(".", 2);
  const asked = questions.find(({ id }) => id === question);
  if (asked === undefined) throw reportErrors.refuse("group_unknown", `There is nothing called "${text}" to group by. Use channel, team, month, trait:<name> or the id of a question.`);
  const isScore = asked.type === "nps" || asked.type === "csat" || asked.type === "ces" || asked.type === "rating";
  return { kind: "question", question, part, isScore };
};

export const requireQuestion = (questions: readonly AskedQuestion[], id: string): AskedQuestion => {
  const found = questions.find((question) => question.id === id);
  if (found === undefined) throw reportErrors.refuse("question_unknown", `This survey asks no question "${id}".`);
  return found;
};

const notFound = (surveyId: string): AppError => new AppError("not_found", 404, `There is no survey ${surveyId} here.`);
const dayNumber = (day: string | undefined): number | null => (day === undefined ? null : Date.parse(day) / DAY_MS);
