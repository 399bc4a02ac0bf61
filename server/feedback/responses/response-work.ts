// What members do to responses. Whatever changes what a response says is withdrawn from the spine and stated anew.
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish, publishAll } from "#platform/events";
import { AppError } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { markUsed } from "../files/files.queries.ts";
import { answerTo } from "../surveys/answers.rules.ts";
import type { Answer, Answers, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { quotasOf } from "../surveys/survey-path.rules.ts";
import { RESPONSE_LIMIT_ID, readSettings } from "../surveys/survey-settings.ts";
import { findVersion } from "../surveys/surveys.queries.ts";
import { contextOf } from "./context.ts";
import { answerRows, checkBeforeSaving } from "./intake.ts";
import { isExcluded, judgeAnswers } from "./judging.rules.ts";
import { judge } from "./judging.ts";
import { forgetClaims, giveBackPlaces } from "./places.queries.ts";
import { restateResponse, withdrawResponse } from "./recording.ts";
import { responseErrors } from "./responses.errors.ts";
import { deleteAnswers, insertChange, lockResponses, updateTags, updateWorkedOn } from "./response-work.queries.ts";
import { deleteResponses, insertAnswers, listAnswers } from "./responses.queries.ts";
import type { ResponseRow } from "./responses.queries.ts";
import { answersFrom, storableAnswers } from "./stored-answers.rules.ts";

type Whole = { response: ResponseRow; surveyName: string; settings: ReturnType<typeof readSettings>; definition: SurveyDefinition; answers: Answers; context: SurveyContext };

export const tagResponses = async (services: Services, actor: Actor, given: { ids: readonly string[]; add: readonly string[]; remove: readonly string[] }): Promise<{ changed: number }> =>
  transaction(services.db, async (tx) => {
    const ids = await updateTags(tx, actor.workspaceId, given);
    if (ids.length > 0) await publish(tx, { name: "response.tagged", workspaceId: actor.workspaceId, payload: { responseIds: ids } });
    return { changed: ids.length };
  });

/** Corrects one answer: what a person wrote on paper, said on the phone, or pressed by mistake. The old one stays in the history. */
export const correctAnswer = async (
  services: Services,
  actor: Actor,
  at: { responseId: string; questionId: string },
  given: { answer: Answer | null; reason: string },
): Promise<void> =>
  transaction(services.db, async (tx) => {
    const before = await lockRecorded(tx, actor, at.responseId);
    const { response, definition, context } = before;
    const old = answerTo(before.answers, at.questionId);
    const others = Object.fromEntries(Object.entries(before.answers).filter(([questionId]) => questionId !== at.questionId));
    const answers = given.answer === null ? others : storableAnswers({ ...others, [at.questionId]: given.answer });
    checkBeforeSaving(definition, answers, false, context);
    await keepFiles(tx, response, before.answers, answers);
    // Which ending the person saw and whether there was room does not change afterwards; what the survey calculates does.
    const { calculations } = judgeAnswers(definition, answers, context, response.flags);
    const { rows, findable } = answerRows(definition, response, answers, context);
    const after = { ...response, ...findable, calculations, restated: response.restated + 1 };
    await deleteAnswers(tx, response.workspaceId, response.id);
    await insertAnswers(tx, response.workspaceId, rows);
    await updateWorkedOn(tx, after);
    await restateResponse(tx, response, { ...before, response: after, answers }, services.clock.now());
    await note(services, tx, actor, { responseId: response.id, kind: "answer_corrected", questionId: at.questionId, before: old ?? null, after: answerTo(answers, at.questionId) ?? null, reason: given.reason });
  });

/** Takes a response out of all scores, because a member sees that no customer gave it. Flagging a flagged one changes nothing. */
export const flagResponse = async (services: Services, actor: Actor, responseId: string, reason: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const before = await lockRecorded(tx, actor, responseId);
    const { response } = before;
    if (response.outcome === "flagged") return;
    await giveBack(tx, [before]);
    const after: ResponseRow = { ...response, places: null, outcome: "flagged", flags: [...response.flags, "by_member"], restated: response.restated + 1 };
    await updateWorkedOn(tx, after);
    await restateResponse(tx, response, { ...before, response: after }, services.clock.now());
    await note(services, tx, actor, { responseId, kind: "flagged", questionId: null, before: response.flags, after: after.flags, reason });
  });

/** Lets a flagged response count after all, if the quotas it belongs to have room. */
export const unflagResponse = async (services: Services, actor: Actor, responseId: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const before = await lockRecorded(tx, actor, responseId);
    const { response, settings } = before;
    if (response.outcome !== "flagged") return;
    const flags = response.flags.filter((flag) => !isExcluded([flag]));
    const cleared: ResponseRow = { ...response, flags, outcome: "counted", restated: response.restated + 1 };
    const judged = response.state === "complete" ? await judge(tx, cleared, { ...before, responseLimit: settings.responseLimit }) : cleared;
    const after = { ...judged, endingId: response.endingId };
    await updateWorkedOn(tx, after);
    await restateResponse(tx, response, { ...before, response: after }, services.clock.now());
    await note(services, tx, actor, { responseId, kind: "unflagged", questionId: null, before: response.flags, after: flags, reason: null });
  });

