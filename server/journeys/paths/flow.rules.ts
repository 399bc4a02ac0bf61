// A flow of paths by the number of the step: the names met most at each step, all others as one, and who left.
import type { FlowLink, FlowNode } from "./paths.contract.ts";

/** How many paths went from one place to another at a step. A place is a name by its rank at its step, 0 the one met most; null: any of the others, or
 *  nothing before the first step. */
export type FlowCount = { step: number; before: number | null; place: number | null; name: string | null; paths: number };

/** @param counts of all paths, each with every step up to `steps`
 *  @returns per step its names, then "other", and "left" for paths that ended at the step before. Links out of a node add up to it, except at the last step */
export const drawFlow = (counts: readonly FlowCount[], steps: number): { paths: number; nodes: FlowNode[]; links: FlowLink[] } => {
  const nodes: FlowNode[] = [];
  const links: FlowLink[] = [];
  for (let step = 1; step <= steps; step += 1) {
    const own = counts.filter((count) => count.step === step);
    nodes.push(...sumStep(own, step));
    if (step === 1) continue;
    for (const { before, place, paths } of own) links.push({ from: idOf(step - 1, before), to: idOf(step, place), paths });
    const left = nodes.filter((node) => node.step === step - 1 && node.kind !== "left").map(({ id, paths }) => ({ from: id, to: `${step}:left`, paths: paths - sumOf(links.filter(({ from }) => from === id)) }));
    const leaving = left.filter(({ paths }) => paths > 0);
    if (leaving.length === 0) continue;
    nodes.push({ id: `${step}:left`, step, name: null, kind: "left", paths: sumOf(leaving) });
    links.push(...leaving);
  }
  return { paths: sumOf(nodes.filter(({ step }) => step === 1)), nodes, links };
};

const sumStep = (counts: readonly FlowCount[], step: number): FlowNode[] =>
  [...Map.groupBy(counts, ({ place }) => place)]
    .toSorted(([one], [other]) => (one ?? Number.POSITIVE_INFINITY) - (other ?? Number.POSITIVE_INFINITY))
    .map(([place, own]) => ({ id: idOf(step, place), step, name: own[0]?.name ?? null, kind: place === null ? "other" : "named", paths: sumOf(own) }));

const idOf = (step: number, place: number | null): string => `${step}:${place ?? "other"}`;
const sumOf = (counted: readonly { paths: number }[]): number => counted.reduce((sum, { paths }) => sum + paths, 0);
