import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import type { FlowLink, FlowNode, FlowReply } from "./paths.data.ts";

const NODE_WIDTH = 10;
// Of a usual letter at 11 px, measured; a longer name is cut, its whole stands in the title.
const LETTER_PX = 6.1;

export type DrawnFlow = {
  nodeWidth: number;
  columnWidth: number;
  columns: { step: number; x: number }[];
  nodes: { node: FlowNode; x: number; y: number; height: number }[];
  links: { key: string; path: string; thickness: number; isLeaving: boolean }[];
};

/** Places a flow in columns, one per step. The last column keeps room for its names. */
export const drawSankey = (flow: Pick<FlowReply, "nodes" | "links">, { width, height, top }: { width: number; height: number; top: number }): DrawnFlow => {
  const steps = Math.max(1, ...flow.nodes.map(({ step }) => step));
  const columnWidth = width / steps;
  const layout = sankey<FlowNode, FlowLink>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ step }) => step - 1)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(14)
    .extent([[0, top], [width - columnWidth + NODE_WIDTH, height - 4]]);
  const placed = layout({ nodes: flow.nodes.map((node) => ({ ...node })), links: flow.links.map((link) => ({ ...link, source: link.from, target: link.to, value: link.paths })) });
  const line = sankeyLinkHorizontal<FlowNode, FlowLink>();
  return {
    nodeWidth: NODE_WIDTH,
    columnWidth,
    columns: Array.from({ length: steps }, (_, at) => ({ step: at + 1, x: steps === 1 ? 0 : (at * (width - columnWidth)) / (steps - 1) })),
    nodes: placed.nodes.map((node) => ({ node, x: node.x0 ?? 0, y: node.y0 ?? 0, height: Math.max(1, (node.y1 ?? 0) - (node.y0 ?? 0)) })),
    links: placed.links.map((link) => ({ key: `${link.from} ${link.to}`, path: line(link) ?? "", thickness: Math.max(1, link.width ?? 1), isLeaving: link.to.endsWith(":left") })),
  };
};

/** As much of a text as there is room for. */
export const fitText = (text: string, roomPx: number): string => {
  const letters = Math.max(3, Math.floor(roomPx / LETTER_PX));
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join("").trimEnd()}…`;
};
