// The command line as an operator uses it: each command a process of its own, on data folders of its own.
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { StartCommand } from "./start-command.ts";
import { runFirsthand } from "./start-command.ts";

const folder = mkdtempSync(join(tmpdir(), "firsthand commands "));
// The database runs as another user when the tests run as root, and must get to its folder.
chmodSync(folder, 0o755);
const dataDir = join(folder, "data");
const owner = { name: "Owner", email: "owner@example.com", password: "a long enough password" };
const commands: StartCommand[] = [];
let running: StartCommand;
let port: number;

const begin = (...words: string[]): StartCommand => {
  const command = runFirsthand(...words);
  commands.push(command);
  return command;
};

const findPort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

beforeAll(async () => {
  port = await findPort();
  running = begin("start", "--demo", "--scale", "0.4", "--port", String(port), "--data", dataDir);
  await setUp();
});

afterAll(async () => {
  await Promise.all(commands.map((command) => command.stop()));
  rmSync(folder, { recursive: true, force: true });
});

const setUp = async (): Promise<void> => {
  const [, token = ""] = await running.says(/\/setup\?token=(\S+)/);
  const reply = await fetch(`http://127.0.0.1:${port}/api/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, workspaceName: "Shop", timeZone: "UTC", ...owner }),
  });
  expect(reply.ok, await reply.text()).toBe(true);
};

const session = z.object({ csrfToken: z.string(), workspaces: z.array(z.object({ id: z.string(), isDemo: z.boolean() })) });
type Ask = (path: string) => Promise<unknown>;

/** Signs in and looks at the demo company.
 *  @returns what reads the API from there */
const enterDemo = async (at: number): Promise<Ask> => {
  const address = `http://127.0.0.1:${at}`;
  const json = { "content-type": "application/json" };
  const signedIn = await fetch(`${address}/api/session`, { method: "POST", headers: json, body: JSON.stringify({ email: owner.email, password: owner.password }) });
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
  const { csrfToken, workspaces } = session.parse(await (await fetch(`${address}/api/session`, { headers: { cookie } })).json());
  const workspaceId = workspaces.find(({ isDemo }) => isDemo)?.id;
  const moved = await fetch(`${address}/api/session/workspace`, { method: "PUT", headers: { ...json, cookie, "x-csrf-token": csrfToken }, body: JSON.stringify({ workspaceId }) });
  expect(moved.ok, await moved.text()).toBe(true);
  // Links carry the address of the server that shows them.
  return async (path) => JSON.parse((await (await fetch(`${address}${path}`, { headers: { cookie } })).text()).replaceAll(address, "http://server"));
};

const DAY_MS = 86_400_000;
const day = (fromNow: number): string => new Date(Date.now() + fromNow * DAY_MS).toISOString().slice(0, 10);
const period = `from=${day(-400)}&to=${day(2)}`;
const paths = [
  `/api/metrics/summary?${period}`,
  `/api/metrics/trend?${period}&bucket=month`,
  `/api/metrics/breakdown?${period}&by=touchpoint&metric=csat`,
  `/api/metrics/latest?${period}`,
  "/api/surveys",
  "/api/imports",
];
const readFigures = (ask: Ask): Promise<unknown[]> => Promise.all(paths.map(ask));

const counted = z.object({ metrics: z.array(z.object({ count: z.number() })) });
const countAnswers = async (ask: Ask): Promise<number> => counted.parse(await ask(`/api/metrics/summary?${period}`)).metrics.reduce((sum, { count }) => sum + count, 0);

/** What the server says of its analytics copy. */
const readAnalyticsState = async (): Promise<string> =>
  z.object({ analytics: z.string() }).parse(await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()).analytics;

test("start --demo --scale on a fresh folder prints the address and a one-time link, and the demo company is there in that size", async () => {
  const ask = await enterDemo(port);

  expect(running.output()).toContain(`Firsthand runs at http://127.0.0.1:${port}\n`);
  expect(running.output()).toMatch(new RegExp(`link: http://127\\.0\\.0\\.1:${port}/setup\\?token=\\S+`));
  expect(running.output()).toContain('The demo company "Nordlys Retail" is there');
  expect(await ask("/api/session")).toMatchObject({ workspace: { name: "Nordlys Retail (demo)", isDemo: true }, member: { role: "owner" } });
  expect(await countAnswers(ask)).toBeGreaterThan(1_000);
  // The whole company has more than 60,000 records.
  const { done } = z.object({ done: z.number() }).parse(await ask("/api/demo"));
  expect(done).toBeGreaterThan(15_000);
  expect(done).toBeLessThan(40_000);
});

test.each([
  ["a size that is no number", ["start", "--demo", "--scale", "many"], /--scale is "many", but must be a number from 0\.02 to 1000/],
  ["no size at all", ["start", "--demo", "--scale="], /--scale is "", but must be a number/],
  ["a size beyond all bounds", ["start", "--demo", "--scale", "1001"], /--scale is "1001", but must be/],
  ["a size without a demo", ["start", "--scale", "2"], /Write --demo --scale NUMBER/],
])("start refuses %s before anything is written", async (_what, words, message) => {
  const refused = begin(...words, "--data", join(folder, "refused"));

  expect(await refused.ended).toBe(1);
  expect(refused.output()).toMatch(message);
  expect(existsSync(join(folder, "refused"))).toBe(false);
});

test("analytics rebuild on a running server gives the same figures as before", async () => {
  const ask = await enterDemo(port);
  const before = await readFigures(ask);

  const rebuild = begin("analytics", "rebuild", "--data", dataDir);
  await rebuild.says(/\{"started":true\}/);
  await expect.poll(readAnalyticsState, { timeout: 30_000, interval: 10 }).toBe("rebuilding");
  await expect.poll(readAnalyticsState, { timeout: 60_000, interval: 100 }).toBe("following");

  expect(await rebuild.ended).toBe(0);
  expect(await readFigures(ask)).toEqual(before);
});

test("a backup of a running server, restored into a new folder and started, shows the same figures", async () => {
  const before = await readFigures(await enterDemo(port));
  const backup = begin("backup", join(folder, "backup"), "--data", dataDir);
  expect(await backup.ended, backup.output()).toBe(0);
  expect(backup.output()).toMatch(/\{"folder":".*backup","tables":\d+,"bytes":\d{6,}\}/);

  const restoredDir = join(folder, "restored");
  const restore = begin("restore", join(folder, "backup"), "--data", restoredDir);
  expect(await restore.ended, restore.output()).toBe(0);
  const restoredPort = await findPort();
  const restored = begin("start", "--port", String(restoredPort), "--data", restoredDir);
  await restored.says(/Stop it with/);

  expect(restored.output()).not.toContain("/setup?token=");
  const ask = await enterDemo(restoredPort);
  // The analytics copy is no part of a backup: the server makes it anew while it already serves.
  await expect.poll(() => readFigures(ask), { timeout: 60_000, interval: 500 }).toEqual(before);
  expect(await (await fetch(`http://127.0.0.1:${port}/health/live`)).json()).toEqual({ status: "live" });
});

test("a command on a folder that is no backup says so and writes nothing", async () => {
  const restore = begin("restore", join(folder, "nothing here"), "--data", join(folder, "never"));

  expect(await restore.ended).toBe(1);
  expect(restore.output()).toMatch(/backup/i);
});
