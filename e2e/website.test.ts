import { createServer, type Server } from "node:http";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { ShownPlacement } from "../server/feedback/widgets/widgets.contract.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { makeSetUpLink } from "../server/people/people.api.ts";
import { listFaults, openWatchedPage, seeAll } from "./watched-page.ts";
import { findBrowser } from "../tools/find-browser.ts";

let installation: Installation;
let organisation: Organisation;
let browser: Browser;
let website: Server;
let websiteAddress: string;
let key: string;

// Another origin, the strictest policy, and a style that does all a page can do to what is put into it.
const policy = (host: string): string =>
  `default-src 'none'; script-src ${host} 'self'; connect-src ${host}; style-src 'self'; img-src ${host}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
const HOSTILE_CSS = `*{color:red!important;font-size:3px!important;display:inline!important;position:static!important;visibility:hidden!important;transform:rotate(9deg)}
div{opacity:0!important;pointer-events:none!important} dialog{display:none!important} button{all:unset!important} html,body,h1,main,main *{visibility:visible!important;display:block!important;font-size:16px!important;color:#222!important}`;

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  organisation = await installation.makeOrganisation();
  key = z.object({ token: z.string() }).parse((await organisation.owner.ask("POST", "/api/keys", { kind: "write", name: "Website" })).body).token;
  website = createServer((request, reply) => {
    const path = (request.url ?? "/").split("?")[0];
    if (path === "/hostile.css") return void reply.setHeader("content-type", "text/css").end(HOSTILE_CSS);
    reply.setHeader("content-type", "text/html; charset=utf-8").setHeader("content-security-policy", policy(installation.address));
    const inline = path?.startsWith("/inline") === true ? `<section data-firsthand-survey="${path.split("/")[2] ?? ""}"></section>` : "";
    const direction = path === "/rtl" ? ' dir="rtl" lang="ar"' : ' lang="en"';
    return void reply.end(`<!doctype html><html${direction}><head><title>Shop</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/hostile.css">
<script async src="${installation.address}/w.js" data-key="${key}"></script></head><body><main><h1>Shop</h1><p><a href="#basket">Basket</a></p>${inline}<p class="tall">Goods</p></main></body></html>`);
  });
  await new Promise<void>((done) => website.listen(0, "127.0.0.1", done));
  const address = website.address();
  websiteAddress = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const { executablePath, args, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
});
afterAll(async () => {
  await browser.close();
  website.close();
  await installation.stop();
});

