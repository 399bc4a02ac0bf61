import type { QueryResultRow } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeInstallation, type Installation } from "../../firsthand.make.ts";
import type { Db } from "../db/db.ts";
import type { AnalyticsWriter } from "./duckdb.ts";
import { startFollower, type StepResult } from "./follower.ts";

let firsthand: Installation;
beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

const writer: AnalyticsWriter = { run: async () => [], append: async () => undefined, transaction: async (work) => work() };

/** A follower of the record whose steps end as told, one after the other, and then with nothing new. */
const follow = (ends: readonly (Partial<StepResult> | Error)[] = [], onAdvance: () => void = () => undefined) => {
  const { db, log } = firsthand.services;
  const looked: string[] = [];
  const stepped: string[] = [];
  const seen: Db = {
    ...db,
    query: async <Row extends QueryResultRow>(sql: string, values?: readonly unknown[]) => {
      const reply = await db.query<Row>(sql, values);
      const horizon: unknown = Reflect.get(Object(reply.rows[0]), "horizon");
      if (typeof horizon === "string") looked.push(horizon);
      return reply;
    },
  };
  const follower = startFollower({
    db: seen, writer, log, onAdvance,
    projection: {
      forget: () => undefined,
      step: async ({ horizon }) => {
        stepped.push(horizon);
        const end = ends[stepped.length - 1] ?? {};
        if (end instanceof Error) throw end;
        return { rows: 0, isBehind: false, isPressed: false, workspaceIds: [], ...end };
      },
    },
  });
  return { follower, looked, stepped };
};
const runsOf = (horizons: readonly string[]): number => horizons.filter((horizon, at) => horizon !== horizons[at - 1]).length;

test("looks at nothing while nothing was written: one step for each horizon, however often it looks", async () => {
  const { follower, looked, stepped } = follow();
  await vi.waitFor(() => expect(looked.length - runsOf(looked)).toBeGreaterThan(8), { timeout: 20_000, interval: 20 });
  await follower.stop();

  expect(stepped.length).toBe(runsOf(stepped));
  expect(stepped).toEqual(looked.filter((horizon, at) => horizon !== looked[at - 1]));
});

test("looks on below the same horizon while it is behind, and again after a step that failed", async () => {
  const { follower, looked, stepped } = follow([{ rows: 5, isBehind: true }, { rows: 5, isBehind: true }, new Error("The store is full."), {}]);
  await vi.waitFor(() => expect(stepped.length).toBeGreaterThanOrEqual(4), { timeout: 20_000, interval: 20 });
  await follower.stop();

  expect(looked.slice(0, 4)).toEqual(stepped.slice(0, 4));
});

test("looks again below the same horizon after what follows a step failed", async () => {
  let told = 0;
  const { follower, looked, stepped } = follow([{ rows: 5 }], () => {
    told += 1;
    throw new Error("Nobody listens.");
  });
  await vi.waitFor(() => expect(looked.length).toBeGreaterThanOrEqual(2), { timeout: 20_000, interval: 20 });
  await vi.waitFor(() => expect(stepped.length).toBeGreaterThanOrEqual(2), { timeout: 20_000, interval: 20 });
  await follower.stop();

  expect([told, ...looked.slice(0, 2)]).toEqual([1, ...stepped.slice(0, 2)]);
});

test("looks again after work was done between two steps, though nobody wrote", async () => {
  const { follower, looked, stepped } = follow();
  for (let round = 0; round < 10; round += 1) {
    const at = { looked: 0, stepped: 0 };
    await follower.exclusively(async () => void Object.assign(at, { looked: looked.length, stepped: stepped.length }));
    await vi.waitFor(() => expect(looked.length).toBeGreaterThan(at.looked + 1), { timeout: 20_000, interval: 10 });
    expect(stepped[at.stepped]).toBe(looked[at.looked]);
  }
  await follower.stop();
});
