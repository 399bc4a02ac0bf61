import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { makeSetUpLink } from "../server/people/people.api.ts";
import { findBrowser } from "../tools/find-browser.ts";

let installation: Installation;
let organisation: Organisation;
let browser: Browser;

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  organisation = await installation.makeOrganisation();
  const { executablePath, args, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
});
afterAll(async () => {
  await browser.close();
  await installation.stop();
});

const publish = async (definition: unknown = makeDefinition()): Promise<Survey> => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", definition })).body);
  return Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
const answersTo = async (survey: Survey) =>
  (await installation.services.db.query<{ state: string; answers: Record<string, unknown> }>(
    `select response.state, (select jsonb_object_agg(question_id, coalesce(to_jsonb(number), to_jsonb(choices), to_jsonb(text))) from feedback.answers answer
       where answer.response_id = response.id) as answers
     from feedback.responses response where response.survey_id = $1`, [survey.id])).rows;

/** A page that remembers everything the browser complained about: errors of scripts and breaches of the security policy. */
const openPage = async (options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  return { page, complaints };
};
const accessibilityProblems = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze())
    .violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);

describe("the public survey page", () => {
  test.each<[string, BrowserContextOptions, string]>([
    ["on a computer", { viewport: { width: 1000, height: 760 } }, ""],
    ["on a phone in the dark", { viewport: { width: 375, height: 740 }, isMobile: true, hasTouch: true, colorScheme: "dark" }, ""],
    ["from right to left", { viewport: { width: 700, height: 700 } }, "?lang=ar"],
  ])("is answered with the keyboard alone %s, without a fault of access", async (_title, options, query) => {
    const survey = await publish(makeDefinition({ languages: ["en", "ar"] }));
    const { page, complaints } = await openPage(options);
    await page.goto(`${survey.url}${query}`);
    await page.waitForSelector(".progress");

    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".error");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.type("3");
    await page.keyboard.press("Enter");
    await page.waitForSelector("textarea");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("LEGEND");
    await page.keyboard.press("Tab");
    await page.keyboard.type("No 1 in waiting");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".option");
    await page.keyboard.press("2");
    await page.waitForSelector(".other");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".message");
    expect(await accessibilityProblems(page)).toEqual([]);

    await expect.poll(() => answersTo(survey)).toEqual([{ state: "complete", answers: { nps: 3, why: "No 1 in waiting", matters: ["other"] } }]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("loses nothing when the network goes away, the page is loaded again and the network comes back", async () => {
    const survey = await publish();
    const { page } = await openPage();
    await page.goto(survey.url);
    await page.waitForSelector(".progress");

    await page.context().setOffline(true);
    await page.keyboard.type("10");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("You are offline").waitFor();
    expect(await answersTo(survey)).toEqual([]);
    await page.context().setOffline(false);
    await page.reload();
    await page.getByText("What matters most?").waitFor();
    await page.getByText("Price").click();
    await page.getByRole("button", { name: "Send" }).dblclick();
    await page.waitForSelector(".message");

    await expect.poll(() => answersTo(survey)).toEqual([{ state: "complete", answers: { nps: 10, matters: ["price"] } }]);
    await page.context().close();
  });

  test("keeps half a sentence when the page is left", async () => {
    const survey = await publish();
    const { page } = await openPage();
    await page.goto(survey.url);
    await page.waitForSelector(".progress");
    await page.keyboard.type("2");
    await page.keyboard.press("Enter");
    await page.locator("textarea").fill("I was just going to");

    await page.goto("about:blank");

    await expect.poll(() => answersTo(survey)).toEqual([{ state: "partial", answers: { nps: 2, why: "I was just going to" } }]);
    await page.context().close();
  });

  test("shows the whole form when its script cannot load", async () => {
    const survey = await publish();
    const { page } = await openPage();
    await page.route("**/survey.js*", (route) => route.abort());

    await page.goto(survey.url);

    await page.getByText("What matters most?").waitFor({ state: "visible" });
    await page.locator('input[value="9"]').check({ force: true });
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Thank you!").waitFor();
    expect(await answersTo(survey)).toMatchObject([{ answers: { nps: 9 } }]);
    await page.context().close();
  });
});

describe("the builder", () => {
  test("takes a survey from a template to a published page whose answer appears in the list by itself", async () => {
    const { page, complaints } = await openPage({ viewport: { width: 1360, height: 900 } });
    await signIn(page);
    await page.goto(`${installation.address}/surveys`);
    await page.getByRole("button", { name: "New survey" }).first().click();
    await page.getByLabel("Name").fill("Autumn survey");
    await page.getByRole("button", { name: "New survey" }).last().click();
    const preview = page.frameLocator("iframe");
    await preview.locator(".progress").waitFor();

    await page.getByLabel("Title people see").fill("How was your autumn?");
    await preview.getByText("How was your autumn?").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Everything is published").waitFor();
    await page.getByRole("button", { name: "Share" }).click();
    const url = (await page.getByLabel("Link for everybody").textContent()) ?? "";

    await page.goto(`${installation.address}/responses`);
    await page.getByText("No response yet").waitFor();
    const { page: visitor } = await openPage();
    await visitor.goto(url);
    await visitor.getByText("How was your autumn?").waitFor();
    await visitor.waitForSelector(".progress");
    await visitor.keyboard.type("9");
    await visitor.keyboard.press("Enter");
    await visitor.locator("textarea").fill("Golden");
    await visitor.keyboard.press("Control+Enter");
    await visitor.getByRole("button", { name: "Send" }).click();
    await visitor.waitForSelector(".message");

    await page.getByText("Golden").waitFor({ timeout: 5_000 });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByText("Golden").click();
    await page.getByText("About this response").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await visitor.context().close();
    await page.context().close();
  });
});

const signIn = async (page: Page): Promise<void> => {
  const token = new URL((await makeSetUpLink(installation.services)) ?? "").searchParams.get("token");
  const reply = await page.request.post(`${installation.address}/api/setup`, {
    data: { token, workspaceName: "Irrelevant", name: "Irrelevant", email: "owner@firsthand.example", password: "irrelevant password 1" },
  });
  expect(reply.status()).toBe(201);
};
