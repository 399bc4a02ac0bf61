// Alerts in a browser: what moved is seen from everywhere, opened to its answers, judged, and rules are made with what they would have told.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import { enqueue } from "../server/platform/jobs/jobs.api.ts";
import { listFaults, openWatchedProduct, seeAll, signUp } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let workspaceId: string;
let annId: string;

const dayMs = 86_400_000;
const usual = [10, 10, 9, 9, 10, 8, 7, 8, 5, 3, 9, 10];
const bad = [2, 3, 5, 6, 8, 7, 9, 4, 1, 10, 6, 5];

const add = async (fromDaysAgo: number, days: number, values: readonly number[]): Promise<void> => {
  const noon = Math.floor(Date.now() / dayMs) * dayMs + dayMs / 2;
  const rows = Array.from({ length: days }, (_, day) => values.map((value, index) => makePerception({ value, channel: "web", at: new Date(noon - (fromDaysAgo - day) * dayMs + index * 60_000).toISOString() }))).flat()
    .filter(({ at }) => Date.parse(at) < Date.now());
  await insertPerceptions(watched.installation.services.db, workspaceId, rows);
  await watched.installation.settle();
};

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  const member = await signUp(page, watched.installation);
  ({ workspaceId } = member);
  const { body } = await member.ask("POST", "/api/invitations", { email: "ann@firsthand.example", role: "agent" });
  const token = new URL(String(Reflect.get(Object(body), "link"))).searchParams.get("token");
  await watched.installation.nobody.ask("POST", "/api/public/invitation", { token, name: "Ann Lee", password: "irrelevant password 1" });
  const { items } = await (await page.request.get(`${watched.installation.address}/api/members`)).json();
  annId = items.find(({ name }: { name: string }) => name === "Ann Lee").id;
  await insertInteractions(watched.installation.services.db, workspaceId, [makeInteraction(workspaceId, { touchpoint: "Repair shop", at: new Date(Date.now() - 300 * dayMs).toISOString() })]);
  // Ten usual weeks, a bad one, and another usual one; then a fall that lasts.
  await add(100, 60, usual);
  await add(40, 8, bad);
  await add(32, 28, usual);
  // Today's too, once it is past noon: else answers would have stopped coming in, which is an alert as well.
  await add(4, 5, bad);
  const { db } = watched.installation.services;
  await enqueue(db, "alerts.look", {});
  await vi.waitFor(async () => {
    if ((await db.query("select from insights.alerts where workspace_id = $1", [workspaceId])).rowCount !== 2) throw new Error("The rules have not looked yet.");
  }, { timeout: 20_000 });
}, 60_000);
afterAll(() => watched.close());

const alert = () => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /^NPS fell to/ }) });

