// Working through responses in a real browser: search, side panel, keys, tags, notes, corrections, flags and deleting.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSave, publishSurvey } from "../server/feedback/feedback.make.ts";
import type { Answers } from "../server/feedback/surveys/definition.contract.ts";
import { listFaults, openWatchedProduct, seeAll, signUp } from "./watched-page.ts";
import type { PageMember, WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let address: string;
let owner: PageMember;

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  address = watched.installation.address;
  owner = await signUp(page, watched.installation);
  const survey = await publishSurvey(owner, {}, "Autumn");
  const said: Answers[] = [
    { nps: { number: 2 }, why: { text: "The parcel came a week late <b>again</b>, and nobody at the shop, on the phone or in the chat knew where it was, or would have said so" } }, { nps: { number: 9 }, matters: { choices: ["price"] } },
    { nps: { number: 6 }, why: { text: "Nobody answered the phone" }, matters: { choices: ["other"], text: "Being heard" } },
  ];
  for (const answers of said) await owner.ask("POST", "/api/public/responses", makeSave(survey.slug, answers));
});
afterAll(() => watched.close());

const open = async (query = ""): Promise<void> => {
  await page.goto(`${address}/responses${query}`);
  await seeAll(page);
};
const row = (text: string) => page.getByRole("row", { name: text });

describe("the list of responses", () => {
  test("is searched in the address, and without a fault of access", async () => {
    await open();
    expect(await listFaults(page)).toEqual([]);
    expect(await page.locator(".table-scroll").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);

    await page.keyboard.press("/");
    await page.keyboard.type("parc");
    await row("Nobody answered").waitFor({ state: "detached" });
    await row("The parcel came").waitFor();

    expect(page.url()).toContain("search=parc");
    await open("?search=nothing-like-it");
    await page.getByText("No response fits these filters").waitFor();
    await open("?score=0-6&comment=yes");
    expect(await page.locator("tbody tr[data-index]").count()).toBe(2);
  });

  test("is walked through with j, k and Enter, one response opening after the other", async () => {
    await open();

    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog");
    await panel.getByText("Being heard").waitFor();
    expect(await listFaults(page, ".side-panel")).toEqual([]);
    await page.keyboard.press("j");
    await panel.getByText("Price").waitFor();

    expect(page.url()).toContain("open=");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(page.url()).not.toContain("open=");
  });

  test("is taken out as a file of what it shows, whatever it is narrowed to", async () => {
    const { id } = (await (await page.request.get(`${address}/api/surveys`)).json()).items[0];
    const taken = async (query: string): Promise<number> => {
      await open(`?survey=${id}${query}`);
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "Export CSV" }).click();
      return (await readFile(await (await download).path(), "utf8")).trim().split("\n").length - 1;
    };
    expect(await taken("")).toBe(3);
    expect(await taken("&score=0-6&comment=yes")).toBe(2);
    expect(await taken("&search=phone&period=7d")).toBe(2);
    await page.getByText("The period is of the day a response was completed").waitFor();
    expect(await taken("&from=2020-01-01&to=2020-02-01")).toBe(0);
  });

  test("takes tags for many at once, and deletes only after a question", async () => {
    await open();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByText("2 responses selected").waitFor();
    await page.getByLabel("Tag", { exact: true }).fill("call back");
    await page.getByRole("button", { name: "Add tag" }).click();
    await page.locator("tbody").getByText("call back").nth(1).waitFor();
    expect(await listFaults(page)).toEqual([]);

    await page.getByRole("button", { name: "Clear selection" }).click();
    await open("?search=price");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("This cannot be undone").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();

    await page.getByText("No response fits these filters").waitFor();
  });
});

test("the rules for answering a survey are set, and say what is due by them", async () => {
  const { id } = (await (await page.request.get(`${address}/api/surveys`)).json()).items[0];
  await page.goto(`${address}/surveys/${id}/rules`);
  await seeAll(page);
  expect(await listFaults(page)).toEqual([]);

  await page.getByRole("combobox", { name: "What happens then" }).click();
  await page.getByRole("option", { name: "Then make anonymous" }).click();
  await page.getByLabel("Let the page compute for a moment before it sends").check();
  await page.getByRole("button", { name: "Save rules" }).click();
  await page.getByText("Rules saved").waitFor();
  await page.getByRole("button", { name: "Show what is due" }).click();
  await page.getByText(/^0 responses begun before .* are due\.$/).waitFor();

  expect((await (await page.request.get(`${address}/api/surveys/${id}/settings`)).json())).toMatchObject({ retention: { action: "anonymise", months: 24 }, protection: { proofOfWork: "light" } });
});

