import type { Queryable } from "../db/db.ts";

// The second try finds what got in the way of the first; more are for a crowd of takers.
const TRIES_MAX = 10;

/** Adds a job, or changes the waiting one with the same key.
 *  Where a worker takes that one in the very instant, the library adds nothing and says so only by an empty row: it looks for taken jobs
 *  before it adds, and leaves alone what is taken then. Once more, it sees the taken one and adds a job of its own beside it. */
export const insertJob = async (
  tx: Queryable,
  name: string,
  payload: Record<string, unknown>,
  options: { maxAttempts?: number; runAt?: Date; key?: string; queue?: string; keepsEarlier?: boolean },
): Promise<void> => {
  const { runAt } = options;
  const runsAt = await addJob(tx, name, payload, { ...options, mode: options.keepsEarlier === true ? "preserve_run_at" : "replace" });
  // The job is locked by now, so nobody else changes its time meanwhile.
  if (options.keepsEarlier === true && runAt !== undefined && runsAt > runAt) await addJob(tx, name, payload, { ...options, mode: "replace" });
};

const addJob = async (
  tx: Queryable,
  name: string,
  payload: Record<string, unknown>,
  options: { maxAttempts?: number; runAt?: Date; key?: string; queue?: string; mode: "replace" | "preserve_run_at" },
): Promise<Date> => {
  for (let tries = 1; tries <= TRIES_MAX; tries++) {
    const { rows } = await tx.query<{ id: string | null; runAt: Date }>(
      `select job.id::text as id, job.run_at as "runAt"
       from graphile_worker.add_job($1, payload => $2, queue_name => $3, run_at => $4, max_attempts => $5, job_key => $6, job_key_mode => $7) as job`,
      [name, JSON.stringify(payload), options.queue ?? null, options.runAt ?? null, options.maxAttempts ?? 10, options.key ?? null, options.mode],
    );
    const [added] = rows;
    if (typeof added?.id === "string") return added.runAt;
  }
  throw new Error(`The job ${name} with the key "${options.key}" was taken ${TRIES_MAX} times while it was being added.`);
};

export type FailedJob = { id: string; name: string; attempts: number; maxAttempts: number; lastError: string; failedAt: Date; nextRunAt: Date | null };

/** Jobs of a workspace whose last attempt failed, newest first. A job belongs to the workspace its payload names. */
export const listFailedJobs = async (db: Queryable, workspaceId: string, limit: number): Promise<FailedJob[]> => {
  const { rows } = await db.query<FailedJob>(
    `select job.id::text as id, task.identifier as name, job.attempts, job.max_attempts as "maxAttempts", coalesce(job.last_error, '') as "lastError",
            job.updated_at as "failedAt", case when job.attempts < job.max_attempts then job.run_at end as "nextRunAt"
     from graphile_worker._private_jobs job
     join graphile_worker._private_tasks task on task.id = job.task_id
     where job.last_error is not null
       and coalesce(job.payload ->> 'workspaceId', (
         select event.workspace_id::text from platform.events event where event.id = (job.payload ->> 'eventId')::bigint
       )) = $1::text
     order by job.updated_at desc, job.id desc
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

/** Lets a failed job run again now, with its attempts counted from zero. */
export const retryJob = async (db: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select graphile_worker.reschedule_jobs(array[job.id], run_at => now(), attempts => 0)
     from graphile_worker._private_jobs job
     where job.id = $2::bigint
       and coalesce(job.payload ->> 'workspaceId', (
         select event.workspace_id::text from platform.events event where event.id = (job.payload ->> 'eventId')::bigint
       )) = $1::text`,
    [workspaceId, id],
  );
  return (rowCount ?? 0) > 0;
};

export const countFailedJobs = async (db: Queryable): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from graphile_worker._private_jobs job where job.last_error is not null and job.attempts >= job.max_attempts`,
  );
  return rows[0]?.count ?? 0;
};

/** Notes that these workers live. */
export const noteWorkers = async (db: Queryable, ids: readonly string[]): Promise<void> => {
  await db.query(
    `insert into platform.job_workers (id, seen_at)
     select id, now() from unnest($1::text[]) as id
     order by id
     on conflict (id) do update set seen_at = excluded.seen_at`,
    [[...ids]],
  );
};

export const forgetWorkers = async (db: Queryable, ids: readonly string[]): Promise<void> => {
  await db.query("delete from platform.job_workers where id = any ($1::text[])", [[...ids]]);
};

/** Gives back the jobs of workers that have said nothing for so long. A job taken since then may belong to one that has yet to say so.
 *  @returns the silent workers that had taken something */
export const freeJobsOfTheSilent = async (db: Queryable, silentMs: number): Promise<string[]> => {
  await db.query("delete from platform.job_workers where seen_at < now() - $1 * interval '1 millisecond'", [silentMs]);
  const { rows } = await db.query<{ id: string }>(
    `with silent as materialized (
       select distinct job.locked_by as id
       from graphile_worker._private_jobs job
       where job.locked_at < now() - $1 * interval '1 millisecond'
         and not exists (select 1 from platform.job_workers worker where worker.id = job.locked_by)
     )
     select silent.id
     from silent, graphile_worker.force_unlock_workers(array[silent.id])`,
    [silentMs],
  );
  return rows.map(({ id }) => id);
};
