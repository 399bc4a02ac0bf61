// A person finds an event that was refused, mends it and sends it again.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Installation } from "../server/firsthand.make.ts";
import { listFaultsOfLook, openWatchedProduct, signUp } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let installation: Installation;
let page: Page;
beforeAll(async () => {
  watched = await openWatchedProduct();
  ({ installation, page } = watched);
  await page.emulateMedia({ colorScheme: "dark" });
});
afterAll(() => watched.close());

const signInWithKey = async (): Promise<string> => {
  const { headers } = await signUp(page, installation);
  const made = await page.request.post(`${installation.address}/api/keys`, { data: { kind: "write", name: "Shop" }, headers });
  return z.object({ token: z.string() }).parse(await made.json()).token;
};

test("a refused event is found, mended and sent again, on a computer in the dark and with the keyboard", async () => {
  const writeKey = await signInWithKey();
  await page.goto(`${installation.address}/settings/refused-events`);
  await page.getByText("Nothing was refused").waitFor();
  const batch = [{ type: "track", userId: "42", messageId: "mended-1", properties: { note: "<img src=x onerror=alert(1)>" } }, { type: "teleport", userId: "7", messageId: "given-up-1" }];
  await page.request.post(`${installation.address}/v1/batch`, { data: { batch }, headers: { authorization: `Bearer ${writeKey}` } });

  await page.reload();
  await page.getByText("A track event needs its name").click();
  const field = page.getByLabel("The event, as JSON");
  await field.waitFor();
  expect(await listFaultsOfLook(page)).toEqual([]);
  await field.fill("{");
  await page.getByText("This is not JSON").waitFor();
  await field.fill(JSON.stringify({ ...batch[0], event: "Mended" }));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("The event is on its timeline").waitFor();

  await page.getByRole("button", { name: "Give 1 up" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Give up" }).click();
  await page.getByText("Nothing was refused").waitFor();
  expect(await listFaultsOfLook(page)).toEqual([]);
  const { rows } = await installation.services.db.query<{ name: string }>("select name from customers.interactions where message_id in ('mended-1', 'given-up-1')");
  expect(rows.map(({ name }) => name)).toEqual(["Mended"]);
  expect(watched.complaints).toEqual([]);
});
