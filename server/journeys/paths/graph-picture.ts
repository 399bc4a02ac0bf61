import { isReadable } from "./graph-frame.rules.ts";
import { placeGraph } from "./graph-layout.ts";
import type { Placed } from "./graph-layout.ts";
import { chooseGraph } from "./graph.rules.ts";
import type { ChosenGraph, GraphCounts } from "./graph.rules.ts";
import type { GraphQuery } from "./paths.contract.ts";

// From the usual one down: the first that can be read as a whole is drawn.
const usualDetails = [0.4, 0.3, 0.2, 0.1] as const;

export type Picture = { chosen: ChosenGraph; placed: Placed; detail: number };

/** What of a graph is drawn, and where: as much as was asked for, or as can be read. */
export const choosePicture = async (counts: GraphCounts, { detail, width, height }: Pick<GraphQuery, "detail" | "width" | "height">): Promise<Picture> => {
  const frame = width === undefined || height === undefined ? null : { width, height };
  const draw = async (drawn: number): Promise<Picture> => {
    const chosen = chooseGraph(counts, drawn);
    return { chosen, placed: await placeGraph(chosen.nodes.map(({ id, starts, count }) => ({ id, begins: starts / Math.max(1, count) })), chosen.edges, frame), detail: drawn };
  };
  if (detail !== undefined) return draw(detail);
  const [usual, ...less] = usualDetails;
  let picture = await draw(usual);
  for (const fewer of less) {
    if (frame === null || isReadable(frame, picture.placed)) break;
    picture = await draw(fewer);
  }
  return picture;
};
