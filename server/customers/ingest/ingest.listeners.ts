import { z } from "zod";
import { defineListener } from "#platform/events";
import { writeKeysOf } from "./write-keys.ts";

export const ingestListeners = [
  defineListener({
    name: "customers.forget write keys",
    event: "key.revoked",
    payload: z.unknown(),
    run: async ({ services }) => writeKeysOf(services).forget(),
  }),
];
