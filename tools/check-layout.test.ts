import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkLayout } from "./check-layout.ts";
import { plantTree } from "./planted-tree.ts";

// A tree that keeps every rule; each case adds one file that breaks one.
const SOUND = {
  "server/package.json": '{ "exports": { "./*.contract": "./*.contract.ts", "./*.rules": "./*.rules.ts" } }',
  "server/main.ts": "export const main = 1;\n",
  "server/platform/README.md": "# platform\n",
  "server/platform/db/db.api.ts": "export const db = 1;\n",
  "server/platform/db/db.ts": 'export const version = "select version() from platform.migrations";\n',
  "server/customers/README.md": "# customers\n",
  "server/customers/customers.module.ts": "export const customersModule = 1;\n",
  "server/customers/profiles/profiles.ts": "export const readProfile = 1;\n",
  "server/customers/profiles/profiles.rules.test.ts": 'const text = "select a from feedback.surveys";\n',
  "server/customers/profiles/profiles.queries.ts": 'export const sql = "insert into customers.profiles (id) select id from platform.workspaces";\n',
  "server/customers/profiles/migrations/20260101_1000_create_profiles.sql":
    "-- feedback.surveys may be named in a comment\ncreate schema if not exists customers;\ncreate table customers.profiles (id uuid references platform.workspaces (id));\n",
  "server/customers/profiles/migrations/20260101_1000_create_profiles.analytics.sql": "create table experience (id uuid);\n",
  "server/feedback/README.md": "# feedback\n",
  "server/feedback/surveys/surveys.queries.ts": 'export const sql = "select id from customers.published_profiles";\n',
  "web/feedback/feedback.screens.tsx": "export const screens = 1;\n",
  "web/feedback/surveys/SurveyListScreen.tsx": "export const SurveyListScreen = 1;\n",
  "web/feedback/surveys/surveys.data.ts": "export const surveys = 1;\n",
  "web/ui/tokens.ts": "export const tokens = 1;\n",
  "docs/guides/read-the-code.md": "# Read the code\n",
};

const migration = (name: string): string => `server/customers/profiles/migrations/${name}`;

