import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { makeInstallation, readLastMail } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { makeDistribution, setPolicy, startDistribution } from "../server/feedback/distributions/distributions.make.ts";
import { makeDefinition, makeSave, publishSurvey } from "../server/feedback/feedback.make.ts";
import { SurveyLink } from "../server/feedback/surveys/surveys.contract.ts";
import type { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { listFaultsOfLook, openWatchedBrowser } from "./watched-page.ts";
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

const pair = [{ id: "a", label: { en: "First" } }, { id: "b", label: { en: "Second" } }];
const asked = (id: string) => ({ id, title: { en: `Question ${id}` }, isRequired: true });
const png = { name: "cat.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64") };
/** Every kind of question; the one for a file may be passed over, as a page without script cannot send one. */
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
    { ...asked("consent"), type: "consent", statement: { en: "I agree" } },
    { ...asked("file"), isRequired: false, type: "file", kinds: ["image"], filesMax: 2, sizeMaxMb: 1 }, { ...asked("statement"), type: "statement" },
  ],
});
const expected = {
  nps: { number: 10 }, csat: { number: 2 }, ces: { number: 7 }, rating: { number: 3 }, single: { choices: ["b"] }, multi: { choices: ["a", "b"] }, dropdown: { choices: ["b"] },
  ranking: { choices: ["b", "a"] }, picture: { choices: ["a"] }, text: { text: "Short" }, long: { text: "A longer one" }, number: { number: 42 }, date: { text: "2026-05-04" },
  email: { text: "ann@example.com" }, phone: { text: "+49 30 123456" }, consent: { choices: ["yes"] },
  matrix: { rows: { a: ["good"], b: ["bad"] } }, sum: { amounts: { a: 4, b: 6 } }, contact: { fields: { first_name: "Ann", email: "ann@example.com" } },
};

const withFile = { ...expected, file: { files: [{ id: expect.any(String), name: "cat.png" }] } };

const publish = (definition = everyKind): Promise<Survey> => publishSurvey(organisation.manager, definition);
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
  const { page, complaints } = await browser.open(options);
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  return { page, complaints };
};

/** How each kind is answered with the keyboard, from the title of its question, which has the focus. */
const byKeys: Record<string, string[]> = {
  nps: ["1", "0", "Enter"], csat: ["2", "Enter"], ces: ["7", "Enter"], rating: ["Tab", "Space", "ArrowRight", "ArrowRight", "Enter"], single: ["2", "Enter"], multi: ["1", "2", "Enter"],
  dropdown: ["Tab", "ArrowDown", "ArrowDown", "Tab", "Tab", "Enter"], ranking: ["Tab", "Enter", "GO"], picture: ["1", "Enter"],
  matrix: ["Tab", "Space", "Tab", "ArrowRight", "Enter"], sum: ["Tab", "4", "Tab", "6", "Enter"], slider: ["Tab", "ArrowRight", "Enter"],
  text: ["Tab", "=Short", "Enter"], long: ["Tab", "=A longer one", "Control+Enter"], number: ["Tab", "=42", "Enter"], date: ["Tab", "=05042026", "Enter"],
  email: ["Tab", "=ann@example.com", "Enter"], phone: ["Tab", "=+49 30 123456", "Enter"], contact: ["Tab", "=Ann", "Tab", "=ann@example.com", "Enter"], consent: ["Tab", "Space", "Enter"],
  file: ["Tab", "FILE", "GO"],
};

