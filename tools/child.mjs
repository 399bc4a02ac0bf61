// Runs a program in our place: same terminal, same signals, same exit code.
import { spawn } from "node:child_process";

const FORWARDED = ["SIGTERM", "SIGHUP"];

/** Runs a program to its end, handing signals on.
 *  @returns its exit code; 128 + number of the signal when a signal ended it, as shells do */
export const runInOurPlace = (program, flags, options = {}) =>
  new Promise((done, fail) => {
    const child = spawn(program, flags, { stdio: "inherit", ...options });
    const forward = (signal) => child.kill(signal);
    // Ctrl-C in a terminal reaches the whole group by itself; handed on once more, it would ask twice.
    const onInterrupt = () => {
      if (!process.stdin.isTTY) child.kill("SIGINT");
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    process.on("SIGINT", onInterrupt);
    child.on("error", fail);
    child.on("close", (code, signal) => {
      for (const name of FORWARDED) process.removeListener(name, forward);
      process.removeListener("SIGINT", onInterrupt);
      done(signal === null ? code : signal === "SIGKILL" ? 137 : signal === "SIGTERM" ? 143 : 130);
    });
  });
