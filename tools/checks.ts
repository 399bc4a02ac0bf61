// Everything about the code that a tool can tell without running it, check by check.
import { checkBuiltSizes } from "./check-budgets.ts";
import { checkDependencies } from "./check-dependencies.ts";
import { checkLayout } from "./check-layout.ts";
import { checkLint } from "./check-lint.ts";
import { checkPackages } from "./check-packages.ts";
import { compareSnapshot, describeRefusals, describeRoutes, describeTables } from "./check-snapshots.ts";
import { PROGRAMS, checkTypes } from "./check-types.ts";
import type { Problem } from "./problem.ts";
import { describeProblem } from "./problem.ts";

export type Check = { name: string; run: () => Promise<Problem[]> | Problem[] };

/** All checks of a repository.
 *  @param packagesOf where the tools they use are installed
 *  @param isWriting writes generated descriptions anew instead of complaining that they are stale */
export const listChecks = (given: { root: string; packagesOf: string; isWriting: boolean; say: (line: string) => void }): Check[] => {
  const { root, packagesOf, isWriting, say } = given;
  const snapshot = (path: string, describe: () => Promise<string>): Check => ({ name: path, run: async () => compareSnapshot(root, path, await describe(), isWriting) });
  return [
    ...PROGRAMS.map((program) => ({ name: `types of ${program === "." ? "server, cli and tools" : program}`, run: () => checkTypes(root, program, packagesOf) })),
    { name: "style inside files", run: () => checkLint(root, packagesOf) },
    { name: "who imports whom", run: () => checkDependencies(root, packagesOf) },
    { name: "layout and SQL", run: () => checkLayout(root) },
    { name: "packages", run: () => checkPackages(root) },
    snapshot("server/schema.snapshot.sql", () => describeTables(root)),
    snapshot("server/openapi.snapshot.json", () => describeRoutes(root)),
    snapshot("docs/guides/errors.md", describeRefusals),
    { name: "size of the web app", run: () => checkBuiltSizes(root, "web", say) },
    { name: "size of the widget", run: () => checkBuiltSizes(root, "widget", say) },
  ];
};

/** Runs checks, two at a time: the compiler leaves one of two cores idle, and more would only wait for each other.
 *  A check that cannot run has failed. */
export const runChecks = async (checks: readonly Check[], say: (line: string) => void): Promise<{ passed: number; failed: number }> => {
  const results: boolean[] = [];
  const waiting = [...checks];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) results.push((await runCheck(check, say)).length === 0);
  };
  await Promise.all([work(), work()]);
  const failed = results.filter((isSound) => !isSound).length;
  return { passed: results.length - failed, failed };
};

const runCheck = async (check: Check, say: (line: string) => void): Promise<Problem[]> => {
  const began = performance.now();
  const problems = await Promise.resolve()
    .then(check.run)
    .catch((error: unknown): Problem[] => [{ rule: "check-runs", path: check.name, message: error instanceof Error ? error.message : String(error) }]);
  say(`${problems.length === 0 ? "✓" : "✗"} ${check.name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  for (const problem of problems) say(`    ${describeProblem(problem)}`);
  return problems;
};
