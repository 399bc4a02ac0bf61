// One survey, built in the builder and answered by everybody everywhere; what the other journeys look at closely happens here all together.
import { createHmac } from "node:crypto";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { insertInteractions } from "../server/customers/customers.api.ts";
import { makeMessages } from "../server/customers/customers.make.ts";
import { awaitMail, makeDistribution, setPolicy, startDistribution } from "../server/feedback/distributions/distributions.make.ts";
import { Kiosk, Pairing } from "../server/feedback/kiosks/kiosks.contract.ts";
import { SurveyLink } from "../server/feedback/surveys/surveys.contract.ts";
import type { Organisation } from "../server/firsthand.make.ts";
import { makeMailServer } from "../server/platform/mail/smtp.make.ts";
import type { TestMailServer } from "../server/platform/mail/smtp.make.ts";
import { serveSite } from "./served-site.ts";
import { openWatchedProduct, seeAll } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let mailServer: TestMailServer;
let product: WatchedProduct;
let organisation: Organisation;
let website: Awaited<ReturnType<typeof serveSite>>;
let surveyId: string;

const QUESTION = "How likely are you to recommend us to a friend or colleague?";
const THANKS = "We read every word";
// Noon for everybody, wherever this test runs, so that a call list may be called.
const offset = 12 - new Date().getUTCHours();
const timezone = offset === 0 ? "Etc/GMT" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
/** Who answers where: known people on four ways, and two of whom nobody knows who they are. */
const customers = [
  { name: "Lea", channel: "web", score: 10, why: "A link was quick" },
  { name: "Wim", channel: "widget", score: 9, why: "Found while shopping" },
  { name: "Mia", channel: "email", score: 8, why: "It came by mail" },
  { name: "Ivy", channel: "interview", score: 3, why: "Said on the phone" },
] as const;
const strangers = [{ channel: "kiosk", score: 6, why: "Typed without a line" }, { channel: "kiosk", score: 7, why: "Typed with a line" }] as const;

