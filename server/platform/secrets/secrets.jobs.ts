import { z } from "zod";
import { defineJob, enqueue } from "../jobs/jobs.api.ts";
import type { Job } from "../jobs/jobs.api.ts";
import type { Services } from "../services/services.api.ts";
import { sealStores, tellLost } from "./stored-secrets.ts";
import type { SecretStore } from "./stored-secrets.ts";

/** @param stores of all modules: only who puts them together knows them */
export const secretsJobs = (stores: readonly SecretStore[]): Job[] => [
  defineJob({
    name: "secrets.seal",
    payload: z.looseObject({}),
    maxAttempts: 10,
    run: async ({ services }) => tellLost(services.log, await sealStores(services, stores)),
  }),
];

/** Runs after every start: that is when the key may have changed, or older data come to be sealed. */
export const sealAfterStart = async ({ db }: Services): Promise<{ stop: () => Promise<void> }> => {
  await enqueue(db, "secrets.seal", {}, { key: "secrets.seal", maxAttempts: 10 });
  return { stop: async () => undefined };
};
