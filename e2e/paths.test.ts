// The ways customers took, at /paths: graph, flow, variants, funnel and coming back, and a map made from one of them.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import { listFaults, openWatchedProduct, seeAll, signUp, takePicture } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let workspaceId = "";

const walks: readonly (readonly [customers: number, steps: readonly string[]])[] = [
  [24, ["Home page", "Catalogue", "Product page", "Cart", "Payment", "Order placed"]],
  [12, ["Home page", "Catalogue", "Product page", "Product page", "Catalogue"]],
  [8, ["Search", "Product page", "Cart", "Payment", "Payment error", "Support chat"]],
  [1, ["Advert", "<b>Sale</b>", "Home page"]],
];
const day = 86_400_000;

const walk = async (): Promise<void> => {
  const { services } = watched.installation;
  let customer = 0;
  const rows = walks.flatMap(([customers, steps]) => Array.from({ length: customers }, () => {
    customer += 1;
    const user = `visitor-${customer}`;
    return steps.map((touchpoint, at) => makeInteraction(workspaceId, { subject: `user:${user}`, userId: user, name: `Seen ${touchpoint}`, touchpoint, channel: "web", at: new Date(Date.now() - 20 * day + customer * 9 * 3_600_000 + at * 90_000).toISOString() }));
  }).flat());
  await insertInteractions(services.db, workspaceId, rows);
  const said = (touchpoint: string, value: number) => Array.from({ length: 12 }, (_, at) => makePerception({ subject: `user:visitor-${at + 1}`, touchpoint, value, at: new Date(Date.now() - 10 * day).toISOString() }));
  await insertPerceptions(services.db, workspaceId, [...said("Product page", 9), ...said("Payment", 2)]);
  await watched.installation.settle();
};

beforeAll(async () => {
  watched = await openWatchedProduct();
  ({ workspaceId } = await signUp(watched.page, watched.installation));
}, 180_000);
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

const visit = async (query = ""): Promise<void> => {
  await watched.page.goto(`${watched.installation.address}/paths?${query}`);
  await seeAll(watched.page);
};
const look = async (name: string): Promise<string[]> => {
  await takePicture(watched.page, `paths-${name}`);
  return listFaults(watched.page);
};

