import { askToContact, findContactOf, findSegment, quietUntil, stopContact } from "#customers";
import type { CustomerContact } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { AppError, defineErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { createSurveyLink } from "../surveys/links.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { Call, CallList, CallOutcomes, ChangeCallListBody, CreateCallListBody, CurrentCall, NextCall, RecordAttemptBody } from "./interviews.contract.ts";
import * as queries from "./interviews.queries.ts";
import type { CallListRow, TargetRow } from "./interviews.queries.ts";
import { findOutcome, groupOutcomes, NOT_CALLED, OUTCOMES, responseRates } from "./outcomes.rules.ts";

export const interviewErrors = defineErrors("interviews", {
  call_list_limit: { status: 409, meaning: "The workspace has 1,000 call lists already. Remove one first." },
  call_list_not_open: { status: 409, meaning: "The list is being filled, paused or closed: nobody is called from it now." },
  call_elsewhere: { status: 409, meaning: "The call belongs to somebody else meanwhile, or was recorded already. Ask for the next one." },
  outcome_unknown: { status: 400, meaning: "There is no such outcome. GET /api/call-outcomes lists them." },
  callback_not_possible: { status: 400, meaning: "Only an outcome that is not final can have a time to call back, and the time must lie ahead." },
});

const LISTS_MAX = 1_000;
const CLAIM_MINUTES = 30;
// How many people are looked at for one call: enough to pass over those who may not be called now.
const LOOKED_AT = 25;
const LINK_DAYS = 2;
const DAYS_OF_WEEK = [1, 2, 3, 4, 5, 6, 7];

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
    const list = await requireList(tx, actor.workspaceId, id);
    if (list.status === "filling" && change.status !== undefined) throw interviewErrors.refuse("call_list_not_open", `"${list.name}" is still being filled. Try again in a moment.`);
    await queries.updateCallList(tx, {
      ...list, name: change.name ?? list.name, script: change.script ?? list.script, status: change.status ?? list.status, hoursFrom: change.hoursFrom ?? list.hoursFrom,
      hoursTo: change.hoursTo ?? list.hoursTo, days: change.days ?? list.days, attemptsMax: change.attemptsMax ?? list.attemptsMax, pauseHours: change.pauseHours ?? list.pauseHours,
    });
    await recordAudit(tx, actor, { action: "call_list.changed", subject: id });
  });
  return getCallList(services, actor.workspaceId, id);
};

export const removeCallList = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await queries.deleteCallList(tx, actor.workspaceId, id))) throw listNotFound(id);
    await recordAudit(tx, actor, { action: "call_list.removed", subject: id });
  });

/** Gives the interviewer the next person whose turn it is and who may be called now, and keeps everybody else off them for half an hour. */
export const takeNextCall = async (services: Services, actor: Actor, listId: string): Promise<NextCall> => {
  const now = services.clock.now();
  const taken = await transaction(services.db, async (tx) => {
    const list = await requireList(tx, actor.workspaceId, listId);
    if (list.status !== "open") throw interviewErrors.refuse("call_list_not_open", `"${list.name}" is not open. Open it to call from it.`);
    // One at a time: a locked row is a person no other interviewer finds.
    for (let skipped = 0; skipped < LOOKED_AT; skipped += 1) {
      const target = await queries.lockDueTarget(tx, list, now);
      if (target === null) return { list, skipped, nextAt: await queries.findNextTurn(tx, list) };
      const contact = await mayCall(tx, list, target, now);
      if (contact === null) continue;
      const until = new Date(now.getTime() + CLAIM_MINUTES * 60_000);
      await queries.claimTarget(tx, list, { targetId: target.id, memberId: actor.memberId, until });
      return { list, skipped, target, contact, until };
    }
    return { list, skipped: LOOKED_AT, nextAt: now };
  });
  if ("nextAt" in taken) return { call: null, nextAt: taken.nextAt?.toISOString() ?? null, skipped: taken.skipped };
  return { call: await showCall(services, actor, taken), nextAt: null, skipped: taken.skipped };
};

