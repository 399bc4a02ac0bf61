// What responses say goes down into the spine: one interaction each, a perception per feeling.
import { insertInteractions, insertPerceptions, insertTombstones, interactionId, listPerceptionIdsOfResponse, withdrawExperience } from "#customers";
import type { NewInteraction, NewPerception } from "#customers";
import type { Queryable } from "#platform/db";
import { publishAll } from "#platform/events";
import type { Answers, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { perceptionsIn } from "./perceptions.rules.ts";
import type { ResponseRow } from "./responses.queries.ts";
import { findServings, type Serving } from "./serving.ts";

/** A response with what is needed to say what it says. `isNobodys` is one that came without a link: nobody in particular was asked for it. */
export type Recordable = { response: ResponseRow; definition: SurveyDefinition; answers: Answers; context: SurveyContext; surveyName: string; isNobodys?: boolean };

/** Id of the interaction a response is recorded as; it follows from the response, so recording twice writes nothing twice. */
export const interactionOf = (response: Pick<ResponseRow, "workspaceId" | "id" | "anonymisedAt">, suffix = ""): string =>
  interactionId(response.workspaceId, `${messageOf(response)}${suffix}`);

/** Puts responses of one workspace on the timelines of their customers. What is there already stays as it is. */
export const recordResponses = async (tx: Queryable, workspaceId: string, given: readonly Recordable[], now: Date): Promise<void> => {
  const servings = await findServings(tx, workspaceId, given.map(({ response }) => response));
  await insertInteractions(tx, workspaceId, given.map((one) => interactionFrom(one, now, servings.get(one.response.id))));
  await insertPerceptions(tx, workspaceId, given.flatMap(perceptionsFrom));
  await publishAll(tx, given.map(({ response, definition, isNobodys = false }) => ({
    name: "response.saved", workspaceId,
    payload: {
      responseId: response.id, surveyId: response.surveyId, state: response.state, outcome: response.outcome, interactionId: interactionOf(response), isNobodys,
      asksConsent: definition.questions.some(({ type }) => type === "consent"),
    },
  })));
};

/** States anew what a response says, after it was corrected, judged or made anonymous: feelings never change, so the old ones are withdrawn and new
 *  ones written under new ids.
 *  @param before the response as it was recorded; `after.restated` must be higher */
export const restateResponse = async (tx: Queryable, before: ResponseRow, after: Recordable, now: Date): Promise<void> => {
  const { workspaceId } = after.response;
  const isMoved = interactionOf(before) !== interactionOf(after.response);
  await withdrawExperience(tx, workspaceId, {
    interactionIds: isMoved ? [interactionOf(before)] : [], perceptionIds: await listPerceptionIdsOfResponse(tx, workspaceId, before.id),
  });
  const servings = isMoved ? await findServings(tx, workspaceId, [after.response]) : new Map<string, Serving>();
  if (isMoved) await insertInteractions(tx, workspaceId, [interactionFrom(after, now, servings.get(after.response.id))]);
  await insertPerceptions(tx, workspaceId, perceptionsFrom(after));
  await publishAll(tx, [
    { name: "experience.withdrawn", workspaceId, payload: { because: "responses" } },
    { name: "response.restated", workspaceId, payload: { responseId: after.response.id, surveyId: after.response.surveyId, outcome: after.response.outcome } },
  ]);
};

/** Takes back the feelings of a response that was half recorded and, once complete, turned out not to count. */
export const withdrawFeelings = async (tx: Queryable, response: ResponseRow): Promise<void> => {
  const perceptionIds = await listPerceptionIdsOfResponse(tx, response.workspaceId, response.id);
  if (perceptionIds.length === 0) return;
  await withdrawExperience(tx, response.workspaceId, { interactionIds: [], perceptionIds });
  await publishAll(tx, [{ name: "experience.withdrawn", workspaceId: response.workspaceId, payload: { because: "responses" } }]);
};

/** Takes back everything a response said, for one that is deleted. */
export const withdrawResponse = async (tx: Queryable, response: ResponseRow): Promise<void> => {
  const perceptionIds = await listPerceptionIdsOfResponse(tx, response.workspaceId, response.id);
  await withdrawExperience(tx, response.workspaceId, { interactionIds: [interactionOf(response)], perceptionIds });
  // A save of it repeated late is answered and not kept, as after an erasure.
  await insertTombstones(tx, response.workspaceId, [interactionOf({ ...response, anonymisedAt: null })]);
};

/** Id of a feeling a response says; it follows from the response and the question.
 *  @param choice the option or row the feeling is about; empty where a question gives one feeling */
export const feelingOf = (response: Pick<ResponseRow, "workspaceId" | "id" | "restated">, questionId: string, choice = ""): string =>
  interactionId(response.workspaceId, `response:${response.id}:${questionId}:${choice}${response.restated === 0 ? "" : `~${response.restated}`}`);

// A response made anonymous is another fact than the one that named somebody: the old one goes for good.
const messageOf = ({ id, anonymisedAt }: Pick<ResponseRow, "id" | "anonymisedAt">): string => `response:${id}${anonymisedAt === null ? "" : ":anonymous"}`;

const interactionFrom = ({ response, surveyName }: Recordable, now: Date, serving: Serving | undefined): NewInteraction => {
  const { subject } = response;
  return {
    id: interactionOf(response), messageId: messageOf(response), type: "response", name: surveyName, subject,
    userId: subject?.startsWith("user:") === true ? subject.slice("user:".length) : null, anonymousId: null,
    at: response.savedAt.toISOString(), receivedAt: now.toISOString(), sentAt: null, originalAt: null,
    channel: response.channel, touchpoint: response.touchpoint, stage: null, direction: "customer", source: "survey", importId: null, memberId: serving?.memberId ?? null,
    message: JSON.stringify({
      surveyId: response.surveyId, responseId: response.id, version: response.version, language: response.language,
      source: response.source, campaign: response.campaign, ...(serving === undefined ? {} : { properties: serving.said }),
    }),
  };
};

const perceptionsFrom = ({ response, definition, answers, context }: Recordable): NewPerception[] => {
  // What does not count says nothing about how customers feel; that they answered stays a fact.
  if (response.outcome !== "counted") return [];
  return perceptionsIn(definition, answers, context).map((one) => ({
    id: feelingOf(response, one.questionId, one.choice ?? ""), subject: response.subject,
    interactionId: interactionOf(response), at: response.savedAt.toISOString(), kind: one.kind, value: one.value,
    scaleMin: one.scaleMin, scaleMax: one.scaleMax, choice: one.choice, text: one.text, isInferred: false, modelVersion: null,
    source: "survey", channel: response.channel, touchpoint: response.touchpoint, stage: null, weight: 1,
    surveyId: response.surveyId, responseId: response.id, importId: null,
    properties: { questionId: one.questionId, question: one.question, ...(one.choiceLabel === null ? {} : { choiceLabel: one.choiceLabel }) },
  }));
};