describe("paths", () => {
  test("say how data comes in while there are none", async () => {
    await visit();
    await watched.page.getByRole("heading", { name: "No paths in this period" }).waitFor();
    expect(await watched.page.getByRole("link", { name: "Import a file" }).getAttribute("href")).toBe("/imports");
    expect(await look("empty")).toEqual([]);
  });

  test("ask for their first figures before the program is there, and only once", async () => {
    const { page } = watched;
    const asked: string[] = [];
    const counts = page.waitForRequest((request) => request.url().includes("measures=counts"));
    page.on("request", (request) => void (request.url().includes("/api/paths/graph") && asked.push(request.url())));
    await page.route("**/assets/app-*.js", async (route) => {
      await counts;
      await route.continue();
    });
    await visit("period=12m&passes=A");
    await page.unrouteAll();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("passes=A");
  });

  test("show as a graph whose steps and connections open, by mouse and by keys, with the customers behind them", async () => {
    const { page } = watched;
    await walk();
    await visit();
    await page.getByText(/^255 steps on 45 paths of 45 customers/).waitFor();
    await page.getByRole("button", { name: /^Product page\s*56/ }).waitFor();
    expect(await page.locator(".react-flow__edge").count()).toBeGreaterThan(8);
    expect(await page.getByRole("table", { name: /Connections/ }).getByRole("row", { name: /Home page.*Catalogue.*36/ }).count()).toBe(1);
    expect(await look("graph")).toEqual([]);
    await page.getByRole("button", { name: /^Payment\s*32/ }).click();
    const panel = page.getByRole("dialog", { name: "Payment" });
    await panel.getByText("−60 of 12 scores").waitFor();
    expect(await panel.getByRole("listitem").count()).toBe(20);
    expect(await look("step")).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Payment to Payment error: 8 times" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Payment → Payment error" }).getByRole("button", { name: "Show only their paths" }).click();
    await page.waitForURL(/followsThen=Payment\+error/);
    await page.getByText(/^48 steps on 8 paths of 8 customers/).waitFor();
    await page.getByRole("button", { name: "Change filter: Payment, right after it Payment error" }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("are narrowed by keys alone to what follows within a time and what is known, each in words, and back undoes it", async () => {
    const { page } = watched;
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const choose = async (text: string): Promise<void> => {
      await page.keyboard.type(text);
      await page.getByRole("option", { name: text }).first().waitFor();
      await press("ArrowDown", "Enter");
    };
    await visit();
    await page.getByText(/^255 steps on 45 paths/).waitFor();
    await page.getByRole("button", { name: "Add a filter" }).focus();
    await press("Enter");
    await page.getByRole("menuitem", { name: "One step follows another…" }).waitFor();
    await press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
    await page.locator(":focus", { hasText: "One step follows another…" }).waitFor();
    await press("Enter");
    const dialog = page.getByRole("dialog", { name: "Filter" });
    await dialog.getByRole("combobox", { name: "After" }).and(page.locator(":focus")).waitFor();
    await choose("Home page");
    await press("Tab", "Tab");
    await choose("Order placed");
    await press("Tab");
    await page.keyboard.type("7");
    expect(await look("filter")).toEqual([]);
    await press("Enter");
    await page.waitForURL(/followsWithin=7h/);
    await page.getByRole("button", { name: "Change filter: Home page, within 7 hours Order placed" }).waitFor();
    await page.getByText(/^144 steps on 24 paths of 24 customers/).waitFor();
    await page.getByRole("button", { name: "Add a filter" }).and(page.locator(":focus")).waitFor();
    await press("Enter");
    await page.getByRole("menuitem", { name: "Trait of the customer…" }).click();
    await dialog.getByRole("combobox", { name: "Trait" }).fill("plan");
    await dialog.getByRole("combobox", { name: "Is" }).fill("gold");
    await dialog.getByRole("button", { name: "Add filter" }).click();
    await page.getByRole("heading", { name: "No path fits" }).waitFor();
    await page.goBack();
    await page.getByText(/^144 steps on 24 paths of 24 customers/).waitFor();
    await page.getByRole("button", { name: /^Remove filter: Home page/ }).click();
    await page.getByText(/^255 steps on 45 paths/).waitFor();
    await page.getByRole("button", { name: "Add a filter" }).and(page.locator(":focus")).waitFor();
    await page.goBack();
    await page.getByText(/^144 steps on 24 paths of 24 customers/).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("are walked by their customers as dots that move, halt and are wound by keys", async () => {
    const { page } = watched;
    const places = (): Promise<(string | null)[]> => page.locator(".path-travellers circle").evaluateAll((dots) => dots.map((dot) => dot.getAttribute("transform")));
    const shown = async (): Promise<number> => (await places()).filter((place) => place !== "scale(0)").length;
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await visit();
    await page.getByRole("switch", { name: "Show customers moving" }).check();
    await page.getByText("45 customers, seen last").waitFor();
    await expect.poll(shown).toBe(45);
    const before = await places();
    await expect.poll(async () => (await places()).filter((place, at) => place !== before[at]).length).toBeGreaterThan(40);
    expect(await look("moving")).toEqual([]);
    // Pictures are taken without motion.
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await page.getByRole("button", { name: "Pause" }).click();
    const slider = page.getByRole("slider", { name: "Steps so far" });
    await slider.focus();
    await page.keyboard.press("Home");
    const [first] = await places();
    expect(await slider.getAttribute("aria-valuetext")).toBe("Step 1 of 6");
    for (let times = 0; times < 8; times += 1) await page.keyboard.press("ArrowRight");
    expect(await slider.getAttribute("aria-valuetext")).toBe("Step 3 of 6");
    expect((await places())[0]).not.toBe(first);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await visit();
    await page.getByRole("switch", { name: "Show customers moving" }).check();
    await page.getByText(/nothing moves by itself/).waitFor();
    expect(await page.getByRole("button", { name: "Play" }).isDisabled()).toBe(true);
  });

  test("can be drawn with less detail, and the rest is said", async () => {
    const { page } = watched;
    await visit("detail=0.1");
    await page.getByText(/\d rare steps are summed as “Other”\./).waitFor();
    await page.getByRole("slider").focus();
    await page.keyboard.press("End");
    await page.waitForURL(/detail=1/);
    await page.getByRole("button", { name: /^<b>Sale<\/b>\s*1/ }).waitFor();
  });

  test("flow step by step, with those who left", async () => {
    const { page } = watched;
    await visit("tab=flow");
    await page.getByText("45 paths from their first step on").waitFor();
    expect(await page.getByRole("table", { name: "Flow of paths" }).getByRole("row", { name: /Step 4: Cart/ }).count()).toBeGreaterThan(0);
    expect(await page.getByRole("table", { name: "Flow of paths" }).getByRole("row", { name: /Left/ }).count()).toBeGreaterThan(0);
    expect(await look("flow")).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test("get through a funnel as far as it says, which begins with the beaten way", async () => {
    const { page } = watched;
    await visit("tab=funnel");
    await page.getByText("The beaten way in your data").waitFor();
    const rows = page.getByRole("table", { name: "How many get through" }).locator("tbody th");
    await rows.nth(5).waitFor();
    expect(await rows.allTextContents()).toEqual(["Home page", "Catalogue", "Product page", "Cart", "Payment", "Order placed"]);
    expect(await look("funnel-suggested")).toEqual([]);
    await page.getByRole("button", { name: "Make these steps a map" }).click();
    await page.getByRole("textbox", { name: "Name of the map" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Home page to Order placed, 6 steps" }).waitFor();
    await visit(`tab=funnel&steps=${encodeURIComponent(JSON.stringify(["Product page", "Cart", "Order placed"]))}`);
    await page.getByText("54.5% get from the first step to the last.").waitFor();
    expect(await page.getByRole("row", { name: /Cart.*32.*72.7%.*12 lost/ }).count()).toBe(1);
    expect(await look("funnel")).toEqual([]);
  });

  test("get through a funnel that is asked for with the steps of the chosen kind alone", async () => {
    const { page } = watched;
    const asked: string[] = [];
    page.on("request", (request) => void (request.url().includes("/api/paths/funnel") && asked.push(decodeURIComponent(request.url()))));
    await visit("tab=funnel");
    await page.getByText("The beaten way in your data").waitFor();
    await page.getByRole("combobox", { name: "Steps are" }).click();
    await page.getByRole("option", { name: "Names of interactions" }).click();
    await page.getByRole("rowheader", { name: "Seen Cart" }).waitFor();

    const named = asked.filter((url) => url.includes("level=name"));
    expect(named).toHaveLength(1);
    expect(named[0]).toContain("Seen");
    expect(watched.complaints).toEqual([]);
  });

  test("show who comes back, and where it goes silent", async () => {
    await visit("tab=return&unit=day");
    await watched.page.getByText("45 customers first met in this period, from that moment on").waitFor();
    await watched.page.getByRole("table", { name: "Last steps of silent customers" }).getByRole("row", { name: /Order placed\s+24/ }).waitFor();
    expect(await look("return")).toEqual([]);
    await watched.page.getByRole("combobox", { name: "A silence is longer than" }).click();
    await watched.page.getByRole("option", { name: "14 days" }).click();
    await watched.page.waitForURL(/silence=336/);
    await watched.page.getByText("Last step of customers of whom nothing was heard for more than 14 days").waitFor();
  });

  test("show who comes back of the paths asked for, with another visit where paths are visits", async () => {
    const { page } = watched;
    await visit("tab=return&unit=day&passes=Cart");
    await page.getByText("32 customers first met in this period, from that moment on").waitFor();
    await page.getByRole("combobox", { name: "One path is" }).click();
    await page.getByRole("option", { name: "One visit" }).click();
    await page.getByText("Coming back is another visit.").waitFor();
    await page.getByText("Customers of whom nothing was heard for a while, between their visits or since the last").waitFor();
    await page.locator(".former[aria-busy=true]").first().waitFor({ state: "detached" });
    expect(await look("return-visits")).toEqual([]);
  });

  test("say what is missing before a path is cut by an object", async () => {
    const { page } = watched;
    await visit();
    await page.getByRole("combobox", { name: "One path is" }).click();
    await page.getByRole("option", { name: "All about one object" }).click();
    await page.getByRole("heading", { name: "Say what cuts the paths" }).waitFor();
    await page.getByRole("textbox", { name: "Property" }).fill("order_id");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "No path fits" }).waitFor();
    expect(await look("cut")).toEqual([]);
  });

  test("go into a file, and say in the server's words why not where it refuses", async () => {
    const { page } = watched;
    await visit();
    const open = async () => {
      await page.getByRole("button", { name: "Export" }).click();
      return page.getByRole("menuitem", { name: /^CSV/ });
    };
    const csv = await open();
    const [file] = await Promise.all([page.waitForEvent("download"), csv.click()]);
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    await page.route("**/api/paths/log.csv**", (route) => route.fulfill({ status: 429, json: { error: { code: "path_logs_busy", message: "Another file of paths is being written. Try again when it is done." } } }));
    await (await open()).click();
    await page.getByRole("alert").filter({ hasText: "Another file of paths is being written." }).waitFor();
    expect(page.url()).toContain("/paths");
    await page.unroute("**/api/paths/log.csv**");
  });

  test("are told beyond the first ones, and lead on where no two are the same", async () => {
    const { page } = watched;
    const asked: string[] = [];
    await page.route("**/api/paths/variants**", async (route) => {
      asked.push(new URL(route.request().url()).searchParams.get("limit") ?? "");
      const reply = await route.fetch();
      await route.fulfill({ response: reply, json: { ...(await reply.json()), paths: 300, variants: 300 } });
    });
    await page.route("**/api/paths/silences**", async (route) => {
      const reply = await route.fetch();
      const silences = Array.from({ length: 50 }, (_, at) => ({ from: `Step ${at}`, to: "Step", count: 100 - at, customers: 1, medianS: 900_000, longestS: 900_000 }));
      await route.fulfill({ response: reply, json: { ...(await reply.json()), silences } });
    });
    await visit("tab=variants");
    await page.getByRole("button", { name: "Show the 100 most frequent" }).click();
    await expect.poll(() => asked.at(-1)).toBe("100");
    await page.getByRole("button", { name: "Show visits instead" }).click();
    await page.waitForURL(/cut=session/);
    await page.getByRole("button", { name: "Make the beaten way a map" }).click();
    await page.getByRole("dialog", { name: "Make this path a map" }).getByRole("listitem").filter({ hasText: "Order placed" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "See the beaten way" }).click();
    await page.getByRole("button", { name: "Make these steps a map" }).waitFor();
    await visit("tab=return");
    const gaps = page.getByRole("table", { name: "Gaps between steps" });
    await gaps.getByRole("row").nth(15).waitFor();
    expect(await gaps.getByRole("row").count()).toBe(16);
    await page.getByRole("button", { name: "Show all 50" }).click();
    await page.getByText("These are the 50 most frequent.").waitFor();
    expect(await gaps.getByRole("row").count()).toBe(51);
    await page.unroute("**/api/paths/variants**");
    await page.unroute("**/api/paths/silences**");
    expect(watched.complaints).toEqual([]);
  });

  test("become a map with one click", async () => {
    const { page } = watched;
    await visit("tab=variants");
    await page.getByText("4 variants among 45 paths; the longest has 6 steps").waitFor();
    expect(await look("variants")).toEqual([]);
    await page.getByRole("row", { name: /Home page.*Order placed/ }).getByRole("button", { name: "Make this path a map" }).click();
    const dialog = page.getByRole("dialog", { name: "Make this path a map" });
    const name = dialog.getByRole("textbox", { name: "Name of the map" });
    expect(await name.inputValue()).toBe("Home page to Order placed, 6 steps");
    // The proposed name is selected, so that typing replaces it.
    await page.keyboard.type("How they buy");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/maps\/[0-9a-f-]{36}/);
    await page.getByRole("heading", { level: 1, name: "How they buy" }).waitFor();
  });
});
