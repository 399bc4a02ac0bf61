import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkLayout } from "./check-layout.ts";
import { checkLint } from "./check-lint.ts";
import { nameFeature } from "./feature-names.ts";
import { addToList } from "./manifest-lines.ts";
import { createFeature } from "./new-feature.ts";
import { runPackageProgram } from "./program.ts";

const repository = dirname(import.meta.dirname);
const WORKSPACES = ["server", "text", "mining", "web", "widget", "cli", "bench", "tools", "e2e"];
const ROOT_FILES = ["package.json", "tsconfig.json", "vitest.config.ts", ".oxlintrc.json"];
const now = new Date("2030-01-02T03:04:05Z");

const root = mkdtempSync(join(tmpdir(), "firsthand-new-"));
let written: string[];

// The repository with its packages, in which the workspaces' names lead to the copy.
const copyRepository = (): void => {
  for (const workspace of WORKSPACES) cpSync(join(repository, workspace), join(root, workspace), { recursive: true, filter: (path) => !["node_modules", "dist"].includes(basename(path)) });
  for (const file of ROOT_FILES) cpSync(join(repository, file), join(root, file));
  mkdirSync(join(root, "node_modules", "@firsthand"), { recursive: true });
  for (const name of readdirSync(join(repository, "node_modules")).filter((entry) => entry !== "@firsthand" && !entry.startsWith(".vite"))) symlinkSync(join(repository, "node_modules", name), join(root, "node_modules", name));
  for (const workspace of WORKSPACES) symlinkSync(join(root, workspace), join(root, "node_modules", "@firsthand", workspace));
};

/** The compiler's errors in these files alone: the rest was checked where it comes from, and takes a minute. */
const listTypeErrors = (program: string, paths: readonly string[]): string[] => {
  const folder = join(root, program);
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile).config, ts.sys, folder);
  const compiled = ts.createProgram(paths.map((path) => join(root, path)), options);
  const files = compiled.getSourceFiles().filter(({ fileName }) => paths.includes(relative(root, fileName)));
  expect(files.length).toBe(paths.length);
  const errors = files.flatMap((file) => [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)]);
  return errors.map(({ file, messageText }) => `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
};
const isWritten = (path: string): boolean => written.includes(path.split(":")[0] ?? "");

beforeAll(() => {
  copyRepository();
  const inModule = createFeature(root, { module: "feedback", feature: "price-lists", now });
  const inNewModule = createFeature(root, { module: "strategy", feature: "analyses", one: "analysis", now });
  written = [...new Set([...inModule, ...inNewModule])];
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("a new feature", () => {
  test("has both twin folders, the lines in the manifests, and a stamp of its own", () => {
    expect(written).toContain("server/feedback/price-lists/price-lists.routes.ts");
    expect(written).toContain("web/feedback/price-lists/PriceListListScreen.tsx");
    expect(written).toContain("server/feedback/price-lists/migrations/20300102_0304_create_price_lists.sql");
    expect(written).toContain("server/strategy/analyses/migrations/20300102_0305_create_analyses.sql");
    expect(readFileSync(join(root, "server/feedback/feedback.module.ts"), "utf8")).toContain("...priceListsRoutes");
    expect(readFileSync(join(root, "server/modules.ts"), "utf8")).toMatch(/strategyModule,?\s*\]/);
    expect(readFileSync(join(root, "web/shell/composition.ts"), "utf8")).toContain("strategyScreens");
  });

  test("keeps every rule of layout and style", async () => {
    expect(checkLayout(root).filter((problem) => isWritten(problem.path))).toEqual([]);
    expect((await checkLint(root, repository)).filter((problem) => isWritten(problem.path))).toEqual([]);
  });

  test.each([[".", /^server\//], ["web", /^web\//]])("compiles in %s", (program, ofProgram) => {
    expect(listTypeErrors(program, written.filter((path) => ofProgram.test(path) && /\.tsx?$/.test(path)))).toEqual([]);
  });

  test("works: its own test passes", { timeout: 300_000 }, async () => {
    const { code, output } = await runPackageProgram(root, "vitest/vitest.mjs", ["run", "server/feedback/price-lists"], root);

    expect(output).toMatch(/Tests\s+2 passed/);
    expect(code, output).toBe(0);
  });

  test.each([
    [{ module: "billing", feature: "invoices" }, /"billing" is not a module/],
    [{ module: "feedback", feature: "PriceLists" }, /not a name for a feature/],
    [{ module: "feedback", feature: "../escape" }, /not a name for a feature/],
    [{ module: "feedback", feature: "surveys" }, /already there/],
  ])("is refused as %o", (given, message) => {
    expect(() => createFeature(root, { ...given, now })).toThrow(message);
  });
});

test.each([
  ["reviews", "review"],
  ["promises", "promise"],
  ["companies", "company"],
  ["boxes", "box"],
  ["price-lists", "priceList"],
])("one of %s is a %s", (many, one) => {
  expect(nameFeature("feedback", many).one).toBe(one);
});

test.each([
  ["an empty list", "  a: [],\n});\n", "  a: [new],\n});\n"],
  ["a list on one line", "  a: [old],\n});\n", "  a: [old, new],\n});\n"],
  ["a list on many lines", "  a: [\n    old,\n  ],\n});\n", "  a: [\n    old,\n    new,\n  ],\n});\n"],
  ["a plain value", "  a: old,\n});\n", "  a: [...old, new],\n});\n"],
  ["nothing", "  b: 1,\n});\n", "  b: 1,\n  a: [new],\n});\n"],
])("an entry is added to %s", (_what, text, expected) => {
  expect(addToList(text, "a", "new")).toBe(expected);
});
