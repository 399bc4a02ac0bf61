// Deviations in a browser: from a map to what customers really did beside it, sized, down to the people, and back onto the map.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makeInteraction, makePerception } from "../server/customers/customers.make.ts";
import { makeStage, makeStep } from "../server/journeys/maps/document.make.ts";
import { listFaults, openWatchedProduct, seeAll, signUp, takePicture } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let workspaceId: string;
let mapId: string;
let emptyMapId: string;

const dayMs = 86_400_000;
const noon = Math.floor(Date.now() / dayMs) * dayMs - 20 * dayMs;
const odd = "<b>Blog</b> \"of\" shops";
const people = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}${at}`);
const steps = [
  makeStep("find", "stage1", { name: "Search", matches: [{ touchpoint: "Search", channel: null }] }),
  makeStep("cart", "stage1", { name: "Cart", matches: [{ touchpoint: "Cart", channel: null }] }),
  makeStep("paid", "stage1", { name: "Pay", matches: [{ touchpoint: "Checkout", channel: null }], failures: [{ touchpoint: "Payment error", channel: null }] }),
];

const drawMap = async (name: string, drawn: typeof steps): Promise<string> => {
  const { csrfToken } = await (await page.request.get(`${watched.installation.address}/api/session`)).json();
  const document = { stages: [makeStage("stage1")], steps: drawn, lanes: [], cards: [], measured: [] };
  const reply = await page.request.post(`${watched.installation.address}/api/maps`, { data: { name, from: { kind: "document", document } }, headers: { "x-csrf-token": csrfToken } });
  expect(reply.status(), await reply.text()).toBe(201);
  return (await reply.json()).id;
};

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  ({ workspaceId } = await signUp(page, watched.installation));
  const { db } = watched.installation.services;
  const walk = (who: string, touchpoints: readonly string[]) =>
    touchpoints.map((touchpoint, at) => makeInteraction(workspaceId, { name: "Step", subject: `user:${who}`, userId: who, touchpoint, channel: "web", at: new Date(noon + at * 3_600_000).toISOString() }));
  const facts = [
    ...people("skips", 40).flatMap((who) => walk(who, ["Search", "Checkout"])), ...people("whole", 60).flatMap((who) => walk(who, ["Search", "Cart", "Checkout"])),
    ...walk("blogger", ["Search", odd, "Cart", "Checkout"]), ...walk("wanders", ["Search", "Checkout", "Cart"]), ...walk("fails", ["Search", "Cart", "Payment error", "Checkout"]),
  ];
  await insertInteractions(db, workspaceId, facts);
  const score = (who: string, value: number) => makePerception({ subject: `user:${who}`, kind: "csat", value, scaleMin: 1, scaleMax: 5, at: new Date(noon + dayMs).toISOString() });
  await insertPerceptions(db, workspaceId, [...people("skips", 40).map((who) => score(who, 2)), ...people("whole", 60).map((who, at) => score(who, 4 + (at % 2)))]);
  await watched.installation.settle();
  mapId = await drawMap("Buying", steps);
  emptyMapId = await drawMap("Only drawn", [makeStep("talk", "stage1", { name: "Talk" })]);
}, 60_000);
afterAll(() => watched.close());

describe("real beside planned", () => {
  test("is opened from the map, shows four kinds with their size, and what goes with them", async () => {
    await page.goto(`${watched.installation.address}/maps/${mapId}`);
    await page.getByRole("link", { name: "Real beside planned" }).click();
    await page.getByText("How far from the plan").waitFor();
    await seeAll(page);

    const group = (name: string) => page.getByRole("region", { name });
    await group("Missing").getByText("41 paths, 40%").waitFor();
    // 2 of 5 is -0.5; 4 and 5 make 0.75.
    await group("Missing").getByText("feeling −1.25").waitFor();
    await group("Ad hoc").getByText(odd).waitFor();
    await group("Out of order").getByText("1 path, 1.0%").waitFor();
    await group("Failed").getByText("Pay").waitFor();
    expect(await listFaults(page)).toEqual([]);
    await takePicture(page, "deviations");
  });

  test("is narrowed in the address, and leads to the people and back onto the map, by keyboard", async () => {
    await page.goto(`${watched.installation.address}/maps/${mapId}/deviations?channel=web`);
    await page.getByRole("button", { name: `Ad hoc: ${odd}. See who` }).press("Enter");
    const panel = page.getByRole("dialog");
    await panel.getByRole("article").waitFor();
    expect(await panel.getByRole("listitem").allInnerTexts()).toEqual([expect.stringMatching(/Search[^]*As planned/u), expect.stringContaining("Ad hoc"), expect.stringMatching(/Cart[^]*As planned/u), expect.stringMatching(/Pay[^]*As planned/u)]);
    expect(await listFaults(page, "[role=dialog]")).toEqual([]);
    await takePicture(page, "deviations-people");
    expect(new URL(page.url()).searchParams.get("kind")).toBe("ad_hoc");
    await panel.getByRole("link", { name: "Lay on the map" }).press("Enter");
    await page.waitForURL((url) => url.pathname === `/maps/${mapId}` && url.searchParams.has("customer"));
    const customer = new URL(page.url()).searchParams.get("customer") ?? "";

    await page.goto(`${watched.installation.address}/maps/${mapId}/deviations?customer=${customer}`);
    await page.getByRole("region", { name: "One customer beside the plan" }).getByRole("listitem").first().waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    expect(new URL(page.url()).searchParams.has("customer")).toBe(false);
  });

  test("is beside a map that follows what comes in, and says so while it is still being counted", async () => {
    const id = await drawMap("Followed", [makeStep("newly", "stage1", { name: "Newly met", matches: [{ touchpoint: "Newly met", channel: null }] })]);
    await page.route("**/api/paths/copying", (route) => route.fulfill({ json: { isBehind: true } }));
    await page.goto(`${watched.installation.address}/maps/${id}`);
    await page.getByText("What came in is still being counted: figures will grow.").waitFor();
    expect(await page.getByText("measured from").count()).toBe(0);

    await insertInteractions(watched.installation.services.db, workspaceId, [makeInteraction(workspaceId, { name: "Step", subject: "user:late", userId: "late", touchpoint: "Newly met", at: new Date(noon).toISOString() })]);
    await watched.installation.settle();
    await page.getByText("measured from 1 customer").waitFor();
    await page.unroute("**/api/paths/copying");
    await page.getByText("What came in is still being counted: figures will grow.").waitFor({ state: "detached" });
  });

  test("says what to do where nothing can be told", async () => {
    await page.goto(`${watched.installation.address}/maps/${emptyMapId}/deviations`);
    await page.getByText("No step of this map is bound to data").waitFor();
    expect(await listFaults(page)).toEqual([]);
    await page.goto(`${watched.installation.address}/maps/${mapId}/deviations?from=2020-01-01&to=2020-02-01`);
    await page.getByText("Nobody was on this map in the period").waitFor();
    expect(watched.complaints).toEqual([]);
  });
});
