// Who imports whom: dependency-cruiser with the rules of .dependency-cruiser.cjs.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Problem } from "./problem.ts";
import { runPackageProgram } from "./program.ts";

const FOLDERS = ["server", "text", "mining", "web", "widget", "cli", "bench", "tools", "e2e"];
const Report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string(), severity: z.string() }), comment: z.string().optional() })),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string().optional() })) }),
  }),
});

/** Checks every import under a folder.
 *  @param packagesOf where dependency-cruiser itself is installed
 *  @throws when the checker cannot run at all */
export const checkDependencies = async (root: string, packagesOf: string = root): Promise<Problem[]> => {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const flags = ["--config", join(packagesOf, ".dependency-cruiser.cjs"), "--output-type", "json", ...folders];
  const { output } = await runPackageProgram(packagesOf, "dependency-cruiser/bin/dependency-cruiser.mjs", flags, root);
  if (!output.startsWith("{")) throw new Error(`dependency-cruiser did not run: ${output}`);
  const { violations, ruleSetUsed } = Report.parse(JSON.parse(output)).summary;
  const reasons = new Map(ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment ?? ""]));
  return violations.map(({ from, to, rule }) => ({ rule: rule.name, path: from, message: `imports ${to}. ${reasons.get(rule.name) ?? ""}` }));
};

/** The names of all rules that dependency-cruiser enforces. */
export const listDependencyRules = async (packagesOf: string): Promise<string[]> => {
  const Rules = z.object({ default: z.object({ forbidden: z.array(z.object({ name: z.string() })) }) });
  const config: unknown = await import(join(packagesOf, ".dependency-cruiser.cjs"));
  return Rules.parse(config).default.forbidden.map((rule) => rule.name);
};
