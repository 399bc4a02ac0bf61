import type { MeasureName, NeedFactSettings, NeedFactSettingsBody } from "./need-facts.contract.ts";

export type SeenEvent = { name: string; type: string; count: number };
/** A fact that carries a date: of all facts with the same date of the same customer, how often it came last. */
export type DatedEvent = { property: string; name: string; count: number; last: number };

const contactWords = /\b(support|customer service|service desk|help ?desk|helpline|hotline|contacted|contact form|complaint|chat started|ticket (created|opened)|case (created|opened)|inquiry|enquiry|call(ed)? in)\b/iu;
const noContact = /\b(answered|ended|closed|resolved|solved|sent|viewed|page|promised|back|survey|rated)\b/iu;
const goalWords = /\b(order (completed|placed)|purchase completed|checkout completed|booking (completed|confirmed)|subscription started|application submitted)\b/iu;
const failureWords = /\b(return (requested|received)|complaint|payment failed|delivery failed|damaged|defect|fault reported|claim (opened|filed|submitted)|incident|outage|refund requested|problem reported)\b/iu;
const remedyWords = /\b(refunded|refund issued|replaced|replacement sent|repaired|resolved|solved|fixed|compensated|credited|claim (paid|settled|closed))\b/iu;
const promiseWords = /promis|due|expected|estimated|eta\b|deadline|agreed|commit|new_.*date/iu;
const closedWords = /\b(delivered|refunded|closed|resolved|completed|cancelled|collected|arrived)\b/iu;

/** From where on a value is too much, where nobody says otherwise. Days for times, else a count; judgements, not findings. */
export const usualLimits: Record<MeasureName, number> = {
  repeated_contacts: 0, channel_switches: 0, steps_to_goal: 12, promise_off: 1, promise_late: 0, longest_silence: 3, asked_again: 0, time_to_remedy: 10, reopened: 0,
};

/** What the facts of a workspace look like to be, by their names and by which of those with the same promised date comes last. */
export const guessSettings = (events: readonly SeenEvent[], dated: readonly DatedEvent[]): NeedFactSettings => {
  const named = (words: RegExp, but?: RegExp): string[] =>
    events.filter(({ name }) => words.test(spaced(name)) && but?.test(spaced(name)) !== true).slice(0, 10).map(({ name }) => name);
  const goals = named(goalWords);
  const promises = [...new Set(dated.map(({ property }) => property))].filter((property) => promiseWords.test(spaced(property).replaceAll(" ", "_"))).flatMap((property) => {
    // The keeping of a promise is told last, and seldom anything else.
    const done = dated.filter((one) => one.property === property && one.last > one.count / 2 && !goals.includes(one.name)).map(({ name }) => name);
    return done.length === 0 ? [] : [{ property, done: done.slice(0, 10) }];
  });
  const kept = new Set(promises.flatMap(({ done }) => done));
  const failures = named(failureWords);
  return {
    contacts: named(contactWords, noContact), goals, promises,
    opened: goals, closed: goals.length === 0 ? [] : [...kept].filter((name) => closedWords.test(name) && !failures.includes(name)).slice(0, 10),
    failures, remedies: named(remedyWords, /\b(requested|received)\b/iu),
    questions: events.filter(({ type, name }) => type === "response" || type === "survey" || /\b(form|survey) (submitted|sent|answered)\b/iu.test(spaced(name))).slice(0, 20).map(({ name }) => name),
    limits: usualLimits,
  };
};

/** What was chosen, and the guess for the rest. */
export const mergeSettings = (guessed: NeedFactSettings, chosen: NeedFactSettingsBody): NeedFactSettings => ({
  contacts: chosen.contacts ?? guessed.contacts, goals: chosen.goals ?? guessed.goals, promises: chosen.promises ?? guessed.promises,
  opened: chosen.opened ?? guessed.opened, closed: chosen.closed ?? guessed.closed, failures: chosen.failures ?? guessed.failures, remedies: chosen.remedies ?? guessed.remedies,
  questions: chosen.questions ?? guessed.questions, limits: { ...guessed.limits, ...chosen.limits },
});

const spaced = (name: string): string => name.replace(/([a-z\d])([A-Z])/gu, "$1 $2").replace(/[^\p{L}\d]+/gu, " ").trim();
