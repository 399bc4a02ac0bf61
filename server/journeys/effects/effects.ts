import { setImmediate as breathe } from "node:timers/promises";
import { listNamesOfCustomers } from "#customers";
import type { Actor } from "#platform/access";
import { keepReadings } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { PathQuery } from "../paths/paths.contract.ts";
import { readJourneySelection, showJourneyPeriod } from "../paths/selection.ts";
import { mayName } from "../paths/trust.ts";
import { compareAlike, type Comparison } from "../definitions/comparisons.rules.ts";
import { readMoney } from "../definitions/definitions.ts";
import { findClusters, raiseByShuffles, toSides } from "./clusters.rules.ts";
import type { Effect, EffectsQuery, EffectsReply, OutcomesReply } from "./effects.contract.ts";
import { isLikelyGoal } from "./goals.rules.ts";
import { countPassed, makeSlots, matchMeetings, type Matched, type Met, type Travels } from "./matching.rules.ts";
import { judge, type Judged } from "./ranking.rules.ts";
import { bandOf, makeRandom } from "./shuffles.rules.ts";
import { countScores, listStepNames } from "./travels.queries.ts";
import { layStands, listMeetings, thingOf, type Outcome, type Thing, type Watch } from "./travels.rules.ts";
import { askSample, CHANNEL_NUMBERS, readContacts, readTravels, type ReadTravels } from "./travels.ts";

export const effectErrors = defineErrors("effects", {
  effect_goal_missing: { status: 400, meaning: "What goes with reaching a goal was asked without saying which goal." },
  effect_money_missing: { status: 400, meaning: "Revenue was asked about, and purchases carry no sums, or sums in several currencies." },
});

/** Rounds of shuffled labels. Of two hundred the 190th is the 95th of a hundred. */
const ROUNDS = 200;
const SEED = 20_261_122;
/** Most that is compared at a time: the more is, the less is beyond chance. */
const THINGS_MAX = 400;
const FEWEST_MET = 5;
const SHOWN_MAX = 200;
const EXAMPLES_MAX = 5;
const PATIENCE_MS = 20_000;
const GOALS_OFFERED = 100;
const TRAVELS_AT_ONCE = 2_000;
const DAY_MS = 86_400_000;

type Row = { thing: Thing; met: number; matched: Matched; comparison: Comparison | null };
type Worked = { rows: Judged<Row>[]; tested: number; leftOut: number; isComplete: boolean };

// Turning a page back and forth asks the same again. Names are not kept: somebody may be erased meanwhile.
type Kept = Omit<EffectsReply, "items"> & { items: (Omit<Effect, "examples"> & { examples: string[] })[] };
const keepEffects = keepReadings<Kept>({ ms: 30_000, most: 20 });

/** What goes with an outcome: touchpoints, connections, loops and silences, each with those who met it against comparable ones who did not.
 *  @throws effect_goal_missing, effect_money_missing, and what `readPathsAsked` throws */
export const listEffects = async (services: Services, actor: Actor, query: EffectsQuery): Promise<EffectsReply> => {
  const { workspaceId } = actor;
  if (query.outcome === "goal" && query.goal === undefined) throw effectErrors.refuse("effect_goal_missing", "Say which step is the goal, such as a purchase.");
  const { selection } = await readJourneySelection(services, workspaceId, { segment: [...(query.segment ?? []), ...(query.alike ?? [])] });
  const found = await keepEffects(services.db, JSON.stringify([workspaceId, query, selection.segments]), async () => {
    const read = await readTravels(services, workspaceId, query);
    if (query.outcome === "revenue" && read.money === null) throw effectErrors.refuse("effect_money_missing", "No purchases with sums in one currency are known here. Send interactions such as Order Completed with a property such as total or revenue.");
    const worse = query.outcome === "leaving" || query.outcome === "repeat_contact" ? "higher" : "lower";
    const { rows, ...worked } = await work(read, query, worse);
    return {
      period: showJourneyPeriod(read.asked.selection), level: query.level, cut: query.cut, outcome: query.outcome, goal: query.goal ?? [], worse, money: query.outcome === "revenue" ? read.money : null,
      paths: read.travels.length, customers: read.customers, sampledShare: read.sampledShare, longPaths: read.longPaths, ...worked, rounds: ROUNDS,
      items: showRows(read, rows.slice(0, SHOWN_MAX), worse),
    };
  });
  const known = mayName(actor) ? await listNamesOfCustomers(services.db, workspaceId, [...new Set(found.items.flatMap(({ examples }) => examples))]) : [];
  const nameOf = new Map(known.map(({ id, name }) => [id, name]));
  return { ...found, items: found.items.map((item) => ({ ...item, examples: item.examples.filter((id) => nameOf.has(id)).map((customerId) => ({ customerId, name: nameOf.get(customerId) ?? null })) })) };
};

