import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Installation } from "../server/firsthand.make.ts";
import { loadDemo } from "../server/insights/insights.api.ts";
import { listFaults, listFaultsOfLook, openWatchedProduct, signUp } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let installation: Installation;
let page: Page;

beforeAll(async () => {
  watched = await openWatchedProduct();
  ({ installation, page } = watched);
  const workspaceId = await loadDemo(installation.services, { seed: 3, scale: 0.1 });
  // Whoever sets the installation up owns the demo company that was loaded before.
  const { headers } = await signUp(page, installation);
  await page.request.put(`${installation.address}/api/session/workspace`, { data: { workspaceId }, headers, failOnStatusCode: true });
});
afterAll(() => watched.close());

const names = (): Promise<string[]> => page.locator("table tbody tr th button").allInnerTexts();

describe("the register of touchpoints", () => {
  test("proposes what was met, takes a rule with a preview, and is ordered with the keyboard", async () => {
    await page.goto(`${installation.address}/touchpoints`);
    await page.getByText("Met, but not registered").waitFor();
    await page.getByRole("button", { name: "Register E-mail", exact: true }).click();
    await page.locator("table").getByRole("button", { name: "E-mail", exact: true }).waitFor();
    expect((await names()).slice(0, 2)).toEqual(["Shop screen", "Home page"]);
    expect((await names()).at(-1)).toBe("E-mail");
    expect(await listFaultsOfLook(page)).toEqual([]);

    await page.getByRole("button", { name: /^Move Home page/ }).focus();
    await page.keyboard.press("ArrowUp");
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual(["Home page", "Shop screen"]);
    await page.reload();
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual(["Home page", "Shop screen"]);

    await page.getByRole("button", { name: "Add touchpoint" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Outdoor shelf");
    await page.getByRole("button", { name: "Add rule" }).click();
    await page.getByRole("combobox", { name: "Name of the event or page" }).fill("Product Viewed");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Add condition on a property" }).click();
    await page.getByLabel("Field 1").fill("properties.category");
    await page.getByLabel("Value 1").fill("outdoor");
    await page.getByText(/[\d,]+ of the latest 5,000 interactions/).waitFor();
    expect(await page.getByLabel("What the rules match").innerText()).toContain("Product page");
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const row = page.locator("table tbody tr", { hasText: "Outdoor shelf" });
    await row.getByText(/Some data|Measured/).waitFor({ timeout: 30_000 });
    expect(watched.complaints).toEqual([]);
  });

  test("is accessible and fits, in light and dark, on a computer and on a phone", async () => {
    await page.goto(`${installation.address}/touchpoints`);
    await page.getByText("Outdoor shelf").waitFor();
    expect(await listFaults(page)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
