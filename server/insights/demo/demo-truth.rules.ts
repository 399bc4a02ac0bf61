import { dayMs } from "./demo-calendar.rules.ts";
import { demoCompany, effectDates, type EffectDates } from "./demo-company.rules.ts";
import type { DemoOptions, DemoPerception, LeavingReason, Need, TruePerson } from "./demo-model.rules.ts";
import { junkIdentifiers, kioskIdentifiers } from "./demo-noise.rules.ts";
import type { DemoBatch } from "./demo-stream.rules.ts";
import type { Outcome } from "./demo-story.rules.ts";

export type NpsCount = { n: number; promoters: number; passives: number; detractors: number };
export type Span = { from: number; to: number };
export type PromiseCount = { made: number; kept: number; late: number; broken: number; open: number };
export type BuyingCount = { occasions: number; bought: number };

/** What is really in the demo data. Counts that grow with the scale, never lists, apart from `persons` on request. */
export type DemoTruth = {
  options: DemoOptions;
  period: Span;
  effects: readonly EffectDates[];
  counts: { persons: number; interactions: number; duplicates: number; lateByAnHour: number; perceptions: Record<DemoPerception["kind"], number>; languages: Record<string, number> };
  /** Twelve windows of 30 days that end at `now`, the latest first. `everyone` also counts those asked who did not answer. */
  npsByWindow: (Span & { answered: NpsCount; everyone: NpsCount })[];
  /** In the app: the 21 days before the bad release, and the days it was out. */
  badRelease: { before: Span & { nps: NpsCount; stars: { n: number; sum: number } }; during: Span & { nps: NpsCount; stars: { n: number; sum: number } } };
  csatByChannel: Record<string, { n: number; topTwo: number }>;
  promises: Record<"delivery" | "call_back" | "refund", PromiseCount>;
  left: Record<LeavingReason, number>;
  /** How often an occasion ended in a purchase, of people who mind prices and others, before and after the change. */
  buying: Record<"sensitiveBefore" | "sensitiveAfter" | "othersBefore" | "othersAfter", BuyingCount>;
  needs: Record<Need, { pos: number; neg: number }>;
  identity: { junk: readonly string[]; shared: readonly string[] };
  persons: TruePerson[];
};

export const startTruth = (options: DemoOptions): DemoTruth => {
  const period = { from: options.now - demoCompany.yearDays * dayMs, to: options.now };
  const release = effectDates(options.now).find((effect) => effect.key === "bad_release");
  const from = release?.from ?? 0;
  const side = (span: Span): DemoTruth["badRelease"]["before"] => ({ ...span, nps: noNps(), stars: { n: 0, sum: 0 } });
  return {
    options, period, effects: effectDates(options.now),
    counts: { persons: 0, interactions: 0, duplicates: 0, lateByAnHour: 0, perceptions: { nps: 0, csat: 0, ces: 0, rating: 0, stars: 0, comment: 0, choice: 0 }, languages: {} },
    npsByWindow: Array.from({ length: 12 }, (_, index) => ({
      from: options.now - (index + 1) * 30 * dayMs, to: options.now - index * 30 * dayMs, answered: noNps(), everyone: noNps(),
    })),
    badRelease: { before: side({ from: from - 21 * dayMs, to: from }), during: side({ from, to: release?.to ?? 0 }) },
    csatByChannel: {},
    promises: { delivery: noPromises(), call_back: noPromises(), refund: noPromises() },
    left: { price_change: 0, bad_release: 0, broken_promise: 0, moved_on: 0 },
    buying: { sensitiveBefore: noBuying(), sensitiveAfter: noBuying(), othersBefore: noBuying(), othersAfter: noBuying() },
    needs: { EASY: none(), EXPECT: none(), PROMISE: none(), INFORM: none(), INDIVID: none(), RIGHT: none() },
    identity: { junk: junkIdentifiers, shared: kioskIdentifiers },
    persons: [],
  };
};

