import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation } from "../../firsthand.make.ts";
import { makeStep } from "../maps/document.make.ts";
import type { BoundStep } from "./spots.rules.ts";
import { measureWaits, measureWaitsOfMaps } from "./waits.queries.ts";

let firsthand: Installation;
beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

const CUSTOMERS = 60;
const at = (hour: number): string => new Date(Date.UTC(2026, 5, 1, hour)).toISOString();
const bind = (touchpoint: string, next: number | null): BoundStep => ({ step: makeStep(touchpoint, "stage1", { nextWithinHours: null }), matches: [{ touchpoint, channel: null }], failures: [], next });

test("several maps are measured at once, each with its own share of customers", async () => {
  const { workspaceId } = await firsthand.makeOrganisation();
  await insertInteractions(firsthand.services.db, workspaceId, Array.from({ length: CUSTOMERS }, (_, who) =>
    ["Search", "Basket", "Checkout"].map((touchpoint, hour) => makeInteraction(workspaceId, { subject: `user:person-${who}`, userId: `person-${who}`, touchpoint, at: at(hour * (hour + 1)) }))).flat());
  await firsthand.settle();
  const selection = { workspaceId, fromMs: Date.parse(at(0)), toMs: Date.parse(at(24)), channels: null, customers: null, segments: null };
  const [long, short] = [[bind("Search", 1), bind("Basket", 2), bind("Checkout", null)], [bind("Basket", 1), bind("Checkout", null)]];
  const metOf = (waits: readonly { at: number; met: number }[]): number[] => waits.toSorted((one, other) => one.at - other.at).map(({ met }) => met);

  const { analytics } = firsthand.services;
  const [all = [], third = [], other = []] = await measureWaitsOfMaps(analytics, selection, [{ bound: long, every: 1 }, { bound: short, every: 3 }, { bound: short, every: 1 }]);

  expect(metOf(all)).toEqual([CUSTOMERS, CUSTOMERS, CUSTOMERS]);
  expect(metOf(other)).toEqual([CUSTOMERS, CUSTOMERS]);
  const [share = 0] = metOf(third);
  expect(share).toBeGreaterThan(5);
  expect(share).toBeLessThan(40);
  const byPlace = <Wait extends { at: number }>(waits: readonly Wait[]) => waits.toSorted((one, another) => one.at - another.at);
  const alone = byPlace(await measureWaits(analytics, selection, short, 3));
  expect(byPlace(third).map(({ at: place, met: people, wentOn, medianSeconds }) => [place, people, wentOn, medianSeconds])).toEqual(alone.map(({ at: place, met: people, wentOn, medianSeconds }) => [place, people, wentOn, medianSeconds]));
  expect(third.find((wait) => wait.at === 0)).toMatchObject({ wentOn: share, medianSeconds: 4 * 3_600 });
});
