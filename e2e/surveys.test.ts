import { readFileSync } from "node:fs";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { irrelevantQuestions, makeDefinition } from "../server/feedback/feedback.make.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { listFaults, listFaultsOfLook, openWatchedBrowser, signUp } from "./watched-page.ts";
import type { WatchedBrowser } from "./watched-page.ts";

let installation: Installation;
let organisation: Organisation;
let browser: WatchedBrowser;

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  organisation = await installation.makeOrganisation();
  browser = await openWatchedBrowser();
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

describe("the public survey page", () => {
  test.each<[string, BrowserContextOptions, string]>([
    ["on a computer", { viewport: { width: 1000, height: 760 } }, ""],
    ["on a phone in the dark", { viewport: { width: 375, height: 740 }, isMobile: true, hasTouch: true, colorScheme: "dark" }, ""],
    ["from right to left", { viewport: { width: 700, height: 700 } }, "?lang=ar"],
  ])("is answered with the keyboard alone %s, without a fault of access", async (_title, options, query) => {
    const survey = await publish(makeDefinition({ languages: ["en", "ar"] }));
    const { page, complaints } = await browser.open(options);
    await page.goto(`${survey.url}${query}`);
    await page.waitForSelector(".progress");

    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".error");
    expect(await listFaultsOfLook(page)).toEqual([]);
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
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".message");
    expect(await listFaultsOfLook(page)).toEqual([]);

    await expect.poll(() => answersTo(survey)).toEqual([{ state: "complete", answers: { nps: 3, why: "No 1 in waiting", matters: ["other"] } }]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("loses nothing when the network goes away, the page is loaded again and the network comes back", async () => {
    const survey = await publish();
    const { page } = await browser.open();
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
    const { page } = await browser.open();
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
    const { page } = await browser.open();
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

const pair = [{ id: "a", label: { en: "First" } }, { id: "b", label: { en: "Second" } }];

describe("the builder", () => {
  test("takes a survey from a template to a published page whose answer appears in the list by itself", async () => {
    const { page, complaints } = await browser.open({ viewport: { width: 1360, height: 900 } });
    await signUp(page, installation);
    await page.goto(`${installation.address}/surveys`);
    const templates = page.getByRole("dialog");
    await page.getByRole("button", { name: "New survey" }).first().click();
    await templates.waitFor();
    await page.goBack();
    await templates.waitFor({ state: "detached" });
    expect(new URL(page.url()).pathname).toBe("/surveys");
    await page.getByRole("button", { name: "New survey" }).first().click();
    await page.getByLabel("Name").fill("Autumn survey");
    await page.frameLocator("iframe").locator(".progress").waitFor();
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.getByRole("button", { name: "Create survey" }).click();
    await page.getByText("Add question").waitFor();
    const preview = page.frameLocator("iframe");

    await page.getByRole("button", { name: "Title and introduction" }).click();
    await page.getByLabel("Title people see").fill("How was your autumn?");
    await preview.getByText("How was your autumn?").waitFor();
    expect(await listFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("button", { name: "Publish now" }).click();
    await page.getByRole("button", { name: "Published", exact: true }).waitFor();
    await page.getByRole("link", { name: "Share" }).click();
    const url = (await page.locator("code").first().textContent()) ?? "";
    expect(await listFaults(page)).toEqual([]);
    expect(await page.getByRole("img", { name: "Code that leads to Autumn survey" }).evaluate((image) => Reflect.get(image, "naturalWidth"))).toBeGreaterThan(0);
    const save = page.getByRole("link", { name: "Save as SVG" });
    const [code] = await Promise.all([page.waitForEvent("download"), save.click()]);
    expect(code.suggestedFilename()).toBe("Autumn_survey.svg");
    await page.route("**/qr.svg*", (route) => route.fulfill({ status: 404, json: { error: { code: "not_found", message: "This survey was deleted a moment ago." } } }));
    await save.click();
    await page.getByText("This survey was deleted a moment ago.").waitFor();
    await page.unroute("**/qr.svg*");
    // That the code was refused is the one complaint there may be.
    expect(complaints.splice(0)).toEqual([expect.stringContaining("qr.svg")]);

    await page.goto(`${installation.address}/responses`);
    await page.getByText("No response yet").waitFor();
    const { page: visitor } = await browser.open();
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
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.getByText("Golden").click();
    await page.getByText("About this response").waitFor();
    expect(await listFaultsOfLook(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await visitor.context().close();
    await page.context().close();
  });

  test("shows a survey from a file on every channel while it is written, is put in order by the mouse, and gives it back as a file and a copy", async () => {
    const { page, complaints } = await browser.open({ viewport: { width: 1360, height: 900 } });
    const definition = makeDefinition({ questions: [...irrelevantQuestions, { id: "grid", type: "matrix", title: { en: "Rate each" }, isRequired: false, rows: pair, columns: pair }] });
    await enter(page);
    await page.goto(`${installation.address}/surveys`);
    await page.getByRole("button", { name: "New survey" }).first().click();
    await page.locator("input[type=file]").setInputFiles({ name: "Winter.survey.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(definition)) });
    await page.getByRole("heading", { level: 1, name: "Winter" }).waitFor();
    const preview = page.getByRole("region", { name: "Preview" });
    const channels = [["Mail", preview], ["Kiosk", page.frameLocator("iframe")], ["Spoken on the phone", preview], ["Interviewer", preview]] as const;

    await page.locator("[data-question=nps]").click();
    for (const [channel, shown] of channels) {
      await preview.getByTitle(channel, { exact: true }).click();
      await page.getByRole("textbox", { name: "Question" }).fill(`Would you tell a friend by ${channel}?`);
      await shown.getByText(`Would you tell a friend by ${channel}?`).waitFor();
      if (channel === "Mail") expect(await preview.getByText(/^(10|[0-9])$/).count()).toBe(11);
      if (channel === "Spoken on the phone") await preview.getByText("Cannot be asked by phone. It is left out there.").waitFor();
      if (channel === "Interviewer") await preview.getByText("0 … 10").waitFor();
      expect(await listFaultsOfLook(page, { part: "section[aria-label=Preview]" })).toEqual([]);
    }

    await dragOnto(page, "Move 4. Rate each", "Move 2. Why?");
    await expect.poll(() => titlesOf(page)).toEqual(["Would you tell a friend by Interviewer?", "Rate each", "Why?", "What matters most?"]);
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await titlesOf(page)).at(-1)).toBe("Rate each");
    await page.keyboard.press("Control+y");
    await expect.poll(async () => (await titlesOf(page))[1]).toBe("Rate each");

    await page.getByText("All changes saved").waitFor();
    const [nps, ...others] = definition.questions;
    const written = { ...definition, questions: [{ ...nps, title: { en: "Would you tell a friend by Interviewer?" } }, others.at(-1), ...others.slice(0, -1)] };
    await page.getByRole("button", { name: "More", exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Save as JSON" }).click()]);
    expect(download.suggestedFilename()).toBe("Winter.survey.json");
    expect(JSON.parse(readFileSync(await download.path(), "utf8"))).toEqual(written);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Duplicate survey" }).click();
    await page.getByRole("heading", { level: 1, name: "Winter (copy)" }).waitFor();
    expect(await titlesOf(page)).toEqual(["Would you tell a friend by Interviewer?", "Rate each", "Why?", "What matters most?"]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("builds a survey with a branch and an ending by keys alone, takes back and does again, publishes and is answered", async () => {
    const { page, complaints } = await browser.open({ viewport: { width: 1360, height: 900 } });
    await enter(page);
    await page.goto(`${installation.address}/surveys`);
    await tabTo(page, "New survey");
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page)).toContain("Name");
    await page.keyboard.type("By keys");
    await page.getByLabel("Relationship NPS").waitFor();
    await tabTo(page, "Relationship NPS", "Shift+Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "Create survey");
    await page.keyboard.press("Enter");
    await page.getByText("Add question").waitFor();

    await page.keyboard.press("a");
    await expect.poll(() => focused(page)).toContain("Find a kind");
    await page.keyboard.type("drop-");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "2. Drop-down list" }).waitFor();
    await expect.poll(() => focused(page)).toContain("Question");
    await page.keyboard.type("Which shop?");
    await tabTo(page, "Option 1");
    await page.keyboard.type("Oslo");
    await tabTo(page, "Option 2");
    await page.keyboard.type("Bergen");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Bod");
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toContain("Which shop?");
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("heading", { name: "3. Drop-down list" }).waitFor();
    await page.keyboard.press("Delete");
    await page.getByText("Question removed").waitFor();
    expect(await titlesOf(page)).not.toContain("Which shop?");
    await page.keyboard.press("Control+z");
    await expect.poll(() => titlesOf(page)).toContain("Which shop?");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+Shift+Z");
    await expect.poll(() => titlesOf(page)).toEqual(["We made it easy for you to handle your issue.", "Is your issue solved?", "Which shop?", "What is the main reason for your score?", "Shall we get in touch again?"]);

    await tabTo(page, "Move 1. We made it easy", "Shift+Tab");
    await page.keyboard.press("Space");
    await page.getByText("is lifted. It is number 1 of 5").waitFor({ state: "attached" });
    // It begins to listen for arrows a moment after it was lifted.
    const isMoved = page.getByText("is now number 2 of 5");
    await expect.poll(async () => {
      if ((await isMoved.count()) === 0) await page.keyboard.press("ArrowDown");
      return isMoved.waitFor({ state: "attached", timeout: 2_000 }).then(() => true, () => false);
    }).toBe(true);
    await page.keyboard.press("Space");
    await expect.poll(async () => (await titlesOf(page)).slice(0, 2)).toEqual(["Is your issue solved?", "We made it easy for you to handle your issue."]);
    await page.keyboard.press("Control+z");

    await tabTo(page, "Add an ending");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Ending" }).waitFor();
    await page.keyboard.press("e");
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches("input, textarea"))).toBe(true);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Glad to hear it");
    await page.keyboard.press("Escape");
    await tabTo(page, "Is your issue solved?", "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "2. One choice" }).waitFor();
    await tabTo(page, "Question");
    await page.keyboard.press("ArrowRight");
    await tabTo(page, "Go somewhere else");
    await page.keyboard.press("Enter");
    await tabTo(page, "Go to", "Shift+Tab");
    await chooseByKeys(page, "Glad to hear it");
    expect(await listFaults(page)).toEqual([]);

    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").waitFor();
    await tabTo(page, "Publish now");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Published", exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    expect(await listFaultsOfLook(page)).toEqual([]);
    expect(complaints).toEqual([]);

    const { rows: [survey] } = await installation.services.db.query<{ slug: string }>("select slug from feedback.surveys where name = 'By keys'");
    const { page: visitor } = await browser.open();
    await visitor.goto(`${installation.address}/s/${survey?.slug}`);
    await visitor.waitForSelector(".progress");
    await visitor.keyboard.type("6");
    await visitor.keyboard.press("Enter");
    await visitor.getByText("Partly").waitFor();
    await visitor.keyboard.press("1");
    await visitor.keyboard.press("Enter");
    await visitor.getByText("Glad to hear it").waitFor();
    await visitor.context().close();
    await page.context().close();
  });
});

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    // Without a focus it is the page, whose text holds every name.
    if (element === document.body) return "";
    const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? [...(element.labels ?? [])].map(({ textContent }) => textContent) : [];
    return [element?.getAttribute("aria-label") ?? "", ...labels, element?.textContent ?? ""].join(" ");
  });

/** Goes on with Tab until something called that has the focus; a person would look for it the same way. */
const tabTo = async (page: Page, name: string, key = "Tab"): Promise<void> => {
  for (let count = 0; count < 80; count += 1) {
    if ((await focused(page)).includes(name)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Nothing called "${name}" is reached by ${key}; the focus is on "${await focused(page)}".`);
};

const chooseByKeys = async (page: Page, name: string): Promise<void> => {
  for (let count = 0; count < 20; count += 1) {
    await page.keyboard.press("ArrowDown");
    // A list under way opens, and moves on, in the next picture.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const chosen = await page.locator("[data-combobox-selected]").filter({ visible: true }).textContent({ timeout: 1_000 }).catch(() => "");
    if (chosen?.includes(name) === true) return page.keyboard.press("Enter");
  }
  throw new Error(`The list has no "${name}".`);
};

/** Drags by the handle called `from` to where that called `to` is, as a hand does: pressed, in many small steps, let go. */
const dragOnto = async (page: Page, from: string, to: string): Promise<void> => {
  const [start, end] = await Promise.all([from, to].map((name) => page.getByRole("button", { name, exact: true }).boundingBox()));
  if (start == null || end == null) throw new Error(`There is no handle ${start == null ? from : to}.`);
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2 - 4, { steps: 12 });
  await page.mouse.up();
};

const titlesOf = (page: Page): Promise<string[]> => page.locator("[data-question]").evaluateAll((lines) => lines.map((line) => (line.textContent ?? "").replace(/^\d+/, "")));

/** Signs in as the owner whom an earlier journey set up, or sets one up. */
const enter = async (page: Page): Promise<void> => {
  const reply = await page.request.post(`${installation.address}/api/session`, { data: { email: "owner@firsthand.example", password: "irrelevant password 1" } });
  if (!reply.ok()) await signUp(page, installation);
};
