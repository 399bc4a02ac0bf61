import type { Queryable } from "../db/db.ts";

export type StoredEvent = { id: number; xid: string; workspaceId: string; name: string; payload: Record<string, unknown>; at: Date };

const COLUMNS = `id, xid::text, workspace_id as "workspaceId", name, payload, at`;

// pg_notify carries the id only: its limit is 8,000 bytes, and it is delivered at commit.
export const insertEvent = async (tx: Queryable, event: { name: string; workspaceId: string; payload: Record<string, unknown> }): Promise<number> => {
  const { rows } = await tx.query<{ id: number }>(
    `with stored as (
       insert into platform.events (workspace_id, name, payload)
       values ($1, $2, $3)
       returning id
     )
     select id, pg_notify('firsthand_events', id::text) from stored`,
    [event.workspaceId, event.name, JSON.stringify(event.payload)],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("The event was not stored.");
  return id;
};

/** @returns ids in the order of the events */
export const insertEvents = async (
  tx: Queryable,
  events: readonly { name: string; workspaceId: string; payload: Record<string, unknown> }[],
): Promise<number[]> => {
  if (events.length === 0) return [];
  const { rows } = await tx.query<{ id: number }>(
    `with stored as (
       insert into platform.events (workspace_id, name, payload)
       select given.workspace_id, given.name, given.payload
       from unnest($1::uuid[], $2::text[], $3::jsonb[]) with ordinality as given (workspace_id, name, payload, place)
       order by given.place
       returning id
     )
     select id, pg_notify('firsthand_events', id::text) from stored order by id`,
    [events.map((event) => event.workspaceId), events.map((event) => event.name), events.map((event) => JSON.stringify(event.payload))],
  );
  return rows.map((row) => row.id);
};

export const findEvents = async (db: Queryable, ids: readonly number[]): Promise<StoredEvent[]> => {
  const { rows } = await db.query<StoredEvent>(`select ${COLUMNS} from platform.events where id = any ($1) order by events.xid, events.id`, [[...ids]]);
  return rows;
};

/** Events after one a browser has seen. Those of transactions that ended out of order are sent again rather than left out. */
export const listEventsSince = async (db: Queryable, workspaceId: string, eventId: number, limit: number): Promise<StoredEvent[]> => {
  const { rows } = await db.query<StoredEvent>(
    `select ${COLUMNS}
     from platform.events
     where workspace_id = $1 and id <> $2
       and xid >= coalesce((select seen.xid from platform.events seen where seen.id = $2), pg_snapshot_xmin(pg_current_snapshot()))
     order by events.xid, events.id
     limit $3`,
    [workspaceId, eventId, limit],
  );
  return rows;
};

/** The last events of so many milliseconds, oldest first. */
export const listRecentEvents = async (db: Queryable, workspaceId: string, ms: number, limit: number): Promise<StoredEvent[]> => {
  const { rows } = await db.query<StoredEvent>(
    `select *
     from (
       select ${COLUMNS}
       from platform.events
       where workspace_id = $1 and at >= now() - $2 * interval '1 millisecond'
       order by events.id desc
       limit $3
     ) recent
     order by id`,
    [workspaceId, ms, limit],
  );
  return rows;
};

export const deleteEventsBefore = async (db: Queryable, before: Date): Promise<number> => {
  // What a job still has to hear stays, however often it has failed.
  const { rowCount } = await db.query(
    `delete from platform.events
     where at < $1
       and not exists (select from graphile_worker._private_jobs job where job.payload ->> 'eventId' = events.id::text)`,
    [before],
  );
  return rowCount ?? 0;
};
