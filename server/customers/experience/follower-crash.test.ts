// The analytics process is killed again and again while rows pour in: afterwards each row is there exactly once, with the right step before.
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation } from "../../firsthand.make.ts";
import { makeInteraction } from "../interactions/interactions.make.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { killAnalytics } from "./kill-analytics.make.ts";

let firsthand: Installation;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

const KILLS = 4;
const BATCHES = 60;
const BATCH_ROWS = 100;

test("killing the analytics process under load loses and doubles nothing", async () => {
  const { workspaceId, owner } = await firsthand.makeOrganisation();
  let isPouring = true;
  const killing = (async () => {
    for (let kill = 0; kill < KILLS && isPouring; kill++) {
      await wait(350 + kill * 90);
      killAnalytics();
    }
  })();
  for (let batch = 0; batch < BATCHES; batch++) {
    const rows = Array.from({ length: BATCH_ROWS }, (_, index) => {
      const number = batch * BATCH_ROWS + index;
      // Every seventh row comes late, and people become known in the middle.
      const minute = number % 7 === 0 ? number - 50 : number;
      const person = number % 23;
      const isKnown = number % 11 === 0;
      return makeInteraction(workspaceId, {
        messageId: `message ${number}`,
        type: isKnown ? "identify" : "track",
        subject: isKnown ? `user:person-${person}` : `anonymous:device-${person}`,
        userId: isKnown ? `person-${person}` : null,
        anonymousId: `device-${person}`,
        touchpoint: `touchpoint ${number % 9}`,
        at: new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString(),
      });
    });
    await insertInteractions(firsthand.services.db, workspaceId, rows);
    await wait(20);
  }
  isPouring = false;
  await killing;

  await vi.waitFor(() => firsthand.settle(), { timeout: 40_000, interval: 300 });

  const [counts] = await firsthand.services.analytics.query("select count(*) as rows, count(distinct id) as ids, count(distinct customer) as customers from experience");
  expect(counts).toEqual({ rows: BATCHES * BATCH_ROWS, ids: BATCHES * BATCH_ROWS, customers: 23 });
  const [wrong] = await firsthand.services.analytics.query(
    `select count(*) as steps from (
       select previous_touchpoint, lag(touchpoint) over (partition by customer order by "at", seq) as expected from experience
     ) steps where previous_touchpoint is distinct from expected`,
  );
  expect(wrong).toEqual({ steps: 0 });
  const { items } = Object((await owner.ask("GET", "/api/customers?limit=100")).body);
  expect(items.reduce((sum: number, customer: { interactions: number }) => sum + customer.interactions, 0)).toBe(BATCHES * BATCH_ROWS);
});
