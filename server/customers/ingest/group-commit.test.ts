import { describe, expect, test } from "vitest";
import { GroupCommit } from "./group-commit.ts";
import type { Reading } from "./ingest.rules.ts";

type Named = Reading & { name: string };
const one = (name: string, refusals: number = 1): Named => ({ name, rows: [], refusals: Array.from({ length: refusals }, () => ({ reason: "too_deep", detail: "irrelevant", payload: "irrelevant" })) });

describe("a group commit", () => {
  test("writes what comes together in one go and answers only after it", async () => {
    const written: string[][] = [];
    const group = new GroupCommit<Named>({ write: async (readings) => void written.push(readings.map(({ name }) => name)), isOnesFault: () => false });
    const answers = Promise.all([group.commit(one("a")), group.commit(one("b")), group.commit(one("c"))]);
    expect(written).toEqual([]);
    expect(group.waitingEvents).toBe(3);
    await answers;
    expect(written).toEqual([["a", "b", "c"]]);
    expect(group.waitingEvents).toBe(0);
  });

  test("does not let a large request wait for company", async () => {
    const written: number[] = [];
    const group = new GroupCommit<Named>({ write: async (readings) => void written.push(readings.length), isOnesFault: () => false });
    const answer = group.commit(one("large", 50));
    expect(written).toEqual([1]);
    await answer;
  });

  test("lets the one who is at fault fail alone", async () => {
    const group = new GroupCommit<Named>({
      write: async (readings) => {
        if (readings.some(({ name }) => name === "bad")) throw new Error("bad row");
      },
      isOnesFault: () => true,
    });
    const answers = await Promise.allSettled([group.commit(one("a")), group.commit(one("bad")), group.commit(one("c"))]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("tries nobody alone when the database is away", async () => {
    let tries = 0;
    const group = new GroupCommit<Named>({
      write: async () => {
        tries += 1;
        throw new Error("away");
      },
      isOnesFault: () => false,
    });
    const answers = await Promise.allSettled([group.commit(one("a")), group.commit(one("b"))]);
    expect([tries, answers.map(({ status }) => status), group.waitingEvents]).toEqual([1, ["rejected", "rejected"], 0]);
  });

  test("drains: what was accepted is written before it is done", async () => {
    const written: string[] = [];
    const group = new GroupCommit<Named>({
      write: async (readings) => {
        await Promise.resolve();
        for (const { name } of readings) written.push(name);
      },
      isOnesFault: () => false,
    });
    const answers = Array.from({ length: 30 }, (_, index) => group.commit(one(String(index), 100)));
    await group.drain();
    expect(written).toHaveLength(30);
    await Promise.all(answers);
    await group.drain();
  });
});
