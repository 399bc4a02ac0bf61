// Outcomes in a browser: who buys again by what they felt, who stays, and what a move would be worth.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import { listFaults, openWatchedProduct, seeAll, signUp } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

const DAY_MS = 86_400_000;
let watched: WatchedProduct;
let page: Page;

const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  const { installation } = watched;
  const { workspaceId } = await signUp(page, installation);
  const order = (customer: string, days: number, total: number) =>
    makeInteraction(workspaceId, { subject: `user:${customer}`, userId: customer, name: "Order Completed", at: ago(days), message: JSON.stringify({ properties: { order_id: `${customer}${days}`, total, currency: "EUR" } }) });
  const people = Array.from({ length: 80 }, (_, index) => ({ name: `${index % 2 === 0 ? "fan" : "critic"}-${index}`, isFan: index % 2 === 0, index }));
  await insertInteractions(installation.services.db, workspaceId, [
    ...people.map(({ name, index }) => order(name, 150 + (index % 30), 20)),
    ...people.filter(({ isFan, index }) => isFan || index % 5 === 0).map(({ name, index }) => order(name, 10 + (index % 15), 80 + index)),
  ]);
  await insertPerceptions(installation.services.db, workspaceId, people.map(({ name, isFan }) => makePerception({ subject: `user:${name}`, kind: "nps", value: isFan ? 10 : 3, scaleMin: 0, scaleMax: 10, at: ago(140) })));
  await installation.settle();
});
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

const look = async (query: string): Promise<void> => {
  await page.goto(`${watched.installation.address}/outcomes?${query}`);
  await seeAll(page);
};

describe("the outcomes", () => {
  test("show groups, curves and cohorts, and say what goes with what and what does not follow", async () => {
    await look("days=60");

    await page.getByText("Goes with, not because of").waitFor();
    await page.getByRole("row", { name: /Promoters.*40.*100\.0%/ }).waitFor();
    await page.getByText("The groups differ").waitFor();
    await page.getByRole("table", { name: "Share buying again by first purchase" }).waitFor();
    expect(await listFaults(page)).toEqual([]);
    await page.getByRole("img", { name: /Share of customers still there/ }).focus();
    await page.keyboard.press("End");
    await page.getByText(/^Promoters: /).waitFor();
    await page.getByRole("button", { name: "How outcomes are counted" }).click();
    await page.getByText("Kaplan–Meier").waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("follow the period picked, which leaves the days to come back in, and say when two dates do not", async () => {
    await look("days=60");
    await page.getByRole("button", { name: "Period: Last 12 months" }).click();
    await page.getByRole("button", { name: "Last 30 days" }).click();
    await page.waitForURL(/period=30d/);
    // All bought first five months ago: neither a feeling nor a first purchase is in the thirty days that leave sixty to watch.
    await page.getByText("Nobody said how they felt in this time").waitFor();
    await page.getByText("No customer first bought in this time.").waitFor();
    await look(`days=60&from=${ago(160).slice(0, 10)}&to=${ago(100).slice(0, 10)}`);
    await page.getByRole("row", { name: /^Promoters Few: only a hint/ }).waitFor();
    await look(`days=60&from=${ago(160).slice(0, 10)}&to=${ago(-1).slice(0, 10)}`);
    await page.getByText(/The period reaches up to the last fact/).first().waitFor();
  });

  test("reckon a move by the keyboard, break-even first, and keep what was typed in the address", async () => {
    await look("days=60");

    await page.getByRole("textbox", { name: "What moving them costs" }).fill("500");

    await page.getByText(/\d+ of 40 Detractors/).waitFor();
    await page.waitForURL(/cost=500/);
  });

  test("open the customers of a group, and those of them who did not come back", async () => {
    await look("days=60");

    await page.getByRole("link", { name: "Show the 40 customers: Detractors" }).click();
    await page.getByRole("dialog").getByText("Did not", { exact: true }).click();

    await expect.poll(() => page.getByRole("dialog").getByRole("listitem").count()).toBe(32);
    expect(await listFaults(page, ".mantine-Drawer-content")).toEqual([]);
  });

  test("open the customers of a cell of the cohorts and of a curve on a day, by the keyboard and by their address", async () => {
    await look("days=60&bucket=week");
    const panel = page.getByRole("dialog");
    const cell = page.getByRole("link", { name: /\([1-9]\d* of \d+,.*show the customers$/ }).first();
    const active = /\((\d+) of/u.exec((await cell.getAttribute("aria-label")) ?? "")?.[1] ?? "";
    await cell.focus();
    await page.keyboard.press("Enter");
    await panel.waitFor();
    await expect.poll(() => panel.getByRole("listitem").count()).toBe(Number(active));
    expect(await listFaults(page, ".mantine-Drawer-content")).toEqual([]);

    await look("days=60");
    await page.getByRole("link", { name: "Promoters, 40 still watched on day 0: show the customers" }).click();
    await expect.poll(() => panel.getByRole("listitem").count()).toBe(40);
    await page.reload();
    await expect.poll(() => panel.getByRole("listitem").count()).toBe(40);
    await panel.getByText("Gone before", { exact: true }).click();
    await panel.getByText("Nobody here.").waitFor();

    await look("days=60");
    await page.getByRole("link", { name: "Detractors: 40 customers" }).click();
    await expect.poll(() => panel.getByRole("listitem").count()).toBe(40);
    expect(watched.complaints).toEqual([]);
  });
});
