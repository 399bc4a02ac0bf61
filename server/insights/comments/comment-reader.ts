// Reads every comment that enters, whichever way it came: it follows the record of feelings in the order of commit.
import { setTimeout as wait } from "node:timers/promises";
import { listArrivedComments, type ArrivedComment } from "#customers";
import { transaction } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { findReadingPosition, listUnread, moveReadingPosition, writeReadings, type NewReading } from "./readings.queries.ts";
import { openTextEngine, type TextEngine } from "./text-engine.ts";

const STEP_FEELINGS = 2_000;
const PAUSE_ACTIVE_MS = 20;
const PAUSE_IDLE_MS = 300;
const PAUSE_GROWTH = 1.3;
const PAUSE_FAILED_MS = 2_000;

/** Reads comments as they come, as long as the server lives. Not a job: a comment is read within a second of its arrival, and none is missed
 *  or read twice whoever dies when, because the place reached moves in the transaction that writes what was read. */
export const startCommentReader = async (services: Services): Promise<{ stop: () => Promise<void> }> => {
  const stopping = new AbortController();
  const engine = openTextEngine(services.log);
  const loop = async (): Promise<void> => {
    let pauseMs = PAUSE_ACTIVE_MS;
    while (!stopping.signal.aborted) {
      try {
        const step = await readNext(services, engine);
        pauseMs = !step.isEnd ? 0 : step.read > 0 ? PAUSE_ACTIVE_MS : Math.min(PAUSE_IDLE_MS, pauseMs * PAUSE_GROWTH + 1);
      } catch (error) {
        if (!stopping.signal.aborted) services.log.warn({ err: error }, "comments could not be read; trying again");
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
      await engine.close();
    },
  };
};

const readNext = async (services: Services, engine: TextEngine): Promise<{ read: number; isEnd: boolean }> => {
  const from = await findReadingPosition(services.db);
  const { comments, position, isEnd } = await listArrivedComments(services.db, from, STEP_FEELINGS);
  if (position.xid === from.xid && position.seq === from.seq) return { read: 0, isEnd };
  const unread = await listUnread(services.db, comments.map(({ id }) => id));
  const rows = await readComments(engine, comments.filter(({ id }) => unread.has(id)));
  await transaction(services.db, async (tx) => {
    // Another server may have been quicker: then its readings stand, and these are the same.
    if (!(await moveReadingPosition(tx, from, position))) return;
    await writeReadings(tx, rows);
    for (const workspaceId of new Set(rows.map((row) => row.workspaceId)))
      await publish(tx, { name: "comments.read", workspaceId, payload: { count: rows.filter((row) => row.workspaceId === workspaceId).length } });
  });
  return { read: rows.length, isEnd };
};

/** What the present model reads in comments, ready to be written. */
export const readComments = async (engine: TextEngine, comments: readonly ArrivedComment[]): Promise<NewReading[]> => {
  if (comments.length === 0) return [];
  const readings = await engine.read(comments.map(({ text }) => text));
  const modelVersion = await engine.version();
  return comments.flatMap(({ id, workspaceId, at }, place) => {
    const reading = readings[place];
    return reading === undefined ? [] : [{ perceptionId: id, workspaceId, at, modelVersion, reading }];
  });
};
