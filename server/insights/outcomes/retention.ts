// Who stays: curves of leaving, and cohorts of first purchases.
import type { z } from "zod";
import { listNamesOfCustomers, listOffsets, localDay } from "#customers";
import { nextCursor } from "#platform/db";
import type { Services } from "#platform/services";
import { countCohorts, listCohortCustomers, type CohortsAsked } from "./cohorts.queries.ts";
import { layOutCohorts, stepFrom } from "./cohorts.rules.ts";
import { choosePeriod, isFeeling, outcomesErrors, readCounting, readGrouping, type Counted } from "./counting.ts";
import { drawCurves, type GroupSpan } from "./curves.rules.ts";
import type { cohortCustomersQuery, CohortsReply, cohortsQuery, GroupingKey, OutcomeCustomersReply, survivalCustomersQuery, SurvivalCustomersReply, survivalQuery, SurvivalReply } from "./outcomes.contract.ts";
import { pageOf, readPlace } from "./outcomes.ts";
import { DAY_MS } from "./outcome-pieces.queries.ts";
import { countSpans, listSpanCustomers, type Leaving, type SpanCount, type SpanCustomer, type Start } from "./survival.queries.ts";
import { readTrait } from "../metrics/selection.ts";

type SurvivalAsked = z.output<typeof survivalQuery>;
const order = ["best", "middle", "worst"];
const YEAR_MS = 365 * DAY_MS;

/** The share of customers still there over time, by group.
 *  @throws outcome_purchase_unknown, outcome_period_wrong, outcome_event_missing, outcome_trait_missing, segment_missing, people_too_many */
export const showSurvival = async (services: Services, workspaceId: string, query: SurvivalAsked): Promise<SurvivalReply> => {
  if (query.left === "trait") return showSurvivalOfTraits(services, workspaceId, query);
  const { counted, asked, period, isFelt } = await readAskedSpans(services, workspaceId, query);
  const spans = await countSpans(services.analytics, counted.facts, asked);
  return {
    counting: counted.counting,
    period: { from: new Date(period.fromMs).toISOString(), to: new Date(period.toMs).toISOString() },
    startsAt: isFelt ? "periodEnd" : "first",
    unit: "day",
    ...drawCurves(spans.map(inDays), { unit: "day", order, comesBack: query.left === "silence" }),
  };
};

/** The customers of a curve who were still watched on a day, or had left by then, who stayed longest first.
 *  @throws as `showSurvival`, and outcome_cursor_wrong */
export const listCustomersOfCurve = async (services: Services, workspaceId: string, query: z.output<typeof survivalCustomersQuery>): Promise<SurvivalCustomersReply> => {
  const place = readPlace(query.cursor);
  const asked: CurveAsked = { group: query.by === undefined ? null : (query.group ?? ""), day: query.day, isGone: query.state === "gone", after: place === null ? null : { days: place.amount, id: place.id }, limit: query.limit + 1 };
  const found = query.left === "trait" ? onCurve(await readTraitSpans(services, workspaceId, query), asked) : await listOnCurve(services, workspaceId, query, asked);
  const page = found.slice(0, query.limit);
  const names = new Map((page.length === 0 ? [] : await listNamesOfCustomers(services.db, workspaceId, page.map(({ id }) => id))).map(({ id, name }) => [id, name]));
  const last = page.at(-1);
  return { items: page.map((one) => ({ ...one, name: names.get(one.id) ?? null })), nextCursor: found.length > query.limit && last !== undefined ? nextCursor([last.days, last.id]) : null };
};

type CurveAsked = { group: string | null; day: number; isGone: boolean; after: { days: number; id: string } | null; limit: number };

const listOnCurve = async (services: Services, workspaceId: string, query: SpansQuery, curve: CurveAsked): Promise<SpanCustomer[]> => {
  const { counted, asked } = await readAskedSpans(services, workspaceId, query);
  return listSpanCustomers(services.analytics, counted.facts, { ...asked, ...curve });
};

