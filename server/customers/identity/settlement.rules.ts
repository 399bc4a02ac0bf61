import type { Resolution } from "./components.rules.ts";
import { settleCustomer } from "./homes.rules.ts";

export type PlanNode = { id: number; kind: string; isBlocked: boolean; home: string | null };
/** Half open, in ms; null stands for the beginning and the end of time. */
export type PlanSpan = { identifierId: number; customerId: string; from: number | null; to: number | null };
export type Plan = {
  spans: PlanSpan[];
  homes: { identifierId: number; home: string | null }[];
  /** Customers that did not exist before. */
  newCustomers: string[];
};

/** Turns components into assignments: which customer each identifier belongs to, and from when to when.
 *  @param borderCustomer customer of a component that consists of border nodes alone
 *  @param given how a customer that did not exist before gets its id, and the priority of kinds in this workspace */
export const planAssignments = (
  nodes: readonly PlanNode[],
  resolution: Resolution,
  borderCustomer: (root: string) => string | null,
  given: { newId: () => string; priority: readonly string[] },
): Plan => {
  const bearing = nodes.filter((node) => !node.isBlocked);
  const rootOfNode = (node: PlanNode): string => {
    const first = resolution.spans.get(String(node.id))?.[0];
    return first === undefined ? resolution.rootOf(String(node.id)) : resolution.rootOf(first.root);
  };
  const customers = new Map<string, string>();
  const plan: Plan = { spans: [], homes: [], newCustomers: [] };
  for (const [root, members] of Map.groupBy(bearing, rootOfNode)) {
    const held = borderCustomer(root);
    if (held !== null) {
      customers.set(root, held);
      continue;
    }
    const settled = settleCustomer(members.map((node) => ({ id: String(node.id), kind: node.kind, home: node.home })), () => {
      const id = given.newId();
      plan.newCustomers.push(id);
      return id;
    }, given.priority);
    customers.set(root, settled.customerId);
    plan.homes.push(...settled.homes.map((home) => ({ identifierId: Number(home.identifierId), home: home.home })));
  }
  for (const node of bearing) plan.spans.push(...spansOf(node, resolution, (root) => customers.get(root) ?? borderCustomer(root)));
  return plan;
};

const spansOf = (node: PlanNode, resolution: Resolution, customerOf: (root: string) => string | null): PlanSpan[] => {
  const owners = resolution.spans.get(String(node.id)) ?? [{ from: Number.NEGATIVE_INFINITY, root: resolution.rootOf(String(node.id)) }];
  return owners.flatMap((owner, index) => {
    const customerId = customerOf(resolution.rootOf(owner.root));
    if (customerId === null) return [];
    return [{ identifierId: node.id, customerId, from: Number.isFinite(owner.from) ? owner.from : null, to: owners[index + 1]?.from ?? null }];
  });
};

/** Which identifiers change hands between two states of the assignments, and which customers gain or lose by it. */
export const comparePlans = (before: readonly PlanSpan[], after: readonly PlanSpan[]): { identifierIds: number[]; customerIds: string[]; losers: string[] } => {
  const textOf = (spans: readonly PlanSpan[] = []): string => JSON.stringify(spans.map((span) => [span.customerId, span.from, span.to]));
  const old = Map.groupBy(before, (span) => span.identifierId);
  const fresh = Map.groupBy(after, (span) => span.identifierId);
  const identifierIds = [...new Set([...old.keys(), ...fresh.keys()])].filter((id) => textOf(old.get(id)) !== textOf(fresh.get(id)));
  const touched = identifierIds.flatMap((id) => [...(old.get(id) ?? []), ...(fresh.get(id) ?? [])].map((span) => span.customerId));
  const left = new Set(after.map((span) => span.customerId));
  return { identifierIds, customerIds: [...new Set(touched)], losers: [...new Set(before.map((span) => span.customerId))].filter((id) => !left.has(id)) };
};
