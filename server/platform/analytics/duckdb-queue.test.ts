import { afterAll, beforeAll, expect, test } from "vitest";
import { openDuckDb, type DuckDb } from "./duckdb.ts";

let duck: DuckDb;

beforeAll(async () => {
  duck = await openDuckDb(":memory:", { memoryMb: 256, threads: 1 });
});
afterAll(() => duck.close());

const ask = (sql: string, limits: { timeoutMs?: number; queueMs?: number } = {}) => duck.query(sql, [], { timeoutMs: 60_000, queueMs: 60_000, limitRows: 10, ...limits });

test("what nobody waits for any more is not worked out when its turn comes, and holds up none behind it", async () => {
  const endless = "select count(*) from range(100000000) one, range(100000000) other";
  // As many as there are readers.
  const long = [ask(endless, { timeoutMs: 300 }), ask(endless, { timeoutMs: 300 })];
  const left = ask(endless, { timeoutMs: 300, queueMs: 20 });
  const patient = ask("select 1 as one");

  const answers = await Promise.allSettled([...long, left, patient]);
  expect(answers.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))).toEqual([expect.stringContaining("INTERRUPT"), expect.stringContaining("INTERRUPT"), "Error: too many questions were waiting", [{ one: 1 }]]);
});
