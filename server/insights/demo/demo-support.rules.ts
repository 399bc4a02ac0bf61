import { dayMs, hourMs, isoText, nextOpening, officeRhythm } from "./demo-calendar.rules.ts";
import { alsoOfTalk } from "./demo-answers.rules.ts";
import type { Cause } from "./demo-causes.rules.ts";
import { agentEmail, agents, type SupportReason } from "./demo-company.rules.ts";
import { answerAfter, settingOf } from "./demo-feelings.rules.ts";
import { remember, say, subjectOf, writeDown, type Story } from "./demo-story.rules.ts";

type Contact = { at: number; reason: SupportReason; channel: "phone" | "chat" | "email"; attempt: number };
type Talk = { isSolved: boolean; waitMinutes: number; agent: (typeof agents)[number] };

/** A person turns to support: by phone, chat or mail; unsolved ones come back, at most twice. */
export const contactSupport = (story: Story, from: number, reason: SupportReason, attempt = 1): void => {
  const { random, person } = story;
  const at = nextOpening(random, officeRhythm, from);
  const channel = random.weighted([["phone", 45], ["chat", person.devices.length > 0 ? 30 : 0], ["email", person.email === null ? 0 : 25]] as const);
  const contact: Contact = { at, reason, channel, attempt };
  const talk: Talk = {
    isSolved: random.chance(reason === "app_problem" ? 0.35 : reason === "product_fault" ? 0.6 : 0.74),
    waitMinutes: channel === "phone" ? Math.min(58, Math.round(Math.exp(1.4 + random.normal() * 0.9))) : 0,
    agent: random.pick(agents.filter((agent) => agent.team === "Support")),
  };
  writeContact(story, contact, talk);
  const causes = causesOf(contact, talk);
  const felt = (talk.isSolved ? 0.7 : -1.4) + talk.agent.manner - (talk.waitMinutes > 12 ? 1.2 : 0) - 0.5 * (attempt - 1);
  const callBack = !talk.isSolved && channel === "phone" && random.chance(0.55) ? promiseCall(story, contact, talk) : null;
  remember(story, { at, points: felt * 0.8, causes: callBack === null ? causes : [callBack, ...causes] });
  if (random.chance(0.36)) {
    const touchpoint = { phone: "Support call", chat: "Support chat", email: "Support e-mail" }[channel];
    answerAfter(story, { at: at + Math.floor(random.between(0.2, 30) * hourMs), channel, touchpoint, about: null, served: { agent: talk.agent.key } }, {
      survey: "support", kind: "ces", felt, also: alsoOfTalk(talk.isSolved), causes: callBack === null ? causes : [callBack, ...causes], setting: settingOf(story, { agent: talk.agent.name.split(" ")[0] ?? talk.agent.name }),
    });
  }
  if (!talk.isSolved && attempt < 3 && random.chance(0.55)) contactSupport(story, at + random.between(0.6, 4) * dayMs, reason, attempt + 1);
};

const causesOf = (contact: Contact, talk: Talk): readonly Cause[] => {
  const fault = contact.reason === "product_fault" || contact.reason === "app_problem" || contact.reason === "where_is_my_order";
  const result: Cause = talk.isSolved ? (fault ? "fixed" : "quick_answer") : fault ? "unfixed" : "generic_bad";
  const manner: Cause = talk.agent.manner > 0.2 ? "kind" : talk.agent.manner < -0.3 ? "rude" : result;
  return talk.waitMinutes > 12 ? ["hold", result, manner] : [result, manner];
};

const writeContact = (story: Story, contact: Contact, talk: Talk): void => {
  const { at, channel, reason } = contact;
  const facts = { reason, solved: talk.isSolved, attempt: contact.attempt };
  if (channel === "phone") {
    writeDown(story, at, {
      type: "call", name: "Support call", subject: callerOf(story), channel: "phone", direction: "customer", agent: talk.agent.key,
      properties: { ...facts, wait_minutes: talk.waitMinutes, talk_minutes: 2 + (at % 11) },
    });
    return;
  }
  if (channel === "email") {
    say(story, at, null, { type: "track", event: "Support Email Received", properties: { ...facts, channel: "email" } });
    say(story, at + Math.floor(story.random.between(2, 30) * hourMs), null, { type: "track", event: "Support Email Answered", properties: { channel: "email", agent: agentEmail(talk.agent.key), reason } });
    return;
  }
  const device = story.person.devices.find((candidate) => !candidate.isShared) ?? null;
  say(story, at, device, { type: "track", event: "Chat Started", path: "/support", properties: { ...facts, channel: "chat" } });
  say(story, at + 60_000 * story.random.whole(3, 18), device, { type: "track", event: "Chat Ended", path: "/support", properties: { channel: "chat", agent: agentEmail(talk.agent.key) } });
};

/** A call is known by its number first, so the same person comes in under another identifier. */
const callerOf = (story: Story): string | null =>
  story.person.phone === null ? subjectOf(story.person) : `phone:${story.person.phone}`;

/** A member promises to call back within a working day or two.
 *  @returns what the customer will say of it */
const promiseCall = (story: Story, contact: Contact, talk: Talk): Cause => {
  const { random } = story;
  const dueAt = contact.at + random.whole(1, 2) * dayMs;
  const isKept = random.chance(talk.agent.manner < 0 ? 0.5 : 0.8);
  const calledAt = contact.at + Math.floor(random.between(0.15, 0.95) * (dueAt - contact.at));
  writeDown(story, contact.at + 30_000, {
    type: "note", name: "Call back promised", subject: callerOf(story), channel: "phone", direction: "organisation", agent: talk.agent.key,
    properties: { promised_call_back_at: isoText(dueAt), reason: contact.reason },
  });
  if (isKept) {
    writeDown(story, calledAt, {
      type: "call", name: "Call back", subject: callerOf(story), channel: "phone", direction: "organisation", agent: talk.agent.key,
      properties: { reason: contact.reason, promised_call_back_at: isoText(dueAt) },
    });
  }
  story.outcomes.push({ kind: "promise", promise: "call_back", madeAt: contact.at, dueAt, keptAt: isKept ? calledAt : null });
  return isKept ? "callback_kept" : "callback_broken";
};
