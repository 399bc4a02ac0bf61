import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Postmaster = { pid: number; port: number; socketDir: string | null; address: string | null; isReady: boolean };

/** Reads what a running PostgreSQL says about itself in its `postmaster.pid`.
 *  Lines: 1 process, 2 folder, 3 start, 4 port, 5 socket folder, 6 address, 7 shared memory, 8 status.
 *  Source: PostgreSQL 18, src/include/utils/pidfile.h. */
export const findPostmaster = (clusterDir: string): Postmaster | null => {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterDir, "postmaster.pid"), "utf8").split("\n").map((line) => line.trim());
  } catch {
    // No file: no server. Unreadable counts the same, because PostgreSQL itself then says why.
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? 0), socketDir: lines[4] || null, address: lines[5] || null, isReady: lines[7] === "ready" };
};
