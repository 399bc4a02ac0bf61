import type { Membership, Placement } from "./teams.contract.ts";

/** A stretch of days as text `2026-05-01`, half open; null at an end: without end. */
export type Days = { from: string | null; to: string | null };
/** Who was where when, in milliseconds since 1970, half open. */
export type Post = { memberId: string; teamId: string; department: string | null; fromMs: number; toMs: number };

/** Whether two stretches share a day. */
export const overlap = (one: Days, other: Days): boolean => startsBefore(one, other.to) && startsBefore(other, one.to);

const startsBefore = ({ from }: Days, end: string | null): boolean => from === null || end === null || from < end;

/** Whether a stretch holds a day at all. */
export const isStretch = ({ from, to }: Days): boolean => from === null || to === null || from < to;

/** @returns the first stretch that shares a day with one before it in the list */
export const findOverlap = <One extends Days>(stretches: readonly One[], isSame: (one: One, other: One) => boolean): One | undefined =>
  stretches.find((one, index) => stretches.slice(0, index).some((other) => isSame(one, other) && overlap(one, other)));

/** Whether a stretch holds this day. */
export const holds = ({ from, to }: Days, day: string): boolean => (from === null || from <= day) && (to === null || day < to);

/** Lays memberships over the departments of their teams: a post for each stretch in which neither changed, also where the team had no department.
 *  @param msOf the moment a day begins */
export const listPosts = (
  memberships: readonly (Membership & { teamId: string })[],
  placements: readonly (Placement & { teamId: string })[],
  msOf: (day: string) => number,
): Post[] => {
  const byTeam = Map.groupBy(placements, ({ teamId }) => teamId);
  return memberships.flatMap(({ memberId, teamId, from, to }) => {
    const [startMs, endMs] = [from === null ? -endless : msOf(from), to === null ? endless : msOf(to)];
    const own = (byTeam.get(teamId) ?? []).map((one) => ({ department: one.department, fromMs: one.from === null ? -endless : msOf(one.from), toMs: one.to === null ? endless : msOf(one.to) }));
    const cuts = [startMs, ...own.flatMap(({ fromMs, toMs }) => [fromMs, toMs]).filter((ms) => ms > startMs && ms < endMs), endMs];
    const ordered = [...new Set(cuts)].toSorted((one, other) => one - other);
    return ordered.slice(1).map((toMs, index) => {
      const fromMs = ordered[index] ?? startMs;
      return { memberId, teamId, department: own.find((one) => one.fromMs <= fromMs && fromMs < one.toMs)?.department ?? null, fromMs, toMs };
    });
  });
};

/** Further than any day of a calendar, and a whole number to every engine. */
export const endless = 1e15;
