// The server's end of the analytics process: starts it, restarts it when it dies or hangs, and asks it questions.
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Log } from "../log/log.ts";
import type { AnalyticsReading, AnalyticsRow, AnalyticsStatus, AnalyticsStore, AnalyticsValue } from "./analytics.contract.ts";
import { duckDbDialect } from "./duckdb-dialect.rules.ts";
import { report } from "./messages.contract.ts";
import type { AnalyticsRequest } from "./messages.contract.ts";
import { shareQueries } from "./shared-queries.ts";
import { AnalyticsUnavailable } from "./unavailable.ts";

const QUERY_TIMEOUT_MS = 20_000;
const LIMIT_ROWS = 10_000;
const WAITING_MAX = 500;
const RESTART_MS = 500;
const STOP_MS = 10_000;
const CAUGHT_UP_MS = 30_000;
const STATUS_KEPT_MS = 1_000;
const STATUS_TIMEOUT_MS = 10_000;
// Questions wait for one another in the process: their own time begins when they are looked at. What waited longer is not looked at any more: to answer those
// who have left would keep everybody behind them waiting as long.
const QUEUE_MS = 60_000;
// Reading a long log again after a kill takes minutes, not more.
const START_TIMEOUT_MS = 600_000;
// A process that is stopped, or hangs, neither ends nor answers. Calls it missed are counted, not time: a machine that slept is not a process that hangs.
const USUAL_PULSE: Pulse = { everyMs: 5_000, missedMost: 6 };
// Queries of DuckDB hold a thread of this pool each; with Node's four, files and timers would wait behind them.
const THREAD_POOL = "16";

const readingResult = z.uuid();
// Thousands of rows come at a time. Told what they are made of, the validator takes forty times as long as a look at each value, and for many a question as long as the store.
const rowsResult = z.custom<AnalyticsRow[]>((result) => Array.isArray(result) && result.every(isRow), "rows of plain values");
const isRow = (row: unknown): boolean => typeof row === "object" && row !== null && Object.values(row).every(isPlain);
const isPlain = (value: unknown): boolean => value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
const gatheredResult = z.array(z.object({ id: z.uuid(), lastNo: z.number(), revision: z.number() }));
const statusResult = z.object({ state: z.enum(["starting", "following", "rebuilding", "stopped"]), rows: z.number(), lagRows: z.number() });

type Settings = { path: string; connectionString: string; memoryMb: number; threads: number; logLevel: string };
type Pending = { resolve: (result: unknown) => void; reject: (error: Error) => void };
type Question = AnalyticsRequest extends infer One ? (One extends { id: number } ? Omit<One, "id"> : never) : never;

/** How often the process must show that it is alive, and how many calls in a row it may miss before another is started. */
type Pulse = { everyMs: number; missedMost: number };

type Given = {
  /** The file the process runs (`server/analytics-process.ts`). */
  program: string;
  settings: Settings;
  log: Log;
  /** Is told which workspaces have new figures. */
  onAdvance: (workspaceIds: readonly string[]) => void;
  pulse?: Pulse;
  /** Where the process comes from and goes when the store is closed; without, one is started for this store and ended with it. */
  lender?: ProcessLender;
};

/** Lends running processes to stores, each to one at a time: one that was stopped can be started on another file. */
export type ProcessLender = { take: () => ChildProcess; giveBack: (child: ChildProcess) => void };

