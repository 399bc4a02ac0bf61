// A map on paper and as a picture: all that it shows is there as well.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadDemo } from "../server/insights/insights.api.ts";
import { readPdf } from "./pdf-text.ts";
import { listFaultsOfLook, openWatchedProduct, seeAll, signUp, type PageMember, type WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let member: PageMember;
let address = "";

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  address = watched.installation.address;
  const workspaceId = await loadDemo(watched.installation.services, { seed: 3, scale: 0.1 });
  // Whoever sets the installation up owns the demo company that was loaded before.
  member = await signUp(page, watched.installation);
  await page.request.put(`${address}/api/session/workspace`, { data: { workspaceId }, headers: member.headers, failOnStatusCode: true });
});
afterAll(() => watched.close());

const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const open = async (path: string): Promise<void> => {
  await page.goto(`${address}${path}`);
  await seeAll(page);
};
const drawFrom = async (template: string, name: string): Promise<string> =>
  (await (await page.request.post(`${address}/api/maps`, { data: { name, from: { kind: "template", template } }, headers: member.headers, failOnStatusCode: true })).json()).id;

test("a map is printed on one A3 sheet in light colours, and presented stage by stage", async () => {
  const mapPath = `/maps/${await drawFrom("support", "Getting help")}`;
  await page.emulateMedia({ colorScheme: "dark" });
  await open(`${mapPath}?period=all`);
  await page.getByText(/measured from \d+ customers/).waitFor();
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const { pages, text } = readPdf(pdf);
  expect(pages).toBe(1);
  const [, width = 0, height = 0] = (/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString("latin1")) ?? []).map(Number);
  expect([Math.round((width / 72) * 25.4), Math.round((height / 72) * 25.4)]).toEqual([420, 297]);
  expect(text).toContain("Waitsforthesolution");
  await page.emulateMedia({ colorScheme: "light" });

  await open(`${mapPath}?view=sheets`);
  expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);
  await open(`${mapPath}?view=present`);
  const show = page.getByRole("dialog", { name: "Getting help" });
  await show.getByRole("heading", { name: "Trouble" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await show.getByRole("heading", { name: "Ask" }).waitFor();
  expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
  await page.keyboard.press("Escape");
  await show.waitFor({ state: "detached" });
  expect(watched.complaints).toEqual([]);
}, 60_000);

/** How much of each tenth of a picture, from the top, is of another colour than its corner. */
const inkOf = (png: Buffer): Promise<number[]> =>
  page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const drawing = canvas.getContext("2d");
    drawing?.drawImage(image, 0, 0);
    const tenth = Math.floor(image.height / 10);
    return Array.from({ length: 10 }, (_, band) => {
      const { data: dots = new Uint8ClampedArray() } = drawing?.getImageData(0, band * tenth, image.width, tenth) ?? {};
      let ink = 0;
      for (let at = 0; at < dots.length; at += 4) if (Math.abs((dots[at] ?? 0) - (dots[0] ?? 0)) > 40) ink += 1;
      return ink / (dots.length / 4);
    });
  }, png.toString("base64"));

declare global {
  interface Window { drawnPictures: string[] }
}

/** Keeps the text of every drawing that the page is about to turn into a picture. */
const keepDrawings = (): Promise<void> =>
  page.evaluate(() => {
    const told = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
    window.drawnPictures = [];
    Object.defineProperty(HTMLImageElement.prototype, "src", {
      ...told,
      set(this: HTMLImageElement, address: string) {
        if (address.startsWith("data:image/svg+xml")) window.drawnPictures.push(decodeURIComponent(address.slice(address.indexOf(",") + 1)));
        told?.set?.call(this, address);
      },
    });
  });
const wordsOf = (svg: string): string => [...svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text).join(" ").replaceAll(/\s+/g, " ");

test("a long map with every lane, a customer and a comparison is printed on two sheets and saved as a picture of all of it", async () => {
  const drawn = await drawFrom("first_purchase", "All of it");
  const { document } = await (await page.request.get(`${address}/api/maps/${drawn}`)).json();
  const { fileId } = await (await page.request.post(`${address}/api/maps/${drawn}/photos`, { data: Buffer.from(onePixel, "base64"), headers: { ...member.headers, "content-type": "application/octet-stream" }, failOnStatusCode: true })).json();
  const { name } = document.stages[0];
  const edits = [
    { do: "measure", lanes: ["volume", "feeling", "time", "effort", "needs", "promises", "words"] },
    { do: "change", part: "card", id: "card1", was: { fileId: null, text: document.cards[0].text }, now: { fileId, text: `お客様がお店に来て商品を見てから買うまでのすべて \u0007https://shop.example/${"very-long-".repeat(8)}` } },
    { do: "change", part: "step", id: "step2", was: { isMomentOfTruth: false }, now: { isMomentOfTruth: true } },
    { do: "change", part: "stage", id: document.stages[0].id, was: { name }, now: { name: `${name} us, of all the shops there are in this town and beyond it` } },
  ];
  const { refused } = await (await page.request.post(`${address}/api/maps/${drawn}/edits`, { data: { id: crypto.randomUUID(), knows: 0, edits }, headers: member.headers, failOnStatusCode: true })).json();
  expect(refused).toEqual([]);
  const { items: [customer] } = await (await page.request.get(`${address}/api/customers?who=known&limit=1`)).json();
  await open(`/maps/${drawn}?period=90d&against=before&customer=${customer.id}`);
  await page.getByText(/measured from \d+ customers/).waitFor();
  await page.getByRole("region", { name: "Laid on the map:" }).getByText(/on it/).waitFor();

  const { pages, text } = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  // A sheet that could no longer be read were it any smaller goes on upon a second page.
  expect([2, 3, 4]).toContain(pages);
  for (const words of ["Sheet1of2", "Sheet2of2", "Comparedwith", "Timetonext", customer.name.replaceAll(" ", "")]) expect(text).toContain(words);

  await keepDrawings();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "More about All of it", exact: true }).press("Enter");
  await page.getByRole("menuitem", { name: "Save as PNG" }).press("Enter");
  expect((await download).suggestedFilename()).toBe("All of it.png");
  const png = readFileSync(await (await download).path());
  expect([png.subarray(1, 4).toString(), png.readUInt32BE(16)]).toEqual(["PNG", 2 * (130 + 11 * 190 + 1 + 48)]);
  const [svg = "", ...others] = await page.evaluate(() => window.drawnPictures);
  expect(others).toEqual([]);
  const said = wordsOf(svg);
  for (const step of document.steps) expect(said).toContain(step.name.split(" ")[0]);
  for (const words of ["All of it", "Compared with", customer.name.split(" ")[0], "Time to next", "Effort", "Needs", "Promises", "In their words", "Customers", "お客様が"]) expect(said).toContain(words);
  // The photo, the moment of truth in two places, what the dashes of the course compared with mean, and what differs in a lane.
  expect(svg.match(/<image [^>]*href="data:image\/jpeg/g)).toHaveLength(1);
  expect(svg.match(/<polygon/g)?.length).toBeGreaterThan(1);
  expect(svg).toContain('stroke-dasharray="2 3"');
  expect(said).toMatch(/[+−≈][^ ]* ?\+?−?[\d.]+ points/);
  // Words stand everywhere from the title to the footnote, on a ground that is drawn once.
  for (const ink of await inkOf(png)) {
    expect(ink).toBeGreaterThan(0.002);
    expect(ink).toBeLessThan(0.5);
  }
  expect(watched.complaints).toEqual([]);
}, 90_000);