const onCurve = (spans: readonly TraitSpan[], { group, day, isGone, after, limit }: CurveAsked): SpanCustomer[] =>
  spans
    .filter((span) => (group === null || span.group === group) && (isGone ? span.isLeft && span.time < day : span.time >= day))
    .filter(({ customer, time }) => after === null || time < after.days || (time === after.days && customer > after.id))
    .toSorted((a, b) => b.time - a.time || (a.customer < b.customer ? -1 : 1))
    .slice(0, limit)
    .map(({ customer, time, isLeft }) => ({ id: customer, days: time, hasLeft: isLeft }));

type SpansQuery = Pick<SurvivalAsked, "by" | "from" | "to" | "event" | "left" | "purchase" | "days" | "segment">;
type AskedSpans = { counted: Counted; asked: Parameters<typeof countSpans>[2]; period: { fromMs: number; toMs: number }; isFelt: boolean };

const readAskedSpans = async (services: Services, workspaceId: string, query: SpansQuery): Promise<AskedSpans> => {
  const counted = await readCounting(services, workspaceId, query);
  const isFelt = query.by !== undefined && isFeeling(query.by);
  const period = choosePeriod(query, usualPeriod(counted, isFelt), counted.timeZone);
  const start: Start = isFelt ? { at: "moment", ms: period.toMs } : { at: "first", ...period };
  if (period.toMs >= counted.facts.endMs && isFelt) throw outcomesErrors.refuse("outcome_period_wrong", "The period reaches up to the last fact, so nothing can be watched after it. Let it end earlier.");
  const groups = query.by === undefined ? null : await readGrouping(services, workspaceId, query.by, period);
  const leaving: Leaving = query.left === "silence" ? { by: "silence", days: counted.counting.days } : { by: "event", event: requireEvent(query.event) };
  return { counted, period, isFelt, asked: { purchase: counted.counting.purchase, start, groups, leaving } };
};

// Everybody, or with a feeling the year that leaves as long again as the silence takes to be seen.
const usualPeriod = ({ facts, counting, firstMs }: Counted, isFelt: boolean) => {
  if (!isFelt) return { fromMs: firstMs, toMs: facts.endMs };
  const toMs = Math.max(firstMs + 1, facts.endMs - 2 * counting.days * DAY_MS);
  return { fromMs: Math.max(firstMs, toMs - YEAR_MS), toMs };
};

const inDays = ({ group, days, ...counts }: SpanCount): GroupSpan => ({ group, time: days, ...counts });

const requireEvent = (event: readonly string[] | undefined): readonly string[] => {
  if (event === undefined || event.length === 0) throw outcomesErrors.refuse("outcome_event_missing", "Name the fact that means a customer left.");
  return event;
};

const showSurvivalOfTraits = async (services: Services, workspaceId: string, query: SurvivalAsked): Promise<SurvivalReply> => {
  const { unit } = query;
  const endMs = services.clock.now().getTime() + DAY_MS;
  const spans = (await readTraitSpans(services, workspaceId, query)).map(({ group, time, isLeft }): GroupSpan => ({ group, time, left: isLeft ? 1 : 0, censored: isLeft ? 0 : 1, back: 0 }));
  const observedUntil = new Date(endMs).toISOString();
  return {
    counting: { purchase: [], amount: null, times: null, currency: null, days: 0, observedUntil },
    period: { from: new Date(0).toISOString(), to: observedUntil },
    startsAt: "trait", unit, ...drawCurves(spans, { unit, order, comesBack: false }),
  };
};

type TraitSpan = { customer: string; group: string | null; time: number; isLeft: boolean };

