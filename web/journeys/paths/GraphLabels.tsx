import { useMemo } from "react";
import { formatShort } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { alongSpline, keepInside, type Labelled, placeLabels, placesOn, type Point } from "./graph-labels.rules.ts";
import { nameOf, sayTime } from "./path-words.ts";
import type { GraphEdge, GraphNode, GraphReply } from "./paths.data.ts";
import type { EdgeMeasure } from "./paths-search.ts";
import { pathsTexts } from "./paths.texts.ts";

type GraphLabelsProps = { graph: GraphReply; shown: EdgeMeasure; pointed: string | null };

/** What the connections say, each where it covers nothing; one that has no such place says it while it is pointed at, and in the table below. */
export const GraphLabels = ({ graph, shown, pointed }: GraphLabelsProps) => {
  const t = useTexts(pathsTexts);
  const labelled = useMemo(() => listLabelled(graph, shown), [graph, shown]);
  const places = useMemo(() => placeLabels(labelled, graph.nodes), [labelled, graph.nodes]);
  const edge = graph.edges.find(({ id }) => id === pointed);
  const at = labelled.find(({ id }) => id === pointed)?.places[0];
  const name = (id: string): string => nameOf(graph.nodes.find((node) => node.id === id));
  return (
    <>
      {graph.edges.map((one) => <Label key={one.id} at={places.get(one.id)}>{sayEdge(one, shown)}</Label>)}
      {edge !== undefined && <Label at={places.get(edge.id) ?? at} isPointed>{t("edgeShown", { from: name(edge.from), to: name(edge.to), value: sayEdge(edge, shown) })}</Label>}
    </>
  );
};

const Label = ({ at, isPointed = false, children }: { at: Point | undefined; isPointed?: boolean; children: string }) =>
  at !== undefined && <span className={isPointed ? "path-edge-label path-edge-pointed" : "path-edge-label"} aria-hidden style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}>{children}</span>;

// As `.path-edge-label` is drawn: a figure is 0.64 of its letters' size of 17 wide, and a letter not more in the mean.
const [LETTER, SIDES, HEIGHT] = [11, 14, 25];

const listLabelled = (graph: GraphReply, shown: EdgeMeasure): Labelled[] => {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  return graph.edges.toSorted((one, other) => other.count - one.count).map((edge) => {
    const size = { width: sayEdge(edge, shown).length * LETTER + SIDES, height: HEIGHT };
    const node = edge.from === edge.to ? byId.get(edge.from) : undefined;
    if (node !== undefined) return { id: edge.id, size, line: [], places: besideLoop(node, size.width).filter(({ x }) => x + size.width / 2 <= graph.width) };
    const line = alongSpline(edge.points);
    return { id: edge.id, size, line, places: placesOn(line).map((place) => keepInside(place, size, graph)) };
  });
};

const besideLoop = ({ x, y, width }: GraphNode, wide: number): Point[] => [0, -18, 18].map((down) => ({ x: x + width / 2 + 8 + wide / 2, y: y + down }));

const sayEdge = (edge: GraphEdge, shown: EdgeMeasure): string => {
  const value = edge[shown];
  if (value === null) return "–";
  return shown === "medianS" || shown === "meanS" || shown === "p90S" ? sayTime(value) : formatShort(value);
};
