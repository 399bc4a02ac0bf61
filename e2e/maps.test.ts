// A map as members draw it together: by keyboard, in two browsers at once, as it is and as it shall be.
import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadDemo } from "../server/insights/insights.api.ts";
import { listFaults, listFaultsOfLook, openWatchedProduct, seeAll, signUp, type PageMember, type WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let member: PageMember;
let address = "";
let mapPath = "";

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  address = watched.installation.address;
  const workspaceId = await loadDemo(watched.installation.services, { seed: 3, scale: 0.1 });
  // Whoever sets the installation up owns the demo company that was loaded before.
  member = await signUp(page, watched.installation);
  await page.request.put(`${address}/api/session/workspace`, { data: { workspaceId }, headers: member.headers, failOnStatusCode: true });
  // The demo company comes with a map; here the first one is drawn by hand.
  const { items } = await (await page.request.get(`${address}/api/maps`)).json();
  for (const { id } of items) await page.request.delete(`${address}/api/maps/${id}`, { headers: member.headers, failOnStatusCode: true });
});
afterAll(() => watched.close());

const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const saved = (on = page) => on.locator('[data-saving="saved"]').waitFor();
const card = (text: string, on = page) => on.locator('[data-part^="card:"]', { hasText: text });
const open = async (path: string, on = page): Promise<void> => {
  await on.goto(`${address}${path}`);
  await seeAll(on);
};
const faultsOf = (part: string): Promise<string[]> => listFaultsOfLook(page, { part });
const state = (name: string) => page.getByRole("radiogroup", { name: "State" }).getByText(name, { exact: true });