beforeAll(async () => {
  mailServer = await makeMailServer();
  product = await openWatchedProduct({ SMTP_URL: mailServer.url });
  const { installation, page } = product;
  page.setDefaultTimeout(20_000);
  organisation = await installation.makeOrganisation("Corner Shop");
  await setPolicy(organisation, { quietHours: null, holdOutPercent: 0 });
  await insertInteractions(installation.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, customers.map(({ name, channel }, at) => ({
    at, type: "identify" as const, userId: name.toLowerCase(),
    traits: { name, timezone, ...(channel === "email" ? { email: "mia@mail.example" } : {}), ...(channel === "interview" ? { phone: "+493012345678" } : {}) },
  }))));
  await installation.settle();
  const { link } = z.object({ link: z.string() }).parse((await organisation.owner.ask("POST", "/api/invitations", { email: "max@firsthand.example", role: "manager" })).body);
  const data = { token: new URL(link).searchParams.get("token"), name: "Max", password: "irrelevant password 1" };
  await page.request.post(`${installation.address}/api/public/invitation`, { data, failOnStatusCode: true });
  const key = await installation.makeWriteKey(organisation);
  const { address } = installation;
  // The strictest policy a website can have and still show anything.
  const policy = `default-src 'none'; script-src ${address}; connect-src ${address}; img-src ${address}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  website = await serveSite((_request, reply) => void reply.setHeader("content-type", "text/html; charset=utf-8").setHeader("content-security-policy", policy)
    .end(`<!doctype html><html lang="en"><title>Shop</title><script async src="${address}/w.js" data-key="${key}"></script><h1>Shop</h1></html>`));
});
afterAll(async () => {
  website.close();
  await product.close();
  await mailServer.stop();
});

const go = async (path: string): Promise<void> => {
  await product.page.goto(`${product.installation.address}${path}`);
  await seeAll(product.page);
};
/** Somebody else's browser. */
const openVisitor = async (): Promise<Page> => {
  const page = await product.page.context().browser()?.newContext().then((context) => context.newPage());
  if (page === undefined) throw new Error("The browser is gone.");
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => void product.complaints.push(String(error)));
  page.on("console", (message) => void (message.type() === "error" && product.complaints.push(message.text())));
  return page;
};
const close = (page: Page): Promise<void> => page.context().close();

/** Answers both questions on the page of the survey, wherever it stands. */
const answer = async (on: Page | FrameLocator, given: { score: number; why: string }): Promise<void> => {
  await on.getByText(QUESTION).waitFor();
  await on.locator(".point").nth(given.score).click();
  await on.getByRole("button", { name: "Next" }).click();
  await finish(on, given);
};
const finish = async (on: Page | FrameLocator, { why }: { why: string }): Promise<void> => {
  await on.locator("textarea").fill(why);
  await on.getByRole("button", { name: "Send" }).click();
  await on.getByText(THANKS).waitFor();
};

const answered = async () =>
  (await product.installation.services.db.query<{ channel: string; score: number; why: string }>(
    `select response.channel, score.number as score, why.text as why from feedback.responses response
     join feedback.answers score on score.response_id = response.id and score.question_id = 'nps' join feedback.answers why on why.response_id = response.id and why.question_id = 'text'
     where response.survey_id = $1 and response.state = 'complete' order by score.number`, [surveyId])).rows;
const awaitAnswer = (why: string): Promise<void> => vi.waitFor(async () => expect((await answered()).map((one) => one.why)).toContain(why), { timeout: 20_000, interval: 100 });

const [lea, wim, mia, ivy] = customers;

const buildSurvey = async (page: Page): Promise<string> => {
  await go("/surveys");
  await page.getByRole("button", { name: "New survey" }).first().click();
  await page.getByRole("radio", { name: /^Nothing/ }).check();
  await page.getByLabel("Name").fill("Everywhere");
  await page.getByRole("button", { name: "Create survey" }).click();
  for (const kind of ["Recommendation (NPS)", "Long answer"]) {
    await page.getByRole("button", { name: "Add question" }).click();
    await page.getByRole("button", { name: kind }).click();
  }
  await page.getByRole("button", { name: /^Title and introduction/ }).click();
  await page.getByLabel("Title people see").fill("Your view of the shop");
  await page.getByRole("button", { name: /^Thank-you/ }).click();
  await page.getByRole("textbox", { name: "Title" }).fill(THANKS);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("button", { name: "Publish now" }).click();
  await page.getByRole("button", { name: "Published", exact: true }).waitFor();
  return /\/surveys\/([^/?]+)/.exec(page.url())?.[1] ?? "";
};

const answerByLink = async (page: Page): Promise<void> => {
  const link = SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${surveyId}/links`, { identifier: "user:lea" })).body);
  await page.goto(link.url);
  await answer(page, lea);
};

const answerOnWebsite = async (page: Page): Promise<void> => {
  expect((await organisation.manager.ask("PUT", `/api/surveys/${surveyId}/website`, { isOn: true, triggers: [{ on: "event", name: "order placed" }] })).status).toBe(200);
  await page.goto(website.address);
  await page.waitForFunction(() => "firsthand" in window && !Array.isArray(window.firsthand));
  // The shop's own server says who it is.
  const { secret } = z.object({ secret: z.string() }).parse((await organisation.owner.ask("GET", "/api/website-identity")).body);
  await page.evaluate((proof) => {
    Reflect.get(window, "firsthand").identify({ userId: "wim", proof });
    Reflect.get(window, "firsthand").track("order placed");
  }, createHmac("sha256", secret).update("wim").digest("hex"));
  await page.locator("dialog.frame").waitFor();
  await answer(page, wim);
};

const answerInMail = async (page: Page): Promise<void> => {
  const distribution = await makeDistribution(organisation.manager, { surveyId, addresses: ["mia@mail.example"] });
  await startDistribution(organisation.manager, distribution.id);
  const mail = await awaitMail(mailServer, "mia@mail.example");
  await page.goto("about:blank");
  await page.setContent(mail.html ?? "");
  await page.getByRole("link", { name: String(mia.score), exact: true }).click();
  await finish(page, mia);
};

/** Once while the line is down, and once after it came back. */
const answerOnKiosk = async (page: Page): Promise<void> => {
  const kiosk = Kiosk.parse((await organisation.manager.ask("POST", "/api/kiosks", { name: "Front door", surveyId, touchpoint: "Shop", pin: "2468", idleSeconds: 60 })).body);
  const pairing = Pairing.parse((await organisation.manager.ask("POST", `/api/kiosks/${kiosk.id}/pairing`)).body);
  await page.goto(pairing.address);
  await page.getByLabel("Code").fill(pairing.code);
  await page.getByRole("button", { name: "Make this device the kiosk" }).click();
  await page.getByText(QUESTION).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await answer(page, strangers[0]);
  await page.getByText("1 answer waits to be sent").waitFor();
  expect((await answered()).map(({ channel }) => channel)).not.toContain("kiosk");
  await page.context().setOffline(false);
  await awaitAnswer(strangers[0].why);
  await page.reload();
  await answer(page, strangers[1]);
  await awaitAnswer(strangers[1].why);
};

