import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compareSnapshot, describeTables } from "./check-snapshots.ts";
import { plantTree } from "./planted-tree.ts";

const path = "docs/guides/errors.md";

test("a description that matches has no problem", () => {
  const tree = plantTree({ [path]: "one\ntwo\n" });

  expect(compareSnapshot(tree.root, path, "one\ntwo\n", false)).toEqual([]);
  tree.remove();
});

test.each([
  ["has changed", "one\n2\n", 'line 2: "2" should be "two"'],
  ["lacks a line", "one\n", 'line 2: "" should be "two"'],
  ["has a line too many", "one\ntwo\nthree\n", 'line 3: "three" should be ""'],
])("a description that %s is stale, and the place is named", (_what, known, place) => {
  const tree = plantTree({ [path]: known });

  expect(compareSnapshot(tree.root, path, "one\ntwo\n", false)).toMatchObject([{ rule: "snapshot-up-to-date", path, message: expect.stringContaining(place) }]);
  expect(readFileSync(join(tree.root, path), "utf8")).toBe(known);
  tree.remove();
});

test("of a long line only what differs is shown", () => {
  const tree = plantTree({ [path]: `${"a".repeat(9_000)}b${"c".repeat(9_000)}\n` });

  const [fault] = compareSnapshot(tree.root, path, `${"a".repeat(9_000)}d${"c".repeat(9_000)}\n`, false);

  expect(fault?.message).toContain("ab");
  expect(fault?.message).toContain("ad");
  expect(fault?.message.length).toBeLessThan(600);
  tree.remove();
});

test("a description that is not there is stale, and writing makes it", () => {
  const tree = plantTree({ "docs/guides/other.md": "" });

  expect(compareSnapshot(tree.root, path, "one\n", false)).toMatchObject([{ rule: "snapshot-up-to-date" }]);
  expect(compareSnapshot(tree.root, path, "one\n", true)).toEqual([]);
  expect(compareSnapshot(tree.root, path, "one\n", false)).toEqual([]);
  tree.remove();
});

test("a new migration makes the description of the tables stale", async () => {
  const folder = "server/people/members/migrations";
  const first = { [`${folder}/20260101_1000_create_teams.sql`]: "create schema if not exists people;\ncreate table people.teams (id uuid primary key);\n" };
  const before = plantTree(first);
  const known = await describeTables(before.root);
  before.remove();
  const tree = plantTree({ ...first, [`${folder}/20260102_1000_name_teams.sql`]: "alter table people.teams add column name text not null;\n", "server/schema.snapshot.sql": known });

  expect(known).toContain("table people.teams");
  expect(compareSnapshot(tree.root, "server/schema.snapshot.sql", await describeTables(tree.root), false)).toMatchObject([
    { rule: "snapshot-up-to-date", path: "server/schema.snapshot.sql", message: expect.stringContaining("name text not null") },
  ]);
  tree.remove();
});