describe("alerts", () => {
  test("are counted on every screen, lead to their answers, and are asked whether they were useful", async () => {
    await page.goto(`${watched.installation.address}/`);
    await page.getByText(/^NPS fell to .* below what eight weeks say$/).first().waitFor({ timeout: 20_000 });
    await page.getByRole("link", { name: "Alerts: 1 you have not seen" }).click();
    await seeAll(page);
    await alert().first().waitFor();
    expect(await alert().count()).toBe(2);
    expect(await listFaults(page)).toEqual([]);
    await page.getByRole("link", { name: "Alerts: none you have not seen" }).waitFor();

    await alert().first().getByRole("button", { name: "Yes", exact: true }).click();
    await page.getByText("1 found it useful").waitFor();
    await page.getByText(/1 of 1 opinions? found it useful/).waitFor();

    await alert().first().getByRole("link", { name: /See what is behind it/ }).click();
    await page.getByRole("dialog").waitFor();
    expect(new URL(page.url()).searchParams.get("open")).toBe("nps");

    // As a mail leads to it.
    const { rows } = await watched.installation.services.db.query<{ id: string }>("select id from insights.alerts where workspace_id = $1 order by raised_at limit 1", [workspaceId]);
    await page.goto(`${watched.installation.address}/alerts?alert=${rows[0]?.id}`);
    const asked = page.locator("li[aria-current=true]");
    await asked.waitFor();
    expect(await alert().last().getAttribute("aria-current")).toBe("true");
    expect(await listFaults(page, ".alert-list")).toEqual([]);
    await asked.getByRole("link", { name: /^Why\? NPS fell to/ }).press("Enter");
    await page.getByRole("dialog").waitFor();
    expect(new URL(page.url()).searchParams.get("why")).toBe("nps");
  });

  test("that came and went within the days chosen on Home do not stand beside \"Nothing changed\"", async () => {
    const day = (ago: number): string => new Date(Date.now() - ago * dayMs).toISOString().slice(0, 10);
    await page.goto(`${watched.installation.address}/?from=${day(98)}&to=${day(25)}`);
    await page.getByText("Over the whole of these days nothing changed clearly", { exact: false }).waitFor({ timeout: 20_000 });
    await page.getByText(/^NPS fell to .* below what eight weeks say$/).waitFor();
    await page.getByText(/Over since .*: as before\./).waitFor();
    expect(await page.getByText("Nothing changed clearly: no score moved", { exact: false }).count()).toBe(0);

    // Before it, nothing had moved.
    await page.goto(`${watched.installation.address}/?from=${day(70)}&to=${day(50)}`);
    await page.getByText("Nothing changed clearly: no score moved").waitFor();
    expect(await page.getByText(/^NPS fell to/).count()).toBe(0);
  });

  test("say on their rule that a webhook does not take them, and are sent again", async () => {
    const { db } = watched.installation.services;
    await db.query("update insights.alert_rules set hook_host = 'hooks.example' where workspace_id = $1 and what = 'nps'", [workspaceId]);
    await db.query(
      `insert into insights.alert_deliveries (alert_id, way, workspace_id, rule_id, state, attempts, fault, tried_at)
       select alert.id, 'hook', alert.workspace_id, alert.rule_id, 'given_up', 24, 'it answered 503', now()
       from insights.alerts alert join insights.alert_rules rule on rule.id = alert.rule_id
       where alert.workspace_id = $1 and rule.what = 'nps' and alert.ended_at is null`, [workspaceId]);
    await page.goto(`${watched.installation.address}/alerts`);
    // Its last day has ended at midnight, which says less than the day does.
    const yesterday = new Date(Date.now() - dayMs).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    await page.getByText(`Looked at all days up to ${yesterday}`).first().waitFor();
    await page.getByText("1 message was not taken by the webhook at hooks.example and is not tried again: it answered 503.", { exact: false }).waitFor();
    expect(await listFaults(page, ".rule-list")).toEqual([]);
    await page.getByRole("button", { name: /^Send again: messages of/ }).press("Enter");
    await page.getByText("its address cannot be opened any more; enter it again", { exact: false }).waitFor({ timeout: 20_000 });
    expect(watched.complaints).toEqual([]);
  });

  test("a rule is made by keyboard, with what it would have told before it is kept", async () => {
    await page.goto(`${watched.installation.address}/alerts`);
    await page.getByRole("button", { name: "New rule" }).press("Enter");
    const editor = page.getByRole("dialog");
    await editor.getByText(/In the last 12 months this rule would have alarmed 2 times/).waitFor({ timeout: 20_000 });
    await editor.getByLabel("What", { exact: true }).selectOption("ces");
    await editor.getByText(/There was never enough to know what is usual/).waitFor();
    expect(await listFaults(page, "[role=dialog]")).toEqual([]);
    await editor.getByRole("combobox", { name: "Mail to colleagues" }).fill("Ann");
    await page.getByRole("option", { name: "Ann Lee" }).click();
    await editor.getByLabel("Colleagues get it", { exact: true }).selectOption("weekly");
    expect(await listFaults(page, "[role=dialog]")).toEqual([]);
    await editor.getByLabel("Name", { exact: true }).fill("Ease in the shop");
    await page.keyboard.press("Enter");

    await page.getByRole("button", { name: "Change Ease in the shop" }).waitFor();
    await page.getByRole("button", { name: "Snooze Ease in the shop" }).click();
    await page.getByRole("menuitem", { name: "For a week" }).click();
    await page.getByText(/Quiet until/).first().waitFor();
    const { items } = await (await page.request.get(`${watched.installation.address}/api/alert-rules`)).json();
    expect(items.find(({ name }: { name: string }) => name === "Ease in the shop").told.members).toContainEqual({ memberId: annId, mail: "weekly" });
    expect(watched.complaints).toEqual([]);
  });

  test("a rule is made about a need measured from facts, at a place that no score names, and all rules say what they promise together", async () => {
    await page.goto(`${watched.installation.address}/alerts`);
    await page.getByText(/rules are on: together at most [\d.]+ false alarms a year while nothing changes/).waitFor();
    await page.goto(`${watched.installation.address}/alerts?rule=new`);
    const editor = page.getByRole("dialog");
    await editor.getByLabel("What", { exact: true }).selectOption("custom");
    await editor.getByText("You have no formula of your own yet.", { exact: false }).waitFor();
    await editor.getByRole("button", { name: "Make the rule" }).click();
    await editor.getByText("Choose a formula").last().waitFor();
    await editor.getByLabel("What", { exact: true }).selectOption("fact_time_to_remedy");
    await editor.getByText(/A day is looked at when all its cases have had time/).waitFor();
    await editor.getByText("Only for some of it", { exact: false }).click();
    await editor.getByRole("combobox", { name: "Touchpoint" }).fill("repair");
    await page.getByRole("option", { name: "Repair shop" }).click();
    expect(await editor.getByRole("combobox", { name: "Survey" }).count()).toBe(0);
    expect(await listFaults(page, "[role=dialog]")).toEqual([]);
    await editor.getByRole("button", { name: "Make the rule" }).click();
    await page.getByText("Failures put right too late or not at all (Repair shop) rise by 3 points or more", { exact: false }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("rules are made about a theme of comments and about who answers, each with what it needs to be told", async () => {
    const at = new Date(Date.now() - dayMs).toISOString();
    await insertPerceptions(watched.installation.services.db, workspaceId, [makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, text: "The parcel came late", at })]);
    await page.evaluate(async () => {
      const { csrfToken } = await (await fetch("/api/session")).json();
      await fetch("/api/themes", { method: "POST", headers: { "content-type": "application/json", "x-csrf-token": csrfToken }, body: JSON.stringify({ name: "Late parcels", words: ["parcel"] }) });
    });
    const themed = async () => (await watched.installation.services.db.query("select from insights.theme_assignments where workspace_id = $1 and cardinality(theme_ids) = 1", [workspaceId])).rowCount;
    await vi.waitFor(async () => { if ((await themed()) !== 1) throw new Error("The comment has no theme yet."); }, { timeout: 20_000 });
    await watched.installation.settle();
    await page.goto(`${watched.installation.address}/alerts?rule=new`);
    const editor = page.getByRole("dialog");
    await editor.getByLabel("What", { exact: true }).selectOption("theme_share");
    await editor.getByRole("button", { name: "Make the rule" }).click();
    await editor.getByText("Choose a theme").last().waitFor();
    await editor.getByLabel("Theme", { exact: true }).selectOption({ label: "Late parcels" });
    await editor.getByText(/There was never enough to know what is usual/).waitFor();
    expect(await listFaults(page, "[role=dialog]")).toEqual([]);
    await editor.getByRole("button", { name: "Make the rule" }).click();
    await page.getByText("Comments about \"Late parcels\" rise by 2 points or more, beyond what chance explains.", { exact: false }).waitFor();

    await page.goto(`${watched.installation.address}/alerts?rule=new`);
    await editor.getByLabel("What", { exact: true }).selectOption("response_rate");
    await editor.getByLabel("Asked by", { exact: true }).selectOption("email");
    await editor.getByText(/Each day is looked at three days later/).waitFor();
    expect(await listFaults(page, "[role=dialog]")).toEqual([]);
    await editor.getByRole("button", { name: "Make the rule" }).click();
    await page.getByText("Response rate within three days (email) falls by 5 points or more", { exact: false }).waitFor();
    expect(watched.complaints).toEqual([]);
  });
});
