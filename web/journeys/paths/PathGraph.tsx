import { BaseEdge, Controls, type Edge, type EdgeProps, Handle, MarkerType, type Node, type NodeHandle, type NodeProps, Position, ReactFlow, type ReactFlowInstance, ViewportPortal } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { curveBasis, line } from "d3-shape";
import { createContext, type RefObject, use, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { ZOOM_MAX } from "@firsthand/server/journeys/paths/graph-frame.rules";
import { formatShort } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { openEdge } from "./GraphTables.tsx";
import { GraphLabels } from "./GraphLabels.tsx";
import { firstPlace, frameOf, heightOf } from "./graph-place.ts";
import { moodOf, nameOf } from "./path-words.ts";
import type { GraphEdge, GraphNode, GraphReply, TravellersReply } from "./paths.data.ts";
import type { EdgeMeasure } from "./paths-search.ts";
import { pathsTexts } from "./paths.texts.ts";
import type { ChosenPlace } from "./PlacePanel.tsx";
import { type Mover, TravellerDots } from "./TravellerDots.tsx";

type PathGraphProps = { graph: GraphReply; shown: EdgeMeasure; travellers: TravellersReply["travellers"]; mover: RefObject<Mover | null>; onOpen: (place: ChosenPlace) => void; onDrawn: () => void };

type NodeData = { node: GraphNode };
type EdgeData = { edge: GraphEdge; from: GraphNode; to: GraphNode; weight: number };
type PathNode = Node<NodeData, "path">;
type PathEdge = Edge<EdgeData, "path">;

const Opening = createContext<(place: ChosenPlace) => void>(() => undefined);

/** The graph, placed by the server; it can be moved and made larger, and each step and connection opened.
 *  @param onDrawn called once, when it has been painted */
export const PathGraph = ({ graph, shown, travellers, mover, onOpen, onDrawn }: PathGraphProps) => {
  const t = useTexts(pathsTexts);
  const nodes = useMemo(() => graph.nodes.map((node): PathNode => ({
    id: node.id, type: "path", data: { node }, position: { x: node.x - node.width / 2, y: node.y - node.height / 2 }, width: node.width, height: node.height, draggable: false, selectable: false, focusable: false, handles: handlesOf(node),
  })), [graph.nodes]);
  const edges = useMemo(() => listEdges(graph), [graph]);
  const [pointed, setPointed] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const tell = useEffectEvent(onDrawn);
  useEffect(() => afterPaint(() => tell()), []);
  return (
    <Opening value={onOpen}>
      <div ref={frame} className="path-graph" style={{ height: heightOf(graph, frameOf(window)) + CONTROLS_PX }} role="group" aria-label={t("graphLabel", { nodes: graph.nodes.length, edges: graph.edges.length })}>
        <ReactFlow
          key={graph.nodes.map(({ id, x, y }) => `${id} ${x} ${y}`).join()}
          nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes}
          onInit={(flow) => void showFirst(flow, graph, frame.current)} minZoom={0.1} maxZoom={2} preventScrolling={false} zoomOnScroll={false} panOnScroll={false}
          nodesDraggable={false} nodesConnectable={false} nodesFocusable={false} edgesFocusable={false} elementsSelectable={false} disableKeyboardA11y onEdgeClick={(_event, { data }) => data !== undefined && openEdge(data.from, data.to, data.edge, onOpen)?.()} onEdgeMouseEnter={(_event, { id }) => setPointed(id)} onEdgeMouseLeave={() => setPointed(null)} proOptions={{ hideAttribution: true }}
        >
          <Controls showInteractive={false} orientation="horizontal" fitViewOptions={whole} />
          <ViewportPortal><GraphLabels graph={graph} shown={shown} pointed={pointed} /></ViewportPortal>
          <ViewportPortal>{travellers.length > 0 && <TravellerDots graph={graph} travellers={travellers} mover={mover} />}</ViewportPortal>
        </ReactFlow>
      </div>
    </Opening>
  );
};

// Told beforehand, so that connections are drawn with the steps and not after all have been measured.
const handlesOf = ({ width, height }: GraphNode): NodeHandle[] => [
  { type: "target", position: Position.Top, x: width / 2, y: 0 },
  { type: "source", position: Position.Bottom, x: width / 2, y: height },
];

