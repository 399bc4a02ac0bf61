import { newId, type Queryable } from "#platform/db";
import { deleteAssignments, insertAssignments, insertCustomers, moveAssignments, recountAssignments, setMerged } from "./assignments.queries.ts";
import { updateStandings } from "./claims.queries.ts";
import { resolveClaims, type ClaimEdge, type IdentifierNode, type Resolution } from "./components.rules.ts";
import type { IdentityLimits } from "./identifiers.rules.ts";
import { noteCustomerChanges, noteIdentityChanges, setBlocked, setHomes } from "./identifiers.queries.ts";
import { findCrowded } from "./junk.rules.ts";
import { loadNeighbourhood, type Neighbourhood } from "./neighbourhood.queries.ts";
import { comparePlans, planAssignments, type Plan } from "./settlement.rules.ts";

// A claim can join a customer at the border, which is then taken in; a chain of such joins is rarely longer than two.
const ROUNDS_MAX = 8;

export type Settlement = {
  /** Customers that gained or lost identifiers, or are new: their profiles are to be made anew. */
  customerIds: string[];
  changedIdentifiers: number[];
  proposed: number;
};

/** Decides anew who the given identifiers belong to and writes what changes.
 *  @param freshIds identifiers added in this very transaction: no row of theirs is counted or copied yet */
export const settleIdentities = async (
  tx: Queryable,
  workspaceId: string,
  identifierIds: readonly number[],
  given: { limits: IdentityLimits; freshIds: ReadonlySet<number> },
): Promise<Settlement> => {
  const { hood, resolution } = await resolveNeighbourhood(tx, identifierIds, given.limits);
  const changes = hood.claims.flatMap((claim) => {
    const standing = resolution.standings.get(String(claim.id));
    if (standing === undefined || (standing.status === claim.status && standing.reason === claim.reason)) return [];
    return [{ id: claim.id, status: standing.status, reason: standing.reason, was: claim.status }];
  });
  await updateStandings(tx, changes);
  const plan = planAssignments(hood.nodes, resolution, borderCustomers(hood, resolution), { newId, priority: given.limits.priority });
  const written = await writePlan(tx, workspaceId, hood, plan, given.freshIds);
  return { ...written, proposed: changes.filter((change) => change.status === "proposed").length };
};

/** Loads what surrounds the identifiers and decides it, taking in customers at the border until none of them joins any more. */
export const resolveNeighbourhood = async (
  tx: Queryable,
  identifierIds: readonly number[],
  limits: IdentityLimits,
  given: { change: (hood: Neighbourhood) => void; mayBlock: boolean } = { change: () => undefined, mayBlock: true },
): Promise<{ hood: Neighbourhood; resolution: Resolution }> => {
  let seeds = [...new Set(identifierIds)];
  for (let round = 1; ; round += 1) {
    const hood = await loadNeighbourhood(tx, seeds);
    given.change(hood);
    if (given.mayBlock) await blockCrowded(tx, hood);
    const resolution = resolveHood(hood, limits);
    const inside = new Set(hood.nodes.filter((node) => !resolution.spans.has(String(node.id))).map((node) => resolution.rootOf(String(node.id))));
    const joined = hood.border.filter((node) => !node.isBlocked && inside.has(resolution.rootOf(String(node.id))));
    if (joined.length === 0 || round === ROUNDS_MAX) return { hood, resolution };
    seeds = [...new Set([...seeds, ...joined.map((node) => node.id)])];
  }
};

const resolveHood = (hood: Neighbourhood, limits: IdentityLimits): Resolution => {
  const nodes: IdentifierNode[] = [
    ...hood.nodes.map((node) => ({ id: String(node.id), kind: node.kind, isBlocked: node.isBlocked })),
    ...hood.border.map((node) => {
      const plain = { id: String(node.id), kind: node.kind, isBlocked: node.isBlocked };
      return node.customerId === null ? plain : { ...plain, bundle: node.customerId };
    }),
  ];
  const claims: ClaimEdge[] = hood.claims.map((claim) => ({
    key: String(claim.id), first: String(claim.strong), second: String(claim.weak), seenAt: claim.seenAt, decision: claim.decision,
  }));
  return resolveClaims(nodes, claims, hood.held, limits);
};

export const borderCustomers = (hood: Neighbourhood, resolution: Resolution): ((root: string) => string | null) => {
  const customers = new Map(hood.border.map((node) => [resolution.rootOf(String(node.id)), node.customerId] as const));
  return (root) => customers.get(root) ?? null;
};

const blockCrowded = async (tx: Queryable, hood: Neighbourhood): Promise<void> => {
  const crowded = new Set(findCrowded(hood.nodes, hood.claims));
  if (crowded.size === 0) return;
  for (const node of hood.nodes) if (crowded.has(node.id)) node.isBlocked = true;
  await setBlocked(tx, [...crowded], true);
};

const writePlan = async (
  tx: Queryable,
  workspaceId: string,
  hood: Neighbourhood,
  plan: Plan,
  freshIds: ReadonlySet<number>,
): Promise<{ customerIds: string[]; changedIdentifiers: number[] }> => {
  const difference = comparePlans(hood.spans, plan.spans);
  if (difference.identifierIds.length === 0) return { customerIds: [], changedIdentifiers: [] };
  const before = Map.groupBy(hood.spans, (span) => span.identifierId);
  const after = Map.groupBy(plan.spans, (span) => span.identifierId);
  const isMove = (id: number): boolean => before.get(id)?.length === 1 && after.get(id)?.length === 1;
  const moved = difference.identifierIds.filter(isMove);
  const rewritten = difference.identifierIds.filter((id) => !isMove(id));
  await insertCustomers(tx, workspaceId, plan.newCustomers);
  await setHomes(tx, plan.homes);
  await moveAssignments(tx, moved.flatMap((id) => (after.get(id) ?? []).map((span) => ({ identifierId: id, customerId: span.customerId }))));
  await deleteAssignments(tx, rewritten.filter((id) => before.has(id)));
  await insertAssignments(tx, rewritten.flatMap((id) => after.get(id) ?? []));
  await recountAssignments(tx, rewritten.filter((id) => !freshIds.has(id)));
  await noteIdentityChanges(tx, workspaceId, difference.identifierIds.filter((id) => !freshIds.has(id)));
  const isNew = new Set(plan.newCustomers);
  const old = difference.customerIds.filter((id) => !isNew.has(id));
  await noteCustomerChanges(tx, workspaceId, old);
  await setMerged(tx, old.map((customerId) => ({ customerId, intoId: successorOf(customerId, hood, after) })));
  return { customerIds: difference.customerIds, changedIdentifiers: difference.identifierIds };
};

const successorOf = (customerId: string, hood: Neighbourhood, after: ReadonlyMap<number, readonly { customerId: string }[]>): string | null => {
  const held = hood.spans.filter((span) => span.customerId === customerId);
  const next = held.flatMap((span) => after.get(span.identifierId) ?? []).find((span) => span.customerId !== customerId);
  return next?.customerId ?? null;
};
