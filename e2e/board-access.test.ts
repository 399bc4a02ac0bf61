// Who of a workspace sees a board, said on the screen.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listFaults, openWatchedProduct, seeAll, signUp, type PageMember, type WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let ask: PageMember["ask"];

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  ({ ask } = await signUp(page, watched.installation));
});
afterAll(() => watched.close());

const made = z.object({ id: z.string() });
const shown = z.object({ access: z.object({ seenBy: z.string(), teams: z.array(z.string()), changeableBy: z.string() }) });

test("a dashboard is given to a team, and then kept to oneself, in words", async () => {
  const team = made.parse((await ask("POST", "/api/teams", { name: "Service desk" })).body).id;
  const board = made.parse((await ask("POST", "/api/dashboards", { name: "Team week", templateId: "glance" })).body).id;
  const access = async () => shown.parse(await (await page.request.get(`${watched.installation.address}/api/dashboards/${board}`)).json()).access;
  await page.goto(`${watched.installation.address}/dashboards/${board}`);

  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("tab", { name: "Members" }).click();
  await page.getByRole("radio", { name: "Certain teams or roles" }).check();
  await page.getByRole("combobox", { name: "Teams" }).click();
  await page.getByRole("option", { name: "Service desk" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Only whose dashboard it is, owners and admins" }).check();
  expect(await listFaults(page, "[role=dialog]")).toEqual([]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(access).toEqual({ seenBy: "chosen", teams: [team], changeableBy: "oneself" });

  await page.getByRole("radio", { name: "Only whose dashboard it is", exact: true }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(async () => (await access()).seenBy).toBe("oneself");
  if (process.env["PICTURES"] !== undefined) await page.screenshot({ path: `${process.env["PICTURES"]}/access.png` });

  await page.goto(`${watched.installation.address}/dashboards`);
  await page.getByText(/^Only .+/u).waitFor();
  await seeAll(page);
  expect(watched.complaints).toEqual([]);
});
