// Gaps between what was expected and what was delivered, from counts.
import { joinCustomerSums, voicesOf, type CustomerSums } from "../definitions/sums.rules.ts";
import type { BoundStep } from "../overlays/spots.rules.ts";
import { estimateMean, type PromiseCount, type StepWait } from "../overlays/overlays.rules.ts";
import { comparePlaces, concernedBy, differBeyondChance, FEWEST_VOICES, feelingOf, type FoundGap, type Happened, type Reach } from "./gaps.rules.ts";

type NeedCount = { touchpoint: string; comments: number; feeling: number; expect: { unmet: number; feeling: number | null }; promise: { unmet: number; feeling: number | null } };
type ScoreCount = { touchpoint: string; channel: string | null; sums: CustomerSums };
const HOUR_MS = 3_600_000;

type ReachOf = (touchpoint: string) => Reach | undefined;
const nowhere = { where: null, whereId: null, map: null, p: null };

/** What comments say was expected or promised and not met. Their distance is to how all comments feel. */
export const findUnmetNeeds = (needs: readonly NeedCount[], reachOf: ReachOf): FoundGap[] => {
  const comments = needs.reduce((sum, one) => sum + one.comments, 0);
  const usual = comments === 0 ? 0 : needs.reduce((sum, one) => sum + one.feeling, 0) / comments;
  return needs.flatMap((one) =>
    ([["expectation", one.expect], ["promise", one.promise]] as const).flatMap(([kind, { unmet, feeling }]): FoundGap[] => unmet === 0 ? [] : [{
      ...nowhere, kind, touchpoint: one.touchpoint, expected: usual, delivered: feeling, seen: unmet, of: one.comments,
      people: concernedBy(unmet, one.comments, reachOf(one.touchpoint)?.customers ?? one.comments), distance: feeling === null ? null : Math.max(0, usual - feeling),
    }]));
};

/** `rootId`: the map that it and its copies began with. `waits` are of one customer in `every`. */
export type MapMeasured = { id: string; name: string; rootId: string; every: number; bound: readonly BoundStep[]; waits: readonly StepWait[] };

/** What maps show, each once: a step and its copies on other maps tell one gap, that of the map that comes first. */
export const findGapsOfMaps = (maps: readonly MapMeasured[], scores: readonly ScoreCount[], reachOf: ReachOf): FoundGap[] => {
  const found = maps.flatMap((map) => findMapGaps(map, scores, reachOf).map((gap) => [JSON.stringify([map.rootId, gap.map?.stepId, gap.kind]), gap] as const));
  // The last of one key stays.
  return [...new Map(found.toReversed()).values()].toReversed();
};

/** Where a map's steps come too late, or leave customers with worse feelings than designed. */
export const findMapGaps = ({ id, name, every, bound, waits }: MapMeasured, scores: readonly ScoreCount[], reachOf: ReachOf): FoundGap[] => {
  const usual = feelingOf(joinCustomerSums(scores.map(({ sums }) => sums)));
  return bound.flatMap(({ step, matches, next }, at): FoundGap[] => {
    const touchpoint = matches[0]?.touchpoint;
    if (touchpoint === undefined) return [];
    const map = { id, name, stepId: step.id, stepName: step.name };
    const felt = feelingOf(joinCustomerSums(scores.filter((one) => isAt(one, matches)).map(({ sums }) => sums)));
    const customers = Math.max(...matches.map((match) => reachOf(match.touchpoint)?.customers ?? 0));
    const designed = step.designed.during ?? step.designed.after ?? step.designed.before;
    const found: FoundGap[] = [];
    const wait = waits.find((one) => one.at === at);
    if (next !== null && step.nextWithinHours !== null && wait !== undefined && wait.withinPlanned < wait.wentOn) {
      const late = wait.wentOn - wait.withinPlanned;
      const later = bound[next]?.matches ?? [];
      const afterwards = feelingOf(joinCustomerSums(scores.filter((one) => later.some((match) => match.touchpoint === one.touchpoint)).map(({ sums }) => sums)));
      found.push({
        ...nowhere, kind: "late", touchpoint, map, matches: [...matches, ...later],
        happened: wait.late.map(({ customer, leftMs, cameMs }) => ({ customer, byMs: leftMs + (step.nextWithinHours ?? 0) * HOUR_MS, cameMs })), expected: 1, delivered: wait.withinPlanned / wait.wentOn, seen: late, of: wait.wentOn,
        people: concernedBy(late, wait.wentOn, wait.wentOn * every), distance: afterwards === null || usual === null ? null : Math.max(0, usual.mean - afterwards.mean),
      });
    }
    if (designed !== null && felt !== null && felt.high < designed / 2) {
      const count = joinCustomerSums(scores.filter((one) => matches.some((match) => match.touchpoint === one.touchpoint)).map(({ sums }) => sums)).count;
      found.push({ ...nowhere, kind: "feeling", touchpoint, map, matches, expected: designed / 2, delivered: felt.mean, seen: count, of: count, people: customers, distance: designed / 2 - felt.mean });
    }
    return found;
  });
};

/** Dates told and not kept. Somebody let down twice is one customer.
 *  @param promises one row for each touchpoint */
