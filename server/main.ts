// Starts Firsthand on this machine: settings, data folder, database, server. `npm start` runs it; so does `firsthand start`.
// With a first word it does one thing on the same data and ends: backup FOLDER, restore FOLDER, rebuild-analytics.
import { parseArgs } from "node:util";
import { demoScaleSchema, loadDemo, showDemo } from "#insights";
import { makeSetUpLink } from "#people";
import { connect, migrate } from "#platform/db";
import type { Db } from "#platform/db";
import { enqueue } from "#platform/jobs";
import { createLog } from "#platform/log";
import { createSecrets } from "#platform/secrets";
import { ConfigError, readConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { SERVER_FOLDER, analyticsPath, startFirsthand } from "./firsthand.ts";
import type { Firsthand } from "./firsthand.ts";
import { modules } from "./modules.ts";
import { BackupError, listMigrationsOf, makeBackup, restoreBackup } from "./platform/backup/backup.ts";
import { DataFolderInUse, lockDataFolder } from "./platform/db/data-folder-lock.ts";
import { startEmbeddedPostgres } from "./platform/db/embedded-postgres.ts";
import { loadSecretKeys } from "./platform/secrets/secret-keys.ts";
import { sealStores } from "./platform/secrets/stored-secrets.ts";
import { migrateJobs } from "./platform/jobs/jobs-schema.ts";

const STOP_MS = 20_000;
const IMPATIENT_MS = 2_000;
const HOW_FAR_MS = 3_000;

/** `demo` is null when none is asked for; its scale is null when the usual one will do. */
type Words = { config: Config; demo: { scale: number | null } | null; command: string | undefined; folder: string | undefined };

const KNOWN_FLAGS = "Known: --port NUMBER, --data FOLDER, --host ADDRESS, --demo, --scale NUMBER, --dev";

const say = (line: string): void => console.log(line);
const tell = (line: string): void => console.error(line);

const readWords = (): Words => {
  const { values, positionals } = parseArgs({
    options: {
      port: { type: "string" },
      data: { type: "string" },
      host: { type: "string" },
      demo: { type: "boolean", default: false },
      scale: { type: "string" },
      dev: { type: "boolean", default: false },
    },
    allowPositionals: true,
    strict: true,
  });
  const given = { ...process.env };
  if (values.port !== undefined) given["PORT"] = values.port;
  if (values.host !== undefined) given["HOST"] = values.host;
  if (values.data !== undefined) given["DATA_DIR"] = values.data;
  return { config: readConfig(given), demo: readDemo(values.demo, values.scale), command: positionals[0], folder: positionals[1] };
};

const readDemo = (isWanted: boolean, scale: string | undefined): Words["demo"] => {
  if (scale === undefined) return isWanted ? { scale: null } : null;
  if (!isWanted) throw new ConfigError("--scale is the size of the demo company. Write --demo --scale NUMBER.");
  const parsed = demoScaleSchema.safeParse(scale);
  if (!parsed.success) throw new ConfigError(`--scale is "${scale}", but must be a number from 0.02 to 1000, such as 0.1 or 10; 1 is about 2,500 customers and 60,000 interactions.`);
  return { scale: parsed.data };
};

type Database = { connectionString: string; isOurs: boolean; stop: () => Promise<void> };

const startDatabase = async (config: Config): Promise<Database> => {
  if (config.databaseUrl !== null) return { connectionString: config.databaseUrl, isOurs: false, stop: async () => undefined };
  const log = createLog(config.logLevel);
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log: { info: (message) => log.info(message), warn: (message) => log.warn(message) } });
  return { connectionString: postgres.connectionString, isOurs: !postgres.adopted, stop: postgres.stop };
};