describe("every kind of question", () => {
  test("is answered with the keyboard alone", async () => {
    const survey = await publish();
    const { page, complaints } = await open(survey.url);
    // Heard from the start: a browser that is told to hand its dialog over only when the key is pressed may open it before.
    page.on("filechooser", (chooser) => void chooser.setFiles(png));
    await page.waitForSelector(".progress");

    for (const { id } of everyKind.questions) {
      await page.locator("legend", { hasText: `Question ${id}` }).waitFor();
      await page.locator(".question :is(input, button, select, textarea), .question.none, form .primary").first().waitFor();
      for (const key of byKeys[id] ?? ["Enter"]) {
        if (key.startsWith("=")) await page.keyboard.type(key.slice(1));
        else if (key === "FILE") await page.keyboard.press("Space").then(() => page.getByText("cat.png").waitFor());
        else if (key === "GO") await page.getByRole("button", { name: "Next" }).press("Enter");
        else await page.keyboard.press(key);
      }
    }
    await page.waitForSelector(".message");

    await expect.poll(() => answersTo(survey)).toMatchObject({ ...withFile, slider: { number: 6 } });
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
      file: async () => { await page.setInputFiles("input[type=file]", png); await page.getByText("cat.png").waitFor(); },
    };
    await page.waitForSelector(".progress");

    for (const { id } of everyKind.questions) {
      await page.locator("legend", { hasText: `Question ${id}` }).waitFor();
      await answering[id]?.();
      faults.push(...(await listFaultsOfLook(page)).map((fault) => `${id} ${fault}`));
      if (process.env["PICTURES"] !== undefined) await page.screenshot({ path: `${process.env["PICTURES"]}/link-${title.replaceAll(/\W+/g, "-")}-${id}.png` });
      await page.locator("form .primary").click();
    }
    await page.waitForSelector(".message");
    faults.push(...(await listFaultsOfLook(page)));

    expect(faults).toEqual([]);
    await expect.poll(() => answersTo(survey)).toMatchObject({ ...withFile, slider: { number: 5 } });
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

const few = makeDefinition({
  questions: [
    { id: "nps", type: "nps", title: { en: "Question nps" }, isRequired: false }, { id: "why", type: "text", title: { en: "Question why" }, isRequired: false },
    { id: "pick", type: "single", title: { en: "Question pick" }, isRequired: false, options: pair },
  ],
});
const states = async (survey: Survey): Promise<string[]> =>
  (await installation.services.db.query<{ state: string }>("select state from feedback.responses where survey_id = $1", [survey.id])).rows.map(({ state }) => state);
const goOn = (page: Page): Promise<void> => page.locator("form .primary").click();
const see = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor();

describe("two tabs", () => {
  test("with the same survey make one response with what was answered in either, and both end", async () => {
    const survey = await publish(few);
    const { page, complaints } = await open(survey.url);
    await page.waitForSelector(".progress");
    const other = await page.context().newPage();
    await other.goto(survey.url);
    await other.waitForSelector(".progress");

    await page.getByRole("radio").nth(9).check();
    await goOn(page);
    await see(page, "Question why");
    // The other tab passes the first question over, and answers the second.
    await goOn(other);
    await other.locator("textarea").fill("From the other tab");
    await goOn(other);
    await see(other, "Question pick");
    await goOn(page);
    await page.getByText("Second").click();
    await goOn(page);
    await see(page, "Thank you!");
    await goOn(other);
    await see(other, "Thank you!");

    await expect.poll(() => answersTo(survey)).toEqual({ nps: { number: 9 }, why: { text: "From the other tab" }, pick: { choices: ["b"] } });
    expect(await states(survey)).toEqual(["complete"]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe("something on the way that answers in the server's place", () => {
  test.each([403, 200])("with %d loses no answer, and none counts twice", async (status) => {
    const survey = await publish(few);
    const { page } = await open(survey.url);
    await page.route("**/api/public/responses", (route) => route.fulfill({ status, contentType: "text/html", body: "<h1>Please accept the terms of this network</h1>" }));
    await page.waitForSelector(".progress");
    await page.getByRole("radio").nth(7).check();
    await goOn(page);
    await see(page, "Your answers are kept here");
    await page.reload();
    await see(page, "Question why");
    await page.locator("textarea").fill("Still here");
    await goOn(page);
    await goOn(page);
    await see(page, "Thank you!");
    await page.unroute("**/api/public/responses");
    await page.evaluate(() => dispatchEvent(new Event("online")));

    await expect.poll(() => answersTo(survey)).toEqual({ nps: { number: 7 }, why: { text: "Still here" } });
    expect(await states(survey)).toEqual(["complete"]);
    await page.context().close();
  });
});

describe("a question for a file", () => {
  test("says what is wrong with each file, keeps those that came, and the other answers while there is no line", async () => {
    const survey = await publish(makeDefinition({ questions: [{ ...asked("file"), type: "file", kinds: ["image"], filesMax: 2, sizeMaxMb: 1 }, { ...asked("long"), type: "text", isRequired: false }] }));
    const { page } = await open(survey.url);
    const choose = (...files: (typeof png)[]): Promise<void> => page.setInputFiles("input[type=file]", files);
    await page.waitForSelector("input[type=file]");

    await choose(png, { ...png, name: "page.png", buffer: Buffer.from("<html><script>alert(1)</script></html>") });
    await see(page, "page.png: This kind of file is not taken here.");
    await see(page, "cat.png");
    expect(await listFaultsOfLook(page)).toEqual([]);
    await choose({ ...png, name: "large.png", buffer: Buffer.concat([png.buffer, Buffer.alloc(1_100_000)]) });
    await see(page, "large.png: The file is too large.");
    await page.context().setOffline(true);
    await choose({ ...png, name: "second.png" });
    await see(page, "second.png: The file could not be sent.");
    await page.context().setOffline(false);
    await choose({ ...png, name: "second.png" });
    await page.getByRole("button", { name: "Remove: second.png" }).waitFor();
    await goOn(page);
    await page.locator("textarea").fill("With two pictures");
    await goOn(page);
    await see(page, "Thank you!");

    const files = ["cat.png", "second.png"].map((name) => ({ id: expect.any(String), name }));
    await expect.poll(() => answersTo(survey)).toEqual({ file: { files }, long: { text: "With two pictures" } });
    await page.context().close();
  });
});

describe("what people meet who cannot answer, or are not counted", () => {
  const set = (survey: Survey, settings: object) => organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, settings);
  const takePlace = (survey: Survey) => installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }));
  const answer = async (page: Page, score = 9): Promise<void> => {
    await page.waitForSelector(".progress");
    await page.getByRole("radio").nth(score).check();
    for (const next of ["Question why", "Question pick", null]) {
      await goOn(page);
      if (next !== null) await see(page, next);
    }
  };
  // As in a browser whose network lost the script: the form the server made is answered.
  const withoutScript = (page: Page): Promise<unknown> => page.route("**/s/client/**", (route) => route.abort());
  const sendTooMuch = async (page: Page, length: number): Promise<void> => {
    // Every request is looked through while one is stopped: that takes ten megabytes a quarter of a minute.
    await page.unrouteAll();
    await page.locator("textarea").evaluate((field, letters) => {
      if (!(field instanceof HTMLTextAreaElement)) return;
      field.removeAttribute("maxlength");
      // What is not drawn needs no lines to be broken.
      field.hidden = true;
      field.value = "x".repeat(letters);
      field.form?.requestSubmit();
    }, length);
  };
  const ending = { conditions: [{ questionId: "nps", operator: "at_most" as const, value: 3 }] };

  test.each<[string, string, (page: Page) => Promise<unknown>]>([
    ["a closed survey", "This survey is closed", async (page) => {
      const survey = await publish(few);
      await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);
      await page.goto(survey.url);
    }],
    ["a survey that has not begun", "This survey has not begun yet", async (page) => {
      const survey = await publish(few);
      await set(survey, { opensAt: "2099-01-01T00:00:00Z" });
      await page.goto(survey.url);
    }],
    ["a link that was used", "This survey was answered already", async (page) => {
      const survey = await publish(few);
      const { body } = await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "email:ann@example.com", isSingleUse: true });
      const { url } = SurveyLink.parse(body);
      await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }, { link: new URL(url).searchParams.get("c") ?? "" }));
      await page.goto(url);
    }],
    ["an address of no survey", "There is no survey here", (page) => page.goto(`${installation.address}/s/nothing2here`)],
    ["a survey that has all answers it wants", "This survey is closed", async (page) => {
      const survey = await publish(few);
      await set(survey, { responseLimit: 1 });
      await takePlace(survey);
      await page.goto(survey.url);
    }],
    ["the last place taken meanwhile", "There are enough answers already", async (page) => {
      const survey = await publish(few);
      await set(survey, { responseLimit: 1 });
      await page.goto(survey.url);
      await takePlace(survey);
      await answer(page);
    }],
    ["a full quota with an ending", "You are one of many", async (page) => {
      const quotas = [{ id: "happy", name: "Happy", limit: 1, conditions: [{ questionId: "nps", operator: "at_least" as const, value: 9 }], endingId: "full" }];
      const survey = await publish({ ...few, quotas, endings: [{ id: "full", title: { en: "You are one of many" }, conditions: [] }] });
      await takePlace(survey);
      await page.goto(survey.url);
      await answer(page);
    }],
    ["an ending for those not asked", "This is not for you", async (page) => {
      const survey = await publish({ ...few, endings: [{ id: "out", title: { en: "This is not for you" }, isScreenOut: true, ...ending }] });
      await page.goto(survey.url);
      await answer(page, 2);
    }],
    ["a survey that was closed meanwhile", "This survey is closed", async (page) => {
      const survey = await publish(few);
      await page.goto(survey.url);
      await page.waitForSelector(".progress");
      await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);
      await page.getByRole("radio").nth(9).check();
      await goOn(page);
    }],
    ["a second answer of one device, also after loading again", "yours has been given", async (page) => {
      const survey = await publish(few);
      await set(survey, { oneAnswerPer: "device" });
      await page.goto(survey.url);
      await answer(page);
      await see(page, "Thank you!");
      // Thanked for at once, kept as sent a moment later.
      await page.waitForFunction(() => Object.values(localStorage).some((kept) => kept.includes("endingId")));
      await page.evaluate((slug) => localStorage.removeItem(`firsthand:${slug}:`), survey.slug);
      await page.reload();
      await page.waitForSelector(".progress");
      await page.getByRole("radio").nth(3).check();
      await goOn(page);
      await see(page, "yours has been given");
      await page.reload();
    }],
    ["a form without script that lacks an answer", "Please answer this question.", async (page) => {
      const survey = await publish(everyKind);
      await withoutScript(page);
      await page.goto(survey.url);
      await page.getByRole("button", { name: "Send" }).click();
    }],
    ["ten megabytes in a form without script", "That is too much text", async (page) => {
      const survey = await publish(few);
      await withoutScript(page);
      await page.goto(survey.url);
      await sendTooMuch(page, 10_000_000);
    }],
    ["two megabytes in the form of a mail", "That is too much text", async (page) => {
      const survey = await publish(few);
      await setPolicy(organisation, { quietHours: null, holdOutPercent: 0 });
      const { id } = await makeDistribution(organisation.manager, { surveyId: survey.id, addresses: ["mail@example.com"] });
      await startDistribution(organisation.manager, id);
      const token = await vi.waitFor(() => z.string().parse(/\/i\/([\w.-]+)/.exec(readLastMail(installation.dataDir))?.[1]), 15_000);
      await withoutScript(page);
      await page.goto(`${installation.address}/i/${token}`);
      await sendTooMuch(page, 2_000_000);
    }],
  ])("%s: says %j, readable for everybody", async (_title, text, meet) => {
    const { page } = await open("about:blank", { viewport: { width: 390, height: 780 }, reducedMotion: "reduce" });
    await meet(page);
    await see(page, text);

    const faults = await listFaultsOfLook(page);
    await page.emulateMedia({ colorScheme: "dark" });
    faults.push(...await listFaultsOfLook(page, { isFull: false }));
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
