import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { ThemeComment } from "@firsthand/text";
import type { FoundTheme } from "./matching.rules.ts";

const foundTheme = z.object({
  name: z.string(),
  language: z.string().nullable(),
  terms: z.array(z.object({ term: z.string(), hash: z.number(), weight: z.number() })),
  slope: z.number(),
  offset: z.number(),
  coherence: z.number(),
  stability: z.number(),
});
const message = z.union([z.object({ progress: z.number() }), z.object({ themes: z.array(foundTheme) })]);

const TIME_MAX_MS = 10 * 60_000;

/** More than a hundred thousand long comments take; one that takes more is ended, not the server. */
const MEMORY_MAX_MB = 2_048;

export type DiscoveryThread = {
  /** @throws when the thread has died */
  add: (comments: readonly ThemeComment[]) => void;
  /** @throws when the thread dies, or takes too long */
  discover: (seed: number, onProgress: (share: number) => void) => Promise<FoundTheme[]>;
  close: () => Promise<void>;
};

/** Looks for themes in a thread of its own, so that the server goes on answering. A thread that dies, at whatever time, is a search that failed.
 *  @param program of the thread */
export const openDiscoveryThread = (program = new URL("discovery-worker.ts", import.meta.url)): DiscoveryThread => {
  const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB } });
  worker.unref();
  const found = Promise.withResolvers<FoundTheme[]>();
  // Who hands over comments has not asked for themes yet, and somebody has to hear of the fault.
  found.promise.catch(() => undefined);
  let fault: Error | null = null;
  let tell: (share: number) => void = () => undefined;
  const fail = (reason: Error): void => {
    fault ??= reason;
    found.reject(fault);
  };
  worker.on("error", (reason: unknown) => fail(reason instanceof Error ? reason : new Error(String(reason))));
  worker.on("exit", () => fail(new Error("The search for themes ended by itself.")));
  worker.on("message", (given: unknown) => {
    const said = message.safeParse(given);
    if (!said.success) return fail(new Error("The search for themes found what are no themes."));
    if ("progress" in said.data) return tell(said.data.progress);
    found.resolve(said.data.themes);
  });
  return {
    add: (comments) => {
      if (fault !== null) throw fault;
      worker.postMessage({ comments });
    },
    discover: async (seed, onProgress) => {
      tell = onProgress;
      const timer = setTimeout(() => fail(new Error("The search for themes took too long.")), TIME_MAX_MS);
      worker.ref();
      worker.postMessage({ seed });
      return found.promise.finally(() => clearTimeout(timer));
    },
    close: async () => {
      await worker.terminate();
    },
  };
};
