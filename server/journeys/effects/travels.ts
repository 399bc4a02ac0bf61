// Reads paths with all that is needed to say what became of them.
import { setImmediate as breathe } from "node:timers/promises";
import type { Services } from "#platform/services";
import { readKinds } from "../definitions/definitions.ts";
import { findLastMs } from "../definitions/definitions.queries.ts";
import type { Money } from "../definitions/money.rules.ts";
import { readPathsAsked } from "../paths/asked.ts";
import { readSegments } from "../paths/selection.ts";
import type { JourneySelection } from "../paths/selection.queries.ts";
import type { PathsAsked } from "../paths/steps.queries.ts";
import type { PathQuery } from "../paths/paths.contract.ts";
import type { EffectsQuery } from "./effects.contract.ts";
import type { Mark, Travel } from "./travels.rules.ts";
import {
  countScores, countSteps, listContacts, listFirstChannels, listPaths, listPayments, listSampledCustomers, listScores, listSegmentBits, listSilences, listStepNames, STEPS_OF_PATH, type FoundMarks, type FoundPath,
} from "./travels.queries.ts";

/** Beyond so many customers, or steps or scores of theirs, so many customers are left out that about as many remain. */
const CUSTOMERS_MAX = 10_000;
const STEPS_MAX = 300_000;
const SCORES_MAX = 500_000;
const NAMES_MAX = 1_000;
/** Turning to support may be rare at each of many touchpoints; as many as have numbers in the copy. */
const CONTACTS_AMONG = 50_000;
/** Of more marks on a path only the first are looked at. */
const MARKS_OF_PATH = 1_000;
const PATHS_AT_ONCE = 1_000;
const CHANNELS_TOLD_APART = 6;
const DAY_MS = 86_400_000;
const FELT_AFTER_MS = 7 * DAY_MS;

/** Names told apart from no other rare one, paths and marks that were not looked at. */
export type TravelsLeftOut = { names: number; paths: number; marks: number };
export type ReadTravels = { asked: PathsAsked; names: string[]; travels: Travel[]; customers: number; sampledShare: number; longPaths: number; leftOut: TravelsLeftOut; groups: number; horizonMs: number };

/** @param money what is summed as revenue; needed only where that is asked about */
export const readTravels = async (services: Services, workspaceId: string, query: EffectsQuery, money: Money | null): Promise<ReadTravels> => {
  const { analytics } = services;
  const { asked, sampledShare } = await askSample(services, workspaceId, query, query.outcome === "feeling" || query.outcome === "effort");
  const { names: named, leftOut: namesLeftOut } = await listStepNames(analytics, asked, NAMES_MAX, query.outcome === "goal" ? query.goal : []);
  const names = named.map(({ name }) => name);
  const { selection } = asked;
  const [{ paths, leftOut: pathsLeftOut }, first] = [await listPaths(analytics, asked, names), await listFirstChannels(analytics, selection)];
  const groups = await listSegmentBits(analytics, workspaceId, await readSegments(services, workspaceId, query.alike ?? []), [...new Set(paths.map(({ customer }) => customer))]);
  const nowMs = services.clock.now().getTime();
  const horizonMs = Math.min(nowMs, selection.toMs + query.leftAfterDays * DAY_MS, await findLastMs(analytics, workspaceId, nowMs));
  const [channelOf, { marksOf, leftOut: marksLeftOut }, isGone] = [nameChannels(first), await readMarks(services, selection, query, money), await readLeaving(services, paths, { query, selection, horizonMs })];
  const goals = new Set(query.outcome === "goal" ? (query.goal ?? []).map((goal) => names.indexOf(goal)) : []);
  const owners = new Map<string, number>();
  const travels: Travel[] = [];
  let laterMarks = 0;
  for (const path of paths) {
    const { customer, codes, times } = path;
    const owner = owners.get(customer) ?? owners.size;
    owners.set(customer, owner);
    const { marks, more } = marksOf(path);
    laterMarks += more;
    travels.push({
      customer, owner, codes, times, firstGoal: codes.findIndex((code) => goals.has(code)), lastGoal: codes.findLastIndex((code) => goals.has(code)),
      channel: channelOf(customer), group: groups.get(customer) ?? 0, marks, isGone: isGone(path),
    });
    if (travels.length % PATHS_AT_ONCE === 0) await breathe();
  }
  return {
    asked, names, travels, customers: owners.size, sampledShare, longPaths: paths.filter(({ steps }) => steps > STEPS_OF_PATH).length, leftOut: { names: namesLeftOut, paths: pathsLeftOut, marks: marksLeftOut + laterMarks },
    groups: 2 ** (query.alike?.length ?? 0), horizonMs,
  };
};

/** The paths asked for, of so many customers as can be looked at.
 *  @param hasScores whether the scores these gave are looked at as well */
export const askSample = async (services: Services, workspaceId: string, query: PathQuery, hasScores = false): Promise<{ asked: PathsAsked; sampledShare: number }> => {
  const asked = await readPathsAsked(services, workspaceId, query);
  const [{ steps, customers }, { scores }] = await Promise.all([countSteps(services.analytics, asked.selection), hasScores ? countScores(services.analytics, asked.selection) : { scores: 0 }]);
  const every = Math.max(1, Math.ceil(Math.max(customers / CUSTOMERS_MAX, steps / STEPS_MAX, scores / SCORES_MAX)));
  if (every === 1) return { asked, sampledShare: 1 };
  return { asked: { ...asked, selection: { ...asked.selection, customers: await listSampledCustomers(services.analytics, asked.selection, every) } }, sampledShare: 1 / every };
};

