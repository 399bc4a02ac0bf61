import { expect, test } from "vitest";
import { hiddenAtFirst, sortRows } from "./table.ts";

const columns = [
  { key: "name", label: "Name", render: () => null, value: (row: { name: string; score: number | null }) => row.name },
  { key: "score", label: "Score", render: () => null, value: (row: { name: string; score: number | null }) => row.score },
];
const rows = [
  { name: "Order 10", score: null },
  { name: "Order 9", score: 3 },
  { name: "Order 2", score: 11 },
];
const names = (sorted: readonly { name: string }[]) => sorted.map(({ name }) => name);

test("texts with numbers sort as people count", () => {
  expect(names(sortRows(rows, columns, { key: "name", direction: "ascending" }))).toEqual(["Order 2", "Order 9", "Order 10"]);
});

test.each(["ascending", "descending"] as const)("rows without a value stand last when %s", (direction) => {
  expect(names(sortRows(rows, columns, { key: "score", direction })).at(-1)).toBe("Order 10");
});

test("rows keep their order without a sort", () => {
  expect(sortRows(rows, columns, null)).toBe(rows);
});

test.each([
  ["on a computer", false, ["number"]],
  ["on a phone, which has no room for it,", true, ["email", "number"]],
])("%s a column is left out until it is asked for", (_, isPhone, expected) => {
  const column = (key: string, kind = {}) => ({ key, label: key, render: () => null, ...kind });

  expect(hiddenAtFirst([column("name", { isFixed: true }), column("email", { isWide: true }), column("number", { isHiddenAtFirst: true }), column("plan")], isPhone)).toEqual(expected);
});
