import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { defineJob, enqueue } from "./jobs.api.ts";
import { freeJobsOfTheSilent, noteWorkers } from "./jobs.queries.ts";
import { startWorker } from "./worker.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation();
  organisation = await firsthand.makeOrganisation();
});
afterAll(() => firsthand.stop());

type Failed = { items: { id: string; name: string; attempts: number; lastError: string; nextRunAt: string | null }[] };
const failed = async (who = organisation): Promise<Failed["items"]> => {
  const reply = await who.owner.ask("GET", "/api/jobs/failed");
  return Object(reply.body).items;
};

test("a job that fails shows with its reason in its own workspace and runs again by hand", async () => {
  const stranger = await firsthand.makeOrganisation("stranger");
  await enqueue(firsthand.services.db, "mail.send", { mailId: "not an id", workspaceId: organisation.workspaceId }, { maxAttempts: 1 });

  const [job] = await vi.waitFor(
    async () => {
      const jobs = await failed();
      expect(jobs).toHaveLength(1);
      return jobs;
    },
    { timeout: 10_000 },
  );

  expect(job).toMatchObject({ name: "mail.send", attempts: 1, nextRunAt: null });
  expect(job?.lastError).toContain("mailId");
  expect(await failed(stranger)).toEqual([]);
  expect((await stranger.owner.ask("POST", `/api/jobs/failed/${job?.id}/retry`)).status).toBe(404);
  expect((await organisation.owner.ask("POST", `/api/jobs/failed/${job?.id}/retry`)).status).toBe(202);
});

test("a job of a transaction that was undone never runs", async () => {
  const mail = { id: "01900000-0000-7000-8000-00000000aaaa" };
  const undone = transaction(firsthand.services.db, async (tx) => {
    await enqueue(tx, "mail.send", { mailId: mail.id, workspaceId: organisation.workspaceId });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  const { rows } = await firsthand.services.db.query("select id from graphile_worker._private_jobs where payload ->> 'mailId' = $1", [mail.id]);
  expect(rows).toEqual([]);
});

test("jobs that wait for one another's rows all end, and none of them has failed", async () => {
  const { db } = firsthand.services;
  const locks = ["one", "other"];
  const met: string[] = [];
  // Each holds its own lock until the other has one too, and then wants that: the database has to end one of them.
  const crossing = defineJob({
    name: "irrelevant crossing job",
    payload: z.object({ first: z.string(), second: z.string() }),
    maxAttempts: 1,
    run: ({ payload: { first, second } }) =>
      transaction(db, async (tx) => {
        await tx.query("select pg_advisory_xact_lock(hashtext($1))", [first]);
        met.push(first);
        await vi.waitFor(() => expect(new Set(met).size).toBe(2), { timeout: 10_000 });
        await tx.query("select pg_advisory_xact_lock(hashtext($1))", [second]);
      }),
  });
  const worker = await startWorker({ services: firsthand.services, jobs: [crossing], schedules: [], listeners: [] });
  for (const [index, first] of locks.entries()) await enqueue(db, crossing.name, { first, second: locks[1 - index], workspaceId: organisation.workspaceId }, { maxAttempts: 1, key: `crosses ${first}` });
  const left = async () => (await db.query("select last_error from graphile_worker._private_jobs where key like 'crosses %'")).rows;
  await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 20_000 });
  await worker.stop();
  // One of them began once more.
  expect(met).toHaveLength(3);
});

