import { expect, test } from "vitest";
import { measureApart } from "./measuring.ts";
import { seededRandom } from "./resampling.rules.ts";

const random = seededRandom(1);
const table = { columns: [0, 1, 2].map(() => Float64Array.from({ length: 50 }, () => random())), weights: null };
const choices = { missing: "listwise", seed: 1, names: ["a", "b"], ranges: [null, null] } as const;

test("many at once wait for one another, and where enough wait, nobody else does", async () => {
  const measured = await Promise.all(Array.from({ length: 5 }, () => measureApart(table, choices, 1, 3)));
  expect(measured.map((result) => result?.ok ?? null)).toEqual([true, true, true, null, null]);
  expect(await measureApart(table, { ...choices, names: ["a"] }, 1)).toEqual({ ok: false, fault: { fault: "too_few_factors", needed: 2 } });
});

test("a thread that fails is an error, and the next one is measured", async () => {
  await expect(measureApart({ ...table, columns: table.columns.slice(1) }, choices, 1)).rejects.toThrow("a column per factor");
  expect((await measureApart(table, choices, 1))?.ok).toBe(true);
});
