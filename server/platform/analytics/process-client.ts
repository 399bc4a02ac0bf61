// The server's end of the analytics process: starts it, restarts it when it dies, and asks it questions.
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Log } from "../log/log.ts";
import type { AnalyticsRow, AnalyticsStatus, AnalyticsStore } from "./analytics.contract.ts";
import { duckDbDialect } from "./duckdb-dialect.rules.ts";
import { report } from "./messages.contract.ts";
import type { AnalyticsRequest } from "./messages.contract.ts";
import { AnalyticsUnavailable } from "./unavailable.ts";

const QUERY_TIMEOUT_MS = 20_000;
const LIMIT_ROWS = 10_000;
const WAITING_MAX = 500;
const RESTART_MS = 500;
const STOP_MS = 10_000;
// Queries of DuckDB hold a thread of this pool each; with Node's four, files and timers would wait behind them.
const THREAD_POOL = "16";

const rowsResult = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])));
const statusResult = z.object({ state: z.enum(["starting", "following", "rebuilding", "stopped"]), rows: z.number(), lagRows: z.number(), lagMs: z.number() });

type Settings = { path: string; connectionString: string; memoryMb: number; threads: number; logLevel: string };
type Pending = { resolve: (result: unknown) => void; reject: (error: Error) => void };
type Question = AnalyticsRequest extends infer One ? (One extends { id: number } ? Omit<One, "id"> : never) : never;

/** Starts the analytics process.
 *  @param program the file it runs (`server/analytics-process.ts`)
 *  @param onAdvance is told which workspaces have new figures */
export const startAnalyticsProcess = async (given: {
  program: string;
  settings: Settings;
  log: Log;
  onAdvance: (workspaceIds: readonly string[]) => void;
}): Promise<AnalyticsStore> => {
  const { program, settings, log, onAdvance } = given;
  const pending = new Map<number, Pending>();
  let child: ChildProcess | null = null;
  let lastId = 0;
  let isClosing = false;

  const failAll = (reason: string): void => {
    for (const one of pending.values()) one.reject(new AnalyticsUnavailable(reason));
    pending.clear();
  };

  const ask = (question: Question): Promise<unknown> => {
    const target = child;
    if (target === null || !target.connected) return Promise.reject(new AnalyticsUnavailable("their process is starting"));
    if (pending.size >= WAITING_MAX) return Promise.reject(new AnalyticsUnavailable("too many questions are waiting"));
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      target.send({ ...question, id }, (error) => {
        if (error !== null && pending.delete(id)) reject(new AnalyticsUnavailable("their process has ended"));
      });
    });
  };

  const launch = async (): Promise<void> => {
    const started = fork(program, [], {
      serialization: "advanced",
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...environmentOf(process), UV_THREADPOOL_SIZE: THREAD_POOL },
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    child = started;
    started.on("message", (message) => {
      const said = report.parse(message);
      if (said.kind === "advanced") return onAdvance(said.workspaceIds);
      const one = pending.get(said.id);
      pending.delete(said.id);
      if (said.kind === "done") one?.resolve(said.result);
      else one?.reject(new AnalyticsUnavailable(said.message));
    });
    started.on("exit", (code, signal) => {
      failAll("their process has ended and is starting again");
      if (isClosing || child !== started) return;
      log.warn({ code, signal }, "the analytics process ended; starting it again");
      void relaunch();
    });
    await ask({ kind: "start", ...settings });
  };

  const relaunch = async (): Promise<void> => {
    for (;;) {
      await wait(RESTART_MS);
      if (isClosing) return;
      try {
        return await launch();
      } catch (error) {
        log.warn({ err: error }, "the analytics process could not be started; trying again");
        child?.kill("SIGKILL");
      }
    }
  };

  await launch();
  return {
    dialect: duckDbDialect,
    query: async (sql, values = [], options = {}): Promise<AnalyticsRow[]> =>
      rowsResult.parse(
        await ask({ kind: "query", sql, values: [...values], timeoutMs: options.timeoutMs ?? QUERY_TIMEOUT_MS, limitRows: options.limitRows ?? LIMIT_ROWS }),
      ),
    status: async (): Promise<AnalyticsStatus> => statusResult.parse(await ask({ kind: "status" })),
    caughtUp: async (timeoutMs = 30_000) => {
      const giveUp = new AbortController();
      const late = wait(timeoutMs, undefined, { signal: giveUp.signal }).then(() => {
        throw new AnalyticsUnavailable(`the copy did not catch up within ${timeoutMs} ms`);
      });
      await Promise.race([ask({ kind: "caughtUp" }), late]).finally(() => giveUp.abort());
      late.catch(() => undefined);
    },
    rebuild: async () => {
      await ask({ kind: "rebuild" });
    },
    rename: async (workspaceId) => {
      await ask({ kind: "rename", workspaceId });
    },
    close: async () => {
      isClosing = true;
      const target = child;
      if (target === null || target.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => target.once("exit", () => resolve()));
      void ask({ kind: "stop" }).catch(() => undefined);
      const timer = setTimeout(() => target.kill("SIGKILL"), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
};

// The child inherits the environment as it is; it reads no setting from it (those come by message).
const environmentOf = (parent: { env: Record<string, string | undefined> }): Record<string, string> =>
  Object.fromEntries(Object.entries(parent.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