/** The call an interviewer has taken and not yet written down. */
export const getCurrentCall = async (services: Services, actor: Actor, listId: string): Promise<CurrentCall> => {
  const list = await requireList(services.db, actor.workspaceId, listId);
  const target = await queries.findClaimedTarget(services.db, list, { memberId: actor.memberId, now: services.clock.now() });
  const contact = target === null ? null : await findContactOf(services.db, list.workspaceId, target.customerId);
  if (target === null || contact === null || target.claimedUntil === null) return { call: null };
  return { call: await showCall(services, actor, { list, target, contact, until: target.claimedUntil }) };
};

/** Writes down what came of a call. What is not final comes round again, until the tries are used up. */
export const recordAttempt = (services: Services, actor: Actor, ids: { listId: string; targetId: string }, given: RecordAttemptBody): Promise<void> =>
  transaction(services.db, async (tx) => {
    const now = services.clock.now();
    const list = await requireList(tx, actor.workspaceId, ids.listId);
    const outcome = findOutcome(given.outcome);
    if (outcome === null) throw interviewErrors.refuse("outcome_unknown", `There is no outcome "${given.outcome}". GET /api/call-outcomes lists them.`);
    const callbackAt = given.callbackAt === undefined ? null : new Date(given.callbackAt);
    if (callbackAt !== null && (outcome.isFinal || callbackAt <= now)) throw interviewErrors.refuse("callback_not_possible", "Choose a time that lies ahead, with an outcome that is not final.");
    const target = await requireOwnTarget(tx, actor, list, ids.targetId);
    const attempts = target.attempts + 1;
    await queries.insertAttempt(tx, list, target.id, { number: attempts, outcome: outcome.code, note: given.note, callbackAt, memberId: actor.memberId, at: now });
    // Who named a time is called then, even when the tries are used up.
    const isDone = outcome.isFinal || (attempts >= list.attemptsMax && callbackAt === null);
    await queries.updateTarget(tx, list, {
      id: target.id, state: isDone ? "done" : "waiting", attempts, isCallback: callbackAt !== null, outcome: outcome.code,
      nextAt: callbackAt ?? new Date(now.getTime() + list.pauseHours * 3_600_000),
    });
    if (outcome.code === "2.13") {
      await stopContact(tx, { workspaceId: list.workspaceId, customerId: target.customerId, address: null, channel: "phone", source: "interview", at: now, memberId: actor.memberId });
    }
  });

/** Gives a call back that was not made. */
export const releaseCall = (services: Services, actor: Actor, ids: { listId: string; targetId: string }): Promise<void> =>
  transaction(services.db, async (tx) => {
    const list = await requireList(tx, actor.workspaceId, ids.listId);
    const target = await requireOwnTarget(tx, actor, list, ids.targetId);
    await queries.updateTarget(tx, list, { ...target, outcome: null });
  });

/** What came of a list so far, person by person, with the response rates of AAPOR. */
export const showOutcomes = async (services: Services, workspaceId: string, listId: string): Promise<CallOutcomes> => {
  const list = await requireList(services.db, workspaceId, listId);
  const counted = await queries.countOutcomesOfList(services.db, list);
  const countOf = (code: string | null): number => counted.find((one) => one.code === code)?.count ?? 0;
  return {
    outcomes: OUTCOMES.map((outcome) => ({ ...outcome, people: countOf(outcome.code) })),
    notCalled: countOf(null),
    rates: responseRates(groupOutcomes(counted.map(({ code, count }) => ({ code: code ?? NOT_CALLED, count })))),
  };
};

/** Whether somebody may be called now; if not, says when it is their turn again, or that it never is.
 *  @returns how to reach them, null when they are passed over */
