import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { checkLint } from "./check-lint.ts";
import { checkTypes } from "./check-types.ts";
import { plantTree } from "./planted-tree.ts";

const repository = dirname(import.meta.dirname);
const read = (path: string): string => readFileSync(join(repository, path), "utf8");
const Config = z.object({ rules: z.record(z.string(), z.union([z.string(), z.array(z.unknown())])) });

const PLANTED: Record<string, Record<string, string>> = {
  "typescript/no-explicit-any": { "server/any.ts": "export const a: any = 1;\n" },
  "typescript/no-non-null-assertion": { "server/assured.ts": "export const a = (b: string | null): string => b!;\n" },
  "typescript/consistent-type-assertions": { "server/asserted.ts": "export const a = (b: unknown): string => b as string;\n" },
  "typescript/ban-ts-comment": { "server/silenced.ts": "// @ts-" + "ignore\nexport const a: string = 1;\n" },
  "typescript/no-namespace": { "server/space.ts": "export namespace Space { export const a = 1; }\n" },
  "import/no-default-export": { "server/default.ts": "export default 1;\n" },
  "max-lines": { "web/Long.tsx": "Math.random();\n".repeat(401) },
  "max-lines-per-function": { "server/long.ts": `export const a = (): void => {\n${"  Math.random();\n".repeat(61)}};\n`, "web/Screen.tsx": `export const Screen = (): void => {\n${"  Math.random();\n".repeat(151)}};\n` },
  "no-console": { "server/talk.ts": 'console.log("a");\n' },
  "node/no-process-env": { "server/setting.ts": "export const a = process.env.A;\n" },
  "no-var": { "server/var.ts": "export var a = 1;\n" },
  "prefer-const": { "server/let.ts": "let a = 1;\nexport const b = a;\n" },
  eqeqeq: { "server/loose.ts": "export const a = (b: string, c: string): boolean => b == c;\n" },
  "react/rules-of-hooks": { "web/Hook.tsx": 'import { useState } from "react";\nexport const Hook = (isOn: boolean): unknown => (isOn ? useState(1) : null);\n' },
  "vitest/no-focused-tests": { "server/focus.test.ts": 'import { test } from "vitest";\ntest.' + 'only("a", () => undefined);\n' },
  "vitest/no-disabled-tests": { "server/off.test.ts": 'import { test } from "vitest";\ntest.' + 'skip("a", () => undefined);\n' },
  "vitest/valid-expect": { "server/expect.test.ts": 'import { expect, test } from "vitest";\ntest("a", () => { expect(1); });\n' },
  "no-unused-vars": { "server/unused.ts": "const a = 1;\n" },
};

const SOUND = {
  ".oxlintrc.json": read(".oxlintrc.json"),
  "server/config.ts": "export const a = process.env.A;\n",
  "server/literal.ts": 'export const a = ["x"] as const;\n',
  "server/short.ts": `export const a = (): void => {\n${"  Math.random();\n".repeat(50)}};\n`,
  "web/Screen.tsx": `export const Screen = (): void => {\n${"  Math.random();\n".repeat(140)}};\n`,
  "vite.config.ts": "export default { a: 1 };\n",
  "tools/check.ts": 'console.log("a");\n',
};

test("a sound tree has no problems", async () => {
  const tree = plantTree(SOUND);

  expect(await checkLint(tree.root, repository)).toEqual([]);
  tree.remove();
});

test("a violation is planted for every rule that .oxlintrc.json names", () => {
  const { rules } = Config.parse(JSON.parse(read(".oxlintrc.json")));
  const enforced = Object.entries(rules).filter(([, setting]) => setting !== "off").map(([name]) => name);

  expect(enforced.filter((name) => !(name in PLANTED))).toEqual([]);
});

test("every rule of .oxlintrc.json bites", async () => {
  const tree = plantTree({ ...SOUND, ...Object.assign({}, ...Object.values(PLANTED)) });

  const problems = await checkLint(tree.root, repository);

  for (const [rule, files] of Object.entries(PLANTED))
    for (const path of Object.keys(files)) expect(problems.filter((problem) => problem.rule === rule).map((problem) => problem.path.split(":")[0]), rule).toContain(path);
  tree.remove();
});

const TYPE_ERRORS: readonly (readonly [what: string, code: string, text: string])[] = [
  ["a wrong type", "TS2322", "export const a: string = 1;\n"],
  ["an unchecked index", "TS2322", "export const a = (b: string[]): string => b[0];\n"],
  ["an enum, which Node cannot run", "TS1294", "export enum A { B }\n"],
  ["a parameter property, which Node cannot run", "TS1294", "export class A { constructor(readonly b: string) {} }\n"],
  ["a type imported as a value, which Node cannot run", "TS1484", 'import { B } from "./b.ts";\nexport const a: B = 1;\n'],
  ["a class that overrides in silence", "TS4114", "class A { b() {} }\nexport class C extends A { b() {} }\n"],
];

test("the compiler's settings refuse what the house forbids", async () => {
  const files = TYPE_ERRORS.map(([, , text], place) => [`server/case${place}.ts`, text]);
  const tree = plantTree({ "tsconfig.json": read("tsconfig.json"), "server/b.ts": "export type B = number;\n", ...Object.fromEntries(files) }, repository);

  const problems = await checkTypes(tree.root, ".", repository);

  TYPE_ERRORS.forEach(([what, code], place) => expect(problems.filter((problem) => problem.path.startsWith(`server/case${place}.ts`)).map((problem) => problem.rule), what).toEqual([code]));
  expect(problems).toHaveLength(TYPE_ERRORS.length);
  tree.remove();
});
