// Copies facts and feelings into the analytics store, with the customer, the touchpoint and the step before.
// Each part of a step can be repeated: what it writes depends on the record as it is now, and the position moves in the same transaction.
import type { AnalyticsWriter, Projection, StepResult } from "#platform/analytics";
import type { Db } from "#platform/db";
import { findOwners, resolveInteractions, resolvePerceptions } from "../identity/resolver.ts";
import type { Naming, NamingLoader } from "./experience.contract.ts";
import { experienceTable, toColumns } from "./experience.columns.rules.ts";
import type { ExperienceRow } from "./experience.columns.rules.ts";
import * as record from "./experience.queries.ts";
import type { InteractionRow, PerceptionRow, Position } from "./experience.queries.ts";
import { stepFrom } from "./experience.rules.ts";
import type { Seen } from "./experience.rules.ts";
import * as store from "./experience.store.queries.ts";

const BATCH_ROWS = 4_000;
// About 60 MB when full; customers beyond are looked up in the store.
const REMEMBERED_MAX = 300_000;

export type ExperienceProjection = Projection & {
  /** Names all interactions of a workspace anew, after its register of touchpoints changed. */
  rename: (db: Db, writer: AnalyticsWriter, workspaceId: string) => Promise<void>;
  empty: (writer: AnalyticsWriter) => Promise<void>;
};

export const createExperienceProjection = (loadNaming: NamingLoader): ExperienceProjection => {
  const namings = new Map<string, Promise<Naming>>();
  const lastSeen = new Map<string, Seen>();

  const namingOf = (workspaceId: string): Promise<Naming> => {
    const known = namings.get(workspaceId);
    if (known !== undefined) return known;
    const loading = loadNaming(workspaceId);
    namings.set(workspaceId, loading);
    loading.catch(() => namings.delete(workspaceId));
    return loading;
  };

  const remember = (customer: string, seen: Seen): void => {
    lastSeen.delete(customer);
    lastSeen.set(customer, seen);
    if (lastSeen.size <= REMEMBERED_MAX) return;
    const oldest = lastSeen.keys().next();
    if (oldest.done === false) lastSeen.delete(oldest.value);
  };

  // While far behind, steps are not worked out row by row: the customers are noted and done in one go at the end.
  const appendInteractions = async (writer: AnalyticsWriter, rows: readonly ExperienceRow[], isBehind: boolean): Promise<void> => {
    const customers = [...new Set(rows.flatMap((row) => (row.customer === null ? [] : [row.customer])))];
    if (isBehind) {
      for (const customer of customers) lastSeen.delete(customer);
      await store.addRepairs(writer, customers);
      await writer.append(experienceTable, toColumns(rows));
      return;
    }
    const unknown = customers.filter((customer) => !lastSeen.has(customer));
    if (unknown.length > 0) for (const [customer, seen] of await store.findLastSeen(writer, unknown)) remember(customer, seen);
    const late = new Set<string>();
    const stepped = rows.map((row) => {
      if (row.customer === null) return row;
      const step = stepFrom(lastSeen.get(row.customer), { atMs: row.atMs, touchpoint: row.place.touchpoint });
      if (step.isLate) late.add(row.customer);
      remember(row.customer, step.last);
      return { ...row, previousTouchpoint: step.previousTouchpoint, gapS: step.gapS };
    });
    await writer.append(experienceTable, toColumns(stepped));
    await store.addRepairs(writer, [...late]);
  };

  const copyInteractions = async (db: Db, writer: AnalyticsWriter, rows: readonly InteractionRow[], isBehind: boolean): Promise<void> => {
    const last = rows.at(-1);
    if (last === undefined) return;
    const erasedIds = new Set((await resolveInteractions(db, rows)).erasedIds);
    const owners = await findOwners(db, rows);
    const copies: ExperienceRow[] = [];
    for (const [index, row] of rows.entries())
      if (!erasedIds.has(row.id)) copies.push(interactionCopy(row, owners[index] ?? NOBODY, await namingOf(row.workspaceId)));
    await appendInteractions(writer, copies, isBehind);
    await store.writePosition(writer, "interactions", last);
  };

  const copyPerceptions = async (db: Db, writer: AnalyticsWriter, rows: readonly PerceptionRow[]): Promise<void> => {
    const last = rows.at(-1);
    if (last === undefined) return;
    await resolvePerceptions(db, rows);
    const owners = await findOwners(db, rows);
    await writer.append(experienceTable, toColumns(rows.map((row, index) => perceptionCopy(row, owners[index] ?? NOBODY))));
    await store.writePosition(writer, "perceptions", last);
  };

  const moveRows = async (db: Db, writer: AnalyticsWriter, changes: readonly (Position & { identifierId: number })[]): Promise<void> => {
    const last = changes.at(-1);
    if (last === undefined) return;
    const identifierIds = [...new Set(changes.map((change) => change.identifierId))];
    await store.reassign(writer, identifierIds, await record.listAssignmentsOf(db, identifierIds));
    // Who lost or gained rows is not known here by name; what is remembered of the past may be anybody's.
    lastSeen.clear();
    await store.writePosition(writer, "identity_changes", last);
  };

  const step = async ({ db, writer, horizon }: { db: Db; writer: AnalyticsWriter; horizon: string }): Promise<StepResult> => {
    const at = await store.readPositions(writer);
    const interactions = await record.listInteractionsAfter(db, at.interactions, horizon, BATCH_ROWS);
    const isBehind = interactions.length === BATCH_ROWS;
    // A perception waits for interactions committed before it: its customer may first appear in one of them.
    const perceptions = isBehind ? [] : await record.listPerceptionsAfter(db, at.perceptions, horizon, BATCH_ROWS);
    const changes = isBehind ? [] : await record.listIdentityChangesAfter(db, at.identity_changes, horizon, BATCH_ROWS);
    const deletions = isBehind ? [] : await record.listDeletionsAfter(db, at.deletions, horizon, BATCH_ROWS);
    const isPending = isBehind || [perceptions, changes, deletions].some((list) => list.length === BATCH_ROWS);
    const rows = interactions.length + perceptions.length + changes.length + deletions.length;
    if (rows === 0) return { rows: 0, isBehind: false, workspaceIds: [] };
    await writer.transaction(async () => {
      await copyInteractions(db, writer, interactions, isPending);
      await copyPerceptions(db, writer, perceptions);
      await moveRows(db, writer, changes);
      const lastDeletion = deletions.at(-1);
      if (lastDeletion !== undefined) {
        await store.removeRows(writer, deletions.flatMap((deletion) => (deletion.recordId === null ? [] : [deletion.recordId])));
        lastSeen.clear();
        await store.writePosition(writer, "deletions", lastDeletion);
      }
      if (!isPending) await store.repairNoted(writer);
    });
    const workspaceIds = [...new Set([...interactions, ...perceptions, ...changes, ...deletions].map((row) => row.workspaceId))];
    return { rows, isBehind: isPending, workspaceIds };
  };

  return {
    step,
    countLag: async (db, writer) => {
      const at = await store.readPositions(writer);
      return record.countRowsAfter(db, at.interactions, at.perceptions);
    },
    forget: () => {
      lastSeen.clear();
      namings.clear();
    },
    rename: async (db, writer, workspaceId) => {
      namings.delete(workspaceId);
      lastSeen.clear();
      const naming = await namingOf(workspaceId);
      for (let after: Position = { xid: "0", seq: 0 }; ; ) {
        const rows = await record.listInteractionsOf(db, workspaceId, after, BATCH_ROWS);
        const last = rows.at(-1);
        if (last === undefined) break;
        await writer.transaction(() => store.renameRows(writer, workspaceId, rows.map((row) => ({ id: row.id, ...naming(row) }))));
        after = last;
      }
      await writer.transaction(() => store.repairNoted(writer));
    },
    empty: async (writer) => {
      lastSeen.clear();
      namings.clear();
      await writer.transaction(() => store.emptyStore(writer));
    },
  };
};

