import { execFileSync } from "node:child_process";

/** Kills the analytics process of this installation, as a lack of memory would; the server starts another. */
export const killAnalytics = (): void => {
  const children = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => Number(found?.[2]) === process.pid && found?.[3]?.includes("analytics-process.ts") === true);
  for (const child of children) process.kill(Number(child?.[1]), "SIGKILL");
};
