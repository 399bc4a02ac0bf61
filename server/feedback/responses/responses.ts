import { findTimeOfErasure, isErasedInteraction } from "#customers";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { bindFiles } from "../files/answer-files.ts";
import type { Answers } from "../surveys/definition.contract.ts";
import { claimOf, readLink } from "../surveys/links.ts";
import type { SurveyLinkRead } from "../surveys/links.ts";
import { findVersion } from "../surveys/surveys.queries.ts";
import { contextOf } from "./context.ts";
import { answerRows, checkBeforeSaving, newResponse, savedFrom } from "./intake.ts";
import { judge } from "./judging.ts";
import { checkStanding, getSurveyAt, getVersion } from "./open-surveys.ts";
import type { OpenSurvey } from "./open-surveys.ts";
import { listClaimsUsedByOthers, spendClaims } from "./places.queries.ts";
import { flagsOf } from "./protection.ts";
import type { Sender } from "./protection.ts";
import { interactionOf, recordResponses, withdrawFeelings } from "./recording.ts";
import { ResponseGroups } from "./response-groups.ts";
import { responseErrors } from "./responses.errors.ts";
import type { SaveResponseBody, SavedResponse } from "./responses.contract.ts";
import {
  deleteResponses, deleteUnrecordedAnswers, insertAnswers, insertResponses, listAnswers, lockQuietResponses, lockResponse, markRecorded, updateResponse,
} from "./responses.queries.ts";
import type { AnswerRow, ResponseRow } from "./responses.queries.ts";
import { answersFrom, storableAnswers } from "./stored-answers.rules.ts";

export { AnswersNotValid, responseErrors } from "./responses.errors.ts";

/** Saves what a person has answered so far. Repeating a save, or sending an older one late, changes nothing.
 *  @param sender without an address nothing is counted by address; parts of the product that answer for their sender say `isTrusted` */
export const saveResponse = async (services: Services, given: SaveResponseBody, sender: Sender = { address: null }): Promise<SavedResponse> => {
  // Only programs fill the hidden field. They get the usual reply, so that they do not learn to leave it empty.
  if ((given.website ?? "") !== "") return { id: given.id, state: given.isComplete ? "complete" : "partial", revision: given.revision, endingId: null };
  return groupsOf(services).save(given, sender);
};

/** Adds answers to a response, or begins it, for senders that say only what is new. Of several at the same moment none is lost. */
export const addToResponse = (services: Services, given: Omit<SaveResponseBody, "revision">, sender: Sender): Promise<SavedResponse> =>
  saveAlone(services, { ...given, revision: 1, isAddition: true }, sender);

type Saving = SaveResponseBody & { isAddition?: boolean };

/** Saves one response in a transaction of its own, whatever was there before.
 *  @param noticed flags found already: an address is counted once for a response */
export const saveAlone = async (services: Services, given: Saving, sender: Sender, noticed: string[] | null = null): Promise<SavedResponse> => {
  const isAddition = given.isAddition === true;
  const survey = await getSurveyAt(services.db, given.slug);
  const definition = await getVersion(services.db, survey, given.version);
  checkStanding(survey, services.clock.now(), given.answeredAgoMs);
  return transaction(services.db, async (tx) => {
    const now = services.clock.now();
    const link = await readLink(tx, { workspaceId: survey.workspaceId, surveyId: survey.id, token: given.link, now });
    const row = newResponse(given, { survey, subject: survey.settings.isAnonymous ? null : (link?.subject ?? null), now });
    // A late repeat of a response that was erased with its person.
    if (await isErasedInteraction(tx, row.workspaceId, interactionOf(row))) return savedFrom(row);
    const existing = await insertOrLock(tx, row);
    if (existing !== null) {
      if (existing.surveyId !== survey.id || existing.version !== given.version) {
        throw responseErrors.refuse("response_elsewhere", "This response belongs to another survey or version. Start a new one.");
      }
      if (existing.state === "complete" || (existing.revision >= given.revision && !isAddition)) return savedFrom(existing);
    }
    const before = existing === null ? [] : await listAnswers(tx, row.workspaceId, [row.id]);
    if (existing !== null) await deleteUnrecordedAnswers(tx, row.workspaceId, row.id);
    const answers = withRecorded({ ...(isAddition ? answersFrom(before) : {}), ...storableAnswers(given.answers) }, before);
    const known = { ...(existing === null ? row : goneOn(row, existing)), revision: isAddition ? (existing?.revision ?? 0) + 1 : row.revision };
    const context = await contextOf(tx, definition, known);
    checkBeforeSaving(definition, answers, given.isComplete, context);
    await bindFiles(tx, row, answers);
    await checkClaims(tx, row, claimsOf(survey, given, link));
    const seen = given.isComplete ? (noticed ?? await flagsOf(services, tx, { body: given, sender, survey, settings: survey.settings, definition, answers, now })) : [];
    const judged = given.isComplete ? await judge(tx, { ...known, flags: [...known.flags, ...seen] }, { responseLimit: survey.settings.responseLimit, definition, answers, context }) : known;
    const { rows, findable } = answerRows(definition, judged, answers, context);
    const saved = { ...judged, ...findable };
    await updateResponse(tx, saved);
    await insertAnswers(tx, row.workspaceId, rows);
    if (existing !== null && existing.recordedAt !== null && saved.outcome !== "counted") await withdrawFeelings(tx, saved);
    if (given.isComplete) await recordResponses(tx, row.workspaceId, [{ response: saved, definition, answers, context, surveyName: survey.name, isNobodys: given.link === undefined && saved.subject === null }], now);
    return savedFrom(saved);
  });
};

