import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDemo } from "../server/insights/insights.api.ts";
import { makeSetUpLink } from "../server/people/people.api.ts";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation } from "../server/firsthand.make.ts";
import { findBrowser } from "../tools/find-browser.ts";

let installation: Installation;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  const workspaceId = await loadDemo(installation.services, { seed: 3, scale: 0.1 });
  const { executablePath, args, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
  page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  await enter(workspaceId);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await installation.stop();
});

// Whoever sets the installation up owns the demo company that was loaded before.
const enter = async (workspaceId: string): Promise<void> => {
  const token = new URL((await makeSetUpLink(installation.services)) ?? "").searchParams.get("token");
  const data = { token, workspaceName: "Irrelevant", name: "Irrelevant", email: "owner@firsthand.example", password: "irrelevant password 1" };
  expect((await page.request.post(`${installation.address}/api/setup`, { data })).status()).toBe(201);
  const { csrfToken } = await (await page.request.get(`${installation.address}/api/session`)).json();
  const moved = await page.request.put(`${installation.address}/api/session/workspace`, { data: { workspaceId }, headers: { "x-csrf-token": csrfToken } });
  expect(moved.ok()).toBe(true);
};

const accessibilityProblems = async (): Promise<string[]> =>
  (await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze())
    .violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
const names = (): Promise<string[]> => page.locator("table tbody tr th button").allInnerTexts();

describe("the register of touchpoints", () => {
  test("proposes what was met, takes a rule with a preview, and is ordered with the keyboard", async () => {
    await page.goto(`${installation.address}/touchpoints`);
    await page.getByText("Met, but not registered").waitFor();
    await page.getByRole("button", { name: "Register E-mail", exact: true }).click();
    await page.locator("table").getByRole("button", { name: "E-mail", exact: true }).waitFor();
    expect((await names()).slice(0, 2)).toEqual(["Shop screen", "Home page"]);
    expect((await names()).at(-1)).toBe("E-mail");
    expect(await accessibilityProblems()).toEqual([]);

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
    expect(await accessibilityProblems()).toEqual([]);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const row = page.locator("table tbody tr", { hasText: "Outdoor shelf" });
    await row.getByText(/Some data|Measured/).waitFor({ timeout: 30_000 });
    expect(complaints).toEqual([]);
  });

  test("is right in the dark and on a phone", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${installation.address}/touchpoints`);
    await page.getByText("Outdoor shelf").waitFor();

    expect(await accessibilityProblems()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(complaints).toEqual([]);
  });
});
