import { dirname } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkDependencies, listDependencyRules } from "./check-dependencies.ts";
import { MODULES } from "./modules.ts";
import type { PlantedTree } from "./planted-tree.ts";
import { plantTree } from "./planted-tree.ts";
import type { Problem } from "./problem.ts";

const repository = dirname(import.meta.dirname);

const imports = Object.fromEntries(MODULES.slice(1).map((name) => [`#${name}`, `./${name}/${name}.api.ts`]));
const apis = Object.fromEntries(MODULES.slice(1).flatMap((name) => [
  [`server/${name}/${name}.api.ts`, `export { ${name} } from "./first/first.ts";\n`],
  [`server/${name}/first/first.ts`, `export const ${name} = 1;\n`],
]));

const webParts = Object.fromEntries(MODULES.slice(1).map((name) => [`web/${name}/${name}.parts.ts`, `export const ${name} = 1;\n`]));

const SOUND: Record<string, string> = {
  "package.json": '{ "name": "planted", "private": true, "type": "module" }',
  "tsconfig.json": '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "allowImportingTsExtensions": true, "noEmit": true } }',
  "server/package.json": JSON.stringify({ name: "@planted/server", type: "module", imports: { "#platform/*": "./platform/*/*.api.ts", ...imports } }),
  "server/platform/db/db.api.ts": 'export { connect } from "./db.ts";\n',
  "server/platform/db/db.ts": 'import pg from "pg";\nexport const connect = () => new pg.Pool();\n',
  "server/platform/http/paging.contract.ts": 'import { z } from "zod";\nexport const paging = z.string();\nexport type Paging = string;\n',
  ...apis,
  ...webParts,
  "server/feedback/surveys/surveys.contract.ts": 'import { z } from "zod";\nimport { paging } from "../../platform/http/paging.contract.ts";\nexport const survey = z.object({ paging });\nexport type Survey = { a: number };\n',
  "server/feedback/surveys/surveys.rules.ts": 'import type { Survey } from "./surveys.contract.ts";\nexport const isOpen = (survey: Survey) => survey.a > 0;\n',
  "server/feedback/surveys/surveys.ts": 'import { connect } from "#platform/db";\nimport { customers } from "#customers";\nimport { isOpen } from "./surveys.rules.ts";\nexport const open = [connect, customers, isOpen];\n',
  "server/feedback/surveys/surveys.test.ts": 'import { makeCustomer } from "../../customers/customers.make.ts";\nexport const made = makeCustomer;\n',
  "server/customers/customers.make.ts": "export const makeCustomer = 1;\n",
  "server/main.ts": 'export { feedback } from "#feedback";\n',
  "text/text.api.ts": 'export { words } from "./words.ts";\n',
  "text/words.ts": "export const words = 1;\n",
  "mining/mining.api.ts": 'export { paths } from "./paths.ts";\n',
  "mining/paths.ts": "export const paths = 1;\n",
  "web/surveys.ts": 'import { survey } from "../server/feedback/surveys/surveys.contract.ts";\nexport const shown = survey;\n',
  "widget/widget.ts": 'import { h } from "preact";\nimport type { Survey } from "../server/feedback/surveys/surveys.contract.ts";\nimport { isOpen } from "../server/feedback/surveys/surveys.rules.ts";\nexport const shown = (survey: Survey) => h("p", null, isOpen(survey));\n',
};

const broken = (name: string): string => `server/feedback/broken/${name}`;

