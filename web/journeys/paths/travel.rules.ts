// Where a customer who goes along a graph is at a time.
import type { GraphReply } from "@firsthand/server/journeys/paths/paths.contract";

type Point = { x: number; y: number };
type Graph = Pick<GraphReply, "nodes" | "edges">;

/** The lines a customer goes along, one per move: that of the connection where it is drawn, else straight. Steps that are not drawn are met at "other". */
export const makeLegs = ({ nodes, edges }: Graph): ((names: readonly string[]) => Point[][]) => {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const lines = new Map(edges.map(({ from, to, points }) => [JSON.stringify([from, to]), points]));
  return (names) => {
    const places = names.flatMap((name) => byName.get(name) ?? byName.get(null) ?? []);
    return places.slice(1).map((to, at) => {
      const from = places[at] ?? to;
      const line = lines.get(JSON.stringify([from.id, to.id])) ?? [];
      return [{ x: from.x, y: from.y }, ...line, { x: to.x, y: to.y }];
    });
  };
};

/** Where a customer is when so many steps have passed.
 *  @param passed steps since the customer set out; with a part of a step between two of them
 *  @returns null before setting out, and once a step has passed since the last */
export const placeAfter = (legs: readonly (readonly Point[])[], passed: number): Point | null => {
  if (passed < 0 || passed > legs.length + 1) return null;
  const leg = legs[Math.min(Math.floor(passed), legs.length - 1)];
  return leg === undefined ? null : placeOn(leg, passed >= legs.length ? 1 : passed - Math.floor(passed));
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
