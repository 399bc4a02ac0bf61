// Runs a program in our place: same terminal, same signals, same exit code.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FORWARDED = ["SIGTERM", "SIGHUP"];
const PARENT_POLL_MS = 300;
// What Node made of our modules the last time: programs start in half the time. Where it cannot be written, Node does without.
const compiled = join(dirname(dirname(fileURLToPath(import.meta.url))), "node_modules", ".cache", "firsthand", "compiled");

/** Runs a program to its end, handing signals on.
 *  @returns its exit code; 128 + number of the signal when a signal ended it, as shells do */
export const runInOurPlace = (program, flags, options = {}) =>
  new Promise((done, fail) => {
    const env = { NODE_COMPILE_CACHE: compiled, ...(options.env ?? process.env) };
    const child = spawn(program, flags, { stdio: "inherit", ...options, env });
    const forward = (signal) => child.kill(signal);
    // Ctrl-C in a terminal reaches the whole group by itself; handed on once more, it would ask twice.
    const onInterrupt = () => {
      if (!process.stdin.isTTY) child.kill("SIGINT");
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    process.on("SIGINT", onInterrupt);
    const watch = watchParent(() => child.kill("SIGTERM"));
    // Ended on purpose by the caller's AbortSignal: how it ended follows with "close".
    child.on("error", (error) => (error.name === "AbortError" ? undefined : fail(error)));
    child.on("close", (code, signal) => {
      for (const name of FORWARDED) process.removeListener(name, forward);
      process.removeListener("SIGINT", onInterrupt);
      clearInterval(watch);
      done(signal === null ? code : signal === "SIGKILL" ? 137 : signal === "SIGTERM" ? 143 : 130);
    });
  });

// npm hands SIGTERM to the shell between it and us, and that shell dies of it without telling us: we see that our parent is gone.
const watchParent = (onOrphaned) => {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined || parent <= 1) return undefined;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onOrphaned();
  }, PARENT_POLL_MS);
  watch.unref();
  return watch;
};
