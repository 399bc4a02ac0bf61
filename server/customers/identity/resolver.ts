import { transaction, type Db, type Queryable } from "#platform/db";
import { noteGroups } from "../groups/groups.ts";
import { refreshProfiles } from "../profiles/profiles.ts";
import { noteTraits } from "../profiles/traits.ts";
import { noteScores } from "../profiles/profiles.queries.ts";
import { listCustomersOf, listOwnersOf, openBatch, readPosition, savePosition } from "./assignments.queries.ts";
import { claimPairs, type SeenPair } from "./claiming.ts";
import { addPendingCounts, lockCounts, notePendingCounts } from "./counts.queries.ts";
import { ensureIdentifiers, findIdentifiers } from "./identifiers.queries.ts";
import { isBlockedValue, parseSubject, subjectText, type Identifier } from "./identifiers.rules.ts";
import { Memory, type Known } from "./known.ts";
import { limitsOf } from "./limits.ts";
import { identityOfMessage, type MessageIdentity } from "./messages.rules.ts";
import { settleIdentities } from "./settlement.ts";
import { admitStrangers } from "./strangers.ts";
import { deleteErasedAgain, listLivingPerceptions } from "./tombstones.queries.ts";

/** A committed fact, as far as the resolver needs it; in commit order, which is (xid, seq). */
export type CommittedInteraction = {
  id: string; seq: number; xid: string; workspaceId: string; type: string; subject: string | null; userId: string | null;
  anonymousId: string | null; at: Date; source: string; message: unknown;
};
/** A committed feeling, as far as the resolver needs it. */
export type CommittedPerception = { id: string; workspaceId: string; subject: string | null; at: Date; kind: string; value: number | null; normalised: number | null; scaleMax: number | null; isInferred?: boolean };

export type Owner = { customerId: string | null; identifierId: number | null };
/** `erasedIds`: rows of erased people that came back and were taken away again; nothing else may be done with them.
 *  `skippedIds`: rows the database refused; they stay, but told nothing about identity.
 *  `owners`: by id of the row, where the batch came across them; ask `findOwners` for the others.
 *  `strangerIds`: customers that were made of nothing but rows of this batch. */
export type ResolvedBatch = {
  erasedIds: string[]; customerIds: string[]; proposed: number; skippedIds: string[]; owners: Map<string, Owner>; strangerIds: Set<string>;
};
const nothing = (): ResolvedBatch => ({ erasedIds: [], customerIds: [], proposed: 0, skippedIds: [], owners: new Map(), strangerIds: new Set() });

const memory = new Memory();

/** Says who newly committed facts belong to: identifiers, claims, traits, groups and profiles, in one transaction; counters follow by `countResolved`.
 *  Call it serially. Rows up to the position it reached before are left alone, so running it again changes nothing. */
export const resolveInteractions = async (db: Db, rows: readonly CommittedInteraction[]): Promise<ResolvedBatch> => {
  const last = rows.at(-1);
  const position = last === undefined ? null : await readPosition(db);
  if (last === undefined || position === null || !isAfter(last, position)) return nothing();
  try {
    return await transaction(db, (tx) => resolveAndSave(tx, rows, last));
  } catch (error) {
    memory.forget();
    if (!isAboutData(error)) throw error;
    return resolveApart(db, rows, last);
  }
};

const resolveAndSave = async (tx: Queryable, rows: readonly CommittedInteraction[], last: CommittedInteraction): Promise<ResolvedBatch> => {
  const state = await openBatch(tx);
  memory.follow(state.generation, state.batch);
  const batch = await resolveBatch(tx, rows.filter((row) => isAfter(row, state)));
  if (isAfter(last, state)) await savePosition(tx, last.xid, last.seq);
  return batch;
};

