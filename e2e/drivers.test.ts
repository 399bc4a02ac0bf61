// The drivers of a survey in a browser: what goes with an outcome, and why there is no answer.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import { insertPastResponses } from "../server/feedback/feedback.api.ts";
import { publishSurvey } from "../server/feedback/feedback.make.ts";
import type { Question } from "../server/feedback/surveys/definition.contract.ts";
import { seededRandom } from "../server/insights/drivers/resampling.rules.ts";
import { listFaults, openWatchedProduct, seeAll, signUp, takePicture } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let survey = "";
let youngSurvey = "";

const rating = (id: string, en: string): Question => ({ type: "csat", id, title: { en }, isRequired: false });
const questions: Question[] = [
  { type: "nps", id: "recommend", title: { en: "How likely are you to recommend us?" }, isRequired: false },
  rating("signs", "Signs and directions"), rating("food", "Restaurants and cafés"), rating("shops", "Shops"), rating("screens", "Screens with departures"), rating("wifi", "Free Wi-Fi"),
];
// How much each rating weighs in the recommendation, and how well it is rated.
const guests: readonly (readonly [string, number, number])[] = [["signs", 1.6, 3.4], ["food", 0.7, 3], ["shops", 0.5, 2.8], ["screens", 0.15, 4.3], ["wifi", 0.05, 3.9]];

const answer = async (workspaceId: string, surveyId: string, count: number): Promise<void> => {
  const random = seededRandom(11);
  const at = "2026-10-01T12:00:00Z";
  const shared = { surveyId, version: 1, language: "en", channel: "web", touchpoint: null, subject: null, startedAt: at, completedAt: at } as const;
  const rows = Array.from({ length: count }, (_, row) => {
    const mood = random() - 0.5;
    const grades = guests.map(([id, , mean]) => [id, Math.max(1, Math.min(5, Math.round(mean + mood * 1.6 + (random() - 0.5) * 3)))] as const);
    const recommend = grades.reduce((sum, [, grade], factor) => sum + (guests[factor]?.[1] ?? 0) * (grade - 3), 6.5) + (random() - 0.5) * 3;
    const values = new Map([["recommend", Math.max(0, Math.min(10, Math.round(recommend)))], ...grades.filter(([id]) => id !== "wifi" || row % 3 !== 0)]);
    return { id: createHash("sha256").update(`${surveyId} ${row}`).digest("hex").replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/u, "$1-$2-7$3-8$4-$5"), values };
  });
  const answers = rows.flatMap(({ id, values }) => questions.flatMap(({ id: questionId, type: questionType }, position) => {
    const number = values.get(questionId);
    return number === undefined ? [] : [{ responseId: id, questionId, questionType, position, number, text: null, choice: null }];
  }));
  const { db } = watched.installation.services;
  await insertPastResponses(db, workspaceId, rows.map(({ id }) => ({ id, ...shared })), answers);
  // All but the last tenth are known; those who recommend less met a long queue four days before.
  const known = rows.slice(0, count * 0.9).map(({ id, values }, row) => ({ id, value: values.get("recommend") ?? 0, subject: `user:${surveyId}${row}` }));
  await insertPerceptions(db, workspaceId, known.map(({ id, value, subject }) => makePerception({ value, subject, surveyId, responseId: id, at })));
  await insertInteractions(db, workspaceId, known.filter(({ value }, row) => value < 6 || row % 10 === 0).map(({ subject }) => makeInteraction(workspaceId, { subject, userId: subject.slice("user:".length), touchpoint: "Long queue", at: "2026-09-27T12:00:00Z" })));
  await watched.installation.settle();
};

beforeAll(async () => {
  watched = await openWatchedProduct();
  const { installation, page } = watched;
  const owner = await signUp(page, installation);
  survey = (await publishSurvey(owner, { questions }, "Passengers")).id;
  youngSurvey = (await publishSurvey(owner, { questions }, "Visitors")).id;
  await answer(owner.workspaceId, survey, 400);
  await answer(owner.workspaceId, youngSurvey, 25);
}, 180_000);
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

const visit = async (query = ""): Promise<void> => {
  await watched.page.goto(`${watched.installation.address}/drivers?${query}`);
  await seeAll(watched.page);
};
const look = async (name: string): Promise<string[]> => {
  await takePicture(watched.page, name);
  return listFaults(watched.page);
};

