import { newId, type Queryable } from "#platform/db";
import { findWorkspace } from "#platform/workspaces";
import { isKnownZone } from "../imports/times.rules.ts";
import { findTimeZoneOf } from "../segments/segment-customers.ts";
import type { ContactChannel, ContactDecision, ContactReference, ContactRequest, RefusalReason } from "./contact-policy.contract.ts";
import { refusalReason } from "./contact-policy.contract.ts";
import * as queries from "./contact-policy.queries.ts";
import type { StoredDecision, Whom } from "./contact-policy.queries.ts";
import { decideContact, holdOutPointOf, lookbackDays, type ContactFacts, type Decision, type Standing } from "./contact-policy.rules.ts";
import { deletePlans } from "./permissions.queries.ts";
import type { ContactPolicy } from "./policy.contract.ts";
import { policyOf } from "./policy.ts";
import { findWhom, type Contacted } from "./whom.ts";

/** Asks whether a customer may be contacted now and writes the decision down. Call it in the transaction that makes the contact:
 *  a lock per customer is held until its end, so two surveys at once cannot both be sent. Lock several customers in the order of their ids. */
export const askToContact = async (tx: Queryable, request: ContactRequest): Promise<ContactDecision> => {
  const whom = await findWhom(tx, request.workspaceId, request, request.at);
  if (request.dryRun !== true) await queries.lockWhom(tx, request.workspaceId, whom.customerId ?? whom.addressHash ?? request.key);
  const before = await findBefore(tx, request);
  if (before !== null && before !== "taken_up") return readDecision(before);
  const policy = await policyOf(tx, request.workspaceId);
  const facts = await findFacts(tx, whom, policy, request, before === "taken_up" ? request.key : null);
  const decision = decideContact(policy, facts, request);
  if (request.dryRun === true || (before === "taken_up" && decision.decision === "asked")) return showDecision(decision);
  const { contacts: _, ...standing } = facts;
  const key = decision.decision === "asked" ? request.key : (request.refusalKey ?? request.key);
  const isNew = await queries.insertDecision(tx, ledgerRow({ ...request, key }, whom, decision, standing));
  if (!isNew) return readDecision((await queries.findDecision(tx, request.workspaceId, key)) ?? never(key));
  if (decision.decision === "asked" && whom.customerId !== null) await deletePlans(tx, request.workspaceId, request.reference, whom.family);
  return showDecision(decision);
};

/** What was decided on the same request before; "taken_up" when it was asked, but may be taken up again and is decided anew. */
const findBefore = async (tx: Queryable, { workspaceId, key, refusalKey, dryRun }: ContactRequest): Promise<StoredDecision | "taken_up" | null> => {
  if (dryRun === true) return null;
  const refused = refusalKey === undefined ? null : await queries.findDecision(tx, workspaceId, refusalKey);
  if (refused !== null) return refused;
  const before = await queries.findDecision(tx, workspaceId, key);
  return before !== null && refusalKey !== undefined ? "taken_up" : before;
};

/** Notes that a customer answered, so that the survey is not asked again too soon whichever way she came to it. Bears repeats. */
export const recordAnswered = async (
  tx: Queryable,
  answered: Contacted & { workspaceId: string; channel: ContactChannel; reference: ContactReference; at: Date },
): Promise<void> => {
  const { workspaceId, reference, at, channel } = answered;
  const whom = await findWhom(tx, workspaceId, answered, at);
  if (whom.customerId === null && whom.addressHash === null) return;
  await queries.lockWhom(tx, workspaceId, whom.customerId ?? whom.addressHash ?? "");
  if (await queries.noteAnswer(tx, whom, reference, at)) return;
  const standing: Standing = { stopped: null, consent: "none", blocked: null, timeZone: "UTC", holdOutPoint: null, relationshipDueAt: null };
  await queries.insertDecision(tx, {
    id: newId(), workspaceId, key: `answered ${reference.type} ${reference.id} ${whom.customerId ?? whom.addressHash} ${at.toISOString()}`,
    customerId: whom.customerId, addressHash: whom.addressHash, channel, purpose: "survey", kind: "transactional", reference, isReminder: false, at,
    decision: "answered", reason: null, rule: null, until: null, lastAt: null, lastChannel: null, standing, answeredAt: at,
  });
};

/** Everything a decision rests on, read at once.
 *  @param asked `purpose` and `channel` say which stops and consents matter */
export const findFacts = async (
  db: Queryable,
  whom: Whom,
  policy: ContactPolicy,
  asked: Pick<ContactRequest, "channel" | "purpose" | "at">,
  exceptKey: string | null = null,
): Promise<ContactFacts> => {
  const since = new Date(asked.at.getTime() - lookbackDays(policy) * 86_400_000);
  const standing = await queries.findStanding(db, whom, asked);
  const contacts = await queries.listContactsSince(db, whom, since, exceptKey);
  const timeZone = await zoneOf(db, whom);
  return { ...standing, timeZone, holdOutPoint: await findHoldOutPointOf(db, whom), contacts };
};

// A merge brings ids with other points: who was decided about keeps the point of then, so that nobody held out is surveyed one day after all.
const findHoldOutPointOf = async (db: Queryable, { workspaceId, family }: Whom): Promise<number | null> => {
  const [oldest] = family.toSorted();
  return oldest === undefined ? null : ((await queries.findHoldOutPoint(db, workspaceId, family)) ?? holdOutPointOf(workspaceId, oldest));
};

const zoneOf = async (db: Queryable, { workspaceId, customerId }: Whom): Promise<string> => {
  const own = customerId === null ? null : await findTimeZoneOf(db, customerId);
  if (own !== null) return own;
  const zone = (await findWorkspace(db, workspaceId))?.timeZone ?? "UTC";
  return isKnownZone(zone) ? zone : "UTC";
};

const ledgerRow = (request: ContactRequest, whom: Whom & { addressHash: string | null }, decision: Decision, standing: Standing): queries.LedgerWrite => ({
  id: newId(), workspaceId: request.workspaceId, key: request.key, customerId: whom.customerId, addressHash: whom.addressHash,
  channel: request.channel, purpose: request.purpose, kind: request.kind, reference: request.reference, isReminder: request.isReminder, at: request.at,
  decision: decision.decision, rule: decision.rule, standing, answeredAt: null,
  ...(decision.decision === "asked"
    ? { reason: null, until: null, lastAt: null, lastChannel: null }
    : { reason: decision.reason, until: decision.until, lastAt: decision.last?.at ?? null, lastChannel: decision.last?.channel ?? null }),
});

const showDecision = (decision: Decision): ContactDecision =>
  decision.decision === "asked"
    ? decision
    : {
        decision: "not_asked", reason: decision.reason, rule: decision.rule, until: decision.until,
        lastAt: decision.last?.at ?? null, lastChannel: decision.last?.channel ?? null,
      };

const readDecision = ({ decision, reason, rule, until, lastAt, lastChannel }: StoredDecision): ContactDecision =>
  decision === "not_asked" ? { decision, reason: readReason(reason), rule: rule ?? "", until, lastAt, lastChannel } : { decision: "asked", rule };

const readReason = (text: string | null): RefusalReason => refusalReason.parse(text);

const never = (key: string): never => {
  throw new Error(`The contact "${key}" was refused by its key and is not there. A transaction must not read an older state than it writes.`);
};
