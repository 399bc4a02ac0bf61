// What goes along with losing customers, at /paths/effects, and where expectations are not lived up to, at /gaps.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import { listFaults, openWatchedProduct, seeAll, signUp, takePicture } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let workspaceId = "";
const day = 86_400_000;
const hostile = "<img src=x> Hotline";

const fill = async (): Promise<void> => {
  const { services, settle } = watched.installation;
  const people = Array.from({ length: 160 }, (_, who) => who);
  const at = (who: number, hours: number): string => new Date(Date.now() - 60 * day + who * 3_600_000 + hours * 60_000).toISOString();
  const facts = people.flatMap((who) => {
    const isError = who % 2 === 0;
    const steps = ["Home page", "Payment", ...(isError ? ["Payment error"] : ["Advice"]), ...(who % 10 < (isError ? 3 : 9) ? ["Order placed"] : []), hostile];
    return steps.map((touchpoint, place) => makeInteraction(workspaceId, { subject: `user:v${who}`, userId: `v${who}`, name: touchpoint, touchpoint, channel: "web", at: at(who, place) }));
  });
  await insertInteractions(services.db, workspaceId, facts);
  const scores = people.slice(0, 60).map((who) => makePerception({ subject: `user:v${who}`, touchpoint: hostile, channel: who % 2 === 0 ? "phone" : "chat", kind: "csat", value: who % 2 === 0 ? 1 + (who % 3) : 4 + (who % 4 === 1 ? 0 : 1), scaleMin: 1, scaleMax: 5, at: at(who, 30) }));
  await insertPerceptions(services.db, workspaceId, scores);
  await settle();
};

beforeAll(async () => {
  watched = await openWatchedProduct();
  ({ workspaceId } = await signUp(watched.page, watched.installation));
  await fill();
}, 180_000);
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

const visit = async (address: string): Promise<void> => {
  await watched.page.goto(`${watched.installation.address}${address}`);
  await seeAll(watched.page);
};
const look = async (name: string): Promise<string[]> => {
  await takePicture(watched.page, name);
  return listFaults(watched.page);
};

describe("what a path costs", () => {
  test("is reached from the paths, guesses the goal, and names the error with both sides, its interval and customers", async () => {
    const { page } = watched;
    await visit("/paths");
    await page.getByRole("link", { name: "What it costs" }).click();
    await page.getByRole("heading", { name: "Which path costs us the customer?" }).waitFor();
    const worse = page.getByRole("table", { name: "Goes with worse" });
    const row = worse.getByRole("row", { name: /^Payment error/ });
    await row.waitFor();
    expect(await page.getByRole("combobox", { name: "Goal" }).inputValue()).toBe("Order placed");
    expect(await row.textContent()).toMatch(/touchpoint, against paths that reached Payment without it/);
    expect(await row.textContent()).toMatch(/% of 80/);
    expect(await row.getByRole("link").count()).toBe(3);
    expect(await look("effects")).toEqual([]);
    // Nothing but the error leads from the payment to where it is shown, so no route is told to be worse than others.
    await page.getByText("No route goes with worse outcomes than others to the same step").waitFor();
    await page.getByText("Routes without enough evidence").click();
    await page.getByRole("table", { name: "Routes without enough evidence" }).getByRole("row", { name: /^Begins with Home page → Payment → Payment error route, against paths that came to Payment error another way/ }).waitFor();
    await page.getByLabel("What matters").selectOption("leaving");
    await page.getByLabel("Left means not seen for").waitFor();
    await seeAll(page);
    expect(await look("effects-leaving")).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});

test("what a path costs is told of the paths one came from, whatever cuts them", async () => {
  const { page } = watched;
  await visit("/paths?cut=touchpoint&start=Payment");
  await page.getByRole("link", { name: "What it costs" }).click();
  await page.getByRole("table", { name: "Goes with worse" }).getByRole("row", { name: /^Payment error/ }).waitFor();
  expect(page.url()).toMatch(/cut=touchpoint&start=Payment/);
  expect(await page.getByRole("combobox", { name: "One path is" }).inputValue()).toBe("From one step to another");
  await page.getByRole("combobox", { name: "One path is" }).click();
  await page.getByRole("option", { name: "All about one object" }).click();
  await page.getByRole("heading", { name: "Say what cuts the paths" }).waitFor();
  expect(await page.getByRole("combobox", { name: "One path is" }).and(page.locator(":focus")).count()).toBe(1);
  expect(await look("effects-unsaid")).toEqual([]);
  await page.getByRole("textbox", { name: "Property" }).fill("order_id");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "No path fits" }).waitFor();
  expect(watched.complaints).toEqual([]);
});

