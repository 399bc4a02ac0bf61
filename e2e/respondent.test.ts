import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
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

const pair = [{ id: "a", label: { en: "First" } }, { id: "b", label: { en: "Second" } }];
const asked = (id: string) => ({ id, title: { en: `Question ${id}` }, isRequired: true });
/** Every kind of question a browser can answer without a file. */
const everyKind = makeDefinition({
  languages: ["en", "ar"],
  questions: [
    { ...asked("nps"), type: "nps" }, { ...asked("csat"), type: "csat", look: "smileys" }, { ...asked("ces"), type: "ces" },
    { ...asked("rating"), type: "rating", min: 1, max: 5, look: "stars" }, { ...asked("single"), type: "single", options: pair }, { ...asked("multi"), type: "multi", options: pair },
    { ...asked("dropdown"), type: "dropdown", options: pair }, { ...asked("ranking"), type: "ranking", options: pair }, { ...asked("picture"), type: "picture", options: pair },
    { ...asked("matrix"), type: "matrix", rows: pair, columns: [{ id: "good", label: { en: "Good" } }, { id: "bad", label: { en: "Bad" } }] },
    { ...asked("sum"), type: "constant_sum", options: pair, total: 10 }, { ...asked("slider"), type: "slider", min: 0, max: 10, step: 1 },
    { ...asked("text"), type: "text", isLong: false }, { ...asked("long"), type: "text" }, { ...asked("number"), type: "number" }, { ...asked("date"), type: "date" },
    { ...asked("email"), type: "email" }, { ...asked("phone"), type: "phone" }, { ...asked("contact"), type: "contact", fields: ["first_name", "email"] },
    { ...asked("consent"), type: "consent", statement: { en: "I agree" } }, { ...asked("statement"), type: "statement" },
  ],
});
const expected = {
  nps: { number: 10 }, csat: { number: 2 }, ces: { number: 7 }, rating: { number: 3 }, single: { choices: ["b"] }, multi: { choices: ["a", "b"] }, dropdown: { choices: ["b"] },
  ranking: { choices: ["b", "a"] }, picture: { choices: ["a"] }, text: { text: "Short" }, long: { text: "A longer one" }, number: { number: 42 }, date: { text: "2026-05-04" },
  email: { text: "ann@example.com" }, phone: { text: "+49 30 123456" }, consent: { choices: ["yes"] },
  matrix: { rows: { a: ["good"], b: ["bad"] } }, sum: { amounts: { a: 4, b: 6 } }, contact: { fields: { first_name: "Ann", email: "ann@example.com" } },
};

const publish = async (): Promise<Survey> => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", definition: everyKind })).body);
  return Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
type Stored = { questionId: string; number: number | null; choices: string[] | null; text: string | null; details: Record<string, unknown> | null };
const answersTo = async (survey: Survey): Promise<Record<string, unknown>> => {
  const { rows } = await installation.services.db.query<Stored & { state: string }>(
    `select response.state, answer.question_id as "questionId", answer.number, answer.choices, answer.text, answer.details
     from feedback.responses response join feedback.answers answer on answer.workspace_id = response.workspace_id and answer.response_id = response.id
     where response.survey_id = $1 and response.state = 'complete'`, [survey.id]);
  return Object.fromEntries(rows.map(({ questionId, number, choices, text, details }) => [questionId, {
    ...(number === null ? {} : { number }), ...(choices === null ? {} : { choices }), ...(text === null ? {} : { text }), ...details,
  }]));
};
const open = async (url: string, options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints };
};
const faultsOf = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  const overhangPx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), ...(overhangPx > 0 ? [`${overhangPx} px too wide`] : [])];
};

/** How each kind is answered with the keyboard, from the title of its question, which has the focus. */
const byKeys: Record<string, string[]> = {
  nps: ["1", "0", "Enter"], csat: ["2", "Enter"], ces: ["7", "Enter"], rating: ["Tab", "Space", "ArrowRight", "ArrowRight", "Enter"], single: ["2", "Enter"], multi: ["1", "2", "Enter"],
  dropdown: ["Tab", "ArrowDown", "ArrowDown", "Tab", "Tab", "Enter"], ranking: ["Tab", "Enter", "GO"], picture: ["1", "Enter"],
  matrix: ["Tab", "Space", "Tab", "ArrowRight", "Enter"], sum: ["Tab", "4", "Tab", "6", "Enter"], slider: ["Tab", "ArrowRight", "Enter"],
  text: ["Tab", "=Short", "Enter"], long: ["Tab", "=A longer one", "Control+Enter"], number: ["Tab", "=42", "Enter"], date: ["Tab", "=05042026", "Enter"],
  email: ["Tab", "=ann@example.com", "Enter"], phone: ["Tab", "=+49 30 123456", "Enter"], contact: ["Tab", "=Ann", "Tab", "=ann@example.com", "Enter"], consent: ["Tab", "Space", "Enter"],
};

