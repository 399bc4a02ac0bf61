// npm run bench: every figure in docs/benchmarks.md, measured one after the other on this machine. About ten minutes.
//   npm run bench -- --only ingest|freshness|home|dashboards|map|paths|report|widget|page|exports|drivers|responses|text|themes|mining
import { cpus, loadavg, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { measureDashboards } from "./dashboards.ts";
import { measureDriversRoute } from "./drivers-route.ts";
import { measureDrivers } from "./drivers.ts";
import { measureExports } from "./exports.ts";
import { measureFirstPaint } from "./first-paint.ts";
import { measureFreshness } from "./freshness.ts";
import { measureHome } from "./home-figures.ts";
import { measureIngest } from "./ingest.ts";
import { measureMining } from "./mining.ts";
import { measurePaths } from "./paths.ts";
import { measureMapOverlay } from "./map-overlay.ts";
import { measureReport } from "./report-figures.ts";
import { measureWidgetSizes } from "./widget-sizes.ts";
import { measureResponses } from "./responses.ts";
import { measureText } from "./text/speed.ts";
import { measureThemes } from "./themes.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, seconds: { type: "string", default: "10" }, interactions: { type: "string", default: "10000000" }, responses: { type: "string", default: "1000000" }, comments: { type: "string", default: "1000000" }, rounds: { type: "string", default: "20" } },
});

const measurements: Record<string, () => Promise<unknown>> = {
  ingest: () => measureIngest({ seconds: Number(values.seconds) }),
  freshness: () => measureFreshness({ rate: 5_000, answers: 120 }),
  home: () => measureHome({ interactions: Number(values.interactions), rounds: Number(values.rounds) }),
  dashboards: () => measureDashboards({ interactions: Number(values.interactions), rounds: Number(values.rounds) }),
  paths: () => measurePaths({ interactions: Number(values.interactions), rounds: Number(values.rounds) }),
  map: () => measureMapOverlay({ interactions: Number(values.interactions), rounds: 5 }),
  widget: async () => measureWidgetSizes(),
  page: () => measureFirstPaint({ visits: Number(values.rounds) }),
  report: () => measureReport({ responses: Number(values.responses), rounds: Number(values.rounds) }),
  exports: () => measureExports({ responses: Number(values.responses) }),
  drivers: async () => ({ arithmetic: await measureDrivers({ rows: 100_000, factors: 12, bootstraps: 1_000 }), route: await measureDriversRoute({ responses: 100_000, rounds: 5 }) }),
  responses: () => measureResponses({ seconds: Number(values.seconds) }),
  text: () => measureText({ comments: Number(values.comments) }),
  themes: () => measureThemes({ comments: 100_000 }),
  mining: async () => measureMining({ events: 262_200, rounds: 5 }),
};

const chosen = Object.entries(measurements).filter(([name]) => values.only === undefined || values.only === name);
if (chosen.length === 0) throw new Error(`There is no measurement "${values.only}". Known: ${Object.keys(measurements).join(", ")}.`);
console.log(`Machine: ${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`);
for (const [name, measure] of chosen) {
  console.log(`\n${name} (load before: ${loadavg()[0]?.toFixed(1)})`);
  console.log(JSON.stringify(await measure(), null, 2));
}
