// Copies facts and feelings into the analytics store, with the customer, the touchpoint and the step before.
// Each part of a step can be repeated: what it writes depends on the record as it is now, and the position moves in the same transaction.
import type { AnalyticsWriter, Projection, StepResult } from "#platform/analytics";
import type { Staffing } from "#people";
import { loadStaffing } from "#people";
import type { Db } from "#platform/db";
import { countResolved, findOwners, resolveInteractions, resolvePerceptions } from "../identity/resolver.ts";
import type { Owner } from "../identity/resolver.ts";
import type { SegmentMembers } from "../segments/segment-members.follower.ts";
import { CustomerNumbers } from "./customer-numbers.ts";
import { FollowedChanges } from "./followed-changes.ts";
import { interactionCopy, perceptionCopy, perceptionNameable, type Known } from "./experience-copies.ts";
import type { Naming, NamingLoader } from "./experience.contract.ts";
import { factsTable, feelingsTable, toColumns } from "./experience-columns.rules.ts";
import type { ExperienceRow } from "./experience-columns.rules.ts";
import * as record from "./experience.queries.ts";
import type { InteractionRow, PerceptionRow, Position } from "./experience.queries.ts";
import { arrivalsPerSecond, isLate, liveOn, sizeOf, stepFrom } from "./experience.rules.ts";
import type { Life } from "./experience.rules.ts";
import * as store from "./experience-store.queries.ts";

const BATCH_ROWS = 4_000;
const STEP_ROWS = 1_000;
// Rows received longer ago than this are history being caught up on, not a flood.
const PRESSED_WITHIN_MS = 30_000;
// What two cores copy beside collecting it (docs/benchmarks.md). Up to there, falling behind is a moment's matter, and pausing would only make it worse.
const FOLLOWED_PER_SECOND = 7_000;
// Names beyond are no touchpoints, but a sender's mistake: paths then put steps in order anew (server/journeys/paths/steps.queries.ts).
const NUMBERED_MAX = 50_000;
// Entries of remembered lives, about 100 MB when full; customers beyond are looked up in the store.
const REMEMBERED_MAX = 1_000_000;

/** Holds what is remembered between steps: the registers of touchpoints, who serves where, the numbers of touchpoints, and the lives of customers so far. */
export class ExperienceProjection implements Projection {
  readonly #loadNaming: NamingLoader;
  readonly #segments: SegmentMembers;
  readonly #customers = new CustomerNumbers();
  readonly #followed = new FollowedChanges();
  readonly #namings = new Map<string, Promise<Naming>>();
  readonly #staffings = new Map<string, Promise<Staffing>>();
  readonly #numbers = new Map<string, Promise<Map<string, number>>>();
  readonly #lives = new Map<string, Life>();
  #remembered = 0;
  // Repairs may be waiting although nothing new came: after a last full batch, or left by a process that died.
  #mayHaveNoted = true;

  constructor(loadNaming: NamingLoader, segments: SegmentMembers) {
    this.#loadNaming = loadNaming;
    this.#segments = segments;
  }

