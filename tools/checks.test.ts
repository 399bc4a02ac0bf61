// One broken tree for each check: whoever takes a check out, or makes it blind, hears of it here.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { listChecks, runChecks } from "./checks.ts";
import type { PlantedTree } from "./planted-tree.ts";
import { plantTree } from "./planted-tree.ts";

const repository = dirname(import.meta.dirname);
const read = (path: string): string => readFileSync(join(repository, path), "utf8");
const silent = (): void => undefined;

const wrongType = "export const a: string = 1;\n";
const tsconfigs = Object.fromEntries(["tsconfig.json", "web/tsconfig.json", "widget/tsconfig.json", "e2e/tsconfig.json"].map((path) => [path, read(path)]));
const tooBig = JSON.stringify({ budgets: [{ name: "all", files: ["dist/*.js"], gzBytesMax: 1 }] });

/** By the name of the check: files that break something of it, and where it must say so. */
const BROKEN: Record<string, { files: Record<string, string>; blamed: string }> = {
  "types of server, cli and tools": { files: { ...tsconfigs, "server/a.ts": wrongType }, blamed: "server/a.ts:1" },
  "types of web": { files: { ...tsconfigs, "web/a.tsx": wrongType }, blamed: "web/a.tsx:1" },
  "types of widget": { files: { ...tsconfigs, "widget/a.ts": wrongType }, blamed: "widget/a.ts:1" },
  "types of e2e": { files: { ...tsconfigs, "e2e/a.ts": wrongType }, blamed: "e2e/a.ts:1" },
  "style inside files": { files: { ".oxlintrc.json": read(".oxlintrc.json"), "server/a.ts": "export var a = 1;\n" }, blamed: "server/a.ts:1" },
  "who imports whom": { files: { "tsconfig.json": "{}", "package.json": "{}", "server/a.ts": 'import { b } from "./nowhere.ts";\nexport const a = b;\n' }, blamed: "server/a.ts" },
  "layout and SQL": { files: { "server/billing/invoices/invoices.ts": "" }, blamed: "server/billing" },
  packages: { files: { "package.json": '{ "dependencies": { "zod": "^4.0.0" } }', "package-lock.json": '{ "packages": {} }' }, blamed: "package.json" },
  "server/schema.snapshot.sql": { files: { "server/people/members/members.ts": "", "server/schema.snapshot.sql": "table people.gone\n" }, blamed: "server/schema.snapshot.sql" },
  "server/openapi.snapshot.json": { files: { "package.json": read("package.json"), "server/openapi.snapshot.json": read("server/openapi.snapshot.json").replace('"/api/surveys"', '"/api/gone"') }, blamed: "server/openapi.snapshot.json" },
  "docs/guides/errors.md": { files: { "docs/guides/errors.md": read("docs/guides/errors.md").replace("`not_found`", "`gone`") }, blamed: "docs/guides/errors.md" },
  "size of the web app": { files: { "web/package.json": tooBig, "web/dist/a.js": "1;" }, blamed: "web/package.json" },
  "size of the widget": { files: { "widget/package.json": tooBig, "widget/dist/a.js": "1;" }, blamed: "widget/package.json" },
};

const trees: PlantedTree[] = [];
afterAll(() => trees.forEach((tree) => tree.remove()));

const checksOf = (files: Record<string, string>): ReturnType<typeof listChecks> => {
  const tree = plantTree(files, repository);
  trees.push(tree);
  return listChecks({ root: tree.root, packagesOf: repository, isWriting: false, say: silent });
};

test("a tree is broken for every check", () => {
  expect(checksOf({}).map(({ name }) => name)).toEqual(Object.keys(BROKEN));
});

test.each(Object.entries(BROKEN))("the check %s bites", async (name, { files, blamed }) => {
  const check = checksOf(files).find((candidate) => candidate.name === name);

  const problems = await check?.run();

  expect(problems?.map(({ path }) => path)).toEqual([blamed]);
});

test("a check that finds something or cannot run has failed, and says so", async () => {
  const lines: string[] = [];
  const sound = { name: "sound", run: () => [] };
  const broken = { name: "broken", run: () => [{ rule: "a-rule", path: "a.ts", message: "is wrong" }] };
  const unable = { name: "unable", run: () => Promise.reject(new Error("no compiler")) };

  expect(await runChecks([sound, broken, unable], (line) => lines.push(line))).toEqual({ passed: 1, failed: 2 });
  expect(lines.join("\n")).toMatch(/✓ sound[^]*✗ broken[^]*a\.ts: is wrong \[a-rule\]/);
  expect(lines.join("\n")).toContain("unable: no compiler [check-runs]");
});

test("a workspace that is not built is a problem", async () => {
  const check = checksOf({ "web/package.json": tooBig }).find(({ name }) => name === "size of the web app");

  expect(await check?.run()).toMatchObject([{ rule: "bundle-budget", path: "web", message: expect.stringContaining("is not built") }]);
});
