// Two commands at once must not install or build into the same folder: the second waits for the first.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const POLL_MS = 250;
// Longer than any installation: the number of a dead holder may by then belong to another process.
const LONGEST_MS = 20 * 60_000;

/** Runs the work while no other process of this user on this machine runs work of the same name. */
export const withLock = async (name, work) => {
  const lock = join(tmpdir(), `firsthand-${userInfo().uid}-${createHash("sha256").update(name).digest("hex").slice(0, 16)}.lock`);
  let isTold = false;
  while (!take(lock)) {
    if (!isTold) console.log("Waiting for another start of Firsthand in this folder ...");
    isTold = true;
    await wait(POLL_MS);
  }
  const free = () => rmSync(lock, { recursive: true, force: true });
  process.once("exit", free);
  try {
    return await work();
  } finally {
    free();
    process.removeListener("exit", free);
  }
};

// A folder is made by one process only, whatever the file system. One whose holder is gone is removed.
const take = (lock) => {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isHeld(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
};

const isHeld = (lock) => {
  try {
    if (Date.now() - statSync(lock).mtimeMs > LONGEST_MS) return false;
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return true;
  } catch (error) {
    // ENOENT: its holder is just about to write its number.
    return error.code === "EPERM" || error.code === "ENOENT";
  }
};
