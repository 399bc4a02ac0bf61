import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { makeDefinition, publishSurvey } from "../server/feedback/feedback.make.ts";
import { ShownPlacement } from "../server/feedback/widgets/widgets.contract.ts";
import type { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { CHATS } from "./chat-windows.ts";
import { everyKind } from "./every-kind.ts";
import { serveSite } from "./served-site.ts";
import { listFaults, listFaultsOfAccess, openWatchedBrowser, openWatchedPage, seeAll, signUp } from "./watched-page.ts";
import type { WatchedBrowser } from "./watched-page.ts";

let installation: Installation;
let organisation: Organisation;
let browser: WatchedBrowser;
let website: Awaited<ReturnType<typeof serveSite>>;
let placed: Survey | null = null;
let key: string;

// Another origin, the strictest policy, and a style that does all a page can do to what is put into it.
const policy = (host: string): string =>
  `default-src 'none'; script-src ${host} 'self'; connect-src ${host}; style-src 'self'; img-src ${host}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
const HOSTILE_CSS = `*{color:red!important;font-size:3px!important;display:inline!important;position:static!important;visibility:hidden!important;transform:rotate(9deg)}
div{opacity:0!important;pointer-events:none!important} dialog{display:none!important} button{all:unset!important} html,body,h1,main,main *{visibility:visible!important;display:block!important;font-size:16px!important;color:#222!important} .tall{height:300vh}`;

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  organisation = await installation.makeOrganisation();
  key = await installation.makeWriteKey(organisation);
  website = await serveSite((request, reply) => {
    const path = (request.url ?? "/").split("?")[0];
    if (path === "/hostile.css") return void reply.setHeader("content-type", "text/css").end(HOSTILE_CSS);
    reply.setHeader("content-type", "text/html; charset=utf-8").setHeader("content-security-policy", policy(installation.address));
    const inline = path?.startsWith("/inline") === true ? `<section data-firsthand-survey="${path.split("/")[2] ?? ""}"></section>` : "";
    const direction = path === "/rtl" ? ' dir="rtl" lang="ar"' : ' lang="en"';
    return void reply.end(`<!doctype html><html${direction}><head><title>Shop</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/hostile.css">
<script async src="${installation.address}/w.js" data-key="${key}"></script></head><body><main><h1>Shop</h1><p><a href="#basket">Basket</a></p>${inline}<p class="tall">Goods</p></main></body></html>`);
  });
  browser = await openWatchedBrowser();
});
afterAll(async () => {
  await browser.close();
  website.close();
  await installation.stop();
});

const place = async (placement: Record<string, unknown>, definition = makeDefinition()): Promise<Survey> => {
  // One survey at a time on the website, so that no test sees the survey of another.
  if (placed !== null) await organisation.manager.ask("PUT", `/api/surveys/${placed.id}/website`, { isOn: false });
  placed = await publishSurvey(organisation.manager, definition);
  expect((await organisation.manager.ask("PUT", `/api/surveys/${placed.id}/website`, { isOn: true, ...placement })).status).toBe(200);
  return placed;
};
const proofOf = async (userId: string): Promise<string> => {
  const { secret } = z.object({ secret: z.string() }).parse((await organisation.owner.ask("GET", "/api/website-identity")).body);
  return createHmac("sha256", secret).update(userId).digest("hex");
};
const answersTo = async (survey: Survey) =>
  (await installation.services.db.query(
    `select response.state, response.channel, response.subject, (select jsonb_object_agg(question_id, coalesce(to_jsonb(number), to_jsonb(choices), to_jsonb(text))) from feedback.answers answer
       where answer.response_id = response.id) as answers
     from feedback.responses response where response.survey_id = $1`, [survey.id])).rows;
const displaysOf = async (survey: Survey) => ShownPlacement.parse((await organisation.manager.ask("GET", `/api/surveys/${survey.id}/website`)).body).displays;

/** @param calls made by the page before the script is there
 *  @param init runs before the page does; with it time stands still until the test lets it pass */
