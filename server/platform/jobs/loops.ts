import { setTimeout as wait } from "node:timers/promises";
import type { Services } from "../services/services.api.ts";

const PAUSE_ACTIVE_MS = 20;
const PAUSE_IDLE_MS = 300;
const PAUSE_GROWTH = 1.3;
const PAUSE_FAILED_MS = 2_000;

/** What a step found: that more waits already, something, or nothing. */
export type Step = "more" | "some" | "nothing";

/** Takes one step after the other, as long as the server lives: for what is to follow within a second, which a job that is added or comes by the clock does not.
 *  @param step after one that found nothing the pause grows
 *  @param failed what the log says when a step fails; it is taken again */
export const startLoop = ({ log }: Services, step: () => Promise<Step>, failed: string): { stop: () => Promise<void> } => {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    let pauseMs = PAUSE_ACTIVE_MS;
    while (!stopping.signal.aborted) {
      try {
        const found = await step();
        pauseMs = found === "more" ? 0 : found === "some" ? PAUSE_ACTIVE_MS : Math.min(PAUSE_IDLE_MS, pauseMs * PAUSE_GROWTH + 1);
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ err: error }, failed);
        pauseMs = PAUSE_FAILED_MS;
      }
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