const whole = { padding: 0.04, maxZoom: ZOOM_MAX };
// Beneath the drawing, so that they hide none of it at first.
const CONTROLS_PX = 34;

const showFirst = async (flow: ReactFlowInstance<PathNode, PathEdge>, graph: GraphReply, frame: HTMLElement | null): Promise<void> => {
  if (frame !== null) await flow.setViewport(firstPlace(graph, graph.nodes, { width: frame.clientWidth, height: frame.clientHeight }, CONTROLS_PX));
};

/** In the frame after this one. The mark is for whoever measures how soon the first picture is there. */
const afterPaint = (tell: () => void): (() => void) => {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      performance.mark("paths-graph-painted");
      tell();
    });
  });
  return () => cancelAnimationFrame(frame);
};

const listEdges = ({ nodes, edges }: GraphReply): PathEdge[] => {
  const most = Math.max(1, ...edges.map(({ count }) => count));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return edges.flatMap((edge): PathEdge[] => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    return [{ id: edge.id, type: "path", source: edge.from, target: edge.to, focusable: false, markerEnd: { type: MarkerType.ArrowClosed, color: "var(--brand)", width: 16, height: 16, markerUnits: "userSpaceOnUse" }, data: { edge, from, to, weight: Math.sqrt(edge.count / most) } }];
  });
};

const StepNode = ({ data: { node } }: NodeProps<PathNode>) => {
  const t = useTexts(pathsTexts);
  const open = use(Opening);
  const name = nameOf(node);
  const facts = [
    node.starts > 0 ? { sign: "▸", count: formatShort(node.starts), words: t("begins", { count: formatShort(node.starts) }) } : null,
    node.ends > 0 ? { sign: "■", count: formatShort(node.ends), words: t("ends", { count: formatShort(node.ends) }) } : null,
  ].filter((fact) => fact !== null);
  const inOther = node.name === null ? t("otherInside", { count: node.inside }) : null;
  const title = [name, ...(inOther === null ? [] : [inOther]), ...facts.map(({ words }) => words)].join(" · ");
  const inside = (
    <>
      <span className="path-node-name">{name}</span>
      <span className="path-node-count">{formatShort(node.count)}</span>
      {inOther === null
        ? <span className="path-node-facts">{facts.map(({ sign, count, words }) => <span key={sign}><i aria-hidden>{sign}</i><span aria-hidden>{count}</span><span className="sr-only">{words}</span></span>)}</span>
        : <span className="path-node-facts">{inOther}</span>}
    </>
  );
  return (
    <>
      <Handle type="target" position={Position.Top} className="path-handle" isConnectable={false} />
      {node.name === null ? (
        <div className="path-node path-node-other" title={title}>{inside}</div>
      ) : (
        <button type="button" className={`path-node mood-edge-${moodOf(node)} nopan`} title={title} onClick={() => open({ node, previous: null })}>{inside}</button>
      )}
      <Handle type="source" position={Position.Bottom} className="path-handle" isConnectable={false} />
    </>
  );
};

const smooth = line<{ x: number; y: number }>(({ x }) => x, ({ y }) => y).curve(curveBasis);

// Small when the picture is: the table below opens the same connections at their full size, by keys too.
const StepEdge = ({ data, markerEnd }: EdgeProps<PathEdge>) => {
  if (data === undefined) return null;
  const { edge, from, to, weight } = data;
  const path = from.id === to.id ? drawLoop(from) : (smooth(edge.points) ?? "");
  return <BaseEdge path={path} className="path-edge" interactionWidth={24} style={{ strokeWidth: 1 + weight * 7 }} {...(markerEnd === undefined ? {} : { markerEnd })} />;
};

const drawLoop = ({ x, y, width }: GraphNode): string => {
  const right = x + width / 2;
  return `M ${right} ${y - 14} C ${right + 34} ${y - 30}, ${right + 34} ${y + 30}, ${right} ${y + 14}`;
};

const nodeTypes = { path: StepNode };
const edgeTypes = { path: StepEdge };
