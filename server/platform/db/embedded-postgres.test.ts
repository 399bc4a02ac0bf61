import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { EmbeddedPostgres } from "./embedded-postgres.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { findPostmaster } from "./postmaster.ts";

const isRoot = process.getuid?.() === 0;
const root = mkdtempSync(join(tmpdir(), "firsthand db "));
chmodSync(root, 0o755);
const runtimeDir = join(root, "runtime");
const running = new Set<EmbeddedPostgres>();
const said: string[] = [];
const log = { info: (message: string) => said.push(message), warn: (message: string) => said.push(message) };

const start = async (dataDir: string): Promise<EmbeddedPostgres> => {
  const postgres = await startEmbeddedPostgres({ dataDir, log, runtimeDir });
  running.add(postgres);
  return postgres;
};

const ask = async (connectionString: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const getPid = (dataDir: string): number => {
  const found = findPostmaster(join(dataDir, "postgres"));
  if (found === null) throw new Error(`no database runs in ${dataDir}`);
  return found.pid;
};

const until = async (isTrue: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !isTrue(); tries += 1) await wait(25);
};

afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  running.clear();
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the built-in PostgreSQL", () => {
  test("starts on a fresh folder with spaces and umlauts in its path, and keeps its rows over a restart", async () => {
    const dataDir = join(root, "Größe of data, \"quoted\"");
    const first = await start(dataDir);
    await ask(first.connectionString, "create table kept as select 7 as number");
    await first.stop();

    const second = await start(dataDir);

    expect(first.adopted).toBe(false);
    expect(second.adopted).toBe(false);
    expect(await ask(second.connectionString, "select number from kept")).toEqual([{ number: 7 }]);
  });

  test("is as safe and as private as a database must be", async () => {
    const dataDir = join(root, "safe");
    const { connectionString } = await start(dataDir);

    const settings = "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses') order by name";
    expect(await ask(connectionString, settings)).toEqual([
      { name: "data_checksums", setting: "on" },
      { name: "fsync", setting: "on" },
      { name: "full_page_writes", setting: "on" },
      { name: "listen_addresses", setting: "" },
      { name: "synchronous_commit", setting: "on" },
    ]);
    expect(await ask(connectionString, "select rolsuper from pg_roles where rolname = current_user")).toEqual([{ rolsuper: false }]);
    expect(statSync(join(dataDir, "postgres-passwords.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, "postgres")).mode & 0o077).toBe(0);
    await expect(ask(connectionString.replace(/firsthand:[0-9a-f]+@/, "firsthand:wrong@"), "select 1")).rejects.toThrow(/password authentication failed/);
    await expect(ask(connectionString, "select 'secret-value'::int")).rejects.toThrow(/invalid input syntax/);
    expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).not.toContain("secret-value");
  });

  test("uses on a server that outlived a crash of its parent", async () => {
    const dataDir = join(root, "adopted");
    const first = await startEmbeddedPostgres({ dataDir, log, runtimeDir });
    const pid = getPid(dataDir);

    const second = await start(dataDir);

    expect(second.adopted).toBe(true);
    expect(getPid(dataDir)).toBe(pid);
    expect(second.connectionString).toBe(first.connectionString);
    await second.stop();
    expect(findPostmaster(join(dataDir, "postgres"))).toBeNull();
    await first.stop();
  });

  test("starts the server again when it is killed, and no committed row is lost", async () => {
    const dataDir = join(root, "killed");
    const { connectionString } = await start(dataDir);
    await ask(connectionString, "create table kept as select 7 as number");
    const pid = getPid(dataDir);

    process.kill(pid, "SIGKILL");
    await until(() => findPostmaster(join(dataDir, "postgres"))?.isReady === true && getPid(dataDir) !== pid);

    expect(await ask(connectionString, "select number from kept")).toEqual([{ number: 7 }]);
    expect(said.join("\n")).toContain(`process ${pid}) ended unexpectedly`);
  });

  test("recovers after everything was killed and another process has the old number", async () => {
    const dataDir = join(root, "stale");
    const first = await startEmbeddedPostgres({ dataDir, log, runtimeDir });
    await ask(first.connectionString, "create table kept as select 7 as number");
    await first.stop();
    // Of the database's own user: PostgreSQL passes over the processes of others by itself.
    const { uid, gid } = statSync(join(dataDir, "postgres"));
    const other = spawn("sleep", ["60"], isRoot ? { uid, gid } : {});
    const socketDir = new URLSearchParams(first.connectionString.split("?")[1]).get("host") ?? "";
    const stale = [other.pid, join(dataDir, "postgres"), 1_700_000_000, 5432, socketDir, "", "  123456 7", "ready   ", ""].join("\n");
    for (const file of [join(dataDir, "postgres", "postmaster.pid"), join(socketDir, ".s.PGSQL.5432.lock")]) {
      writeFileSync(file, stale);
      chownSync(file, uid, gid);
    }

    const second = await start(dataDir);

    other.kill("SIGKILL");
    expect(second.adopted).toBe(false);
    expect(await ask(second.connectionString, "select number from kept")).toEqual([{ number: 7 }]);
  });

  test("makes new passwords when the file with them is lost", async () => {
    const dataDir = join(root, "lost");
    const first = await start(dataDir);
    await first.stop();
    rmSync(join(dataDir, "postgres-passwords.json"));

    const second = await start(dataDir);

    expect(second.connectionString).not.toBe(first.connectionString);
    expect(await ask(second.connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("forgets a cluster whose making was interrupted", async () => {
    const dataDir = join(root, "half");
    mkdirSync(join(dataDir, "postgres.new"), { recursive: true });
    writeFileSync(join(dataDir, "postgres.new", "PG_VERSION"), "18\n");

    const { connectionString } = await start(dataDir);

    expect(await ask(connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(existsSync(join(dataDir, "postgres.new"))).toBe(false);
  });

  test("finds a short place for its socket when the path of the data folder is very long", async () => {
    const dataDir = join(root, "deep".repeat(15), "deeper".repeat(15));

    const { connectionString } = await start(dataDir);

    expect(await ask(connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("says what is wrong when the cluster cannot be used", async () => {
    const dataDir = join(root, "broken");
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "9\n");

    await expect(start(dataDir)).rejects.toThrow(/PostgreSQL did not start[^]*incompatible/);
  });

  test.runIf(isRoot)("started by root in a closed folder of its own stays in it", async () => {
    const dataDir = mkdtempSync(join(root, "closed-"));

    const { connectionString } = await start(dataDir);

    expect(await ask(connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(existsSync(join(dataDir, "postgres", "PG_VERSION"))).toBe(true);
    expect(statSync(dataDir).mode & 0o777).toBe(0o711);
  });

  test.runIf(isRoot)("started by root under a folder that others cannot enter lives in /var/lib and is found again there", async () => {
    const closed = join(root, "home");
    mkdirSync(closed, { mode: 0o700 });
    const dataDir = join(closed, "data");
    const first = await startEmbeddedPostgres({ dataDir, log });
    running.add(first);
    const elsewhere = readFileSync(join(dataDir, "postgres-folder.txt"), "utf8").trim();
    await ask(first.connectionString, "create table kept as select 7 as number");
    await first.stop();

    chmodSync(closed, 0o755);
    const second = await startEmbeddedPostgres({ dataDir, log });
    running.add(second);

    expect(elsewhere).toMatch(/^\/var\/lib\/firsthand\//);
    expect(await ask(second.connectionString, "select number from kept")).toEqual([{ number: 7 }]);
    await second.stop();
    rmSync(elsewhere, { recursive: true });
  });

  test.runIf(isRoot)("works for an ordinary user, and root continues that user's cluster as that user", async () => {
    const dataDir = join(root, "ordinary");
    mkdirSync(dataDir);
    const program = `
      import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))};
      const log = { info: () => {}, warn: () => {} };
      const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log });
      await postgres.stop();
      console.log("started as", process.getuid());`;
    // "daemon", user 1, is in /etc/passwd of every Unix; PostgreSQL insists on a user that is.
    chownSync(dataDir, 1, 1);
    const ordinary = spawnSync(join(import.meta.dirname, "../../../node_modules/.bin/node"), ["--input-type=module", "-e", program], { uid: 1, gid: 1, encoding: "utf8" });

    expect(ordinary.stderr + ordinary.stdout).toContain("started as 1");
    const asRoot = await start(dataDir);
    expect(await ask(asRoot.connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(statSync(join(dataDir, "postgres")).uid).toBe(1);
    expect(statSync(`/proc/${getPid(dataDir)}`).uid).toBe(1);
  });
});