// Customers who came with how long they had stayed and whether they left, as a list from another system does.
const readTraitSpans = async (services: Services, workspaceId: string, query: Pick<SurvivalAsked, "duration" | "leftTrait" | "by">): Promise<TraitSpan[]> => {
  const { duration, leftTrait, by } = query;
  const at = leftTrait?.indexOf("=") ?? -1;
  if (duration === undefined || leftTrait === undefined || at < 1) throw outcomesErrors.refuse("outcome_trait_missing", "Name the trait that holds how long, and write who left as name=value.");
  const [times, states, groups] = await Promise.all([
    readLast(services, workspaceId, duration), readLast(services, workspaceId, leftTrait.slice(0, at)),
    by === undefined ? new Map<string, string>() : readLast(services, workspaceId, requireTraitSplit(by)),
  ]);
  return [...times].flatMap(([customer, text]) => {
    const [time, state] = [Number(text), states.get(customer)];
    if (!Number.isFinite(time) || time < 0 || state === undefined) return [];
    return [{ customer, group: by === undefined ? null : (groups.get(customer) ?? ""), time, isLeft: state === leftTrait.slice(at + 1) }];
  });
};

const readLast = async (services: Services, workspaceId: string, name: string): Promise<Map<string, string>> =>
  new Map((await readTrait(services, workspaceId, name)).toSorted((a, b) => a.fromMs - b.fromMs).map(({ customerId, value }) => [customerId, value]));

const requireTraitSplit = (by: GroupingKey): string => {
  if (isFeeling(by)) throw outcomesErrors.refuse("outcome_trait_missing", "Customers who came with how long they stayed can be grouped by another trait only.");
  return by.slice("trait:".length);
};

/** The share of those who first bought in a week or month who bought again in each later one.
 *  @throws outcome_purchase_unknown, outcome_period_wrong, segment_missing, people_too_many */
export const showCohorts = async (services: Services, workspaceId: string, query: z.output<typeof cohortsQuery>): Promise<CohortsReply> => {
  const { counted, asked } = await readAskedCohorts(services, workspaceId, query);
  const { facts, timeZone, counting } = counted;
  const counts = await countCohorts(services.analytics, facts, asked);
  return {
    counting, bucket: query.bucket, period: { from: new Date(asked.fromMs).toISOString(), to: new Date(asked.toMs).toISOString() },
    ...layOutCohorts(counts, query.bucket, localDay(facts.endMs - 1, timeZone)),
  };
};

/** The customers of a cohort, and what they bought in one later week or month, those who spent most first.
 *  @throws as `showCohorts`, and outcome_cursor_wrong */
export const listCustomersOfCohort = async (services: Services, workspaceId: string, query: z.output<typeof cohortCustomersQuery>): Promise<OutcomeCustomersReply> => {
  const { counted, asked } = await readAskedCohorts(services, workspaceId, query);
  const starts = query.start === undefined ? await listStartsWatched(services, { counted, asked }, query.number) : [query.start];
  const found = await listCohortCustomers(services.analytics, counted.facts, {
    ...asked, cells: starts.map((start) => ({ start, key: stepFrom(query.bucket, start, query.number) })), again: query.again === undefined ? null : query.again === "true", after: readPlace(query.cursor), limit: query.limit + 1,
  });
  return pageOf(services, workspaceId, found, { limit: query.limit, hasMoney: counted.money !== null });
};

const listStartsWatched = async (services: Services, { counted, asked }: AskedCohorts, number: number): Promise<string[]> => {
  const { facts, timeZone } = counted;
  const { cohorts } = layOutCohorts(await countCohorts(services.analytics, facts, asked), asked.bucket, localDay(facts.endMs - 1, timeZone));
  return cohorts.flatMap(({ start, cells }) => (cells[number]?.isPartial === false ? [start] : []));
};

type AskedCohorts = { counted: Counted; asked: CohortsAsked };

const readAskedCohorts = async (services: Services, workspaceId: string, query: z.output<typeof cohortsQuery>): Promise<AskedCohorts> => {
  const counted = await readCounting(services, workspaceId, query);
  const { facts, firstMs, timeZone, counting, money } = counted;
  const period = choosePeriod(query, { fromMs: firstMs, toMs: facts.endMs }, timeZone);
  const offsets = listOffsets({ fromMs: firstMs, toMs: facts.endMs }, timeZone);
  return { counted, asked: { purchase: counting.purchase, money, bucket: query.bucket, offsets, ...period } };
};
