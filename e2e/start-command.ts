import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const root = dirname(import.meta.dirname);
const WAIT_MS = 90_000;

export type StartCommand = {
  output: () => string;
  /** Waits until the output matches; throws with the output when the command ends or time runs out before. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<number | null>;
  /** Stops it as an operator would, and waits for the end. */
  stop: () => Promise<number | null>;
};

/** Runs the start command of this repository, as `npm start -- --data ... --port ...` does.
 *  @param user number of the user to run as, when we are root */
export const runStart = (given: { dataDir: string; port: number; user?: number; home?: string }): StartCommand =>
  run([join(root, "tools", "start.mjs"), "--data", given.dataDir, "--port", String(given.port)], given);

/** Runs the command line of this repository, as `npx firsthand ...` does. */
export const runFirsthand = (...words: string[]): StartCommand => run([join(root, "cli", "firsthand.mjs"), ...words], {});

const run = (flags: readonly string[], given: { user?: number; home?: string }): StartCommand => {
  // Only what a plain shell has: the test runner sets BASE_URL and others for its own purposes.
  const plain = Object.fromEntries(["PATH", "HOME", "TMPDIR", "LANG"].map((name) => [name, process.env[name]]));
  const env = { ...plain, LOG_LEVEL: "warn", ...(given.home === undefined ? {} : { HOME: given.home, npm_config_cache: join(given.home, "cache") }) };
  const identity = given.user === undefined ? {} : { uid: given.user, gid: given.user };
  const child = spawn(process.execPath, [...flags], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], ...identity });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (output += part.toString("utf8")));
  let hasEnded = false;
  const ended = new Promise<number | null>((done) =>
    child.on("close", (code) => {
      hasEnded = true;
      done(code);
    }),
  );
  return {
    output: () => output,
    ended,
    says: async (pattern) => {
      for (const until = Date.now() + WAIT_MS; Date.now() < until; await wait(50)) {
        const found = pattern.exec(output);
        if (found !== null) return found;
        if (hasEnded) break;
      }
      throw new Error(`The command did not say ${pattern}, but:\n${output}`);
    },
    stop: () => {
      if (!hasEnded) child.kill("SIGTERM");
      return ended;
    },
  };
};