const mayCall = async (tx: Queryable, list: CallListRow, target: TargetRow, now: Date): Promise<CustomerContact | null> => {
  const contact = await findContactOf(tx, list.workspaceId, target.customerId);
  const pass = async (until: Date | null): Promise<null> => {
    await queries.updateTarget(tx, list, { ...target, state: until === null ? "done" : "waiting", nextAt: until ?? now, outcome: null });
    return null;
  };
  if (contact === null || contact.phone === null) return pass(null);
  const quiet = quietUntil(now, await zoneOf(tx, list.workspaceId, contact), { from: list.hoursTo, to: list.hoursFrom, days: DAYS_OF_WEEK.filter((day) => !list.days.includes(day)), channels: ["phone"] });
  if (quiet !== null) return pass(quiet);
  const decision = await askToContact(tx, {
    workspaceId: list.workspaceId, customerId: contact.customerId, address: contact.phone, channel: "phone", purpose: "survey", kind: list.kind,
    reference: { type: "survey", id: list.surveyId, label: list.surveyName }, isReminder: target.attempts > 0, at: now,
    // A refusal holds for the hour; a call given back and taken again is the same contact.
    key: `call ${target.id} ${target.attempts + 1} ${now.toISOString().slice(0, 13)}`,
  });
  return decision.decision === "asked" ? contact : pass(decision.until);
};

const zoneOf = async (db: Queryable, workspaceId: string, contact: CustomerContact): Promise<string> =>
  contact.timeZone ?? (await findWorkspace(db, workspaceId))?.timeZone ?? "UTC";

const showCall = async (
  services: Services,
  actor: Actor,
  { list, target, contact, until }: { list: CallListRow; target: TargetRow; contact: CustomerContact; until: Date },
): Promise<Call> => {
  const timeZone = await zoneOf(services.db, list.workspaceId, contact);
  // Made as if at the moment the call was taken: the same call always has the same address, under which the page keeps its answers.
  const claimedAt = new Date(until.getTime() - CLAIM_MINUTES * 60_000);
  const { url } = await createSurveyLink({ ...services, clock: { now: () => claimedAt } }, actor, list.surveyId, { identifier: `phone:${contact.phone ?? ""}`, expiresInDays: LINK_DAYS, isSingleUse: false });
  const attempts = await queries.listAttempts(services.db, list, target.id);
  return {
    targetId: target.id, customerId: contact.customerId, name: contact.name, phone: contact.phone ?? "", timeZone,
    localTime: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(services.clock.now()),
    language: contact.language, isCallback: target.isCallback,
    attempts: attempts.map((one) => ({ ...one, callbackAt: one.callbackAt?.toISOString() ?? null, at: one.at.toISOString() })),
    surveyUrl: `${url}&channel=interview&campaign=${target.id}${contact.language === null ? "" : `&lang=${encodeURIComponent(contact.language)}`}`,
    claimedUntil: until.toISOString(),
  };
};

const requireList = async (db: Queryable, workspaceId: string, id: string): Promise<CallListRow> => {
  const list = await queries.findCallList(db, workspaceId, id);
  if (list === null) throw listNotFound(id);
  return list;
};

const requireOwnTarget = async (tx: Queryable, actor: Actor, list: CallListRow, targetId: string): Promise<TargetRow> => {
  const target = await queries.lockTarget(tx, list, targetId);
  if (target === null) throw new AppError("not_found", 404, `There is nobody ${targetId} on this list.`);
  // Who is late but whom nobody has overtaken may still write down what happened.
  if (target.state === "done" || target.claimedBy === null || target.claimedBy !== actor.memberId) {
    throw interviewErrors.refuse("call_elsewhere", "This call is somebody else's, or was written down already. Ask for the next one.");
  }
  return target;
};

const listNotFound = (id: string): AppError => new AppError("not_found", 404, `There is no call list ${id} here.`);

const shown = ({ workspaceId: _, createdAt, ...list }: CallListRow): CallList => ({ ...list, createdAt: createdAt.toISOString() });
