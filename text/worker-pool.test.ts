import { afterEach, describe, expect, test } from "vitest";
import { openWorkerPool, type WorkerPool } from "./worker-pool.ts";

type Parts = readonly (number | string)[];
let pool: WorkerPool<Parts>;
afterEach(() => pool.close());

const open = (size = 2, file = "hostile-worker.make.ts"): WorkerPool<Parts> =>
  (pool = openWorkerPool<Parts>({ file: new URL(file, import.meta.url), size, partMs: 500, taskMs: 1_000, workerData: "a gift" }));

const tasks = async function* (list: readonly Parts[], seen: (index: number) => void = () => undefined): AsyncGenerator<Parts> {
  for (const [index, task] of list.entries()) {
    seen(index);
    yield task;
  }
};

const collect = async (results: AsyncIterable<Parts | null>): Promise<(Parts | null)[]> => {
  const list: (Parts | null)[] = [];
  for await (const result of results) list.push(result);
  return list;
};

describe("a pool of workers", () => {
  test("gives results in the order of the tasks, and workers what they were to have", async () => {
    const results = await collect(open().runAll(tasks([[1], [2, 3], ["given"], [4]])));

    expect(results).toEqual([[2], [4, 6], ["a gift"], [8]]);
  });

  test("takes no more tasks than it can do soon", async () => {
    let taken = 0;
    const results = open().runAll(tasks(Array.from({ length: 50 }, (_, index) => [index]), () => (taken += 1)));
    await results.next();
    await new Promise((resolve) => setImmediate(resolve));

    expect(taken).toBeLessThan(8);
    await results.return(null);
  });

  test("leaves out the parts that make a worker stall, die or throw, and nothing else", async () => {
    const results = await collect(open().runAll(tasks([[1, "stall", 2], [3], [4, "throw", "die", 5], [6]])));

    expect(results).toEqual([[2, "left out", 4], [6], [8, "left out", "left out", 10], [12]]);
  });

  test.each(["stall", "throw", "die"])("finds the part that makes a worker %s where nobody said at which it was", async (fault) => {
    expect(await open(1).run([1, `hidden ${fault}`, 2])).toEqual([2, "left out", 4]);
  });

  test("leaves out only what is wrong where much is", async () => {
    const parts = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? index : index < 20 ? "throw" : "stall"));

    expect(await open(1).run(parts)).toEqual(parts.map((part) => (typeof part === "number" ? part * 2 : "left out")));
  });

  test("waits for a part that takes long and goes on", async () => {
    expect(await open(1).run([1, "slow", 2])).toEqual([2, "slow", 4]);
  });

  test("waits for a part that says beforehand that it takes long, and for none after it", async () => {
    expect(await open(1).run([1, "silent", "stall", 2])).toEqual([2, "silent", "left out", 4]);
  });

  test("leaves out the rest of a task in which very many parts are wrong, and does the next", async () => {
    const parts = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? index : "throw"));
    const [done, next] = await Promise.all([open(1).run(parts), pool.run([1])]);

    // Sixty that are wrong lie among the first 120.
    expect(done).toEqual(parts.map((part, index) => (typeof part === "number" && index < 120 ? part * 2 : "left out")));
    expect(next).toEqual([2]);
  });

  test("gives up a task that fails whatever is left out", async () => {
    expect(await open(1, "hopeless-worker.make.ts").run([1])).toBeNull();
    expect(await pool.run([1])).toBeNull();
  });

  test("says why when its workers cannot start, and refuses tasks once closed", async () => {
    await expect(open(1, "no-such-worker.ts").run([1])).rejects.toThrow("no-such-worker");
    await expect(pool.run([1])).rejects.toThrow("no-such-worker");
    const other = open(1);
    await other.close();
    await expect(other.run([1])).rejects.toThrow("closed");
  });
});
