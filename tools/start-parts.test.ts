// The parts of the start command that run before anything is installed: plain JavaScript, tried in processes of their own.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantTree } from "./planted-tree.ts";

type Ended = { code: number | null; output: string };

const run = (program: string, environment: Record<string, string> = {}): Promise<Ended> =>
  new Promise((done) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], { cwd: import.meta.dirname, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (output += part.toString("utf8")));
    child.on("close", (code) => done({ code, output }));
  });

const install = (root: string, environment: Record<string, string> = {}): Promise<Ended> =>
  run(`import { ensureInstalled } from "./installation.mjs"; await ensureInstalled(${JSON.stringify(root)});`, { npm_execpath: join(root, "npm.js"), ...environment });

const lock = (version: string): string => JSON.stringify({ packages: { "": {}, "node_modules/a": { version }, "node_modules/b": { version: "1.0.0", optional: true } } });
// Stands in for npm: says what it was asked and leaves what npm leaves.
const NPM = 'import { mkdirSync, copyFileSync } from "node:fs"; console.log("npm", process.argv[2]); mkdirSync("node_modules", { recursive: true }); copyFileSync("package-lock.json", "node_modules/.package-lock.json");';
const SOUND = { "package.json": '{ "type": "module" }', "package-lock.json": lock("1.0.0"), "npm.js": NPM };

test("packages are installed once, again when the lock file changes, and not when npm has already done it", async () => {
  const tree = plantTree(SOUND);

  expect((await install(tree.root)).output).toContain("npm ci");
  expect((await install(tree.root)).output).toBe("");
  writeFileSync(join(tree.root, "package-lock.json"), lock("2.0.0"));
  writeFileSync(join(tree.root, "node_modules/.package-lock.json"), lock("2.0.0"));
  expect((await install(tree.root)).output).toBe("");
  writeFileSync(join(tree.root, "package-lock.json"), lock("3.0.0"));
  expect((await install(tree.root)).output).toContain("npm ci");
  tree.remove();
});

test("two starts at once install once", async () => {
  const tree = plantTree({ ...SOUND, "npm.js": `${NPM} await new Promise((done) => setTimeout(done, 1_000));` });

  const [one, other] = await Promise.all([install(tree.root), install(tree.root)]);

  expect([one.output, other.output].filter((output) => output.includes("npm ci"))).toHaveLength(1);
  expect([one.code, other.code]).toEqual([0, 0]);
  tree.remove();
});

test("a failed installation ends the start with a message", async () => {
  const tree = plantTree({ ...SOUND, "npm.js": "process.exit(7);" });

  const { code, output } = await install(tree.root);

  expect(code).toBe(1);
  expect(output).toContain("could not be installed");
  tree.remove();
});

test("a Node that is too old is named", async () => {
  const program = 'Object.defineProperty(process.versions, "node", { value: "18.20.0" }); const { requireNode } = await import("./installation.mjs"); requireNode();';

  const { code, output } = await run(program);

  expect(code).toBe(1);
  expect(output).toContain("needs Node 20.19 or later to start, and this is 18.20.0");
});

test("the web app is built when its sources or the server's contracts changed, and only then", async () => {
  const builder = 'const { appendFileSync, mkdirSync } = require("node:fs"); mkdirSync("dist", { recursive: true }); appendFileSync("dist/builds", "x");';
  const manifest = '{ "name": "NAME", "scripts": { "build": "node build.cjs" } }';
  const files = Object.fromEntries(["web", "widget"].flatMap((name) => [[`${name}/package.json`, manifest.replace("NAME", name)], [`${name}/build.cjs`, builder], [`${name}/main.ts`, "1"]]));
  const contract = "server/feedback/surveys/surveys.contract.ts";
  const tree = plantTree({ "package.json": '{ "workspaces": ["web", "widget"] }', "package-lock.json": "{}", [contract]: "1", ...files });
  const build = (): Promise<Ended> => run(`import { buildIfStale } from "./build.mjs"; await buildIfStale(${JSON.stringify(tree.root)});`);
  const builds = (name: string): number => readFileSync(join(tree.root, name, "dist/builds"), "utf8").length;

  await build();
  await build();
  expect([builds("web"), builds("widget")]).toEqual([1, 1]);
  writeFileSync(join(tree.root, "web/main.ts"), "2");
  await build();
  expect([builds("web"), builds("widget")]).toEqual([2, 1]);
  writeFileSync(join(tree.root, contract), "2");
  await build();
  expect([builds("web"), builds("widget")]).toEqual([3, 2]);
  writeFileSync(join(tree.root, "web/main.test.ts"), "1");
  await build();
  expect(builds("web")).toBe(3);
  tree.remove();
});

test("a build that fails says why", async () => {
  const tree = plantTree({ "package.json": '{ "workspaces": ["web"] }', "package-lock.json": "{}", "server/a.ts": "", "web/package.json": '{ "name": "web", "scripts": { "build": "echo broken colour && exit 3" } }', "widget/package.json": "{}" });

  const { code, output } = await run(`import { buildIfStale } from "./build.mjs"; await buildIfStale(${JSON.stringify(tree.root)});`);

  expect(code).toBe(1);
  expect(output).toContain("broken colour");
  expect(existsSync(join(tree.root, "web/dist/.sources"))).toBe(false);
  tree.remove();
});

test("a child gets the signals, and its exit code is ours", async () => {
  const inner = 'process.on("SIGTERM", () => process.exit(5)); console.log("ready"); setInterval(() => undefined, 1000);';
  const outer = `import { runInOurPlace } from "./child.mjs"; setTimeout(() => process.kill(process.pid, "SIGTERM"), 1_000); process.exit(await runInOurPlace(process.execPath, ["-e", ${JSON.stringify(inner)}]));`;

  expect(await run(outer)).toEqual({ code: 5, output: "ready\n" });
});
