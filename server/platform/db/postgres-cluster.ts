import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { PostgresPlace } from "./postgres-place.ts";
import { give } from "./postgres-place.ts";

const Passwords = z.object({ superuser: z.string().min(20), firsthand: z.string().min(20) });
export type Passwords = z.infer<typeof Passwords>;

const PASSWORD_FILE = "postgres-passwords.json";
const HOST_RULES = "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n";
const TOOL_TIMEOUT_MS = 120_000;

/** Says whether the passwords of a data folder are known. */
export const hasPasswords = (dataDir: string): boolean => readPasswords(join(dataDir, PASSWORD_FILE)) !== null;

/** Makes the cluster on first use: checksums on, the locale built into PostgreSQL (the machine's own changes with its updates and
 *  would then corrupt indexes), a superuser, and the role and database `firsthand` that the server works with.
 *  Passwords are random and lie in the data folder, readable by its owner only; lost ones are replaced.
 *  @param dataDir where the passwords lie; may differ from the cluster's place */
export const prepareCluster = async (place: PostgresPlace, runtime: string, dataDir: string): Promise<Passwords> => {
  const file = join(dataDir, PASSWORD_FILE);
  const known = readPasswords(file);
  const isMade = existsSync(join(place.clusterDir, "PG_VERSION"));
  if (isMade && known !== null) return known;
  const passwords = known ?? { superuser: randomBytes(24).toString("hex"), firsthand: randomBytes(24).toString("hex") };
  if (isMade) await runSingleUser(place, runtime, place.clusterDir, replacePasswords(passwords));
  else await makeCluster(place, runtime, passwords);
  if (known === null) writeFileSync(file, `${JSON.stringify(passwords)}\n`, { mode: 0o600 });
  return passwords;
};

const readPasswords = (file: string): Passwords | null => {
  try {
    return Passwords.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Missing or damaged: the caller makes new ones, which single-user mode allows without knowing the old.
    return null;
  }
};

// Made beside its place and renamed at the end, so that a start that was interrupted leaves no half cluster behind.
const makeCluster = async (place: PostgresPlace, runtime: string, passwords: Passwords): Promise<void> => {
  const half = `${place.clusterDir}.new`;
  rmSync(half, { recursive: true, force: true });
  give(half, place.owner);
  const flags = ["-D", half, "-U", "postgres", "-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  await runTool(place, join(runtime, "bin", "initdb"), [...flags, "--data-checksums", "--auth=trust"]);
  // Nobody has connected yet: from here on everybody needs a password.
  writeFileSync(join(half, "pg_hba.conf"), HOST_RULES);
  await runSingleUser(place, runtime, half, [
    `alter role postgres password '${passwords.superuser}'`,
    `create role firsthand login createdb password '${passwords.firsthand}'`,
    "grant pg_monitor to firsthand",
    "create database firsthand owner firsthand",
  ]);
  renameSync(half, place.clusterDir);
};

const replacePasswords = (passwords: Passwords): string[] => [
  `alter role postgres password '${passwords.superuser}'`,
  `alter role firsthand password '${passwords.firsthand}'`,
];

// Single-user mode needs no password and no port, and takes one statement per line.
const runSingleUser = (place: PostgresPlace, runtime: string, clusterDir: string, statements: readonly string[]): Promise<void> =>
  runTool(place, join(runtime, "bin", "postgres"), ["--single", "-D", clusterDir, "-c", "log_statement=none", "-c", "exit_on_error=true", "postgres"], `${statements.join("\n")}\n`);

/** Runs one of PostgreSQL's own programs to its end.
 *  @throws with what the program said when it fails */
export const runTool = (place: PostgresPlace, program: string, flags: readonly string[], input = ""): Promise<void> =>
  new Promise((done, fail) => {
    const child = spawn(program, [...flags], { ...place.owner, cwd: dirname(dirname(program)), stdio: ["pipe", "pipe", "pipe"], timeout: TOOL_TIMEOUT_MS, killSignal: "SIGKILL" });
    let said = "";
    const listen = (part: Buffer): void => {
      said = (said + part.toString("utf8")).slice(-4_000);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    // A program that ends before it read its input closes the pipe; its exit code tells the reason.
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => fail(new Error(explain(program, error.message))));
    child.on("close", (code) => (code === 0 ? done() : fail(new Error(explain(program, said)))));
    child.stdin.end(input);
  });

const explain = (program: string, said: string): string => `PostgreSQL's program "${program}" failed: ${said.trim()}${hint(program, said)}`;

const hint = (program: string, said: string): string => {
  if (said.includes("ENOENT") && existsSync(program))
    return " These programs need the GNU C library, which this system (Alpine?) lacks: set DATABASE_URL to a PostgreSQL of version 15 or later.";
  if (said.includes("No space left")) return " The disk is full: free some space and start again.";
  if (said.includes("user does not exist")) return " Give this user a line in /etc/passwd, start as another user, or set DATABASE_URL.";
  return "";
};