const CASES: readonly (readonly [rule: string, path: string, text: string])[] = [
  ["known-folder", "packages/thing/thing.ts", ""],
  ["known-module", "server/billing/invoices/invoices.ts", ""],
  ["module-readme", "server/cases/handling/handling.ts", ""],
  ["module-readme", "server/customers/README.md", "line\n".repeat(41)],
  ["known-kind", "server/start.ts", ""],
  ["known-kind", "server/platform/db/connections.api.ts", ""],
  ["known-kind", "server/customers/profiles.ts", ""],
  ["known-kind", "server/customers/profiles/profiles.service.ts", ""],
  ["known-kind", "server/customers/profiles/profiles.api.ts", ""],
  ["known-kind", "server/customers/profiles/Profiles.ts", ""],
  ["known-kind", migration("create_profiles.sql"), ""],
  ["two-levels", "server/customers/profiles/parts/part.ts", ""],
  ["two-levels", "web/feedback/surveys/parts/Part.tsx", ""],
  ["known-kind", "web/feedback/surveys/surveys.store.ts", ""],
  ["known-kind", "web/feedback/Survey.tsx", ""],
  ["web-twin", "web/feedback/reviews/ReviewListScreen.tsx", ""],
  ["unique-stamp", "server/feedback/surveys/migrations/20260101_1000_create_surveys.sql", ""],
  ["named-after-a-noun", "web/ui/utils.ts", ""],
  ["named-after-a-noun", "server/customers/profiles/index.ts", ""],
  ["named-after-a-noun", "web/shared/Button.tsx", ""],
  ["file-length", "web/ui/Long.tsx", "export const x = 1;\n".repeat(401)],
  ["percent-sign", "web/feedback/surveys/surveys.texts.ts", 'export const words = { interval: "95 % interval" };\n'],
  ["percent-sign", "web/ui/ui.texts.ts", 'export const words = { share: "{{share}} % of all" };\n'],
  ["no-export-star", "web/ui/everything.ts", 'export * from "./tokens.ts";\n'],
  ["no-switched-off-check", "web/ui/quiet.ts", "// oxlint-" + "disable-next-line no-console\nexport const a = 1;\n"],
  ["no-switched-off-check", "web/ui/silent.ts", "/* eslint" + "-disable */\nexport const a = 1;\n"],
  ["no-switched-off-check", "server/platform/db/unseen.ts", "// dependency-cruiser" + "-disable-next-line\nexport const a = 1;\n"],
  ["no-switched-off-check", "tools/typed.ts", "// @ts-" + "expect-error\nexport const a: string = 1;\n"],
  ["no-switched-off-check", "cli/typed.ts", "// @ts-" + "nocheck\nexport const a = 1;\n"],
  ["server-exports", "server/package.json", '{ "exports": { "./*.contract": "./*.contract.ts", "./main": "./main.ts" } }'],
  ["sql-only-in-queries", "server/customers/profiles/profiles.ts", 'const sql = "select id from customers.profiles";\n'],
  ["sql-only-in-queries", "server/customers/profiles/profiles.routes.ts", "const sql = `\n  with best as (select 1) select * from best`;\n"],
  ["sql-only-in-queries", "server/customers/profiles/profiles.jobs.ts", "const sql = `delete from customers.profiles`;\n"],
  ["sql-only-in-queries", "server/customers/profiles/profiles.rules.ts", "const sql = `update customers.profiles set a = 1`;\n"],
  ["sql-only-in-queries", "server/customers/profiles/profiles.page.ts", "const sql = 'insert into customers.profiles (id) values (1)';\n"],
  ["own-schema", migration("20260102_1000_take_over.sql"), "drop table if exists feedback.surveys;\n"],
  ["own-schema", migration("20260102_1000_take_over.sql"), "create table feedback.notes (id uuid);\n"],
  ["own-schema", migration("20260102_1000_take_over.sql"), "create or replace view feedback.published_surveys as select 1;\n"],
  ["own-schema", migration("20260102_1000_take_over.sql"), "create trigger surveys_changed after update\n  on feedback.surveys execute function notice();\n"],
  ["own-schema", "server/customers/profiles/profiles.queries.ts", "export const sql = `merge into feedback.surveys using a on true`;\n"],
  ["own-schema", "server/customers/profiles/profiles.queries.ts", "export const sql = `truncate table feedback.surveys`;\n"],
  ["own-schema", migration("20260102_1000_take_over.sql"), "alter table feedback.surveys add column a text;\n"],
  ["own-schema", migration("20260102_1000_take_over.sql"), "create schema if not exists feedback;\n"],
  ["own-schema", migration("20260102_1000_take_over.sql"), "create index surveys_name\n  on feedback.surveys (name);\n"],
  ["own-schema", "server/customers/profiles/profiles.queries.ts", "export const sql = `update feedback.surveys set a = 1`;\n"],
  ["own-schema", "server/customers/profiles/profiles.queries.ts", "export const sql = `delete from feedback.surveys`;\n"],
  ["keys-point-to-earlier-modules", migration("20260102_1000_refer.sql"), "create table customers.a (id uuid references feedback.surveys (id));\n"],
  ["reads-published-views", "server/feedback/surveys/surveys.queries.ts", "export const sql = `select 1 from customers.profiles`;\n"],
];

test("a violation is planted for every rule", () => {
  const sources = ["check-layout.ts", "check-sql.ts"].map((name) => readFileSync(join(import.meta.dirname, name), "utf8")).join("\n");
  const rules = new Set([...sources.matchAll(/\brule: "([a-z-]+)"/g)].map(([, rule]) => rule));

  expect(rules).toEqual(new Set(CASES.map(([rule]) => rule)));
});

test("a sound tree has no problems", () => {
  const tree = plantTree(SOUND);

  expect(checkLayout(tree.root)).toEqual([]);
  tree.remove();
});

test.each(CASES)("the rule %s names %s", (rule, path, text) => {
  const tree = plantTree({ ...SOUND, [path]: text });

  const problems = checkLayout(tree.root);

  expect(problems.map((problem) => problem.rule)).toEqual([rule]);
  expect(path.startsWith(problems[0]?.path ?? "-")).toBe(true);
  tree.remove();
});
