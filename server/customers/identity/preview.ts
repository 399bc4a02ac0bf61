import type { Queryable } from "#platform/db";
import { listNamesOfCustomers } from "../profiles/customer-detail.queries.ts";
import { listClaimsOf } from "./claims.queries.ts";
import type { Decision } from "./components.rules.ts";
import { listEnds } from "./holders.queries.ts";
import { strength } from "./identifiers.rules.ts";
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
  const plan = planAssignments(hood.nodes, resolution, borderCustomers(hood, resolution), { newId: () => `new-${(unnamed += 1)}`, priority: limits.priority });
  return describe(db, workspaceId, { hood, after: plan.spans });
};

/** A stretch of one identifier's life, with the customer it belongs to now and would belong to. */
type Stretch = { identifierId: number; before: string; after: string | null; interactions: number };

const describe = async (db: Queryable, workspaceId: string, { hood, after }: { hood: Neighbourhood; after: readonly PlanSpan[] }): Promise<IdentityPreview> => {
  const stretches: Stretch[] = hood.spans.map((span) => ({
    identifierId: span.identifierId, before: span.customerId, after: ownerAt(after, span.identifierId, span.from), interactions: span.interactions,
  }));
  const moved = stretches.filter((stretch) => stretch.before !== stretch.after);
  const touched = [...new Set(moved.flatMap((stretch) => (stretch.after === null ? [stretch.before] : [stretch.before, stretch.after])))];
  const names = new Map((await listNamesOfCustomers(db, workspaceId, touched.filter((id) => !isUnnamed(id)))).map((row) => [row.id, row.name]));
  const nodes = new Map(hood.nodes.map((node) => [node.id, { id: node.id, kind: node.kind, value: node.value }]));
  const moves = moved.flatMap((stretch) => {
    const identifier = nodes.get(stretch.identifierId);
    return identifier === undefined ? [] : [{ identifier, fromCustomerId: stretch.before, toCustomerId: knownId(stretch.after), interactions: stretch.interactions }];
  });
  const customers = touched.flatMap((id) => {
    const own = stretches.filter((stretch) => stretch.after === id);
    const identifiers = [...new Set(own.map((stretch) => stretch.identifierId))].flatMap((identifierId) => {
      const node = nodes.get(identifierId);
      return node === undefined ? [] : [node];
    }).sort((a, b) => strength(b.kind) - strength(a.kind) || a.id - b.id);
    const [first] = identifiers;
    if (first === undefined) return [];
    return [{
      id: knownId(id),
      name: names.get(id) ?? first.value,
      identifiers: identifiers.map(({ kind, value }) => ({ kind, value })),
      interactions: own.reduce((sum, stretch) => sum + stretch.interactions, 0),
    }];
  });
  return { moves, customers, interactions: moves.reduce((sum, move) => sum + move.interactions, 0) };
};

const ownerAt = (spans: readonly PlanSpan[], identifierId: number, from: number | null): string | null =>
  spans.findLast((span) => span.identifierId === identifierId && (span.from === null || (from !== null && span.from <= from)))?.customerId ?? null;

const isUnnamed = (id: string): boolean => id.startsWith("new-");
const knownId = (id: string | null): string | null => (id === null || isUnnamed(id) ? null : id);
