// Builds the web app and the widget when their sources changed since the last build. Runs on whatever Node the machine has.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { npmCommand } from "./installation.mjs";
import { withLock } from "./lock.mjs";

const BUILT = ["web", "widget"];
const IGNORED_FOLDERS = new Set(["node_modules", "dist", "migrations"]);

/** Builds what is stale; says so only when there is something to do.
 *  @throws an error whose message holds the builder's own words */
export const buildIfStale = async (root) => {
  if (BUILT.every((name) => isFresh(root, name))) return;
  await withLock(`build ${root}`, async () => {
    const stale = BUILT.filter((name) => !isFresh(root, name));
    if (stale.length === 0) return;
    if (!stale.every((name) => isWritable(root, name))) return console.warn("The web app is older than its sources, and this user may not build it; serving it as it is.");
    console.log(`Building ${stale.join(" and ")} ...`);
    await Promise.all(stale.map((name) => build(root, name)));
  });
};

// A repository installed by root and run by somebody else is normal; only one that was never built cannot be served.
const isWritable = (root, name) => {
  try {
    for (const folder of [join(root, "node_modules"), join(root, name, "dist")]) if (existsSync(folder)) accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return !existsSync(stampOf(root, name));
  }
};

const isFresh = (root, name) => !hasBuildScript(root, name) || readStamp(root, name) === hashSources(root, name);

const hasBuildScript = (root, name) => JSON.parse(readFileSync(join(root, name, "package.json"), "utf8")).scripts?.build !== undefined;

const stampOf = (root, name) => join(root, name, "dist", ".sources");
const readStamp = (root, name) => (existsSync(stampOf(root, name)) ? readFileSync(stampOf(root, name), "utf8") : "");

// The shapes and rules of the server are part of both; the lock file stands for every package.
const hashSources = (root, name) => {
  const hash = createHash("sha256");
  const sources = [...listFiles(join(root, name)), ...listFiles(join(root, "server")).filter((path) => /\.(contract|rules)\.ts$/.test(path)), join(root, "package-lock.json")];
  for (const path of sources.filter((file) => !/\.test\.tsx?$/.test(file))) hash.update(`${relative(root, path).split(sep).join("/")}\0`).update(readFileSync(path)).update("\0");
  return hash.digest("hex");
};

const listFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return IGNORED_FOLDERS.has(entry.name) ? [] : listFiles(join(folder, entry.name));
      return entry.isFile() ? [join(folder, entry.name)] : [];
    });

const build = async (root, name) => {
  const hash = hashSources(root, name);
  const { program, first } = npmCommand();
  await runQuietly(program, [...first, "run", "build", "-w", name], root);
  mkdirSync(dirname(stampOf(root, name)), { recursive: true });
  writeFileSync(stampOf(root, name), hash);
};

const runQuietly = (program, flags, cwd) =>
  new Promise((done, fail) => {
    const child = spawn(program, flags, { cwd, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" && program === "npm" });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done() : fail(new Error(`Building failed:\n${said.trim()}`))));
  });