  async step({ db, writer, horizon }: { db: Db; writer: AnalyticsWriter; horizon: string }): Promise<StepResult> {
    const at = await this.#whereToGoOn(db, writer);
    const { interactions, isCut, isBehind } = await readInteractions(db, at.interactions, horizon);
    // Feelings do not wait behind a flood of facts. Whoever first appears in a fact still to come is a stranger until then; the change of identity brings the feeling along.
    const perceptions = await record.listPerceptionsAfter(db, at.perceptions, horizon, BATCH_ROWS);
    const changes = isBehind ? [] : await record.listIdentityChangesAfter(db, at.identity_changes, horizon, BATCH_ROWS);
    const deletions = isBehind ? [] : await record.listDeletionsAfter(db, at.deletions, horizon, BATCH_ROWS);
    const corrections = isBehind ? [] : await record.listCustomerChangesAfter(db, at.customer_changes, horizon, BATCH_ROWS);
    const isPending = isBehind || [perceptions, changes, deletions, corrections].some((list) => list.length === BATCH_ROWS);
    const rows = [...interactions, ...perceptions, ...changes, ...deletions, ...corrections];
    if (rows.length === 0 && !this.#mayHaveNoted) return { rows: 0, isBehind: false, isPressed: false, workspaceIds: [] };
    const facts = await resolveFacts(db, interactions);
    const feelings = await resolveFeelings(db, perceptions);
    const touched = touchedBy(facts, feelings, corrections);
    const copying = writer.transaction(async () => {
      await this.#copyInteractions(db, writer, facts, isPending);
      await this.#copyPerceptions(db, writer, feelings);
      await this.#moveRows(db, writer, changes, touched);
      await this.#removeRows(writer, deletions, touched);
      await this.#followChanges(writer, corrections);
      if (!isPending) await this.#repairNoted(writer);
    });
    // Beside the copying, which takes about as long, and ended before the next step: an open transaction would hold up its horizon.
    // Both end before either's failure is told: what is remembered must not be forgotten under the hands of the copying.
    const ended = await Promise.allSettled([copying, countResolved(db)]);
    for (const one of ended) if (one.status === "rejected") throw one.reason;
    // Only now is all of it committed by which segments are decided.
    for (const [workspaceId, customers] of touched) this.#segments.touch(workspaceId, customers);
    this.#mayHaveNoted = isPending;
    const isRecent = Date.now() - (interactions.at(-1)?.receivedAt.getTime() ?? 0) < PRESSED_WITHIN_MS;
    const isPressed = isBehind && isRecent && arrivalsPerSecond(interactions.map((row) => row.receivedAt)) > FOLLOWED_PER_SECOND;
    return { rows: rows.length, isBehind: isPending || isCut, isPressed, workspaceIds: [...new Set(rows.map((row) => row.workspaceId))] };
  }

  forget(): void {
    this.#followed.forget();
    this.#mayHaveNoted = true;
    this.#segments.doubt();
    this.#customers.forget();
    this.#forgetLives();
    this.#numbers.clear();
    this.#namings.clear();
    this.#staffings.clear();
  }

  /** Names all interactions and perceptions of a workspace anew, after its register of touchpoints changed. */
  async rename(db: Db, writer: AnalyticsWriter, workspaceId: string): Promise<void> {
    this.#namings.delete(workspaceId);
    this.#forgetLives();
    const naming = await this.#namingOf(workspaceId);
    for (let after: Position = { xid: "0", seq: 0 }; ; ) {
      const rows = await record.listInteractionsOf(db, workspaceId, after, BATCH_ROWS);
      const last = rows.at(-1);
      if (last === undefined) break;
      const named = rows.map((row) => ({ id: row.id, ...naming(row) }));
      await writer.transaction(async () => {
        await this.#number(writer, workspaceId, named.map(({ touchpoint }) => touchpoint));
        await store.renameRows(writer, "facts", workspaceId, named);
      }).catch((error: unknown) => {
        // The numbers just given were not kept.
        this.forget();
        throw error;
      });
      after = last;
    }
    for (let after: Position = { xid: "0", seq: 0 }; ; ) {
      const rows = await record.listPerceptionsOf(db, workspaceId, after, BATCH_ROWS);
      const last = rows.at(-1);
      if (last === undefined) break;
      await writer.transaction(() => store.renameRows(writer, "feelings", workspaceId, rows.map((row) => ({ id: row.id, ...naming(perceptionNameable(row)) }))));
      after = last;
    }
    await writer.transaction(() => this.#repairNoted(writer));
  }

  /** Finds anew whose work every fact and feeling of a workspace is about, and where they belonged then, after that changed. */
  async restaff(db: Db, writer: AnalyticsWriter, workspaceId: string): Promise<void> {
    this.#staffings.delete(workspaceId);
    const staffing = await this.#staffingOf(db, workspaceId);
    for (const table of store.TABLES) await writer.transaction(() => store.restaffRows(writer, table, workspaceId, staffing));
  }

  async empty(writer: AnalyticsWriter): Promise<void> {
    this.forget();
    await writer.transaction(() => store.emptyStore(writer));
  }

  /** Where each part of the record is followed from. A copy that lacks changes that were cleared, such as one brought back from long ago, begins from nothing. */
  async #whereToGoOn(db: Db, writer: AnalyticsWriter): Promise<store.Positions> {
    const at = await store.readPositions(writer.run);
    const missed = await this.#followed.tell(db, { name: () => store.nameCopy(writer), rename: () => store.renameCopy(writer) }, at);
    if (missed.length === 0) return at;
    if (store.hasCopied(at)) await this.#segments.emptied(() => this.empty(writer));
    // What is copied from nothing is copied as it is now, so that former changes do not matter.
    await writer.transaction(async () => {
      for (const [log, position] of missed) await store.writePosition(writer, log, position);
    });
    return this.#whereToGoOn(db, writer);
  }

  async #copyInteractions(db: Db, writer: AnalyticsWriter, { rows, strangerIds }: Facts, isBehind: boolean): Promise<void> {
    const last = rows.at(-1);
    if (last === undefined) return;
    const copies: ExperienceRow[] = [];
    for (const { row, owner } of rows) if (owner !== "erased") copies.push(interactionCopy(row, owner, await this.#knownOf(db, row.workspaceId)));
    for (const workspaceId of new Set(copies.map((copy) => copy.workspaceId))) {
      const own = copies.filter((copy) => copy.workspaceId === workspaceId);
      const numbers = await this.#number(writer, workspaceId, own.map(({ place }) => place.touchpoint));
      for (const copy of own) copy.touchpointNo = numbers.get(copy.place.touchpoint ?? "") ?? null;
    }
    await this.#numberCustomers(writer, copies, strangerIds);
    if (isBehind) await this.#appendUnstepped(writer, copies);
    else await this.#appendStepped(writer, copies, strangerIds);
    await store.writePosition(writer, "interactions", last.row);
  }

  // While far behind, steps are not worked out row by row: the customers are noted and done in one go at the end.
  async #appendUnstepped(writer: AnalyticsWriter, rows: readonly ExperienceRow[]): Promise<void> {
    const customers = customersOf(rows);
    for (const customer of customers) this.#forgetLife(customer);
    await store.addRepairs(writer, customers);
    await writer.append(factsTable, toColumns(rows));
  }

  // Looking customers up reads the whole store, and most that are not remembered have just been seen for the first time.
  async #appendStepped(writer: AnalyticsWriter, rows: readonly ExperienceRow[], strangerIds: ReadonlySet<string>): Promise<void> {
    const unknown = customersOf(rows).filter((customer) => !this.#lives.has(customer) && !strangerIds.has(customer));
    if (unknown.length > 0) for (const [customer, life] of await store.findLives(writer, unknown)) this.#remember(customer, 0, life);
    const late = new Set<string>();
    for (const row of rows) {
      if (row.customer === null || row.place.touchpoint === null) continue;
      const met = { atMs: row.atMs, seq: row.seq, touchpoint: row.place.touchpoint };
      const life = this.#lives.get(row.customer);
      if (isLate(life, met)) {
        late.add(row.customer);
        continue;
      }
      row.step = stepFrom(life, met);
      row.previousNo = row.step.previousTouchpoint === null ? null : ((await this.#numbers.get(row.workspaceId))?.get(row.step.previousTouchpoint) ?? null);
      this.#remember(row.customer, sizeOf(life), liveOn(life, met));
    }
    this.#forgetOldest();
    await writer.append(factsTable, toColumns(rows));
    await store.addRepairs(writer, [...late]);
  }

  async #copyPerceptions(db: Db, writer: AnalyticsWriter, rows: Feelings): Promise<void> {
    const last = rows.at(-1);
    if (last === undefined) return;
    const copies: ExperienceRow[] = [];
    for (const { row, owner } of rows) copies.push(perceptionCopy(row, owner, await this.#knownOf(db, row.workspaceId)));
    await this.#numberCustomers(writer, copies);
    await writer.append(feelingsTable, toColumns(copies));
    await store.writePosition(writer, "perceptions", last.row);
  }

  async #moveRows(db: Db, writer: AnalyticsWriter, changes: readonly (Position & { workspaceId: string; identifierId: number })[], touched: Touched): Promise<void> {
    const last = changes.at(-1);
    if (last === undefined) return;
    const workspaceOf = new Map(changes.map((change) => [change.identifierId, change.workspaceId]));
    const spans = await record.listAssignmentsOf(db, [...workspaceOf.keys()]);
    for (const { identifierId, customerId } of spans) touch(touched, workspaceOf.get(identifierId), customerId);
    for (const [workspaceId, own] of Map.groupBy(spans, ({ identifierId }) => workspaceOf.get(identifierId) ?? ""))
      await this.#customers.give(writer, workspaceId, own.map(({ customerId }) => customerId));
    for (const { workspaceId, customer } of await store.reassign(writer, [...workspaceOf.keys()], spans)) {
      this.#forgetLife(customer);
      touch(touched, workspaceId, customer);
    }
    await store.writePosition(writer, "identity_changes", last);
  }

  async #removeRows(writer: AnalyticsWriter, deletions: readonly record.Deletion[], touched: Touched): Promise<void> {
    const last = deletions.at(-1);
    if (last === undefined) return;
    const owners = await store.removeRows(writer, deletions.flatMap(({ recordId, livingSeq }) => (recordId === null ? [] : [{ id: recordId, livingSeq }])));
    for (const { workspaceId, customer } of owners) touch(touched, workspaceId, customer);
    await this.#customers.drop(writer, owners.map(({ customer }) => customer));
    await store.dropUnusedNumbers(writer);
    this.#numbers.clear();
    this.#forgetLives();
    await store.writePosition(writer, "deletions", last);
  }

  async #followChanges(writer: AnalyticsWriter, changes: readonly record.CustomerChange[]): Promise<void> {
    const last = changes.at(-1);
    if (last === undefined) return;
    await this.#customers.drop(writer, changes.flatMap(({ customerId, isGone }) => (isGone ? [customerId] : [])));
    await store.writePosition(writer, "customer_changes", last);
  }

  async #numberCustomers(writer: AnalyticsWriter, copies: readonly ExperienceRow[], strangerIds?: ReadonlySet<string>): Promise<void> {
    for (const [workspaceId, own] of Map.groupBy(copies, (copy) => copy.workspaceId)) {
      await this.#customers.give(writer, workspaceId, customersOf(own), strangerIds);
      for (const copy of own) copy.customerNo = this.#customers.of(copy.customer);
    }
  }

