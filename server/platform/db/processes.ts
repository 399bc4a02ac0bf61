import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

/** Says whether the number belongs to a process, whoever owns it, even one that ended and was not yet collected by its parent. */
export const isTaken = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that it exists and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

/** Says whether a process runs, whoever owns it. */
export const isAlive = (pid: number): boolean => isTaken(pid) && !isUncollected(pid);

/** What tells a process from a later one that was given the same number: when it was started.
 *  @returns a text to compare with, the same for the whole life of the process; null when it does not exist;
 *  an empty text where the operating system does not tell. */
export const findStartOfProcess = (pid: number): string | null => {
  if (!isAlive(pid)) return null;
  if (process.platform === "linux") return readStartFromProc(pid);
  if (process.platform === "win32") return "";
  return askPs(pid, "lstart=");
};

/** Says whether a live process is a PostgreSQL server on this very cluster folder. A postmaster works inside its folder. */
export const isPostmasterOf = (pid: number, clusterDir: string): boolean => {
  if (!isAlive(pid)) return false;
  if (process.platform === "win32") return true;
  if (process.platform !== "linux") return askPs(pid, "command=").includes(clusterDir);
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === clusterDir && readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("postgres");
  } catch {
    // The process ended in between, or belongs to somebody whose folder we may not see: not ours either way.
    return false;
  }
};

const readStartFromProc = (pid: number): string | null => {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}:${readStat(pid)[19] ?? ""}`;
  } catch {
    return isAlive(pid) ? "" : null;
  }
};

const isUncollected = (pid: number): boolean => {
  if (process.platform !== "linux") return false;
  try {
    return readStat(pid)[0] === "Z";
  } catch {
    return true;
  }
};

// Fields from the third on (man 5 proc): the state, ..., the start. The name before them may itself contain spaces and brackets.
const readStat = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
};

const askPs = (pid: number, column: string): string => {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
};
