import { hash } from "node:crypto";
import type { ContactChannel, ContactKind, ContactPurpose, ContactReference, OutsideReason, RefusalReason } from "./contact-policy.contract.ts";
import type { ContactPolicy } from "./policy.contract.ts";
import { quietUntil } from "./quiet-hours.rules.ts";

/** What is proposed until somebody changes it. Distances: OCX Cognition (relationship 6 months, transactional 90 days apart, relationship
 *  wins, always-on exempt) and Qualtrics (30 to 60 days between invites, reminders exempt), feedback reference, section 8. Nobody is held out
 *  before the organisation says so: 5 % are usual, and decision 17 tells why they are advised and not preset. */
export const defaultPolicy: ContactPolicy = {
  isOn: true,
  caps: [{ contacts: 4, days: 365 }],
  betweenDays: 30,
  relationshipDays: 180,
  transactionalDays: 90,
  surveys: [],
  relationshipFirstDays: 14,
  quietHours: { from: "20:00", to: "08:00", days: [], channels: ["email", "text", "phone", "push"] },
  isSilentDuringComplaint: true,
  holdOutPercent: 0,
  doRemindersCount: false,
  isAlwaysOnExempt: true,
  consentNeeded: [],
};

/** An earlier contact. `isAnswer`: the customer came by herself and answered, which counts for that survey only. */
export type PastContact = { at: Date; channel: ContactChannel; purpose: ContactPurpose; kind: ContactKind; reference: ContactReference; isReminder: boolean; isAnswer: boolean };

/** What holds for the customer at the moment of the request, apart from earlier contacts; kept with each decision, so that it can be replayed. */
export type Standing = {
  /** Channel that must not be used; null when none that matters here. */
  stopped: ContactChannel | "all" | null;
  consent: "given" | "withdrawn" | "none";
  /** An open complaint, and when it ends if that is known. */
  blocked: { reason: string; until: Date | null } | null;
  timeZone: string;
  /** 0 to 1; below the share held out the customer is never surveyed. Null for addresses of nobody. */
  holdOutPoint: number | null;
  /** When a relationship survey is planned for her. */
  relationshipDueAt: Date | null;
};

/** @param contacts asked before, any order, as far back as the policy looks */
export type ContactFacts = Standing & { contacts: readonly PastContact[] };
export type AskedFor = { channel: ContactChannel; purpose: ContactPurpose; kind: ContactKind; reference: ContactReference; isReminder: boolean; at: Date };
export type Refusal = { reason: RefusalReason; rule: string; until: Date | null; last: PastContact | null };
export type Decision = { decision: "asked"; rule: string | null } | ({ decision: "not_asked" } & Refusal);

/** Whether a customer may be contacted. Of several reasons against it the one that lasts longest is told, so that whoever tries again at
 *  `until` is not refused by the next one; what no waiting helps (do-not-contact, consent, hold-out) comes before all that passes. */
export const decideContact = (policy: ContactPolicy, facts: ContactFacts, request: AskedFor): Decision => {
  if (request.purpose === "reply") return { decision: "asked", rule: "reply" };
  const [lasting] = standingRefusals(policy, facts, request);
  if (lasting !== undefined) return { decision: "not_asked", ...lasting };
  if (!policy.isOn) return { decision: "asked", rule: "policy_off" };
  const [longest] = passingRefusals(policy, facts, request).toSorted((a, b) => timeOf(b.until) - timeOf(a.until));
  if (longest !== undefined) return { decision: "not_asked", ...longest, until: outsideQuiet(policy, facts, request, longest.until) };
  return { decision: "asked", rule: isExempt(policy, request) ? "always_on" : null };
};

/** Whether a contact takes a place in the budget. Notices and replies are owed to the customer and take none. */
export const isCounted = (policy: ContactPolicy, contact: Omit<PastContact, "at">): boolean =>
  (contact.purpose === "survey" || contact.purpose === "campaign") && !contact.isAnswer
  && (policy.doRemindersCount || !contact.isReminder)
  && !isExempt(policy, contact);

// Feedback that is always there has no distances and no budget. Whoever opens it by herself is not asked by us and needs no decision; where it comes up
// by itself it is asked like any other, so a stop, the hold-out and an open complaint keep it back.
const isExempt = (policy: ContactPolicy, { purpose, kind }: Pick<AskedFor, "purpose" | "kind">): boolean => policy.isAlwaysOnExempt && purpose === "survey" && kind === "always_on";

/** Where a customer stands between 0 and 1, always the same: whoever is below the share held out stays so when the share grows.
 *  @param customerId of a merged customer the oldest of its ids; once the ledger has a point for somebody, that one holds whatever is merged later */
export const holdOutPointOf = (workspaceId: string, customerId: string): number => Number.parseInt(hash("sha256", `hold-out\n${workspaceId}\n${customerId}`, "hex").slice(0, 12), 16) / 2 ** 48;

const OUTSIDE: Readonly<Record<OutsideReason, true>> = { no_address: true, not_in_segment: true, survey_closed: true, bounced: true };

/** Whether somebody was not asked before any policy was, so that no policy would have said otherwise. */
export const isOutsideReason = (reason: string): reason is OutsideReason => Object.hasOwn(OUTSIDE, reason);

/** How far back earlier contacts can matter, in days. */
export const lookbackDays = (policy: ContactPolicy): number =>
  Math.max(1, policy.betweenDays, policy.relationshipDays + 2 * policy.relationshipFirstDays, policy.transactionalDays, ...policy.caps.map((cap) => cap.days), ...policy.surveys.map((survey) => survey.days));

