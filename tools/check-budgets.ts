// Does what a browser downloads stay within the budgets that web/package.json and widget/package.json state?
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import type { Problem } from "./problem.ts";

/** `files` are patterns from the workspace's folder; `page` is a built page, whose scripts count with all they load at once. */
const Budget = z.object({ name: z.string(), files: z.array(z.string()).optional(), page: z.string().optional(), gzBytesMax: z.number().int().positive() });
const Manifest = z.object({ budgets: z.array(Budget).default([]) });
type Budget = z.infer<typeof Budget>;

/** Measures the budgets of one workspace, which must be built. */
export const checkBuiltSizes = (root: string, workspace: string, say: (line: string) => void): Problem[] => {
  if (!existsSync(join(root, workspace, "dist"))) return [{ rule: "bundle-budget", path: workspace, message: `is not built. Run: npm run build -w ${workspace}` }];
  const { problems, notes } = checkBudgets(root, workspace);
  for (const note of notes) say(`  ${note}`);
  return problems;
};

/** Measures the budgets of one workspace after its build.
 *  @returns one problem per budget that is exceeded or measures nothing, and one line about each for people */
export const checkBudgets = (root: string, workspace: string): { problems: Problem[]; notes: string[] } => {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, workspace, "package.json"), "utf8")));
  const measured = manifest.budgets.map((budget) => ({ budget, bytes: measure(join(root, workspace), budget) }));
  return {
    notes: measured.map(({ budget, bytes }) => `${workspace}: ${budget.name} ${(bytes / 1000).toFixed(1)} of ${(budget.gzBytesMax / 1000).toFixed(1)} kB gz`),
    problems: measured.flatMap(({ budget, bytes }): Problem[] => {
      const path = `${workspace}/package.json`;
      if (bytes === 0) return [{ rule: "bundle-budget", path, message: `the budget "${budget.name}" measures no file; build first, or correct its names` }];
      if (bytes <= budget.gzBytesMax) return [];
      return [{ rule: "bundle-budget", path, message: `"${budget.name}" has ${bytes} bytes gzipped, its budget is ${budget.gzBytesMax}` }];
    }),
  };
};

const measure = (folder: string, budget: Budget): number => {
  const listed = globSync(budget.files ?? [], { cwd: folder });
  const loaded = budget.page === undefined ? [] : scriptsOf(readFileSync(join(folder, budget.page), "utf8")).map((path) => join(budget.page ?? "", "..", path));
  return [...new Set([...listed, ...loaded])].reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path)), { level: 9 }).length, 0);
};

const scriptsOf = (html: string): string[] =>
  [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\/?([^"]+\.js)"/g)].flatMap(([, path]) => (path === undefined ? [] : [path]));