  async #knownOf(db: Db, workspaceId: string): Promise<Known> {
    return { naming: await this.#namingOf(workspaceId), staffing: await this.#staffingOf(db, workspaceId) };
  }

  #namingOf(workspaceId: string): Promise<Naming> {
    return keep(this.#namings, workspaceId, () => this.#loadNaming(workspaceId));
  }

  #staffingOf(db: Db, workspaceId: string): Promise<Staffing> {
    return keep(this.#staffings, workspaceId, () => loadStaffing(db, workspaceId));
  }

  async #repairNoted(writer: AnalyticsWriter): Promise<void> {
    const customers = await store.repairNoted(writer);
    if (customers === null) this.#forgetLives();
    else for (const customer of customers) this.#forgetLife(customer);
  }

  /** Numbers of a workspace's touchpoints; those met for the first time get the next. */
  async #number(writer: AnalyticsWriter, workspaceId: string, touchpoints: readonly (string | null)[]): Promise<ReadonlyMap<string, number>> {
    const numbers = await keep(this.#numbers, workspaceId, () => store.listNumbers(writer, workspaceId));
    const added: (readonly [touchpoint: string, no: number])[] = [];
    let last = Math.max(0, ...numbers.values());
    for (const touchpoint of touchpoints) {
      if (touchpoint === null || numbers.has(touchpoint) || numbers.size >= NUMBERED_MAX) continue;
      last += 1;
      numbers.set(touchpoint, last);
      added.push([touchpoint, last]);
    }
    if (added.length > 0) await store.addNumbers(writer, workspaceId, added);
    return numbers;
  }

  #remember(customer: string, sizeBefore: number, life: Life): void {
    this.#lives.delete(customer);
    this.#lives.set(customer, life);
    this.#remembered += sizeOf(life) - sizeBefore;
  }

  // Only between batches: whoever was forgotten within one would seem to begin a life.
  #forgetOldest(): void {
    for (const [oldest] of this.#lives) {
      if (this.#remembered <= REMEMBERED_MAX) return;
      this.#forgetLife(oldest);
    }
  }

  #forgetLife(customer: string): void {
    this.#remembered -= sizeOf(this.#lives.get(customer));
    this.#lives.delete(customer);
  }

  #forgetLives(): void {
    this.#lives.clear();
    this.#remembered = 0;
  }
}

