import type { RawRoutes } from "../http/http.api.ts";
import { countFailedJobs } from "../jobs/jobs.queries.ts";
import { metricsText } from "./health.rules.ts";
import type { Reading } from "./health.rules.ts";

/** For load balancers and monitoring: alive, ready, and the figures of this process as Prometheus text. They tell nothing about anybody. */
export const healthRoutes: RawRoutes = (app, services) => {
  let requests = 0;
  let failures = 0;
  app.get("/health/live", async () => ({ status: "live" }));
  app.get("/health/ready", async (_request, reply) => {
    const [database, analytics] = await Promise.all([
      services.db.query("select 1").then(() => "ready", () => "away"),
      services.analytics.status().then((status) => status.state, () => "away"),
    ]);
    // Figures that are away for a moment do not stop collecting: only the record decides.
    return reply.code(database === "ready" ? 200 : 503).send({ status: database === "ready" ? "ready" : "not ready", database, analytics });
  });
  app.get("/health/metrics", async (_request, reply) => {
    requests += 1;
    const analytics = await services.analytics.status().catch(() => {
      failures += 1;
      return null;
    });
    const memory = process.memoryUsage();
    const readings: Reading[] = [
      { name: "firsthand_process_resident_bytes", help: "Memory of the server process.", kind: "gauge", value: memory.rss },
      { name: "firsthand_process_heap_bytes", help: "Heap in use.", kind: "gauge", value: memory.heapUsed },
      { name: "firsthand_process_cpu_seconds_total", help: "Processor time used.", kind: "counter", value: (process.cpuUsage().user + process.cpuUsage().system) / 1e6 },
      { name: "firsthand_database_connections", help: "Open connections to PostgreSQL.", kind: "gauge", value: services.db.pool.totalCount },
      { name: "firsthand_database_waiting", help: "Requests waiting for a connection.", kind: "gauge", value: services.db.pool.waitingCount },
      { name: "firsthand_jobs_failed", help: "Jobs whose attempts are used up.", kind: "gauge", value: await countFailedJobs(services.db) },
      { name: "firsthand_analytics_rows", help: "Rows in the analytics copy.", kind: "gauge", value: analytics?.rows ?? 0 },
      { name: "firsthand_analytics_lag_rows", help: "Rows committed but not yet copied.", kind: "gauge", value: analytics?.lagRows ?? 0 },
      { name: "firsthand_metrics_requests_total", help: "Reads of this page.", kind: "counter", value: requests },
      { name: "firsthand_analytics_failures_total", help: "Times the analytics copy did not answer this page.", kind: "counter", value: failures },
    ];
    return reply.header("content-type", "text/plain; version=0.0.4; charset=utf-8").send(metricsText(readings));
  });
};