describe("a job with a key", () => {
  // No worker knows these jobs, so they wait until the test takes one as a worker does.
  const name = "irrelevant job";
  type Waiting = { payload: { turn: number }; isTaken: boolean };
  const jobsOf = async (key: string): Promise<Waiting[]> => {
    const { rows } = await firsthand.services.db.query<Waiting>(
      `select payload, locked_at is not null as "isTaken" from graphile_worker._private_jobs where payload ->> 'key' = $1 order by id`,
      [key],
    );
    return rows.map(({ payload: { turn }, isTaken }) => ({ payload: { turn }, isTaken }));
  };
  const take = (tx: Queryable, key: string): Promise<unknown> =>
    tx.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'irrelevant worker', attempts = attempts + 1 where key = $1 and locked_at is null", [key]);
  const add = (db: Queryable, key: string, turn: number): Promise<void> => enqueue(db, name, { key, turn }, { key });

  test("replaces the one that waits", async () => {
    const { db } = firsthand.services;
    await add(db, "waits", 1);
    await add(db, "waits", 2);

    expect(await jobsOf("waits")).toEqual([{ payload: { turn: 2 }, isTaken: false }]);
  });

  test("is added beside the one that runs", async () => {
    const { db } = firsthand.services;
    await add(db, "runs", 1);
    await take(db, "runs");
    await add(db, "runs", 2);

    expect(await jobsOf("runs")).toEqual([{ payload: { turn: 1 }, isTaken: true }, { payload: { turn: 2 }, isTaken: false }]);
  });

  test("is not lost when the one it would replace is taken in the same instant", async () => {
    const { db } = firsthand.services;
    await add(db, "instant", 1);
    let adding: Promise<void> = Promise.resolve();
    await transaction(db, async (tx) => {
      await take(tx, "instant");
      adding = add(db, "instant", 2);
      // It has looked for taken jobs and seen none; now it waits for the row that is being taken.
      const blocked = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%add_job%'";
      await vi.waitFor(async () => expect((await db.query(blocked)).rows).toHaveLength(1), { timeout: 10_000 });
    });
    await adding;

    expect(await jobsOf("instant")).toEqual([{ payload: { turn: 1 }, isTaken: true }, { payload: { turn: 2 }, isTaken: false }]);
  });
});

describe("a job that a worker has taken", () => {
  const { name, payload } = { name: "mail.send", payload: { mailId: "01900000-0000-7000-8000-00000000bbbb", workspaceId: null } };
  const takenBy = async (worker: string, ago: string): Promise<string> => {
    const { db } = firsthand.services;
    // No task has this name until it is taken, so that the worker of this server leaves it alone.
    await enqueue(db, "irrelevant job", payload, { key: worker });
    const { rows } = await db.query<{ id: string }>(
      `update graphile_worker._private_jobs set locked_at = now() - $2::interval, locked_by = $1, task_id = (select id from graphile_worker._private_tasks where identifier = $3)
       where key = $1 returning id::text as id`,
      [worker, ago, name],
    );
    return rows[0]?.id ?? "";
  };
  const holderOf = async (id: string): Promise<string | null> => {
    const { rows } = await firsthand.services.db.query<{ holder: string }>("select locked_by as holder from graphile_worker._private_jobs where id = $1", [id]);
    return rows[0]?.holder ?? null;
  };

  test("is run by another once that one has been silent for a minute, and stays its own while it lives or has only just begun", async () => {
    const { db } = firsthand.services;
    await noteWorkers(db, ["living", "silent"]);
    await db.query("update platform.job_workers set seen_at = now() - interval '2 minutes' where id = 'silent'");
    const jobs = { living: await takenBy("living", "2 hours"), silent: await takenBy("silent", "2 hours"), unknown: await takenBy("unknown", "2 minutes"), begun: await takenBy("begun", "1 second") };

    await freeJobsOfTheSilent(db, 60_000);

    expect(await Promise.all([jobs.living, jobs.begun].map(holderOf))).toEqual(["living", "begun"]);
    // Whoever takes a mail up that is not there any more has nothing to do with it.
    await vi.waitFor(async () => expect(await Promise.all([jobs.silent, jobs.unknown].map(holderOf))).toEqual([null, null]), { timeout: 10_000 });
  });

  test("stays its own as long as it runs, however long that is", async () => {
    const { db } = firsthand.services;
    let [runs, end] = [0, (): void => undefined];
    const waits = defineJob({ name: "irrelevant long job", payload: z.object({}), maxAttempts: 3, run: () => new Promise((resolve) => { runs += 1; end = resolve; }) });
    const worker = await startWorker({ services: firsthand.services, jobs: [waits], schedules: [], listeners: [] });
    await enqueue(db, waits.name, {}, { key: "runs long" });
    await vi.waitFor(() => expect(runs).toBe(1), { timeout: 10_000 });
    await db.query("update graphile_worker._private_jobs set locked_at = now() - interval '2 hours' where key = 'runs long'");

    await freeJobsOfTheSilent(db, 60_000);

    const { rows } = await db.query("select from graphile_worker._private_jobs where key = 'runs long' and locked_by is not null");
    end();
    await worker.stop();
    expect(rows).toHaveLength(1);
    expect(runs).toBe(1);
  });
});