/** Deletes responses with their answers, files and everything they said. Those that are gone already are passed over. */
export const removeResponses = async (services: Services, actor: Actor, ids: readonly string[]): Promise<{ deleted: number }> =>
  transaction(services.db, async (tx) => {
    const { workspaceId } = actor;
    const found = await lockResponses(tx, workspaceId, ids);
    const wholes: Whole[] = [];
    // One after the other: a connection takes one query at a time.
    for (const response of found.filter(hasPlaces)) {
      const whole = await wholeOf(tx, response);
      if (whole !== null) wholes.push(whole);
    }
    await giveBack(tx, wholes);
    for (const response of found) {
      await withdrawResponse(tx, response);
      await recordAudit(tx, actor, { action: "response.deleted", subject: response.id, details: { surveyId: response.surveyId } });
    }
    const deleted = found.map(({ id }) => id);
    if (deleted.length === 0) return { deleted: 0 };
    await forgetClaims(tx, workspaceId, deleted);
    await deleteResponses(tx, workspaceId, deleted);
    await publishAll(tx, [
      { name: "experience.withdrawn", workspaceId, payload: { because: "responses" } },
      ...deleted.map((responseId) => ({ name: "response.deleted", workspaceId, payload: { responseId } })),
    ]);
    await enqueue(tx, "files.remove", {}, { key: "files.remove" });
    return { deleted: deleted.length };
  });

/** The response with its questions and answers, locked; null when its version is gone. */
export const wholeOf = async (tx: Queryable, response: ResponseRow & { surveyName: string; settings: unknown }): Promise<Whole | null> => {
  const definition = await findVersion(tx, response.workspaceId, response.surveyId, response.version);
  if (definition === null) return null;
  const answers = answersFrom(await listAnswers(tx, response.workspaceId, [response.id]));
  return { response, surveyName: response.surveyName, settings: readSettings(response.settings), definition, answers, context: await contextOf(tx, definition, response) };
};

/** Gives the places of counted responses of one workspace back to their quotas. */
const giveBack = async (tx: Queryable, given: readonly Whole[]): Promise<void> => {
  const taken = given.filter(({ response }) => hasPlaces(response)).flatMap((whole) => {
    const { workspaceId, surveyId, places } = whole.response;
    return [...(places ?? quotasOf(whole.definition, whole.answers, whole.context).map(({ id }) => id)), RESPONSE_LIMIT_ID].map((quotaId) => ({ workspaceId, surveyId, quotaId }));
  });
  const groups = Map.groupBy(taken, ({ surveyId, quotaId }) => `${surveyId} ${quotaId}`);
  await giveBackPlaces(tx, [...groups.values()].flatMap((group) => group.slice(0, 1).map((one) => ({ ...one, count: group.length }))));
};

const hasPlaces = ({ state, outcome }: ResponseRow): boolean => state === "complete" && outcome === "counted";

const lockRecorded = async (tx: Queryable, actor: Actor, responseId: string): Promise<Whole> => {
  const [response] = await lockResponses(tx, actor.workspaceId, [responseId]);
  const whole = response === undefined ? null : await wholeOf(tx, response);
  if (whole === null) throw new AppError("not_found", 404, `There is no response ${responseId} here.`);
  if (whole.response.recordedAt === null) throw responseErrors.refuse("response_not_complete", "The person may still be answering. Wait a quarter of an hour after the last answer.");
  return whole;
};

// A member may take files out of an answer; new ones come from the person only.
const keepFiles = async (tx: Queryable, response: ResponseRow, before: Answers, after: Answers): Promise<void> => {
  const namedIn = (answers: Answers) => Object.entries(answers).flatMap(([questionId, { files = [] }]) => files.map(({ id }) => ({ id, questionId })));
  const [old, kept] = [namedIn(before), namedIn(after)];
  if (kept.some(({ id }) => !old.some((one) => one.id === id))) throw responseErrors.refuse("file_unknown", "Files come from the person who answers. Only taking them out is a correction.");
  if (kept.length < old.length) await markUsed(tx, response, kept);
};

const note = async (
  services: Services,
  tx: Queryable,
  actor: Actor,
  change: { responseId: string; kind: "answer_corrected" | "flagged" | "unflagged"; questionId: string | null; before: unknown; after: unknown; reason: string | null },
): Promise<void> => {
  await insertChange(tx, { ...change, id: newId(), workspaceId: actor.workspaceId, memberId: actor.memberId, at: services.clock.now() });
  await recordAudit(tx, actor, { action: `response.${change.kind}`, subject: change.responseId, details: change.questionId === null ? {} : { questionId: change.questionId } });
};
