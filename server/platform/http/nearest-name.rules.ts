// Longer names are no slips of the hand, and comparing them takes time a caller should not choose.
const LONGEST = 60;

/** The name somebody most likely meant.
 *  @param known names in any order; @param written what was written instead
 *  @returns one of `known`: the same but for case and joints, one that goes on or breaks off, or one at most a third of its letters away; null when none is near
 *  Source: distance with swaps of neighbours, Damerau, "A technique for computer detection and correction of spelling errors", CACM 1964. */
export const findNearestName = (written: string, known: readonly string[]): string | null => {
  if (written.length > LONGEST) return null;
  const plain = plainly(written);
  const near = known.flatMap((name) => {
    const distance = distanceOf(plain, plainly(name));
    return distance === null ? [] : [{ name, distance }];
  });
  return near.sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))[0]?.name ?? null;
};

const plainly = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const distanceOf = (written: string, known: string): number | null => {
  const [shorter, longer] = written.length < known.length ? [written, known] : [known, written];
  const edits = countEdits(written, known);
  // `template` for `templateId`: one is the beginning of the other.
  if (edits <= Math.floor(longer.length / 3) || (shorter.length >= 3 && longer.startsWith(shorter))) return edits;
  return null;
};

const countEdits = (one: string, other: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const edits = [at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1), ...(isSwapped ? [at(before, column - 2) + 1] : [])];
      next.push(Math.min(...edits));
    }
    [before, last] = [last, next];
  }
  return at(last, other.length);
};

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
