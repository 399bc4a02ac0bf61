import { describe, expect, test } from "vitest";
import type { ContactPolicy } from "./policy.contract.ts";
import { decideContact, defaultPolicy, holdOutPointOf, lookbackDays, type AskedFor, type ContactFacts, type Decision, type PastContact } from "./contact-policy.rules.ts";

const now = new Date("2026-06-10T12:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const inDays = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString();
const survey = (id: string): { type: string; id: string } => ({ type: "survey", id });
const asked = (days: number, given: Partial<PastContact> = {}): PastContact => ({
  at: daysAgo(days), channel: "email", purpose: "survey", kind: "transactional", reference: survey("other"), isReminder: false, isAnswer: false, ...given,
});

type Case = { policy?: Partial<ContactPolicy>; facts?: Partial<ContactFacts>; contacts?: PastContact[]; request?: Partial<AskedFor> };
const decide = ({ policy = {}, facts = {}, contacts = [], request = {} }: Case): Decision =>
  decideContact(
    { ...defaultPolicy, ...policy },
    { stopped: null, consent: "none", blocked: null, timeZone: "UTC", holdOutPoint: 0.5, relationshipDueAt: null, contacts, ...facts },
    { channel: "email", purpose: "survey", kind: "transactional", reference: survey("this"), isReminder: false, at: now, ...request },
  );
/** "asked" or "reason until". */
const said = (given: Case): string => {
  const decision = decide(given);
  return decision.decision === "asked" ? `asked ${decision.rule ?? ""}`.trim() : `${decision.reason} ${decision.until?.toISOString() ?? "never"}`;
};

describe("what never passes", () => {
  test.each<[string, Case, string]>([
    ["nobody asked before", {}, "asked"],
    ["told us to stop by e-mail", { facts: { stopped: "email" } }, "do_not_contact never"],
    ["told us to stop, but this is a notice", { facts: { stopped: "email" }, request: { purpose: "notice" } }, "asked"],
    ["told us to stop everything, and this is a notice", { facts: { stopped: "all" }, request: { purpose: "notice" } }, "do_not_contact never"],
    ["told us to stop everything, but wrote to us", { facts: { stopped: "all" }, request: { purpose: "reply" } }, "asked reply"],
    ["took consent back", { facts: { consent: "withdrawn" } }, "consent_withdrawn never"],
    ["never agreed where it is needed", { policy: { consentNeeded: [{ purpose: "survey", channel: "email" }] } }, "consent_missing never"],
    ["agreed where it is needed", { policy: { consentNeeded: [{ purpose: "survey", channel: "email" }] }, facts: { consent: "given" } }, "asked"],
    ["never agreed where it is needed elsewhere", { policy: { consentNeeded: [{ purpose: "survey", channel: "text" }, { purpose: "campaign", channel: "email" }] } }, "asked"],
    ["is held out", { policy: { holdOutPercent: 10 }, facts: { holdOutPoint: 0.0999 } }, "held_out never"],
    ["stands right above the share held out", { policy: { holdOutPercent: 10 }, facts: { holdOutPoint: 0.1 } }, "asked"],
    ["is held out, but this is a campaign", { policy: { holdOutPercent: 50 }, facts: { holdOutPoint: 0 }, request: { purpose: "campaign" } }, "asked"],
    ["is nobody known, so nobody is held out", { policy: { holdOutPercent: 50 }, facts: { holdOutPoint: null } }, "asked"],
    ["stopped, with the policy off", { policy: { isOn: false }, facts: { stopped: "email" } }, "do_not_contact never"],
    ["asked yesterday, with the policy off", { policy: { isOn: false }, contacts: [asked(1)] }, "asked policy_off"],
    ["stopped, and asked yesterday: what lasts is told", { facts: { stopped: "email" }, contacts: [asked(1)] }, "do_not_contact never"],
  ])("%s", (_, given, expected) => expect(said(given)).toBe(expected));
});

describe("what passes with time", () => {
  test.each<[string, Case, string]>([
    ["29 days after any other contact", { contacts: [asked(29)] }, `too_soon_any ${inDays(1)}`],
    ["30 days after any other contact", { contacts: [asked(30)] }, "asked"],
    ["a campaign takes the same budget", { contacts: [asked(29, { purpose: "campaign" })] }, `too_soon_any ${inDays(1)}`],
    ["a notice takes none", { contacts: [asked(1, { purpose: "notice" })] }, "asked"],
    ["a reply takes none", { contacts: [asked(1, { purpose: "reply" })] }, "asked"],
    ["a notice needs none", { contacts: [asked(1)], request: { purpose: "notice" } }, "asked"],
    ["the same transactional survey after 89 days", { contacts: [asked(89, { reference: survey("this") })] }, `too_soon_survey ${inDays(1)}`],
    ["the same transactional survey after 90 days", { contacts: [asked(90, { reference: survey("this") })] }, "asked"],
    ["the same relationship survey after 179 days", { contacts: [asked(179, { kind: "relationship", reference: survey("this") })], request: { kind: "relationship" } }, `too_soon_survey ${inDays(1)}`],
    ["a survey with its own distance", { policy: { surveys: [{ surveyId: "this", days: 300 }] }, contacts: [asked(200, { reference: survey("this") })] }, `too_soon_survey ${inDays(100)}`],
    ["a survey without distance", { policy: { surveys: [{ surveyId: "this", days: 0 }], betweenDays: 0 }, contacts: [asked(0, { reference: survey("this") })] }, "asked"],
    ["answered by herself counts for that survey", { contacts: [asked(10, { reference: survey("this"), isAnswer: true })] }, `too_soon_survey ${inDays(80)}`],
    ["answered by herself does not count for others", { contacts: [asked(10, { isAnswer: true })] }, "asked"],
    ["three in a year are fewer than four", { contacts: [asked(40), asked(80), asked(120)] }, "asked"],
    ["four in a year are enough", { contacts: [asked(40), asked(80), asked(120), asked(360)] }, `budget_used ${inDays(5)}`],
    ["the fourth lies a year back", { contacts: [asked(40), asked(80), asked(120), asked(365)] }, "asked"],
    ["five of four: the fourth newest must pass", { contacts: [asked(40), asked(80), asked(120), asked(200), asked(360)] }, `budget_used ${inDays(165)}`],
    ["of two caps the one that lasts longer", { policy: { caps: [{ contacts: 1, days: 45 }, { contacts: 2, days: 100 }] }, contacts: [asked(40), asked(50)] }, `budget_used ${inDays(50)}`],
    ["a day is 24 hours", { policy: { caps: [{ contacts: 1, days: 1 }], betweenDays: 0, quietHours: null }, contacts: [asked(0.99)] }, `budget_used ${inDays(0.01)}`],
    ["a contact planned for tomorrow counts", { contacts: [asked(-1)] }, `too_soon_any ${inDays(31)}`],
    ["of several reasons the longest is told", { contacts: [asked(10, { reference: survey("this") })] }, `too_soon_survey ${inDays(80)}`],
  ])("%s", (_, given, expected) => expect(said(given)).toBe(expected));

  test("the contact that stood in the way is told", () => {
    expect(decide({ contacts: [asked(20, { channel: "text" }), asked(40)] })).toMatchObject({ rule: "between:30", last: { at: daysAgo(20), channel: "text" } });
  });
});

describe("reminders and feedback that is always there", () => {
  const this1 = asked(3, { reference: survey("this") });
  test.each<[string, Case, string]>([
    ["a reminder needs no place in the budget", { contacts: [this1], request: { isReminder: true } }, "asked"],
    ["a reminder needs one when it is to count", { policy: { doRemindersCount: true }, contacts: [this1], request: { isReminder: true } }, `too_soon_any ${inDays(27)}`],
    ["a reminder takes no place", { contacts: [asked(3, { isReminder: true })] }, "asked"],
    ["a reminder takes one when it is to count", { policy: { doRemindersCount: true }, contacts: [asked(3, { isReminder: true })] }, `too_soon_any ${inDays(27)}`],
    ["a reminder respects a stop", { facts: { stopped: "email" }, request: { isReminder: true } }, "do_not_contact never"],
    ["a reminder respects a complaint", { facts: { blocked: { reason: "complaint", until: null } }, request: { isReminder: true } }, "open_complaint never"],
    ["always-on feedback has no distance and no budget", { contacts: [this1, asked(40), asked(50), asked(60)], request: { kind: "always_on" } }, "asked always_on"],
    ["always-on feedback respects a stop", { facts: { stopped: "all" }, request: { kind: "always_on" } }, "do_not_contact never"],
    ["always-on feedback respects consent taken back", { facts: { consent: "withdrawn" }, request: { kind: "always_on" } }, "consent_withdrawn never"],
    ["always-on feedback leaves out who is held out", { policy: { holdOutPercent: 10 }, facts: { holdOutPoint: 0.05 }, request: { kind: "always_on" } }, "held_out never"],
    ["always-on feedback respects a complaint", { facts: { blocked: { reason: "complaint", until: null } }, request: { kind: "always_on" } }, "open_complaint never"],
    ["always-on feedback takes no place", { contacts: [asked(1, { kind: "always_on" })] }, "asked"],
    ["always-on feedback is like any other when it is to count", { policy: { isAlwaysOnExempt: false }, contacts: [this1], request: { kind: "always_on" } }, `too_soon_survey ${inDays(87)}`],
  ])("%s", (_, given, expected) => expect(said(given)).toBe(expected));
});

describe("complaints, relationship first, quiet hours", () => {
  const late = new Date("2026-06-10T21:00:00Z");
  test.each<[string, Case, string]>([
    ["an open complaint without an end", { facts: { blocked: { reason: "complaint", until: null } } }, "open_complaint never"],
    ["an open complaint with an end", { facts: { blocked: { reason: "complaint", until: new Date(inDays(3)) } } }, `open_complaint ${inDays(3)}`],
    ["an open complaint the policy does not mind", { policy: { isSilentDuringComplaint: false }, facts: { blocked: { reason: "complaint", until: null } } }, "asked"],
    ["an open complaint and a notice", { facts: { blocked: { reason: "complaint", until: null } }, request: { purpose: "notice" } }, "asked"],
    ["a relationship survey is due in 14 days", { facts: { relationshipDueAt: new Date(inDays(14)) } }, `relationship_first ${inDays(28)}`],
    ["a relationship survey is due in 15 days", { facts: { relationshipDueAt: new Date(inDays(15)) } }, "asked"],
    ["a relationship survey is overdue for 14 days", { facts: { relationshipDueAt: daysAgo(14) } }, "asked"],
    ["a relationship survey is due, and this is one", { facts: { relationshipDueAt: new Date(inDays(1)) }, request: { kind: "relationship" } }, "asked"],
    ["the last relationship survey tells when the next is due", { contacts: [asked(170, { kind: "relationship" })] }, `relationship_first ${inDays(24)}`],
    ["the last relationship survey is long ago", { contacts: [asked(200, { kind: "relationship" })] }, "asked"],
    ["turned off", { policy: { relationshipFirstDays: 0 }, facts: { relationshipDueAt: new Date(inDays(1)) } }, "asked"],
    ["late at night", { request: { at: late } }, "quiet_hours 2026-06-11T08:00:00.000Z"],
    ["late at night elsewhere", { facts: { timeZone: "America/New_York" }, request: { at: late } }, "asked"],
    ["late at night on the website she is on", { request: { at: late, channel: "web" } }, "asked"],
    ["late at night, a notice", { request: { at: late, purpose: "notice" } }, "quiet_hours 2026-06-11T08:00:00.000Z"],
    ["late at night, a reply", { request: { at: late, purpose: "reply" } }, "asked reply"],
    ["late at night, no quiet hours", { policy: { quietHours: null }, request: { at: late } }, "asked"],
    ["what else stands in the way ends at night: the morning after", { contacts: [{ ...asked(0), at: new Date("2026-05-12T21:30:00Z") }] }, "too_soon_any 2026-06-12T08:00:00.000Z"],
  ])("%s", (_, given, expected) => expect(said(given)).toBe(expected));
});

test("the share held out is even, and always the same customers", () => {
  const points = Array.from({ length: 4000 }, (_, index) => holdOutPointOf("workspace", `customer ${index}`));

  expect(points.filter((point) => point < 0.1).length / points.length).toBeCloseTo(0.1, 1);
  expect(points.every((point) => point >= 0 && point < 1)).toBe(true);
  expect(holdOutPointOf("workspace", "customer 7")).toBe(points[7]);
  expect(holdOutPointOf("elsewhere", "customer 7")).not.toBe(points[7]);
});

test("the policy looks back as far as its longest rule", () => {
  expect(lookbackDays(defaultPolicy)).toBe(365);
  expect(lookbackDays({ ...defaultPolicy, caps: [], surveys: [{ surveyId: "x", days: 700 }] })).toBe(700);
});
