import { setImmediate as breathe } from "node:timers/promises";
import { listNamesOfCustomers, maySeeCustomers } from "#customers";
import type { Actor } from "#platform/access";
import { keepReadings } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { PathQuery } from "../paths/paths.contract.ts";
import { readJourneySelection, showJourneyPeriod } from "../paths/selection.ts";
import type { Comparison } from "../definitions/comparisons.rules.ts";
import { readMoney } from "../definitions/definitions.ts";
import type { Money } from "../definitions/money.rules.ts";
import { compareThings, ROUNDS, type Row } from "./comparing.ts";
import type { Effect, EffectsQuery, EffectsReply, OutcomesReply, RouteEffect } from "./effects.contract.ts";
import { isLikelyGoal } from "./goals.rules.ts";
import { countPassed, makeSlots, type Met, type Travels } from "./matching.rules.ts";
import type { Judged } from "./ranking.rules.ts";
import { findRoutes } from "./routes.rules.ts";
import { countScores, listStepNames } from "./travels.queries.ts";
import { layStands, listMeetings, thingOf, type Outcome, type Watch } from "./travels.rules.ts";
import { askSample, CHANNEL_NUMBERS, readContacts, readTravels, type ReadTravels } from "./travels.ts";

export const effectErrors = defineErrors("effects", {
  effect_goal_missing: { status: 400, meaning: "What goes with reaching a goal was asked without saying which goal." },
  effect_money_missing: { status: 400, meaning: "Revenue was asked about, and purchases carry no sums." },
});

/** Most that is compared at a time: the more is, the less is beyond chance. */
const THINGS_MAX = 400;
const ROUTES_MAX = 200;
const FEWEST_MET = 5;
const EXAMPLES_MAX = 5;
const STEPS_PATIENCE_MS = 20_000;
const ROUTES_PATIENCE_MS = 10_000;
const GOALS_OFFERED = 1_000;
const TRAVELS_AT_ONCE = 2_000;
const DAY_MS = 86_400_000;

// Turning a page back and forth asks the same again. Names are not kept: somebody may be erased meanwhile.
type Nameless<One> = Omit<One, "examples"> & { examples: string[] };
type Kept = Omit<EffectsReply, "items" | "routes"> & { items: Nameless<Effect>[]; routes: Omit<EffectsReply["routes"], "items"> & { items: Nameless<RouteEffect>[] } };
const keepEffects = keepReadings<Kept>({ ms: 30_000, most: 20 });

/** What goes with an outcome: touchpoints, connections, loops and silences, and whole routes, each with those who met it against comparable ones who did not.
 *  @throws effect_goal_missing, effect_money_missing, and what `readPathsAsked` throws */
export const listEffects = async (services: Services, actor: Actor, query: EffectsQuery): Promise<EffectsReply> => {
  const { workspaceId } = actor;
  if (query.outcome === "goal" && query.goal === undefined) throw effectErrors.refuse("effect_goal_missing", "Say which step is the goal, such as a purchase.");
  const { selection } = await readJourneySelection(services, workspaceId, { segment: [...(query.segment ?? []), ...(query.alike ?? [])] });
  const found = await keepEffects(services.db, JSON.stringify([workspaceId, query, selection.segments]), async () => {
    const money = query.outcome === "revenue" ? await getMoney(services, workspaceId) : null;
    const read = await readTravels(services, workspaceId, query, money);
    const worse = query.outcome === "leaving" || query.outcome === "repeat_contact" ? "higher" : "lower";
    return {
      period: showJourneyPeriod(read.asked.selection), level: query.level, cut: query.cut, outcome: query.outcome, goal: query.goal ?? [], worse, money,
      paths: read.travels.length, customers: read.customers, sampledShare: read.sampledShare, longPaths: read.longPaths, pathsLeftOut: read.leftOut.paths, namesLeftOut: read.leftOut.names, marksLeftOut: read.leftOut.marks, rounds: ROUNDS, ...(await work(read, query, worse)),
    };
  });
  const shown = [...found.items, ...found.routes.items];
  const known = maySeeCustomers(actor) ? await listNamesOfCustomers(services.db, workspaceId, [...new Set(shown.flatMap(({ examples }) => examples))]) : [];
  const nameOf = new Map(known.map(({ id, name }) => [id, name]));
  const named = <One>(item: Nameless<One>) => ({ ...item, examples: item.examples.filter((id) => nameOf.has(id)).map((customerId) => ({ customerId, name: nameOf.get(customerId) ?? null })) });
  return { ...found, items: found.items.map(named), routes: { ...found.routes, items: found.routes.items.map(named) } };
};

const getMoney = async (services: Services, workspaceId: string): Promise<Money> => {
  const money = await readMoney(services, workspaceId);
  if (money === null) throw effectErrors.refuse("effect_money_missing", "No purchases with sums are known here. Send interactions such as Order Completed with a property such as total or revenue.");
  return money;
};

/** What could be asked about, guessed from what is there. */
export const listOutcomes = async (services: Services, workspaceId: string, query: PathQuery): Promise<OutcomesReply> => {
  const { asked } = await askSample(services, workspaceId, query);
  const [{ names, leftOut }, { scores, efforts }, money] = [await listStepNames(services.analytics, asked, GOALS_OFFERED), await countScores(services.analytics, asked.selection), await readMoney(services, workspaceId)];
  const goals = names.map((one) => ({ ...one, isLikely: isLikelyGoal(one.name) })).toSorted((one, other) => Number(other.isLikely) - Number(one.isLikely));
  const touchpoints = query.level === "touchpoint" && leftOut === 0 ? names.map(({ name }) => name) : undefined;
  return { goals, scores, effortScores: efforts, contacts: await readContacts(services, workspaceId, asked.selection, touchpoints), money };
};

