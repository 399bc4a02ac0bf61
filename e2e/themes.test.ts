// What customers write about, as a member meets it: from the comments to a theme, and what people do with themes.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Page } from "playwright-core";
import { insertPerceptions } from "../server/customers/customers.api.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import type { Organisation } from "../server/firsthand.make.ts";
import { joinAs, listFaults, listFaultsOfLook, openWatchedProduct, seeAll, type WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let organisation: Organisation;

const things = [["parcel", "courier", "doorstep", "delivery van"], ["car park", "ticket machine", "barrier", "parking space"], ["password", "login page", "verification code", "email link"]];
const states = [["arrived late", "left outside", "missed", "damaged"], ["full", "expensive", "out of order", "narrow"], ["expired", "rejected", "locked", "resend"]];
const write = (index: number): string => {
  const [subject, at] = [index % 3, Math.floor(index / 3)];
  const pick = (from: readonly string[][], step: number): string => from[subject]?.[Math.floor(at / step) % 4] ?? "";
  return `The ${pick(things, 1)} and the ${pick(things, 2)} was ${pick(states, 3)}, ${pick(states, 5)} ${["again", "", "for me"][at % 3] ?? ""}.`;
};

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  const { installation } = watched;
  organisation = await installation.makeOrganisation();
  const now = Date.now();
  await insertPerceptions(installation.services.db, organisation.workspaceId, Array.from({ length: 420 }, (_, index) =>
    makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, text: write(index), at: new Date(now - (index % 80) * 86_400_000 - 3_600_000).toISOString() })));
  await joinAs("manager", page, installation, organisation);
  await vi.waitFor(expectFound, { timeout: 60_000, interval: 250 });
  await installation.settle();
}, 120_000);
afterAll(() => watched.close());

const expectFound = async (): Promise<void> => expect((await organisation.viewer.ask("GET", "/api/themes")).body).toMatchObject({ count: 420, discovery: { state: "done" } });

const open = async (path: string): Promise<void> => {
  await page.goto(`${watched.installation.address}${path}`);
  await seeAll(page);
};
const cards = () => page.getByRole("list", { name: "Themes" }).locator("> li");
const named = (name: string) => cards().filter({ has: page.getByRole("heading", { name, exact: true }) });

test("a theme beside the comments narrows them, and takes the way back", async () => {
  await open("/comments");
  expect(await listFaults(page, ".card:has(.theme-rows)")).toEqual([]);
  const rows = page.getByRole("table", { name: /Themes of the comments/ }).getByRole("rowheader");
  const name = await rows.first().getByRole("link").innerText();

  await rows.first().getByRole("link").click();
  await page.waitForURL(/theme=/);
  await page.locator(".active-filters").getByText(name).waitFor();
  await rows.first().getByRole("link").click();
  await page.waitForURL((url) => !url.search.includes("theme="));
});

test("themes are named where they stand, merged and taken apart, hidden and made, by keyboard", async () => {
  await open("/themes");
  expect(await listFaults(page)).toEqual([]);
  const [first, second] = await cards().getByRole("heading").allInnerTexts();

  await page.getByRole("button", { name: `Rename ${first}`, exact: true }).press("Enter");
  await page.getByRole("textbox", { name: `Name of the theme ${first}` }).fill("First of all");
  await page.keyboard.press("Enter");
  await named("First of all").waitFor();

  await page.getByRole("button", { name: `What to do with ${second}`, exact: true }).press("Enter");
  await page.getByRole("menuitem", { name: "Merge into another theme" }).press("Enter");
  await page.getByRole("combobox", { name: "Into which theme" }).fill("First of all");
  await page.getByRole("option", { name: "First of all" }).click();
  await page.getByRole("button", { name: "Merge", exact: true }).press("Enter");
  await named(second ?? "").waitFor({ state: "detached" });
  await named("First of all").getByText(`+ ${second}`).waitFor();
  await page.getByRole("button", { name: "Undo" }).first().press("Enter");
  await named(second ?? "").waitFor();

  await page.getByRole("button", { name: `What to do with ${second}`, exact: true }).press("Enter");
  await page.getByRole("menuitem", { name: "Hide" }).press("Enter");
  await named(second ?? "").waitFor({ state: "detached" });
  await page.getByText("Hidden", { exact: true }).click();
  await named(second ?? "").waitFor();
  await page.getByText("Shown", { exact: true }).click();

  await page.getByRole("button", { name: "Make a theme" }).press("Enter");
  await page.getByRole("textbox", { name: "Name" }).fill("Vans");
  await page.getByRole("textbox", { name: "Words and expressions" }).fill("delivery van\nlorry");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await named("Vans").getByRole("link", { name: /Read its comments: Vans/ }).waitFor();
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("a theme dropped on another is merged with it once that is confirmed, and can be taken back", async () => {
  await open("/themes");
  const [first = "", second = ""] = await cards().getByRole("heading").allInnerTexts();
  const drag = async (name: string, onto: string): Promise<void> => {
    await named(name).locator(".drop-onto-handle").hover();
    await page.mouse.down();
    const box = await named(onto).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 60, { steps: 8 });
    await page.locator(".drop-onto-over").getByRole("heading", { name: onto, exact: true }).waitFor();
    await page.mouse.up();
  };
  const dialog = page.getByRole("dialog", { name: `Merge “${second}” into “${first}”?` });

  await drag(second, first);
  await dialog.getByText(new RegExp(`comments? of “${second}”.* count for “${first}” from now on.*you can take it back`)).waitFor();
  expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await named(second).count()).toBe(1);

  await drag(second, first);
  await dialog.getByRole("button", { name: "Merge", exact: true }).click();
  await named(second).waitFor({ state: "detached" });
  await named(first).getByText(`+ ${second}`).waitFor();
  await page.getByRole("button", { name: "Undo" }).first().click();
  await named(second).waitFor();
  expect(watched.complaints).toEqual([]);
}, 60_000);
