// Where a customer who goes along a graph is at a time.
import type { GraphReply } from "@firsthand/server/journeys/paths/paths.contract";

type Point = { x: number; y: number };
type Graph = Pick<GraphReply, "nodes" | "edges">;

/** The lines a customer goes along, one per move: that of the connection where it is drawn, else straight. Steps that are not drawn are met at "other". */
export const listLegs = ({ nodes, edges }: Graph, names: readonly string[]): Point[][] => {
  const other = nodes.find(({ name }) => name === null);
  const places = names.flatMap((name) => nodes.find((node) => node.name === name) ?? other ?? []);
  return places.slice(1).map((to, at) => {
    const from = places[at] ?? to;
    const line = edges.find((edge) => edge.from === from.id && edge.to === to.id)?.points ?? [];
    return [{ x: from.x, y: from.y }, ...line, { x: to.x, y: to.y }];
  });
};

/** A point on a line.
 *  @param share 0–1 of its length */
export const placeOn = (line: readonly Point[], share: number): Point => {
  const lengths = line.slice(1).map((point, at) => Math.hypot(point.x - (line[at]?.x ?? 0), point.y - (line[at]?.y ?? 0)));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [at, length] of lengths.entries()) {
    const [from, to] = [line[at], line[at + 1]];
    if (from === undefined || to === undefined) break;
    if (left <= length) {
      const part = length === 0 ? 0 : left / length;
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    }
    left -= length;
  }
  return line.at(-1) ?? { x: 0, y: 0 };
};
