// A whole Firsthand for tests: real PostgreSQL, real DuckDB, real routes; only the network and the clock can be stood in for.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, vi } from "vitest";
import type { Role } from "#platform/access";
import { csrfTokenOf } from "#platform/auth";
import { newId } from "#platform/db";
import type { Services } from "#platform/services";
import { createWorkspace } from "#platform/workspaces";
import { createKey } from "./people/keys/keys.ts";
import { insertAccount, insertMember } from "./people/sessions/sessions.queries.ts";
import { openSession } from "./people/sessions/sessions.ts";
import { readConfig } from "./config.ts";
import { ANALYTICS_PROGRAM, startFirsthand } from "./firsthand.ts";
import type { Firsthand } from "./firsthand.ts";
import { forkAnalyticsProcess } from "./platform/analytics/process-client.ts";
import type { ProcessLender } from "./platform/analytics/process-client.ts";
import { hashCheaply } from "./platform/auth/passwords.ts";
import { copyDatabase } from "./test-database.make.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrls: readonly string[];
  }
}

hashCheaply();

// What one connection has learnt of tables and queries the next learns anew: with the twenty of a server that many people use, the tests of responses,
// reports, people and dashboards took 55 s of the processor, with eight 52 s.
const CONNECTIONS_MAX = 8;