const DAY_MS = 86_400_000;
const timeOf = (until: Date | null): number => until?.getTime() ?? Number.POSITIVE_INFINITY;
const later = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);

const standingRefusals = (policy: ContactPolicy, facts: ContactFacts, { purpose, channel }: AskedFor): Refusal[] => {
  const isWanted = purpose === "survey" || purpose === "campaign";
  // A notice is owed to the customer: only a stop on everything keeps it back.
  const isStopped = facts.stopped !== null && (isWanted || facts.stopped === "all");
  const isNeeded = policy.consentNeeded.some((one) => one.purpose === purpose && one.channel === channel);
  const isHeldOut = purpose === "survey" && facts.holdOutPoint !== null && facts.holdOutPoint < policy.holdOutPercent / 100;
  return [
    ...(isStopped ? [lasting("do_not_contact", `stop:${facts.stopped}`)] : []),
    ...(isWanted && facts.consent === "withdrawn" ? [lasting("consent_withdrawn", `consent:${purpose}:${channel}`)] : []),
    ...(isNeeded && facts.consent === "none" ? [lasting("consent_missing", `consent:${purpose}:${channel}`)] : []),
    ...(isHeldOut ? [lasting("held_out", `hold_out:${policy.holdOutPercent}`)] : []),
  ];
};

const lasting = (reason: RefusalReason, rule: string): Refusal => ({ reason, rule, until: null, last: null });

const passingRefusals = (policy: ContactPolicy, facts: ContactFacts, request: AskedFor): Refusal[] => {
  const quiet = quietEnd(policy, facts, request, request.at);
  const quietRefusal: Refusal[] = quiet === null ? [] : [{ reason: "quiet_hours", rule: `quiet:${facts.timeZone}`, until: quiet, last: null }];
  if (request.purpose === "notice") return quietRefusal;
  const complaint: Refusal[] = policy.isSilentDuringComplaint && facts.blocked !== null
    ? [{ reason: "open_complaint", rule: `block:${facts.blocked.reason}`, until: facts.blocked.until, last: null }]
    : [];
  if (isExempt(policy, request)) return [...complaint, ...quietRefusal];
  const isFree = request.isReminder && !policy.doRemindersCount;
  return [...complaint, ...relationshipFirst(policy, facts, request), ...tooSoonForSurvey(policy, facts, request), ...(isFree ? [] : overBudget(policy, facts, request)), ...quietRefusal];
};

const relationshipFirst = (policy: ContactPolicy, facts: ContactFacts, request: AskedFor): Refusal[] => {
  const within = policy.relationshipFirstDays;
  if (within === 0 || request.purpose !== "survey" || request.kind !== "transactional" || request.isReminder) return [];
  const last = newest(facts.contacts.filter((contact) => contact.purpose === "survey" && contact.kind === "relationship" && !contact.isReminder));
  const dues = [...(facts.relationshipDueAt === null ? [] : [facts.relationshipDueAt]), ...(last === null ? [] : [later(last.at, policy.relationshipDays)])];
  // A survey that is overdue for as long again is not coming: nobody waits for it for ever.
  const due = dues.find((at) => request.at >= later(at, -within) && request.at < later(at, within));
  return due === undefined ? [] : [{ reason: "relationship_first", rule: `relationship_first:${within}`, until: later(due, within), last }];
};

const tooSoonForSurvey = (policy: ContactPolicy, facts: ContactFacts, request: AskedFor): Refusal[] => {
  if (request.purpose !== "survey" || request.isReminder) return [];
  const own = policy.surveys.find((survey) => survey.surveyId === request.reference.id);
  const days = own?.days ?? (request.kind === "relationship" ? policy.relationshipDays : policy.transactionalDays);
  const last = newest(facts.contacts.filter((contact) => isSame(contact.reference, request.reference) && !contact.isReminder));
  if (last === null || days === 0 || later(last.at, days) <= request.at) return [];
  return [{ reason: "too_soon_survey", rule: `${own === undefined ? request.kind : "survey"}:${days}`, until: later(last.at, days), last }];
};

const overBudget = (policy: ContactPolicy, facts: ContactFacts, request: AskedFor): Refusal[] => {
  const counted = facts.contacts.filter((contact) => isCounted(policy, contact)).toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const last = counted[0] ?? null;
  const between: Refusal[] = last !== null && later(last.at, policy.betweenDays) > request.at
    ? [{ reason: "too_soon_any", rule: `between:${policy.betweenDays}`, until: later(last.at, policy.betweenDays), last }]
    : [];
  const caps = policy.caps.flatMap(({ contacts, days }): Refusal[] => {
    // The budget is full while the contact that came `contacts` ago still lies within the days.
    const first = counted[contacts - 1];
    return first === undefined || later(first.at, days) <= request.at ? [] : [{ reason: "budget_used", rule: `cap:${contacts}/${days}`, until: later(first.at, days), last }];
  });
  return [...between, ...caps];
};

const quietEnd = (policy: ContactPolicy, facts: Standing, request: AskedFor, at: Date): Date | null =>
  policy.quietHours !== null && policy.quietHours.channels.includes(request.channel) ? quietUntil(at, facts.timeZone, policy.quietHours) : null;

const outsideQuiet = (policy: ContactPolicy, facts: Standing, request: AskedFor, until: Date | null): Date | null =>
  until === null ? null : (quietEnd(policy, facts, request, until) ?? until);

const isSame = (one: ContactReference, other: ContactReference): boolean => one.type === other.type && one.id === other.id;

const newest = (contacts: readonly PastContact[]): PastContact | null =>
  contacts.reduce<PastContact | null>((last, contact) => (last === null || contact.at > last.at ? contact : last), null);
