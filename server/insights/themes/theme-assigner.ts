// Gives comments their themes as they are read, whichever way they came: it follows the readings in the order of commit.
import { setTimeout as wait } from "node:timers/promises";
import { transaction } from "#platform/db";
import type { Services } from "#platform/services";
import { findThemePosition, listReadAfter, moveThemePosition, writeAssignments } from "./assignments.queries.ts";
import { findThemes } from "./assigning.ts";
import { discoverWhenGrown } from "./discoveries.ts";

const STEP_COMMENTS = 1_000;
const PAUSE_ACTIVE_MS = 50;
const PAUSE_IDLE_MS = 500;
const PAUSE_GROWTH = 1.4;
const PAUSE_FAILED_MS = 3_000;

/** Runs as long as the server lives. The place reached moves in the transaction that writes the themes, so every comment gets them once. */
export const startThemeAssigner = async (services: Services): Promise<{ stop: () => Promise<void> }> => {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    let pauseMs = PAUSE_ACTIVE_MS;
    while (!stopping.signal.aborted) {
      try {
        const step = await assignNext(services);
        pauseMs = step.isFull ? 1 : step.count > 0 ? PAUSE_ACTIVE_MS : Math.min(PAUSE_IDLE_MS, pauseMs * PAUSE_GROWTH + 1);
      } catch (error) {
        if (!stopping.signal.aborted) services.log.warn({ err: error }, "comments could not be given their themes; trying again");
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

/** Takes one step: the next comments that were read, of all workspaces. */
export const assignNext = async (services: Services): Promise<{ count: number; isFull: boolean }> => {
  const from = await findThemePosition(services.db);
  const comments = await listReadAfter(services.db, from, STEP_COMMENTS);
  const last = comments.at(-1);
  if (last === undefined) return { count: 0, isFull: false };
  await transaction(services.db, async (tx) => {
    // Another server may have been quicker: then its themes stand, and these would be the same.
    if (!(await moveThemePosition(tx, from, { xid: last.xid, seq: last.seq }))) return;
    await writeAssignments(tx, await findThemes(tx, comments));
  });
  for (const workspaceId of new Set(comments.map((comment) => comment.workspaceId))) await discoverWhenGrown(services, workspaceId);
  return { count: comments.length, isFull: comments.length === STEP_COMMENTS };
};
