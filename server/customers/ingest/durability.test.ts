// What was acknowledged is there, whatever dies at whatever moment: server and database are killed in turns under load.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "../../config.ts";
import { startFirsthand } from "../../firsthand.ts";
import { startEmbeddedPostgres } from "../../platform/db/embedded-postgres.ts";
import { findPostmaster } from "../../platform/db/postmaster.ts";

const SENDERS = 24;
const MAIN = join(import.meta.dirname, "..", "..", "main.ts");
// Longer by hand: FIRSTHAND_KILLS=40.
const KILLS = Number(process.env["FIRSTHAND_KILLS"] ?? 3);

const CATCH_UP_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), "firsthand-durability-"));
// The database runs as another user when the tests run as root, and must get to its folder.
chmodSync(folder, 0o755);
const dataDir = join(folder, "data");
let running: ChildProcess | null = null;

type Started = { address: string; link: string | null };

const start = async (port: number): Promise<Started> => {
  // Not the test's own environment: its runner sets BASE_URL to something that is no address.
  const environment = { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: "silent", ANALYTICS_MEMORY_MB: "256" };
  const child = spawn(process.execPath, [MAIN], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  running = child;
  let said = "";
  child.stdout.on("data", (bytes) => {
    said += String(bytes);
  });
  child.stderr.on("data", (bytes) => {
    said += String(bytes);
  });
  for (let tries = 0; tries < 1800; tries += 1) {
    const address = /runs at (http\S+)/.exec(said)?.[1];
    if (address !== undefined && said.includes("Ctrl-C")) return { address, link: /link: (\S+)/.exec(said)?.[1] ?? null };
    if (child.exitCode !== null) throw new Error(`The server did not start:\n${said}`);
    await wait(50);
  }
  throw new Error(`The server was not ready in 90 s:\n${said}`);
};

const session = z.object({ csrfToken: z.string() });
const createdKey = z.object({ token: z.string() });

const makeWriteKey = async ({ address, link }: Started): Promise<string> => {
  const token = new URL(link ?? "").searchParams.get("token");
  const owner = { token, workspaceName: "Shop", name: "Owner", email: "owner@example.org", password: "a long enough password" };
  const json = { "content-type": "application/json" };
  const setUp = await fetch(`${address}/api/setup`, { method: "POST", headers: json, body: JSON.stringify(owner) });
  const { csrfToken } = session.parse(await setUp.json());
  const cookie = (setUp.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
  const key = await fetch(`${address}/api/keys`, { method: "POST", headers: { ...json, cookie, "x-csrf-token": csrfToken }, body: JSON.stringify({ kind: "write", name: "Shop" }) });
  return createdKey.parse(await key.json()).token;
};

// Sends until told to stop. A request without an answer is sent again with the same ids, as the clients do.
const sendSteadily = async (address: string, writeKey: string, sender: number, state: { isOver: boolean; acknowledged: Set<string>; outcomes: Map<string, number> }): Promise<void> => {
  let ids: string[] = [];
  while (!state.isOver) {
    const size = sender % 4 === 0 ? 60 : 1;
    if (ids.length === 0) ids = Array.from({ length: size }, () => randomUUID());
    // From every eighth sender every ninth comes an hour late, so that neighbours already copied must be repaired; the other batches
    // arrive in one moment, so that only the order of arrival tells their steps.
    const lateAt = new Date(Date.now() - 3_600_000).toISOString();
    const batch = ids.map((messageId, index) => ({ type: "track", userId: `user-${sender}`, event: `Seen ${messageId.slice(0, 2)}`, messageId, ...(sender % 8 === 0 && index % 9 === 4 ? { timestamp: lateAt } : {}) }));
    try {
      const reply = await fetch(`${address}/v1/batch`, { method: "POST", headers: { authorization: `Bearer ${writeKey}` }, body: JSON.stringify({ batch }) });
      await reply.text();
      state.outcomes.set(String(reply.status), (state.outcomes.get(String(reply.status)) ?? 0) + 1);
      if (reply.status !== 200) await wait(20);
      else {
        for (const id of ids) state.acknowledged.add(id);
        ids = [];
      }
    } catch {
      state.outcomes.set("no answer", (state.outcomes.get("no answer") ?? 0) + 1);
      await wait(20);
    }
  }
};

const killServer = async (): Promise<void> => {
  const child = running;
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
};

// The postmaster and every process it started, so that nothing can write its memory out.
const killDatabase = (): void => {
  const postmaster = findPostmaster(join(dataDir, "postgres"));
  if (postmaster === null) throw new Error("There is no database to kill.");
  for (const pid of [postmaster.pid, ...childrenOf(postmaster.pid)])
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself between the listing and the signal.
    }
};

const childrenOf = (parent: number): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ")[1] === String(parent);
      } catch {
        return false;
      }
    })
    .map(Number);