// One row the database refuses must not hold up all that come after it: halves are tried apart, and the row itself is passed over.
const resolveApart = async (db: Db, rows: readonly CommittedInteraction[], last: CommittedInteraction): Promise<ResolvedBatch> => {
  if (rows.length === 1) {
    await savePosition(db, last.xid, last.seq);
    return { ...nothing(), skippedIds: [last.id] };
  }
  const middle = Math.ceil(rows.length / 2);
  const first = await resolveInteractions(db, rows.slice(0, middle));
  const second = await resolveInteractions(db, rows.slice(middle));
  return {
    erasedIds: [...first.erasedIds, ...second.erasedIds], customerIds: [...first.customerIds, ...second.customerIds],
    proposed: first.proposed + second.proposed, skippedIds: [...first.skippedIds, ...second.skippedIds],
    owners: new Map([...first.owners, ...second.owners]), strangerIds: new Set([...first.strangerIds, ...second.strangerIds]),
  };
};

// Classes 21, 22 and 23 of SQLSTATE: cardinality, data and constraint; everything else may go away by itself.
const isAboutData = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" && /^2[123]/.test(error.code);

const resolveBatch = async (tx: Queryable, rows: readonly CommittedInteraction[]): Promise<ResolvedBatch> => {
  const erasedIds = await deleteErasedAgain(tx, rows.map((row) => row.id));
  const erased = new Set(erasedIds);
  const batch: ResolvedBatch = { ...nothing(), erasedIds };
  for (const [workspaceId, own] of Map.groupBy(rows, (row) => row.workspaceId)) {
    const done = await resolveWorkspace(tx, workspaceId, own.filter((row) => !erased.has(row.id)));
    batch.customerIds.push(...done.customerIds);
    batch.proposed += done.proposed;
    for (const [id, owner] of done.owners) batch.owners.set(id, owner);
    for (const id of done.strangerIds) batch.strangerIds.add(id);
  }
  return batch;
};

/** Adds resolved interactions to the counters of their customers. Whatever it leaves undone, the next batch does first. */
export const countResolved = (db: Db): Promise<void> =>
  transaction(db, async (tx) => {
    await lockCounts(tx);
    await addPendingCounts(tx);
  });

/** Makes sure that whoever stated these feelings is known, and notes their newest scores. Call it after the facts of the same time. */
export const resolvePerceptions = async (db: Db, rows: readonly CommittedPerception[]): Promise<void> => {
  if (rows.length === 0) return;
  try {
    await transaction(db, async (tx) => {
      const state = await openBatch(tx);
      memory.follow(state.generation, state.batch);
      const living = await listLivingPerceptions(tx, rows.map((row) => row.id));
      await resolveScores(tx, rows.filter((row) => living.has(row.id)));
    });
  } catch (error) {
    memory.forget();
    throw error;
  }
};

/** Customer and identifier of each row, in the order given; null is nobody. */
export const findOwners = async (
  db: Queryable,
  rows: readonly { workspaceId: string; subject: string | null; at: Date }[],
): Promise<Owner[]> => {
  const owners: Owner[] = [];
  const placed = rows.map((row, place) => ({ ...row, place }));
  for (const [workspaceId, own] of Map.groupBy(placed, (row) => row.workspaceId)) {
    const found = await listCustomersOf(db, workspaceId, own.map((row) => ({ ...(parseSubject(row.subject ?? "") ?? { kind: "", value: "" }), at: row.at })));
    for (const [index, row] of own.entries()) owners[row.place] = found[index] ?? { customerId: null, identifierId: null };
  }
  return owners;
};

const resolveScores = async (tx: Queryable, rows: readonly CommittedPerception[]): Promise<void> => {
  for (const [workspaceId, own] of Map.groupBy(rows, (row) => row.workspaceId)) {
    const limits = await limitsOf(tx, workspaceId);
    const named = own.flatMap((row) => {
      const identifier = row.subject === null ? null : parseSubject(row.subject);
      return identifier === null || isBlockedValue(identifier.value, limits) ? [] : [{ row, identifier }];
    });
    const known = await knowIdentifiers(tx, workspaceId, named.map(({ row, identifier }) => ({ identifier, at: row.at })));
    if (known.freshIds.size > 0) {
      const settled = await settleIdentities(tx, workspaceId, [...known.freshIds], { limits, freshIds: known.freshIds });
      await refreshProfiles(tx, settled.customerIds);
      for (const id of settled.changedIdentifiers) memory.owners.delete(id);
    }
    await noteScores(tx, named.flatMap(({ row, identifier }) => {
      const id = known.of(identifier)?.id;
      if (id === undefined || row.isInferred === true || row.value === null || row.normalised === null) return [];
      return [{ identifierId: id, at: row.at, value: row.value, kind: row.kind, normalised: row.normalised, scaleMax: row.scaleMax }];
    }));
  }
};

