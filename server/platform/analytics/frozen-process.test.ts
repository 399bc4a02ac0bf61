// A process that neither ends nor answers: stopped by the system, or caught in a loop.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createLog } from "#platform/log";
import { makeInstallation, type Installation } from "../../firsthand.make.ts";
import type { AnalyticsStore } from "./analytics.contract.ts";
import { startAnalyticsProcess } from "./process-client.ts";

let firsthand: Installation;
let store: AnalyticsStore;
let folder: string;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const listProcesses = (): number[] =>
  execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n").flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/u.exec(line) ?? [];
    return Number(parent) === process.pid && args?.includes("analytics-process.ts") === true ? [Number(pid)] : [];
  });

/** Starts a store of its own beside that of the installation. */
const start = async (): Promise<number> => {
  folder = mkdtempSync(join(tmpdir(), "firsthand-frozen-"));
  const before = listProcesses();
  store = await startAnalyticsProcess({
    program: join(import.meta.dirname, "../../analytics-process.ts"),
    settings: { path: join(folder, "analytics.duckdb"), connectionString: firsthand.connectionString, memoryMb: 256, threads: 1, logLevel: "error" },
    log: createLog("silent"), onAdvance: () => undefined, pulse: { everyMs: 500, missedMost: 3 },
  });
  const [started] = listProcesses().filter((pid) => !before.includes(pid));
  if (started === undefined) throw new Error("The analytics process was not found among the children.");
  return started;
};

test("questions to a frozen process end with what to do, and the next process answers them", async () => {
  const frozen = await start();
  expect(await store.query("select 1 as one")).toEqual([{ one: 1 }]);
  process.kill(frozen, "SIGSTOP");

  await expect(store.query("select 2 as two")).rejects.toMatchObject({ code: "unavailable", status: 503, message: expect.stringMatching(/^The figures cannot be computed now: .*Try again in a moment\.$/u) });

  await vi.waitFor(async () => expect(await store.query("select 3 as three")).toEqual([{ three: 3 }]), { timeout: 60_000, interval: 100 });
  expect(listProcesses()).not.toContain(frozen);
});
