import type { Page } from "playwright-core";
import PostalMime from "postal-mime";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makeMessages, makePerception } from "../server/customers/customers.make.ts";
import { listFaults, openWatchedBrowser, openWatchedProduct, seeAll, signUp, type PageMember, type WatchedProduct } from "./watched-page.ts";
import { readPdf } from "./pdf-text.ts";

let watched: WatchedProduct;
let page: Page;
let workspaceId: string;
let ask: PageMember["ask"];

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  ({ workspaceId, ask } = await signUp(page, watched.installation));
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const scores = [10, 9, 8, 3];
  await insertPerceptions(watched.installation.services.db, workspaceId, Array.from({ length: 200 }, (_, index) =>
    makePerception({ at: daysAgo(1 + index * 0.3), value: scores[index % 4] ?? null, channel: index % 5 === 0 ? "shop" : "web" })));
  await watched.installation.settle();
});
afterAll(() => watched.close());

const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const tile = (name: string) => page.getByRole("region", { name, exact: true });
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
/** Chooses by keys. A list drawn anew while it is gone through loses its place: then it is opened once more, as anybody would. */
const choose = async (label: string, option: string): Promise<void> => {
  const box = page.getByRole("combobox", { name: label, exact: true });
  const selected = page.locator("[data-combobox-selected]").filter({ hasText: option });
  await expect
    .poll(
      async () => {
        await box.focus();
        await press("Enter");
        await page.getByRole("option", { name: option, exact: true }).waitFor();
        for (let step = 0; step < 20 && (await selected.count()) === 0; step += 1) await press("ArrowDown");
        await press("Enter");
        return box.inputValue();
      },
      { timeout: 30_000 },
    )
    .toBe(option);
};
const addTile = async (chart: string): Promise<void> => {
  await button("Add tile").first().focus();
  await press("Enter");
  await choose("Drawn as", chart);
  await button("Put on the dashboard").focus();
  await press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
};

test("a board is built by keys alone, kept, opened into its answers, shared with a stranger, hung on a wall and sent by mail", async () => {
  await page.goto(`${watched.installation.address}/dashboards`);
  await button(/^Empty dashboard/).focus();
  await press("Enter");
  await page.getByText("This dashboard has no tiles yet").waitFor();
  await addTile("Number");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Move “NPS”");
  await addTile("Trend");
  await addTile("Groups with interval");

  await button("Move “NPS”").focus();
  await press("ArrowRight");
  await page.getByText("NPS: column 2, row 1, 4 wide, 3 high.").waitFor();
  await press("Control+z");
  await page.getByRole("button", { name: "Move “NPS”" }).focus();
  await press("Shift+ArrowRight");
  await page.getByText("NPS: column 1, row 1, 5 wide, 3 high.").waitFor();
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("textbox", { name: "Name" }).fill("Weekly look");
  await button("Save").focus();
  await press("Enter");
  await button("Edit").waitFor();

  await page.reload();
  await tile("NPS").getByText("+25", { exact: true }).waitFor();
  await tile("NPS by channel").getByRole("link", { name: "Shop" }).waitFor();
  await tile("NPS over time").getByRole("img").waitFor();
  await seeAll(page);
  expect(await listFaults(page)).toEqual([]);

  await tile("NPS by channel").getByRole("link", { name: "Shop" }).click();
  const answers = page.getByRole("dialog", { name: /the answers behind it/ });
  await answers.getByRole("listitem").first().waitFor();
  expect(await answers.getByText("Shop", { exact: false }).count()).toBeGreaterThan(10);
  await press("Escape");
  await answers.waitFor({ state: "detached" });

  await button("Share").click();
  await page.getByRole("textbox", { name: "For whom" }).fill("The board");
  await button("Make a link").click();
  const link = await page.getByLabel("Link", { exact: true }).textContent();
  expect(await listFaults(page, "[role=dialog]")).toEqual([]);
  await page.getByRole("tab", { name: "By mail" }).click();
  await page.getByText("It is not sent to anybody yet.").waitFor();
  await page.getByRole("combobox", { name: "Members" }).click();
  await page.getByRole("option", { name: "Olga" }).click();
  await press("Escape");
  await button("Send it on these days").click();
  await button("Send now").click();
  await press("Escape");

  await seeAsStranger(link ?? "");
  await expectPdf();

  await page.goto(page.url().replace(/\/dashboards\/.*/, "/dashboards/wall"));
  await page.getByRole("combobox", { name: "Dashboards that take turns" }).focus();
  await press("ArrowDown");
  await page.getByRole("option", { name: "Weekly look" }).click();
  await press("Escape");
  await button("Start").click();
  await page.getByRole("region", { name: "Wall mode" }).getByText("+25", { exact: true }).first().waitFor();
  await press("Escape");
  await button("Start").waitFor();
  expect(watched.complaints).toEqual([]);
}, 120_000);

