import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { findStartOfProcess } from "./processes.ts";

const Holder = z.object({ pid: z.number().int().positive(), start: z.string(), host: z.string(), since: z.string() });
type Holder = z.infer<typeof Holder>;

export type DataFolderLock = { release: () => void };

/** Thrown when another running server holds the data folder; the message says which and what to do. */
export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
}

const HEARTBEAT_MS = 2_000;
// A holder on another host cannot be looked up by its process number, so its heartbeat is watched for a little longer than two beats.
const WATCH_MS = 5_000;
const GUARD_STALE_MS = 5_000;

/** Makes this process the only server on a data folder. A lock whose holder is gone is taken over.
 *  @throws DataFolderInUse when the holder lives */
export const lockDataFolder = async (dataDir: string): Promise<DataFolderLock> => {
  makeFolder(dataDir);
  const path = join(dataDir, "firsthand.lock");
  if (!claim(path)) {
    const holder = readHolder(path);
    if (holder !== null && (await isHeld(path, holder))) throw new DataFolderInUse(describeHolder(dataDir, holder));
    await takeOver(dataDir, path, holder);
  }
  const heartbeat = setInterval(() => beat(path), HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release: () => {
      clearInterval(heartbeat);
      if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
    },
  };
};

const makeFolder = (dataDir: string): void => {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The data folder "${dataDir}" cannot be used: ${reason}. Choose a folder that you may write to: npm start -- --data FOLDER`, { cause: error });
  }
};

const claim = (path: string): boolean => {
  const me: Holder = { pid: process.pid, start: findStartOfProcess(process.pid) ?? "", host: hostname(), since: new Date().toISOString() };
  try {
    const file = openSync(path, "wx", 0o644);
    writeSync(file, `${JSON.stringify(me)}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
};

const readHolder = (path: string): Holder | null => {
  try {
    const parsed = Holder.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    // Missing or half written by a process that died while writing: nobody holds it.
    return null;
  }
};

const isHeld = async (path: string, holder: Holder): Promise<boolean> => {
  if (holder.host === hostname()) return findStartOfProcess(holder.pid) === holder.start;
  const before = readBeat(path);
  await wait(WATCH_MS);
  return readBeat(path) !== before;
};

// Two starters may find the same stale lock; the guard lets only one of them remove it, and the other then finds a live holder.
const takeOver = async (dataDir: string, path: string, stale: Holder | null): Promise<void> => {
  const guard = `${path}.guard`;
  const guardedAt = readBeat(guard);
  if (guardedAt > 0 && Date.now() - guardedAt > GUARD_STALE_MS) rmSync(guard, { force: true });
  if (claim(guard)) {
    try {
      if (JSON.stringify(readHolder(path)) === JSON.stringify(stale)) rmSync(path, { force: true });
      if (claim(path)) return;
    } finally {
      rmSync(guard, { force: true });
    }
  }
  await wait(200);
  const holder = readHolder(path);
  throw new DataFolderInUse(holder === null ? `The data folder "${dataDir}" is being opened by another start of Firsthand.` : describeHolder(dataDir, holder));
};

const readBeat = (path: string): number => {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
};

const beat = (path: string): void => {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // The folder was removed under a running server; the database will say so far more clearly than a heartbeat could.
  }
};

const describeHolder = (dataDir: string, holder: Holder): string =>
  `The data folder "${dataDir}" is already in use by Firsthand: process ${holder.pid} on ${holder.host}, since ${holder.since}. ` +
  "Stop that one first, or choose another folder: npm start -- --data FOLDER --port PORT";
