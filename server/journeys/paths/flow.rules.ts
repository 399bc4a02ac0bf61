// A flow of paths by the number of the step: the names met most at each step, all others as one, and who left.
import type { FlowLink, FlowNode } from "./paths.contract.ts";

type FlowCount = { step: number; previous: string | null; node: string; paths: number };

/** @param counts paths per step, name, and name at the step before; complete up to `steps`
 *  @returns per step at most `perStep` names, then "other", and "left" for paths that ended at the step before. Links out of a node add up to it, except at the last step */
export const drawFlow = (counts: readonly FlowCount[], { steps, perStep }: { steps: number; perStep: number }): { paths: number; nodes: FlowNode[]; links: FlowLink[] } => {
  const nodes: FlowNode[] = [];
  const links = new Map<string, FlowLink>();
  const link = (from: string, to: string, paths: number): void => {
    if (paths > 0) links.set(`${from} ${to}`, { from, to, paths: (links.get(`${from} ${to}`)?.paths ?? 0) + paths });
  };
  let before = new Map<string, string>();
  for (let step = 1; step <= steps; step += 1) {
    const own = counts.filter((count) => count.step === step);
    const ids = nameStep(own, step, perStep);
    const idOf = (name: string): string => ids.get(name) ?? `${step}:other`;
    for (const node of sumStep(own, step, ids)) nodes.push(node);
    for (const { previous, node, paths } of own) if (previous !== null) link(before.get(previous) ?? `${step - 1}:other`, idOf(node), paths);
    const left = nodes.filter((node) => node.step === step - 1 && node.kind !== "left").map((node) => ({ id: node.id, paths: node.paths - sumFrom(links, node.id) }));
    const leaving = left.reduce((sum, { paths }) => sum + paths, 0);
    if (step > 1 && leaving > 0) {
      nodes.push({ id: `${step}:left`, step, name: null, kind: "left", paths: leaving });
      for (const { id, paths } of left) link(id, `${step}:left`, paths);
    }
    before = ids;
  }
  return { paths: nodes.filter(({ step }) => step === 1).reduce((sum, { paths }) => sum + paths, 0), nodes, links: [...links.values()] };
};

/** The names shown one by one at a step, with their ids. */
const nameStep = (counts: readonly FlowCount[], step: number, perStep: number): Map<string, string> =>
  new Map([...totals(counts)].toSorted(([one, paths], [other, otherPaths]) => otherPaths - paths || (one < other ? -1 : 1)).slice(0, perStep).map(([name], at) => [name, `${step}:${at}`]));

const sumStep = (counts: readonly FlowCount[], step: number, ids: ReadonlyMap<string, string>): FlowNode[] => {
  const sums = totals(counts);
  const named = [...ids].map(([name, id]): FlowNode => ({ id, step, name, kind: "named", paths: sums.get(name) ?? 0 }));
  const rest = [...sums].filter(([name]) => !ids.has(name)).reduce((sum, [, paths]) => sum + paths, 0);
  return rest === 0 ? named : [...named, { id: `${step}:other`, step, name: null, kind: "other", paths: rest }];
};

const totals = (counts: readonly FlowCount[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { node, paths } of counts) sums.set(node, (sums.get(node) ?? 0) + paths);
  return sums;
};

const sumFrom = (links: ReadonlyMap<string, FlowLink>, id: string): number => [...links.values()].filter(({ from }) => from === id).reduce((sum, { paths }) => sum + paths, 0);
