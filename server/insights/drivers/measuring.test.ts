import { expect, test } from "vitest";
import { measureApart } from "./measuring.ts";
import { seededRandom } from "./resampling.rules.ts";

const random = seededRandom(1);
const table = { columns: [0, 1, 2].map(() => Float64Array.from({ length: 50 }, () => random())), weights: null };
const choices = { missing: "listwise", seed: 1, names: ["a", "b"], ranges: [null, null] } as const;

test("many at once wait for one another, and where enough of one workspace wait, no more of it do", async () => {
  const measured = await Promise.all(Array.from({ length: 7 }, () => measureApart("one", table, choices, 1)));
  // The first is measured and waits no longer.
  expect(measured.map((result) => result?.ok ?? null)).toEqual([true, true, true, true, true, true, null]);
  expect(await measureApart("one", table, { ...choices, names: ["a"] }, 1)).toEqual({ ok: false, fault: { fault: "too_few_factors", needed: 2 } });
});

test("a workspace in which many ask lets the others take their turn", async () => {
  const done: string[] = [];
  const ask = async (workspace: string): Promise<void> => {
    await measureApart(workspace, table, choices, 1);
    done.push(workspace);
  };

  await Promise.all([ask("busy"), ask("busy"), ask("busy"), ask("busy"), ask("other"), ask("third"), ask("other")]);

  expect(done).toEqual(["busy", "busy", "other", "third", "busy", "other", "busy"]);
});

test("a thread that fails is an error, and the next one is measured", async () => {
  await expect(measureApart("one", { ...table, columns: table.columns.slice(1) }, choices, 1)).rejects.toThrow("a column per factor");
  expect((await measureApart("one", table, choices, 1))?.ok).toBe(true);
});
