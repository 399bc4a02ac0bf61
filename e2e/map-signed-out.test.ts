// Nobody loses what is being drawn when the session ends in the middle of it, or when the role is lowered meanwhile.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memberOn, openWatchedProduct, seeAll, signUp, type PageMember, type WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let member: PageMember;
let address = "";
let map = "";

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  address = watched.installation.address;
  member = await signUp(page, watched.installation);
  map = (await (await page.request.post(`${address}/api/maps`, { data: { name: "Getting help", from: { kind: "template", template: "support" } }, headers: member.headers, failOnStatusCode: true })).json()).id;
});
afterAll(() => watched.close());

const add = (on: Page, step: string) => on.getByRole("button", { name: `Add to What the customer feels at ${step}`, exact: true });
const textsOf = async (): Promise<string[]> => (await (await page.request.get(`${address}/api/maps/${map}`)).json()).document.cards.map(({ text }: { text: string }) => text);
const open = async (on: Page): Promise<void> => {
  await on.goto(`${address}/maps/${map}`);
  await seeAll(on);
};

test("a session that ends in the middle of a word loses nothing: it is there after signing in again", async () => {
  await open(page);
  await add(page, "Meets a problem").press("Enter");
  await page.keyboard.type("Caught out");
  await page.keyboard.press("Escape");
  await page.locator('[data-saving="saved"]').waitFor();
  await page.context().clearCookies();
  await add(page, "Helps themselves").press("Enter");
  await page.keyboard.type("Nobody answers, and then");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();

  await page.getByLabel("E-mail").fill("owner@firsthand.example");
  await page.getByLabel("Password", { exact: true }).fill("irrelevant password 1");
  await page.getByRole("button", { name: "Sign in" }).press("Enter");
  await page.getByRole("grid", { name: "Getting help" }).waitFor();
  await page.locator('[data-part^="card:"]', { hasText: "Nobody answers" }).waitFor();
  await page.locator('[data-saving="saved"]').waitFor();
  const texts = await textsOf();
  expect([texts.includes("Caught out"), texts.filter((text) => text.startsWith("Nobody answers"))]).toEqual([true, ["Nobody answers, and then"]]);
}, 60_000);

test("a role that is lowered in the middle says so and keeps what was drawn until it may be sent", async () => {
  const browser = page.context().browser();
  if (browser === null) throw new Error("The page has no browser.");
  member = await memberOn(page, watched.installation);
  const { body } = await member.ask("POST", "/api/invitations", { email: "mary@firsthand.example", role: "agent" });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const other = await context.newPage();
  await other.request.post(`${address}/api/public/invitation`, { data: { token: new URL(String(Object(body).link)).searchParams.get("token"), name: "Mary", password: "irrelevant password 1" }, failOnStatusCode: true });
  await open(other);
  await other.locator('[data-saving="saved"]').waitFor();
  const { items } = await (await page.request.get(`${address}/api/members`)).json();
  const mary = items.find(({ name }: { name: string }) => name === "Mary").id;
  const become = (role: string) => member.ask("PATCH", `/api/members/${mary}`, { role });

  await become("viewer");
  await add(other, "Reaches us").press("Enter");
  await other.keyboard.type("Waits in line");
  await other.keyboard.press("Escape");
  await other.getByRole("button", { name: "Send again" }).waitFor();
  await other.locator('[data-part^="card:"]', { hasText: "Waits in line" }).waitFor();
  expect(await textsOf()).not.toContain("Waits in line");

  await become("agent");
  await other.getByRole("button", { name: "Send again" }).press("Enter");
  await other.locator('[data-saving="saved"]').waitFor();
  expect(await textsOf()).toContain("Waits in line");
  await context.close();
}, 60_000);