/** What could be asked about, guessed from what is there. */
export const listOutcomes = async (services: Services, workspaceId: string, query: PathQuery): Promise<OutcomesReply> => {
  const { asked } = await askSample(services, workspaceId, query);
  const [names, { scores, efforts }, money] = [await listStepNames(services.analytics, asked, 1_000), await countScores(services.analytics, asked.selection), await readMoney(services, workspaceId)];
  const goals = names.map((one) => ({ ...one, isLikely: isLikelyGoal(one.name) })).toSorted((one, other) => Number(other.isLikely) - Number(one.isLikely)).slice(0, GOALS_OFFERED);
  const touchpoints = query.level === "touchpoint" ? names.map(({ name }) => name) : undefined;
  return { goals, scores, effortScores: efforts, contacts: await readContacts(services, workspaceId, asked.selection, touchpoints), ...money };
};

const work = async ({ asked, names, travels, groups, horizonMs }: ReadTravels, query: EffectsQuery, worse: "lower" | "higher"): Promise<Worked> => {
  const startedMs = performance.now();
  const outcome: Outcome = { name: query.outcome, goals: new Set((query.goal ?? []).map((goal) => names.indexOf(goal)).filter((code) => query.outcome === "goal" && code >= 0)) };
  // A silence is half of leaving already, and a visit ends by one.
  const hasSilences = query.outcome !== "leaving" && query.cut !== "session";
  const watch: Watch = { names: names.length, outcome, silenceMs: hasSilences ? query.silenceDays * DAY_MS : null, horizonMs: Math.min(asked.selection.toMs, horizonMs) };
  const { chosen, leftOut } = await chooseThings(travels, watch);
  const size = { names: names.length, groups, channels: CHANNEL_NUMBERS };
  const all: Travels = { ...size, slots: makeSlots(size), travels, passed: countPassed(travels, names.length), stands: layStands(travels, names.length, outcome.goals), outcome };
  const isShare = query.outcome === "goal" || query.outcome === "leaving" || query.outcome === "repeat_contact";
  const random = makeRandom(SEED);
  const largest = Array.from({ length: ROUNDS }, () => 0);
  const rows: Row[] = [];
  for (const [key, met] of chosen) {
    if (performance.now() - startedMs > PATIENCE_MS) break;
    const thing = thingOf(key, names.length);
    const matched = matchMeetings(all, met, thing.kind === "edge" || thing.kind === "loop", random);
    const clusters = findClusters(matched.strata);
    const comparison = compareAlike(toSides(matched.strata), isShare, clusters ?? undefined);
    if (comparison !== null) raiseByShuffles(largest, matched.strata, { chanceError: comparison.chanceError, clusters }, random);
    rows.push({ thing, met: met.travels.length, matched: { ...matched, strata: [] }, comparison });
    await breathe();
  }
  const left = leftOut + chosen.size - rows.length;
  return { rows: judge(rows, { band: bandOf(largest), worse }), tested: rows.filter(({ comparison }) => comparison !== null).length, leftOut: left, isComplete: rows.length === chosen.size };
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

const showRows = ({ names, travels }: ReadTravels, rows: readonly Judged<Row>[], worse: "lower" | "higher"): Kept["items"] => {
  const customersOf = ({ above, others }: Matched): string[] => {
    const [badly, well] = worse === "lower" ? [others, above] : [above, others];
    return [...new Set([...badly.toReversed(), ...well.toReversed()].slice(0, 4 * EXAMPLES_MAX).map((place) => travels[place]?.customer ?? ""))].slice(0, EXAMPLES_MAX);
  };
  return rows.map(({ thing, matched, comparison, verdict, band, cost }) => ({
    kind: thing.kind, node: names[thing.code] ?? "", previous: names[thing.before] ?? null, point: names[matched.point] ?? null,
    with: sideOf(matched.with), without: sideOf(matched.without), compared: comparison === null ? null : { ...withoutChance(comparison), band: band ?? 0 },
    verdict, cost, examples: customersOf(matched),
  }));
};

const sideOf = ({ count, sum }: { count: number; sum: number }): { count: number; mean: number | null } => ({ count, mean: count === 0 ? null : sum / count });
const withoutChance = ({ chanceError: _, ...shown }: Comparison): Omit<Comparison, "chanceError"> => shown;
