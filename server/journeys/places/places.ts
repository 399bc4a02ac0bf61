import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { keepReadings, newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { defineErrors, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { listLatestInteractions } from "#customers";
import { enqueue } from "#platform/jobs";
import { plainWords } from "../touchpoints/guess.rules.ts";
import { forgetNaming } from "../touchpoints/naming.ts";
import { listTouchpoints, raiseVersion } from "../touchpoints/touchpoints.queries.ts";
import type { ChangeEntryBody, CreateEntryBody, EntriesQuery, EntriesReply, EntryKind, RegisterEntry } from "./places.contract.ts";
import { countSeen, deleteEntry, findEntry, insertEntry, listEntries, lockEntries, orderRows, updateEntry, type EntryRow } from "./places.queries.ts";
import { compareWithRegister, countSightings, mayBeUnder, wordsOf, type Count } from "./sightings.rules.ts";

export const placesErrors = defineErrors("places", {
  place_exists: { status: 409, meaning: "The register has a stage, channel, environment, product or place of this name already, under its present, a former or another name." },
  place_limit: { status: 409, meaning: "The register holds 500 entries of a kind at most. Remove one first." },
  place_order_wrong: { status: 409, meaning: "The order does not hold every entry of the kind exactly once. Load the register again." },
  place_parent_wrong: { status: 409, meaning: "What it shall belong to is of another kind, lies below it, or lies more than five deep; stages and channels belong to nothing." },
  place_field_wrong: { status: 400, meaning: "Only a stage has a phase, and only a product or place a property of its own." },
});

const ENTRIES_MAX = 500;
const FORMER_NAMES_MAX = 20;
const EXAMINED_MAX = 5_000;
const DAY_MS = 86_400_000;

/** Entries of one kind in their order with what was seen of each, and what was seen beside them. */
export const readEntries = async (services: Services, workspaceId: string, { kind, days }: EntriesQuery): Promise<EntriesReply> => {
  const rows = await listEntries(services.db, workspaceId, kind);
  const { counts, basis } = await countOf(services, workspaceId, kind, days, rows);
  const { meetings, proposals } = compareWithRegister(rows, counts, kind);
  return { items: rows.map((row, index) => ({ ...shown(row), meetings: meetings[index] ?? 0 })), proposals, basis };
};

type Counted = { counts: Count[]; basis: EntriesReply["basis"] };

const countOf = async (services: Services, workspaceId: string, kind: EntryKind, days: number, rows: readonly EntryRow[]): Promise<Counted> => {
  const since = new Date(services.clock.now().getTime() - days * DAY_MS);
  switch (kind) {
    case "stage": case "channel": return { counts: await countPlanned(services, workspaceId, kind, since), basis: { days, examined: null } };
    case "environment": return { counts: await countEnvironments(services, workspaceId, since), basis: { days, examined: null } };
    case "product": case "place": {
      const facts = await readLatest(services, workspaceId);
      const fields = [...new Set(rows.flatMap(({ field }) => (field === null ? [] : [field])))];
      return { counts: countSightings(facts, kind, fields), basis: { days: null, examined: facts.length } };
    }
    default: return kind satisfies never;
  }
};

// Stages and channels that only touchpoints bear are proposed as well, though nothing was met there.
const countPlanned = async (services: Services, workspaceId: string, kind: "stage" | "channel", since: Date): Promise<Count[]> => {
  const seen = await countSeen(services.analytics, workspaceId, kind, since);
  const planned = (await listTouchpoints(services.db, workspaceId)).flatMap((touchpoint) => (touchpoint[kind] === null ? [] : [{ name: touchpoint[kind], meetings: 0 }]));
  return sumByWords([...seen, ...planned]);
};

/** An environment was met when a touchpoint was that is in it. */
const countEnvironments = async (services: Services, workspaceId: string, since: Date): Promise<Count[]> => {
  const seen = new Map((await countSeen(services.analytics, workspaceId, "touchpoint", since)).map(({ name, meetings }) => [name, meetings]));
  const touchpoints = await listTouchpoints(services.db, workspaceId);
  return sumByWords(touchpoints.flatMap(({ name, environment }) => (environment === null ? [] : [{ name: environment, meetings: seen.get(name) ?? 0 }])));
};

const sumByWords = (rows: readonly { name: string; meetings: number }[]): Count[] =>
  [...Map.groupBy(rows, ({ name }) => plainWords(name)).values()]
    .map((same) => ({ name: same[0]?.name ?? "", values: [], meetings: same.reduce((sum, { meetings }) => sum + meetings, 0) }))
    .toSorted((one, other) => other.meetings - one.meetings || (one.name < other.name ? -1 : 1));

// Products and places are looked for in the same messages, one tab after the other.
const keepLatest = keepReadings<Awaited<ReturnType<typeof listLatestInteractions>>>({ ms: 10_000, most: 5 });
const readLatest = (services: Services, workspaceId: string) => keepLatest(services.db, workspaceId, () => listLatestInteractions(services.db, workspaceId, EXAMINED_MAX));

/** Adds an entry at the end of its kind. */
export const createEntry = (services: Services, actor: Actor, given: CreateEntryBody): Promise<RegisterEntry> =>
  changeEntries(services, actor, async (tx) => {
    const row = await addEntry(tx, actor.workspaceId, await listEntries(tx, actor.workspaceId, given.kind), given, services.clock.now());
    return { result: shown(row), action: "place.created", subject: row.id, isRenaming: isNaming(row.kind) };
  });

/** Adds several at once, so that what was met is named anew once. */
export const createEntries = (services: Services, actor: Actor, given: readonly CreateEntryBody[]): Promise<void> =>
  changeEntries(services, actor, async (tx) => {
    for (const [kind, same] of Map.groupBy(given, (one) => one.kind)) {
      const rows = await listEntries(tx, actor.workspaceId, kind);
      for (const one of same) rows.push(await addEntry(tx, actor.workspaceId, rows, one, services.clock.now()));
    }
    return { result: undefined, action: "place.created", subject: actor.workspaceId, isRenaming: given.some(({ kind }) => isNaming(kind)) };
  });

const addEntry = async (tx: Queryable, workspaceId: string, rows: readonly EntryRow[], given: CreateEntryBody, now: Date): Promise<EntryRow> => {
  if (rows.length >= ENTRIES_MAX) throw placesErrors.refuse("place_limit", `There are ${ENTRIES_MAX} of this kind already. Remove one first.`);
  const row: EntryRow = { ...given, id: newId(), formerNames: [], position: (rows.at(-1)?.position ?? 0) + 1, createdAt: now, updatedAt: now };
  refuseWrong(rows, row);
  await insertEntry(tx, workspaceId, row);
  return row;
};

/** Changes an entry. A former name keeps leading to it. */
export const changeEntry = (services: Services, actor: Actor, id: string, change: ChangeEntryBody): Promise<RegisterEntry> =>
  changeEntries(services, actor, async (tx) => {
    const before = await requireEntry(tx, actor.workspaceId, id);
    const { name = before.name, alsoCalled = before.alsoCalled, field = before.field, parentId = before.parentId, phase = before.phase } = change;
    const row: EntryRow = { ...before, name, alsoCalled, field, parentId, phase, formerNames: formerNames(before, name), updatedAt: services.clock.now() };
    refuseWrong(await listEntries(tx, actor.workspaceId, before.kind), row);
    await updateEntry(tx, actor.workspaceId, row);
    return { result: shown(row), action: "place.changed", subject: id, isRenaming: isNaming(row.kind) && namingWords(row) !== namingWords(before) };
  });

export const removeEntry = (services: Services, actor: Actor, id: string): Promise<void> =>
  changeEntries(services, actor, async (tx) => {
    const { kind } = await requireEntry(tx, actor.workspaceId, id);
    await deleteEntry(tx, actor.workspaceId, id);
    return { result: undefined, action: "place.removed", subject: id, isRenaming: isNaming(kind) };
  });

/** Puts the entries of a kind into another order; that of stages is the order customers pass them in. */
export const orderEntries = (services: Services, actor: Actor, kind: EntryKind, ids: readonly string[]): Promise<void> =>
  changeEntries(services, actor, async (tx) => {
    const present = new Set((await listEntries(tx, actor.workspaceId, kind)).map((row) => row.id));
    if (ids.length !== present.size || new Set(ids).size !== ids.length || !ids.every((id) => present.has(id))) {
      throw placesErrors.refuse("place_order_wrong", "The order must hold every entry of this kind exactly once. Load the register again.");
    }
    await orderRows(tx, actor.workspaceId, ids);
    return { result: undefined, action: "place.ordered", subject: kind, isRenaming: false };
  });

// Stages and places do not stand in the copy by what the register calls them.
const isNaming = (kind: EntryKind): boolean => kind === "channel" || kind === "environment" || kind === "product";
// The present name comes out of it, so that a change of it alone counts too.
const namingWords = (row: EntryRow): string => [row.name, row.field ?? "", ...wordsOf(row)].join("\n");

type Changed<Result> = { result: Result; action: string; subject: string; isRenaming: boolean };

const changeEntries = async <Result>(services: Services, actor: Actor, change: (tx: Queryable) => Promise<Changed<Result>>): Promise<Result> => {
  const { workspaceId } = actor;
  const result = await transaction(services.db, async (tx) => {
    await lockEntries(tx, workspaceId);
    const changed = await change(tx);
    await recordAudit(tx, actor, { action: changed.action, subject: changed.subject });
    await publish(tx, { name: "places.changed", workspaceId, payload: {} });
    // What channels, environments and products are called stands in the copy, and the past bears the new names as the future does.
    if (changed.isRenaming) {
      await raiseVersion(tx, workspaceId);
      await enqueue(tx, "touchpoints.rename", { workspaceId }, { queue: `touchpoints.rename ${workspaceId}` });
    }
    return changed.result;
  });
  forgetNaming(workspaceId);
  return result;
};

const requireEntry = async (tx: Queryable, workspaceId: string, id: string): Promise<EntryRow> => {
  const row = await findEntry(tx, workspaceId, id);
  if (row === null) throw httpErrors.refuse("not_found", "There is no such entry in the register of this workspace.");
  return row;
};

const refuseWrong = (rows: readonly EntryRow[], row: EntryRow): void => {
  const { kind, name, parentId } = row;
  const others = rows.filter(({ id }) => id !== row.id);
  const taken = new Set(others.flatMap(wordsOf));
  const double = [name, ...row.alsoCalled].find((word) => taken.has(plainWords(word)));
  if (double !== undefined) throw placesErrors.refuse("place_exists", `The register has "${double}" already, or had one of that name.`);
  if (row.phase !== null && kind !== "stage") throw placesErrors.refuse("place_field_wrong", "Only a stage lies before, during or after the purchase.");
  if (row.field !== null && kind !== "product" && kind !== "place") throw placesErrors.refuse("place_field_wrong", "Only a product or place stands in a property.");
  if (parentId === null) return;
  const parentOf = new Map(others.map((other) => [other.id, other.parentId]));
  if (kind === "stage" || kind === "channel" || !parentOf.has(parentId) || !mayBeUnder(row.id, parentId, parentOf)) {
    throw placesErrors.refuse("place_parent_wrong", `"${name}" cannot belong to that. Choose one of the same kind that does not lie below it.`);
  }
};

const formerNames = (before: EntryRow, name: string): string[] =>
  (name === before.name ? before.formerNames : [...before.formerNames, before.name])
    .filter((former, index, all) => plainWords(former) !== plainWords(name) && all.indexOf(former) === index)
    .slice(-FORMER_NAMES_MAX);

const shown = (row: EntryRow): RegisterEntry => ({ ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() });
