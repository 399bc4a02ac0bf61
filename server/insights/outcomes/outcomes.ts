import type { z } from "zod";
import { listNamesOfCustomers, listTraitNames } from "#customers";
import { nextCursor, readCursor } from "#platform/db";
import type { Services } from "#platform/services";
import { choosePeriod, guessCounting, outcomesErrors, readCounting, readGrouping, type Counted } from "./counting.ts";
import { summariseGroups } from "./groups.rules.ts";
import { countGroups, findMedians, listGroupCustomers, type GroupsAsked, type OutcomeCustomer } from "./groups.queries.ts";
import { DAY_MS } from "./outcome-pieces.queries.ts";
import type { ChoicesReply, Counting, groupsQuery, GroupsReply, outcomeCustomersQuery, OutcomeCustomersReply } from "./outcomes.contract.ts";

/** What may be counted here, and what is counted when nobody says. */
export const showChoices = async (services: Services, workspaceId: string): Promise<ChoicesReply> => {
  const [guessed, traits] = await Promise.all([guessCounting(services, workspaceId), listTraitNames(services.db, workspaceId)]);
  const suggested: Counting = {
    purchase: guessed.purchase, amount: guessed.amount, times: guessed.times, currency: guessed.currencies[0]?.name ?? null, days: guessed.days,
    observedUntil: new Date(guessed.lastMs ?? services.clock.now().getTime()).toISOString(),
  };
  return {
    suggested,
    observedFrom: guessed.firstMs === null ? null : new Date(guessed.firstMs).toISOString(),
    events: guessed.events.map((event) => ({ ...event, isPurchase: guessed.purchase.includes(event.name) })),
    amounts: guessed.amounts, currencies: guessed.currencies, traits,
  };
};

const YEAR_MS = 365 * DAY_MS;

type AskedGroups = { counted: Counted; asked: GroupsAsked; watchedToMs: number };

// Customers who bought in the period, with the feeling they gave in it; what they do in the days after it is the outcome.
const readAskedGroups = async (services: Services, workspaceId: string, query: z.output<typeof groupsQuery>): Promise<AskedGroups> => {
  const counted = await readCounting(services, workspaceId, query);
  const { counting, facts, money, firstMs, timeZone } = counted;
  const usualTo = Math.max(firstMs + 1, facts.endMs - counting.days * DAY_MS);
  const period = choosePeriod(query, { fromMs: Math.max(firstMs, usualTo - YEAR_MS), toMs: usualTo }, timeZone);
  if (period.toMs >= facts.endMs) throw outcomesErrors.refuse("outcome_period_wrong", "The period reaches up to the last fact, so no time is left after it to see an outcome in. Let it end earlier.");
  const watchedToMs = Math.min(facts.endMs, period.toMs + counting.days * DAY_MS);
  const [groups, strata] = await Promise.all([
    readGrouping(services, workspaceId, query.by, period),
    query.adjust === undefined ? null : readGrouping(services, workspaceId, query.adjust, period),
  ]);
  return { counted: { ...counted, facts: { ...facts, endMs: watchedToMs } }, watchedToMs, asked: { purchase: counting.purchase, event: query.event ?? [], money, ...period, groups, strata } };
};

/** Whether customers who felt differently bought again, left, and spent differently afterwards.
 *  @throws outcome_purchase_unknown, outcome_period_wrong, segment_missing, people_too_many */
export const showGroups = async (services: Services, workspaceId: string, query: z.output<typeof groupsQuery>): Promise<GroupsReply> => {
  const { counted, asked, watchedToMs } = await readAskedGroups(services, workspaceId, query);
  const [found, medians] = await Promise.all([countGroups(services.analytics, counted.facts, asked), asked.money === null ? new Map<string, number>() : findMedians(services.analytics, counted.facts, asked)]);
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    counting: counted.counting,
    period: { from: iso(asked.fromMs), to: iso(asked.toMs) },
    watched: { from: iso(asked.toMs), to: iso(watchedToMs) },
    daysWatched: (watchedToMs - asked.toMs) / DAY_MS,
    by: query.by,
    ...summariseGroups({ ...found, medians, hasMoney: asked.money !== null, hasEvent: asked.event.length > 0, by: query.by, adjust: query.adjust ?? null }),
    otherCurrencies: found.otherCurrencies,
  };
};

/** The customers behind a group, those who spent most first.
 *  @throws as `showGroups`, and outcome_cursor_wrong */
export const listOutcomeCustomers = async (services: Services, workspaceId: string, query: z.output<typeof outcomeCustomersQuery>): Promise<OutcomeCustomersReply> => {
  const { counted, asked } = await readAskedGroups(services, workspaceId, query);
  const after = readPlace(query.cursor);
  const found = await listGroupCustomers(services.analytics, counted.facts, {
    ...asked, group: query.group, again: query.again === undefined ? null : query.again === "true", after, limit: query.limit + 1,
  });
  return pageOf(services, workspaceId, found, { limit: query.limit, hasMoney: asked.money !== null });
};

/** A page of customers with their names, those who spent most first.
 *  @param found one more than the limit where there are further ones */
export const pageOf = async (services: Services, workspaceId: string, found: readonly OutcomeCustomer[], { limit, hasMoney }: { limit: number; hasMoney: boolean }): Promise<OutcomeCustomersReply> => {
  const page = found.slice(0, limit);
  const names = new Map((page.length === 0 ? [] : await listNamesOfCustomers(services.db, workspaceId, page.map(({ id }) => id))).map(({ id, name }) => [id, name]));
  const last = page.at(-1);
  return {
    items: page.map(({ id, purchases, amount, lastMs }) => ({
      id, name: names.get(id) ?? null, purchases, amount: hasMoney ? amount : null, lastAt: lastMs === null ? null : new Date(lastMs).toISOString(),
    })),
    nextCursor: found.length > limit && last !== undefined ? nextCursor([last.amount, last.id]) : null,
  };
};

/** @throws outcome_cursor_wrong */
export const readPlace = (cursor: string | undefined): { amount: number; id: string } | null => {
  if (cursor === undefined || cursor === "") return null;
  const [amount, id] = readCursor(cursor, 2) ?? [];
  if (typeof amount !== "number" || typeof id !== "string" || !/^[0-9a-f-]{36}$/u.test(id)) throw outcomesErrors.refuse("outcome_cursor_wrong", "The cursor is none that a page of this list gave out. Start again without it.");
  return { amount, id };
};
