import type { Queryable } from "../db/db.api.ts";

export type Table = { schema: string; name: string; columns: string[] };

/** Every table of ours with the columns worth keeping, parents before children so that foreign keys hold while loading.
 *  Generated columns are computed anew. `xid` belongs to the old server's count of transactions and gets the restoring one. */
export const listTables = async (db: Queryable, schemas: readonly string[], leftOut: readonly string[]): Promise<Table[]> => {
  const { rows: tables } = await db.query<{ id: string; schema: string; name: string; columns: string[] }>(
    `select c.oid::text as id, c.relnamespace::regnamespace::text as schema, c.relname as name,
            array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '' and a.attname <> 'xid') as columns
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace::regnamespace::text = any ($1)
       and not (c.relnamespace::regnamespace::text || '.' || c.relname) = any ($2)
     group by c.oid
     order by schema, name`,
    [[...schemas], [...leftOut]],
  );
  const { rows: edges } = await db.query<{ child: string; parent: string }>(
    `select conrelid::text as child, confrelid::text as parent from (
       select conrelid::oid, confrelid::oid from pg_constraint where contype = 'f' and conrelid <> confrelid
     ) edges`,
  );
  return sortParentsFirst(tables, edges).map(({ schema, name, columns }) => ({ schema, name, columns }));
};

const sortParentsFirst = <Node extends { id: string }>(nodes: readonly Node[], edges: readonly { child: string; parent: string }[]): Node[] => {
  const sorted: Node[] = [];
  const placed = new Set<string>();
  const known = new Set(nodes.map((node) => node.id));
  while (sorted.length < nodes.length) {
    const ready = nodes.filter(
      (node) => !placed.has(node.id) && edges.every((edge) => edge.child !== node.id || !known.has(edge.parent) || placed.has(edge.parent)),
    );
    if (ready.length === 0) throw new Error("Foreign keys between tables form a circle; the order of restoring is not clear.");
    for (const node of ready) {
      sorted.push(node);
      placed.add(node.id);
    }
  }
  return sorted;
};

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const tableText = (table: Table): string => `${quote(table.schema)}.${quote(table.name)}`;

export const copyOutText = (table: Table): string => `copy ${tableText(table)} (${table.columns.map(quote).join(", ")}) to stdout`;
export const copyInText = (table: Table): string => `copy ${tableText(table)} (${table.columns.map(quote).join(", ")}) from stdin`;

export const listMigrationNames = async (db: Queryable): Promise<string[]> => {
  const { rows } = await db.query<{ name: string }>("select name from platform.migrations order by name");
  return rows.map((row) => row.name);
};

export const hasRows = async (db: Queryable): Promise<boolean> => {
  const { rows } = await db.query<{ any: boolean }>("select exists (select from platform.workspaces) as any");
  return rows[0]?.any === true;
};

/** Lets numbering go on after the highest number restored. */
export const advanceSequences = async (tx: Queryable, tables: readonly Table[]): Promise<void> => {
  for (const table of tables)
    for (const column of table.columns) {
      const { rows } = await tx.query<{ sequence: string | null }>("select pg_get_serial_sequence($1, $2) as sequence", [tableText(table), column]);
      const sequence = rows[0]?.sequence ?? null;
      if (sequence !== null)
        await tx.query(`select setval($1, coalesce((select max(${quote(column)}) from ${tableText(table)}), 1), (select count(*) > 0 from ${tableText(table)}))`, [sequence]);
    }
};

export type WaitingJob = { name: string; payload: unknown; runAt: Date; maxAttempts: number; key: string | null; queue: string | null };

export const listWaitingJobs = async (db: Queryable): Promise<WaitingJob[]> => {
  const { rows } = await db.query<WaitingJob>(
    `select task.identifier as name, job.payload, job.run_at as "runAt", job.max_attempts as "maxAttempts", job.key, queue.queue_name as queue
     from graphile_worker._private_jobs job
     join graphile_worker._private_tasks task on task.id = job.task_id
     left join graphile_worker._private_job_queues queue on queue.id = job.job_queue_id
     order by job.id`,
  );
  return rows;
};

/** One moment for all tables, whatever is written meanwhile. */
export const beginSnapshot = async (tx: Queryable): Promise<void> => {
  await tx.query("set transaction isolation level repeatable read, read only");
};

/** Settings of the installation come with the backup, in place of those of the new one. */
export const emptyInstallation = async (tx: Queryable): Promise<void> => {
  await tx.query("delete from platform.installation");
};
