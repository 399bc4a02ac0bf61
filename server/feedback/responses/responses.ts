import { findTimeOfErasure, insertInteractions, insertPerceptions, interactionId, isErasedInteraction } from "#customers";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { AppError, defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { AnswerProblem } from "../surveys/answers.rules.ts";
import type { Answers, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { readLinkToken } from "../surveys/links.ts";
import { findSurveyBySlug, findVersion } from "../surveys/surveys.queries.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import { calculate, checkAnswers, endingOf, listShownQuestions, quotasOf } from "../surveys/survey-path.rules.ts";
import { contextOf } from "./context.ts";
import { perceptionsIn } from "./perceptions.rules.ts";
import type { SaveResponseBody, SavedResponse } from "./responses.contract.ts";
import {
  deleteResponses, deleteUnrecordedAnswers, giveBackPlaces, insertAnswers, insertResponse, listAnswers, lockQuietResponses, lockResponse, markRecorded, takePlaces,
  updateResponse,
} from "./responses.queries.ts";
import type { AnswerRow, ResponseRow } from "./responses.queries.ts";
import { answersFrom, rowsOf, storableAnswers } from "./stored-answers.rules.ts";

export const responseErrors = defineErrors("responses", {
  survey_unknown: { status: 404, meaning: "No published survey has this address." },
  survey_closed: { status: 409, meaning: "The survey is closed and takes no more answers." },
  survey_version_unknown: { status: 409, meaning: "The survey has no such version. Load the page again." },
  response_elsewhere: { status: 409, meaning: "A response with this id was given to another survey or version. Make a new id." },
  answers_not_valid: { status: 400, meaning: "Answers do not fit the questions; `details.problems` names each." },
});

/** Answers that do not fit their questions; says which, for pages that show it beside the question. */
export class AnswersNotValid extends AppError {
  readonly problems: AnswerProblem[];

  constructor(message: string, problems: AnswerProblem[]) {
    super("answers_not_valid", 400, message, { problems });
    this.problems = problems;
  }
}

/** Saves what a person has answered so far. Repeating a save, or sending an older one late, changes nothing. */
export const saveResponse = async (services: Services, given: SaveResponseBody): Promise<SavedResponse> => {
  const state = given.isComplete ? "complete" : "partial";
  // Only programs fill the hidden field. They get the usual reply, so that they do not learn to leave it empty.
  if ((given.website ?? "") !== "") return { id: given.id, state, revision: given.revision, endingId: null };
  const survey = await getOpenSurvey(services.db, given.slug);
  const definition = await getVersion(services.db, survey, given.version);
  return transaction(services.db, async (tx) => {
    const now = services.clock.now();
    const subject = await readLinkToken(tx, { workspaceId: survey.workspaceId, surveyId: survey.id, token: given.link, now });
    const row = newResponse(given, { survey, subject, now });
    // A late repeat of a response that was erased with its person.
    if (await isErasedInteraction(tx, row.workspaceId, interactionOf(row))) return savedFrom(row);
    const existing = await insertOrLock(tx, row);
    if (existing !== null) {
      if (existing.surveyId !== survey.id || existing.version !== given.version) {
        throw responseErrors.refuse("response_elsewhere", "This response belongs to another survey or version. Start a new one.");
      }
      if (existing.state === "complete" || existing.revision >= given.revision) return savedFrom(existing);
      await deleteUnrecordedAnswers(tx, row.workspaceId, row.id);
    }
    const sent = storableAnswers(given.answers);
    const answers = existing === null ? sent : withRecorded(sent, await listAnswers(tx, row.workspaceId, [row.id]));
    const context = await contextOf(tx, definition, { ...row, subject: existing?.subject ?? subject });
    checkBeforeSaving(definition, answers, given.isComplete, context);
    const judged = given.isComplete ? await judge(tx, { ...row, subject: existing?.subject ?? subject }, { definition, answers, context }) : row;
    if (existing !== null || given.isComplete) await updateResponse(tx, judged);
    await insertAnswers(tx, row.workspaceId, answerRows(definition, judged, answers, context));
    if (given.isComplete) await recordResponse(tx, { response: judged, definition, answers, context, surveyName: survey.name, now });
    return savedFrom(judged);
  });
};

const savedFrom = ({ id, state, revision, endingId }: ResponseRow): SavedResponse => ({ id, state, revision, endingId });

/** Whether a complete response counts, which ending its person sees, and what the survey calculates. Takes its places in the quotas. */
const judge = async (
  tx: Queryable,
  response: ResponseRow,
  { definition, answers, context }: { definition: SurveyDefinition; answers: Answers; context: SurveyContext },
): Promise<ResponseRow> => {
  const ending = endingOf(definition, answers, context);
  const calculations = Object.fromEntries(calculate(definition, answers, context).map(({ id, value }) => [id, value]));
  const judged = { ...response, endingId: ending?.id ?? null, calculations: Object.keys(calculations).length === 0 ? null : calculations };
  if (response.outcome !== "counted") return judged;
  if (ending?.isScreenOut === true) return { ...judged, outcome: "screened_out" };
  const quotas = quotasOf(definition, answers, context);
  const full = await takePlaces(tx, response, quotas);
  if (full.length === 0) return judged;
  await giveBackPlaces(tx, response, quotas.map(({ id }) => id).filter((id) => !full.includes(id)));
  const endingId = quotas.find(({ id }) => full.includes(id))?.endingId ?? null;
  return { ...judged, outcome: "over_quota", endingId: endingId === "end" ? null : endingId };
};

/** Records responses that people left half-way, once nothing was added for a while: their answers count too.
 *  @returns how many were recorded; call again until it is 0 */
export const recordQuietResponses = async (services: Services, limits: { quietMs: number; batch: number }): Promise<number> =>
  transaction(services.db, async (tx) => {
    const now = services.clock.now();
    const responses = await lockQuietResponses(tx, new Date(now.getTime() - limits.quietMs), limits.batch);
    for (const response of responses) {
      const definition = await findVersion(tx, response.workspaceId, response.surveyId, response.version);
      if (definition === null || (await forgetIfErased(tx, response))) continue;
      const answers = answersFrom(await listAnswers(tx, response.workspaceId, [response.id]));
      const context = await contextOf(tx, definition, response);
      await recordResponse(tx, { response, definition, answers, context, surveyName: response.surveyName, now });
      await markRecorded(tx, { workspaceId: response.workspaceId, id: response.id, at: now });
    }
    return responses.length;
  });

/** Writes a new response; one that is there already is locked and given back, unless its person was erased meanwhile: then it starts anew. */
const insertOrLock = async (tx: Queryable, row: ResponseRow): Promise<ResponseRow | null> => {
  if (await insertResponse(tx, row)) return null;
  const existing = await lockResponse(tx, row.workspaceId, row.id);
  if (existing === null || !(await forgetIfErased(tx, existing))) return existing;
  await insertResponse(tx, row);
  return null;
};

// The person may be erased seconds before the listener comes here: until then the row still says who it was.
const forgetIfErased = async (tx: Queryable, response: ResponseRow): Promise<boolean> => {
  const erasedAt = response.subject === null ? null : await findTimeOfErasure(tx, response.workspaceId, response.subject);
  if (erasedAt === null || response.startedAt > erasedAt) return false;
  await deleteResponses(tx, response.workspaceId, [response.id]);
  return true;
};

/** The survey at a public address, when it takes answers. */
const getOpenSurvey = async (db: Queryable, slug: string): Promise<SurveyRow> => {
  const survey = await findSurveyBySlug(db, slug);
  if (survey === null || survey.status === "draft") throw responseErrors.refuse("survey_unknown", "There is no survey at this address. Check the link.");
  if (survey.status === "closed") throw responseErrors.refuse("survey_closed", "This survey is closed and takes no more answers.");
  return survey;
};

// The published version came along with the survey; only an older one, opened before the last publishing, is looked up.
const getVersion = async (db: Queryable, survey: SurveyRow, version: number): Promise<SurveyDefinition> => {
  const definition = version === survey.publishedVersion ? survey.published : await findVersion(db, survey.workspaceId, survey.id, version);
  if (definition === null) throw responseErrors.refuse("survey_version_unknown", `This survey has no version ${version}. Load the page again.`);
  return definition;
};

const newResponse = (given: SaveResponseBody, known: { survey: SurveyRow; subject: string | null; now: Date }): ResponseRow => {
  const { survey, subject, now } = known;
  const savedAt = new Date(now.getTime() - given.answeredAgoMs);
  return {
    workspaceId: survey.workspaceId, id: given.id, surveyId: survey.id, version: given.version,
    state: given.isComplete ? "complete" : "partial", revision: given.revision, language: given.language,
    channel: given.channel, touchpoint: given.touchpoint ?? null, source: given.source ?? null, campaign: given.campaign ?? null, subject,
    outcome: "counted", flags: [], endingId: null, calculations: null,
    startedAt: new Date(now.getTime() - Math.max(given.openedAgoMs, given.answeredAgoMs)), savedAt,
    completedAt: given.isComplete ? savedAt : null, recordedAt: given.isComplete ? now : null,
  };
};

// Answers that already stand as perceptions are final, so that answers and perceptions never tell different stories.
const withRecorded = (answers: Answers, rows: readonly AnswerRow[]): Answers => ({
  ...answers,
  ...answersFrom(rows.filter((row) => row.isRecorded)),
});

const checkBeforeSaving = (definition: SurveyDefinition, answers: Answers, isComplete: boolean, context: SurveyContext): void => {
  const problems = checkAnswers(definition, answers, isComplete, context);
  if (problems.length === 0) return;
  const named = problems.slice(0, 20);
  const list = named.map((one) => `${one.questionId}: ${one.problem}`).join(", ");
  throw new AnswersNotValid(`Some answers do not fit: ${list}.`, named);
};

const answerRows = (definition: SurveyDefinition, response: ResponseRow, answers: Answers, context: SurveyContext): AnswerRow[] => {
  const shown = new Set(listShownQuestions(definition, answers, context).map((question) => question.id));
  return rowsOf(definition.questions, answers, shown).map((row) => ({
    ...row, responseId: response.id, isRecorded: response.recordedAt !== null && row.isShown,
  }));
};

const messageOf = (response: ResponseRow): string => `response:${response.id}`;
const interactionOf = (response: ResponseRow, suffix = ""): string => interactionId(response.workspaceId, `${messageOf(response)}${suffix}`);

/** Puts a response on its customer's timeline: one interaction, and a perception per answer. What is there already stays as it is. */
const recordResponse = async (
  tx: Queryable,
  given: { response: ResponseRow; definition: SurveyDefinition; answers: Answers; context: SurveyContext; surveyName: string; now: Date },
): Promise<void> => {
  const { response, definition, answers } = given;
  const at = response.savedAt.toISOString();
  const { subject, channel, touchpoint } = response;
  // The ids follow from the response, so recording twice writes nothing twice.
  const idOf = (suffix: string): string => interactionOf(response, suffix);
  await insertInteractions(tx, response.workspaceId, [{
    id: idOf(""), messageId: messageOf(response), type: "response", name: given.surveyName, subject,
    userId: subject?.startsWith("user:") === true ? subject.slice("user:".length) : null, anonymousId: null,
    at, receivedAt: given.now.toISOString(), sentAt: null, originalAt: null, channel, touchpoint, stage: null,
    direction: "customer", source: "survey", importId: null, memberId: null,
    message: JSON.stringify({
      surveyId: response.surveyId, responseId: response.id, version: response.version, language: response.language,
      source: response.source, campaign: response.campaign,
    }),
  }]);
  // What does not count says nothing about how customers feel; that they answered stays a fact.
  const felt = response.outcome === "counted" ? perceptionsIn(definition, answers, given.context) : [];
  await insertPerceptions(tx, response.workspaceId, felt.map((one) => ({
    id: idOf(`:${one.questionId}:${one.choice ?? ""}`), subject, interactionId: idOf(""), at, kind: one.kind, value: one.value,
    scaleMin: one.scaleMin, scaleMax: one.scaleMax, choice: one.choice, text: one.text, isInferred: false, modelVersion: null,
    source: "survey", channel, touchpoint, stage: null, weight: 1, surveyId: response.surveyId, responseId: response.id, importId: null,
    properties: { questionId: one.questionId, question: one.question, ...(one.choiceLabel === null ? {} : { choiceLabel: one.choiceLabel }) },
  })));
  await publish(tx, {
    name: "response.saved", workspaceId: response.workspaceId,
    payload: { responseId: response.id, surveyId: response.surveyId, state: response.state, outcome: response.outcome, interactionId: idOf("") },
  });
};
