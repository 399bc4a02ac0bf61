/** Most people ever seen on one device before it counts as public, and claimed by one address before it counts as junk.
 *  Source: choice; households and small offices stay far below, and PostHog's reports of merged thousands start far above. */
export const CROWD = { anonymous: 100, other: 25 } as const;

/** Identifiers that link many times the usual number of users, so that they tell nobody apart.
 *  Rows are not counted: without a link nothing tells a value many people send from one busy customer, whose history blocking would take away.
 *  @returns ids of those not blocked yet */
export const findCrowded = (
  nodes: readonly { id: number; kind: string; isBlocked: boolean }[],
  claims: readonly { strong: number; weak: number; decision: string | null }[],
): number[] => {
  const linked = new Map<number, Set<number>>();
  for (const claim of claims) {
    if (claim.decision !== null) continue;
    const others = linked.get(claim.weak) ?? new Set();
    linked.set(claim.weak, others.add(claim.strong));
  }
  return nodes
    .filter((node) => !node.isBlocked && node.kind !== "user" && (linked.get(node.id)?.size ?? 0) > (node.kind === "anonymous" ? CROWD.anonymous : CROWD.other))
    .map((node) => node.id);
};