// Each file breaks one rule; all are planted at once, because one run over many files costs as much as one over few.
const PLANTED: Record<string, Record<string, string>> = {
  ...Object.fromEntries(MODULES.slice(0, -1).map((name, place) => [
    `${name}-knows-no-later-module`,
    { [`server/${name}/forward/forward.ts`]: `import { ${MODULES[place + 1]} } from "#${MODULES[place + 1]}";\nexport const forward = ${MODULES[place + 1]};\n` },
  ])),
  ...Object.fromEntries(MODULES.slice(1, -1).map((name, place) => [
    `web-${name}-knows-no-later-module`,
    { [`web/${name}/forward/forward.ts`]: `import { ${MODULES[place + 2]} } from "../../${MODULES[place + 2]}/${MODULES[place + 2]}.parts.ts";\nexport const forward = ${MODULES[place + 2]};\n` },
  ])),
  ...Object.fromEntries(MODULES.slice(1, -1).map((name) => [
    `${name}-only-through-its-api`,
    { [`server/strategy/inside-${name}/inside.ts`]: `import { ${name} } from "../../${name}/first/first.ts";\nexport const inside = ${name};\n` },
  ])),
  "strategy-only-through-its-api": { "server/cases/inside/inside.ts": 'import { strategy } from "../../strategy/first/first.ts";\nexport const inside = strategy;\n' },
  "platform-only-through-its-features": { [broken("platform-inside.ts")]: 'import { connect } from "../../platform/db/db.ts";\nexport const inside = connect;\n' },
  "only-kinds-are-shared-by-file": { [broken("shared.rules.ts")]: 'import { customers } from "../../customers/first/first.ts";\nexport const shared = customers;\n' },
  "rules-are-pure": { [broken("impure.rules.ts")]: 'import { readFileSync } from "node:fs";\nexport const impure = readFileSync;\n' },
  "rules-take-types-of-contracts": { [broken("heavy.rules.ts")]: 'import { survey } from "../surveys/surveys.contract.ts";\nexport const heavy = survey;\n' },
  "contracts-are-shapes": { [broken("fat.contract.ts")]: 'import { open } from "../surveys/surveys.ts";\nexport const fat = open;\n' },
  "only-platform-talks-to-databases": { [broken("driver.queries.ts")]: 'import pg from "pg";\nexport const driver = pg;\n' },
  "browser-and-cli-see-only-contracts-and-rules": { "cli/peek.ts": 'import { open } from "../server/feedback/surveys/surveys.ts";\nexport const peek = open;\n' },
  "server-knows-no-client": { [broken("client.ts")]: 'import { shown } from "../../../web/surveys.ts";\nexport const client = shown;\n' },
  "text-knows-nobody": { "text/curious.ts": 'import { customers } from "../server/customers/customers.api.ts";\nexport const curious = customers;\n' },
  "mining-knows-nobody": { "mining/curious.ts": 'import { customers } from "../server/customers/customers.api.ts";\nexport const curious = customers;\n' },
  "mining-only-through-its-api": { "cli/inside-mining.ts": 'import { paths } from "../mining/paths.ts";\nexport const inside = paths;\n' },
  "text-only-through-its-api": { "cli/inside-text.ts": 'import { words } from "../text/words.ts";\nexport const inside = words;\n' },
  "analytics-process-serves-nobody": {
    "server/analytics-process.ts": 'import { store } from "./analytics-store.ts";\nexport const running = store;\n',
    "server/analytics-store.ts": 'import { routes } from "./routes-of-all.routes.ts";\nexport const store = routes;\n',
    "server/routes-of-all.routes.ts": "export const routes = 1;\n",
  },
  "widget-ships-only-preact": { "widget/heavy.ts": 'import { z } from "zod";\nexport const heavy = z;\n' },
  "widget-takes-types-of-contracts": { "widget/value.ts": 'import { survey } from "../server/feedback/surveys/surveys.contract.ts";\nexport const value = survey;\n' },
  "makers-only-in-tests-and-seed": { [broken("maker.ts")]: 'import { makeCustomer } from "../../customers/customers.make.ts";\nexport const maker = makeCustomer;\n' },
  "no-cycles": {
    [broken("egg.ts")]: 'import type { Hen } from "./hen.ts";\nexport type Egg = { from: Hen };\n',
    [broken("hen.ts")]: 'import type { Egg } from "./egg.ts";\nexport type Hen = { from: Egg };\n',
  },
  "imports-resolve": { [broken("lost.ts")]: 'import { nothing } from "./nowhere.ts";\nexport const lost = nothing;\n' },
};

let tree: PlantedTree;
let problems: Problem[];

beforeAll(async () => {
  tree = plantTree({ ...SOUND, ...Object.assign({}, ...Object.values(PLANTED)) }, repository);
  problems = await checkDependencies(tree.root, repository);
});

afterAll(() => tree.remove());

test("a sound tree has no problems", async () => {
  const sound = plantTree(SOUND, repository);

  expect(await checkDependencies(sound.root, repository)).toEqual([]);
  sound.remove();
});

test("a violation is planted for every rule", async () => {
  const names = await listDependencyRules(repository);

  expect(names.filter((name) => !(name in PLANTED))).toEqual([]);
});

test.each(Object.entries(PLANTED))("the rule %s bites", (rule, files) => {
  const named = problems.filter((problem) => problem.rule === rule).map((problem) => problem.path);

  expect(Object.keys(files).filter((path) => named.includes(path)).length).toBeGreaterThan(0);
});

test("no other file is blamed", () => {
  const blamed = new Set(problems.map((problem) => problem.path));
  const planted = new Set(Object.values(PLANTED).flatMap((files) => Object.keys(files)));

  expect([...blamed].filter((path) => !planted.has(path))).toEqual([]);
});