const answerInInterview = async (page: Page): Promise<void> => {
  const { manager } = organisation;
  const segment = z.object({ id: z.string() }).parse((await manager.ask("POST", "/api/segments", { kind: "live", name: "Everybody", rule: { match: "all", who: "known", conditions: [] } })).body);
  const list = { name: "Autumn calls", surveyId, segmentId: segment.id, hoursFrom: "09:00", hoursTo: "18:00", days: [1, 2, 3, 4, 5, 6, 7] };
  const { id } = z.object({ id: z.string() }).parse((await manager.ask("POST", "/api/call-lists", list)).body);
  await vi.waitFor(async () => expect((await manager.ask("GET", `/api/call-lists/${id}`)).body).toMatchObject({ status: "open" }), { timeout: 20_000, interval: 100 });
  await go(`/surveys/${surveyId}/interviews`);
  await page.getByRole("link", { name: "Call: Autumn calls" }).click();
  await page.getByText("Ready for the next call").waitFor();
  await page.keyboard.press("n");
  await page.getByRole("link", { name: "+493012345678" }).waitFor();
  await answer(page.frameLocator("iframe"), ivy);
  await page.getByText("Complete interview").click();
  await page.getByRole("button", { name: "Save & next call" }).click();
  await page.getByText("Ivy: written down.").waitFor();
};

test("one survey is built, published, answered on every channel, and each answer counts once", async () => {
  const { page, installation, complaints } = product;
  const { manager } = organisation;
  surveyId = await buildSurvey(page);

  const visitor = await openVisitor();
  await answerByLink(visitor);
  await answerOnWebsite(visitor);
  await answerInMail(visitor);
  await close(visitor);
  const device = await openVisitor();
  await answerOnKiosk(device);
  await close(device);
  await answerInInterview(page);

  expect(await answered()).toEqual([...customers, ...strangers].map(({ channel, score, why }) => ({ channel, score, why })).sort((one, other) => one.score - other.score));
  await installation.settle();
  for (const { name, why, channel } of customers) {
    const { items: [customer] } = z.object({ items: z.array(z.object({ id: z.string() })).length(1) }).parse((await manager.ask("GET", `/api/customers?search=${name}`)).body);
    const timeline = await manager.ask("GET", `/api/customers/${customer?.id}/timeline`);
    expect(timeline.text.split(why), `${name} answered by ${channel}`).toHaveLength(2);
    expect(timeline.text.match(/"Everywhere"/g), `${name} answered by ${channel}`).toHaveLength(1);
    await go(`/customers/${customer?.id}`);
    await page.getByText(why).first().waitFor();
  }

  const report = (await manager.ask("GET", `/api/surveys/${surveyId}/report`)).body;
  // Two promoters and two detractors of six.
  expect(report).toMatchObject({ rates: { completed: 6 }, questions: [{ id: "nps", count: 6, score: { metric: "nps", count: 6, score: 0 } }, { id: "text", count: 6 }] });
  const { groups } = z.object({ groups: z.array(z.object({ value: z.string(), count: z.int() })) }).parse((await manager.ask("GET", `/api/surveys/${surveyId}/report/groups?question=nps&by=channel`)).body);
  expect(Object.fromEntries(groups.map(({ value, count }) => [value, count]))).toEqual({ web: 1, widget: 1, email: 1, kiosk: 2, interview: 1 });
  await go(`/surveys/${surveyId}/report`);
  await page.getByRole("heading", { name: QUESTION }).waitFor();
  for (const { why } of [...customers, ...strangers]) expect(await page.getByText(why).count(), why).toBe(1);
  await go(`/surveys/${surveyId}/report?view=compare&by=channel`);
  await page.getByRole("row", { name: /^Kiosk.* 2$/ }).waitFor();
  expect(complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/.test(one))).toEqual([]);
});
