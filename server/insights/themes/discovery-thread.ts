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

export type DiscoveryThread = { add: (comments: readonly ThemeComment[]) => void; discover: (seed: number, onProgress: (share: number) => void) => Promise<FoundTheme[]>; close: () => Promise<void> };

/** Looks for themes in a thread of its own, so that the server goes on answering. */
export const openDiscoveryThread = (): DiscoveryThread => {
  const worker = new Worker(new URL("discovery-worker.ts", import.meta.url));
  worker.unref();
  return {
    add: (comments) => worker.postMessage({ comments }),
    discover: (seed, onProgress) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("The search for themes took too long.")), TIME_MAX_MS);
        timer.unref();
        worker.on("message", (given: unknown) => {
          const said = message.parse(given);
          if ("progress" in said) return onProgress(said.progress);
          clearTimeout(timer);
          resolve(said.themes);
        });
        worker.on("error", reject);
        worker.on("exit", () => reject(new Error("The search for themes ended by itself.")));
        worker.ref();
        worker.postMessage({ seed });
      }),
    close: async () => {
      await worker.terminate();
    },
  };
};
