// Needs from facts as tiles of a board, in a browser: made in the editor, read, and opened down to their cases.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { listFaults, memberOn, openWatchedProduct, seeAll, signUp, takePicture } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

const DAY_MS = 86_400_000;
let watched: WatchedProduct;
let page: Page;

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  const { installation } = watched;
  const { workspaceId } = await signUp(page, installation);
  const call = (place: number, days: number) =>
    makeInteraction(workspaceId, { subject: `user:c${place}`, userId: `c${place}`, name: "Support call", channel: place % 2 === 0 ? "phone" : "chat", at: new Date(Date.now() - days * DAY_MS).toISOString(), message: JSON.stringify({ properties: { reason: "bill" } }) });
  const people = Array.from({ length: 60 }, (_, place) => place);
  // Nothing is known after the last fact, so there is one of today.
  await insertInteractions(installation.services.db, workspaceId, [makeInteraction(workspaceId, { subject: "user:last", name: "Irrelevant", at: new Date().toISOString() }), ...people.map((place) => call(place, 20 + (place % 40))), ...people.filter((place) => place % 2 === 0).map((place) => call(place, 18 + (place % 40)))]);
  await installation.settle();
});
afterAll(() => watched.close());

test("a need from facts is put on a board, shows its share, and opens the cases behind it", async () => {
  await page.goto(`${watched.installation.address}/dashboards`);
  await seeAll(page);
  await page.getByRole("button", { name: /Needs in words and from facts/ }).click();
  const tile = page.getByRole("region", { name: "Had to come back on the same matter", exact: true });
  await tile.getByText("60 cases").waitFor();
  expect(await listFaults(page)).toEqual([]);

  await tile.getByRole("link", { name: /50%.*show the cases/ }).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog");
  await panel.getByRole("heading", { name: "Over time" }).waitFor();
  await expect.poll(() => panel.locator(".facts-cases li").count()).toBe(30);
  expect(await listFaults(page, ".mantine-Drawer-content")).toEqual([]);
  await page.reload();
  await expect.poll(() => panel.locator(".facts-cases li").count()).toBe(30);
  expect(watched.complaints).toEqual([]);
});

test("its groups over time, the spread of its cases and the list of those over the limit are tiles, too", async () => {
  const metric = "fact_repeated_contacts";
  const tiles = [
    { chart: "heat", split: "channel", bucket: "month", place: { x: 0, y: 0, w: 6, h: 4 } }, { chart: "distribution", place: { x: 6, y: 0, w: 3, h: 4 } }, { chart: "answers", place: { x: 9, y: 0, w: 3, h: 4 } },
  ].map((tile) => ({ id: crypto.randomUUID(), metric, period: "90d", ...tile }));
  const { ask } = await memberOn(page, watched.installation);
  const { body } = await ask("POST", "/api/dashboards", { name: "Cases", tiles });
  await page.goto(`${watched.installation.address}/dashboards/${String(Object(body).id)}`);
  const region = (name: RegExp) => page.getByRole("region", { name });
  const cases = region(/^Cases: Had to come back/);
  await expect.poll(() => cases.locator(".facts-cases li").count()).toBe(20);
  await region(/^Spread: /).getByText("50% over the limit").waitFor();
  await region(/^Spread: /).getByText("60 cases").waitFor();
  await seeAll(page);
  expect(await listFaults(page)).toEqual([]);
  await takePicture(page, "dashboard-cases");

  await region(/by channel over time/).getByRole("row", { name: /^Phone/ }).getByRole("link", { name: "100%" }).first().click();
  await page.getByRole("dialog").getByText(/Channel: Phone/).waitFor();
  await page.keyboard.press("Escape");
  await cases.getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: /^c\d+$/ }).waitFor();
  expect(watched.complaints).toEqual([]);
});
