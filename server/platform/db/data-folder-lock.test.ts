import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DataFolderInUse, lockDataFolder } from "./data-folder-lock.ts";
import { findStartOfProcess } from "./processes.ts";

const root = mkdtempSync(join(tmpdir(), "firsthand-lock-"));
let folders = 0;
const makeFolder = (): string => join(root, String((folders += 1)));
const lockFile = (dataDir: string): string => join(dataDir, "firsthand.lock");
const pretend = (dataDir: string, holder: Record<string, unknown>): void =>
  writeFileSync(lockFile(dataDir), JSON.stringify({ pid: process.pid, start: findStartOfProcess(process.pid), host: hostname(), since: "2026-01-01T00:00:00Z", ...holder }));

const leaveBehind = async (holder: Record<string, unknown>): Promise<string> => {
  const dataDir = makeFolder();
  (await lockDataFolder(dataDir)).release();
  pretend(dataDir, holder);
  return dataDir;
};

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the lock of a data folder", () => {
  test("refuses a second start and names the first", async () => {
    const dataDir = makeFolder();
    const lock = await lockDataFolder(dataDir);

    await expect(lockDataFolder(dataDir)).rejects.toThrow(new RegExp(`already in use by Firsthand: process ${process.pid} .*--data`));
    await expect(lockDataFolder(dataDir)).rejects.toBeInstanceOf(DataFolderInUse);
    lock.release();
  });

  test("is free again after release", async () => {
    const dataDir = makeFolder();
    (await lockDataFolder(dataDir)).release();

    const again = await lockDataFolder(dataDir);

    expect(existsSync(lockFile(dataDir))).toBe(true);
    again.release();
    expect(existsSync(lockFile(dataDir))).toBe(false);
  });

  test.each([
    ["ended", { pid: 4_000_000 }],
    ["has the number of a process that was started later", { start: "another boot:17" }],
  ])("is taken over from a process that %s", async (_case, holder) => {
    const dataDir = await leaveBehind(holder);

    const lock = await lockDataFolder(dataDir);

    expect(JSON.parse(readFileSync(lockFile(dataDir), "utf8"))).toMatchObject({ pid: process.pid, start: findStartOfProcess(process.pid) });
    lock.release();
  });

  test("is taken over when its file is damaged", async () => {
    const dataDir = await leaveBehind({});
    writeFileSync(lockFile(dataDir), '{"pid": 1');

    const lock = await lockDataFolder(dataDir);

    lock.release();
  });

  test("is taken over from a host that no longer shows a heartbeat", async () => {
    const dataDir = await leaveBehind({ host: "a-container-that-is-gone" });

    const lock = await lockDataFolder(dataDir);

    lock.release();
  });

  test("goes to exactly one of many that find the same stale lock at once", async () => {
    const dataDir = await leaveBehind({ pid: 4_000_000 });

    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(dataDir)));

    const winners = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(winners).toHaveLength(1);
    for (const winner of winners) winner.value.release();
  });

  test("says what to do when the folder cannot be written", async () => {
    const file = join(root, "file");
    writeFileSync(file, "");

    await expect(lockDataFolder(join(file, "data"))).rejects.toThrow(/cannot be used.*--data/);
  });

  test("does not take an ended process that its parent has not collected for a living one", async () => {
    const child = spawn("sleep", ["100"]);
    const pid = child.pid ?? 0;
    expect(findStartOfProcess(pid)).not.toBeNull();

    const closed = new Promise((done) => child.on("close", done));
    child.kill("SIGKILL");
    await closed;

    expect(findStartOfProcess(pid)).toBeNull();
  });
});
