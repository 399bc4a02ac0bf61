// npm run check: everything about the code that a tool can tell without running it.
//   --write            writes the generated descriptions anew instead of complaining that they are stale
//   --report FILE      writes how many checks passed and failed, for npm test
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { checkBudgets } from "./check-budgets.ts";
import { checkDependencies } from "./check-dependencies.ts";
import { checkLayout } from "./check-layout.ts";
import { checkLint } from "./check-lint.ts";
import { checkPackages } from "./check-packages.ts";
import { compareSnapshot, describeTables } from "./check-snapshots.ts";
import { PROGRAMS, checkTypes } from "./check-types.ts";
import type { Problem } from "./problem.ts";
import { describeProblem } from "./problem.ts";

type Check = { name: string; run: () => Promise<Problem[]> | Problem[] };

const root = dirname(import.meta.dirname);
const { values: flags } = parseArgs({ options: { write: { type: "boolean", default: false }, report: { type: "string" } } });

const measureBudgets = (workspace: string): Problem[] => {
  if (!existsSync(join(root, workspace, "dist"))) return [{ rule: "bundle-budget", path: workspace, message: `is not built. Run: npm run build -w ${workspace}` }];
  const { problems, notes } = checkBudgets(root, workspace);
  for (const note of notes) console.log(`  ${note}`);
  return problems;
};

const describeRoutes = async (): Promise<string> => {
  const [{ modules }, { describeApi }] = await Promise.all([import("../server/modules.ts"), import("../server/platform/http/openapi.ts")]);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return `${JSON.stringify(describeApi(modules, String(version)), null, 2)}\n`;
};

const describeRefusals = async (): Promise<string> => {
  const [{ modules }, { describeErrors }] = await Promise.all([import("../server/modules.ts"), import("../server/platform/http/openapi.ts")]);
  return describeErrors(modules);
};

const checks: Check[] = [
  ...PROGRAMS.map((program) => ({ name: `types of ${program === "." ? "server, cli and tools" : program}`, run: () => checkTypes(root, program) })),
  { name: "style inside files", run: () => checkLint(root) },
  { name: "who imports whom", run: () => checkDependencies(root) },
  { name: "layout and SQL", run: () => checkLayout(root) },
  { name: "packages", run: () => checkPackages(root) },
  { name: "server/schema.snapshot.sql", run: async () => compareSnapshot(root, "server/schema.snapshot.sql", await describeTables(root), flags.write) },
  { name: "server/openapi.snapshot.json", run: async () => compareSnapshot(root, "server/openapi.snapshot.json", await describeRoutes(), flags.write) },
  { name: "docs/guides/errors.md", run: async () => compareSnapshot(root, "docs/guides/errors.md", await describeRefusals(), flags.write) },
  { name: "size of the web app", run: () => measureBudgets("web") },
  { name: "size of the widget", run: () => measureBudgets("widget") },
];

const runCheck = async (check: Check): Promise<Problem[]> => {
  const began = performance.now();
  const problems = await Promise.resolve()
    .then(check.run)
    .catch((error: unknown): Problem[] => [{ rule: "check-runs", path: check.name, message: error instanceof Error ? error.message : String(error) }]);
  console.log(`${problems.length === 0 ? "✓" : "✗"} ${check.name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  for (const problem of problems) console.log(`    ${describeProblem(problem)}`);
  return problems;
};

// Two at a time: the compiler leaves one of two cores idle, and more would only wait for each other.
const results: boolean[] = [];
const waiting = [...checks];
const work = async (): Promise<void> => {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) results.push((await runCheck(check)).length === 0);
};
await Promise.all([work(), work()]);
const failed = results.filter((isSound) => !isSound).length;
if (flags.report !== undefined) writeFileSync(flags.report, JSON.stringify({ passed: results.length - failed, failed }));
console.log(`check: ${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
