// The life of an alert: raised, lasting, over. One fold over looks serves both what happens now and what would have happened.
import { z95 } from "../../customers/scores/normal.rules.ts";
import type { RuleBasis } from "./basis.rules.ts";
import type { Finding, Scene, Sign } from "./findings.rules.ts";
import { furtherLevel, furtherVolume, type Further } from "./further.rules.ts";
import { compareLevel, levelBefore, lookAtLevels, type LevelBefore, type LevelSeries, type SameBefore } from "./levels.rules.ts";
import { compareVolume, lookAtVolumes, volumeBefore, type VolumeBefore, type VolumeSeries } from "./volumes.rules.ts";

/** `new_level`: it lasted so long that it is what is usual now. */
export type EndReason = "back" | "new_level";

/** `since`: where what lasts began, when it has grown worse and the finding is of that. */
export type OpenAlert = { raisedAt: number; since?: number; sign: Sign; finding: Finding; before: LevelBefore | VolumeBefore };

/** What a rule remembers from one look to the next; steps are days or hours from 1970. */
export type WatchState = {
  lookedUntil: number | null;
  open: OpenAlert | null;
  notBefore: number;
  leftOut: { from: number; to: number }[];
  /** How much was there at the last look, to notice history that came late; when comments had last been read anew, which turns what
   *  they say; and what a formula or a measure from facts was then. */
  known: { from: number; until: number; count: number; readAnewAt?: string | null; restsOn?: RuleBasis | null } | null;
  /** When the past was read again because a formula or the facts of a measure had become others, and what they were, in words. */
  turned?: { at: string; before: string; after: string } | null;
};

/** `worse`: what lasts went on in the same direction, so far that it is told anew; its alert takes the place of the one before. */
export type Happening = { kind: "raised" | "worse"; at: number; alert: OpenAlert } | { kind: "over"; at: number; reason: EndReason };

/** Eyes for one kind of series. */
export type Eye = {
  look: (given: Scene & { end: number; sign: Sign }) => { finding: Finding; before: OpenAlert["before"] } | null;
  /** Where what was usual has come back, the first step of the stretch that shows it. */
  findBack: (open: OpenAlert, end: number) => number | null;
  /** Where it has gone on: the strongest change against the level since it began, and the same stretch against what was usual before. */
  findFurther: (open: OpenAlert, end: number) => Further | null;
  longest: number;
  /** How far apart a finding's size is worth telling, given what was expected. */
  isWorthTelling: (finding: Finding) => boolean;
};

export const freshState: WatchState = { lookedUntil: null, open: null, notBefore: 0, leftOut: [], known: null };

/** One look at the end of a day or hour.
 *  @returns the new state, and what happened; the given state is not changed */
export const lookOnce = (eye: Eye, state: WatchState, look: { end: number; signs: readonly Sign[]; threshold: number }): { state: WatchState; happening: Happening | null } => {
  const looked = { ...state, lookedUntil: look.end };
  if (state.open !== null) return lookAtOpen(eye, looked, state.open, look);
  const scene: Scene = { notBefore: state.notBefore, isLeftOut: (step) => state.leftOut.some(({ from, to }) => step >= from && step < to) };
  for (const sign of look.signs) {
    const seen = eye.look({ ...scene, end: look.end, sign });
    if (seen === null || seen.finding.statistic < look.threshold || !eye.isWorthTelling(seen.finding)) continue;
    const alert: OpenAlert = { raisedAt: look.end, sign, ...seen };
    return { state: { ...looked, open: alert }, happening: { kind: "raised", at: look.end, alert } };
  }
  return { state: looked, happening: null };
};

const lookAtOpen = (eye: Eye, state: WatchState, open: OpenAlert, { end, threshold }: { end: number; threshold: number }): { state: WatchState; happening: Happening | null } => {
  const back = eye.findBack(open, end);
  if (back !== null) {
    // What was wrong says nothing about what is usual; it is forgotten once it lies beyond every baseline.
    const leftOut = [...state.leftOut.slice(-20), { from: beginOf(open), to: back }];
    return { state: { ...state, open: null, notBefore: back, leftOut }, happening: { kind: "over", at: end, reason: "back" } };
  }
  const worse = findWorse(eye, open, end, threshold);
  if (worse !== null) return { state: { ...state, open: worse }, happening: { kind: "worse", at: end, alert: worse } };
  if (end - open.raisedAt < eye.longest) return { state, happening: null };
  return { state: { ...state, open: null, notBefore: end + 1 }, happening: { kind: "over", at: end, reason: "new_level" } };
};

const beginOf = ({ since, finding }: OpenAlert): number => since ?? finding.from;

