// A map whose ways part, and part again on a map of its own that is drawn with one click.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { makeLane, makeStage, makeStep } from "../server/journeys/maps/document.make.ts";
import type { MapStep } from "../server/journeys/maps/document.contract.ts";
import { listFaults, openWatchedProduct, seeAll, signUp, type PageMember, type WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let member: PageMember;

const walks = {
  card: "Cart, Card, Thanks", post: "Cart, Invoice, Letter, Thanks", mail: "Cart, Invoice, E-mail, Thanks", round: "Cart, Invoice, Letter, Invoice, Thanks",
};
const hour = 3_600_000;

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  member = await signUp(page, watched.installation);
  // From the cart to the card in two hours, to the invoice in one.
  const rows = Object.entries(walks).flatMap(([who, touchpoints]) => touchpoints.split(", ").map((touchpoint, at) =>
    makeInteraction(member.workspaceId, { subject: `user:${who}`, userId: who, touchpoint, at: new Date(Date.now() - 48 * hour + at * hour * (who === "card" ? 2 : 1)).toISOString() })));
  await insertInteractions(watched.installation.services.db, member.workspaceId, rows);
  await watched.installation.settle();
}, 180_000);
afterAll(() => watched.close());

const step = (id: string, name: string, touchpoints: readonly string[], given: Partial<MapStep> = {}): MapStep =>
  makeStep(id, "stage1", { name, matches: touchpoints.map((touchpoint) => ({ touchpoint, channel: null })), ...given });
const lanes = (["actions", "questions", "motivations", "feelings", "pains", "ideas"] as const).map((kind) => makeLane(`lane${kind}`, { kind, name: kind }));
const way = (number: number) => ({ fork: { id: "fork1", way: number } });
const stepCell = (name: string) => page.getByRole("columnheader", { name: new RegExp(name) });

