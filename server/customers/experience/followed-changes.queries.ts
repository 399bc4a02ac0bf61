// How far every copy of the record has followed the logs of changes, and the clearing of what all of them have passed.
import { transaction } from "#platform/db";
import type { Db, Queryable } from "#platform/db";
import type { Position } from "./experience.queries.ts";

export const CHANGE_LOGS = ["identity_changes", "customer_changes", "deletions"] as const;
export type ChangeLog = (typeof CHANGE_LOGS)[number];
export type FollowedTo = Record<ChangeLog, Position>;

const LOCK = "hashtextextended('customers.followed_changes', 0)";

/** Makes the copy one that clearing waits for.
 *  @returns up to where each log may have been cleared before; null when a copy of this name was further, so that it must be another */
export const joinCopies = (db: Db, copyId: string, at: FollowedTo): Promise<FollowedTo | null> =>
  transaction(db, async (tx) => {
    // What may be cleared is decided before or after, never while a copy joins.
    await tx.query(`select pg_advisory_xact_lock_shared(${LOCK})`);
    const { rowCount: further } = await tx.query(
      `select from customers.followed_changes followed join ${GIVEN} on given.log = followed.log where followed.copy_id = $1 and (followed.xid, followed.seq) > (given.xid, given.seq)`,
      [copyId, ...given(at)],
    );
    if (further !== 0) return null;
    const { rows } = await tx.query<Position & { log: ChangeLog }>("select log, xid::text, seq from customers.cleared_changes");
    const clearedTo = (log: ChangeLog): Position => rows.find((row) => row.log === log) ?? { xid: "0", seq: 0 };
    const cleared = { identity_changes: clearedTo("identity_changes"), customer_changes: clearedTo("customer_changes"), deletions: clearedTo("deletions") };
    await tx.query(
      `insert into customers.followed_changes (copy_id, log, xid, seq, told_at) select $1, given.log, given.xid, given.seq, now() from ${GIVEN}
       on conflict (copy_id, log) do update set xid = excluded.xid, seq = excluded.seq, told_at = excluded.told_at`,
      [copyId, ...given(at)],
    );
    return cleared;
  });

/** Notes how far a copy is.
 *  @param told how far it last said to be
 *  @returns false when that is not what is known: it was forgotten meanwhile, or another copy of this name told, and it has to join under a new one */
export const tellFollowed = async (db: Queryable, copyId: string, { told, at }: { told: FollowedTo; at: FollowedTo }): Promise<boolean> => {
  const { rowCount } = await db.query(
    `update customers.followed_changes followed
     set xid = given.xid, seq = given.seq, told_at = now()
     from ${GIVEN}
     join unnest($5::text[], $6::text[]::xid8[], $7::bigint[]) told (log, xid, seq) on told.log = given.log
     where followed.copy_id = $1 and followed.log = given.log and (followed.xid, followed.seq) = (told.xid, told.seq)`,
    [copyId, ...given(at), ...given(told)],
  );
  return rowCount === CHANGE_LOGS.length;
};

const GIVEN = "unnest($2::text[], $3::text[]::xid8[], $4::bigint[]) given (log, xid, seq)";
const given = (at: FollowedTo): unknown[] => [[...CHANGE_LOGS], CHANGE_LOGS.map((log) => at[log].xid), CHANGE_LOGS.map((log) => at[log].seq)];

/** Forgets copies not heard of since a time, and lets each log be cleared up to where all others are. Where nobody follows, nothing is cleared.
 *  @param namedBefore when the oldest copy must have been named for anything to be cleared */
export const letClear = (db: Db, { heardSince, namedBefore }: { heardSince: Date; namedBefore: Date }): Promise<void> =>
  transaction(db, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(${LOCK})`);
    await tx.query("delete from customers.followed_changes where told_at < $1", [heardSince]);
    await tx.query(
      `insert into customers.cleared_changes (log, xid, seq)
       select distinct on (log) log, xid, seq from customers.followed_changes where exists (select from customers.followed_changes where copy_id < $1) order by log, xid, seq
       on conflict (log) do update set xid = excluded.xid, seq = excluded.seq
         where (excluded.xid, excluded.seq) > (cleared_changes.xid, cleared_changes.seq)`,
      [firstIdAt(namedBefore)],
    );
  });

// Names are UUIDs of version 7, which begin with the milliseconds at which they were made.
const firstIdAt = (time: Date): string => {
  const ms = time.getTime().toString(16).padStart(12, "0");
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
};

/** Clears some of the oldest changes of a log that may be cleared; its index on (xid, seq) carries it.
 *  @returns how many */
export const clearChanges = async (db: Queryable, log: ChangeLog, limit: number): Promise<number> => {
  const { rowCount } = await db.query(
    // By places that are read once: looked for again with every row, thousands of them would take minutes where the planner knows nothing of the table yet.
    `delete from customers.${log}
     where ctid = any (array(
       select change.ctid
       from customers.${log} change
       where (change.xid, change.seq) <= (select cleared.xid, cleared.seq from customers.cleared_changes cleared where cleared.log = $1)
       order by change.xid, change.seq
       limit $2
     ))`,
    [log, limit],
  );
  return rowCount ?? 0;
};