type Owner = { customerId: string | null; identifierId: number | null };
const NOBODY: Owner = { customerId: null, identifierId: null };

const interactionCopy = (row: InteractionRow, owner: Owner, naming: Naming): ExperienceRow => ({
  workspaceId: row.workspaceId,
  id: row.id,
  seq: row.seq,
  record: "interaction",
  subject: owner.identifierId,
  customer: owner.customerId,
  atMs: row.at.getTime(),
  receivedAtMs: row.receivedAt.getTime(),
  type: row.type,
  name: row.name,
  place: naming(row),
  previousTouchpoint: null,
  gapS: null,
  source: row.source,
  kind: null,
  value: null,
  scaleMin: null,
  scaleMax: null,
  normalised: null,
  choice: null,
  hasText: null,
  weight: null,
  surveyId: null,
  memberId: row.memberId,
  importId: row.importId,
  interactionId: null,
});

const perceptionCopy = (row: PerceptionRow, owner: Owner): ExperienceRow => ({
  workspaceId: row.workspaceId,
  id: row.id,
  seq: row.seq,
  record: "perception",
  subject: owner.identifierId,
  customer: owner.customerId,
  atMs: row.at.getTime(),
  receivedAtMs: row.recordedAt.getTime(),
  type: null,
  name: null,
  place: { touchpoint: row.touchpoint, channel: row.channel, stage: row.stage },
  previousTouchpoint: null,
  gapS: null,
  source: row.source,
  kind: row.kind,
  value: row.value,
  scaleMin: row.scaleMin,
  scaleMax: row.scaleMax,
  normalised: row.normalised,
  choice: row.choice,
  hasText: row.hasText,
  weight: row.weight,
  surveyId: row.surveyId,
  memberId: null,
  importId: row.importId,
  interactionId: row.interactionId,
});
