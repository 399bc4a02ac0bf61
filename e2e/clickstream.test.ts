// A shop's clickstream as a new user works with it, from the file to the paper: a map of a route that runs, what one customer felt, how it shall be, where
// customers leave the plan, and what that costs. Skipped where the public data do not lie beside the repository.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPdf } from "./pdf-text.ts";
import { listFaultsOfLook, openWatchedProduct, seeAll, signUp, takePicture, type WatchedProduct } from "./watched-page.ts";

const file = join(import.meta.dirname, "../../shared/data/eventlogs/ecom-clickstream.csv.gz");
const title = existsSync(file) ? "a shop's clickstream" : `a shop's clickstream (skipped: it is not at ${file})`;
if (!existsSync(file)) process.stderr.write(`SKIPPED: a shop's clickstream. It is not at ${file}.\n`);
const wholePeriod = "from=2024-01-01&to=2024-07-01";

describe.skipIf(!existsSync(file))(title, () => {
  let watched: WatchedProduct;
  let page: Page;
  let address = "";
  let mapPath = "";

  beforeAll(async () => {
    watched = await openWatchedProduct();
    ({ page } = watched);
    ({ address } = watched.installation);
    await signUp(page, watched.installation);
  });
  afterAll(() => watched.close());

  const open = async (path: string): Promise<void> => {
    await page.goto(`${address}${path}`);
    await seeAll(page);
  };
  const look = async (name: string): Promise<string[]> => {
    await takePicture(page, `clickstream-${name}`);
    return listFaultsOfLook(page);
  };

  test("comes in, and one of its routes becomes a map that runs", async () => {
    await open("/imports");
    await page.setInputFiles("input[type=file]", { name: "clickstream.csv", mimeType: "text/csv", buffer: gunzipSync(readFileSync(file)) });
    await page.getByText("What the first rows become").waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).press("Enter");
    await page.getByText("Facts added").waitFor({ timeout: 120_000 });
    await watched.installation.settle();

    await open(`/paths?${wholePeriod}`);
    await page.getByRole("button", { name: /^Product page\s*6\.9K/ }).waitFor();
    expect(await look("graph")).toEqual([]);
    expect(await listUnreadable(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await open(`/paths?${wholePeriod}`);
    await page.getByRole("button", { name: /^Product page\s*6\.9K/ }).waitFor();
    expect(await listUnreadable(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });

    await open(`/paths?${wholePeriod}&cut=session&tab=variants&passes=Order%20placed`);
    await page.getByText("453 variants among 470 paths; the longest has 25 steps").waitFor();
    expect(await look("variants")).toEqual([]);
    const variant = page.getByRole("row", { name: /^Product page Cart Cart Delivery details Payment details Order placed/ });
    await variant.getByRole("button", { name: "Make this path a map" }).press("Enter");
    await page.getByRole("textbox", { name: "Name of the map" }).waitFor();
    await page.getByText("The map is measured from all that customers did in the period").waitFor();
    await page.keyboard.type("Buying");
    await page.keyboard.press("Enter");
    await page.getByRole("grid", { name: "Buying" }).waitFor();
    mapPath = new URL(page.url()).pathname;
    await page.getByText("measured from 598 customers").waitFor();
    await seeAll(page);
    expect(await look("map")).toEqual([]);
    expect(watched.complaints).toEqual([]);
  }, 180_000);

  test("is told of by one customer, and drawn as it shall be", async () => {
    await page.locator('[data-part^="step:"]', { hasText: "Payment details" }).press("Enter");
    const panel = page.getByRole("dialog", { name: "Payment details" });
    await panel.getByRole("toolbar", { name: "during" }).getByRole("button", { name: "Good", exact: true }).press("Enter");
    await panel.getByRole("combobox", { name: "Touchpoint that tells of a failure" }).fill("Payment prob");
    await page.getByRole("option", { name: "Payment problem" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: /Payment problem/ }).waitFor();
    await panel.getByLabel("The next step within (hours)").fill("0.02");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.locator('[data-saving="saved"]').waitFor();
    await open(`${mapPath}?${wholePeriod}`);
    await page.getByRole("button", { name: "Lay a customer on it" }).press("Enter");
    await page.locator('[role="dialog"] input:focus').waitFor();
    await page.getByRole("dialog").getByText("Latest at “Order placed”:").waitFor();
    expect(await page.getByRole("dialog").getByRole("listitem").count()).toBe(8);
    await page.keyboard.type("user_0534");
    await page.getByRole("dialog").getByRole("button", { name: "user_0534" }).press("Enter");
    await page.getByRole("region", { name: "Laid on the map:" }).waitFor();
    await page.getByRole("button", { name: "What was felt here" }).first().press("Enter");
    const before = page.getByRole("dialog", { name: "Product page" }).getByRole("group", { name: "before" });
    await before.getByRole("button", { name: "Bad", exact: true }).press("Enter");
    await before.getByRole("textbox").fill("Needs a present by Friday");
    await before.getByRole("button", { name: "Keep" }).press("Enter");
    await page.getByRole("gridcell").filter({ hasText: "Needs a present by Friday" }).waitFor({ state: "attached" });
    await page.keyboard.press("Escape");
    expect(await look("customer")).toEqual([]);

    // On a phone one step is seen at a time: what she met may be elsewhere.
    const { items: [buyer] } = await (await page.request.get(`${address}/api/customers?search=user_0002`)).json();
    await page.setViewportSize({ width: 390, height: 844 });
    await open(`${mapPath}?from=2024-06-22&to=2024-06-23&customer=${buyer.id}`);
    await page.getByRole("button", { name: "5 moments on it" }).press("Enter");
    await expect.poll(() => page.getByRole("combobox", { name: "Step", exact: true }).inputValue()).toBe("2/6 Cart");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Cart");
    await page.setViewportSize({ width: 1280, height: 900 });
    await open(`${mapPath}?${wholePeriod}`);

    await page.getByRole("radiogroup", { name: "State" }).getByText("To be", { exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Draw the to-be map" }).press("Enter");
    await page.getByRole("heading", { name: "Buying, to be" }).waitFor();
    await page.locator('[data-part^="step:"]', { hasText: "Payment details" }).focus();
    await page.keyboard.press("n");
    await page.keyboard.type("Chooses how to pay");
    await page.keyboard.press("Enter");
    await page.locator('[data-saving="saved"]').waitFor();
    await page.getByRole("radiogroup", { name: "State" }).getByText("Difference", { exact: true }).click();
    await page.getByRole("region", { name: "What differs" }).locator("li", { hasText: "Chooses how to pay" }).getByText("new").waitFor();
    expect(await look("difference")).toEqual([]);
    expect(watched.complaints).toEqual([]);
  }, 120_000);

  test("gets through as far as is known of it, and says what costs customers", async () => {
    const steps = encodeURIComponent(JSON.stringify(["product_view", "add_to_cart", "cart", "shipping_details", "payment_details", "purchase"]));
    await open(`/paths?${wholePeriod}&tab=funnel&level=name&steps=${steps}`);
    await page.getByText("19.1% get from the first step to the last.").waitFor();
    const reached = await page.getByRole("table", { name: "How many get through" }).locator("tbody td:nth-child(2)").allTextContents();
    expect(reached).toEqual(["598", "517", "429", "329", "222", "114"]);

    await open(`/paths/effects?${wholePeriod}&goal=Order%20placed`);
    const problem = page.getByRole("table", { name: "Goes with worse" }).getByRole("row", { name: /^Payment problem/ });
    await problem.waitFor({ timeout: 60_000 });
    for (const words of ["19.5% of 87", "92.1% of 303"]) expect(await problem.textContent()).toContain(words);
    const more = page.getByRole("button", { name: /^Show all \d+$/ });
    while ((await more.count()) > 0) await more.first().press("Enter");
    // From the goal on, that it was reached once says nothing.
    expect(await page.getByRole("row", { name: /^Silence after Order placed/ }).textContent()).toContain("226 who had just reached it");
    expect(watched.complaints).toEqual([]);
  }, 120_000);

  test("leaves the plan in four ways, falls short in ranked gaps, and goes on paper", async () => {
    await open(`${mapPath}/deviations?${wholePeriod}`);
    for (const kind of ["Missing", "Ad hoc", "Out of order", "Failed"]) await page.getByRole("region", { name: kind }).getByRole("listitem").first().waitFor();
    await page.getByRole("region", { name: "Failed" }).getByText("Payment details").first().waitFor();
    await page.getByRole("region", { name: "Failed" }).getByText("87 paths").waitFor();
    expect(await look("deviations")).toEqual([]);
    await page.getByRole("button", { name: "Failed: Payment details. See who" }).press("Enter");
    const failed = page.getByRole("dialog", { name: "Failed: Payment details" }).getByRole("article").first();
    await failed.locator('li[aria-current="true"]').waitFor();
    await failed.getByRole("button", { name: /steps before$/ }).press("Enter");
    await failed.getByRole("listitem").nth(10).waitFor();
    await page.keyboard.press("Escape");
    // Half a year of one customer is far from any line.
    await page.getByRole("button", { name: "Compare visits instead" }).press("Enter");
    await page.getByText("Visits on the map").waitFor();

    await open(`/gaps?${wholePeriod}`);
    await page.getByRole("main").getByText("Payment details").first().waitFor();
    await page.getByText("Customers, at least").first().waitFor();
    await page.getByText("Nobody said how any gap felt: 50 is taken for each").first().waitFor({ state: "attached" });
    expect(await look("gaps")).toEqual([]);
    await page.getByRole("button", { name: /^Take on/ }).first().press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).press("Enter");
    await page.getByText("Open · nobody").waitFor();

    await open(`${mapPath}?${wholePeriod}`);
    await page.getByText("measured from 598 customers").waitFor();
    const { pages, text } = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(pages).toBe(1);
    for (const words of ["Buying", "Orderplaced", "Paymentdetails"]) expect(text).toContain(words);
    expect(watched.complaints).toEqual([]);
  }, 120_000);
});

/** What of the graph nobody can read: numbers and steps that cover each other, steps that are not whole in the frame, letters smaller than nine pixels. */
const listUnreadable = (page: Page): Promise<string[]> => page.evaluate(() => {
  const frame = document.querySelector(".path-graph")?.getBoundingClientRect() ?? new DOMRect();
  const boxes = [...document.querySelectorAll<HTMLElement>(".path-graph .path-node, .path-graph .path-edge-label")].map((element) => ({ name: element.textContent, element, box: element.getBoundingClientRect() }));
  const covers = boxes.flatMap((one, at) => boxes.slice(at + 1)
    .filter(({ box }) => box.left < one.box.right && box.right > one.box.left && box.top < one.box.bottom && box.bottom > one.box.top)
    .map((other) => `${one.name} on ${other.name}`));
  const cut = boxes.filter(({ element, box }) => element.classList.contains("path-node") && (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom));
  const zoom = (element: HTMLElement): number => element.getBoundingClientRect().height / Math.max(1, element.offsetHeight);
  const small = boxes.filter(({ element }) => Number.parseFloat(getComputedStyle(element.querySelector(".path-node-name") ?? element).fontSize) * zoom(element) < 9);
  const labels = document.querySelectorAll(".path-graph .path-edge-label").length;
  return [...covers, ...cut.map(({ name }) => `${name} is not in the frame`), ...small.map(({ name }) => `${name} is small`), ...(labels < 5 ? [`only ${labels} numbers`] : [])];
});