/** Writes again what rows that are still there say about identity, after claims of rows that are gone were taken away.
 *  @returns identifiers to be decided anew */
export const claimAgain = async (tx: Queryable, workspaceId: string, rows: readonly CommittedInteraction[]): Promise<number[]> => {
  memory.forget();
  const limits = await limitsOf(tx, workspaceId);
  const said: Said[] = rows.map((row) => ({ row, identity: identityOfMessage(row, limits) }));
  const { claimed, known } = await claimWhatWasSaid(tx, workspaceId, said);
  memory.forget();
  return [...known.freshIds, ...claimed];
};

type Said = { row: CommittedInteraction; identity: MessageIdentity };

const resolveWorkspace = async (
  tx: Queryable,
  workspaceId: string,
  rows: readonly CommittedInteraction[],
): Promise<{ customerIds: string[]; proposed: number; owners: Map<string, Owner>; strangerIds: string[] }> => {
  const limits = await limitsOf(tx, workspaceId);
  const said: Said[] = rows.map((row) => ({ row, identity: identityOfMessage(row, limits) }));
  const { claimed, known } = await claimWhatWasSaid(tx, workspaceId, said);
  const subjectOf = (row: CommittedInteraction): Known | undefined => {
    const identifier = row.subject === null ? null : parseSubject(row.subject);
    return identifier === null ? undefined : known.of(identifier);
  };
  const counted = rows.flatMap((row) => {
    const subject = subjectOf(row);
    return subject === undefined || subject.isBlocked ? [] : [{ id: row.id, identifier: subject, at: row.at, value: parseSubject(row.subject ?? "")?.value ?? "" }];
  });
  const involved = new Set(claimed);
  const strangers = await admitStrangers(tx, workspaceId, counted.flatMap(({ identifier, at, value }) =>
    known.freshIds.has(identifier.id) && !involved.has(identifier.id) ? [{ identifier: { ...identifier, value }, at }] : []));
  const touched = [...new Set([...known.freshIds, ...claimed])].filter((id) => !strangers.has(id));
  const settled = touched.length === 0
    ? { customerIds: [], changedIdentifiers: [], proposed: 0 }
    : await settleIdentities(tx, workspaceId, touched, { limits, freshIds: known.freshIds });
  const renamed = await noteTraits(tx, said, known.of);
  await noteGroups(tx, workspaceId, said, known.of);
  await notePendingCounts(tx, counted.flatMap(({ identifier, at }) => (strangers.has(identifier.id) ? [] : [{ identifierId: identifier.id, at }])));
  await refreshProfiles(tx, [...settled.customerIds, ...renamed]);
  for (const id of settled.changedIdentifiers) memory.owners.delete(id);
  const owners = await ownersOf(tx, counted.map(({ id, identifier, at }) => ({ id, identifierId: identifier.id, at })));
  const strangerIds = [...owners.values()].flatMap(({ customerId, identifierId }) =>
    customerId !== null && identifierId !== null && strangers.has(identifierId) ? [customerId] : []);
  return { customerIds: settled.customerIds, proposed: settled.proposed, owners, strangerIds };
};

/** Whose rows are, by id of the row, from memory or from the database; rows of nobody are left out. */
const ownersOf = async (tx: Queryable, rows: readonly { id: string; identifierId: number; at: Date }[]): Promise<Map<string, Owner>> => {
  const unknown = rows.filter((row) => !memory.owners.has(row.identifierId));
  const found = await listOwnersOf(tx, unknown);
  const owners = new Map<string, Owner>();
  for (const [index, row] of unknown.entries()) {
    const owner = found[index];
    if (owner === undefined || owner.customerId === null) continue;
    owners.set(row.id, { customerId: owner.customerId, identifierId: row.identifierId });
    if (owner.isWhole) memory.owners.set(row.identifierId, owner.customerId);
  }
  for (const row of rows) {
    const customerId = memory.owners.get(row.identifierId);
    if (customerId !== undefined) owners.set(row.id, { customerId, identifierId: row.identifierId });
  }
  return owners;
};