export const findBrokenPromises = (promises: readonly PromiseCount[], broken: readonly (Happened & { touchpoint: string })[], scores: readonly ScoreCount[]): FoundGap[] => {
  const usual = feelingOf(joinCustomerSums(scores.map(({ sums }) => sums)));
  return promises.flatMap(({ touchpoint, kept, broken: times, customers, letDown, felt }): FoundGap[] => {
    // Those it was kept for are the measure; where they did not say enough, all scores are.
    const here = feelingOf(felt.broken) ?? feelingOf(joinCustomerSums(scores.filter((one) => one.touchpoint === touchpoint).map(({ sums }) => sums)));
    const measure = (feelingOf(felt.broken) === null ? null : feelingOf(felt.kept)) ?? usual;
    return times === 0 ? [] : [{
      ...nowhere, kind: "promise_broken", touchpoint, matches: [{ touchpoint, channel: null }], happened: broken.filter((one) => one.touchpoint === touchpoint),
      expected: 1, delivered: kept / (kept + times), seen: times, of: kept + times,
      people: concernedBy(letDown, customers, customers), distance: here === null || measure === null ? null : Math.max(0, measure.mean - here.mean),
    }];
  });
};

/** What a touchpoint is compared across. `whereOf`: the id of the channel, place, team or member of a row, null leaves it out; `nameOf` what it is called. */
export type Across<Row> = { kind: "channel" | "place" | "team" | "member"; whereOf: (row: Row) => string | null; nameOf: (id: string) => string | null };

/** One touchpoint at all its channels, places, teams or members. `p`: how likely chance alone makes them differ so; null where fewer than two can be compared. */
export type SideBySide = {
  touchpoint: string; kind: "channel" | "place" | "team" | "member"; p: number | null; isBeyondChance: boolean; scores: number;
  places: { whereId: string; name: string; count: number; mean: number; low: number | null; high: number | null; isCompared: boolean }[];
};

/** Channels, places, teams or members where the same touchpoint is worse than elsewhere, when these differ beyond chance.
 *  @returns `sides`: every touchpoint that has several, the worst of each first */
export const findInconsistencies = <Row extends { touchpoint: string; sums: CustomerSums }>(scores: readonly Row[], { kind, whereOf, nameOf }: Across<Row>, reachOf: ReachOf): { gaps: FoundGap[]; tested: number; differing: number; sides: SideBySide[] } => {
  const placed = [...Map.groupBy(scores, ({ touchpoint }) => touchpoint)].map(([touchpoint, own]) => {
    const named = own.flatMap((row) => {
      const where = whereOf(row);
      return where === null ? [] : [{ where, sums: row.sums }];
    });
    return { touchpoint, places: [...Map.groupBy(named, ({ where }) => where)].map(([place, rows]) => ({ place, sums: joinCustomerSums(rows.map(({ sums }) => sums)) })) };
  });
  const compared = placed.flatMap(({ touchpoint, places }) => {
    const consistency = comparePlaces(places);
    return consistency === null ? [] : [{ touchpoint, ...consistency }];
  });
  const differs = differBeyondChance(compared);
  const gaps = compared.flatMap(({ touchpoint, mean, p, places }, at) => {
    if (differs[at] !== true) return [];
    const all = places.reduce((sum, { count }) => sum + count, 0);
    return places.flatMap((one): FoundGap[] => {
      const name = nameOf(one.place);
      if (one.shrunken >= mean || name === null) return [];
      return [{ kind, touchpoint, where: name, whereId: one.place, map: null, p, expected: mean, delivered: one.mean, seen: one.count, of: all, people: ((reachOf(touchpoint)?.customers ?? all) * one.count) / all, distance: mean - one.shrunken }];
    });
  });
  const judged = new Map(compared.map(({ touchpoint, p }, at) => [touchpoint, { p, isBeyondChance: differs[at] === true }]));
  const sides = placed.map(({ touchpoint, places }): SideBySide => {
    const shown = places.flatMap(({ place, sums }) => {
      const [name, felt] = [nameOf(place), estimateMean(sums)];
      return name === null || felt === null ? [] : [{ whereId: place, name, ...felt, isCompared: voicesOf(sums) >= FEWEST_VOICES }];
    });
    return { touchpoint, kind, p: null, isBeyondChance: false, ...judged.get(touchpoint), scores: shown.reduce((sum, { count }) => sum + count, 0), places: shown.toSorted((one, other) => one.mean - other.mean || (one.name < other.name ? -1 : 1)) };
  });
  return { gaps, tested: compared.length, differing: differs.filter(Boolean).length, sides: sides.filter(({ places }) => places.length > 1) };
};

/** What was planned for a step of a map, beside what came, also where nothing falls short of it. */
export type PlannedStep = {
  map: { id: string; name: string; stepId: string; stepName: string }; touchpoints: readonly string[];
  designed: number | null; felt: { mean: number; low: number | null; high: number | null; count: number } | null;
  withinHours: number | null; withinPlanned: number | null; wentOn: number;
};

/** Every step for which a feeling or a time is planned. */
export const listPlanned = (maps: readonly MapMeasured[], scores: readonly ScoreCount[]): PlannedStep[] =>
  maps.flatMap(({ id, name, bound, waits }) => bound.flatMap(({ step, matches }, at): PlannedStep[] => {
    const designed = step.designed.during ?? step.designed.after ?? step.designed.before;
    if (matches.length === 0 || (designed === null && step.nextWithinHours === null)) return [];
    const wait = waits.find((one) => one.at === at);
    const isLooked = step.nextWithinHours !== null && wait !== undefined && wait.wentOn > 0;
    return [{
      map: { id, name, stepId: step.id, stepName: step.name }, touchpoints: [...new Set(matches.map(({ touchpoint }) => touchpoint))],
      designed: designed === null ? null : designed / 2, felt: estimateMean(joinCustomerSums(scores.filter((one) => isAt(one, matches)).map(({ sums }) => sums))),
      withinHours: step.nextWithinHours, withinPlanned: isLooked ? wait.withinPlanned / wait.wentOn : null, wentOn: isLooked ? wait.wentOn : 0,
    }];
  }));

const isAt = (one: ScoreCount, matches: BoundStep["matches"]): boolean => matches.some((match) => match.touchpoint === one.touchpoint && (match.channel === null || match.channel === one.channel));