describe("the drivers of a survey", () => {
  test("name what goes with recommending most, with its interval, its place and a warning of what was left out", async () => {
    const { page } = watched;
    await visit();
    await page.getByRole("heading", { name: /“Signs and directions” goes with “How likely are you to recommend us\?” most: \d+\.\d% of what these 5 factors explain/ }).waitFor();
    expect(await page.getByText(/do not say what would happen/).count()).toBe(1);
    expect(await page.getByRole("table", { name: /Share of explained variance/ }).getByRole("row").nth(1).innerText()).toContain("Signs and directions");
    expect(await page.getByRole("table", { name: "Importance and performance" }).getByRole("row", { name: /Signs and directions/ }).innerText()).toContain("Improve first");
    expect(await page.getByText(/Only 67% of the responses with an outcome answered every question/).count()).toBe(1);
    expect((await page.locator("main").innerText()).toLowerCase()).not.toContain("cause");
    expect(await look("drivers")).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test("read aloud factor by factor with the keys, and say how they are computed", async () => {
    const { page } = watched;
    await visit(`survey=${survey}`);
    await page.getByRole("img", { name: /Map of importance/ }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".chart-tip").innerText()).toContain("Signs and directions");
    await page.getByRole("button", { name: "How drivers are computed" }).click();
    await page.getByText(/Lindeman, Merenda & Gold/).waitFor();
    expect(await page.getByText(/drawn again 1,000 times/).count()).toBe(1);
    expect(await look("definition")).toEqual([]);
  });

  test("follow the outcome, the factors and the missing answers chosen, and keep them in the address", async () => {
    const { page } = watched;
    await visit(`survey=${survey}`);
    await page.getByRole("combobox", { name: "Missing answers" }).click();
    await page.getByRole("option", { name: "Pair by pair" }).click();
    await page.waitForURL(/missing=pairwise/);
    await page.getByText(/each pair of questions rests on at least 26\d/).waitFor();
    await page.getByRole("combobox", { name: "What to explain" }).click();
    await page.getByRole("option", { name: "Shops" }).click();
    await page.waitForURL(/outcome=shops/);
    await page.getByRole("heading", { name: "What goes with “Shops”" }).waitFor();
    await visit(`survey=${survey}&factors=food,screens`);
    expect(await page.getByRole("table", { name: /Share of explained variance/ }).getByRole("row").count()).toBe(3);
    await page.getByRole("button", { name: "Use all other scores" }).click();
    await expect.poll(() => page.getByRole("table", { name: /Share of explained variance/ }).getByRole("row").count()).toBe(6);
  });

  test("open the answers and people behind a figure of a factor", async () => {
    const { page } = watched;
    await visit(`survey=${survey}`);
    const row = page.getByRole("table", { name: /Outcome where each factor is rated low and high/ }).getByRole("row", { name: /Signs and directions/ });
    const count = Number((await row.getByRole("link", { name: /\d+ answers/ }).first().innerText()).split(" ")[0]);
    await row.getByRole("link", { name: /\d+ answers/ }).first().click();
    await page.waitForURL(/behind=signs&part=low/);
    const panel = page.getByRole("dialog", { name: "Signs and directions" });
    await panel.getByText(`${count} answers, lowest outcome first. The number is “How likely are you to recommend us?”; beside the name stands “Signs and directions”.`).waitFor();
    expect(await panel.getByRole("listitem").first().innerText()).toMatch(/How likely are you to recommend us\?:\s*[0-3]\s[^]*Signs and directions:\s*[12]/);
    await panel.getByText("Rated high").click();
    await page.waitForURL(/part=high/);
    await expect.poll(() => panel.getByRole("listitem").first().innerText()).toMatch(/Signs and directions:\s*[45]/);
    expect(await look("behind")).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test("take what customers met before as a factor when it is ticked, and fill in what is not known of them", async () => {
    const { page } = watched;
    await visit(`survey=${survey}&factors=signs,food`);
    await page.getByRole("combobox", { name: "Factors" }).click();
    await page.getByRole("option", { name: "Long queue (met before)" }).click();
    await page.waitForURL(/touchpoint/);
    await page.getByText("360 of 400 responses with an outcome").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("combobox", { name: "Missing answers" }).click();
    await page.getByRole("option", { name: "Fill in ten times" }).click();
    await page.getByText(/400 of 400 responses with an outcome; 3\.3% of the factors' values were missing and are filled ten times/).waitFor();
    expect(await page.getByRole("table", { name: "What was said and met around the answer" }).getByRole("row").nth(1).innerText()).toMatch(/Long queue \(met before\)\s+met by \d+\.\d%\s+a lower outcome \(r [-−]0\.\d+\)/);
    expect(await page.getByRole("table", { name: "Importance and performance" }).getByRole("row").count()).toBe(3);
    expect(await page.getByRole("columnheader", { name: "Owed to gaps" }).count()).toBe(1);
    expect(await look("around")).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test.each([
    ["few responses", () => `survey=${youngSurvey}`, "Too few responses to tell"],
    ["one factor", () => `survey=${survey}&factors=food`, "Not enough factors"],
    ["a filter that leaves nobody", () => `survey=${survey}&channel=kiosk`, "No scores to explain here"],
  ])("give the reason for %s, and no figure", async (name, query, reason) => {
    await visit(query());
    await watched.page.getByRole("heading", { name: reason }).waitFor();
    expect(await watched.page.getByRole("table").count()).toBe(0);
    expect(await look(name.replaceAll(" ", "-"))).toEqual([]);
  });
});
