import type { Queryable } from "#platform/db";
import { listNamesOfCustomers } from "../profiles/customer-detail.queries.ts";
import { listClaimsOf } from "./claims.queries.ts";
import type { Decision } from "./components.rules.ts";
import { listEnds } from "./holders.queries.ts";
import type { IdentityPreview } from "./identity.contract.ts";
import { limitsOf } from "./limits.ts";
import { checkLinks, pairToMerge } from "./merges.ts";
import type { Neighbourhood } from "./neighbourhood.queries.ts";
import { borderCustomers, resolveNeighbourhood } from "./settlement.ts";
import { planAssignments, type PlanSpan } from "./settlement.rules.ts";

/** What a merge of two customers would do; nothing is written.
 *  @throws customer_unknown, merge_with_itself */
export const previewMerge = async (db: Queryable, workspaceId: string, customerId: string, otherId: string, now: Date): Promise<IdentityPreview> => {
  const pair = await pairToMerge(db, workspaceId, customerId, otherId);
  const existing = new Set((await listClaimsOf(db, [pair], [])).map((claim) => claim.id));
  return preview(db, workspaceId, [pair.strong, pair.weak], (hood) => {
    if (existing.size > 0) return decide(hood, existing, "accepted");
    hood.claims.push({
      id: 0, ...pair, rule: "manual", seenAt: now.getTime(), lastSeenAt: now.getTime(), interactionId: null, status: "refused", reason: null, decision: "accepted",
    });
  });
};

/** What a decision on links would do; nothing is written.
 *  @throws customer_unknown, claim_unknown */
export const previewDecision = async (
  db: Queryable,
  workspaceId: string,
  customerId: string,
  claimIds: readonly number[],
  decision: Decision | null,
): Promise<IdentityPreview> => {
  await checkLinks(db, workspaceId, customerId, claimIds);
  return preview(db, workspaceId, await listEnds(db, claimIds), (hood) => {
    const pairs = new Set(hood.claims.filter((claim) => claimIds.includes(claim.id)).map((claim) => `${claim.strong} ${claim.weak}`));
    decide(hood, new Set(hood.claims.filter((claim) => pairs.has(`${claim.strong} ${claim.weak}`)).map((claim) => claim.id)), decision);
  });
};

const decide = (hood: Neighbourhood, claimIds: ReadonlySet<number>, decision: Decision | null): void => {
  for (const claim of hood.claims) if (claimIds.has(claim.id)) claim.decision = decision;
};

const preview = async (db: Queryable, workspaceId: string, seeds: readonly number[], change: (hood: Neighbourhood) => void): Promise<IdentityPreview> => {
  const limits = await limitsOf(db, workspaceId);
  const { hood, resolution } = await resolveNeighbourhood(db, seeds, limits, { change, mayBlock: false });
  let unnamed = 0;
  const plan = planAssignments(hood.nodes, resolution, borderCustomers(hood, resolution), () => `new-${(unnamed += 1)}`);
  return describe(db, hood, plan.spans);
};

const describe = async (db: Queryable, hood: Neighbourhood, after: readonly PlanSpan[]): Promise<IdentityPreview> => {
  const counts = new Map(hood.spans.map((span) => [span.identifierId, 0]));
  for (const span of hood.spans) counts.set(span.identifierId, (counts.get(span.identifierId) ?? 0) + span.interactions);
  const lastOf = (spans: readonly { identifierId: number; customerId: string }[], id: number): string | null => spans.findLast((span) => span.identifierId === id)?.customerId ?? null;
  const moved = hood.nodes.filter((node) => lastOf(hood.spans, node.id) !== lastOf(after, node.id));
  const touched = new Set(moved.flatMap((node) => [lastOf(hood.spans, node.id), lastOf(after, node.id)]));
  const names = new Map((await listNamesOfCustomers(db, [...touched].flatMap((id) => (id === null || isUnnamed(id) ? [] : [id])))).map((row) => [row.id, row.name]));
  const moves = moved.map((node) => ({
    identifier: { id: node.id, kind: node.kind, value: node.value },
    fromCustomerId: lastOf(hood.spans, node.id),
    toCustomerId: knownId(lastOf(after, node.id)),
    interactions: counts.get(node.id) ?? 0,
  }));
  const customers = [...touched].flatMap((id) => {
    const own = hood.nodes.filter((node) => id !== null && lastOf(after, node.id) === id);
    const [first] = own;
    if (id === null || first === undefined) return [];
    return [{
      id: knownId(id),
      name: names.get(id) ?? first.value,
      identifiers: own.map((node) => ({ kind: node.kind, value: node.value })),
      interactions: own.reduce((sum, node) => sum + (counts.get(node.id) ?? 0), 0),
    }];
  });
  return { moves, customers, interactions: moves.reduce((sum, move) => sum + move.interactions, 0) };
};

const isUnnamed = (id: string | null): boolean => id?.startsWith("new-") ?? false;
const knownId = (id: string | null): string | null => (isUnnamed(id) ? null : id);
