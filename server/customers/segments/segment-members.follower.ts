// Keeps who is in segments in the analytics copy. Nothing is looked through before it is asked for; then everybody once, and from there on only the customers
// of whom something changed. It forgets with its process, so that a copy never tells of members that another process believed in.
import type { AnalyticsWriter, CustomerSet, GatheredSet } from "#platform/analytics";
import { transaction, type Db } from "#platform/db";
import type { Log } from "#platform/log";
import * as queries from "./segment-members.queries.ts";
import { limitTime } from "./segments.queries.ts";

/** Of more changed customers everybody is looked through again, which is then quicker. */
const TOUCHED_MAX = 20_000;
const STATEMENT_MS = 60_000;
/** Who comes in or drops out as time passes is noticed so soon; beyond the second, nobody is shown what is that old. */
const TIMED_MS = 60_000;
const TIMED_LATE_MS = 600_000;
/** Whatever was believed to be unchanged is looked through again after so long. */
const BELIEVED_MS = 6 * 3_600_000;
const IDLE_MS = 300_000;
const UNASKED_MS = 24 * 3_600_000;
/** A rule too slow for its time is no quicker for the next who ask. */
const SLOW_MS = 30_000;
const TOO_SLOW = "working out who is in a segment takes longer than a minute; narrow its rule, for instance to fewer days";

/** What others than the tests need not set. */
type Limits = { touchedMax?: number; statementMs?: number; now?: () => number };
type Kept = { workspaceId: string; version: string; lastNo: number; revision: number; isTimed: boolean; lookedAtMs: number; askedAtMs: number; touches: number };
type State = "fresh" | "aging" | "touched" | "stale";

export class SegmentMembers {
  readonly #db: Db;
  readonly #writer: AnalyticsWriter;
  readonly #log: Log;
  readonly #touchedMax: number;
  readonly #statementMs: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  readonly #underway = new Map<string, Promise<GatheredSet>>();
  readonly #slow = new Map<string, { version: string; atMs: number }>();
  /** By workspace that has sets: who was touched, and by which of all touches last. */
  readonly #touched = new Map<string, Map<string, number>>();
  readonly #lastTouches = new Map<string, number>();
  #touches = 0;
  // Never one of a process before.
  #revisions = Date.now();
  #turn: Promise<unknown>;
  #isEnded = false;

  constructor(db: Db, writer: AnalyticsWriter, log: Log, { touchedMax = TOUCHED_MAX, statementMs = STATEMENT_MS, now = Date.now }: Limits = {}) {
    this.#db = db;
    this.#writer = writer;
    this.#log = log;
    this.#touchedMax = touchedMax;
    this.#statementMs = statementMs;
    this.#now = now;
    this.#turn = queries.dropAllSets(writer);
    this.#turn.catch(() => undefined);
  }

