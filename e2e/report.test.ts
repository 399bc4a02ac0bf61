// The report of a survey in a browser: every part, in light and dark, on a computer and on a phone.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { publishSurvey } from "../server/feedback/feedback.make.ts";
import type { Answers, Question } from "../server/feedback/surveys/definition.contract.ts";
import { listFaults, openWatchedProduct, seeAll, signUp, takePicture } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let survey: Survey;
let lists: string[];

const asked = (id: string, en: string) => ({ id, title: { en }, isRequired: false });
const option = (id: string, en: string) => ({ id, label: { en } });
const questions: Question[] = [
  { type: "nps", ...asked("nps", "How likely are you to recommend us?") },
  { type: "ces", ...asked("ease", "It was easy to get what I needed") },
  { type: "text", ...asked("why", "Why?") },
  { type: "single", ...asked("sex", "You are"), options: [option("f", "A woman"), option("m", "A man")] },
  { type: "multi", ...asked("many", "What did you use?"), options: [option("shop", "Shop"), option("app", "App"), option("phone", "Telephone")] },
  { type: "ranking", ...asked("order", "What matters most?"), options: [option("price", "Price"), option("speed", "Speed"), option("care", "Care")] },
  { type: "matrix", ...asked("grid", "How were we?"), rows: [option("staff", "Staff"), option("rooms", "Rooms")], columns: [option("good", "Good"), option("poor", "Poor")] },
  { type: "constant_sum", ...asked("shares", "Share out 100 points"), options: [option("a", "Food"), option("b", "Travel")], total: 100 },
  { type: "slider", ...asked("slide", "How warm was it?"), min: 0, max: 100, step: 1 },
];

// Numbers that look like chance and are the same in every run.
const answersOf = (index: number): Answers => {
  const pick = (salt: number, count: number): number => Math.floor(((index * 7919 + salt * 104729) % 1009) / 1009 * count);
  return {
    nps: { number: [10, 9, 9, 8, 10, 7, 3, 6, 10, 0][pick(1, 10)] ?? 9 }, ease: { number: 1 + pick(2, 7) },
    ...(index % 4 === 0 ? { why: { text: `Because it was ${["quick", "kind", "slow", "cheap"][pick(3, 4)]} (${index})` } } : {}),
    ...(index % 40 === 0 ? {} : { sex: { choices: [pick(4, 3) === 0 ? "m" : "f"] } }), many: { choices: pick(5, 4) < (pick(4, 3) === 0 ? 3 : 1) ? ["shop"] : ["app", "phone"].slice(pick(6, 2)) },
    order: { choices: [["price", "speed", "care"], ["care", "speed", "price"]][pick(6, 2)] ?? [] }, grid: { rows: { staff: [pick(7, 4) === 0 ? "poor" : "good"], rooms: [pick(8, 2) === 0 ? "poor" : "good"] } },
    shares: { amounts: { a: 10 * pick(9, 11), b: 100 - 10 * pick(9, 11) } }, slide: { number: pick(10, 101) },
  };
};

beforeAll(async () => {
  watched = await openWatchedProduct();
  const { installation, page } = watched;
  const owner = await signUp(page, installation);
  const post = async (path: string, body: object): Promise<unknown> => (await owner.ask("POST", path, body)).body;
  survey = await publishSurvey(owner, { questions }, "After a visit");
  for (let index = 0; index < 160; index++) {
    const isComplete = index % 16 !== 3;
    const answers = answersOf(index);
    const agoMs = (index % 3) * 9 * 86_400_000;
    await post("/api/public/responses", {
      id: crypto.randomUUID(), slug: survey.slug, version: 1, revision: 1, language: "en", isComplete, channel: ["web", "email", "qr"][index % 3],
      answers: isComplete ? answers : { nps: answers["nps"], ...(index % 32 === 3 ? { ease: answers["ease"] } : {}) }, openedAgoMs: agoMs + 30_000 + index * 500, answeredAgoMs: agoMs,
    });
  }
  await installation.services.db.query("update feedback.responses set recorded_at = saved_at where recorded_at is null");
  // Two lists that share a person: the first answered a third of the time, the second another third.
  lists = await Promise.all(["Members", "Newsletter"].map(async (name) => z.object({ id: z.string() }).parse(await post("/api/segments", { kind: "list", name })).id));
  for (const [index, list] of lists.entries()) await post(`/api/segments/${list}/entries`, { identifiers: ["email:shared", index === 0 ? "web" : "qr"].map((name) => `${name.replace("email:", "")}@example.com`) });
  await installation.settle();
  await installation.services.db.query("update feedback.responses set subject = 'email:' || case when id = (select min(id::text)::uuid from feedback.responses) then 'shared' else channel end || '@example.com' where channel <> 'email'");
  await installation.settle();
}, 180_000);
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

