// Calling from a list: one person after another, each with one interviewer at a time.
import { askToContact, findContactOf, quietUntil, recordNotAsked, stopContact } from "#customers";
import type { CustomerContact } from "#customers";
import type { Actor } from "#platform/access";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { standingFor } from "../responses/open-surveys.ts";
import { createSurveyLink } from "../surveys/links.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { Call, CurrentCall, NextCall, RecordAttemptBody, SkipReason } from "./interviews.contract.ts";
import { interviewErrors, requireList } from "./interviews.ts";
import * as queries from "./interviews.queries.ts";
import type { CallListRow, TargetRow } from "./interviews.queries.ts";
import { findOutcome } from "./outcomes.rules.ts";

const CLAIM_MINUTES = 30;
// How many people are looked at for one call: enough to pass over those who may not be called now.
const LOOKED_AT = 25;
const LINK_DAYS = 2;
const DAYS_OF_WEEK = [1, 2, 3, 4, 5, 6, 7];
// Nobody knows when what is open will be done, so it is looked at again the next day.
const OPEN_ENDED_MS = 24 * 3_600_000;

type Found = { list: CallListRow; target: TargetRow; contact: CustomerContact; until: Date };

/** Gives the interviewer the next person whose turn it is and who may be called now, and keeps everybody else off them for half an hour.
 *  @throws call_list_not_open, call_survey_not_open */
export const takeNextCall = async (services: Services, actor: Actor, listId: string): Promise<NextCall> => {
  const now = services.clock.now();
  const list = await requireList(services.db, actor.workspaceId, listId);
  if (list.status !== "open") throw interviewErrors.refuse("call_list_not_open", `"${list.name}" is not open. Open it to call from it.`);
  await checkSurvey(services, list, now);
  // Each person in a transaction of their own: the contact policy locks who is asked until its end, and two lists have the same people in another order.
  for (let skipped = 0; skipped < LOOKED_AT; skipped += 1) {
    const found = await transaction(services.db, (tx) => takeOne(tx, list, { by: callerOf(actor), now }));
    if (found === "nobody") return { call: null, nextAt: (await queries.findNextTurn(services.db, list))?.toISOString() ?? null, skipped };
    if (found !== "passed") return { call: await showCall(services, actor, found), nextAt: null, skipped };
  }
  return { call: null, nextAt: now.toISOString(), skipped: LOOKED_AT };
};

// A locked row is a person no other interviewer finds.
const takeOne = async (tx: Queryable, list: CallListRow, { by, now }: { by: string | null; now: Date }): Promise<Found | "nobody" | "passed"> => {
  const target = await queries.lockDueTarget(tx, list, now);
  if (target === null) return "nobody";
  const contact = await mayCall(tx, list, target, now);
  if (contact === null) return "passed";
  const until = new Date(now.getTime() + CLAIM_MINUTES * 60_000);
  await queries.claimTarget(tx, list, { targetId: target.id, by, until });
  return { list, target, contact, until };
};

// A program that calls with a key has its calls under that key, so it can also write down what came of them.
const callerOf = (actor: Actor): string | null => actor.memberId ?? actor.keyId;

/** The call an interviewer has taken and not yet written down. */
export const getCurrentCall = async (services: Services, actor: Actor, listId: string): Promise<CurrentCall> => {
  const list = await requireList(services.db, actor.workspaceId, listId);
  const target = await queries.findClaimedTarget(services.db, list, { by: callerOf(actor), now: services.clock.now() });
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
      id: target.id, state: isDone ? "done" : "waiting", attempts, isCallback: callbackAt !== null, outcome: outcome.code, skipReason: null,
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
    await queries.updateTarget(tx, list, { ...target, outcome: null, skipReason: null });
  });

/** @throws call_survey_not_open: an interview that could not be saved is not begun */
const checkSurvey = async (services: Services, list: CallListRow, now: Date): Promise<void> => {
  const survey = await findSurvey(services.db, list.workspaceId, list.surveyId);
  const standing = survey === null ? "unknown" : await standingFor(services.db, { ...survey, settings: readSettings(survey.settings) }, now);
  if (standing === "open") return;
  const why = standing === "not_yet" ? "takes answers from a later time on" : "is closed or has all its places taken";
  throw interviewErrors.refuse("call_survey_not_open", `"${list.surveyName}" ${why}, so nobody is called for it now.`, { standing });
};

/** Whether somebody may be called now; if not, says when it is their turn again, or that it never is, and keeps the reason.
 *  @returns how to reach them, null when they are passed over */
const mayCall = async (tx: Queryable, list: CallListRow, target: TargetRow, now: Date): Promise<CustomerContact | null> => {
  const contact = await findContactOf(tx, list.workspaceId, target.customerId);
  const pass = async (until: Date | null, skipReason: SkipReason | null): Promise<null> => {
    await queries.updateTarget(tx, list, { ...target, state: until === null ? "done" : "waiting", nextAt: until ?? now, outcome: null, skipReason });
    return null;
  };
  const what = { workspaceId: list.workspaceId, channel: "phone", purpose: "survey", kind: list.kind, reference: { type: "survey", id: list.surveyId, label: list.surveyName }, isReminder: target.attempts > 0, at: now } as const;
  if (contact === null || contact.phone === null) {
    await recordNotAsked(tx, { ...what, reason: "no_address" }, [{ customerId: contact?.customerId ?? target.customerId, address: null, key: `call ${target.id}` }]);
    return pass(null, "no_number");
  }
  const quiet = quietUntil(now, await zoneOf(tx, list.workspaceId, contact), { from: list.hoursTo, to: list.hoursFrom, days: DAYS_OF_WEEK.filter((day) => !list.days.includes(day)), channels: ["phone"] });
  if (quiet !== null) return pass(quiet, null);
  // A call given back and taken again is the same contact, whenever that is; a refusal holds for the hour.
  const key = `call ${target.id} ${target.attempts + 1}`;
  const decision = await askToContact(tx, { ...what, customerId: contact.customerId, address: contact.phone, key, refusalKey: `${key} ${now.toISOString().slice(0, 13)}` });
  if (decision.decision === "asked") return contact;
  return pass(decision.until ?? (decision.reason === "open_complaint" ? new Date(now.getTime() + OPEN_ENDED_MS) : null), decision.reason);
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

const requireOwnTarget = async (tx: Queryable, actor: Actor, list: CallListRow, targetId: string): Promise<TargetRow> => {
  const target = await queries.lockTarget(tx, list, targetId);
  if (target === null) throw new AppError("not_found", 404, `There is nobody ${targetId} on this list.`);
  // Who is late but whom nobody has overtaken may still write down what happened.
  if (target.state === "done" || target.claimedBy === null || target.claimedBy !== callerOf(actor)) {
    throw interviewErrors.refuse("call_elsewhere", "This call is somebody else's, or was written down already. Ask for the next one.");
  }
  return target;
};