/** Rows committed but not copied yet. */
export const countLag = async (db: Db, read: store.StoreReader): Promise<number> => {
  const at = await store.readPositions(read);
  return record.countRowsAfter(db, at.interactions, at.perceptions);
};

const customersOf = (rows: readonly ExperienceRow[]): string[] => [...new Set(rows.flatMap((row) => (row.customer === null ? [] : [row.customer])))];

const keep = <Value>(kept: Map<string, Promise<Value>>, key: string, load: () => Promise<Value>): Promise<Value> => {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const loading = load();
  kept.set(key, loading);
  loading.catch(() => kept.delete(key));
  return loading;
};

const NOBODY: Owner = { customerId: null, identifierId: null };
type Facts = { rows: readonly { row: InteractionRow; owner: Owner | "erased" }[]; strangerIds: ReadonlySet<string> };
/** By workspace, the customers who may have come into a segment or dropped out of one. */
type Touched = Map<string, Set<string>>;
type Feelings = readonly { row: PerceptionRow; owner: Owner }[];

const touch = (touched: Touched, workspaceId: string | undefined, customer: string | null): void => {
  if (workspaceId === undefined || customer === null) return;
  const own = touched.get(workspaceId) ?? new Set();
  touched.set(workspaceId, own.add(customer));
};

