import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Logger, parseCronItems, run } from "graphile-worker";
import type { Runner, TaskList, WorkerEvents } from "graphile-worker";
import { z } from "zod";
import type { Listener } from "../events/listener.ts";
import { findEvents } from "../events/events.queries.ts";
import type { Services } from "../services/services.api.ts";
import type { Job, ScheduledJob } from "./jobs.ts";
import { defineJob, enqueue } from "./jobs.ts";
import { keepWorkersKnown } from "./living-workers.ts";

const CONCURRENT_JOBS = 4;
const BEGIN_AGAIN_MS = 1_000;
const DEADLOCK = "40P01";
const DEADLOCKS_MAX = 3;
const POLL_MS = 2_000; // only for jobs with a later time; new ones are announced by the database

/** Starts running jobs of this node.
 *  @returns a stop that lets running jobs end */
export const startWorker = async (given: {
  services: Services;
  jobs: readonly Job[];
  schedules: readonly ScheduledJob[];
  listeners: readonly Listener[];
}): Promise<{ stop: () => Promise<void> }> => {
  const { services } = given;
  const jobs = [...given.jobs, dispatchJob(given.listeners), ...given.listeners.map(listenerJob)];
  const taskList: TaskList = {};
  for (const job of jobs)
    taskList[job.name] = async (payload, helpers) => {
      await againAfterDeadlock(() => job.run({ services, payload, attempt: helpers.job.attempts }));
    };
  const options = {
    pgPool: services.db.pool,
    concurrency: CONCURRENT_JOBS,
    noHandleSignals: true,
    pollInterval: POLL_MS,
    taskList,
    parsedCronItems: parseCronItems(given.schedules.map((schedule) => ({ task: schedule.job, match: schedule.cron, options: { backfillPeriod: 0 } }))),
    logger: new Logger(() => (level, message) => {
      if (level === "error") services.log.warn({ part: "jobs" }, withoutValues(message));
      else services.log.debug({ part: "jobs" }, withoutValues(message));
    }),
  };
  let workers: string[] = [];
  const begin = (): Promise<Runner> => {
    // One that gave itself up is no longer among those that live, so what it held is given back.
    workers = [];
    const events: WorkerEvents = new EventEmitter();
    // Jobs are taken in the name of the pool, not of the worker in it that runs them.
    events.on("pool:create", ({ workerPool }) => workers.push(workerPool.id));
    return run({ ...options, events });
  };
  const running = await keepRunning(begin, services);
  const known = await keepWorkersKnown(services, () => workers);
  return {
    stop: async () => {
      await running.stop();
      await known.stop();
    },
  };
};

// Of transactions that wait for one another the database ends one, such as a reading of comments while their workspace is removed. A job may
// run twice at any time, so the one that lost runs again at once: nothing has failed that anybody should be told of.
const againAfterDeadlock = async (work: () => Promise<void>): Promise<void> => {
  for (let lost = 0; ; lost += 1)
    try {
      return await work();
    } catch (error) {
      if (lost === DEADLOCKS_MAX || Object(error).code !== DEADLOCK) throw error;
    }
};

/** The library gives itself up when the database goes away while it ends a job, and would take the process along. It is begun again instead. */
const keepRunning = async (begin: () => Promise<Runner>, { log }: Services): Promise<{ stop: () => Promise<void> }> => {
  let runner = await begin();
  let isStopping = false;
  const watch = async (): Promise<void> => {
    for (;;) {
      await runner.promise.catch((error: unknown) => log.warn({ part: "jobs", err: error }, "the worker gave itself up; it begins again"));
      for (let isBegun = false; !isBegun && !isStopping; ) {
        await wait(BEGIN_AGAIN_MS);
        isBegun = isStopping || (await begin().then((next) => (runner = next, true), () => false));
      }
      if (isStopping) return;
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      isStopping = true;
      // One that gave itself up has stopped already.
      await runner.stop().catch(() => undefined);
      await watching;
    },
  };
};

// Job errors can quote what a customer wrote: the page of failed jobs shows them to admins, the log does not.
const withoutValues = (message: string): string => message.split("\n")[0]?.slice(0, 200) ?? "";

const eventPayload = z.object({ eventId: z.number().int() });
// Events said together come to their listeners by one job; `eventId` is the first of them.
const dispatchPayload = eventPayload.extend({ eventIds: z.array(z.number().int()).optional() });

// One job per listener, so that a failing listener is retried alone and shows under its own name.
const dispatchJob = (listeners: readonly Listener[]): Job =>
  defineJob({
    name: "events.dispatch",
    payload: dispatchPayload,
    maxAttempts: 10,
    run: async ({ services, payload }) => {
      for (const event of await findEvents(services.db, payload.eventIds ?? [payload.eventId]))
        for (const listener of listeners.filter((candidate) => candidate.event === event.name && candidate.concerns(event.payload)))
          await enqueue(services.db, `listener.${listener.name}`, { eventId: event.id }, { key: `${listener.name}:${event.id}` });
    },
  });

const listenerJob = (listener: Listener): Job =>
  defineJob({
    name: `listener.${listener.name}`,
    payload: eventPayload,
    maxAttempts: 10,
    run: async ({ services, payload }) => {
      const [event] = await findEvents(services.db, [payload.eventId]);
      if (event !== undefined) await listener.run({ services, workspaceId: event.workspaceId, payload: event.payload });
    },
  });