test("tells of each way who went it and how soon, and of a step drawn in detail what happens within", async () => {
  const steps = [step("cart", "Basket", ["Cart"]), step("card", "By card", ["Card"], way(1)), step("bill", "By invoice", ["Invoice", "Letter"], way(2)), step("done", "Thanked", ["Thanks"])];
  const { body } = await member.ask("POST", "/api/maps", { name: "Buying", from: { kind: "document", document: { stages: [makeStage("stage1", { name: "Buy" })], steps, lanes: [], cards: [], measured: ["volume", "time"] } } });
  await page.goto(`${watched.installation.address}/maps/${String(Reflect.get(Object(body), "id"))}`);
  await seeAll(page);
  await page.getByText("measured from 4 customers").waitFor();
  expect(await stepCell("By card").innerText()).toMatch(/^Either\s*25%\s*went this way/);
  expect(await stepCell("By invoice").innerText()).toMatch(/^or\s*75%\s*went this way/i);
  const toNext = page.getByRole("row", { name: /^Time to next/ }).getByRole("gridcell").or(page.getByRole("row", { name: /^Time to next/ }).getByRole("cell")).first();
  const words = (await toNext.innerText()).replaceAll(/\s+/g, " ");
  expect(words).toContain("to one of the ways, 100% go on");
  expect(words).toContain("By card 2.0 h, n = 1");
  expect(words).toContain("By invoice 60 min, n = 3");
  await stepCell("Basket").getByRole("button", { name: "Basket", exact: true }).press("Enter");
  const panel = page.getByRole("dialog", { name: "Basket" });
  await panel.getByText("Time to By invoice").waitFor();
  await panel.getByText("60 min, n = 3").waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "More about By invoice" }).press("Enter");
  await page.getByRole("menuitem", { name: "Draw in detail" }).press("Enter");
  await page.getByRole("grid", { name: "By invoice (Buying)" }).waitFor();
  await stepCell("Invoice").waitFor();
  await stepCell("Letter").waitFor();
  await page.getByText("measured from 3 customers").waitFor();
  expect(await listFaults(page)).toEqual([]);
  // Here the way parts again: by letter, or by mail.
  await page.getByRole("button", { name: "More about Letter" }).press("Enter");
  await page.getByRole("menuitem", { name: "Add an alternative" }).press("Enter");
  await page.keyboard.type("Mailed");
  await page.keyboard.press("Enter");
  await stepCell("Mailed").getByRole("button", { name: "Mailed", exact: true }).press("Enter");
  await page.getByRole("dialog", { name: "Mailed" }).getByRole("combobox", { name: "Touchpoint", exact: true }).fill("E-mail");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Mailed" }).getByText("Interactions", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => stepCell("Mailed").innerText()).toMatch(/33%\s*went this way/);

  await page.getByRole("link", { name: "Detail of Buying" }).press("Enter");
  await page.getByRole("grid", { name: "Buying", exact: true }).waitFor();
  await page.getByRole("link", { name: "Open its own map" }).waitFor();
  // Five meetings more than the three of the first invoice: what was bound there counts here.
  await stepCell("By invoice").getByRole("button", { name: "By invoice", exact: true }).press("Enter");
  await page.getByRole("dialog", { name: "By invoice" }).getByText(/counts here as well/).first().waitFor();
  await expect.poll(() => page.getByRole("dialog", { name: "By invoice" }).locator("dl").innerText()).toMatch(/Interactions\s+7/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More about By invoice" }).press("Enter");
  await page.getByRole("menuitem", { name: "Rename" }).waitFor();
  expect(await page.getByRole("menuitem", { name: "Draw in detail" }).count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Real beside planned" }).press("Enter");
  await page.getByText("4 of 4").or(page.getByText("100%")).first().waitFor();
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("names the map that shows a step in detail also where that is archived", async () => {
  const draw = async (name: string, childMapId: string | null): Promise<string> => {
    const document = { stages: [makeStage("stage1", { name: "Buy" })], steps: [step("paying", "Pay", [], { childMapId })], lanes: [], cards: [], measured: ["volume"] };
    return String(Reflect.get(Object((await member.ask("POST", "/api/maps", { name, from: { kind: "document", document } })).body), "id"));
  };
  const child = await draw("Paying by card", null);
  const parent = await draw("Paying", child);
  await member.ask("PATCH", `/api/maps/${child}`, { isArchived: true });
  await page.goto(`${watched.installation.address}/maps/${parent}`);
  await seeAll(page);
  await stepCell("Pay").getByRole("button", { name: "Pay", exact: true }).press("Enter");
  const field = page.getByRole("dialog", { name: "Pay" }).getByRole("combobox", { name: "Map of its own" });

  await expect.poll(() => field.inputValue()).toBe("Paying by card (archived)");
  expect(await listFaults(page)).toEqual([]);
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("keeps the card that is written whole in view, however low it lies and however much is written", async () => {
  const steps = ["one", "two", "three"].map((id) => step(`step${id}`, id, []));
  const { body } = await member.ask("POST", "/api/maps", { name: "Low", from: { kind: "document", document: { stages: [makeStage("stage1", { name: "Buy" })], steps, lanes, cards: [], measured: ["volume", "time", "feeling"] } } });
  await page.setViewportSize({ width: 1280, height: 620 });
  await page.goto(`${watched.installation.address}/maps/${String(Reflect.get(Object(body), "id"))}`);
  await seeAll(page);
  const isInView = () => page.getByRole("button", { name: "Done", exact: true }).evaluate((button) => {
    const [box, room] = [button.getBoundingClientRect(), button.closest("table")?.parentElement?.getBoundingClientRect()];
    return box.bottom <= Math.min(window.innerHeight, room?.bottom ?? 0) && box.top >= Math.max(0, room?.top ?? 0);
  });
  for (const lane of ["feelings", "ideas"]) {
    await page.getByRole("button", { name: `Add to ${lane} at three`, exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(isInView).toBe(true);
    await page.keyboard.type("They look for it.");
    for (const _ of [1, 2, 3, 4, 5]) await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("And do not find it.");
    await expect.poll(isInView).toBe(true);
    await page.keyboard.press("Escape");
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(watched.complaints).toEqual([]);
}, 60_000);
