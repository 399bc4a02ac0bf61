// Gaps between what was expected and what was delivered, from counts.
import { joinSums, type Sums } from "../definitions/sums.rules.ts";
import type { BoundStep } from "../overlays/spots.rules.ts";
import type { PromiseCount, StepWait } from "../overlays/overlays.rules.ts";
import { comparePlaces, concernedBy, differBeyondChance, feelingOf, type FoundGap, type Happened, type Reach } from "./gaps.rules.ts";

type NeedCount = { touchpoint: string; comments: number; feeling: number; expect: { unmet: number; feeling: number | null }; promise: { unmet: number; feeling: number | null } };
type ScoreCount = { touchpoint: string; channel: string | null; sums: Sums };
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
  const usual = feelingOf(joinSums(scores.map(({ sums }) => sums)));
  return bound.flatMap(({ step, matches, next }, at): FoundGap[] => {
    const touchpoint = matches[0]?.touchpoint;
    if (touchpoint === undefined) return [];
    const map = { id, name, stepId: step.id, stepName: step.name };
    const felt = feelingOf(joinSums(scores.filter((one) => matches.some((match) => match.touchpoint === one.touchpoint && (match.channel === null || match.channel === one.channel))).map(({ sums }) => sums)));
    const customers = Math.max(...matches.map((match) => reachOf(match.touchpoint)?.customers ?? 0));
    const designed = step.designed.during ?? step.designed.after ?? step.designed.before;
    const found: FoundGap[] = [];
    const wait = waits.find((one) => one.at === at);
    if (next !== null && step.nextWithinHours !== null && wait !== undefined && wait.withinPlanned < wait.wentOn) {
      const late = wait.wentOn - wait.withinPlanned;
      const later = bound[next]?.matches ?? [];
      const afterwards = feelingOf(joinSums(scores.filter((one) => later.some((match) => match.touchpoint === one.touchpoint)).map(({ sums }) => sums)));
      found.push({
        ...nowhere, kind: "late", touchpoint, map, matches: [...matches, ...later],
        happened: wait.late.map(({ customer, leftMs, cameMs }) => ({ customer, byMs: leftMs + (step.nextWithinHours ?? 0) * HOUR_MS, cameMs })), expected: 1, delivered: wait.withinPlanned / wait.wentOn, seen: late, of: wait.wentOn,
        people: concernedBy(late, wait.wentOn, wait.wentOn * every), distance: afterwards === null || usual === null ? null : Math.max(0, usual.mean - afterwards.mean),
      });
    }
    if (designed !== null && felt !== null && felt.high < designed / 2) {
      const count = joinSums(scores.filter((one) => matches.some((match) => match.touchpoint === one.touchpoint)).map(({ sums }) => sums)).count;
      found.push({ ...nowhere, kind: "feeling", touchpoint, map, matches, expected: designed / 2, delivered: felt.mean, seen: count, of: count, people: customers, distance: designed / 2 - felt.mean });
    }
    return found;
  });
};

/** Dates told and not kept. Somebody let down twice is one customer.
 *  @param promises one row for each touchpoint */
export const findBrokenPromises = (promises: readonly PromiseCount[], broken: readonly (Happened & { touchpoint: string })[], scores: readonly ScoreCount[]): FoundGap[] => {
  const usual = feelingOf(joinSums(scores.map(({ sums }) => sums)));
  return promises.flatMap(({ touchpoint, kept, broken: times, customers, letDown, felt }): FoundGap[] => {
    // Those it was kept for are the measure; where they did not say enough, all scores are.
    const here = feelingOf(felt.broken) ?? feelingOf(joinSums(scores.filter((one) => one.touchpoint === touchpoint).map(({ sums }) => sums)));
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

/** Channels, places, teams or members where the same touchpoint is worse than elsewhere, when these differ beyond chance. */
export const findInconsistencies = <Row extends { touchpoint: string; sums: Sums }>(scores: readonly Row[], { kind, whereOf, nameOf }: Across<Row>, reachOf: ReachOf): { gaps: FoundGap[]; tested: number; differing: number } => {
  const compared = [...Map.groupBy(scores, ({ touchpoint }) => touchpoint)].flatMap(([touchpoint, own]) => {
    const placed = own.flatMap((row) => {
      const where = whereOf(row);
      return where === null ? [] : [{ where, sums: row.sums }];
    });
    const places = [...Map.groupBy(placed, ({ where }) => where)].map(([place, rows]) => ({ place, sums: joinSums(rows.map(({ sums }) => sums)) }));
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
  return { gaps, tested: compared.length, differing: differs.filter(Boolean).length };
};
