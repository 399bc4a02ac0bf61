// Somebody who is cut off in the middle of a word, by a closed tab, a lost line or a server that starts again, loses nothing and is told.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../server/config.ts";
import { startFirsthand, type Firsthand } from "../server/firsthand.ts";
import { makeSetUpLink } from "../server/people/people.api.ts";
import { makeDatabase } from "../server/firsthand.make.ts";
import { openWatchedBrowser, seeAll, type WatchedBrowser } from "./watched-page.ts";

const dataDir = mkdtempSync(join(tmpdir(), "firsthand-data-"));
let database: Awaited<ReturnType<typeof makeDatabase>>;
let firsthand: Firsthand;
let browser: WatchedBrowser;
let page: Page;
let address = "";
let mapPath = "";

/** The same installation again: its database, its folder and, from the second time on, its address. */
const start = (port: string): Promise<Firsthand> =>
  startFirsthand(readConfig({ DATA_DIR: dataDir, PORT: port, LOG_LEVEL: "silent", ANALYTICS_MEMORY_MB: "512", ANALYTICS_THREADS: "1" }), { connectionString: database.connectionString, listen: true });

beforeAll(async () => {
  database = await makeDatabase();
  firsthand = await start("0");
  ({ address } = firsthand);
  browser = await openWatchedBrowser();
  ({ page } = await browser.open({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" }));
  const token = new URL((await makeSetUpLink(firsthand.services)) ?? "").searchParams.get("token");
  await page.request.post(`${address}/api/setup`, { data: { token, workspaceName: "Shop", name: "Olga", email: "owner@firsthand.example", password: "irrelevant password 1" }, failOnStatusCode: true });
  const { csrfToken } = await (await page.request.get(`${address}/api/session`)).json();
  const made = await page.request.post(`${address}/api/maps`, { data: { name: "Getting help", from: { kind: "template", template: "support" } }, headers: { "x-csrf-token": csrfToken }, failOnStatusCode: true });
  mapPath = `/maps/${(await made.json()).id}`;
});
afterAll(async () => {
  await browser.close();
  await firsthand.stop();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const open = async (on: Page): Promise<void> => {
  await on.goto(`${address}${mapPath}`);
  await seeAll(on);
};
const begin = async (on: Page, step: string, words: string): Promise<void> => {
  await on.getByRole("button", { name: `Add to What the customer feels at ${step}`, exact: true }).press("Enter");
  await on.keyboard.type(words);
};
const card = (on: Page, words: string) => on.locator('[data-part^="card:"]', { hasText: words });
const state = (on: Page, saving: string) => on.locator(`[data-saving="${saving}"]`);
const textsOf = async (): Promise<string[]> => (await (await page.request.get(`${address}/api${mapPath}`)).json()).document.cards.map(({ text }: { text: string }) => text);
/** Closes it as a person does, so that it hears of it. */
const close = async (tab: Page): Promise<void> => {
  const closed = tab.waitForEvent("close");
  await tab.close({ runBeforeUnload: true });
  await closed;
};

test("a tab that is closed in the middle of a word leaves it to whoever opens the map next", async () => {
  const tab = await page.context().newPage();
  await open(tab);
  await begin(tab, "Meets a problem", "Caught out, and th");
  await close(tab);
  await open(page);
  await card(page, "Caught out, and th").waitFor();
  await state(page, "saved").waitFor();
  expect((await textsOf()).filter((text) => text.startsWith("Caught out"))).toEqual(["Caught out, and th"]);
}, 60_000);

test("a tab that is closed in the middle of a step's name or fields leaves them to whoever opens the map next", async () => {
  const step = async () => (await (await page.request.get(`${address}/api${mapPath}`)).json()).document.steps.at(-1);
  const write = async (words: (tab: Page) => Promise<void>): Promise<void> => {
    const tab = await page.context().newPage();
    await open(tab);
    await words(tab);
    await close(tab);
    await open(page);
    await state(page, "saved").waitFor();
  };
  await write(async (tab) => {
    await tab.locator('[data-part^="step:"]').last().press("F2");
    await tab.getByRole("textbox", { name: "Name of the step" }).fill("Is asked how it we");
  });
  await expect.poll(step).toMatchObject({ name: "Is asked how it we" });
  for (const [field, words] of [["Description", "Late at ni"], ["The next step within (hours)", "1.5"]] as const) {
    await write(async (tab) => {
      await tab.locator('[data-part^="step:"]').last().press("Enter");
      await tab.getByRole("dialog").getByLabel(field).fill(words);
    });
  }
  await expect.poll(step).toMatchObject({ name: "Is asked how it we", description: "Late at ni", nextWithinHours: 1.5 });
}, 60_000);

test("a tab closed without a line keeps the word on this computer, and the next one sends it", async () => {
  const tab = await page.context().newPage();
  await open(tab);
  await tab.context().setOffline(true);
  await begin(tab, "Reaches us", "Waits in l");
  await close(tab);
  await page.context().setOffline(false);
  await open(page);
  await card(page, "Waits in l").waitFor();
  await state(page, "saved").waitFor();
  expect(await textsOf()).toContain("Waits in l");
}, 60_000);

test("while the server starts again two people draw on: both are told that it is kept here, and nothing of either is lost", async () => {
  const other = await page.context().newPage();
  await open(page);
  await open(other);
  await begin(page, "Helps themselves", "Finds no");
  await firsthand.stop();
  await page.keyboard.type("thing");
  await page.keyboard.press("Escape");
  await begin(other, "Meets a problem", "Angry");
  await other.keyboard.press("Escape");
  for (const on of [page, other]) await state(on, "offline").getByText(/kept here/).waitFor();

  firsthand = await start(new URL(address).port);
  for (const on of [page, other]) {
    await state(on, "saved").waitFor({ timeout: 60_000 });
    for (const words of ["Finds nothing", "Angry"]) await card(on, words).waitFor();
  }
  const texts = await textsOf();
  for (const words of ["Finds nothing", "Angry"]) expect(texts.filter((text) => text === words)).toEqual([words]);
}, 120_000);
