import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeMessages } from "../server/customers/customers.make.ts";
import { insertInteractions } from "../server/customers/customers.api.ts";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation } from "../server/firsthand.make.ts";
import { makeSetUpLink } from "../server/people/people.api.ts";
import { findBrowser } from "../tools/find-browser.ts";

let installation: Installation;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  const { executablePath, args, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  await makeCustomers(await enter());
}, 180_000);
afterAll(async () => {
  await browser.close();
  await installation.stop();
});

const enter = async (): Promise<string> => {
  const token = new URL((await makeSetUpLink(installation.services)) ?? "").searchParams.get("token");
  const data = { token, workspaceName: "Irrelevant", name: "Olga", email: "owner@firsthand.example", password: "irrelevant password 1" };
  expect((await page.request.post(`${installation.address}/api/setup`, { data })).status()).toBe(201);
  const { workspace } = await (await page.request.get(`${installation.address}/api/session`)).json();
  return workspace.id;
};

// Two users who share an address, and a device the second takes over; a third of a company.
const makeCustomers = async (workspaceId: string): Promise<void> => {
  await insertInteractions(installation.services.db, workspaceId, makeMessages(workspaceId, [
    { at: 1, anonymousId: "dev", name: "Looked around" },
    { at: 2, type: "identify", userId: "u1", anonymousId: "dev", traits: { name: "Ada One", email: "ada@example.com", city: "Bonn" } },
    { at: 3, type: "identify", userId: "u2", anonymousId: "dev", traits: { name: "Ada Two", email: "ada@example.com" } },
    { at: 4, anonymousId: "dev", name: "Asked" },
    { at: 5, type: "identify", userId: "u3", traits: { name: "Cleo" } },
    { at: 6, type: "group", userId: "u3", message: { groupId: "acme" }, traits: { name: "Acme", kind: "Company", plan: "pro" } },
  ]));
  await installation.settle();
};

const accessibilityProblems = async (): Promise<string[]> =>
  (await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze())
    .violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
const see = (text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

test("a member finds a customer, merges two, takes it back, writes a call down and erases", async () => {
  await page.goto(`${installation.address}/customers`);
  await page.getByRole("searchbox").fill("ada one");
  await page.getByRole("link", { name: "Ada One" }).click();
  await see("2 interactions since");

  await page.getByRole("button", { name: "Same person" }).click();
  await see("2 interactions change hands.");
  expect(await accessibilityProblems()).toEqual([]);
  await page.getByRole("button", { name: "Do it" }).click();
  await see("4 interactions since");
  await see("Asked");

  await page.getByText("How it came together").click();
  await page.getByRole("button", { name: "Separate: u2 ↔ ada@example.com" }).click();
  await page.getByRole("button", { name: "Do it" }).click();
  await see("2 interactions since");

  await page.getByText("Phone call", { exact: true }).click();
  await page.getByPlaceholder("What was said on the phone").fill("Call back on Monday");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await see("Call back on Monday");
  await see("3 interactions since");
  await see("by Olga");

  await page.getByRole("button", { name: "History of city" }).click();
  await page.getByLabel("Value").fill("Kiel");
  await page.getByRole("button", { name: "Correct it" }).click();
  await see("Kiel");

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Erase this customer" }).click();
  await page.getByRole("textbox", { name: /to confirm/ }).fill("Ada One");
  await page.getByRole("button", { name: "Erase for good" }).click();
  await see(/3 interactions, .* are gone/);
  await expect.poll(() => page.getByRole("link", { name: "Ada One" }).count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("a member looks a group up, sees who belongs to it and opens one of them", async () => {
  await page.goto(`${installation.address}/customers`);
  await page.getByRole("link", { name: "Groups" }).click();
  await page.getByRole("searchbox").fill("nothing of this name");
  await see("No group found for this search");
  await page.getByRole("searchbox").fill("acm");
  await page.getByRole("link", { name: "Acme" }).click();

  await see("Company");
  await see("pro");
  await page.getByRole("link", { name: "Cleo" }).click();
  await see("Identities");
  await page.getByRole("link", { name: "Acme" }).click();
  await see("1 customer");
  expect(complaints).toEqual([]);
});

test.each([
  ["light", 1280], ["dark", 1280], ["light", 390], ["dark", 390],
] as const)("every screen is accessible and fits, %s, %i wide", async (theme, width) => {
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate((scheme) => localStorage.setItem("mantine-color-scheme-value", scheme), theme);
  for (const path of ["/customers?who=all", "/customers/suggestions", "/settings/identity", "/customers/groups", "/customers/groups?search=acm", "/customers?search=Ada%20Two"]) {
    await page.goto(`${installation.address}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    if (path.includes("Ada")) {
      await page.getByRole("link", { name: "Ada Two" }).click();
      await see("Identities");
    }
    if (path.includes("acm")) {
      await page.getByRole("link", { name: "Acme" }).click();
      await see("1 customer");
      await page.getByRole("link", { name: "Cleo" }).waitFor();
    }
    await page.waitForLoadState("networkidle").catch(() => undefined);

    expect(await accessibilityProblems(), path).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBe(0);
  }
});
