import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { checkBudgets } from "./check-budgets.ts";
import { plantTree } from "./planted-tree.ts";

// Random text does not compress: its length stays roughly what it is.
const noise = (bytes: number): string => randomBytes(bytes / 2).toString("hex");
const manifest = (budget: Record<string, unknown>): string => JSON.stringify({ budgets: [{ name: "all", ...budget }] });

test("a bundle within its budget has no problem", () => {
  const tree = plantTree({ "web/package.json": manifest({ files: ["dist/*.js"], gzBytesMax: 2_000 }), "web/dist/a.js": noise(1_000), "web/dist/b.css": noise(9_000) });

  expect(checkBudgets(tree.root, "web").problems).toEqual([]);
  tree.remove();
});

test("a bundle over its budget is named", () => {
  const tree = plantTree({ "web/package.json": manifest({ files: ["dist/*.js"], gzBytesMax: 1_000 }), "web/dist/a.js": noise(1_500), "web/dist/b.js": noise(1_500) });

  expect(checkBudgets(tree.root, "web").problems).toMatchObject([{ rule: "bundle-budget", path: "web/package.json" }]);
  tree.remove();
});

test("a page counts with its script and what that loads at once, and not with what comes later", () => {
  const html = '<html><head><script type="module" crossorigin src="/assets/app.js"></script><link rel="modulepreload" crossorigin href="/assets/part.js"><link rel="icon" href="/icon.svg"></head></html>';
  const files = { "web/dist/index.html": html, "web/dist/assets/app.js": noise(2_000), "web/dist/assets/part.js": noise(2_000), "web/dist/assets/later.js": noise(9_000) };
  const within = plantTree({ ...files, "web/package.json": manifest({ page: "dist/index.html", gzBytesMax: 3_000 }) });
  const over = plantTree({ ...files, "web/package.json": manifest({ page: "dist/index.html", gzBytesMax: 2_000 }) });

  expect(checkBudgets(within.root, "web").problems).toEqual([]);
  expect(checkBudgets(over.root, "web").problems).toHaveLength(1);
  within.remove();
  over.remove();
});

test("a budget that measures nothing is a problem, so that a renamed file cannot escape", () => {
  const tree = plantTree({ "web/package.json": manifest({ files: ["dist/gone.js"], gzBytesMax: 1_000 }) });

  expect(checkBudgets(tree.root, "web").problems).toHaveLength(1);
  tree.remove();
});
