// The product started as people start it, in a process of its own, with an owner and a write key.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { processorMsOf, readText } from "./timings.ts";

const MAIN = join(import.meta.dirname, "..", "server", "main.ts");
const READY_TRIES = 1800;

export type BenchServer = {
  address: string;
  writeKey: string;
  /** Asks the API as the owner. */
  ask: (method: string, path: string, body?: unknown) => Promise<unknown>;
  dataDir: string;
  /** Memory the server process holds, in MB; null where the system does not tell. */
  memoryMb: () => number | null;
  /** Processor time the server process has used, in ms; null where the system does not tell. */
  processorMs: () => number | null;
  stop: () => Promise<void>;
  remove: () => void;
};

export const startBenchServer = async (): Promise<BenchServer> => {
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  // The database runs as another user when we are root, and must get to its folder.
  chmodSync(folder, 0o755);
  const dataDir = join(folder, "data");
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "error", RATE_LIMIT_FACTOR: "1000" };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (part) => (said += String(part)));
  for (let tries = 0; !said.includes("Ctrl-C"); tries += 1) {
    if (child.exitCode !== null || tries > READY_TRIES) throw new Error(`The server did not start: ${said}`);
    await wait(50);
  }
  const address = /runs at (\S+)/.exec(said)?.[1] ?? "";
  const token = new URL(/link: (\S+)/.exec(said)?.[1] ?? "").searchParams.get("token");
  const pid = child.pid ?? 0;
  const ask = await setUp(address, token);
  const key = await ask("POST", "/api/keys", { kind: "write", name: "Bench" });
  return {
    address,
    writeKey: String(Reflect.get(Object(key), "token")),
    ask,
    dataDir,
    memoryMb: () => readNumber(`/proc/${pid}/status`, /VmRSS:\s+(\d+)/, 1 / 1024),
    processorMs: () => {
      const stat = readText(`/proc/${pid}/stat`);
      return stat === null ? null : processorMsOf(stat);
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const setUp = async (address: string, token: string | null): Promise<BenchServer["ask"]> => {
  const owner = { token, workspaceName: "Bench", name: "Owner", email: "owner@example.org", password: "a long enough password" };
  const json = { "content-type": "application/json" };
  const reply = await fetch(`${address}/api/setup`, { method: "POST", headers: json, body: JSON.stringify(owner) });
  const cookie = (reply.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
  const { csrfToken } = JSON.parse(await reply.text());
  return async (method, path, body) => {
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: { cookie, "x-csrf-token": csrfToken, ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return text === "" ? null : JSON.parse(text);
  };
};

const readNumber = (path: string, pattern: RegExp, factor: number): number | null => {
  const found = pattern.exec(readText(path) ?? "")?.[1];
  return found === undefined ? null : Math.round(Number(found) * factor);
};