const serve = async ({ config, demo }: Words): Promise<void> => {
  // From the first moment on: a signal that came while starting would leave the database running.
  const ending = listenForEnd();
  await ending.hold(lockDataFolder(config.dataDir), (held) => held.release());
  const database = await ending.hold(startDatabase(config), (started) => started.stop());
  // What is written from here on (uploads, figures, mails) is for nobody else on the machine; the database minds its own files.
  process.umask(0o077);
  try {
    // Before the jobs begin: a start that fails, as its port is taken, ends the database beneath a job as well, and still has its reason to tell.
    outliveDatabase(createLog(config.logLevel));
    const firsthand = await ending.hold(startFirsthand(config, { connectionString: database.connectionString }), (started) => started.stop());
    if (demo !== null) await provideDemo(firsthand, demo);
    const link = await makeSetUpLink(firsthand.services);
    say(`\nFirsthand runs at ${firsthand.services.baseUrl()}`);
    if (link !== null) say(`Set it up with this one-time link: ${link}`);
    say("Stop it with Ctrl-C.\n");
  } catch (error) {
    await ending.run();
    throw error;
  }
};

// Codes with which PostgreSQL, or the line to it, ends in the middle of a statement.
const LOST = new Set(["57P01", "57P02", "57P03", "08006", "08001", "08003", "ECONNRESET", "ECONNREFUSED", "EPIPE", "ENOENT connect"]);

/** The library of the jobs leaves a failure of its own unheard when the database goes away while it ends a job. The database comes back; nothing else is forgiven. */
const outliveDatabase = (log: ReturnType<typeof createLog>): void => {
  process.on("unhandledRejection", (error) => {
    const named = error instanceof Error && "code" in error ? String(error.code) : "";
    // A socket that is gone, and not just any file.
    const code = named === "ENOENT" && error instanceof Error && "syscall" in error ? `${named} ${String(error.syscall)}` : named;
    const isLost = LOST.has(code) || (error instanceof Error && error.message.startsWith("Connection terminated"));
    if (!isLost) throw error;
    log.warn({ err: error }, "the database went away in the middle of something");
  });
};

type Ending = {
  /** Waits for something to start; whenever the end comes, even meanwhile, it is stopped. */
  hold: <Thing>(starting: Promise<Thing>, stop: (thing: Thing) => void | Promise<void>) => Promise<Thing>;
  run: () => Promise<void>;
};