const none = (): { pos: number; neg: number } => ({ pos: 0, neg: 0 });
const noNps = (): NpsCount => ({ n: 0, promoters: 0, passives: 0, detractors: 0 });
const noPromises = (): PromiseCount => ({ made: 0, kept: 0, late: 0, broken: 0, open: 0 });
const noBuying = (): BuyingCount => ({ occasions: 0, bought: 0 });

/** Adds what a batch holds to the truth, which it changes.
 *  @param seenMessages message ids already counted, to know duplicates by; the caller keeps it, one per cohort is enough */
export const addToTruth = (truth: DemoTruth, batch: DemoBatch, seenMessages: Set<string>, keepPersons = false): void => {
  if (keepPersons) truth.persons.push(...batch.persons);
  truth.counts.persons += batch.persons.length;
  for (const person of batch.persons) if (person.leftBecause !== null) truth.left[person.leftBecause] += 1;
  for (const outcome of batch.outcomes) countOutcome(truth, outcome);
  for (const { content, needs, at, receivedAt } of batch.records) {
    for (const { need, polarity } of needs) truth.needs[need][polarity] += 1;
    if (content.record === "perception") {
      countPerception(truth, content.perception, at);
      continue;
    }
    const { messageId } = content.record === "message" ? content.message : content.entry;
    if (seenMessages.has(messageId)) truth.counts.duplicates += 1;
    else truth.counts.interactions += 1;
    seenMessages.add(messageId);
    if (receivedAt - at > 3_600_000) truth.counts.lateByAnHour += 1;
  }
};

const isIn = (at: number, span: Span): boolean => at >= span.from && at < span.to;

export const countNps = (count: NpsCount, value: number): void => {
  count.n += 1;
  count[value >= 9 ? "promoters" : value >= 7 ? "passives" : "detractors"] += 1;
};

const countPerception = (truth: DemoTruth, perception: DemoPerception, at: number): void => {
  const { kind, value, channel, language } = perception;
  truth.counts.perceptions[kind] += 1;
  if (language !== null) truth.counts.languages[language] = (truth.counts.languages[language] ?? 0) + 1;
  if (value === null) return;
  if (kind === "nps") for (const window of truth.npsByWindow) if (isIn(at, window)) countNps(window.answered, value);
  if (kind === "csat") {
    const count = (truth.csatByChannel[channel] ??= { n: 0, topTwo: 0 });
    count.n += 1;
    count.topTwo += value >= 4 ? 1 : 0;
  }
  if (channel !== "app") return;
  for (const side of [truth.badRelease.before, truth.badRelease.during]) {
    if (!isIn(at, side)) continue;
    if (kind === "nps") countNps(side.nps, value);
    if (kind === "stars") { side.stars.n += 1; side.stars.sum += value; }
  }
};

const countOutcome = (truth: DemoTruth, outcome: Outcome): void => {
  const { now } = truth.options;
  switch (outcome.kind) {
    case "promise": {
      if (outcome.madeAt >= now) return;
      const count = truth.promises[outcome.promise];
      count.made += 1;
      count[promiseState(outcome, now)] += 1;
      return;
    }
    case "asked_nps":
      for (const window of truth.npsByWindow) if (isIn(outcome.at, window)) countNps(window.everyone, outcome.value);
      return;
    case "occasion": {
      const isAfter = truth.effects.some((effect) => effect.key === "price_change" && outcome.at >= effect.from);
      const count = truth.buying[outcome.isPriceSensitive ? (isAfter ? "sensitiveAfter" : "sensitiveBefore") : isAfter ? "othersAfter" : "othersBefore"];
      count.occasions += 1;
      count.bought += outcome.isBought ? 1 : 0;
      return;
    }
    default: outcome satisfies never;
  }
};

/** Kept within its time, kept late, broken (time over, nothing done), or still open. */
const promiseState = (promise: { dueAt: number; keptAt: number | null }, now: number): "kept" | "late" | "broken" | "open" => {
  if (promise.keptAt !== null && promise.keptAt < now) return promise.keptAt < promise.dueAt ? "kept" : "late";
  return promise.dueAt < now ? "broken" : "open";
};
