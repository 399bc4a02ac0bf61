// What counts as a purchase, as money and as gone: chosen by the caller, or guessed from the facts of the workspace.
import { setImmediate as breathe } from "node:timers/promises";
import { keepReadings } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { readPeriod, type Period } from "#customers";
import { guessAmount, readPurchases, type PurchaseFacts } from "#journeys";
import { readSegments, readTrait } from "../metrics/selection.ts";
import { findUsualGap } from "./choices.queries.ts";
import { guessDays } from "./counting.rules.ts";
import { feelingNames, type Counting, type FeelingName, type GroupingKey } from "./outcomes.contract.ts";
import { DAY_MS, feelingGroups, listedGroups, type Facts, type Money } from "./outcome-pieces.queries.ts";
import type { GroupsPiece } from "./survival.queries.ts";

export const outcomesErrors = defineErrors("outcomes", {
  outcome_period_wrong: { status: 400, meaning: "The period ends before it starts, or no time is left after it in which an outcome could be seen." },
  outcome_purchase_unknown: { status: 400, meaning: "Nothing that looks like a purchase was found. Name the facts that are one." },
  outcome_event_missing: { status: 400, meaning: "Leaving by a fact needs the name of that fact." },
  outcome_trait_missing: { status: 400, meaning: "Leaving by a trait needs a trait that holds a number (how long) and one written `name=value` (who left)." },
  outcome_cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out." },
});

type Guessed = PurchaseFacts & { amount: string | null; times: string | null; days: number };

// Guesses look through all facts; the parts of a screen ask for them within a moment of each other.
const keepGuesses = keepReadings<Guessed>({ ms: 5_000, most: 50 });

export const guessCounting = (services: Services, workspaceId: string, given?: readonly string[]): Promise<Guessed> =>
  keepGuesses(services.db, `${workspaceId} ${given?.join("\n") ?? ""}`, async () => {
    const facts = await readPurchases(services, workspaceId, given);
    const gap = await findUsualGap(services.analytics, workspaceId, facts);
    return { ...facts, ...guessAmount(facts.amounts), days: guessDays(gap, ((facts.lastMs ?? 0) - (facts.firstMs ?? 0)) / DAY_MS) };
  });

export type Counted = { counting: Counting; facts: Facts; money: Money | null; firstMs: number; timeZone: string };
type CountedQuery = { purchase?: string[] | undefined; days?: number | undefined; segment?: string[] | undefined; amount?: string | undefined; times?: string | undefined; currency?: string | undefined };

/** Settles what counts. Nothing is known after the last fact, so all watching ends there.
 *  @throws outcome_purchase_unknown, segment_missing */
export const readCounting = async (services: Services, workspaceId: string, query: CountedQuery): Promise<Counted> => {
  const named = query.purchase?.filter((name) => name !== "");
  const guessed = await guessCounting(services, workspaceId, named?.length === 0 ? undefined : named);
  if (guessed.purchase.length === 0 || guessed.lastMs === null || guessed.firstMs === null)
    throw outcomesErrors.refuse("outcome_purchase_unknown", "Nothing that looks like a purchase was found among the facts. Name the facts that are one.");
  const endMs = Math.min(guessed.lastMs + 1, services.clock.now().getTime());
  const amount = query.amount === "" ? null : (query.amount ?? guessed.amount);
  // Pieces belong to the price that was guessed with them; another amount stands alone unless they are named as well.
  const times = query.times === "" || amount === null ? null : (query.times ?? (amount === guessed.amount ? guessed.times : null));
  const currency = query.currency?.toUpperCase() ?? guessed.currencies[0]?.name ?? null;
  const timeZone = (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";
  const segments = query.segment === undefined ? null : await readSegments(services, workspaceId, query.segment);
  return {
    counting: { purchase: guessed.purchase, amount, times, currency, days: query.days ?? guessed.days, observedUntil: new Date(endMs).toISOString() },
    facts: { workspaceId, endMs, segments, orders: guessed.orders },
    money: amount === null ? null : { amount, times, currency },
    firstMs: guessed.firstMs, timeZone,
  };
};

/** The period asked for, or the one that fits.
 *  @throws outcome_period_wrong */
export const choosePeriod = (given: { from?: string | undefined; to?: string | undefined }, usual: Period, timeZone: string): Period => {
  const iso = (ms: number): string => new Date(ms).toISOString();
  const period = readPeriod({ from: given.from ?? iso(Math.min(usual.fromMs, usual.toMs - 1)), to: given.to ?? iso(usual.toMs) }, timeZone, usual.toMs);
  if (period === null) throw outcomesErrors.refuse("outcome_period_wrong", `The period from ${given.from ?? "its start"} to ${given.to ?? "its end"} holds no time. Let it end later than it starts.`);
  return period;
};

/** So many are gone through before others get their turn. */
const PORTION = 10_000;

/** How customers are grouped, as a piece of a query: by a feeling given in the period, or by the value a trait had at its end.
 *  @throws people_too_many */
export const readGrouping = async (services: Services, workspaceId: string, by: GroupingKey, period: Period): Promise<GroupsPiece> => {
  const feeling = feelingNames.find((name): name is FeelingName => name === by);
  if (feeling !== undefined) return (pieces) => feelingGroups(pieces, feeling, period);
  const spans = await readTrait(services, workspaceId, by.slice("trait:".length));
  const held = new Map<string, string>();
  // Those of a customer are in the order of time: the last one before the end of the period stands; one learnt only later stands in where none was known.
  for (const [place, { customerId, value, fromMs }] of spans.entries()) {
    if (fromMs < period.toMs || !held.has(customerId)) held.set(customerId, value);
    if (place % PORTION === 0) await breathe();
  }
  return (pieces) => listedGroups(pieces, { customers: [...held.keys()], names: foldRare([...held.values()]) });
};

export const isFeeling = (by: GroupingKey): boolean => feelingNames.some((name) => name === by);

const NAMED_MAX = 8;

/** Beyond the eight most frequent values of a trait, groups would be too many to compare. */
const foldRare = (names: readonly string[]): string[] => {
  const counts = Map.groupBy(names, (name) => name);
  const kept = new Set([...counts].toSorted(([, a], [, b]) => b.length - a.length).slice(0, NAMED_MAX).map(([name]) => name));
  return names.map((name) => (kept.has(name) ? name : "…"));
};