const visit = async (path = "/", options: BrowserContextOptions = {}, { calls = [], init }: { calls?: unknown[]; init?: () => void } = {}): Promise<{ page: Page; complaints: string[] }> => {
  const { page, complaints } = await browser.open(options);
  page.setDefaultTimeout(10_000);
  if (init !== undefined) await page.clock.install();
  await page.addInitScript((list) => Object.assign(window, { firsthand: list }), calls);
  if (init !== undefined) await page.addInitScript(init);
  await page.goto(`${website.address}${path}`);
  // From when it keeps what it drew, it watches.
  await page.waitForFunction(() => localStorage.getItem("firsthand") !== null);
  return { page, complaints };
};
/** Once it stands: what is still fading in has less contrast. */
const faultsOf = async (page: Page): Promise<string[]> => {
  await page.locator(".frame").evaluate((frame) => Promise.allSettled(frame.getAnimations({ subtree: true }).map(({ finished }) => finished)));
  return listFaultsOfAccess(page, { part: ["div", ".frame"] });
};
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe("a survey on a website", () => {
  test("is answered on a page of another address with a strict policy and a hostile style", async () => {
    const survey = await place({ triggers: [{ on: "event", name: "order placed" }] });
    const { page, complaints } = await visit();

    await page.evaluate(() => Reflect.get(window, "firsthand").track("order placed"));
    const frame = page.locator("dialog.frame");
    await frame.waitFor();
    expect(await frame.evaluate((element) => ({ opacity: getComputedStyle(element.parentNode instanceof ShadowRoot ? element.parentNode.host : element).opacity, position: getComputedStyle(element).position, size: getComputedStyle(element).fontSize })))
      .toEqual({ opacity: "1", position: "fixed", size: "16px" });
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("radio").nth(10).check();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("Price").click();
    await page.getByRole("button", { name: "Send" }).click();
    await frame.locator(".message").waitFor();

    await expect.poll(() => answersTo(survey)).toEqual([{ state: "complete", channel: "widget", subject: null, answers: { nps: 10, matters: ["price"] } }]);
    await expect.poll(() => displaysOf(survey)).toEqual({ shown: 1, started: 1, completed: 1, dismissed: 0 });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("closed with Escape says nothing, gives the focus back and does not come again", async () => {
    const survey = await place({ triggers: [{ on: "event", name: "exit page" }], look: "modal" });
    const { page, complaints } = await visit();
    const track = () => page.evaluate(() => Reflect.get(window, "firsthand").track("exit page"));

    await page.getByRole("link", { name: "Basket" }).focus();
    await track();
    await page.locator("dialog.modal").waitFor();
    // After the last of its elements comes whatever the browser has around the page, for which the body stands.
    for (let press = 0; press < 20; press += 1) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.shadowRoot !== null)).toBe(true);
    }
    await page.locator("dialog.modal button").first().press("Escape");
    await page.locator("dialog.modal").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Basket");
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));
    await track();
    await page.evaluate(() => new Promise((done) => void setTimeout(done)));

    expect(asked.filter((url) => url.includes("/widget/survey"))).toEqual([]);
    expect(await page.locator("dialog").count()).toBe(0);
    expect(await answersTo(survey)).toEqual([]);
    await expect.poll(() => displaysOf(survey)).toEqual({ shown: 1, started: 0, completed: 0, dismissed: 1 });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("is answered in a corner with the keyboard alone, and brings the work its protection wants", async () => {
    const survey = await place({ triggers: [{ on: "event", name: "keys" }] });
    await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { protection: { proofOfWork: "light", isPaceChecked: false } });
    const { page, complaints } = await visit();
    const press = async (...keys: string[]): Promise<void> => {
      for (const name of keys) await page.keyboard.press(name);
    };

    await press("Tab");
    await page.evaluate(() => Reflect.get(window, "firsthand").track("keys"));
    const frame = page.locator("dialog.corner");
    await frame.waitFor();
    expect(await focused(page)).toBe("Basket");
    // Past the button that closes it.
    await press("Tab", "Tab", "9", "Enter");
    await frame.getByText("What matters most?").waitFor();
    await press("Tab", "Space", "Enter");
    await frame.locator(".message").waitFor();
    await expect.poll(() => answersTo(survey)).toMatchObject([{ state: "complete", answers: { nps: 9, matters: ["price"] } }]);
    await press("Escape");
    await frame.waitFor({ state: "detached" });

    expect(await focused(page)).toBe("Basket");
    expect((await installation.services.db.query("select outcome, flags from feedback.responses where survey_id = $1", [survey.id])).rows).toEqual([{ outcome: "counted", flags: [] }]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each<[string, string, Record<string, unknown>, BrowserContextOptions]>([
    ["in a corner, in the light", "/", { look: "corner" }, {}],
    ["in the middle, in the dark, on a phone", "/", { look: "modal" }, { colorScheme: "dark", viewport: { width: 390, height: 780 } }],
    ["as a bar, from right to left", "/rtl", { look: "bar" }, { colorScheme: "dark" }],
  ])("has no fault of access %s", async (title, path, placement, options) => {
    await place({ triggers: [{ on: "page" }], ...placement }, everyKind());
    const { page, complaints } = await visit(path, options);
    const frame = page.locator("dialog.frame");
    await frame.waitFor();
    const faults: string[] = [];

    for (let step = 0; step < 12 && (await frame.locator(".message").count()) === 0; step += 1) {
      faults.push(...(await faultsOf(page)));
      if (process.env["PICTURES"] !== undefined) await page.screenshot({ path: `${process.env["PICTURES"]}/${title.replaceAll(/\W+/g, "-")}-${step}.png` });
      const shown = await frame.locator("legend, .message").textContent();
      await frame.locator(".primary").click();
      await expect.poll(() => frame.locator("legend, .message").textContent()).not.toBe(shown);
    }
    const overhang = await frame.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return [left < 0, right > innerWidth, top < 0, bottom > innerHeight, element.scrollWidth > element.clientWidth];
    });

    expect(faults).toEqual([]);
    expect(overhang).toEqual([false, false, false, false, false]);
    expect(await frame.locator(".message").count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("stands in the page where the page wants it, and what is answered there is the visitor's", async () => {
    const survey = await place({ triggers: [{ on: "manual" }] });
    const { page, complaints } = await visit(`/inline/${survey.slug}`, {}, { calls: [["identify", { userId: "lea", proof: await proofOf("lea") }]] });

    await page.locator("section.inline").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("radio").nth(10).check();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("Price").click();
    await page.getByRole("button", { name: "Send" }).click();

    await expect.poll(() => answersTo(survey)).toMatchObject([{ state: "complete", subject: "user:lea", answers: { nps: 10 } }]);
    const timeline = await installation.services.db.query("select type, channel from customers.interactions where subject = 'user:lea' and type = 'response'");
    expect(timeline.rows).toEqual([{ type: "response", channel: "widget" }]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("sends on a later page what the network took from an earlier one", async () => {
    const survey = await place({ triggers: [{ on: "page" }] });
    const { page } = await visit();
    const context = page.context();
    await page.locator("dialog.frame").waitFor();
    await page.getByRole("radio").nth(10).check();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("Price").click();
    await expect.poll(async () => (await answersTo(survey)).length).toBe(1);

    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("You are offline").waitFor();
    await page.close();
    expect(await answersTo(survey)).toMatchObject([{ state: "partial" }]);
    const later = await context.newPage();
    await context.setOffline(false);
    await later.goto(`${website.address}/other`);

    await expect.poll(() => answersTo(survey)).toMatchObject([{ state: "complete", answers: { nps: 10, matters: ["price"] } }]);
    expect(await later.locator("dialog").count()).toBe(0);
    await context.close();
  });
});

describe("a survey on a website shows", () => {
  const pass = (page: Page, ms: number) => page.clock.runFor(ms);
  const go = (page: Page, path: string) => page.evaluate((to) => history.pushState(null, "", to), path);

  test.each<[string, Record<string, unknown>, (page: Page) => Promise<unknown>, (page: Page) => Promise<unknown>]>([
    // The same address written again is no new page, on which waiting would begin anew.
    ["after a while", { triggers: [{ on: "delay", seconds: 20 }] }, async (page) => { await pass(page, 19_000); await go(page, "/"); await pass(page, 500); }, (page) => pass(page, 600)],
    ["far down", { triggers: [{ on: "scroll", percent: 90 }] }, (page) => page.mouse.wheel(0, 50), (page) => page.mouse.wheel(0, 9_000)],
    ["when the pointer leaves at the top", { triggers: [{ on: "exit" }] }, (page) => leave(page, 300), (page) => leave(page, -1)],
    ["when nothing happens", { triggers: [{ on: "inactivity", seconds: 5 }] }, async (page) => { await pass(page, 4_000); await page.mouse.move(9, 9); await pass(page, 4_000); }, (page) => pass(page, 1_100)],
    ["on pages it is for", { triggers: [{ on: "page" }], addresses: ["/shop/*"] }, (page) => pass(page, 1_000), async (page) => { await go(page, "/shop/shoes"); await pass(page, 1); }],
  ])("%s, and not before", async (_title, placement, early, due) => {
    await place(placement);
    const { page, complaints } = await visit("/", {}, { init: () => undefined });
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));

    await page.mouse.move(50, 50);
    await early(page);
    expect(asked).toEqual([]);
    await due(page);
    await page.locator("dialog.frame").waitFor();

    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("to a share of devices, each of which draws once", async () => {
    await place({ triggers: [{ on: "page" }], samplePercent: 0.1 });
    const { page } = await visit("/", {}, { init: () => { Math.random = () => 0.5; } });
    const lots = () => page.evaluate(() => Object.values(JSON.parse(localStorage.getItem("firsthand") ?? "{}").lots));
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));

    expect(await lots()).toEqual([50]);
    await page.addInitScript(() => { Math.random = () => 0; });
    const configured = page.waitForResponse((reply) => reply.url().includes("/api/public/widget?"));
    await page.reload();
    await configured;
    await page.waitForFunction(() => typeof Reflect.get(window, "firsthand").track === "function");
    expect(await lots()).toEqual([50]);
    expect(asked.filter((url) => url.includes("/api/public/widget/survey"))).toEqual([]);
    const winner = await visit("/", {}, { init: () => { Math.random = () => 0; } });
    await winner.page.locator("dialog.frame").waitFor();

    await Promise.all([page.context().close(), winner.page.context().close()]);
  });

  test("once no chat is open, yields to one opened later, and forgets what the visitor has left", async () => {
    await place({ triggers: [{ on: "page" }], addresses: ["/shop/*"] });
    const chat = (page: Page, isOpen: boolean) => page.evaluate((open) => {
      document.querySelector("[data-firsthand-chat]")?.remove();
      if (!open) return;
      const chatWindow = document.createElement("main");
      chatWindow.dataset["firsthandChat"] = "open";
      chatWindow.append("Chat");
      document.body.append(chatWindow);
    }, isOpen);
    const { page } = await visit("/", {}, { calls: [["identify", { userId: "kim", proof: await proofOf("kim") }]], init: () => undefined });
    const frame = page.locator("dialog.frame");
    // Opened while the server is asked, after the first look.
    let isOpened = false;
    await page.route("**/widget/decision", async (route) => {
      await chat(page, true);
      isOpened = true;
      await route.continue();
    });
    const decided = () => page.waitForResponse((reply) => reply.url().endsWith("/widget/decision"));

    await Promise.all([decided(), go(page, "/shop/shoes").then(() => pass(page, 1))]);
    await pass(page, 10_000);
    expect([isOpened, await frame.count()]).toEqual([true, 0]);
    // Meanwhile elsewhere: it is not for that page, and comes on the next one it is for.
    await go(page, "/imprint");
    await chat(page, false);
    await pass(page, 10_000);
    expect(await frame.count()).toBe(0);
    await page.unroute("**/widget/decision");
    await go(page, "/shop/hats");
    await pass(page, 1);
    await frame.waitFor();
    await page.getByRole("radio").nth(9).check();
    await chat(page, true);
    await pass(page, 2_000);
    expect(await frame.isVisible()).toBe(false);
    await chat(page, false);
    await pass(page, 2_000);

    expect(await page.getByRole("radio").nth(9).isChecked()).toBe(true);
    expect(await frame.isVisible()).toBe(true);
    await page.context().close();
  });

  test("not above the windows of usual chats, but above their buttons", async () => {
    const { page, close } = await browser.open();
    const source = stripTypeScriptTypes(readFileSync(new URL("../widget/website/open-chats.ts", import.meta.url), "utf8")).replace("export ", "");
    const seen: [string, unknown, unknown][] = [];
    for (const [name, open, closed] of CHATS) {
      const look = async (markup: string): Promise<unknown> => {
        await page.setContent(markup);
        return page.evaluate(`{ ${source}; isChatOpen() }`);
      };
      seen.push([name, await look(open), await look(closed)]);
    }
    await close();

    expect(seen).toEqual(CHATS.map(([name]) => [name, true, false]));
  });
});

/** The pointer leaves the page at a height. */
const leave = (page: Page, clientY: number) => page.evaluate((y) => document.dispatchEvent(new MouseEvent("mouseout", { clientY: y })), clientY);

describe("the screen for the website", () => {
  test("sets a survey up for a website, is accessible and fits", async () => {
    const watched = await openWatchedPage();
    const { page, complaints } = watched;
    const { headers } = await signUp(page, installation);
    const made = await page.request.post(`${installation.address}/api/surveys`, { data: { name: "Shop survey", definition: makeDefinition() }, headers });
    const { id } = z.object({ id: z.string() }).parse(await made.json());
    await page.request.post(`${installation.address}/api/keys`, { data: { kind: "write", name: "Shop" }, headers });

    await page.goto(`${installation.address}/surveys/${id}/website`);
    await seeAll(page);
    expect(await listFaults(page)).toEqual([]);
    await page.getByRole("switch", { name: "Show this survey" }).press("Space");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("spinbutton", { name: "Seconds" }).fill("45");
    await page.getByLabel("Only on these pages").fill("/shop/*");
    await page.getByRole("button", { name: "Save" }).first().click();
    await page.getByText("Websites take it over").waitFor();
    await page.getByRole("button", { name: "Show the secret" }).click();
    await page.getByRole("textbox", { name: "User id" }).fill("42");
    await page.getByRole("button", { name: "Make the proof" }).click();
    await page.getByRole("link", { name: "Open the test page as this user" }).waitFor();
    expect(await listFaults(page, "main")).toEqual([]);
    if (process.env["PICTURES"] !== undefined) await page.screenshot({ path: `${process.env["PICTURES"]}/screen.png`, fullPage: true });

    expect(await (await page.request.get(`${installation.address}/api/surveys/${id}/website`)).json()).toMatchObject({ placement: { isOn: true, triggers: [{ on: "delay", seconds: 45 }], addresses: ["/shop/*"] } });
    await page.getByRole("switch", { name: "User ids need a proof" }).press("Space");
    await page.getByText("It holds at once").waitFor();
    expect(await (await page.request.get(`${installation.address}/api/website-identity`)).json()).toMatchObject({ isProofNeeded: false });
    await page.goto(`${installation.address}${await page.getByRole("link", { name: "Open the test page as this user" }).getAttribute("href")}`);
    await page.getByText("You are here as 42").waitFor();
    expect(complaints).toEqual([]);
    await watched.close();
  });
});