const visit = async (query: string): Promise<void> => {
  await watched.page.goto(`${watched.installation.address}/surveys/${survey.id}/report?${query}`);
  await seeAll(watched.page);
};
const look = async (name: string): Promise<string[]> => {
  await takePicture(watched.page, name);
  return listFaults(watched.page);
};

describe("the report of a survey", () => {
  test("shows every question with its base, and leads to the responses", async () => {
    const { page } = watched;
    await visit("");
    await page.getByRole("heading", { name: "How likely are you to recommend us?" }).waitFor();
    expect(await page.getByText("Net promoter score").count()).toBe(1);
    expect(await page.getByRole("link", { name: /Open the 160 answers/ }).count()).toBe(1);
    await page.getByText(/Because it was/).first().waitFor();
    await page.getByRole("textbox", { name: "Search in the comments" }).fill("slow");
    await expect.poll(async () => (await page.getByText(/Because it was/).allInnerTexts()).every((text) => text.includes("slow"))).toBe(true);
    expect(await look("questions")).toEqual([]);
    await page.getByRole("link", { name: /Open complete responses/ }).click();
    await page.waitForURL(/responses\?survey=.*state=complete/);
    expect(watched.complaints).toEqual([]);
  });

  test.each([
    ["drop-off", "view=drop-off", "Where people leave"],
    ["compare", "view=compare&waves=week", "Several surveys as one metric"],
    ["crosstab", "view=crosstab&rows=many&columns=sex", "What did you use? by You are"],
    ["nothing", "channel=kiosk", "No response fits these filters"],
  ])("the part %s is accessible and fits", async (name, query, heading) => {
    await visit(query);
    await watched.page.getByRole("heading", { name: heading }).waitFor();
    await seeAll(watched.page);
    expect(await look(name)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test("has the comments of its period, and says that other filters do not narrow them", async () => {
    const { page } = watched;
    const comments = page.locator(".report-comments li");
    await visit("period=7d");
    await comments.first().waitFor();
    expect(await comments.count()).toBe(14);
    expect(await page.getByText("All comments of the period").count()).toBe(0);
    await visit("period=7d&channel=web");
    await page.getByText("All comments of the period: the other filters narrow the numbers only.").waitFor();
    expect(await look("comments")).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test("compares contact lists side by side, and narrows to one", async () => {
    const { page } = watched;
    await visit("view=compare&by=segment");
    await page.getByRole("combobox", { name: "Lists and segments to compare" }).click();
    for (const name of ["Members", "Newsletter"]) await page.getByRole("option", { name }).click();
    await page.keyboard.press("Escape");
    await page.waitForURL(new RegExp(lists.join("(,|%2C)")));
    await page.locator(".interval-rows, table, ol, ul").getByText("Members").first().waitFor();
    await seeAll(page);
    expect(await look("lists")).toEqual([]);
    await visit(`view=crosstab&rows=sex&columns=by:segment&compared=${lists.join(",")}`);
    await page.getByRole("columnheader", { name: /Newsletter/ }).waitFor();
    expect(await look("lists-crosstab")).toEqual([]);
    await visit(`list=${lists[0]}`);
    await page.getByRole("link", { name: /Open the 5\d answers/ }).first().waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("weights answers to true shares and shows what that costs", async () => {
    const { page } = watched;
    await visit("view=weighting");
    await page.getByRole("combobox", { name: "Add a dimension" }).waitFor();
    // There is nothing to save yet, and no button that would do nothing.
    expect(await page.getByRole("button", { name: "Save weights" }).count()).toBe(0);
    await page.getByRole("combobox", { name: "Add a dimension" }).click();
    await page.getByRole("option", { name: "You are" }).click();
    await page.getByRole("textbox", { name: "True share: You are, A woman" }).fill("50");
    await page.getByText(/they must make 100/).waitFor();
    await page.getByRole("textbox", { name: "True share: You are, A man" }).fill("50");
    await page.getByRole("button", { name: "Save weights" }).click();
    await page.getByText("Design effect").waitFor();
    expect(await look("weighting")).toEqual([]);
    await visit("weighted=yes");
    await page.getByText(/weighted [+−]?\d/).first().waitFor();
    expect(await look("weighted")).toEqual([]);
    await visit("weighted=yes&view=compare&waves=week");
    await page.getByText(/weighted [+−]?\d/).first().waitFor();
    await visit("weighted=yes&view=crosstab&rows=many&columns=by:channel");
    await page.getByText(/Weighted \d+%/).first().waitFor();
    expect(await look("weighted-crosstab")).toEqual([]);
    await page.getByRole("columnheader", { name: /^QR code/ }).waitFor();
    expect(watched.complaints).toEqual([]);
  });
});
