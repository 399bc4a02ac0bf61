// Logs that are taken out slowly, twice, or not at all.
import { execFileSync } from "node:child_process";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { openXesReader, type EventLog } from "@firsthand/mining";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { insertInteractions, listNamesOfCustomers } from "#customers";
import { transaction } from "#platform/db";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { writePathLog } from "./path-logs.ts";
import { pathQuery } from "./paths.contract.ts";

let firsthand: Installation;

beforeAll(async () => {
  firsthand = await makeInstallation({ listen: true });
});
afterAll(() => firsthand.stop());

const all = "from=1990-01-01&to=2030-01-01";
const readXes = (text: string): EventLog => {
  const reader = openXesReader();
  reader.push(Buffer.from(text));
  const { log, report } = reader.end();
  expect(report.examples).toEqual([]);
  return log;
};

describe("a download", () => {
  const steps = 5_000;
  const organisations: Organisation[] = [];
  const tokens: string[] = [];
  beforeAll(async () => {
    for (let number = 0; number < 4; number += 1) {
      const organisation = await firsthand.makeOrganisation();
      organisations.push(organisation);
      tokens.push(await firsthand.makeApiKey(organisation, ["paths.export", "customers.read"]));
      // Fifteen megabytes each: more than lie in the sockets between two programs.
      const rows = Array.from({ length: number < 3 ? steps : 1 }, (_unused, index) => makeInteraction(organisation.workspaceId, { subject: `user:u${index % 7}`, userId: `u${index % 7}`, name: `${"long ".repeat(600)}${index % 5}`, touchpoint: `touchpoint ${index % 5}`, at: "2026-06-01T10:00:00Z" }));
      await insertInteractions(firsthand.services.db, organisation.workspaceId, rows);
    }
    await firsthand.settle();
  }, 60_000);

  const ask = (of: number, query: string, whenAnswered: (reply: IncomingMessage) => void) =>
    get(`${firsthand.services.baseUrl()}/api/paths/log.xes?${all}${query}`, { headers: { authorization: `Bearer ${tokens[of]}` }, agent: false }, whenAnswered);
  const open = (of: number, query = ""): Promise<IncomingMessage> => new Promise((resolve, reject) => ask(of, query, resolve).once("error", reject));
  const takeWhole = (of: number, query = ""): Promise<string> =>
    vi.waitFor(async () => {
      const reply = await open(of, query);
      const chunks: Buffer[] = [];
      for await (const chunk of reply) chunks.push(chunk);
      expect(reply.statusCode).toBe(200);
      return Buffer.concat(chunks).toString();
    }, { timeout: 20_000, interval: 100 });

  const connections = (): Promise<number> => new Promise((resolve, reject) => firsthand.app.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))));

  test("that nobody takes waits without filling the memory, keeps one place for a workspace, and ends in the store when its reader goes", async () => {
    const waiting = [await open(0)];
    const twice = await open(0);
    twice.resume();
    waiting.push(await open(1), await open(2));
    const full = await open(3);
    full.resume();

    expect([...waiting, twice, full].map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429, 429]);

    for (const one of waiting) one.destroy();
    expect(readXes(await takeWhole(0)).steps).toHaveLength(steps);
  }, 60_000);

  test("asked for while the one before is being closed waits for its end", async () => {
    const before = await open(0);
    const after = open(0);
    before.resume();

    const reply = await after;
    reply.destroy();
    expect([before.statusCode, reply.statusCode]).toEqual([200, 200]);
  });

  test("of which a little is taken now and then ends after its time, and gives its place back", async () => {
    const { services } = firsthand;
    const actor = { kind: "key", workspaceId: organisations[0]?.workspaceId ?? "", memberId: null, keyId: null, role: null, abilities: new Set(["paths.export"]) } as const;
    const query = pathQuery.parse({ from: "1990-01-01", to: "2030-01-01" });
    const { body } = await writePathLog(services, actor, query, { format: "xes", onGone: () => undefined, limits: { stallMs: 60_000, totalMs: 100 } });
    if (typeof body === "string" || body instanceof Buffer) throw new Error("The file is not written while it is read.");

    await expect((async () => {
      for await (const _ of body) await pause(200);
    })()).rejects.toThrow("not taken whole within 100 ms");
    expect(readXes(await takeWhole(0)).steps).toHaveLength(steps);
  });

  test("has names of customers of its own workspace alone", async () => {
    const { db } = firsthand.services;
    const [own = "", other = ""] = organisations.map(({ workspaceId }) => workspaceId);
    const { rows } = await db.query<{ id: string }>("select customer_id as id from customers.profiles where workspace_id = $1", [own]);
    const ids = rows.map(({ id }) => id);

    expect(await listNamesOfCustomers(db, own, ids)).toHaveLength(7);
    expect(await listNamesOfCustomers(db, other, ids)).toEqual([]);
  });

  test("whose reader goes before it begins is not begun", async () => {
    const { db } = firsthand.services;
    const countExports = async () => (await db.query("select from platform.audit_entries where workspace_id = $1 and action = 'paths.exported'", [organisations[1]?.workspaceId])).rowCount ?? 0;
    const before = await countExports();
    const red = "&property=colour%3Dred";
    await transaction(db, async (tx) => {
      // Properties are looked up in this table: the question waits, and its reader does not.
      await tx.query("lock table customers.interactions in access exclusive mode");
      const request = ask(1, red, () => undefined).once("error", () => undefined);
      await vi.waitFor(async () => expect((await db.query("select from pg_locks where not granted and relation = 'customers.interactions'::regclass and mode = 'AccessShareLock'")).rowCount).toBeGreaterThan(0), { timeout: 20_000 });
      request.destroy();
      await vi.waitFor(() => expect(connections()).resolves.toBe(0), { timeout: 20_000 });
    });

    // Who asks the same waits for the same answer, and so cannot overtake.
    expect(readXes(await takeWhole(1, red)).steps).toHaveLength(0);
    expect(await countExports()).toBe(before + 1);
  });
});

test("a reading of the copy ends with the process it was begun in, and leaves those of the next one alone", async () => {
  const { analytics } = firsthand.services;
  const numbers = "select * from range(10_000) numbers (number)";
  const reading = await analytics.read();
  const portions = reading.rows(numbers);
  await portions.next();
  const children = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
  for (const child of children) if (Number(child?.[2]) === process.pid && child?.[3]?.includes("analytics-process.ts") === true) process.kill(Number(child[1]), "SIGKILL");

  const other = await vi.waitFor(() => analytics.read(), { timeout: 40_000, interval: 100 });
  const others = other.rows(numbers);
  let count = (await others.next()).value?.length ?? 0;

  await expect(portions.next()).rejects.toThrow("the reading is over");
  await reading.close();
  for await (const portion of others) count += portion.length;
  expect(count).toBe(10_000);
  await other.close();
});
