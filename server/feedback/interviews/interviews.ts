import { findSegment } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { AppError, defineErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { surveyErrors } from "../surveys/surveys.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { CallList, CallOutcomes, ChangeCallListBody, CreateCallListBody } from "./interviews.contract.ts";
import * as queries from "./interviews.queries.ts";
import type { CallListRow, CountedOutcome } from "./interviews.queries.ts";
import { groupOutcomes, NOT_CALLED, OUTCOMES, responseRates } from "./outcomes.rules.ts";

export const interviewErrors = defineErrors("interviews", {
  call_list_limit: { status: 409, meaning: "The workspace has 1,000 call lists already. Remove one first." },
  call_list_not_open: { status: 409, meaning: "The list is being filled, paused or closed: nobody is called from it now." },
  call_survey_not_open: { status: 409, meaning: "The survey of the list takes no answers now: it opens later, is closed, or all its places are taken. Nobody is called for it." },
  call_elsewhere: { status: 409, meaning: "The call belongs to somebody else meanwhile, or was recorded already. Ask for the next one." },
  outcome_unknown: { status: 400, meaning: "There is no such outcome. GET /api/call-outcomes lists them." },
  callback_not_possible: { status: 400, meaning: "Only an outcome that is not final can have a time to call back, and the time must lie ahead." },
});

const LISTS_MAX = 1_000;

export const listAllCallLists = async (services: Services, workspaceId: string, surveyId: string | null): Promise<CallList[]> =>
  (await queries.listCallLists(services.db, workspaceId, surveyId, LISTS_MAX)).map(shown);

export const getCallList = async (services: Services, workspaceId: string, id: string): Promise<CallList> => shown(await requireList(services.db, workspaceId, id));

/** A list of everybody in a segment as it is now. It fills in the background and opens by itself. */
export const createCallList = async (services: Services, actor: Actor, given: CreateCallListBody): Promise<CallList> => {
  const { workspaceId } = actor;
  const id = newId();
  await transaction(services.db, async (tx) => {
    const survey = await findSurvey(tx, workspaceId, given.surveyId);
    if (survey === null) throw new AppError("not_found", 404, `There is no survey ${given.surveyId} here.`);
    if (survey.status === "draft") throw surveyErrors.refuse("survey_not_published", `"${survey.name}" was never published, so nobody could be asked. Publish it first.`);
    if ((await findSegment(tx, workspaceId, given.segmentId)) === null) throw new AppError("not_found", 404, `There is no segment ${given.segmentId} here.`);
    if ((await queries.listCallLists(tx, workspaceId, null, LISTS_MAX)).length >= LISTS_MAX) throw interviewErrors.refuse("call_list_limit", `There are ${LISTS_MAX} call lists already. Remove one first.`);
    await queries.insertCallList(tx, { ...given, workspaceId, id, status: "filling", createdBy: actor.memberId, createdAt: services.clock.now() });
    await enqueue(tx, "interviews.fill", { workspaceId, listId: id });
    await recordAudit(tx, actor, { action: "call_list.created", subject: id });
  });
  return getCallList(services, workspaceId, id);
};

export const changeCallList = async (services: Services, actor: Actor, id: string, change: ChangeCallListBody): Promise<CallList> => {
  await transaction(services.db, async (tx) => {
    const list = await queries.lockCallList(tx, actor.workspaceId, id);
    if (list === null) throw listNotFound(id);
    if (list.status === "filling" && change.status !== undefined) throw interviewErrors.refuse("call_list_not_open", `"${list.name}" is still being filled. Try again in a moment.`);
    await queries.updateCallList(tx, { workspaceId: actor.workspaceId, id }, change);
    await recordAudit(tx, actor, { action: "call_list.changed", subject: id });
  });
  return getCallList(services, actor.workspaceId, id);
};

export const removeCallList = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await queries.deleteCallList(tx, actor.workspaceId, id))) throw listNotFound(id);
    await recordAudit(tx, actor, { action: "call_list.removed", subject: id });
  });

/** What came of a list so far, person by person, with the response rates of AAPOR. */
export const showOutcomes = async (services: Services, workspaceId: string, listId: string): Promise<CallOutcomes> => {
  const list = await requireList(services.db, workspaceId, listId);
  const counted = await queries.countOutcomesOfList(services.db, list);
  const countOf = (isMeant: (one: CountedOutcome) => boolean): number => counted.filter(isMeant).reduce((sum, { count }) => sum + count, 0);
  return {
    outcomes: OUTCOMES.map((outcome) => ({ ...outcome, people: countOf(({ code }) => code === outcome.code) })),
    notCalled: countOf(({ code }) => code === null),
    notCalledBecause: counted.flatMap(({ skipReason, count }) => (skipReason === null ? [] : [{ reason: skipReason, people: count }])),
    rates: responseRates(groupOutcomes(counted.map(({ code, count }) => ({ code: code ?? NOT_CALLED, count })))),
  };
};

/** @throws not_found */
export const requireList = async (db: Queryable, workspaceId: string, id: string): Promise<CallListRow> => {
  const list = await queries.findCallList(db, workspaceId, id);
  if (list === null) throw listNotFound(id);
  return list;
};

const listNotFound = (id: string): AppError => new AppError("not_found", 404, `There is no call list ${id} here.`);

const shown = ({ workspaceId: _, createdAt, ...list }: CallListRow): CallList => ({ ...list, createdAt: createdAt.toISOString() });