describe("one response", () => {
  test("is corrected, with the old answer and the reason in its history", async () => {
    await open("?search=parcel");
    await row("The parcel came").click();
    const panel = page.getByRole("dialog");
    await panel.getByRole("button", { name: "Correct: How likely are you to recommend us?" }).click();
    await panel.getByLabel("New answer").fill("4");
    await panel.getByRole("button", { name: "Save correction" }).click();
    await panel.getByText("Say why: it stands in the history.").waitFor();
    expect(await listFaults(page, ".side-panel")).toEqual([]);
    await panel.getByLabel("Reason").fill("Said so on the phone");
    await panel.getByRole("button", { name: "Save correction" }).click();

    await panel.getByText("Answer corrected").waitFor();
    expect(await panel.locator("del").textContent()).toBe("2");
    expect(await panel.locator("ins").textContent()).toBe("4");
    expect(await panel.getByText("Olga").count()).toBeGreaterThan(0);
  });

  test("is corrected in answers with many places, too: an order, a table, shares and an address", async () => {
    const [price, staff] = [{ id: "price", label: { en: "Price" } }, { id: "staff", label: { en: "Staff" } }];
    const asked = { isRequired: false };
    const survey = await publishSurvey(owner, { questions: [
      { ...asked, id: "order", type: "ranking", title: { en: "What counts?" }, options: [price, staff] },
      { ...asked, id: "table", type: "matrix", title: { en: "How was it?" }, rows: [price, staff], columns: [{ id: "good", label: { en: "Good" } }, { id: "bad", label: { en: "Bad" } }] },
      { ...asked, id: "shares", type: "constant_sum", title: { en: "Share 10" }, options: [price, staff], total: 10 },
      { ...asked, id: "who", type: "contact", title: { en: "Who are you?" }, fields: ["first_name", "city"] },
    ] }, "Autumn");
    const answers = { order: { choices: ["price", "staff"] }, table: { rows: { price: ["good"] } }, shares: { amounts: { price: 4, staff: 6 } }, who: { fields: { first_name: "Ada" } } };
    const { id } = Object((await owner.ask("POST", "/api/public/responses", makeSave(survey.slug, answers))).body);
    await page.goto(`${address}/responses/${id}`);
    const correct = async (question: string, change: () => Promise<unknown>): Promise<void> => {
      await page.getByRole("button", { name: `Correct: ${question}` }).click();
      await change();
      await page.getByLabel("Reason").fill("Said so");
      await page.getByRole("button", { name: "Save correction" }).click();
      await page.getByRole("button", { name: "Save correction" }).waitFor({ state: "detached" });
    };

    await correct("What counts?", () => page.getByRole("button", { name: "Move Staff up" }).click());
    await correct("How was it?", async () => {
      await page.getByRole("combobox", { name: "Staff" }).click();
      await page.getByRole("option", { name: "Bad" }).click();
      expect(await listFaults(page, "main")).toEqual([]);
    });
    await correct("Share 10", async () => {
      await page.getByLabel("Price").fill("1");
      await page.getByLabel("Staff").fill("9");
      await page.getByText("10 of 10 given").waitFor();
    });
    await correct("Who are you?", () => page.getByLabel("Town").fill("Bonn"));

    const stored = Object(await (await page.request.get(`${address}/api/responses/${id}`)).json());
    expect(stored).toMatchObject({ corrections: 4, answers: [
      { choices: [{ id: "staff" }, { id: "price" }] }, { parts: { rows: { price: ["good"], staff: ["bad"] } } }, { parts: { amounts: { price: 1, staff: 9 } } }, { parts: { fields: { first_name: "Ada", city: "Bonn" } } },
    ] });
  });

  test("takes notes and a flag, and shows hostile words as words", async () => {
    await open("?search=parcel");
    await row("The parcel came").click();
    const panel = page.getByRole("dialog");
    await panel.getByText("late <b>again</b>").waitFor();
    await panel.getByLabel("Write a note").fill("<img src=x onerror=alert(1)> called back");
    await panel.getByRole("button", { name: "Add note" }).click();
    await panel.getByRole("listitem").getByText("<img src=x onerror=alert(1)> called back").waitFor();
    await panel.getByRole("button", { name: "Flag" }).click();
    await page.getByRole("dialog", { name: "Take out of all scores?" }).getByRole("button", { name: "Flag" }).click();
    await panel.getByText("Flagged: by a member").waitFor();
    await panel.getByRole("button", { name: "Let it count" }).click();

    await panel.getByText("Let count again").waitFor();
    await panel.getByText("Open as a page").click();
    await seeAll(page);
    expect(await listFaults(page)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
