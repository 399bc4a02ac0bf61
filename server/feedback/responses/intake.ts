// What both ways of saving a response have in common, alone and in a group: the same row, the same checks, the same answers.
import type { Answers, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { FULL_ENDING_ID } from "../surveys/survey-settings.rules.ts";
import { checkAnswers, listShownQuestions } from "../surveys/survey-path.rules.ts";
import type { OpenSurvey } from "./open-surveys.ts";
import { AnswersNotValid } from "./responses.errors.ts";
import type { SaveResponseBody, SavedResponse } from "./responses.contract.ts";
import type { AnswerRow, ResponseRow } from "./responses.queries.ts";
import { findableIn, rowsOf } from "./stored-answers.rules.ts";

export const newResponse = (given: SaveResponseBody, known: { survey: OpenSurvey; subject: string | null; now: Date }): ResponseRow => {
  const { survey, subject, now } = known;
  const savedAt = new Date(now.getTime() - given.answeredAgoMs);
  return {
    workspaceId: survey.workspaceId, id: given.id, surveyId: survey.id, version: given.version,
    state: given.isComplete ? "complete" : "partial", revision: given.revision, language: given.language,
    channel: given.channel, touchpoint: given.touchpoint ?? null, source: given.source ?? null, campaign: given.campaign ?? null, servedBy: given.member ?? null, product: given.product ?? null, subject,
    outcome: "counted", flags: [], endingId: null, calculations: null,
    startedAt: new Date(now.getTime() - Math.max(given.openedAgoMs, given.answeredAgoMs)), savedAt,
    completedAt: given.isComplete ? savedAt : null, recordedAt: given.isComplete ? now : null,
    words: null, score: null, hasComment: false, restated: 0, anonymisedAt: null, places: null,
  };
};

/** @throws answers_not_valid */
export const checkBeforeSaving = (definition: SurveyDefinition, answers: Answers, isComplete: boolean, context: SurveyContext): void => {
  const problems = checkAnswers(definition, answers, isComplete, context);
  if (problems.length === 0) return;
  const named = problems.slice(0, 20);
  const list = named.map((one) => `${one.questionId}: ${one.problem}`).join(", ");
  throw new AnswersNotValid(`Some answers do not fit: ${list}.`, named);
};

/** The rows of a response's answers, and what lists find it by. */
export const answerRows = (
  definition: SurveyDefinition,
  response: ResponseRow,
  answers: Answers,
  context: SurveyContext,
): { rows: AnswerRow[]; findable: Pick<ResponseRow, "words" | "score" | "hasComment"> } => {
  const shown = new Set(listShownQuestions(definition, answers, context).map((question) => question.id));
  const rows = rowsOf(definition.questions, answers, shown).map((row) => ({
    ...row, responseId: response.id, isRecorded: response.recordedAt !== null && row.isShown,
  }));
  return { rows, findable: findableIn(definition, answers, shown) };
};

// Who is not counted any more is not thanked as if counted, unless the quota names what is shown.
export const savedFrom = ({ id, state, revision, endingId, outcome }: ResponseRow): SavedResponse => ({
  id, state, revision, endingId: outcome === "over_quota" ? (endingId ?? FULL_ENDING_ID) : endingId,
});
