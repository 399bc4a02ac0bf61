import type { Queryable } from "#platform/db";
import { deleteClaims, insertClaims, listClaimsOf, updateClaimTimes, type ClaimWrite, type StoredClaim } from "./claims.queries.ts";
import type { Known, Memory } from "./known.ts";
import { addSighting, matchRuns, type Run, type StoredRun } from "./sightings.rules.ts";

/** A message put two identifiers together. Times in ms. */
export type SeenPair = { strong: Known; weak: Known; rule: string; at: number; interactionId: string };

// The end of a run is only used to cut it when late news arrive, so it may lag: one write per device and hour.
const RUN_END_LAG_MS = 3_600_000;

/** Writes what pairs say as claims: one row per pair, or per run on a device.
 *  @returns identifiers whose customers must be decided anew */
export const claimPairs = async (tx: Queryable, workspaceId: string, memory: Memory, pairs: readonly SeenPair[]): Promise<number[]> => {
  const unknown = pairs.filter((pair) => !pair.strong.isBlocked && !pair.weak.isBlocked && !isKnown(memory, pair));
  if (unknown.length === 0) return [];
  const devices = [...new Set(unknown.filter(isOnDevice).map((pair) => pair.weak.id))];
  const glued = unknown.filter((pair) => !isOnDevice(pair)).map((pair) => ({ strong: pair.strong.id, weak: pair.weak.id }));
  const stored = Map.groupBy(await listClaimsOf(tx, glued, devices), storedKey);
  const writes: Writes = { inserts: [], updates: [], deletes: [], touched: new Set() };
  for (const [key, seen] of Map.groupBy(unknown, claimKey)) {
    const [first] = seen;
    if (first === undefined) continue;
    if (isOnDevice(first)) claimDevice({ workspaceId, memory, key, seen, stored: stored.get(key) ?? [] }, first.weak.id, writes);
    else claimPair({ workspaceId, memory, key, seen, stored: stored.get(key) ?? [] }, writes);
  }
  await deleteClaims(tx, writes.deletes);
  await updateClaimTimes(tx, writes.updates);
  await insertClaims(tx, writes.inserts);
  return [...writes.touched];
};

type Writes = {
  inserts: ClaimWrite[];
  updates: { id: number; seenAt: number; lastSeenAt: number; interactionId: string | null }[];
  deletes: number[];
  touched: Set<number>;
};

const isOnDevice = (pair: SeenPair): boolean => pair.weak.kind === "anonymous" && pair.strong.kind !== "anonymous";

// Runs of a device are kept apart by kind: an address and a user id seen in turn are no coming and going.
const claimKey = (pair: SeenPair): string => (isOnDevice(pair) ? `${pair.weak.id} ${pair.strong.kind}` : `${pair.strong.id}|${pair.weak.id}`);

const isKnown = (memory: Memory, pair: SeenPair): boolean => {
  const known = memory.claims.get(claimKey(pair));
  if (known === undefined || known.other !== pair.strong.id || pair.at < known.from) return false;
  return !isOnDevice(pair) || pair.at <= known.to + RUN_END_LAG_MS;
};

const storedKey = (claim: { strong: number; weak: number; strongKind: string | null }): string =>
  claim.strongKind === null ? `${claim.strong}|${claim.weak}` : `${claim.weak} ${claim.strongKind}`;

type Seen = { workspaceId: string; memory: Memory; key: string; seen: readonly SeenPair[]; stored: readonly StoredClaim[] };

const claimPair = ({ workspaceId, memory, key, seen, stored: [stored] }: Seen, writes: Writes): void => {
  const earliest = seen.reduce((first, pair) => (pair.at < first.at ? pair : first));
  const last = Math.max(...seen.map((pair) => pair.at));
  if (stored === undefined) {
    writes.inserts.push({
      id: 0, workspaceId, strong: earliest.strong.id, weak: earliest.weak.id, rule: earliest.rule,
      seenAt: earliest.at, lastSeenAt: last, interactionId: earliest.interactionId, decision: null,
    });
  } else if (earliest.at < stored.seenAt) {
    writes.updates.push({ id: stored.id, seenAt: earliest.at, lastSeenAt: stored.lastSeenAt, interactionId: earliest.interactionId });
  }
  if (stored === undefined || earliest.at < stored.seenAt) touch(writes, earliest.strong.id, earliest.weak.id);
  memory.claims.set(key, { other: earliest.strong.id, from: Math.min(earliest.at, stored?.seenAt ?? earliest.at), to: last });
};

const claimDevice = ({ workspaceId, memory, key, seen, stored }: Seen, device: number, writes: Writes): void => {
  const before: StoredRun[] = stored
    .map((claim) => ({ id: claim.id, other: String(claim.strong), from: claim.seenAt, to: claim.lastSeenAt }))
    .sort((a, b) => a.from - b.from);
  const after = seen.reduce<readonly Run[]>((runs, pair) => addSighting(runs, String(pair.strong.id), pair.at), before);
  const changes = matchRuns(before, after);
  const source = (run: Run): SeenPair | undefined => seen.find((pair) => String(pair.strong.id) === run.other && pair.at === run.from);
  for (const run of changes.inserts) {
    const strong = Number(run.other);
    writes.inserts.push({
      id: 0, workspaceId, strong, weak: device, rule: source(run)?.rule ?? "message", seenAt: run.from, lastSeenAt: run.to,
      interactionId: source(run)?.interactionId ?? null, decision: stored.find((claim) => claim.strong === strong)?.decision ?? null,
    });
    touch(writes, strong, device);
  }
  for (const run of changes.updates) {
    const old = stored.find((claim) => claim.id === run.id);
    writes.updates.push({ id: run.id, seenAt: run.from, lastSeenAt: run.to, interactionId: source(run)?.interactionId ?? old?.interactionId ?? null });
    if (run.wasFrom !== run.from) touch(writes, Number(run.other), device);
  }
  for (const run of changes.deletes) {
    writes.deletes.push(run.id);
    touch(writes, Number(run.other), device);
  }
  const last = after.at(-1);
  if (last !== undefined) memory.claims.set(key, { other: Number(last.other), from: last.from, to: last.to });
};

const touch = (writes: Writes, strong: number, weak: number): void => {
  writes.touched.add(strong).add(weak);
};
