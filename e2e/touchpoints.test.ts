import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertInteractions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import type { Installation } from "../server/firsthand.make.ts";
import { loadDemo } from "../server/insights/insights.api.ts";
import { listFaults, listFaultsOfLook, openWatchedProduct, signUp } from "./watched-page.ts";
import type { PageMember, WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let installation: Installation;
let page: Page;
let workspaceId = "";
let headers: PageMember["headers"];

beforeAll(async () => {
  watched = await openWatchedProduct();
  ({ installation, page } = watched);
  workspaceId = await loadDemo(installation.services, { seed: 3, scale: 0.1 });
  // Whoever sets the installation up owns the demo company that was loaded before.
  ({ headers } = await signUp(page, installation));
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

  test("takes all that was met at once, however long its names, and two spellings as one", async () => {
    const long = `Paid for ${"shoes, ".repeat(30)}and socks`;
    const met = (name: string, stage: string | null = null) => makeInteraction(workspaceId, { name, stage, at: new Date().toISOString(), subject: "user:1", userId: "1" });
    await insertInteractions(installation.services.db, workspaceId, [long, long, long, "Fitting room", "Fitting room", "fitting-room!"].map((name) => met(name)));
    await insertInteractions(installation.services.db, workspaceId, [met("Gift wrapping", "Unwrapping, ".repeat(10))]);
    await installation.settle();
    await page.goto(`${installation.address}/touchpoints`);
    await page.getByRole("button", { name: "Register Fitting room", exact: true }).waitFor();
    await page.getByRole("button", { name: "Register fitting-room!", exact: true }).waitFor();
    await page.getByRole("button", { name: /^Register all/ }).click();
    await page.getByText("Registered. The past is being named anew.").waitFor();
    await page.getByText("Everything that was met in the last 90 days is registered.").waitFor({ timeout: 30_000 });
    const register = await names();
    for (const name of [long, "Fitting room", "Gift wrapping"]) expect(register).toContain(name);
    expect(register).not.toContain("fitting-room!");
    expect(watched.complaints.splice(0).filter((said) => !said.includes("409"))).toEqual([]);
  });

  test("offers the channels of the register in a rule, under the names they have there", async () => {
    const { id } = await (await page.request.post(`${installation.address}/api/places`, { data: { kind: "channel", name: "Counter", alsoCalled: ["store"] }, headers, failOnStatusCode: true })).json();
    await page.goto(`${installation.address}/touchpoints`);
    await page.getByRole("button", { name: "Add touchpoint" }).click();
    await page.getByRole("button", { name: "Add rule" }).click();
    await page.getByRole("dialog").getByRole("combobox", { name: "Channel" }).last().click();
    await page.getByRole("option", { name: "Counter" }).click();
    await page.getByText(/[1-9][\d,]* of the latest [\d,]+ interactions/).waitFor();
    await page.request.delete(`${installation.address}/api/places/${id}`, { headers, failOnStatusCode: true });
    await installation.settle();
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
