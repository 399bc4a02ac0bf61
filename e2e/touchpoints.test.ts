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
    await page.getByRole("combobox", { name: "Team" }).fill("Shops");
    await page.getByRole("textbox", { name: "Steps" }).fill("3");
    await page.getByRole("textbox", { name: "Minutes" }).fill("12");
    await page.getByRole("combobox", { name: "Documents" }).fill("Receipt");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const row = page.locator("table tbody tr", { hasText: "Outdoor shelf" });
    await row.getByText(/Some data|Measured/).waitFor({ timeout: 30_000 });
    expect(await row.innerText()).toMatch(/Other · Shops[^]*3 steps · 12 min · 1 document/);
    expect(watched.complaints).toEqual([]);
  });

  test("is accessible and fits, in light and dark, on a computer and on a phone", async () => {
    await page.goto(`${installation.address}/touchpoints`);
    await page.getByText("Outdoor shelf").waitFor();
    expect(await listFaults(page)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});

describe("the rest of the register", () => {
  test("takes stages from the data, orders them with the keyboard, and marks what was never met", async () => {
    await page.goto(`${installation.address}/touchpoints`);
    await page.getByRole("link", { name: "Stages" }).click();
    await page.getByText("No stage registered yet").waitFor();
    await page.getByRole("button", { name: /^Register all/ }).click();
    await page.getByText("Everything that was met is registered.").waitFor();
    const stages = page.locator("ol.sortable li");
    await page.getByRole("button", { name: "Add stage" }).click();
    await page.getByLabel("Name", { exact: true }).fill("<b>Dream</b>");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await stages.filter({ hasText: "<b>Dream</b>" }).getByText("Never met").waitFor();
    const before = await stages.count();

    await stages.filter({ hasText: "<b>Dream</b>" }).locator(".sortable-handle").focus();
    await page.keyboard.press("Space");
    await page.getByText(/^<b>Dream<\/b> is lifted/).waitFor({ state: "attached" });
    const isMoved = page.getByText(`<b>Dream</b> is now number ${before - 1} of ${before}.`);
    await expect.poll(async () => {
      // It begins to listen for arrows a moment after it was lifted.
      if ((await isMoved.count()) === 0) await page.keyboard.press("ArrowUp");
      return isMoved.waitFor({ state: "attached", timeout: 2_000 }).then(() => true, () => false);
    }).toBe(true);
    await page.keyboard.press("Space");
    await expect.poll(() => stages.nth(before - 2).innerText()).toContain("<b>Dream</b>");
    expect(await listFaults(page)).toEqual([]);

    await page.getByRole("link", { name: "Products" }).click();
    await page.getByText(/^In the latest [\d,]+ messages$/).waitFor();
    await page.getByText("Met, but not registered").waitFor();
    expect(await page.locator(".entry-name").count()).toBeGreaterThan(3);
    expect(await listFaultsOfLook(page)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});

describe("the channels", () => {
  test("show their use, moves between them, contact effort, and who is active where and when", async () => {
    await page.goto(`${installation.address}/channels?period=12m`);
    const use = page.getByRole("region", { name: "How each channel is used" });
    await use.getByRole("row", { name: /^Store/ }).waitFor();
    await page.getByText(/^Busiest: /).waitFor();
    await page.getByText(/^Most frequent change: /).waitFor();
    expect(await page.getByRole("region", { name: "Contact effort" }).innerText()).toMatch(/Support call/);

    await page.getByLabel(/^Meetings belong to one journey/).selectOption("30");
    await expect.poll(() => new URL(page.url()).searchParams.get("gap")).toBe("30");
    await page.getByRole("button", { name: "What these numbers mean" }).click();
    await page.getByText("less than 4 hours apart").waitFor();
    await page.keyboard.press("Escape");
    expect(await listFaults(page)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