afterAll(async () => {
  await killServer();
  if (findPostmaster(join(dataDir, "postgres")) !== null) killDatabase();
  rmSync(folder, { recursive: true, force: true });
});

type Stored = { id: string; messageId: string; previous: string | null };

/** What is stored after the last kill, and what the analytics copy makes of it. Here a sender is a person, and what was seen is the touchpoint. */
const readBoth = async (): Promise<{ rows: Stored[]; copies: { id: string; previous: string | null }[] }> => {
  const postgres = await startEmbeddedPostgres({ dataDir, log: { info: () => undefined, warn: () => undefined } });
  const config = readConfig({ DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "silent", ANALYTICS_MEMORY_MB: "256" });
  const { services, stop } = await startFirsthand(config, { connectionString: postgres.connectionString, listen: false });
  try {
    const { rows } = await services.db.query<Stored>(
      `select id, message_id as "messageId", lag(name) over (partition by user_id order by date_trunc('milliseconds', at), seq) as previous
       from customers.interactions
       where type = 'track'`,
    );
    await services.analytics.caughtUp(CATCH_UP_MS);
    const read = "select cast(id as varchar) as id, previous_touchpoint as previous from experience where record = 'interaction' and type = 'track'";
    const copies = await services.analytics.query(read, [], { limitRows: 10_000_000 });
    return { rows, copies: copies.map(({ id, previous }) => ({ id: String(id), previous: previous === null || previous === undefined ? null : String(previous) })) };
  } finally {
    await stop();
    await postgres.stop();
  }
};

test.skipIf(process.platform !== "linux")("every acknowledged event survives kill -9 of server and database", { timeout: 60_000 + KILLS * 20_000 }, async () => {
  const started = await start(0);
  const port = Number(new URL(started.address).port);
  const writeKey = await makeWriteKey(started);
  const state = { isOver: false, acknowledged: new Set<string>(), outcomes: new Map<string, number>() };
  const senders = Array.from({ length: SENDERS }, (_, sender) => sendSteadily(started.address, writeKey, sender, state));

  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = state.acknowledged.size;
    await expect.poll(() => state.acknowledged.size, { timeout: 60_000, interval: 20 }).toBeGreaterThan(before + 300);
    await wait(Math.random() * 300);
    if (kill % 3 !== 0) {
      // While it says something of itself, the file that names it cannot be read.
      await expect.poll(() => findPostmaster(join(dataDir, "postgres")), { timeout: 10_000, interval: 20 }).not.toBeNull();
      killDatabase();
    }
    if (kill % 3 !== 1) {
      await killServer();
      await start(port);
    }
  }
  const afterLast = state.acknowledged.size;
  await expect.poll(() => state.acknowledged.size, { timeout: 60_000, interval: 20 }).toBeGreaterThan(afterLast + 300);
  state.isOver = true;
  await Promise.all(senders);
  await killServer();

  const { rows, copies } = await readBoth();
  const stored = new Map(rows.map((row) => [row.messageId, row.id]));
  const lost = [...state.acknowledged].filter((id) => !stored.has(id));
  const doubled = rows.length - stored.size;
  expect({ lost: lost.length, doubled }).toEqual({ lost: 0, doubled: 0 });
  // The analytics copy has each of them once, after the step before it that the record tells.
  const steps = new Map(rows.map((row) => [row.id, row.previous]));
  expect({ copies: copies.length, ids: new Set(copies.map(({ id }) => id)).size }).toEqual({ copies: rows.length, ids: rows.length });
  expect(copies.filter(({ id, previous }) => steps.get(id) !== previous)).toEqual([]);
  // Only answers that clients try again were given while things were down.
  expect([...state.outcomes.keys()].filter((outcome) => !["200", "503", "429", "no answer"].includes(outcome))).toEqual([]);
  expect(state.outcomes.get("no answer") ?? 0).toBeGreaterThan(0);
});
