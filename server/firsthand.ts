// Puts the parts together: database, analytics process, HTTP server, jobs, live events. Tests and the command line use the same.
import { join } from "node:path";
import { migrateJobs } from "./platform/jobs/jobs-schema.ts";
import { nameTimelinesBy } from "#customers";
import { connect, migrate } from "#platform/db";
import { readMailsWith } from "#platform/mailbox";
import { createLog } from "#platform/log";
import { createSecrets } from "#platform/secrets";
import type { Services } from "#platform/services";
import type { Config } from "./config.ts";
import { modules } from "./modules.ts";
import { startAnalyticsProcess } from "./platform/analytics/process-client.ts";
import type { ProcessLender } from "./platform/analytics/process-client.ts";
import { apiRoutes } from "./platform/http/api.routes.ts";
import { createMeter } from "./platform/http/meter.ts";
import { buildHttpServer } from "./platform/http/server.ts";
import { healthRoutes } from "./platform/health/health.routes.ts";
import { startWorker } from "./platform/jobs/worker.ts";
import { startLiveHub } from "./platform/live/live.ts";
import { liveRoutes } from "./platform/live/live.routes.ts";
import { loadSecretKeys } from "./platform/secrets/secret-keys.ts";
import { secretsJobs } from "./platform/secrets/secrets.jobs.ts";
import { defineModule, getNaming } from "#platform/manifest";
import type { FastifyInstance } from "fastify";

export const SERVER_FOLDER = import.meta.dirname;
export const ANALYTICS_PROGRAM = join(SERVER_FOLDER, "analytics-process.ts");
const WEB_FOLDER = join(SERVER_FOLDER, "..", "web", "dist");

export type Firsthand = { services: Services; app: FastifyInstance; address: string; stop: () => Promise<void> };

/** Starts Firsthand on a database that exists.
 *  @param given `clock` and `connectionsMax` for tests; `listen` false serves only `app.inject`
 *  @returns once it serves */
export const startFirsthand = async (
  config: Config,
  given: { connectionString: string; connectionsMax?: number; clock?: Services["clock"]; listen?: boolean; analyticsPath?: string; analyticsLender?: ProcessLender },
): Promise<Firsthand> => {
  const log = createLog(config.logLevel);
  const db = connect(given.connectionString, (error) => log.warn({ err: error }, "a database connection was lost"), given.connectionsMax);
  await migrate(db, SERVER_FOLDER);
  await migrateJobs(db);
  let address = config.baseUrl ?? `http://127.0.0.1:${config.port}`;
  const live = await startLiveHub(db, log);
  const analytics = await startAnalyticsProcess({
    program: ANALYTICS_PROGRAM,
    ...(given.analyticsLender === undefined ? {} : { lender: given.analyticsLender }),
    settings: analyticsSettings(config, given),
    log,
    onAdvance: (workspaceIds) => live.announce(workspaceIds, "experience.advanced"),
  });
  const services: Services = {
    config,
    db,
    analytics,
    log,
    secrets: createSecrets(loadSecretKeys(config)),
    clock: given.clock ?? { now: () => new Date() },
    abilities: modules.flatMap((module) => module.abilities),
    baseUrl: () => address,
  };
  readMailsWith(modules.flatMap((module) => module.mailReaders));
  const naming = getNaming(modules);
  nameTimelinesBy((workspaceId) => naming.recall(db, workspaceId));
  const meter = createMeter();
  const runtime = defineModule({ name: "runtime", routes: liveRoutes(live), rawRoutes: [healthRoutes(meter), apiRoutes(modules)] });
  const app = await buildHttpServer({ services, modules: [...modules, runtime], webFolder: WEB_FOLDER, meter });
  const worker = await startWorker({
    services,
    jobs: [...modules.flatMap((module) => module.jobs), ...secretsJobs(modules.flatMap((module) => module.secretStores))],
    schedules: modules.flatMap((module) => module.schedules),
    listeners: modules.flatMap((module) => module.listeners),
  });
  const loops = await Promise.all(modules.flatMap((module) => module.start).map((start) => start(services)));
  if (given.listen !== false) {
    const listening = await app.listen({ port: config.port, host: config.host });
    if (config.baseUrl === null) address = listening;
  } else await app.ready();
  return {
    services,
    app,
    address,
    // The other way round than starting: nothing new comes in, then what runs may end, then the stores close.
    stop: async () => {
      await live.close();
      await app.close();
      await Promise.all(loops.map((loop) => loop.stop()));
      await worker.stop();
      await analytics.close();
      await db.close();
    },
  };
};

const analyticsSettings = (config: Config, given: { connectionString: string; analyticsPath?: string }) => ({
  path: given.analyticsPath ?? analyticsPath(config),
  connectionString: given.connectionString,
  memoryMb: config.analyticsMemoryMb,
  threads: config.analyticsThreads,
  logLevel: config.logLevel,
});

/** The file of the analytics copy. */
export const analyticsPath = (config: Config): string =>
  config.analyticsUrl === null ? join(config.dataDir, "analytics.duckdb") : config.analyticsUrl.replace(/^duckdb:\/\//, "");
