import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { connect } from "#platform/db";
import { makeDatabase } from "../../firsthand.make.ts";
import { importDetail, type ImportDetail } from "./imports.contract.ts";

const serverFolder = join(import.meta.dirname, "../..");
const session = z.object({ csrfToken: z.string() });
const key = z.object({ token: z.string() });

let database: Awaited<ReturnType<typeof makeDatabase>>;
let dataDir = "";
const children = new Set<ChildProcess>();

beforeAll(async () => {
  database = await makeDatabase();
  dataDir = mkdtempSync(join(tmpdir(), "firsthand-killed-"));
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await pause(500);
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A whole server in its own process, as `npm start` runs it. */
const startServer = async (): Promise<{ child: ChildProcess; url: string; setUpToken: string | null }> => {
  // The test runner sets BASE_URL for its own purposes; a socket's address needs a host before it counts as a URL.
  const { BASE_URL: _unused, ...environment } = process.env;
  const databaseUrl = database.connectionString.replace("@/", "@localhost/");
  const child = spawn(process.execPath, [join(serverFolder, "main.ts")], {
    env: { ...environment, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PORT: "0", LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  let said = "";
  child.stdout?.on("data", (chunk) => (said += String(chunk)));
  for (let tries = 0; tries < 600 && !said.includes("Stop it"); tries += 1) await pause(50);
  return { child, url: /runs at (\S+)/.exec(said)?.[1] ?? "", setUpToken: /token=(\S+)/.exec(said)?.[1] ?? null };
};

const kill = async (child: ChildProcess): Promise<void> => {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  children.delete(child);
};

const makeKey = async (url: string, token: string): Promise<string> => {
  const json = { "content-type": "application/json" };
  const owner = { token, workspaceName: "Irrelevant", name: "Owner", email: "owner@example.com", password: "correct horse battery" };
  const setUp = await fetch(`${url}/api/setup`, { method: "POST", headers: json, body: JSON.stringify(owner) });
  const headers = { ...json, cookie: setUp.headers.getSetCookie().join("; "), "x-csrf-token": session.parse(await setUp.json()).csrfToken };
  const made = await fetch(`${url}/api/keys`, { method: "POST", headers, body: JSON.stringify({ kind: "api", name: "test", abilities: ["imports.read", "imports.change"] }) });
  return key.parse(await made.json()).token;
};

/** A log of objects: events of two customers each, so two rows for every event. */
const makeLog = (events: number): string =>
  JSON.stringify({
    objectTypes: [],
    objects: Array.from({ length: 900 }, (_unused, index) => ({ id: `c${index}`, type: "customer" })),
    events: Array.from({ length: events }, (_unused, index) => ({ id: `e${index}`, type: "meet", time: "2024-01-01T10:00:00Z", relationships: [{ objectId: `c${index % 899}` }, { objectId: `c${(index % 899) + 1}` }] })),
  });

test("imports whose server is killed again and again end with every row exactly once", async () => {
  const table = 40_000;
  const log = 20_000;
  const content = `customer_id,when,nps\n${Array.from({ length: table }, (_unused, index) => `c${index % 900},2024-01-01 10:00,${index % 11}\n`).join("")}`;
  let server = await startServer();
  const token = await makeKey(server.url, server.setUpToken ?? "");
  const call = async (method: string, path: string, body?: string): Promise<ImportDetail> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/octet-stream" }) };
    const reply = await fetch(`${server.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    return importDetail.parse(await reply.json());
  };
  for (const { name, body, rows, perceptions, shares } of [
    { name: "killed.csv", body: content, rows: table, perceptions: table, shares: [0.1, 0.6] },
    { name: "killed.jsonocel", body: makeLog(log / 2), rows: log, perceptions: 0, shares: [0.1, 0.6] },
  ]) {
    const { id } = await call("POST", `/api/imports?name=${name}`, body);
    await call("POST", `/api/imports/${id}/run`);
    let kills = 0;
    for (const share of shares) {
      let shown = await call("GET", `/api/imports/${id}`);
      while (shown.state !== "done" && shown.rowsRead < rows * share) {
        await pause(10);
        shown = await call("GET", `/api/imports/${id}`);
      }
      if (shown.state === "done") break;
      await kill(server.child);
      kills += 1;
      server = await startServer();
    }
    let shown = await call("GET", `/api/imports/${id}`);
    for (let tries = 0; tries < 1_200 && shown.state !== "done"; tries += 1) {
      await pause(50);
      shown = await call("GET", `/api/imports/${id}`);
    }

    expect(kills).toBeGreaterThan(0);
    expect(shown).toMatchObject({ state: "done", rowsRead: rows, rowsAccepted: rows, rowsRefused: 0, rowsRepeated: 0, perceptionsAdded: perceptions });
  }
  const db = connect(database.connectionString, () => undefined, 1);
  const { rows: counted } = await db.query<{ interactions: number; perceptions: number }>(
    "select (select count(*) from customers.interactions) as interactions, (select count(*) from customers.perceptions) as perceptions",
  );
  await db.close();
  await kill(server.child);
  expect(counted[0]).toEqual({ interactions: table + log, perceptions: table });
}, 180_000);