const place = async (placement: Record<string, unknown>, definition: unknown = makeDefinition()): Promise<Survey> => {
  // One survey at a time on the website, so that no test sees the survey of another.
  const others = z.object({ items: z.array(z.object({ id: z.string() })) }).parse((await organisation.manager.ask("GET", "/api/surveys?limit=100")).body);
  for (const { id } of others.items) await organisation.manager.ask("PUT", `/api/surveys/${id}/website`, { isOn: false });
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", definition })).body);
  const survey = Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
  const saved = await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/website`, { isOn: true, ...placement });
  expect(saved.status).toBe(200);
  return survey;
};
const answersTo = async (survey: Survey) =>
  (await installation.services.db.query(
    `select response.state, response.channel, response.subject, (select jsonb_object_agg(question_id, coalesce(to_jsonb(number), to_jsonb(choices), to_jsonb(text))) from feedback.answers answer
       where answer.response_id = response.id) as answers
     from feedback.responses response where response.survey_id = $1`, [survey.id])).rows;
const displaysOf = async (survey: Survey) => ShownPlacement.parse((await organisation.manager.ask("GET", `/api/surveys/${survey.id}/website`)).body).displays;

const visit = async (path = "/", options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  await page.goto(`${websiteAddress}${path}`);
  await page.waitForFunction(() => "firsthand" in window && !Array.isArray(window.firsthand));
  return { page, complaints };
};
const faultsOf = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze())
    .violations.flatMap(({ id, nodes }) => nodes.filter(({ target }) => JSON.stringify(target).includes("frame") || JSON.stringify(target).includes("[[")).map(({ html }) => `${id}: ${html}`));

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
    for (let press = 0; press < 20; press += 1) await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.shadowRoot !== null)).toBe(true);
    await page.keyboard.press("Escape");
    await page.locator("dialog.modal").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Basket");
    await track();
    await page.waitForTimeout(300);

    expect(await page.locator("dialog").count()).toBe(0);
    expect(await answersTo(survey)).toEqual([]);
    await expect.poll(() => displaysOf(survey)).toEqual({ shown: 1, started: 0, completed: 0, dismissed: 1 });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("waits until a chat is closed", async () => {
    await place({ triggers: [{ on: "page" }] });
    const { page } = await visit("/about");
    await page.context().close();
    const second = await visit("/", {});
    await second.page.context().close();
    const context = await browser.newContext();
    const third = await context.newPage();
    await third.addInitScript(() => Object.assign(window, { firsthand: Object.assign([], { isChatOpen: () => Reflect.get(window, "chat") !== "closed" }) }));
    await third.goto(websiteAddress);
    await third.waitForTimeout(2_500);
    expect(await third.locator("dialog").count()).toBe(0);
    await third.evaluate(() => Reflect.set(window, "chat", "closed"));
    await third.locator("dialog.frame").waitFor({ timeout: 8_000 });
    await context.close();
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
      await frame.locator(".primary").click();
      await page.waitForTimeout(60);
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

  test("stands in the page where the page wants it", async () => {
    const survey = await place({ triggers: [{ on: "manual" }] });
    const { page, complaints } = await visit(`/inline/${survey.slug}`);

    await page.locator("section.inline").waitFor();
    await page.getByRole("radio").nth(3).check();
    await page.getByRole("button", { name: "Next" }).click();

    await expect.poll(() => answersTo(survey)).toMatchObject([{ state: "partial", answers: { nps: 3 } }]);
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
    await later.goto(`${websiteAddress}/other`);

    await expect.poll(() => answersTo(survey)).toMatchObject([{ state: "complete", answers: { nps: 10, matters: ["price"] } }]);
    expect(await later.locator("dialog").count()).toBe(0);
    await context.close();
  });
});

describe("the screen for the website", () => {
  test("sets a survey up for a website, is accessible and fits", async () => {
    const watched = await openWatchedPage();
    const { page, complaints } = watched;
    const token = new URL((await makeSetUpLink(installation.services)) ?? "").searchParams.get("token");
    const member = { token, workspaceName: "Irrelevant", name: "Irrelevant", email: "owner@firsthand.example", password: "irrelevant password 1" };
    expect((await page.request.post(`${installation.address}/api/setup`, { data: member })).status()).toBe(201);
    const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await page.request.get(`${installation.address}/api/session`)).json());
    const headers = { "x-csrf-token": csrfToken };
    const made = await page.request.post(`${installation.address}/api/surveys`, { data: { name: "Shop survey", definition: makeDefinition() }, headers });
    const { id } = z.object({ id: z.string() }).parse(await made.json());
    await page.request.post(`${installation.address}/api/keys`, { data: { kind: "write", name: "Shop" }, headers });

    await page.goto(`${installation.address}/surveys/${id}/website`);
    await seeAll(page);
    expect(await listFaults(page)).toEqual([]);
    await page.getByRole("switch").press("Space");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("spinbutton", { name: "Seconds" }).fill("45");
    await page.getByLabel("Only on these pages").fill("/shop/*");
    await page.getByRole("button", { name: "Save" }).first().click();
    await page.getByText("Websites take it over").waitFor();
    expect(await listFaults(page)).toEqual([]);
    if (process.env["PICTURES"] !== undefined) await page.screenshot({ path: `${process.env["PICTURES"]}/screen.png`, fullPage: true });

    const saved = await page.request.get(`${installation.address}/api/surveys/${id}/website`);
    expect(await saved.json()).toMatchObject({ placement: { isOn: true, triggers: [{ on: "delay", seconds: 45 }], addresses: ["/shop/*"] } });
    expect(complaints).toEqual([]);
    await watched.close();
  });
});

const everyKind = () => makeDefinition({
  languages: ["en", "ar"],
  questions: [
    { id: "nps", type: "nps", title: { en: "How likely are you to recommend us?", ar: "ما مدى احتمال أن توصي بنا؟" }, isRequired: false },
    { id: "csat", type: "csat", title: { en: "How satisfied were you?" }, isRequired: false, look: "smileys" },
    { id: "stars", type: "rating", title: { en: "Your stars" }, isRequired: false, min: 1, max: 5, look: "stars" },
    { id: "multi", type: "multi", title: { en: "What did you like?" }, isRequired: false, options: [{ id: "a", label: { en: "Price" } }, { id: "b", label: { en: "Other" }, isOther: true }] },
    { id: "drop", type: "dropdown", title: { en: "Which shop?" }, isRequired: false, options: [{ id: "a", label: { en: "North" } }, { id: "b", label: { en: "South" } }] },
    { id: "matrix", type: "matrix", title: { en: "Rate each" }, isRequired: false, rows: [{ id: "r", label: { en: "Speed" } }], columns: [{ id: "good", label: { en: "Good" } }, { id: "bad", label: { en: "Bad" } }] },
    { id: "slide", type: "slider", title: { en: "How much?" }, isRequired: false, min: 0, max: 10, step: 1 },
    { id: "contact", type: "contact", title: { en: "Who are you?" }, isRequired: false, fields: ["first_name", "email"] },
    { id: "yes", type: "consent", title: { en: "May we write?" }, isRequired: false, statement: { en: "Yes, write to me." } },
    { id: "why", type: "text", title: { en: "Anything else?" }, isRequired: false },
  ],
});