/** Starts the analytics process and returns its store. */
export const startAnalyticsProcess = async (given: Given): Promise<AnalyticsStore> => {
  const { query, renew } = shareQueries(async (sql, values = [], options = {}) =>
    rowsResult.parse(
      await line.ask({ kind: "query", sql, values: [...values], timeoutMs: options.timeoutMs ?? QUERY_TIMEOUT_MS, queueMs: QUEUE_MS, limitRows: options.limitRows ?? LIMIT_ROWS }),
    ));
  const onAdvance: Given["onAdvance"] = (workspaceIds) => {
    renew();
    given.onAdvance(workspaceIds);
  };
  const line = new ProcessLine({ ...given, onAdvance });
  await line.launch();
  /** For what the next query is to see. */
  const change = (question: Question): Promise<unknown> => line.ask(question).finally(renew);
  return {
    dialect: duckDbDialect,
    query,
    read: () => openReading(line),
    status: createStatus(line),
    caughtUp: async (timeoutMs = CAUGHT_UP_MS) => {
      const giveUp = new AbortController();
      const late = wait(timeoutMs, undefined, { signal: giveUp.signal }).then(() => {
        throw new AnalyticsUnavailable(`the copy did not catch up within ${timeoutMs} ms`);
      });
      late.catch(() => undefined);
      await Promise.race([change({ kind: "caughtUp" }), late]).finally(() => giveUp.abort());
    },
    rebuild: async () => {
      await change({ kind: "rebuild" });
    },
    rename: async (workspaceId) => {
      await change({ kind: "rename", workspaceId });
    },
    restaff: async (workspaceId) => {
      await change({ kind: "restaff", workspaceId });
    },
    gather: async (workspaceId, sets) => gatheredResult.parse(await change({ kind: "gather", workspaceId, sets: sets.map((set) => ({ ...set, values: [...set.values] })) })),
    close: () => line.close(),
  };
};

const openReading = async (line: ProcessLine): Promise<AnalyticsReading> => {
  const reading = readingResult.parse(await line.ask({ kind: "reading" }));
  let closing: Promise<void> | null = null;
  const ask = async (sql: string | null, values: readonly AnalyticsValue[], timeoutMs: number): Promise<AnalyticsRow[]> =>
    rowsResult.parse(await line.ask({ kind: "portion", reading, sql, values: [...values], timeoutMs }));
  return {
    rows: async function* (sql, values = [], { timeoutMs = QUERY_TIMEOUT_MS } = {}) {
      for (let rows = await ask(sql, values, timeoutMs); rows.length > 0; rows = await ask(null, [], timeoutMs)) yield rows;
    },
    // Where the process has ended, so has the reading.
    close: () => (closing ??= line.ask({ kind: "endReading", reading }).then(() => undefined, () => undefined)),
  };
};

// Monitoring asks often and from many sides: one question at a time goes out, and its answer serves a second.
const createStatus = (line: ProcessLine): (() => Promise<AnalyticsStatus>) => {
  let asked: Promise<AnalyticsStatus> | null = null;
  return () => {
    if (asked !== null) return asked;
    const asking = line.ask({ kind: "status" }).then((result) => statusResult.parse(result));
    asked = asking;
    setTimeout(() => {
      if (asked === asking) asked = null;
    }, STATUS_KEPT_MS).unref();
    return asking;
  };
};

// Holds the child process and the questions it has not answered yet.
class ProcessLine {
  // Of all lines: a late answer to another store that had the same process is none of ours.
  static #lastId = 0;
  readonly #given: Given;
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | null = null;
  #letGo: () => void = () => undefined;
  #isClosing = false;
  #isRelaunching = false;

  constructor(given: Given) {
    this.#given = given;
  }

  ask(question: Question): Promise<unknown> {
    if (this.#pending.size >= WAITING_MAX) return Promise.reject(new AnalyticsUnavailable("too many questions are waiting"));
    return this.#send(question);
  }

  #send(question: Question): Promise<unknown> {
    const child = this.#child;
    if (child === null || !child.connected) return Promise.reject(new AnalyticsUnavailable("their process is starting"));
    ProcessLine.#lastId += 1;
    const id = ProcessLine.#lastId;
    const asking = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    const refuse = (reason: string): void => {
      const one = this.#pending.get(id);
      this.#pending.delete(id);
      one?.reject(new AnalyticsUnavailable(reason));
    };
    const limitMs = patienceFor(question);
    const timer = limitMs === null ? null : setTimeout(() => refuse("their process did not answer in time"), limitMs);
    child.send({ ...question, id }, (error) => void (error !== null && refuse("their process has ended")));
    return asking.finally(() => timer !== null && clearTimeout(timer));
  }

