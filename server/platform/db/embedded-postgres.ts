import { spawn } from "node:child_process";
import { closeSync, existsSync, fchownSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { hasPasswords, prepareCluster, runTool } from "./postgres-cluster.ts";
import type { PostgresPlace } from "./postgres-place.ts";
import { choosePlace } from "./postgres-place.ts";
import { preparePostgresRuntime } from "./postgres-runtime.ts";
import type { Postmaster } from "./postmaster.ts";
import { findPostmaster } from "./postmaster.ts";
import { isAlive, isPostmasterOf, isTaken } from "./processes.ts";

export type EmbeddedPostgres = {
  connectionString: string;
  /** True when a server left behind by a crash was found running and is used on. */
  adopted: boolean;
  stop: () => Promise<void>;
};

type Note = { info: (message: string) => void; warn: (message: string) => void };
type Options = { dataDir: string; log: Note; runtimeDir?: string; settings?: Readonly<Record<string, string>> };

const READY_POLL_MS = 15;
// Replaying the log after a crash can take minutes on a big database; as long as the process lives it is working.
const READY_TIMEOUT_MS = 600_000;
const WATCH_MS = 500;
const ORPHANS_LEAVE_MS = 30_000;
// Above the highest number any kernel gives out (4,194,304 on Linux).
const NO_PROCESS = 2_147_483_646;
const SOCKET_PORT = 5432;
const RESTART_MAX_MS = 10_000;
const LOG_MAX_BYTES = 10_000_000;

// A thirty-second of the machine's memory: indexes of millions of rows stay in it, and a small machine keeps its memory for the rest.
const BUFFERS_MB = Math.max(128, Math.min(1_024, Math.floor(totalmem() / 2 ** 20 / 32)));

// For a small machine (two cores, a few gigabytes): heavy reading happens in the analytics store, so PostgreSQL stays lean.
// The log keeps neither statements nor values: they are personal data. Data safety (fsync, full_page_writes) is never touched.
const SETTINGS: Record<string, string> = {
  shared_buffers: `${BUFFERS_MB}MB`,
  max_connections: "100",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  effective_cache_size: "1GB",
  random_page_cost: "1.1",
  jit: "off",
  wal_compression: "pglz",
  max_wal_size: "1GB",
  checkpoint_timeout: "10min",
  ssl: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
  log_line_prefix: "%m [%p] ",
  unix_socket_permissions: "0700",
};

/** Starts the PostgreSQL that comes with the packages on a data folder and keeps it running: first use makes the cluster, a server
 *  that outlived a crash is adopted, one that dies is started again.
 *  @param runtimeDir where the copied programs lie, when not beside the cluster (tests share one copy)
 *  @param settings beside those of the product, for data that nobody needs to survive
 *  @throws with a sentence that says what is wrong and what to do */
export const startEmbeddedPostgres = async ({ dataDir, log, runtimeDir, settings = {} }: Options): Promise<EmbeddedPostgres> => {
  const place = choosePlace(dataDir);
  const runtime = preparePostgresRuntime(runtimeDir ?? place.runtimeDir);
  if (!hasPasswords(dataDir)) await stopPostmaster(place, runtime);
  const left = findLiving(place);
  if (left !== null) log.warn(`PostgreSQL is still running from an earlier start (process ${left.pid}); using it.`);
  const passwords = await prepareCluster(place, runtime, dataDir);
  const port = left?.port ?? (place.socketDir === null ? await findFreePort() : SOCKET_PORT);
  const start = (): Promise<Postmaster> => startPatiently(place, () => launch(place, { runtime, port, settings }), log);
  const postmaster = await start();
  const supervisor = supervise(place, postmaster, start, log);
  return {
    connectionString: describeConnection(postmaster, passwords.firsthand),
    adopted: left !== null,
    stop: async () => {
      await supervisor.end();
      await stopPostmaster(place, runtime);
    },
  };
};

const findLiving = (place: PostgresPlace): Postmaster | null => {
  const found = findPostmaster(place.clusterDir);
  return found !== null && isPostmasterOf(found.pid, place.clusterDir) ? found : null;
};

// PostgreSQL refuses to start when the number in its file belongs to any process: to one that merely got the same number after a
// restart of the machine or in a new container, or to its own predecessor that was killed and never collected, as in many containers. The rest of the file stays: by it PostgreSQL finds sessions still at work.
// Two files carry it: the cluster's and, checked the same way, the socket's.
const disownLockFiles = (place: PostgresPlace): void => {
  const socketLock = place.socketDir === null ? [] : [join(place.socketDir, `.s.PGSQL.${SOCKET_PORT}.lock`)];
  for (const file of [join(place.clusterDir, "postmaster.pid"), ...socketLock]) {
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    const pid = Number.parseInt(text, 10);
    if (pid > 0 && isTaken(pid) && !isPostmasterOf(pid, place.clusterDir)) writeFileSync(file, text.replace(/^.*/, String(NO_PROCESS)));
  }
};

// The sessions of a killed server notice its end a moment later, and until then PostgreSQL rightly refuses to start beside them.
const startPatiently = async (place: PostgresPlace, launchOnce: () => number, log: Note): Promise<Postmaster> => {
  const began = Date.now();
  for (;;)
    try {
      const living = findLiving(place);
      if (living === null) disownLockFiles(place);
      return await awaitReady(place, living?.pid ?? launchOnce(), log);
    } catch (error) {
      const isTransient = error instanceof Error && error.message.includes("pre-existing shared memory block");
      if (!isTransient || Date.now() - began > ORPHANS_LEAVE_MS) throw error;
      await wait(WATCH_MS);
    }
};

const launch = (place: PostgresPlace, { runtime, port, settings: further }: { runtime: string; port: number; settings: Readonly<Record<string, string>> }): number => {
  rotate(place.logFile);
  const listen = place.socketDir === null ? { listen_addresses: "127.0.0.1" } : { listen_addresses: "", unix_socket_directories: `"${place.socketDir.replaceAll('"', '""')}"` };
  const settings = Object.entries({ ...SETTINGS, ...further, ...listen, port: String(port) }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const out = openSync(place.logFile, "a", 0o600);
  if (place.owner !== null) fchownSync(out, place.owner.uid, place.owner.gid);
  // A session of its own: Ctrl-C in the terminal must reach the server first, which then stops the database in good order.
  const child = spawn(join(runtime, "bin", "postgres"), ["-D", place.clusterDir, ...settings], { ...place.owner, cwd: runtime, detached: true, stdio: ["ignore", out, out] });
  closeSync(out);
  child.on("error", () => undefined);
  child.unref();
  if (child.pid === undefined) throw new Error(`PostgreSQL could not be started from "${runtime}".`);
  return child.pid;
};

const rotate = (logFile: string): void => {
  mkdirSync(dirname(logFile), { recursive: true });
  if (existsSync(logFile) && statSync(logFile).size > LOG_MAX_BYTES) renameSync(logFile, `${logFile}.1`);
};

const awaitReady = async (place: PostgresPlace, pid: number, log: Note): Promise<Postmaster> => {
  const began = Date.now();
  let toldAt = began;
  while (Date.now() - began < READY_TIMEOUT_MS) {
    const found = findPostmaster(place.clusterDir);
    if (found?.pid === pid && found.isReady) return found;
    if (!isAlive(pid)) throw new Error(`PostgreSQL did not start. Its last words, from "${place.logFile}":\n${lastWords(place.logFile)}`);
    if (Date.now() - toldAt > 10_000) {
      toldAt = Date.now();
      log.info("PostgreSQL is recovering from a crash; waiting for it.");
    }
    await wait(READY_POLL_MS);
  }
  throw new Error(`PostgreSQL was not ready within ${READY_TIMEOUT_MS / 60_000} minutes; see "${place.logFile}".`);
};

const lastWords = (logFile: string): string => (existsSync(logFile) ? readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-8).join("\n") : "(nothing)");

// Only the process that started a child hears of its end, and an adopted server is nobody's child: so both are looked at.
const supervise = (place: PostgresPlace, first: Postmaster, start: () => Promise<Postmaster>, log: Note): { end: () => Promise<void> } => {
  let pid = first.pid;
  let restarting: Promise<void> | null = null;
  let isEnding = false;
  const restart = async (): Promise<void> => {
    for (let pauseMs = WATCH_MS; !isEnding; pauseMs = Math.min(pauseMs * 2, RESTART_MAX_MS))
      try {
        pid = (await start()).pid;
        return log.warn(`PostgreSQL runs again (process ${pid}).`);
      } catch (error) {
        log.warn(`PostgreSQL could not be restarted: ${error instanceof Error ? error.message : String(error)}`);
        await wait(pauseMs);
      }
  };
  const watch = setInterval(() => {
    if (isEnding || restarting !== null || isPostmasterOf(pid, place.clusterDir)) return;
    log.warn(`PostgreSQL (process ${pid}) ended unexpectedly; starting it again.`);
    restarting = restart().finally(() => {
      restarting = null;
    });
  }, WATCH_MS);
  watch.unref();
  return {
    end: async () => {
      isEnding = true;
      clearInterval(watch);
      await restarting;
    },
  };
};

const stopPostmaster = async (place: PostgresPlace, runtime: string): Promise<void> => {
  if (findLiving(place) === null) return;
  const control = join(runtime, "bin", "pg_ctl");
  try {
    await runTool(place, control, ["stop", "-D", place.clusterDir, "-m", "fast", "-w", "-t", "30"]);
  } catch (error) {
    if (findLiving(place) === null) return;
    // Sessions that do not leave: the log is complete, so the next start recovers by itself.
    await runTool(place, control, ["stop", "-D", place.clusterDir, "-m", "immediate", "-w", "-t", "10"]).catch(() => {
      throw error;
    });
  }
};

const describeConnection = (postmaster: Postmaster, password: string): string => {
  const login = `postgresql://firsthand:${password}@`;
  if (postmaster.socketDir === null) return `${login}${postmaster.address ?? "127.0.0.1"}:${postmaster.port}/firsthand`;
  return `${login}/firsthand?host=${encodeURIComponent(postmaster.socketDir)}&port=${postmaster.port}`;
};

const findFreePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const probe = createServer();
    probe.on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === "object" ? done(address.port) : fail(new Error("No free port was found on 127.0.0.1."))));
    });
  });