/** Touchpoints that count as turning to support, among those met. */
export const readContacts = async (services: Services, workspaceId: string, selection: JourneySelection, names?: readonly string[]): Promise<string[]> => {
  const asked: PathsAsked = { selection, level: "touchpoint", cut: { by: "customer" }, filters: {}, objects: null, isStored: false, isPreceded: false };
  const met = names ?? (await listStepNames(services.analytics, asked, CONTACTS_AMONG)).names.map(({ name }) => name);
  return met.filter((await readKinds(services, workspaceId)).isContact);
};

/** Numbers for channels: those by which most came are told apart. */
const nameChannels = (first: readonly { customer: string; channel: string }[]): ((customer: string) => number) => {
  const counts = new Map<string, number>();
  for (const { channel } of first) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const told = [...counts].toSorted(([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1)).slice(0, CHANNELS_TOLD_APART).map(([channel]) => channel);
  const numbers = new Map(first.map(({ customer, channel }) => [customer, told.indexOf(channel) + 1]));
  return (customer) => numbers.get(customer) ?? 0;
};
export const CHANNEL_NUMBERS = CHANNELS_TOLD_APART + 1;

/** `more`: marks of the path that are not looked at, but for those told of an earlier path: paths of one customer may end in the same days. */
type HandedOut = { marksOf: (path: FoundPath) => { marks: Mark[]; more: number }; leftOut: number };

/** What counts towards the outcome: on the path itself, or soon after its end. */
const readMarks = async (services: Services, selection: JourneySelection, { outcome }: EffectsQuery, money: Money | null): Promise<HandedOut> => {
  const { analytics } = services;
  const period = { fromMs: selection.fromMs, toMs: selection.toMs + FELT_AFTER_MS };
  switch (outcome) {
    case "feeling":
    case "effort":
      return handOut(await listScores(analytics, selection, period, outcome === "effort"), FELT_AFTER_MS);
    case "repeat_contact":
      return handOut(await listContacts(analytics, selection, period, await readContacts(services, selection.workspaceId, selection)), FELT_AFTER_MS);
    case "revenue":
      return handOut(money === null ? { marks: [], leftOut: 0 } : await listPayments(analytics, selection, money), 0);
    case "goal":
    case "leaving":
      return { marksOf: () => ({ marks: [], more: 0 }), leftOut: 0 };
  }
};

// Found in order of time.
const handOut = ({ marks: found, leftOut }: FoundMarks, afterMs: number): HandedOut => {
  const own = Map.groupBy(found, ({ customer }) => customer);
  const toldUntil = new Map<string, number>();
  const marksOf: HandedOut["marksOf"] = ({ customer, times }) => {
    const marks = own.get(customer) ?? [];
    const start = countUntil(marks, ({ ms }) => ms < (times[0] ?? 0));
    const end = countUntil(marks, ({ ms }) => ms <= (times.at(-1) ?? 0) + afterMs);
    const told = toldUntil.get(customer) ?? 0;
    toldUntil.set(customer, Math.max(told, end));
    return { marks: marks.slice(start, Math.min(end, start + MARKS_OF_PATH)), more: Math.max(0, end - Math.max(told, start + MARKS_OF_PATH)) };
  };
  return { marksOf, leftOut };
};

type Leaving = { query: EffectsQuery; selection: JourneySelection; horizonMs: number };

/** Whether a customer was not seen again, on whatever path, for some days after the last step of a path; null where that cannot be known yet. */
const readLeaving = async (services: Services, paths: readonly FoundPath[], { query, selection, horizonMs }: Leaving): Promise<(path: FoundPath) => boolean | null> => {
  if (query.outcome !== "leaving") return () => null;
  const limitMs = query.leftAfterDays * DAY_MS;
  const everybody = { ...selection, customers: [...new Set(paths.map(({ customer }) => customer))] };
  const own = Map.groupBy(await listSilences(services.analytics, everybody, { fromMs: selection.fromMs, toMs: selection.toMs + limitMs }, limitMs), ({ customer }) => customer);
  return ({ customer, times }) => {
    const lastMs = times.at(-1) ?? 0;
    const silences = own.get(customer) ?? [];
    const silence = silences[countUntil(silences, ({ fromMs }) => fromMs <= lastMs) - 1];
    if (silence === undefined || silence.untilMs - lastMs <= limitMs) return false;
    if (horizonMs - lastMs > limitMs) return true;
    // All of one customer: seen lately is still there. Of a visit nobody knows yet whether it was the last.
    return query.cut === "customer" ? false : null;
  };
};

/** How many of a sorted list hold before the first that does not. */
const countUntil = <One>(sorted: readonly One[], holds: (one: One) => boolean): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = sorted[middle];
    if (one !== undefined && holds(one)) low = middle + 1;
    else high = middle;
  }
  return low;
};