  async launch(): Promise<void> {
    const { program, settings, log, lender } = this.#given;
    const child = lender === undefined ? forkAnalyticsProcess(program) : lender.take();
    this.#child = child;
    const hear = (message: unknown): void => this.#hear(message);
    const noteExit = (code: number | null, signal: string | null): void => {
      this.#refuseAll("their process has ended and is starting again");
      if (this.#isClosing || this.#isRelaunching) return;
      log.warn({ code, signal }, "the analytics process ended; starting it again");
      void this.#relaunch();
    };
    child.on("message", hear).on("exit", noteExit);
    let endWatch: () => void = () => undefined;
    this.#letGo = () => {
      child.off("message", hear).off("exit", noteExit);
      endWatch();
    };
    await this.ask({ kind: "start", ...settings });
    endWatch = this.#watch(child);
  }

  #watch(child: ChildProcess): () => void {
    const { everyMs, missedMost } = this.#given.pulse ?? USUAL_PULSE;
    let missed = 0;
    const timer = setInterval(() => {
      if (this.#isClosing) return;
      if (missed >= missedMost) {
        this.#given.log.warn({ missed, everyMs }, "the analytics process does not answer; ending it");
        child.kill("SIGKILL");
        return;
      }
      missed += 1;
      // However many questions are waiting: they are no reason to think it dead.
      this.#send({ kind: "ping" }).then(() => (missed = 0), () => undefined);
    }, everyMs).unref();
    const end = (): void => clearInterval(timer);
    child.once("exit", end);
    return () => {
      child.off("exit", end);
      end();
    };
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    const hasStopped = await Promise.race([this.ask({ kind: "stop" }).then(() => true, () => false), ended.then(() => false)]);
    if (hasStopped && this.#given.lender !== undefined) {
      this.#letGo();
      this.#refuseAll("their process has ended");
      this.#given.lender.giveBack(child);
    } else {
      if (child.connected) child.disconnect();
      await ended;
    }
    clearTimeout(timer);
  }

  #refuseAll(reason: string): void {
    for (const one of this.#pending.values()) one.reject(new AnalyticsUnavailable(reason));
    this.#pending.clear();
  }

  #hear(message: unknown): void {
    const said = report.parse(message);
    if (said.kind === "advanced") return this.#given.onAdvance(said.workspaceIds);
    const one = this.#pending.get(said.id);
    this.#pending.delete(said.id);
    if (said.kind === "done") one?.resolve(said.result);
    else one?.reject(new AnalyticsUnavailable(said.message));
  }

  // One loop at a time: two processes would wait for each other's lock on the file.
  async #relaunch(): Promise<void> {
    this.#isRelaunching = true;
    for (let isUp = false; !isUp && !this.#isClosing; ) {
      await wait(RESTART_MS);
      isUp = await this.launch().then(
        () => true,
        (error: unknown) => {
          this.#given.log.warn({ err: error }, "the analytics process could not be started; trying again");
          this.#child?.kill("SIGKILL");
          return false;
        },
      );
    }
    this.#isRelaunching = false;
  }
}

/** Starts the process, which waits for its first message. */
export const forkAnalyticsProcess = (program: string): ChildProcess =>
  fork(program, [], {
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...environmentOf(process), UV_THREADPOOL_SIZE: THREAD_POOL },
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });

// Null: it takes as long as there is work, and a process that hangs is ended anyway.
const patienceFor = (question: Question): number | null => {
  switch (question.kind) {
    case "query":
    case "portion":
      return QUEUE_MS + question.timeoutMs;
    case "reading":
    case "endReading":
    case "gather":
    case "ping":
      return QUEUE_MS;
    case "status":
      return STATUS_TIMEOUT_MS;
    case "start":
      return START_TIMEOUT_MS;
    case "caughtUp":
    case "rebuild":
    case "rename":
    case "restaff":
    case "stop":
      return null;
  }
};

// The child inherits the environment as it is; it reads no setting from it (those come by message).
const environmentOf = (parent: { env: Record<string, string | undefined> }): Record<string, string> =>
  Object.fromEntries(Object.entries(parent.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