const work = async (read: ReadTravels, query: EffectsQuery, worse: "lower" | "higher"): Promise<Pick<Kept, "tested" | "leftOut" | "isComplete" | "items" | "routes">> => {
  const { asked, names, travels, groups, horizonMs } = read;
  const goals = new Set((query.goal ?? []).map((goal) => names.indexOf(goal)).filter((code) => query.outcome === "goal" && code >= 0));
  const outcome: Outcome = { name: query.outcome, goals };
  // A silence is half of leaving already, and a visit ends by one.
  const hasSilences = query.outcome !== "leaving" && query.cut !== "session";
  const { chosen, leftOut } = await chooseThings(travels, { names: names.length, outcome, silenceMs: hasSilences ? query.silenceDays * DAY_MS : null, horizonMs: Math.min(asked.selection.toMs, horizonMs) });
  const size = { names: names.length, groups, channels: CHANNEL_NUMBERS };
  const all: Travels = { ...size, slots: makeSlots(size), travels, passed: countPassed(travels, names.length), stands: layStands(travels, names.length, goals), outcome };
  const how = { isShare: query.outcome === "goal" || query.outcome === "leaving" || query.outcome === "repeat_contact", worse };
  const things = [...chosen].map(([key, met]) => ({ thing: thingOf(key, names.length), met }));
  const steps = await compareThings(all, things.map(({ thing, met }) => ({ thing, met, isTurn: thing.kind === "edge" || thing.kind === "loop" })), { ...how, patienceMs: STEPS_PATIENCE_MS });
  const found = await findRoutes(travels, { names: names.length, goals, fewest: FEWEST_MET, most: ROUTES_MAX }, breathe);
  const routes = await compareThings(all, found.routes.map(({ met, ...thing }) => ({ thing, met, isTurn: false })), { ...how, patienceMs: ROUTES_PATIENCE_MS });
  return {
    tested: steps.tested, leftOut: leftOut + steps.leftOut, isComplete: steps.isComplete,
    items: steps.rows.map(({ thing, ...row }) => ({ kind: thing.kind, node: names[thing.code] ?? "", previous: names[thing.before] ?? null, ...showEvidence(read, row, worse) })),
    routes: {
      tested: routes.tested, leftOut: found.leftOut + routes.leftOut, isComplete: routes.isComplete,
      items: routes.rows.map(({ thing: { codes, isFromStart }, ...row }) => ({ steps: codes.map((code) => names[code] ?? ""), isFromStart, ...showEvidence(read, row, worse) })),
    },
  };
};

/** The things met on most paths, with all their first meetings. */
const chooseThings = async (travels: ReadTravels["travels"], watch: Watch): Promise<{ chosen: Map<number, Met>; leftOut: number }> => {
  const counts = new Map<number, number>();
  for (const [place, travel] of travels.entries()) {
    for (const { key } of listMeetings(travel, watch)) counts.set(key, (counts.get(key) ?? 0) + 1);
    if (place % TRAVELS_AT_ONCE === 0) await breathe();
  }
  const touchpoints = new Map([...counts].flatMap(([key, count]) => (thingOf(key, watch.names).kind === "touchpoint" ? [[thingOf(key, watch.names).code, count] as const] : [])));
  // Where all who met a step came over one connection, that connection says nothing new.
  const different = [...counts].filter(([key, count]) => {
    const { kind, code } = thingOf(key, watch.names);
    return kind !== "edge" || touchpoints.get(code) !== count;
  });
  const kept = different.filter(([, count]) => count >= FEWEST_MET).toSorted(([one, count], [other, otherCount]) => otherCount - count || one - other).slice(0, THINGS_MAX);
  const chosen = new Map(kept.map(([key]): [number, Met] => [key, { travels: [], froms: [], ats: [] }]));
  for (const [place, travel] of travels.entries()) {
    for (const { key, from, at } of listMeetings(travel, watch)) {
      const met = chosen.get(key);
      met?.travels.push(place);
      met?.froms.push(from);
      met?.ats.push(at);
    }
    if (place % TRAVELS_AT_ONCE === 0) await breathe();
  }
  return { chosen, leftOut: different.length - chosen.size };
};

const showEvidence = ({ names, travels }: ReadTravels, { matched, comparison, verdict, band, cost }: Omit<Judged<Row<unknown>>, "thing">, worse: "lower" | "higher"): Pick<Nameless<Effect>, "point" | "with" | "without" | "compared" | "verdict" | "cost" | "examples"> => {
  const [badly, well] = worse === "lower" ? [matched.others, matched.above] : [matched.above, matched.others];
  const places = [...badly.toReversed(), ...well.toReversed()].slice(0, 4 * EXAMPLES_MAX);
  return {
    point: names[matched.point] ?? null, with: sideOf(matched.with), without: sideOf(matched.without),
    compared: comparison === null ? null : { ...withoutChance(comparison), band: band ?? 0 }, verdict, cost,
    examples: [...new Set(places.map((place) => travels[place]?.customer ?? ""))].slice(0, EXAMPLES_MAX),
  };
};

const sideOf = ({ count, sum }: { count: number; sum: number }): { count: number; mean: number | null } => ({ count, mean: count === 0 ? null : sum / count });
const withoutChance = ({ chanceError: _, ...shown }: Comparison): Omit<Comparison, "chanceError"> => shown;
