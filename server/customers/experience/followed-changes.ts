// Tells the record how far this copy has followed its logs of changes, and notices when some were cleared that it never read.
import type { Db } from "#platform/db";
import type { Positions } from "./experience-store.queries.ts";
import { CHANGE_LOGS, joinCopies, tellFollowed } from "./followed-changes.queries.ts";
import type { ChangeLog, FollowedTo } from "./followed-changes.queries.ts";
import type { Position } from "./experience.queries.ts";

/** What moved is told so often at most, and that the copy lives so often at least. */
const TOLD_MS = 2_000;
const ALIVE_MS = 3_600_000;

/** The name by which the record knows a copy, and how the copy takes a new one. */
export type CopyNaming = { name: () => Promise<string>; rename: () => Promise<string> };

export class FollowedChanges {
  #told: { copyId: string; at: FollowedTo; ms: number } | null = null;

  /** Takes nothing for sure any more: the copy, or who knows of it, may be another. */
  forget(): void {
    this.#told = null;
  }

  /** Says how far the copy is, when it is time to. A name lies in the copy, so that a second server set up from a snapshot of the first's disk bears
   *  the same one: whoever finds that another told under it takes a new name, or what one of them has not read would be cleared.
   *  @returns from where on the logs that it lacks a part of can be followed again; none when it has read all that was cleared */
  async tell(db: Db, naming: CopyNaming, at: Positions): Promise<[ChangeLog, Position][]> {
    const told = this.#told;
    if (told === null) return this.#join(db, await naming.name(), { naming, at });
    const nowMs = Date.now();
    const isMoved = CHANGE_LOGS.some((log) => isBefore(told.at[log], at[log]));
    if (nowMs - told.ms < (isMoved ? TOLD_MS : ALIVE_MS)) return [];
    if (!(await tellFollowed(db, told.copyId, { told: told.at, at }))) return this.#join(db, await naming.rename(), { naming, at });
    this.#told = { ...told, at, ms: nowMs };
    return [];
  }

  async #join(db: Db, copyId: string, { naming, at }: { naming: CopyNaming; at: Positions }): Promise<[ChangeLog, Position][]> {
    const cleared = await joinCopies(db, copyId, at);
    if (cleared === null) return this.#join(db, await naming.rename(), { naming, at });
    const missed = CHANGE_LOGS.flatMap((log): [ChangeLog, Position][] => (isBefore(at[log], cleared[log]) ? [[log, cleared[log]]] : []));
    this.#told = missed.length === 0 ? { copyId, at, ms: Date.now() } : null;
    return missed;
  }
}

const isBefore = (first: Position, second: Position): boolean =>
  BigInt(first.xid) < BigInt(second.xid) || (BigInt(first.xid) === BigInt(second.xid) && first.seq < second.seq);