test("a tile is split and filtered by a trait, says where its line is broken, also on paper, and is moved on a phone by its menu", async () => {
  const { services, address, settle } = watched.installation;
  // As many as the mix of channels is judged by, all at one time: so it moves on whatever day of a week this runs.
  const people = Array.from({ length: 40 }, (_, index) => ({ at: 1, type: "identify" as const, userId: `p${index}`, traits: { plan: index < 12 ? "gold" : "free" } }));
  await insertInteractions(services.db, workspaceId, makeMessages(workspaceId, people));
  const weeksAgo = (weeks: number): string => new Date(Date.now() - weeks * 7 * 86_400_000).toISOString();
  await insertPerceptions(services.db, workspaceId, [
    ...people.map(({ userId }, index) => makePerception({ subject: `user:${userId}`, at: weeksAgo(0.1), value: index < 12 ? 10 : 2, channel: "web" })),
    ...Array.from({ length: 120 }, (_, index) => makePerception({ at: weeksAgo(10), value: index % 11, channel: "kiosk" })),
  ]);
  await settle();
  const { id } = z.object({ id: z.string() }).parse((await ask("POST", "/api/dashboards", { name: "By plan" })).body);
  await page.goto(`${address}/dashboards/${id}`);
  await addTile("Trend");
  await button("Add tile").first().click();
  await choose("Drawn as", "Groups with interval");
  await page.getByRole("combobox", { name: "Split by" }).click();
  await page.getByRole("option", { name: "Trait: plan" }).click();
  await page.getByRole("combobox", { name: "A trait" }).click();
  await page.getByRole("option", { name: "plan", exact: true }).click();
  await page.getByRole("combobox", { name: "Trait: plan" }).fill("gold");
  await press("Enter");
  await page.getByRole("combobox", { name: "Trait: plan" }).pressSequentially("gold, from Essen");
  await press("Enter");
  await page.getByRole("dialog").getByText("gold, from Essen", { exact: true }).waitFor();
  await press("Backspace");
  // Nobody asked is known by traits, but what was chosen can still be taken away.
  await page.getByRole("combobox", { name: "Score" }).fill("Response");
  await page.getByRole("option", { name: "Response rate" }).click();
  await page.getByRole("dialog").getByRole("heading", { name: /^Response rate/ }).waitFor();
  expect(await page.getByRole("combobox", { name: "Trait: plan" }).count()).toBe(1);
  await page.getByRole("combobox", { name: "Score" }).fill("NPS");
  await page.getByRole("option", { name: "NPS", exact: true }).click();
  expect(await listFaults(page, "[role=dialog]")).toEqual([]);
  await button("Put on the dashboard").click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByText("Each tile's menu moves it up and down", { exact: false }).waitFor();
  await button("Actions for “NPS by plan”").click();
  await page.getByRole("menuitem", { name: "Move up" }).click();
  await page.getByText("NPS by plan: column 1, row 1", { exact: false }).waitFor();
  expect(await listFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await button("Save").dblclick();
  await tile("NPS by plan").getByText("plan: gold").waitFor();
  const trend = tile("NPS over time");
  await trend.getByText("Do not read the line across these days", { exact: false }).waitFor();
  await expect.poll(() => trend.getByRole("columnheader", { name: "What happened" }).count()).toBe(1);
  expect(await trend.getByRole("listitem").first().isVisible()).toBe(false);
  await page.emulateMedia({ media: "print" });
  await trend.getByRole("listitem").first().waitFor();
  await page.emulateMedia({ media: null });
  await tile("NPS by plan").getByRole("link", { name: "Gold" }).click();
  await page.getByRole("dialog", { name: /the answers behind it/ }).getByRole("listitem").nth(11).waitFor();
  expect(watched.complaints).toEqual([]);
}, 60_000);

// Somebody without an account: nothing to press, no names, and nothing that asks who he is.
const seeAsStranger = async (link: string): Promise<void> => {
  const browser = await openWatchedBrowser();
  try {
    const stranger = await browser.open({ reducedMotion: "reduce" });
    await stranger.page.goto(link);
    await stranger.page.getByRole("region", { name: "NPS", exact: true }).getByText("+25", { exact: true }).waitFor();
    expect(await stranger.page.getByRole("link").count()).toBe(0);
    expect(await listFaults(stranger.page)).toEqual([]);
    expect(stranger.complaints).toEqual([]);
    await stranger.page.goto(link.replace(/\/boards\/.*/, `/boards/${"x".repeat(43)}`));
    await stranger.page.getByText("This link leads nowhere", { exact: true }).waitFor();
    await stranger.page.goto(link.replace(/\/boards\/.*/, `/board-mails/${"x".repeat(43)}`));
    await stranger.page.getByText("This link leads nowhere", { exact: true }).waitFor();
  } finally {
    await browser.close();
  }
};

const expectPdf = async (): Promise<void> => {
  const folder = join(watched.installation.dataDir, "mails");
  const mail = await vi.waitFor(async () => {
    const mails = await Promise.all(readdirSync(folder).map((name) => PostalMime.parse(readFileSync(join(folder, name)))));
    const found = mails.find(({ subject }) => subject?.startsWith("Weekly look"));
    if (found === undefined) throw new Error("No mail has come yet.");
    return found;
  }, { timeout: 60_000, interval: 250 });
  const pdf = mail.attachments.find(({ mimeType }) => mimeType === "application/pdf")?.content ?? "";
  expect(mail.text).toMatch(/Net promoter score\n.*\d+ answers/u);
  const printed = readPdf(Buffer.from(typeof pdf === "string" ? pdf : new Uint8Array(pdf)));
  expect(printed.text).toMatch(/Weeklylook.*NPSovertime.*Shop/u);
  expect(printed.pages).toBeLessThanOrEqual(2);
};