/** A newer save of a response that is there: what members and the retention decided about it meanwhile stands. */
const goneOn = (row: ResponseRow, existing: ResponseRow): ResponseRow => ({
  ...row, subject: existing.anonymisedAt === null ? (existing.subject ?? row.subject) : null,
  restated: existing.restated, anonymisedAt: existing.anonymisedAt, flags: existing.flags, outcome: existing.outcome, places: existing.places,
});

// One queue for each server: what arrives together is committed together.
const groups = new WeakMap<Services, ResponseGroups>();
const groupsOf = (services: Services): ResponseGroups => {
  const open = groups.get(services) ?? new ResponseGroups(services, saveAlone);
  groups.set(services, open);
  return open;
};

/** What a survey that takes one answer of each notes as used. */
const claimsOf = (survey: OpenSurvey, given: SaveResponseBody, link: SurveyLinkRead | null): string[] => {
  const { oneAnswerPer } = survey.settings;
  return [
    ...(link?.nonce == null ? [] : [claimOf.link(link.nonce)]),
    ...(oneAnswerPer === "none" || given.device === undefined ? [] : [claimOf.device(given.device)]),
    ...(oneAnswerPer !== "person" || link?.subject == null ? [] : [claimOf.person(survey.workspaceId, link.subject)]),
  ];
};

// Used up by a complete response only: who begins on the phone may finish on the laptop.
const checkClaims = async (tx: Queryable, response: ResponseRow, claims: readonly string[]): Promise<void> => {
  const used = response.state === "complete" ? await spendClaims(tx, response, claims, response.savedAt) : await listClaimsUsedByOthers(tx, response, claims);
  if (used.length === 0) return;
  throw responseErrors.refuse("already_answered", used.some((claim) => claim.startsWith("link:")) ? "This link was used already: it takes one answer." : "This survey was answered here already, and takes one answer of each.");
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
      await recordResponses(tx, response.workspaceId, [{ response, definition, answers, context, surveyName: response.surveyName }], now);
      await markRecorded(tx, { workspaceId: response.workspaceId, id: response.id, at: now });
    }
    return responses.length;
  });

/** Writes a new response; one that is there already is locked and given back, unless its person was erased meanwhile: then it starts anew. */
const insertOrLock = async (tx: Queryable, row: ResponseRow): Promise<ResponseRow | null> => {
  if ((await insertResponses(tx, row.workspaceId, [row])).size > 0) return null;
  const existing = await lockResponse(tx, row.workspaceId, row.id);
  if (existing === null || !(await forgetIfErased(tx, existing))) return existing;
  await insertResponses(tx, row.workspaceId, [row]);
  return null;
};

// The person may be erased seconds before the listener comes here: until then the row still says who it was.
const forgetIfErased = async (tx: Queryable, response: ResponseRow): Promise<boolean> => {
  const erasedAt = response.subject === null ? null : await findTimeOfErasure(tx, response.workspaceId, response.subject);
  if (erasedAt === null || response.startedAt > erasedAt) return false;
  await deleteResponses(tx, response.workspaceId, [response.id]);
  return true;
};

// Answers that already stand as perceptions are final, so that answers and perceptions never tell different stories.
const withRecorded = (answers: Answers, rows: readonly AnswerRow[]): Answers => ({
  ...answers,
  ...answersFrom(rows.filter((row) => row.isRecorded)),
});
