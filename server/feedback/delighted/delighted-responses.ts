import { can } from "#platform/access";
import type { Actor } from "#platform/access";
import { newId } from "#platform/db";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { correctAnswer, tagResponses } from "../responses/response-work.ts";
import { Tag } from "../responses/response-list.contract.ts";
import { SaveResponseBody } from "../responses/responses.contract.ts";
import { saveResponse } from "../responses/responses.ts";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { createSurveyLink } from "../surveys/links.ts";
import { getSurvey } from "../surveys/surveys.ts";
import type { ChangedResponseBody, ListedResponse, ResponseBody } from "./delighted.contract.ts";
import { delightedErrors, findReadSurvey, projectOf } from "./delighted.ts";
import * as queries from "./delighted.queries.ts";

const AGE_MS_MAX = 30 * 86_400_000;

/** Takes a response that was given elsewhere. */
export const createResponse = async (services: Services, actor: Actor, given: ResponseBody): Promise<ListedResponse> => {
  if ((given.tags ?? []).length > 0) requireAbilityOfKey(actor, "responses.work");
  const { surveyId } = await projectOf(services, actor);
  const person = await queries.findPerson(services.db, actor.workspaceId, { id: given.person });
  if (person === null) throw delightedErrors.refuse("attribute_not_valid", "person is not known; create it first", { person: ["is not known"] });
  const survey = await getSurvey(services, actor, surveyId);
  const { scoreId, commentId } = questionsOf(survey.published ?? survey.draft);
  const identifier = person.email !== null ? `email:${person.email}` : `phone:${person.phone}`;
  const { url } = await createSurveyLink(services, actor, surveyId, { identifier, expiresInDays: 1, isSingleUse: false });
  const id = newId();
  const agoMs = given.created_at == null ? 0 : Math.min(AGE_MS_MAX, Math.max(0, services.clock.now().getTime() - given.created_at * 1000));
  const comment = (given.comment ?? "").trim();
  await saveResponse(services, SaveResponseBody.parse({
    id, slug: survey.slug, version: survey.publishedVersion ?? 1, revision: 1, language: (survey.published ?? survey.draft).languages[0] ?? "en", isComplete: true,
    answers: { [scoreId]: { number: given.score }, ...(comment === "" || commentId === null ? {} : { [commentId]: { text: comment } }) },
    openedAgoMs: agoMs, answeredAgoMs: agoMs, channel: "api", source: "Delighted client", link: new URL(url).searchParams.get("c") ?? undefined,
  }), { address: null, isTrusted: true });
  await queries.upsertResponseFacts(services.db, actor.workspaceId, { responseId: id, personId: person.id, properties: { ...person.properties, ...given.person_properties } });
  await tag(services, actor, id, { before: [], wanted: given.tags ?? [] });
  return getResponse(services, actor, id);
};

/** Changes a response: scores and words are corrected, with the old ones kept in its history. */
export const changeResponse = async (services: Services, actor: Actor, id: string, change: ChangedResponseBody): Promise<ListedResponse> => {
  if (change.score != null || change.comment !== undefined) requireAbilityOfKey(actor, "responses.correct");
  if (change.tags != null) requireAbilityOfKey(actor, "responses.work");
  const before = await getResponse(services, actor, id);
  const survey = await getSurvey(services, actor, (await projectOf(services, actor)).surveyId);
  const { scoreId, commentId } = questionsOf(survey.published ?? survey.draft);
  const reason = "Changed by a client of the Delighted interface.";
  if (change.score != null && change.score !== before.score) await correctAnswer(services, actor, { responseId: id, questionId: scoreId }, { answer: { number: change.score }, reason });
  if (change.comment !== undefined && change.comment !== before.comment && commentId !== null) {
    const text = (change.comment ?? "").trim();
    await correctAnswer(services, actor, { responseId: id, questionId: commentId }, { answer: text === "" ? null : { text }, reason });
  }
  if (change.person_properties != null) await queries.upsertResponseFacts(services.db, actor.workspaceId, { responseId: id, personId: before.personId, properties: change.person_properties });
  if (change.tags != null) await tag(services, actor, id, { before: before.tags, wanted: change.tags });
  return getResponse(services, actor, id);
};

export const getResponse = async (services: Services, actor: Actor, id: string): Promise<ListedResponse> => {
  const surveyId = await findReadSurvey(services, actor);
  if (surveyId === null) throw new AppError("not_found", 404, `There is no survey response ${id} here.`);
  const filter = { surveyId, id, personId: null, since: null, until: null, updatedSince: null, isDescending: false, offset: 0, limit: 1 };
  const [found] = await queries.listScoredResponses(services.db, actor.workspaceId, filter);
  if (found === undefined) throw new AppError("not_found", 404, `There is no survey response ${id} here.`);
  return found;
};

const tag = async (services: Services, actor: Actor, id: string, { before, wanted }: { before: readonly string[]; wanted: readonly string[] }): Promise<void> => {
  const tags = wanted.flatMap((text) => Tag.safeParse(text).data ?? []);
  const [add, remove] = [tags.filter((one) => !before.includes(one)), before.filter((one) => !tags.includes(one))];
  if (add.length + remove.length > 0) await tagResponses(services, actor, { ids: [id], add, remove });
};

/** @throws not_signed_in: the only refusal of rights these clients know */
export const requireAbilityOfKey = (actor: Actor, ability: string): void => {
  if (!can(actor, ability)) throw new AppError("not_signed_in", 401, `The key lacks the ability ${ability}.`);
};

/** The questions a score and a comment answer: the first of each kind. */
const questionsOf = ({ questions }: SurveyDefinition): { scoreId: string; commentId: string | null } => ({
  scoreId: questions.find(({ type }) => type === "nps")?.id ?? "nps", commentId: questions.find(({ type }) => type === "text")?.id ?? null,
});