describe("gaps", () => {
  test("say where there is nothing to compare with, and lead out of a period without anything", async () => {
    const { page } = watched;
    // What customers did came through the web, what they felt through other channels.
    await visit("/gaps?channel=web");
    await page.getByRole("heading", { name: "Nothing to compare with yet" }).waitFor();
    await page.getByText("Nobody said yet what they expected or felt.").waitFor();
    expect(await page.getByRole("link", { name: "Open maps" }).getAttribute("href")).toBe("/maps");
    expect(await look("gaps-silent")).toEqual([]);
    await visit("/gaps?from=2020-01-01&to=2020-02-01");
    await page.getByRole("heading", { name: "Nothing in this period" }).waitFor();
    await page.getByRole("button", { name: "Show all time" }).click();
    await page.getByRole("heading", { name: new RegExp(`^${hostile} through phone`) }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("show the place that is worse, are taken on by keys, handed on, and let go after asking", async () => {
    const { page } = watched;
    await visit("/gaps");
    await page.getByRole("heading", { name: "In what ways are we not living up to expectations?" }).waitFor();
    await page.getByRole("heading", { name: new RegExp(`^${hostile} through phone`) }).waitFor();
    await page.getByRole("combobox", { name: "Touchpoint" }).fill("Hotline");
    await page.getByRole("option", { name: `${hostile} (differs beyond chance)` }).click();
    const channels = page.getByRole("table", { name: "By channel" });
    await channels.getByRole("row", { name: /^phone/i }).waitFor();
    expect(await channels.getByRole("row").count()).toBe(3);
    expect(await look("gaps")).toEqual([]);
    await page.getByRole("button", { name: "Take on" }).first().focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog", { name: "Take a gap on" });
    await panel.getByLabel("Owner").selectOption({ index: 1 });
    await panel.getByLabel("Note").fill("More people on the line");
    expect(await look("gaps-panel")).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Cancel" }).press("Enter");
    await panel.getByLabel("Note").and(page.locator(":focus")).waitFor();
    await panel.getByRole("button", { name: "Save" }).click();
    const taken = page.getByRole("region", { name: "Taken on" });
    await taken.getByRole("button", { name: /Hotline/ }).click();
    const change = page.getByRole("dialog", { name: "A gap taken on" });
    await change.getByText(/set Status: Open/).waitFor();
    await change.getByLabel("Status").selectOption("done");
    await change.getByRole("button", { name: "Save" }).click();
    await taken.getByText(/^Done · /).waitFor();
    // Done, it stands there all the same, for what was so before. Where it shows in what came afterwards, one press opens it again, with what became of it.
    await page.getByText(/^Done by /).waitFor();
    expect(await page.getByRole("button", { name: "Open again" }).count()).toBe(0);
    expect(await look("gaps-done")).toEqual([]);
    await watched.installation.services.db.query("update journeys.gap_assignments set changed_at = '2020-01-01' where workspace_id = $1", [workspaceId]);
    await visit("/gaps");
    await page.getByRole("button", { name: "Open again" }).press("Enter");
    await taken.getByText(/^Open · /).waitFor();
    expect(await page.getByRole("button", { name: "Open again" }).count()).toBe(0);
    await taken.getByRole("button", { name: /Hotline/ }).click();
    await change.getByText(/set Status: Done/).waitFor();
    await change.getByRole("button", { name: "Let go" }).press("Enter");
    const release = page.getByRole("dialog", { name: /^Let go of/ });
    await release.waitFor();
    await page.keyboard.press("Escape");
    await release.waitFor({ state: "detached" });
    await change.getByRole("button", { name: "Let go" }).press("Enter");
    await release.getByRole("button", { name: "Let go" }).click();
    await taken.getByText("Nobody has taken a gap on yet.").waitFor();
    expect(watched.complaints).toEqual([]);
  });
});
