// Starts Firsthand on this machine: settings, data folder, database, server. `npm start` runs it; so does `firsthand start`.
import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { startFirsthand } from "./firsthand.ts";
import type { Firsthand } from "./firsthand.ts";
import { makeSetUpLink } from "#people";
import { createLog } from "#platform/log";
import { DataFolderInUse, lockDataFolder } from "./platform/db/data-folder-lock.ts";
import { startEmbeddedPostgres } from "./platform/db/embedded-postgres.ts";

const STOP_MS = 20_000;

const say = (line: string): void => console.log(line);

const readArguments = (): { config: Config; isDemo: boolean } => {
  const { values } = parseArgs({
    options: { port: { type: "string" }, data: { type: "string" }, host: { type: "string" }, demo: { type: "boolean", default: false }, dev: { type: "boolean", default: false } },
    strict: true,
  });
  const given = { ...process.env };
  if (values.port !== undefined) given["PORT"] = values.port;
  if (values.host !== undefined) given["HOST"] = values.host;
  if (values.data !== undefined) given["DATA_DIR"] = values.data;
  return { config: readConfig(given), isDemo: values.demo };
};

/** Starts everything and says where it is. Stops in good order on Ctrl-C and SIGTERM. */
const main = async (): Promise<void> => {
  const { config, isDemo } = readArguments();
  const lock = await lockDataFolder(config.dataDir);
  const log = createLog(config.logLevel);
  const postgres =
    config.databaseUrl === null
      ? await startEmbeddedPostgres({ dataDir: config.dataDir, log: { info: (message) => log.info(message), warn: (message) => log.warn(message) } })
      : null;
  let firsthand: Firsthand;
  try {
    firsthand = await startFirsthand(config, { connectionString: postgres?.connectionString ?? config.databaseUrl ?? "" });
  } catch (error) {
    await postgres?.stop();
    lock.release();
    throw error;
  }
  const stop = createStop(firsthand, async () => {
    await postgres?.stop();
    lock.release();
  });
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (isDemo) await loadDemo(firsthand);
  const link = await makeSetUpLink(firsthand.services);
  say(`\nFirsthand runs at ${firsthand.services.baseUrl()}`);
  if (link !== null) say(`Set it up with this one-time link: ${link}`);
  say("Stop it with Ctrl-C.\n");
};

const loadDemo = async (_firsthand: Firsthand): Promise<void> => undefined;

// A second signal, or a stop that hangs, ends it at once: the next start recovers.
const createStop = (firsthand: Firsthand, after: () => Promise<void>): (() => void) => {
  let isStopping = false;
  return () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    say("Stopping …");
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void firsthand
      .stop()
      .then(after)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
  };
};

const explain = (error: unknown): string => {
  if (error instanceof ConfigError || error instanceof DataFolderInUse) return error.message;
  if (error instanceof Error && "code" in error) {
    if (error.code === "EADDRINUSE") return `The port is taken by another program (${error.message}). Choose another: npm start -- --port 4401`;
    if (error.code === "EACCES") return `${error.message}. Choose a port above 1023 and a folder you may write to: npm start -- --port 4400 --data FOLDER`;
    if (typeof error.code === "string" && error.code.startsWith("ERR_PARSE_ARGS")) return `${error.message}\nKnown: --port NUMBER, --data FOLDER, --host ADDRESS, --demo, --dev`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

process.on("warning", () => undefined);
main().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
