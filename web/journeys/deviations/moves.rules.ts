import type { AlignedMove, DeviationKind } from "@firsthand/server/journeys/deviations/deviations.contract";

/** Where a deviation stands first among what one customer did.
 *  @param asked its kind, and the step, touchpoint or fork it is about; a fork is told by the step each of its ways begins with
 *  @returns null where nothing tells which of the moves it is */
export const placeOf = (moves: readonly AlignedMove[], { kind, part, ways }: { kind: DeviationKind; part: string; ways: readonly string[] }): number | null => {
  const at = moves.findIndex((move) => {
    switch (kind) {
      case "missing": return move.kind === "missing" && (ways.length > 0 ? move.ways.join() === ways.join() : move.ways.length === 0 && move.stepId === part);
      case "ad_hoc": return move.kind === "ad_hoc" && move.touchpoint === part;
      case "out_of_order": return move.kind === "out_of_order" && move.stepId === part;
      case "failed": return move.kind === "failure" && move.stepId === part;
    }
  });
  return at < 0 ? null : at;
};

const BEFORE = 3;
const AFTER = 6;
// What a button would hide must be worth the click.
const FEWEST_HIDDEN = 3;

/** What is shown at first of so many moves: from a little before the one that matters to a little after it.
 *  @returns half open; everything where no move matters more than others */
export const shownAround = (count: number, at: number | null): { from: number; to: number } => {
  if (at === null) return { from: 0, to: count };
  const [from, to] = [at - BEFORE, at + 1 + AFTER];
  return { from: from < FEWEST_HIDDEN ? 0 : from, to: count - to < FEWEST_HIDDEN ? count : to };
};