  /** Notes customers of whom something was committed by which segments are decided. */
  touch(workspaceId: string, customers: ReadonlySet<string>): void {
    const own = this.#touched.get(workspaceId);
    if (own === undefined) return;
    this.#touches += 1;
    this.#lastTouches.set(workspaceId, this.#touches);
    for (const customer of customers) own.set(customer, this.#touches);
    if (own.size > this.#touchedMax) this.#makeRoom(workspaceId, own);
  }

  /** Believes nothing any more: somebody may have been touched without being noted. */
  doubt(): void {
    for (const workspaceId of this.#touched.keys()) this.#forgetSets(workspaceId);
  }

  /** Makes sure that the copy knows who is in each set, as of now.
   *  @throws when looking through everybody takes longer than a minute, also to whoever asks for the same within half a minute */
  async gather(workspaceId: string, sets: readonly CustomerSet[]): Promise<GatheredSet[]> {
    if (!this.#touched.has(workspaceId)) this.#touched.set(workspaceId, new Map());
    const asked = this.#touches;
    const gathered: GatheredSet[] = [];
    for (const set of sets) gathered.push(await this.#settle(workspaceId, set, asked));
    await this.#dropUnasked();
    return gathered;
  }

  /** Does something while no set is looked through, and none is kept when it begins. */
  emptied<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#inTurn(async () => {
      this.doubt();
      await queries.dropAllSets(this.#writer);
      return work();
    });
  }

  /** Looks nobody through any more. Nothing is at work in the copy once it has ended: only then may that be closed. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#turn;
  }

  async #settle(workspaceId: string, set: CustomerSet, asked: number): Promise<GatheredSet> {
    for (;;) {
      const kept = this.#kept.get(set.id);
      if (kept !== undefined) kept.askedAtMs = this.#now();
      const state = this.#stateOf(kept, set, asked);
      if (kept !== undefined && (state === "fresh" || state === "aging")) {
        if (state === "aging") this.#lookBeside(workspaceId, set);
        return { id: set.id, lastNo: kept.lastNo, revision: kept.revision };
      }
      const slow = this.#slow.get(set.id);
      if (slow?.version === set.version && this.#now() - slow.atMs < SLOW_MS) throw new Error(TOO_SLOW);
      const underway = this.#underway.get(set.id);
      if (underway === undefined) return this.#look(workspaceId, set);
      // It began before this question was asked, and may not know what happened meanwhile. Where it fails, so would another.
      await underway;
    }
  }

  #lookBeside(workspaceId: string, set: CustomerSet): void {
    if (this.#underway.has(set.id)) return;
    this.#look(workspaceId, set, true).catch((error: unknown) => this.#log.warn({ err: error }, "who is in a segment could not be looked through again"));
  }

  #stateOf(kept: Kept | undefined, set: CustomerSet, asked: number): State {
    if (kept === undefined || kept.version !== set.version) return "stale";
    const ageMs = this.#now() - kept.lookedAtMs;
    if (set.isTimed && ageMs > TIMED_LATE_MS) return "stale";
    if (kept.touches < asked && kept.touches < (this.#lastTouches.get(kept.workspaceId) ?? 0)) return "touched";
    return ageMs > (set.isTimed ? TIMED_MS : BELIEVED_MS) ? "aging" : "fresh";
  }

  /** @param isWhole everybody, also where a look at some would do */
  #look(workspaceId: string, set: CustomerSet, isWhole = false): Promise<GatheredSet> {
    const looking = this.#inTurn(async () => {
      const [kept, touched, touches, nowMs] = [this.#kept.get(set.id), this.#touched.get(workspaceId), this.#touches, this.#now()];
      const mended = !isWhole && kept !== undefined && this.#stateOf(kept, set, touches) === "touched" ? await this.#mend(set, kept, touched ?? new Map()) : null;
      const { lastNo, isChanged } = mended ?? (await this.#lookThrough(workspaceId, set));
      if (isChanged) this.#revisions += 1;
      const revision = isChanged || kept === undefined ? this.#revisions : kept.revision;
      const lookedAtMs = mended === null || kept === undefined ? nowMs : kept.lookedAtMs;
      // Where all was forgotten meanwhile what was found is true, but the next question must look again.
      if (touched !== undefined && this.#touched.get(workspaceId) === touched)
        this.#kept.set(set.id, { workspaceId, version: set.version, lastNo, revision, isTimed: set.isTimed, touches, askedAtMs: nowMs, lookedAtMs });
      this.#slow.delete(set.id);
      return { id: set.id, lastNo, revision, isOld: set.isTimed && nowMs - lookedAtMs > TIMED_MS };
    })
      .catch((error: unknown) => {
        if (!isTimeOut(error)) throw error;
        this.#slow.set(set.id, { version: set.version, atMs: this.#now() });
        throw new Error(TOO_SLOW, { cause: error });
      })
      .finally(() => this.#underway.delete(set.id));
    this.#underway.set(set.id, looking);
    return looking.then(({ isOld, ...gathered }) => {
      // Of a set that is touched all the time nobody would notice who drops out as time passes.
      if (isOld) this.#lookBeside(workspaceId, set);
      return gathered;
    });
  }

  async #lookThrough(workspaceId: string, set: CustomerSet): Promise<{ lastNo: number; isChanged: boolean }> {
    await queries.startFinding(this.#writer);
    await transaction(this.#db, async (tx) => {
      await limitTime(tx, this.#statementMs);
      const next = await queries.openMembers(tx, set);
      for (let parts = await next(); parts.length > 0 && !this.#isEnded; parts = await next()) for (const ids of parts) await queries.addFound(this.#writer, ids);
    });
    const lastNo = await queries.keepFound(this.#writer, workspaceId, set.id);
    await queries.endFinding(this.#writer);
    return { lastNo, isChanged: true };
  }

  /** @returns null where the set is not there any more */
  async #mend(set: CustomerSet, kept: Kept, touched: ReadonlyMap<string, number>): Promise<{ lastNo: number; isChanged: boolean } | null> {
    const customers = [...touched].flatMap(([customer, touch]) => (touch > kept.touches ? [customer] : []));
    const ids = await transaction(this.#db, async (tx) => {
      await limitTime(tx, this.#statementMs);
      return queries.listMembersAmong(tx, set, customers);
    });
    return queries.mendSet(this.#writer, kept.workspaceId, set.id, { customers, ids, lastNo: kept.lastNo });
  }

  // Who was touched must be remembered for the set that was looked at longest ago. One that nobody asks for now is looked through again when somebody does.
  #makeRoom(workspaceId: string, touched: Map<string, number>): void {
    const idleMs = this.#now() - IDLE_MS;
    for (const [id, kept] of this.#kept) if (kept.workspaceId === workspaceId && kept.askedAtMs < idleMs) this.#kept.delete(id);
    const own = [...this.#kept.values()].filter((kept) => kept.workspaceId === workspaceId);
    // A look under way began somewhere in between, and what it finds must not be believed without those touched since.
    if (own.length === 0 || this.#underway.size > 0) return this.#forgetSets(workspaceId);
    const needed = Math.min(...own.map((kept) => kept.touches));
    for (const [customer, touch] of touched) if (touch <= needed) touched.delete(customer);
    if (touched.size > this.#touchedMax / 2) this.#forgetSets(workspaceId);
  }

  #forgetSets(workspaceId: string): void {
    this.#touched.delete(workspaceId);
    for (const [id, kept] of this.#kept) if (kept.workspaceId === workspaceId) this.#kept.delete(id);
  }

  async #dropUnasked(): Promise<void> {
    const longAgoMs = this.#now() - UNASKED_MS;
    const ids = [...this.#kept].flatMap(([id, { askedAtMs }]) => (askedAtMs < longAgoMs && !this.#underway.has(id) ? [id] : []));
    if (ids.length === 0) return;
    for (const id of ids) this.#kept.delete(id);
    // Whatever was asked for before its turn came stays.
    await this.#inTurn(() => queries.dropSets(this.#writer, ids.filter((id) => !this.#kept.has(id))));
  }

  // One after the other: each may look through all customers, and the database has other work.
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const begin = (): Promise<Result> => (this.#isEnded ? Promise.reject(new Error("the process is ending")) : work());
    const next = this.#turn.then(begin, begin);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

const QUERY_CANCELLED = "57014";
const isTimeOut = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === QUERY_CANCELLED;