const findWorse = (eye: Eye, open: OpenAlert, end: number, threshold: number): OpenAlert | null => {
  const found = eye.findFurther(open, end);
  if (found === null || found.further.statistic < threshold || !eye.isWorthTelling(found.further)) return null;
  return { ...open, raisedAt: end, since: beginOf(open), finding: found.finding };
};

/** @param smallest difference worth telling, in the series' own values */
export const eyeForLevels = (series: LevelSeries, smallest: number, sameBefore: SameBefore = () => null): Eye => ({
  look: lookerAtLevels(series, sameBefore),
  findBack: (open, end) => {
    if (!("variance" in open.before)) return null;
    for (const days of [7, 14, 28]) {
      const from = end - days + 1;
      if (from <= open.raisedAt) return null;
      const now = compareLevel(series, open.before, { from, end });
      if (now === null || (now.count < 30 && days < 28)) continue;
      if (isHalfBack(open, { difference: now.difference, error: errorOf(now) }, sureSize(open.finding))) return from;
    }
    return null;
  },
  findFurther: (open, end) => furtherLevel(series, open, end),
  longest: 56,
  isWorthTelling: ({ difference }) => Math.abs(difference) >= smallest,
});

// Windows of five lengths begin on the same day sooner or later, so what was usual before it is worked out once; times are left out anew only
// when an alert ends, and then nothing before that is told.
const lookerAtLevels = (series: LevelSeries, sameBefore: SameBefore): Eye["look"] => {
  let kept: { notBefore: number; days: Map<number, LevelBefore | null> } = { notBefore: 0, days: new Map() };
  return (given) => {
    if (kept.notBefore !== given.notBefore) kept = { notBefore: given.notBefore, days: new Map() };
    const { days } = kept;
    const beforeOf = (from: number): LevelBefore | null => {
      const known = days.get(from);
      if (known !== undefined) return known;
      const before = levelBefore(series, from, given);
      days.set(from, before);
      return before;
    };
    const finding = lookAtLevels(series, beforeOf, given, sameBefore);
    const before = finding === null ? null : beforeOf(finding.from);
    if (finding === null || before === null) return null;
    // What lasts is compared with what was frozen: never more surely than what was told.
    const spread = Math.max(1, sameBefore(finding)?.spread ?? 1);
    return { finding, before: spread === 1 ? before : { ...before, dispersion: before.dispersion * spread } };
  };
};

/** @param smallest share of what is expected that is worth telling */
export const eyeForVolumes = (series: VolumeSeries, smallest: number): Eye => {
  // What is usual is worked out anew once a day: an hour hardly changes eight weeks.
  let kept: { day: number; leftOut: string; before: VolumeBefore | null } | null = null;
  return {
    look: (given) => {
      const day = Math.floor(given.end / 24);
      const leftOut = `${given.notBefore}`;
      if (kept?.day !== day || kept.leftOut !== leftOut) kept = { day, leftOut, before: volumeBefore(series, day * 24 - 1, given) };
      const { before } = kept;
      const finding = before === null ? null : lookAtVolumes(series, before, given);
      return finding === null || before === null ? null : { finding, before };
    },
    findBack: (open, end) => {
      if (!("perSlot" in open.before)) return null;
      const from = Math.max(open.raisedAt + 1, end - 23);
      const now = end - from < 7 ? null : compareVolume(series, open.before, { from, end });
      if (now === null || now.expected <= 0) return null;
      const shares = { difference: now.difference / now.expected, error: errorOf(now) / now.expected };
      return isHalfBack(open, shares, sureSize(open.finding) / Math.max(open.finding.expected, 1)) ? from : null;
    },
    findFurther: (open, end) => furtherVolume(series, open, end),
    longest: 56 * 24,
    isWorthTelling: ({ difference, expected }) => Math.abs(difference) >= smallest * Math.max(expected, 1),
  };
};

// More than half of the way back, by one standard error: "no longer beyond chance" would end alerts about few answers at once, and raise them anew
// the week after.
const isHalfBack = ({ sign }: OpenAlert, now: { difference: number; error: number }, then: number): boolean => sign * now.difference + now.error < then / 2;

// What alarmed is more extreme than what lasts, all the more after a single day: the near end of its interval is believed, but at least half of it.
const sureSize = ({ difference, low, high }: Finding): number => Math.max(Math.min(Math.abs(low), Math.abs(high)), Math.abs(difference) / 2);

const errorOf = ({ low, high }: Finding): number => (high - low) / (2 * z95);

/** Whether history came in, or was taken out, since the last look: then a change in what is usual is no news. Under a tenth is stragglers. */
export const hasHistoryMoved = (known: WatchState["known"], countNow: number): boolean =>
  known !== null && Math.abs(countNow - known.count) > Math.max(10, known.count / 10);
