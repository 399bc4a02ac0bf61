import { findTimeOfErasure, insertInteractions, insertPerceptions, interactionId, isErasedInteraction } from "#customers";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { answerTo, checkAnswers, isEmptyAnswer, listShownQuestions } from "../surveys/answers.rules.ts";
import type { Answer, Answers, SurveyDefinition } from "../surveys/definition.contract.ts";
import { readLinkToken } from "../surveys/links.ts";
import { findSurveyBySlug, findVersion } from "../surveys/surveys.queries.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import { perceptionsIn } from "./perceptions.rules.ts";
import type { SaveResponseBody, SavedResponse } from "./responses.contract.ts";
import { deleteResponses, deleteUnrecordedAnswers, insertAnswers, insertResponse, listAnswers, lockQuietResponses, lockResponse, markRecorded, updateResponse } from "./responses.queries.ts";
import type { AnswerRow, ResponseRow } from "./responses.queries.ts";

export const responseErrors = defineErrors("responses", {
  survey_unknown: { status: 404, meaning: "No published survey has this address." },
  survey_closed: { status: 409, meaning: "The survey is closed and takes no more answers." },
  survey_version_unknown: { status: 409, meaning: "The survey has no such version. Load the page again." },
  response_elsewhere: { status: 409, meaning: "A response with this id was given to another survey or version. Make a new id." },
  answers_not_valid: { status: 400, meaning: "Answers do not fit the questions; `details.problems` names each." },
});

/** Saves what a person has answered so far. Repeating a save, or sending an older one late, changes nothing. */
export const saveResponse = async (services: Services, given: SaveResponseBody): Promise<SavedResponse> => {
  const state = given.isComplete ? "complete" : "partial";
  // Only programs fill the hidden field. They get the usual reply, so that they do not learn to leave it empty.
  if ((given.website ?? "") !== "") return { id: given.id, state, revision: given.revision };
  const survey = await getOpenSurvey(services.db, given.slug);
  const definition = await getVersion(services.db, survey, given.version);
  return transaction(services.db, async (tx) => {
    const now = services.clock.now();
    const subject = await readLinkToken(tx, { workspaceId: survey.workspaceId, surveyId: survey.id, token: given.link, now });
    const row = newResponse(given, { survey, subject, now });
    // A late repeat of a response that was erased with its person.
    if (await isErasedInteraction(tx, row.workspaceId, interactionOf(row))) return { id: row.id, state, revision: row.revision };
    const existing = await insertOrLock(tx, row);
    if (existing !== null) {
      if (existing.surveyId !== survey.id || existing.version !== given.version) {
        throw responseErrors.refuse("response_elsewhere", "This response belongs to another survey or version. Start a new one.");
      }
      if (existing.state === "complete" || existing.revision >= given.revision) {
        return { id: existing.id, state: existing.state, revision: existing.revision };
      }
      await updateResponse(tx, row);
      await deleteUnrecordedAnswers(tx, row.workspaceId, row.id);
    }
    const sent = storableAnswers(given.answers);
    const answers = existing === null ? sent : withRecorded(sent, await listAnswers(tx, row.workspaceId, [row.id]));
    checkBeforeSaving(definition, answers, given.isComplete);
    await insertAnswers(tx, row.workspaceId, answerRows(definition, row, answers));
    if (given.isComplete) await recordResponse(tx, { response: { ...row, subject: existing?.subject ?? subject }, definition, answers, surveyName: survey.name, now });
    return { id: row.id, state, revision: row.revision };
  });
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
      await recordResponse(tx, { response, definition, answers, surveyName: response.surveyName, now });
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
    startedAt: new Date(now.getTime() - Math.max(given.openedAgoMs, given.answeredAgoMs)), savedAt,
    completedAt: given.isComplete ? savedAt : null, recordedAt: given.isComplete ? now : null,
  };
};

// Answers that already stand as perceptions are final, so that answers and perceptions never tell different stories.
const withRecorded = (answers: Answers, rows: readonly AnswerRow[]): Answers => ({
  ...answers,
  ...answersFrom(rows.filter((row) => row.isRecorded)),
});

const checkBeforeSaving = (definition: SurveyDefinition, answers: Answers, isComplete: boolean): void => {
  const problems = checkAnswers(definition, answers, isComplete);
  if (problems.length === 0) return;
  const named = problems.slice(0, 20);
  const list = named.map((one) => `${one.questionId}: ${one.problem}`).join(", ");
  throw responseErrors.refuse("answers_not_valid", `Some answers do not fit: ${list}.`, { problems: named });
};

const answerRows = (definition: SurveyDefinition, response: ResponseRow, answers: Answers): AnswerRow[] => {
  const shown = new Set(listShownQuestions(definition, answers).map((question) => question.id));
  return definition.questions.flatMap((question, position) => {
    const answer = answerTo(answers, question.id);
    if (answer === undefined || isEmptyAnswer(answer)) return [];
    return [{
      responseId: response.id, questionId: question.id, questionType: question.type, position, number: answer.number ?? null,
      choices: answer.choices ?? null, text: answer.text ?? null, isShown: shown.has(question.id), isRecorded: response.recordedAt !== null && shown.has(question.id),
    }];
  });
};

// PostgreSQL keeps neither NUL nor half a character; a comment is not refused for one.
const storableAnswers = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).map(([questionId, answer]): [string, Answer] => [
    questionId, answer.text === undefined ? answer : { ...answer, text: answer.text.toWellFormed().replaceAll("\0", "") },
  ]));

const answersFrom = (rows: readonly AnswerRow[]): Answers =>
  Object.fromEntries(rows.map((row): [string, Answer] => [row.questionId, {
    ...(row.number === null ? {} : { number: row.number }),
    ...(row.choices === null ? {} : { choices: row.choices }),
    ...(row.text === null ? {} : { text: row.text }),
  }]));

const messageOf = (response: ResponseRow): string => `response:${response.id}`;
const interactionOf = (response: ResponseRow, suffix = ""): string => interactionId(response.workspaceId, `${messageOf(response)}${suffix}`);

/** Puts a response on its customer's timeline: one interaction, and a perception per answer. What is there already stays as it is. */
const recordResponse = async (
  tx: Queryable,
  given: { response: ResponseRow; definition: SurveyDefinition; answers: Answers; surveyName: string; now: Date },
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
  await insertPerceptions(tx, response.workspaceId, perceptionsIn(definition, answers).map((one) => ({
    id: idOf(`:${one.questionId}:${one.choice ?? ""}`), subject, interactionId: idOf(""), at, kind: one.kind, value: one.value,
    scaleMin: one.scaleMin, scaleMax: one.scaleMax, choice: one.choice, text: one.text, isInferred: false, modelVersion: null,
    source: "survey", channel, touchpoint, stage: null, weight: 1, surveyId: response.surveyId, responseId: response.id, importId: null,
    properties: { questionId: one.questionId, question: one.question, ...(one.choiceLabel === null ? {} : { choiceLabel: one.choiceLabel }) },
  })));
  await publish(tx, {
    name: "response.saved", workspaceId: response.workspaceId,
    payload: { responseId: response.id, surveyId: response.surveyId, state: response.state, interactionId: idOf("") },
  });
};
