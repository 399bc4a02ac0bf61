import type { z } from "zod";
import type { Queryable } from "../db/db.ts";
import type { Services } from "../services/services.api.ts";
import { insertJob } from "./jobs.queries.ts";

/** Background work. It may run twice (a server can die after the work and before the note of it), so it must bear that. */
export type Job = {
  /** `<feature>.<what>`; stable, since waiting jobs carry it. */
  name: string;
  maxAttempts: number;
  run: (given: { services: Services; payload: unknown; attempt: number }) => Promise<void>;
};

/** A job that runs by the clock.
 *  @param cron five fields, minute first, in UTC */
export type ScheduledJob = { job: string; cron: string };

export const defineJob = <Payload extends z.ZodType>(spec: {
  name: string;
  payload: Payload;
  maxAttempts: number;
  run: (given: { services: Services; payload: z.output<Payload>; attempt: number }) => Promise<void>;
}): Job => ({
  name: spec.name,
  maxAttempts: spec.maxAttempts,
  run: ({ services, payload, attempt }) => spec.run({ services, payload: spec.payload.parse(payload), attempt }),
});

export type EnqueueOptions = {
  maxAttempts?: number;
  /** Not before this time. */
  runAt?: Date;
  /** A waiting job with the same key is replaced instead of doubled; beside a running one, which may not know the newest, a new job is added. */
  key?: string;
  /** With a key and a time: a waiting job that would run earlier still does. */
  keepsEarlier?: boolean;
  /** Jobs of one queue run one after the other. */
  queue?: string;
};

/** Adds a job in the caller's transaction: it runs only if that commits. */
export const enqueue = (tx: Queryable, name: string, payload: Record<string, unknown>, options: EnqueueOptions = {}): Promise<void> =>
  insertJob(tx, name, payload, options);
