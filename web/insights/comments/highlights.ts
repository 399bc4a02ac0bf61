import type { Highlight } from "./comments.data.ts";

export type Piece = { text: string; about: readonly Highlight["about"][] };

/** Cuts a text where highlights begin and end, so that each piece knows what it carried.
 *  @param highlights in any order, may overlap; places outside the text are cut off
 *  @returns pieces in the order of the text, which together are the text */
export const cutText = (text: string, highlights: readonly Highlight[]): Piece[] => {
  const inside = highlights.map((one) => ({ ...one, from: Math.max(0, one.from), to: Math.min(text.length, one.to) })).filter(({ from, to }) => from < to);
  const ends = [...new Set([0, text.length, ...inside.flatMap(({ from, to }) => [from, to])])].toSorted((one, other) => one - other);
  return ends.slice(0, -1).map((from, place) => {
    const to = ends[place + 1] ?? text.length;
    const about = inside.filter((one) => one.from <= from && one.to >= to).map((one) => one.about);
    return { text: text.slice(from, to), about: [...new Set(about)] };
  });
};