export type Answer = { status: number; body: unknown; text: string; bytes: Buffer; headers: Record<string, unknown> };
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Somebody who calls the API. `ask` sends JSON and reads JSON. */
export type Client = { memberId: string; email: string; ask: (method: Method, url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer> };
export type Organisation = { workspaceId: string; owner: Client; admin: Client; manager: Client; agent: Client; viewer: Client };
export type Installation = Firsthand & {
  dataDir: string;
  connectionString: string;
  /** Somebody who is not signed in. */
  nobody: Client;
  makeOrganisation: (name?: string) => Promise<Organisation>;
  makeMember: (organisation: Organisation, role: Role) => Promise<Client>;
  makeWriteKey: (organisation: Organisation) => Promise<string>;
  makeApiKey: (organisation: Organisation, abilities: readonly string[]) => Promise<string>;
  /** Waits until everything written so far shows in figures. */
  settle: () => Promise<void>;
};

/** A fresh migrated database, on the server that belongs to the worker we are in. */
export const makeDatabase = (): ReturnType<typeof copyDatabase> => {
  const urls = inject("databaseUrls");
  const url = urls[(Number(process.env["VITEST_POOL_ID"]) - 1) % urls.length];
  if (url === undefined) throw new Error("This worker has no database.");
  return copyDatabase(url);
};

/** Starts a Firsthand of its own for a test file; stop it in `afterAll`.
 *  @param given `listen` opens a real port, for tests with real client packages and browsers */
export const makeInstallation = async (given: { clock?: Services["clock"]; listen?: boolean; environment?: Record<string, string> } = {}): Promise<Installation> => {
  const database = await makeDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "firsthand-data-"));
  // Two threads look for work while they wait for one another, which on the few rows of a test takes a twelfth of all the processor's time.
  const config = readConfig({ DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "error", ANALYTICS_MEMORY_MB: "512", ANALYTICS_THREADS: "1", ...given.environment });
  const firsthand = await startFirsthand(config, {
    connectionString: database.connectionString,
    connectionsMax: CONNECTIONS_MAX,
    listen: given.listen === true,
    analyticsLender,
    ...(given.clock === undefined ? {} : { clock: given.clock }),
  });
  const { services } = firsthand;
  return {
    ...firsthand,
    dataDir,
    connectionString: database.connectionString,
    nobody: createClient(firsthand, "", "", {}),
    makeOrganisation: (name = "irrelevant organisation") => makeOrganisation(firsthand, name),
    makeMember: (organisation, role) => makeMember(firsthand, organisation.workspaceId, role),
    makeWriteKey: async (organisation) => (await createKey(services, actorOf(organisation), { kind: "write", name: "irrelevant", abilities: [] })).token,
    makeApiKey: async (organisation, abilities) =>
      (await createKey(services, { ...actorOf(organisation), abilities: new Set(abilities) }, { kind: "api", name: "irrelevant", abilities })).token,
    settle: async () => {
      await vi.waitUntil(() => isNamed(services.db), { timeout: 30_000, interval: 10 });
      await services.analytics.caughtUp();
    },
    stop: async () => {
      await firsthand.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

// Every test file has a database and a store of its own, but the process that holds the store, once stopped, goes on to the next: starting one
// takes as much of the processor as the rest of an installation.
const idleProcesses: ReturnType<ProcessLender["take"]>[] = [];
const analyticsLender: ProcessLender = {
  take: () => {
    const idle = idleProcesses.pop();
    if (idle === undefined) return forkAnalyticsProcess(ANALYTICS_PROGRAM);
    // It may have been killed while it waited.
    if (!idle.connected) return analyticsLender.take();
    idle.ref();
    idle.channel?.ref();
    return idle;
  },
  giveBack: (child) => {
    child.unref();
    child.channel?.unref();
    idleProcesses.push(child);
  },
};

/** Whether figures bear the names of the registers as they stand: a job names anew what was copied before a change. */
const isNamed = async (db: Services["db"]): Promise<boolean> => (await db.query("select from journeys.registers where version > named_version limit 1")).rowCount === 0;

const actorOf = (organisation: Organisation) =>
  ({ kind: "member", workspaceId: organisation.workspaceId, memberId: organisation.owner.memberId, keyId: null, role: "owner", abilities: new Set<string>() }) as const;

const makeOrganisation = async (firsthand: Firsthand, name: string): Promise<Organisation> => {
  const workspaceId = await createWorkspace(firsthand.services.db, { name, timeZone: "UTC", isDemo: false });
  const member = (role: Role): Promise<Client> => makeMember(firsthand, workspaceId, role);
  return {
    workspaceId,
    owner: await member("owner"),
    admin: await member("admin"),
    manager: await member("manager"),
    agent: await member("agent"),
    viewer: await member("viewer"),
  };
};

const makeMember = async (firsthand: Firsthand, workspaceId: string, role: Role): Promise<Client> => {
  const { services } = firsthand;
  const accountId = newId();
  const memberId = newId();
  const email = `${role}-${accountId}@example.com`;
  await insertAccount(services.db, { id: accountId, email, name: `${role} of ${workspaceId.slice(0, 4)}`, passwordHash: null });
  await insertMember(services.db, { id: memberId, workspaceId, accountId, role });
  const token = await openSession(services, services.db, accountId, workspaceId);
  return createClient(firsthand, memberId, email, { cookie: `fh_session=${token}`, "x-csrf-token": csrfTokenOf(token) });
};

const createClient = (firsthand: Firsthand, memberId: string, email: string, credentials: Record<string, string>): Client => ({
  memberId,
  email,
  ask: async (method, url, body, headers = {}) => {
    const reply = await firsthand.app.inject({
      method,
      url,
      headers: { ...credentials, ...(body === undefined || body instanceof Buffer ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { payload: body instanceof Buffer || typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const isJson = String(reply.headers["content-type"] ?? "").startsWith("application/json");
    return { status: reply.statusCode, body: isJson && reply.body !== "" ? JSON.parse(reply.body) : null, text: reply.body, bytes: reply.rawPayload, headers: reply.headers };
  },
});

/** The text of the newest mail that was written to the data folder; throws while there is none. */
export const readLastMail = (dataDir: string): string => {
  const folder = join(dataDir, "mails");
  const newest = readdirSync(folder)
    .map((name) => join(folder, name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];
  if (newest === undefined) throw new Error("No mail was sent.");
  return readFileSync(newest, "utf8").replace(/=\r?\n/g, "").replaceAll("=3D", "=");
};
