import { setTimeout as wait } from "node:timers/promises";
import type { Meter } from "../http/meter.ts";
import type { RawRoutes } from "../http/http.api.ts";
import { countFailedJobs } from "../jobs/jobs.queries.ts";
import type { Services } from "../services/services.api.ts";
import { metricsText } from "./health.rules.ts";
import type { Reading } from "./health.rules.ts";

const PATIENCE_MS = 500;

/** For load balancers and monitoring: alive, ready, and the figures of this process as Prometheus text. They tell nothing about anybody. */
export const healthRoutes =
  (meter: Meter): RawRoutes =>
  (app, services) => {
    app.get("/health/live", async () => ({ status: "live" }));
    app.get("/health/ready", async (_request, reply) => {
      const [database, analytics] = await Promise.all([
        services.db.query("select 1").then(() => "ready", () => "away"),
        Promise.race([services.analytics.status().then((status) => status.state, () => "away"), wait(PATIENCE_MS, "busy")]),
      ]);
      // Figures that are away for a moment do not stop collecting: only the record decides.
      return reply.code(database === "ready" ? 200 : 503).send({ status: database === "ready" ? "ready" : "not ready", database, analytics });
    });
    app.get("/health/metrics", async (_request, reply) =>
      reply.header("content-type", "text/plain; version=0.0.4; charset=utf-8").send(metricsText(await readAll(services, meter))),
    );
  };

const readAll = async (services: Services, meter: Meter): Promise<Reading[]> => {
  const analytics = await Promise.race([services.analytics.status().catch(() => null), wait(PATIENCE_MS, null)]);
  const failedJobs = await countFailedJobs(services.db).catch(() => null);
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  const { byStatus, seconds } = meter.read();
  return [
    { name: "firsthand_process_resident_bytes", help: "Memory of the server process.", kind: "gauge", value: memory.rss },
    { name: "firsthand_process_heap_bytes", help: "Heap in use.", kind: "gauge", value: memory.heapUsed },
    { name: "firsthand_process_cpu_seconds_total", help: "Processor time used.", kind: "counter", value: (cpu.user + cpu.system) / 1e6 },
    ...["1xx", "2xx", "3xx", "4xx", "429", "5xx"].map((status): Reading => ({
      name: `firsthand_http_requests_${status}_total`,
      help: `Requests answered with ${status}${status === "4xx" ? " other than 429" : ""}.`,
      kind: "counter",
      value: byStatus.get(status) ?? 0,
    })),
    { name: "firsthand_http_request_seconds_total", help: "Time from request to reply, added up.", kind: "counter", value: seconds },
    { name: "firsthand_database_connections", help: "Open connections to PostgreSQL.", kind: "gauge", value: services.db.pool.totalCount },
    { name: "firsthand_database_waiting", help: "Requests waiting for a connection.", kind: "gauge", value: services.db.pool.waitingCount },
    { name: "firsthand_jobs_failed", help: "Jobs whose attempts are used up; -1 while the database is away.", kind: "gauge", value: failedJobs ?? -1 },
    { name: "firsthand_analytics_up", help: "1 while the analytics copy answers.", kind: "gauge", value: analytics === null ? 0 : 1 },
    { name: "firsthand_analytics_rows", help: "Rows in the analytics copy.", kind: "gauge", value: analytics?.rows ?? 0 },
    { name: "firsthand_analytics_lag_rows", help: "Rows committed but not yet copied, counted up to 100,000 of a kind.", kind: "gauge", value: analytics?.lagRows ?? 0 },
  ];
};
