// Needs from facts as tiles of a board, in a browser: made in the editor, read, and opened down to their cases.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { listFaults, openWatchedProduct, seeAll, signUp } from "./watched-page.ts";
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