const touchedBy = (facts: Facts, feelings: Feelings, corrections: readonly record.CustomerChange[]): Touched => {
  const touched: Touched = new Map();
  for (const { row, owner } of facts.rows) if (owner !== "erased") touch(touched, row.workspaceId, owner.customerId);
  for (const { row, owner } of feelings) touch(touched, row.workspaceId, owner.customerId);
  for (const { workspaceId, customerId } of corrections) touch(touched, workspaceId, customerId);
  return touched;
};

/** The rows of one step. Nearly up to date, steps are short, so that an answer given now does not wait for a long one under way. */
const readInteractions = async (db: Db, after: Position, horizon: string): Promise<{ interactions: InteractionRow[]; isCut: boolean; isBehind: boolean }> => {
  const interactions = await record.listInteractionsAfter(db, after, horizon, STEP_ROWS);
  const last = interactions[STEP_ROWS - 1];
  if (last === undefined) return { interactions, isCut: false, isBehind: false };
  const isBehind = await record.hasInteractionsBeyond(db, last, horizon, BATCH_ROWS - STEP_ROWS);
  if (isBehind) interactions.push(...(await record.listInteractionsAfter(db, last, horizon, BATCH_ROWS - STEP_ROWS)));
  return { interactions, isCut: true, isBehind };
};

const resolveFacts = async (db: Db, rows: readonly InteractionRow[]): Promise<Facts> => {
  const { owners, erasedIds, strangerIds } = await resolveInteractions(db, rows);
  const erased = new Set(erasedIds);
  // Rows resolved before, by a step that then failed, and rows of nobody are looked up.
  const others = rows.filter((row) => !owners.has(row.id) && !erased.has(row.id));
  for (const [index, owner] of (await findOwners(db, others)).entries()) owners.set(others[index]?.id ?? "", owner);
  return { rows: rows.map((row) => ({ row, owner: erased.has(row.id) ? "erased" : (owners.get(row.id) ?? NOBODY) })), strangerIds };
};

const resolveFeelings = async (db: Db, rows: readonly PerceptionRow[]): Promise<Feelings> => {
  await resolvePerceptions(db, rows);
  const owners = await findOwners(db, rows);
  return rows.map((row, index) => ({ row, owner: owners[index] ?? NOBODY }));
};