describe("every kind of question", () => {
  test("is answered with the keyboard alone", async () => {
    const survey = await publish();
    const { page, complaints } = await open(survey.url);
    await page.waitForSelector(".progress");

    for (const { id } of everyKind.questions) {
      await page.getByText(`Question ${id}`, { exact: true }).waitFor();
      await page.locator(".question :is(input, button, select, textarea), .question.none, form .primary").first().waitFor();
      for (const key of byKeys[id] ?? ["Enter"]) {
        if (key.startsWith("=")) await page.keyboard.type(key.slice(1));
        else if (key === "GO") await page.getByRole("button", { name: "Next" }).press("Enter");
        else await page.keyboard.press(key);
      }
    }
    await page.waitForSelector(".message");

    await expect.poll(() => answersTo(survey)).toMatchObject({ ...expected, slider: { number: 6 } });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each<[string, string, BrowserContextOptions]>([
    ["in the light", "", { viewport: { width: 1100, height: 800 } }],
    ["in the dark on a phone", "", { viewport: { width: 390, height: 780 }, colorScheme: "dark", isMobile: true, hasTouch: true }],
    ["from right to left", "?lang=ar", { viewport: { width: 800, height: 800 } }],
  ])("is answered with the mouse %s, without a fault of access", async (title, query, options) => {
    const survey = await publish();
    const { page, complaints } = await open(`${survey.url}${query}`, options);
    const faults: string[] = [];
    const radio = (place: number) => page.getByRole("radio").nth(place).check();
    const fill = (place: number, text: string) => page.locator(".question :is(input, textarea)").nth(place).fill(text);
    const answering: Record<string, () => Promise<unknown>> = {
      nps: () => radio(10), csat: () => radio(1), ces: () => radio(6), rating: () => radio(2), single: () => page.getByText("Second").click(),
      multi: async () => { await page.getByText("First").click(); await page.getByText("Second").click(); }, dropdown: () => page.locator("select").selectOption("b"),
      ranking: () => page.locator(".ranking li").nth(1).getByRole("button").first().click(), picture: () => page.getByText("First").click(),
      matrix: async () => { await radio(0); await radio(3); }, sum: async () => { await fill(0, "4"); await fill(1, "6"); }, slider: () => page.locator("input[type=range]").click(),
      text: () => fill(0, "Short"), long: () => fill(0, "A longer one"), number: () => fill(0, "42"), date: () => fill(0, "2026-05-04"), email: () => fill(0, "ann@example.com"),
      phone: () => fill(0, "+49 30 123456"), contact: async () => { await fill(0, "Ann"); await fill(1, "ann@example.com"); }, consent: () => page.getByRole("checkbox").check(),
    };
    await page.waitForSelector(".progress");

    for (const { id } of everyKind.questions) {
      await page.getByText(`Question ${id}`, { exact: true }).waitFor();
      await answering[id]?.();
      faults.push(...(await faultsOf(page)).map((fault) => `${id} ${fault}`));
      if (process.env["PICTURES"] !== undefined) await page.screenshot({ path: `${process.env["PICTURES"]}/link-${title.replaceAll(/\W+/g, "-")}-${id}.png` });
      await page.locator("form .primary").click();
    }
    await page.waitForSelector(".message");
    faults.push(...(await faultsOf(page)));

    expect(faults).toEqual([]);
    await expect.poll(() => answersTo(survey)).toMatchObject({ ...expected, slider: { number: 5 } });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("is answered without a script, on one page", async () => {
    const survey = await publish();
    const { page } = await open(survey.url, { javaScriptEnabled: false, viewport: { width: 390, height: 780 } });
    const check = (name: string, value: string) => page.locator(`input[name="q.${name}"][value="${value}"]`).check({ force: true });
    const fill = (name: string, value: string) => page.locator(`[name="q.${name}"]`).fill(value);

    for (const [name, value] of [["nps", "10"], ["csat", "2"], ["ces", "7"], ["rating", "3"], ["single", "b"], ["multi", "a"], ["multi", "b"], ["picture", "a"], ["matrix.a", "good"], ["matrix.b", "bad"], ["consent", "yes"]] as const) await check(name, value);
    for (const [name, value] of [["sum.a", "4"], ["sum.b", "6"], ["text", "Short"], ["long", "A longer one"], ["number", "42"], ["date", "2026-05-04"], ["email", "ann@example.com"], ["phone", "+49 30 123456"], ["contact.first_name", "Ann"], ["contact.email", "ann@example.com"], ["slider", "5"]] as const) await fill(name, value);
    await page.locator('select[name="q.dropdown"]').selectOption("b");
    await page.locator('select[name="q.ranking.b"]').selectOption("1");
    await page.locator('select[name="q.ranking.a"]').selectOption("2");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Thank you!").waitFor();

    expect(await answersTo(survey)).toMatchObject({ ...expected, slider: { number: 5 } });
    await page.context().close();
  });
});

describe("two tabs", () => {
  test("with the same survey make one response, and the answers of both", async () => {
    const survey = await publish();
    const { page } = await open(survey.url);
    await page.waitForSelector(".progress");
    await page.keyboard.press("9");
    await page.keyboard.press("Enter");
    await page.getByText("Question csat", { exact: true }).waitFor();
    const other = await page.context().newPage();
    await other.goto(survey.url);
    await other.getByText("Question csat", { exact: true }).waitFor();

    await Promise.all([page, other].map(async (tab) => {
      await tab.getByRole("radio").nth(3).check();
      await tab.getByRole("button", { name: "Next" }).click();
    }));

    const count = async () => (await installation.services.db.query("select 1 from feedback.responses where survey_id = $1", [survey.id])).rowCount;
    await expect.poll(count).toBe(1);
    await page.context().close();
  });
});
