import { describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import { demoStatus } from "./demo.contract.ts";
import type { DemoStatus } from "./demo.contract.ts";

describe("removing while it is still loading", () => {
  test.each([
    ["at once", 0],
    ["in the middle", 1],
  ])("%s ends the loading and leaves nothing behind", async (_when, records) => {
    const other = await makeInstallation();
    try {
      const { db, analytics } = other.services;
      const { owner: asker } = await other.makeOrganisation();
      const status = async (): Promise<DemoStatus> => demoStatus.parse((await asker.ask("GET", "/api/demo")).body);

      const { workspaceId: demoId } = demoStatus.parse((await asker.ask("POST", "/api/demo", { scale: 0.3, seed: 3 })).body);
      await expect.poll(async () => (await status()).done, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(records);
      expect(await status()).toMatchObject({ state: "loading" });
      expect((await asker.ask("DELETE", "/api/demo")).body).toMatchObject({ state: "removing" });

      // A failed attempt would come right when it is tried again, and yet be on the page of failed jobs until then.
      const states = new Set<string>();
      const failures = new Set<string>();
      const waiting = async (): Promise<number> => {
        states.add((await status()).state);
        const { rows } = await db.query<{ error: string | null }>("select last_error as error from graphile_worker._private_jobs where payload ->> 'workspaceId' = $1", [demoId]);
        for (const { error } of rows) if (error !== null) failures.add(error);
        return rows.length;
      };
      await expect.poll(waiting, { timeout: 60_000, interval: 20 }).toBe(0);
      expect(await status()).toMatchObject({ state: "none" });
      expect([[...failures], states.has("loading")]).toEqual([[], false]);
      await other.settle();
      const { rows } = await db.query<{ count: number }>(
        `select (select count(*) from customers.interactions where workspace_id = $1) + (select count(*) from customers.perceptions where workspace_id = $1)
              + (select count(*) from feedback.surveys where workspace_id = $1) + (select count(*) from journeys.touchpoints where workspace_id = $1) as count`,
        [demoId],
      );
      const left = await analytics.query("select count(*) as n from experience where workspace_id = cast($1 as uuid)", [demoId]);
      expect([left[0]?.["n"], rows[0]?.count]).toEqual([0, 0]);
    } finally {
      await other.stop();
    }
  });
});
