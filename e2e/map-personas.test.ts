// A map drawn for a persona: one of the workspace, which it follows, or one made up until it becomes one.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listFaultsOfLook, openWatchedProduct, seeAll, signUp, type PageMember, type WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let member: PageMember;
let address = "";

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  address = watched.installation.address;
  member = await signUp(page, watched.installation);
});
afterAll(() => watched.close());

const write = async (method: "post" | "patch", path: string, data: object): Promise<{ id: string }> =>
  (await page.request[method](`${address}${path}`, { data, headers: member.headers, failOnStatusCode: true })).json();
const open = async (path: string): Promise<void> => {
  await page.goto(`${address}${path}`);
  await seeAll(page);
};
const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const dialog = () => page.getByRole("dialog", { name: "About this map" });
const choose = async (name: string): Promise<void> => {
  await dialog().getByRole("combobox", { name: "Persona", exact: true }).click();
  await page.getByRole("option", { name, exact: true }).click();
};

test("a map is drawn for a persona of the workspace and follows it while it is open", async () => {
  const persona = await write("post", "/api/segments", { kind: "live", name: "Priya", story: "Orders on the train, never calls.", rule: { match: "all", conditions: [] } });
  const map = await write("post", "/api/maps", { name: "Buying", from: { kind: "template", template: "first_purchase" } });
  await open(`/maps/${map.id}`);
  await page.getByRole("button", { name: "Everybody: change what the map is about" }).press("Enter");
  await dialog().getByText("A persona", { exact: true }).click();
  await dialog().getByRole("button", { name: "Save" }).press("Enter");
  await dialog().getByText("Choose a persona", { exact: true }).waitFor();
  await choose("Priya");
  await dialog().getByText("Orders on the train, never calls.").waitFor();
  expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
  await dialog().getByRole("button", { name: "Save" }).press("Enter");
  await page.getByRole("button", { name: "Persona: Priya: change what the map is about" }).waitFor();
  await page.getByRole("button", { name: "Story", exact: true }).press("Enter");
  await page.getByText("Orders on the train, never calls.").waitFor();
  expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);
  await page.keyboard.press("Escape");

  await write("patch", `/api/segments/${persona.id}`, { name: "Priya N.", story: "Orders at night." });
  await page.getByRole("button", { name: "Persona: Priya N.: change what the map is about" }).waitFor();
  await write("patch", `/api/segments/${persona.id}`, { story: null });
  await page.getByRole("button", { name: "Persona: Priya N. (gone): change what the map is about" }).press("Enter");
  await dialog().getByText(/is no persona of the workspace any more/).waitFor();
  await page.keyboard.press("Escape");
  await open(`/maps/${map.id}?view=sheets`);
  await page.getByText("Orders at night.").waitFor();
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("a contact list becomes a persona with its story, and a map can be drawn for it", async () => {
  const list = await write("post", "/api/segments", { kind: "list", name: "Fair visitors" });
  await open(`/segments/${list.id}`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Frieda");
  await page.getByRole("switch", { name: "Persona" }).press("Space");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.getByText("Tell the story, or switch the persona off.").waitFor();
  await page.getByRole("textbox", { name: "Story" }).fill("Met us at the fair.");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.getByRole("paragraph").getByText("Met us at the fair.").waitFor();
  await page.getByRole("heading", { name: "Frieda" }).waitFor();
  expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);

  const map = await write("post", "/api/maps", { name: "Visiting", from: { kind: "template", template: "first_purchase" } });
  await open(`/maps/${map.id}`);
  await page.getByRole("button", { name: "Everybody: change what the map is about" }).press("Enter");
  await dialog().getByText("A persona", { exact: true }).click();
  await choose("Frieda");
  await dialog().getByRole("button", { name: "Save" }).press("Enter");
  await page.getByRole("button", { name: "Persona: Frieda: change what the map is about" }).waitFor();
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("a made-up persona becomes one of the workspace with a click", async () => {
  const viewpoint = { kind: "persona", name: "Otto", story: "Hates waiting.", segmentId: null };
  const map = await write("post", "/api/maps", { name: "Waiting", viewpoint, from: { kind: "template", template: "support" } });
  await open(`/maps/${map.id}`);
  await page.getByRole("button", { name: "Persona: Otto: change what the map is about" }).press("Enter");
  await dialog().getByRole("button", { name: "Make it a persona of the workspace" }).press("Enter");
  await dialog().getByRole("link", { name: "Open the persona" }).waitFor();
  await dialog().getByRole("button", { name: "Save" }).press("Enter");
  await dialog().waitFor({ state: "detached" });
  const kept = await (await page.request.get(`${address}/api/maps/${map.id}`)).json();
  expect(kept).toMatchObject({ isPersonaGone: false, viewpoint: { name: "Otto", story: "Hates waiting.", personaId: kept.viewpoint.segmentId } });
  expect(await (await page.request.get(`${address}/api/segments/${kept.viewpoint.personaId}`)).json()).toMatchObject({ name: "Otto", story: "Hates waiting.", kind: "live", rule: { conditions: [] } });
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("a persona beyond the hundred that are listed is not taken for one that is gone", async () => {
  const segment = (name: string) => write("post", "/api/segments", { kind: "live", name, story: "One of many.", rule: { match: "all", conditions: [] } });
  await Promise.all(Array.from({ length: 100 }, (_, at) => segment(`Many ${at}`)));
  const { id: personaId } = await segment("Zoe");
  await write("post", "/api/segments", { kind: "live", name: "Yara", story: "The last but one.", rule: { match: "all", conditions: [] } });
  const map = await write("post", "/api/maps", { name: "Last", viewpoint: { kind: "persona", name: "Zoe", story: "", segmentId: null, personaId }, from: { kind: "template", template: "support" } });
  await open(`/maps/${map.id}`);
  await page.getByRole("button", { name: "Persona: Zoe: change what the map is about" }).press("Enter");
  await dialog().getByRole("link", { name: "Open the persona" }).waitFor();
  await choose("Many 0");
  const field = dialog().getByRole("combobox", { name: "Persona", exact: true });
  // Nobody named it yet on this map of another persona: it is found by its name alone.
  await field.fill("Yara");
  await page.getByRole("option", { name: "Yara", exact: true }).click();
  await dialog().getByText("The last but one.").waitFor();
  await choose("Zoe");
  expect(await dialog().getByText(/is no persona of the workspace any more/).count()).toBe(0);
  expect(watched.complaints).toEqual([]);
}, 60_000);

test("a persona has a picture, or its initials, wherever a map drawn for it is shown", async () => {
  const persona = await write("post", "/api/segments", { kind: "live", name: "Ada Lee", story: "Calls first.", rule: { match: "all", conditions: [] } });
  const map = await write("post", "/api/maps", { name: "Calling", viewpoint: { kind: "persona", name: "Ada Lee", story: "", segmentId: null, personaId: persona.id }, from: { kind: "template", template: "support" } });
  await open(`/segments/${persona.id}`);
  const card = page.getByRole("region", { name: "Persona" });
  await card.getByText("AL", { exact: true }).waitFor();
  const choose = async (name: string, buffer: Buffer): Promise<void> => {
    const chooser = page.waitForEvent("filechooser");
    await card.getByRole("button", { name }).press("Enter");
    await (await chooser).setFiles({ name: "ada.png", mimeType: "image/png", buffer });
  };
  await choose("Choose a picture", Buffer.from(onePixel, "base64"));
  await card.getByRole("button", { name: "Remove the picture" }).waitFor();
  // Emptied, so that the same file can be chosen again.
  await expect.poll(() => page.locator("input[type=file]").inputValue()).toBe("");
  const wide = await page.evaluate(() => Object.assign(document.createElement("canvas"), { width: 900, height: 600 }).toDataURL("image/png"));
  await choose("Choose another picture", Buffer.from(wide.slice(wide.indexOf(",") + 1), "base64"));
  await expect.poll(() => card.locator("img").evaluate((image) => image instanceof HTMLImageElement && [image.naturalWidth, image.naturalHeight])).toEqual([256, 256]);
  const { pictureId } = await (await page.request.get(`${address}/api/segments/${persona.id}`)).json();
  const pictures = `img[src="/api/segments/${persona.id}/pictures/${pictureId}"]`;
  await card.locator(pictures).waitFor();
  expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);

  for (const [path, part] of [["/segments", "table"], ["/maps", "table"], [`/maps/${map.id}`, "main"], [`/maps/${map.id}?view=sheets`, "section[aria-label^=Sheet]"], [`/maps/${map.id}?view=present`, "[role=dialog]"]] as const) {
    await open(path);
    await page.locator(`${part} ${pictures}`).first().waitFor();
  }
  await page.getByRole("dialog", { name: "Calling" }).getByText("Persona: Ada Lee").waitFor();

  await write("patch", `/api/segments/${persona.id}`, { story: null });
  await page.getByRole("dialog", { name: "Calling" }).getByText("Persona: Ada Lee (gone)").waitFor();
  await page.getByRole("dialog", { name: "Calling" }).getByText("AL", { exact: true }).waitFor();
  await open(`/maps/${map.id}?view=sheets`);
  await page.getByText(/Persona: Ada Lee \(gone\) · /).waitFor();
  expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);
  expect(watched.complaints).toEqual([]);
}, 60_000);