test("a map from a template takes cards by keyboard, gives them back and brings them again", async () => {
  await open("/maps");
  await page.getByText("No map yet").waitFor();
  await page.getByRole("button", { name: "New map" }).first().press("Enter");
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Getting help");
  await page.getByRole("radio", { name: /^Getting help/ }).check();
  expect(await faultsOf("[role=dialog]")).toEqual([]);
  await page.getByRole("button", { name: "Create map" }).press("Enter");
  await page.getByRole("grid", { name: "Getting help" }).waitFor();
  mapPath = new URL(page.url()).pathname;

  await page.getByRole("button", { name: "Add to What the customer feels at Helps themselves", exact: true }).press("Enter");
  await page.keyboard.press("Escape");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Add to What the customer feels at Helps themselves");
  await page.locator('[data-stop="stages|0|0"]').focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-stop"))).toBe("steps|0|0");
  await page.getByRole("button", { name: "Add to What the customer feels at Meets a problem", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Caught out");
  await page.getByRole("toolbar", { name: "Feeling" }).getByRole("button", { name: "Very bad", exact: true }).press("Enter");
  expect(await faultsOf("main")).toEqual([]);
  await page.keyboard.press("Escape");
  await card("Caught out").getByText("Very bad").waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Caught out");

  await page.keyboard.press("Alt+ArrowRight");
  const next = page.getByRole("button", { name: "Add to What the customer feels at Meets a problem", exact: true });
  await expect.poll(async () => (await card("Caught out").boundingBox())?.x).toBeGreaterThan((await next.boundingBox())?.x ?? 0);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await card("Caught out").waitFor({ state: "detached" });
  for (const _ of [1, 2]) await page.keyboard.press("Control+Shift+z");
  await card("Caught out").getByText("Very bad").waitFor();
  await saved();

  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.reload();
  await card("Caught out").press("Enter");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Add a photo" }).press("Enter");
  await (await choosing).setFiles({ name: "one.png", mimeType: "image/png", buffer: Buffer.from(onePixel, "base64") });
  await page.getByRole("button", { name: "Take the photo away" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("img", { name: "Photo" }).waitFor();
  await saved();
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("a map shows what was measured, a step what belongs to it, and both are accessible in every look", async () => {
  await open(`${mapPath}?period=all`);
  await page.getByText(/measured from \d+ customers/).waitFor();
  await page.getByRole("table", { name: /Feeling at each step/ }).getByText("Measured").first().waitFor({ state: "attached" });
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("link", { name: /^Open the comment/ }).first().press("Enter");
  await expect.poll(() => page.getByRole("list", { name: "Comments" }).locator(".comment").count()).toBe(1);
  await page.goBack();

  await page.locator('[data-part^="step:"]', { hasText: "Waits for the solution" }).press("Enter");
  const panel = page.getByRole("dialog", { name: "Waits for the solution" });
  await panel.getByText("This step is only drawn.").waitFor();
  await panel.getByRole("combobox", { name: "Touchpoint", exact: true }).fill("Refund");
  await page.keyboard.press("Enter");
  await panel.getByText("Interactions", { exact: true }).waitFor();
  await panel.getByRole("toolbar", { name: "during" }).getByRole("button", { name: "Good", exact: true }).press("Enter");
  await panel.getByLabel("Moment of truth").press("Space");
  await panel.getByRole("textbox", { name: "Comment" }).fill("Whose is this?");
  await expect.poll(() => panel.getByRole("button", { name: "Send" }).isEnabled()).toBe(true);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Cancel" }).press("Enter");
  await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor({ state: "detached" });
  await panel.getByRole("button", { name: "Send" }).press("Enter");
  await panel.getByText("Whose is this?").first().waitFor();
  expect(await faultsOf("[role=dialog]")).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "1 comment" }).press("Enter");
  await page.getByRole("dialog", { name: "Comments" }).getByRole("button", { name: "Resolve" }).press("Enter");
  await page.getByText("No open comment.").waitFor();
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("cards and steps are dragged to another place", async () => {
  await open(mapPath);
  const drag = async (from: Locator, onto: Locator): Promise<void> => {
    await from.scrollIntoViewIfNeeded();
    const [start, end] = [await from.boundingBox(), await onto.boundingBox()];
    await page.mouse.move((start?.x ?? 0) + 20, (start?.y ?? 0) + 10);
    await page.mouse.down();
    await page.mouse.move((end?.x ?? 0) + 30, (end?.y ?? 0) + 10, { steps: 12 });
    await page.mouse.up();
  };
  const column = async (): Promise<string | undefined> => (await card("Tries once more").getAttribute("data-stop"))?.split("|")[1];
  expect(await column()).toBe("0");
  await drag(card("Tries once more"), card("Explains what happened"));
  await expect.poll(column).toBe("2");
  await page.keyboard.press("Control+z");
  await expect.poll(column).toBe("0");

  const names = (): Promise<string[]> => page.locator('[data-part^="step:"]').allInnerTexts();
  const [first = "", second = ""] = await names();
  await drag(page.locator('[data-part^="step:"]').nth(0), page.locator('[data-part^="step:"]').nth(1));
  await expect.poll(async () => (await names()).slice(0, 2)).toEqual([second, first]);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await names()).slice(0, 2)).toEqual([first, second]);
  await saved();
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("how it shall be is drawn on a copy, and what differs is told", async () => {
  await open(`${mapPath}?period=all`);
  await state("To be").click();
  await page.getByRole("dialog").getByRole("button", { name: "Draw the to-be map" }).press("Enter");
  await page.getByRole("heading", { name: "Getting help, to be" }).waitFor();
  expect(new URL(page.url()).searchParams.get("period")).toBe("all");
  await page.locator('[data-part^="step:"]', { hasText: "Meets a problem" }).focus();
  await page.keyboard.press("n");
  await page.keyboard.type("Is told before");
  await page.keyboard.press("Enter");
  await card("Caught out").focus();
  await page.keyboard.press("Delete");
  await card("Caught out").waitFor({ state: "detached" });
  await saved();

  await state("Difference").click();
  const list = page.getByRole("region", { name: "What differs" });
  await list.locator("li", { hasText: "Is told before" }).getByText("new").waitFor();
  await list.locator("li", { hasText: "Caught out" }).getByText("gone").waitFor();
  expect(await listFaults(page, "main")).toEqual([]);
  await state("As is").click();
  await page.getByRole("heading", { name: "Getting help", exact: true }).waitFor();
  await card("Caught out").waitFor();
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("two browsers draw the same map: each sees the other, and what met is decided by a person", async () => {
  const { context, other } = await openOther();
  await open(mapPath);
  await open(mapPath, other);
  const write = async (on: Page, from: string, words: string): Promise<void> => {
    await card(from, on).press("Enter");
    await on.keyboard.press("ControlOrMeta+a");
    await on.keyboard.type(words);
    await on.keyboard.press("Enter");
  };
  await write(other, "Caught out", "Startled");
  await card("Startled").waitFor();

  await page.context().setOffline(true);
  await write(page, "Startled", "Angry");
  await page.locator('[data-saving="offline"]', { hasText: "1 change is kept here" }).waitFor();
  await write(other, "Startled", "Helpless");
  await saved(other);
  await page.context().setOffline(false);
  const conflict = page.getByRole("alert", { name: "Changes that met" });
  await conflict.getByText(/^Olga changed “.+” meanwhile$/).waitFor();
  expect(await conflict.locator("dd").allInnerTexts()).toEqual(["“Helpless”", "“Angry”"]);
  expect(await faultsOf("main")).toEqual([]);
  await conflict.getByRole("button", { name: "Take mine" }).press("Enter");
  await card("Angry", other).waitFor();
  expect(await conflict.count()).toBe(0);
  await context.close();
  expect(watched.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
}, 60_000);

test("an earlier state is looked at and restored, for everybody who has the map open", async () => {
  const { context, other } = await openOther();
  await open(mapPath, other);
  await open(mapPath);
  await page.getByRole("button", { name: "History", exact: true }).press("Enter");
  const began = page.getByRole("dialog", { name: "History" }).locator("li", { hasText: "As it began" });
  await began.getByRole("button", { name: "Look" }).press("Enter");
  await began.getByText("Meets a problem").waitFor();
  expect(await faultsOf("[role=dialog]")).toEqual([]);
  await began.getByRole("button", { name: "Restore" }).press("Enter");
  await page.getByRole("dialog", { name: "Restore this state?" }).getByRole("button", { name: "Restore" }).press("Enter");
  await card("Angry").waitFor({ state: "detached" });
  await card("Angry", other).waitFor({ state: "detached" });
  await context.close();
  expect(watched.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
}, 60_000);

test("a customer is laid on the map, and what she felt is told step by step", async () => {
  const { items } = await (await page.request.get(`${address}/api/customers?who=known&limit=1`)).json();
  await open(`${mapPath}?period=all&customer=${items[0].id}`);
  await page.getByRole("region", { name: "Laid on the map:" }).waitFor();
  await page.getByRole("button", { name: "What was felt here" }).first().press("Enter");
  const panel = page.getByRole("dialog", { name: "Meets a problem" });
  const before = panel.getByRole("group", { name: "before" });
  await before.getByRole("button", { name: "Bad", exact: true }).press("Enter");
  await before.getByRole("textbox").fill("Wants it to work again");
  await before.getByRole("button", { name: "Keep" }).press("Enter");
  await page.getByRole("gridcell").filter({ hasText: "Wants it to work again" }).waitFor({ state: "attached" });
  expect(await faultsOf("[role=dialog]")).toEqual([]);

  // Another member told of the same moment meanwhile: neither account hides the other.
  const told = { customerId: items[0].id, stepId: new URL(page.url()).searchParams.get("step"), phase: "before", evidence: "observed", motivation: "In a hurry" };
  await page.request.post(`${address}/api${mapPath}/accounts`, { data: told, headers: member.headers, failOnStatusCode: true });
  const [first, second] = [0, 1].map((place) => panel.getByRole("group", { name: /^before told by / }).nth(place).getByRole("textbox"));
  await expect.poll(async () => [await first?.inputValue(), await second?.inputValue()]).toEqual(["Wants it to work again", "In a hurry"]);
  await panel.getByRole("button", { name: "Remove what is said of before" }).first().press("Enter");
  await expect.poll(() => before.getByRole("textbox").inputValue()).toBe("In a hurry");
  await page.keyboard.press("Escape");
  await open("/maps");
  expect(await listFaults(page)).toEqual([]);
  expect(watched.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
}, 60_000);

test("a map is drawn from nothing by keys alone, with ways of which customers take one", async () => {
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  const said = (words: string) => page.getByRole("status").getByText(words).waitFor({ state: "attached" });
  const type = async (words: string): Promise<void> => {
    await page.locator("input:focus").waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
    await expect.poll(focused).toContain(words);
  };
  await open("/maps");
  await page.getByRole("button", { name: "New map" }).first().press("Enter");
  await page.getByRole("radio", { name: /^Blank map/ }).press("Space");
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).focus();
  await page.keyboard.type("By keys");
  await page.keyboard.press("Enter");
  await page.locator('[data-stop="stages|0|0"]').press("F2");
  await type("Pay");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("F2");
  await type("Pays online");
  await page.keyboard.press("a");
  await type("Pays in the shop");
  await page.getByRole("columnheader", { name: /^Either.*Pays online/ }).waitFor();
  await page.getByRole("columnheader", { name: /^or.*Pays in the shop/ }).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await said("“Pays in the shop” moved left");
  await page.getByRole("columnheader", { name: /^Either.*Pays in the shop/ }).waitFor();
  await page.keyboard.press("Control+z");
  await said("Undone");
  await page.keyboard.press("n");
  await type("Signs");
  await page.getByRole("columnheader", { name: /^on the same way.*Signs/ }).waitFor();
  expect(await faultsOf("main")).toEqual([]);
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Add lane" }).press("Enter");
  await page.getByRole("menuitem", { name: "Pain points" }).press("Enter");
  await type("What hurts");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.type("The code never comes");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await card("The code never comes").getByText("Bad").waitFor();
  await saved();
  expect(watched.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
}, 60_000);

test("a map goes out as files and comes in again, shows one step in a map of its own, rests in the archive", async () => {
  await open(mapPath);
  const menu = (name: string) => page.getByRole("button", { name: `More about ${name}`, exact: true });
  const save = async (item: string): Promise<string> => {
    await menu("Getting help").press("Enter");
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).press("Enter");
    return readFileSync(await (await download).path(), "utf8");
  };
  expect(await save("Save as Mermaid text")).toMatch(/^journey\n {4}title Getting help\n/);
  const file = await save("Save as JSON");

  await open("/maps");
  await page.getByRole("button", { name: "New map" }).press("Enter");
  await page.getByRole("textbox", { name: "Name" }).fill("From a file");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "From a file" }).press("Enter");
  await (await choosing).setFiles({ name: "help.json", mimeType: "application/json", buffer: Buffer.from(file) });
  await page.getByRole("grid", { name: "From a file" }).waitFor();
  await page.getByRole("columnheader", { name: /Meets a problem/ }).waitFor();

  await page.locator('[data-part^="step:"]', { hasText: "Meets a problem" }).press("Enter");
  await page.getByRole("combobox", { name: "Map of its own" }).fill("By keys");
  await page.getByRole("option", { name: "By keys" }).click();
  await page.keyboard.press("Escape");
  await saved();
  await page.getByRole("link", { name: "Open its own map" }).press("Enter");
  await page.getByRole("grid", { name: "By keys" }).waitFor();

  await menu("By keys").press("Enter");
  await page.getByRole("menuitem", { name: "Archive" }).press("Enter");
  await page.getByText("“By keys” is archived").waitFor();
  await page.getByRole("button", { name: "Add lane" }).waitFor({ state: "detached" });
  await open("/maps?archived=yes");
  await page.getByRole("link", { name: "By keys" }).waitFor();
  expect(watched.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
}, 60_000);

test("a viewer only looks, is seen while she does, and is told when the map is deleted; what was drawn can be kept", async () => {
  const { items } = await (await page.request.get(`${address}/api/maps`)).json();
  const path = `/maps/${items.find(({ name }: { name: string }) => name === "From a file").id}`;
  const { context, other } = await openOther();
  const { body } = await member.ask("POST", "/api/invitations", { email: "vera@firsthand.example", role: "viewer" });
  await context.clearCookies();
  await other.request.post(`${address}/api/public/invitation`, { data: { token: new URL(String(Object(body).link)).searchParams.get("token"), name: "Vera View", password: "irrelevant password 1" }, failOnStatusCode: true });
  await open(path);
  await open(path, other);
  const here = page.getByRole("list", { name: "Also on this map" });
  await here.getByText("Vera View").waitFor({ state: "attached" });
  await other.getByRole("list", { name: "Also on this map" }).getByText("Olga").waitFor({ state: "attached" });
  expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);
  expect(await other.getByRole("button", { name: /^(Add|Undo|More about Meets)/ }).count()).toBe(0);
  await other.locator('[data-part^="step:"]', { hasText: "Meets a problem" }).press("Enter");
  expect(await other.getByRole("textbox", { name: "Description" }).isDisabled()).toBe(true);
  await other.goto(`${address}/maps`);
  await here.waitFor({ state: "detached", timeout: 5_000 });
  const listed = other.getByRole("link", { name: "From a file" });
  await listed.waitFor();

  const [second] = [await page.context().newPage()];
  await open(path, second);
  await second.getByRole("button", { name: "Comments" }).press("Enter");
  await second.getByRole("textbox", { name: "Comment" }).fill("Half a thought");
  await page.request.delete(`${address}/api${path}`, { headers: member.headers, failOnStatusCode: true });
  await listed.waitFor({ state: "detached" });
  await second.getByRole("alert").getByText("“From a file” was deleted").waitFor();
  await second.getByRole("alert").getByText("Olga deleted this map").waitFor();
  await second.locator('[role="alert"]:focus', { hasText: "1 thing you wrote had not been saved" }).getByText("Half a thought").waitFor();
  expect(await listFaultsOfLook(second, { part: "main" })).toEqual([]);
  await second.getByRole("button", { name: "Keep it as a new map" }).press("Enter");
  await second.getByText("1 thing is not on the new map").waitFor();
  await second.getByRole("button", { name: "Open the new map" }).press("Enter");
  await second.getByRole("grid", { name: "From a file" }).waitFor();
  await second.close();
  await context.close();
  expect(watched.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
}, 60_000);

const openOther = async () => {
  const browser = page.context().browser();
  if (browser === null) throw new Error("The page has no browser.");
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", storageState: await page.context().storageState() });
  return { context, other: await context.newPage() };
};
