// Installs the packages when they are missing or not those of the lock file. Runs on whatever Node the machine has (20.19 or later).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";

const OLDEST_NODE = [20, 19];

/** Ends the program with a clear message when the machine's own Node is too old to even install. */
export const requireNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`Firsthand needs Node ${OLDEST_NODE.join(".")} or later to start, and this is ${process.versions.node}. Get a newer one from nodejs.org.`);
  process.exit(1);
};

/** Brings node_modules in line with package-lock.json; returns at once when it is. */
export const ensureInstalled = async (root) => {
  if (isMarked(root)) return;
  await withLock(`install ${root}`, () => {
    if (isMarked(root)) return;
    if (!isComplete(root)) install(root);
    writeFileSync(join(root, "node_modules", ".firsthand-lock"), hashLock(root));
  });
};

/** Path of the Node that the project pins (npm package `node-<platform>`). */
export const findPinnedNode = (root) => {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const folder = join(root, "node_modules", `node-${platform}-${process.arch}`);
  const program = process.platform === "win32" ? join(folder, "bin", "node.exe") : join(folder, "bin", "node");
  if (existsSync(program)) return program;
  // No package for this platform: the machine's own will do when it is new enough to run TypeScript.
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  console.error(`There is no Node 24 package for ${process.platform} ${process.arch}. Install Node 24 yourself and start again with it.`);
  process.exit(1);
};

/** How to call npm: the one that called us, where one did. */
export const npmCommand = () => (process.env.npm_execpath?.endsWith(".js") ? { program: process.execPath, first: [process.env.npm_execpath] } : { program: "npm", first: [] });

const hashLock = (root) => createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");

const isMarked = (root) => {
  const marker = join(root, "node_modules", ".firsthand-lock");
  return existsSync(marker) && readFileSync(marker, "utf8") === hashLock(root);
};

// Somebody may have run npm install by hand: npm's own note of what it installed says whether everything needed is there.
const isComplete = (root) => {
  const note = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, "utf8")).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages);
  return wanted.every(([path, { version, optional, link }]) => !path.startsWith("node_modules/") || optional || link || installed[path]?.version === version);
};

const install = (root) => {
  console.log("Installing packages (about a minute, only after a change) ...");
  const { program, first } = npmCommand();
  // Install scripts stay off: nothing here needs them, and a package must not run programs merely because it was downloaded.
  const flags = ["ci", "--include=dev", "--include=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, error } = spawnSync(program, [...first, ...flags], { cwd: root, stdio: "inherit", shell: process.platform === "win32" && first.length === 0 });
  if (status === 0) return;
  console.error(`The packages could not be installed${error ? ` (${error.message})` : ""}. Look at npm's message above; is the network or the disk at fault?`);
  process.exit(1);
};