const claimWhatWasSaid = async (tx: Queryable, workspaceId: string, said: readonly Said[]): Promise<{ claimed: number[]; known: Knowing }> => {
  const aliases = await readAliases(tx, workspaceId, said);
  const known = await knowIdentifiers(tx, workspaceId, [
    ...said.flatMap(({ row, identity }) => identity.identifiers.map((identifier) => ({ identifier, at: row.at }))),
    ...aliases.map((alias) => ({ identifier: alias.previous, at: alias.row.at })),
  ]);
  return { claimed: await claimPairs(tx, workspaceId, memory, [...pairsOf(said, known.of), ...aliasPairs(aliases, known.of)]), known };
};

const isAfter = (row: { xid: string; seq: number }, state: { positionXid: string; positionSeq: number }): boolean => {
  const [xid, position] = [BigInt(row.xid), BigInt(state.positionXid)];
  return xid > position || (xid === position && row.seq > state.positionSeq);
};

type Knowing = { of: (identifier: Identifier) => Known | undefined; freshIds: Set<number> };

/** Looks identifiers up in memory, then in the database, and adds those never seen. */
const knowIdentifiers = async (tx: Queryable, workspaceId: string, seen: readonly { identifier: Identifier; at: Date }[]): Promise<Knowing> => {
  const keyOf = (identifier: Identifier): string => `${workspaceId} ${subjectText(identifier)}`;
  const unknown = new Map<string, { workspaceId: string; kind: string; value: string; firstSeenAt: Date }>();
  for (const { identifier, at } of seen) {
    const key = keyOf(identifier);
    if (memory.identifiers.has(key)) continue;
    const other = unknown.get(key);
    if (other === undefined || at < other.firstSeenAt) unknown.set(key, { ...identifier, workspaceId, firstSeenAt: at });
  }
  const freshIds = new Set<number>();
  for (const stored of await ensureIdentifiers(tx, [...unknown.values()])) {
    memory.identifiers.set(keyOf(stored), { id: stored.id, kind: stored.kind, isBlocked: stored.isBlocked });
    if (stored.isNew) freshIds.add(stored.id);
  }
  return { of: (identifier) => memory.identifiers.get(keyOf(identifier)), freshIds };
};

const pairsOf = (said: readonly Said[], known: Knowing["of"]): SeenPair[] =>
  said.flatMap(({ row, identity }) =>
    identity.pairs.flatMap((pair) => {
      const [strong, weak] = [known(pair.strong), known(pair.weak)];
      return strong === undefined || weak === undefined ? [] : [{ strong, weak, rule: pair.rule, at: row.at.getTime(), interactionId: row.id }];
    }));

type Alias = { row: CommittedInteraction; user: Identifier; previous: Identifier };

/** The former id of an alias is a user's when such a user is known, else that of a device: the message does not say which. */
const readAliases = async (tx: Queryable, workspaceId: string, said: readonly Said[]): Promise<Alias[]> => {
  const found = said.flatMap(({ row, identity }) => {
    const [user] = identity.identifiers;
    return identity.previousId === null || user === undefined ? [] : [{ row, user, value: identity.previousId }];
  });
  if (found.length === 0) return [];
  const users = await findIdentifiers(tx, found.map(({ value }) => ({ workspaceId, kind: "user", value })));
  const isUser = new Set([
    ...users.map((user) => user.value),
    ...said.flatMap(({ identity }) => identity.identifiers.filter((identifier) => identifier.kind === "user").map((identifier) => identifier.value)),
  ]);
  return found.map(({ row, user, value }) => ({ row, user, previous: { kind: isUser.has(value) ? "user" : "anonymous", value } }));
};

const aliasPairs = (aliases: readonly Alias[], known: Knowing["of"]): SeenPair[] =>
  aliases.flatMap(({ row, user, previous }) => {
    const [one, two] = [known(user), known(previous)];
    if (one === undefined || two === undefined) return [];
    // Between two users the older id is written first, so that the alias there and back is one claim.
    const [strong, weak] = two.kind === "user" && two.id < one.id ? [two, one] : [one, two];
    return [{ strong, weak, rule: "alias", at: row.at.getTime(), interactionId: row.id }];
  });
