// A web shop on another address, with Segment's own browser client in it.
import { createServer } from "node:http";
import type { Server } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { openWatchedBrowser } from "./watched-page.ts";
import type { WatchedBrowser } from "./watched-page.ts";

// All a shop has to write: its key and our address.
const SHOP = `
import { AnalyticsBrowser } from "@segment/analytics-next";
const { writeKey, cdnURL, batching } = JSON.parse(document.body.dataset.settings);
const options = batching ? { integrations: { "Segment.io": { deliveryStrategy: { strategy: "batching", config: { size: 10, timeout: 300 } } } } } : {};
const analytics = AnalyticsBrowser.load({ writeKey, cdnURL }, options);
window.visit = async () => {
  await analytics.page("Prices");
  await analytics.track("Product Viewed", { sku: "A-1", note: "Zoë 😀" });
  await analytics.identify(batching ? "browser-2" : "browser-1", { email: "ada@example.org" });
  await analytics.track("Order Completed", { revenue: 12.5 });
  await analytics.group("acme", { name: "Acme" });
  await analytics.alias("browser-new", batching ? "browser-2" : "browser-1");
  return (await analytics.user()).anonymousId();
};
document.title = "ready";
`;

let installation: Installation;
let organisation: Organisation;
let writeKey: string;
let browser: WatchedBrowser;
let shop: Server;
let shopAddress: string;
beforeAll(async () => {
  const [code] = await Promise.all([bundleShop(), startParts()]);
  shop = createServer((request, reply) => {
    const isScript = request.url === "/shop.js";
    reply.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    const settings = JSON.stringify({ writeKey, cdnURL: installation.services.baseUrl(), batching: request.url === "/batching" }).replaceAll('"', "&quot;");
    reply.end(isScript ? code : `<!doctype html><title>Shop</title><body data-settings="${settings}"><script type="module" src="/shop.js"></script>`);
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const address = shop.address();
  shopAddress = `http://localhost:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  await browser?.close();
  shop?.close();
  await installation?.stop();
});

const startParts = async (): Promise<void> => {
  installation = await makeInstallation({ listen: true });
  organisation = await installation.makeOrganisation();
  writeKey = await installation.makeWriteKey(organisation);
  browser = await openWatchedBrowser();
};

const bundleShop = async (): Promise<string> => {
  const folder = mkdtempSync(join(import.meta.dirname, ".shop-"));
  try {
    writeFileSync(join(folder, "shop.js"), SHOP);
    const built = await build({
      root: folder,
      configFile: false,
      logLevel: "silent",
      define: { "process.env.NODE_ENV": '"production"' },
      build: { write: false, minify: false, rolldownOptions: { input: join(folder, "shop.js"), output: { codeSplitting: false } } },
    });
    const outputs = "output" in built ? built.output : Array.isArray(built) ? built.flatMap((one) => one.output) : [];
    const chunk = outputs.find((output) => output.type === "chunk");
    if (chunk === undefined || chunk.type !== "chunk") throw new Error("The shop's script was not built.");
    return chunk.code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

type Row = { type: string; name: string; subject: string; userId: string | null; anonymousId: string; at: Date; message: Record<string, unknown> };
const findRows = async (anonymousId: string): Promise<Row[]> => {
  const { rows } = await installation.services.db.query<Row>(
    `select type, name, subject, user_id as "userId", anonymous_id as "anonymousId", at, message
     from customers.interactions
     where workspace_id = $1 and anonymous_id = $2
     order by at, seq`,
    [organisation.workspaceId, anonymousId],
  );
  return rows;
};

describe("@segment/analytics-next in a browser", () => {
  test.each([
    ["one request an event", "/", "browser-1"],
    ["batches", "/batching", "browser-2"],
  ])("sends each event once from another address, with %s", async (_title, path, user) => {
    const { page, complaints, close } = await browser.open();
    const began = Date.now();
    await page.goto(`${shopAddress}${path}`);
    await page.waitForFunction(() => document.title === "ready");
    const anonymousId = String(await page.evaluate("window.visit()"));
    await expect.poll(async () => (await findRows(anonymousId)).length, { timeout: 15_000 }).toBe(6);
    await page.waitForTimeout(500);
    const rows = await findRows(anonymousId);
    expect(rows.map(({ type, name, subject }) => [type, name, subject])).toEqual([
      ["page", "Prices", `anonymous:${anonymousId}`],
      ["track", "Product Viewed", `anonymous:${anonymousId}`],
      ["identify", "identify", `user:${user}`],
      ["track", "Order Completed", `user:${user}`],
      ["group", "group", `user:${user}`],
      // After identify this client puts the known user on both sides of an alias, which says nothing new.
      ["alias", "alias", `user:${user}`],
    ]);
    expect(rows[1]?.message["properties"]).toEqual({ sku: "A-1", note: "Zoë 😀" });
    expect(rows[5]?.message["previousId"]).toBe(user);
    for (const row of rows) expect(row.at.getTime()).toBeGreaterThanOrEqual(began - 1500);
    expect(complaints).toEqual([]);
    await close();
  });
});
