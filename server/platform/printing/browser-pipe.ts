// Speaks with a Chromium of our own through two pipes, in the protocol of its developer tools: no port is opened and no package is needed.
import { spawn } from "node:child_process";
import { Readable, Writable } from "node:stream";
import { z } from "zod";

export type Browser = {
  /** @throws when the browser refuses, or is gone */
  ask: (method: string, params: Record<string, unknown>, sessionId?: string) => Promise<Record<string, unknown>>;
  close: () => void;
  /** Resolves when the process has ended. */
  gone: Promise<void>;
};

// Only pages of this installation are opened, with a policy of their own against foreign scripts; root and most containers can have no sandbox.
const FLAGS = [
  "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--font-render-hinting=none", "--hide-scrollbars",
];
const UNREAD_BYTES_MAX = 100 * 1024 * 1024;

const said = z.object({ id: z.number(), result: z.record(z.string(), z.unknown()).optional(), error: z.object({ message: z.string() }).optional() });

/** Starts a browser that keeps its files in a folder. It gets none of our environment: settings hold passwords. */
export const openBrowser = (program: string, folder: string): Browser => {
  const child = spawn(program, [...FLAGS, `--user-data-dir=${folder}`, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], env: { HOME: folder, LANG: "C.UTF-8", PATH: "/usr/bin:/bin" } });
  const [, , , input, output] = child.stdio;
  const waiting = new Map<number, { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }>();
  const fall = (why: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };
  const gone = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      fall(error.message);
      resolve();
    });
    child.once("exit", (code) => {
      fall(`The browser ended with ${code ?? "a signal"}.`);
      resolve();
    });
  });
  if (output instanceof Readable) readMessages(output, (text) => settle(waiting, text), () => child.kill("SIGKILL"));
  if (input instanceof Writable) input.on("error", (error) => fall(error.message));
  let lastId = 0;
  return {
    gone,
    close: () => void child.kill("SIGKILL"),
    ask: (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        if (!(input instanceof Writable) || child.exitCode !== null) return reject(new Error("The browser is gone."));
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        input.write(`${JSON.stringify({ id: lastId, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
      }),
  };
};

const settle = (waiting: Map<number, { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }>, text: string): void => {
  const read = said.safeParse(JSON.parse(text));
  // Events carry no id; nobody waits for them.
  if (!read.success) return;
  const { id, result, error } = read.data;
  const asker = waiting.get(id);
  waiting.delete(id);
  if (error !== undefined) asker?.reject(new Error(error.message));
  else asker?.resolve(result ?? {});
};

/** Messages end with a zero byte. */
const readMessages = (stream: Readable, take: (text: string) => void, stop: () => void): void => {
  let parts: Buffer[] = [];
  let unread = 0;
  stream.on("error", stop);
  stream.on("data", (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      take(Buffer.concat([...parts, rest.subarray(0, end)]).toString("utf8"));
      parts = [];
      unread = 0;
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
    unread += rest.length;
    if (unread > UNREAD_BYTES_MAX) stop();
  });
};
