import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { Organisation } from "../server/firsthand.make.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { Kiosk, Pairing } from "../server/feedback/kiosks/kiosks.contract.ts";
import type { Question } from "../server/feedback/surveys/definition.contract.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { listFaultsOfLook, openWatchedPage, openWatchedProduct } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let product: WatchedProduct;
let organisation: Organisation;

beforeAll(async () => {
  product = await openWatchedProduct();
  organisation = await product.installation.makeOrganisation();
});
afterAll(() => product.close());

const questions: Question[] = [
  { id: "csat", type: "csat", look: "smileys", title: { en: "How was your visit?" }, isRequired: true },
  { id: "rank", type: "ranking", title: { en: "What counts most?" }, isRequired: false, options: [{ id: "price", label: { en: "Price" } }, { id: "staff", label: { en: "Staff" } }] },
];

/** A kiosk of a published survey, and the code that makes a device this kiosk. */
const makeKiosk = async (): Promise<{ survey: Survey; pairing: Pairing }> => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Door", definition: makeDefinition({ questions }) })).body);
  const survey = Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
  const kiosk = Kiosk.parse((await organisation.manager.ask("POST", "/api/kiosks", { name: "Front door", surveyId: survey.id, touchpoint: "Shop", pin: "2468", idleSeconds: 10 })).body);
  return { survey, pairing: Pairing.parse((await organisation.manager.ask("POST", `/api/kiosks/${kiosk.id}/pairing`)).body) };
};
const answer = async (page: Page, score: number): Promise<void> => {
  await page.getByText("How was your visit?").waitFor();
  await page.locator(`.point:nth-child(${score})`).click();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Thank you!").waitFor();
};
const answered = async (survey: Survey) =>
  (await product.installation.services.db.query<{ channel: string; state: string; number: number }>(
    `select response.channel, response.state, answer.number from feedback.responses response
     join feedback.answers answer on answer.workspace_id = response.workspace_id and answer.response_id = response.id and answer.question_id = 'csat'
     where response.survey_id = $1 order by answer.number`, [survey.id])).rows;
const until = async (check: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + 20_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error("It did not come to that within 20 s.");
    await new Promise((done) => setTimeout(done, 200));
  }
};

describe("a kiosk", () => {
  test("asks on without a line, also after it was restarted, and brings every answer in once", async () => {
    const { page, complaints } = product;
    const { survey, pairing } = await makeKiosk();
    await page.goto(pairing.address);
    await page.getByLabel("Code").waitFor();
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.getByLabel("Code").fill(pairing.code.toLowerCase());
    await page.getByRole("button", { name: "Make this device the kiosk" }).click();
    await page.getByText("How was your visit?").waitFor();
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await answer(page, 5);
    await until(async () => (await answered(survey)).length === 1);

    // A page the worker does not hold yet comes over the network once more; from then on the device has everything.
    await page.reload();
    await page.getByText("How was your visit?").waitFor();
    await page.context().setOffline(true);
    await page.reload();
    await answer(page, 1);
    await page.getByText("1 answer waits to be sent").waitFor();
    await page.reload();
    await answer(page, 2);
    await page.getByText("2 answers wait to be sent").waitFor();
    expect(await answered(survey)).toHaveLength(1);

    await page.context().setOffline(false);
    await page.getByText("All answers are sent").waitFor();
    expect(await answered(survey)).toEqual([1, 2, 5].map((number) => ({ channel: "kiosk", state: "complete", number })));
    expect(complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|net::/.test(one))).toEqual([]);
  }, 90_000);

  test("is left by its PIN only, and begins anew when somebody walks away", async () => {
    const { page, close } = await openWatchedPage();
    const { survey, pairing } = await makeKiosk();
    await page.goto(pairing.address);
    await page.getByLabel("Code").fill(pairing.code);
    await page.getByRole("button", { name: "Make this device the kiosk" }).click();
    await page.getByText("How was your visit?").waitFor();
    await page.getByRole("button", { name: "Leave the kiosk" }).click();
    await page.getByLabel("PIN").fill("1111");
    await page.getByRole("button", { name: "Leave the kiosk" }).click();
    await page.getByText("That is not the PIN.").waitFor();
    await page.getByLabel("PIN").fill("2468");
    await page.keyboard.press("Enter");
    await page.getByText("locked open for maintenance").waitFor();
    await page.getByRole("button", { name: "Start asking" }).click();

    await page.locator(".point:nth-child(3)").click();
    await page.getByText("Are you still there?").waitFor({ timeout: 20_000 });
    await until(async () => (await answered(survey)).length === 1);
    expect(await answered(survey)).toMatchObject([{ state: "partial", number: 3 }]);
    await page.locator(".point input:checked").waitFor({ state: "detached" });
    await close();
  }, 90_000);
});