// Runs what was started the other way round. A second signal ends it at once, and so does a stop that hangs: the next start recovers.
// Signals to a group of processes arrive twice within moments; only a later one means impatience.
const listenForEnd = (): Ending => {
  const steps: (() => void | Promise<void>)[] = [];
  let began = 0;
  const run = async (): Promise<void> => {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) await step();
  };
  const stop = (): void => {
    if (began > 0 && Date.now() - began > IMPATIENT_MS) process.exit(1);
    if (began > 0) return;
    began = Date.now();
    say("Stopping …");
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void run().then(
      () => process.exit(0),
      (error: unknown) => {
        tell(String(error));
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const hold: Ending["hold"] = (starting, stopThing) => {
    steps.push(() => starting.then(stopThing, () => undefined));
    return starting;
  };
  return { hold, run };
};

const provideDemo = async ({ services }: Firsthand, { scale }: { scale: number | null }): Promise<void> => {
  const isThere = (await showDemo(services)).state !== "none";
  if (isThere && scale !== null) say("A demo company has been loaded before and keeps its size: --scale changes nothing. Remove it first for another.");
  say("Loading the demo company …");
  const began = Date.now();
  const telling = setInterval(() => void sayHowFar(services).catch(() => undefined), HOW_FAR_MS);
  await loadDemo(services, scale === null ? {} : { scale }).finally(() => clearInterval(telling));
  // It can be removed while it is loading: the server serves already.
  if ((await showDemo(services)).state !== "ready") return say("The demo company is being removed. Start with --demo again when it is gone.");
  say(`The demo company "Nordlys Retail" is there (${((Date.now() - began) / 1000).toFixed(1)} s). It is marked as demo and can be removed with one click.`);
};

/** What is written is nearly all; the rest is that it shows in figures. */
const sayHowFar = async (services: Firsthand["services"]): Promise<void> => {
  const { state, done, total } = await showDemo(services);
  if (state === "loading" && total > 0) say(`… ${Math.min(99, Math.floor((100 * done) / total))} %`);
};

// A running server's database is used beside it and left running; one that had to be started is stopped again.
const withDatabase = async (config: Config, work: (db: Db) => Promise<void>): Promise<void> => {
  const database = await startDatabase(config);
  const db = connect(database.connectionString, () => undefined, 4);
  try {
    await work(db);
  } finally {
    await db.close();
    if (database.isOurs) await database.stop();
  }
};

const requireFolder = ({ command, folder }: Words): string => {
  if (folder === undefined) throw new BackupError(`Name a folder: firsthand ${command} FOLDER`);
  return folder;
};

const backup = (words: Words): Promise<void> =>
  withDatabase(words.config, async (db) => {
    const folder = requireFolder(words);
    const { tables, bytes } = await makeBackup({ db, dataDir: words.config.dataDir, folder, modules }, tell);
    say(JSON.stringify({ folder, tables, bytes }));
  });

const restore = async (words: Words): Promise<void> => {
  const folder = requireFolder(words);
  const lock = await lockDataFolder(words.config.dataDir);
  try {
    await withDatabase(words.config, async (db) => {
      // Rows go into the schema they come from; newer migrations then find them and change them like any others.
      const known = new Set(listMigrationsOf(folder));
      await migrate(db, SERVER_FOLDER, (name) => known.has(name));
      await migrateJobs(db);
      const { tables } = await restoreBackup({ db, dataDir: words.config.dataDir, folder, modules, analyticsPath: analyticsPath(words.config) }, tell);
      await migrate(db, SERVER_FOLDER);
      await tellLostSecrets(words.config, db);
      say(JSON.stringify({ folder, tables }));
    });
  } finally {
    lock.release();
  }
};

// Whoever restores learns at once what has to be entered again, not when the first source fails.
const tellLostSecrets = async (config: Config, db: Db): Promise<void> => {
  const lost = await sealStores({ db, secrets: createSecrets(loadSecretKeys(config)) }, modules.flatMap((module) => module.secretStores));
  for (const { store, title } of lost) tell(`The password or token of the ${store} "${title}" cannot be opened here. Enter it again, or start with the SECRET_KEY of the installation that was backed up.`);
};

const rebuildAnalytics = ({ config }: Words): Promise<void> =>
  withDatabase(config, async (db) => {
    await migrateJobs(db);
    await enqueue(db, "analytics.rebuild", {}, { key: "analytics.rebuild", maxAttempts: 3 });
    say(JSON.stringify({ started: true }));
    tell("The running server rebuilds the analytics copy now; a stopped one does so when it starts.");
  });

const run = (words: Words): Promise<void> => {
  switch (words.command) {
    case undefined:
      return serve(words);
    case "backup":
      return backup(words);
    case "restore":
      return restore(words);
    case "rebuild-analytics":
      return rebuildAnalytics(words);
    default:
      throw new BackupError(`There is no "${words.command}". Known: backup FOLDER, restore FOLDER, rebuild-analytics; without a word the server starts.`);
  }
};

const explain = (error: unknown): string => {
  if (error instanceof ConfigError || error instanceof DataFolderInUse || error instanceof BackupError) return error.message;
  if (error instanceof Error && "code" in error) {
    if (error.code === "EADDRINUSE") return `The port is taken by another program (${error.message}). Choose another: npm start -- --port 4401`;
    if (error.code === "EACCES") return `${error.message}. Choose a port above 1023 and a folder you may write to: npm start -- --port 4400 --data FOLDER`;
    if (typeof error.code === "string" && error.code.startsWith("ERR_PARSE_ARGS")) return `${error.message}\n${KNOWN_FLAGS}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

const main = async (): Promise<void> => {
  try {
    await run(readWords());
  } catch (error) {
    tell(explain(error));
    process.exit(1);
  }
};

await main();
