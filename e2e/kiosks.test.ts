import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Page } from "playwright-core";
import type { Organisation } from "../server/firsthand.make.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { Kiosk, Pairing } from "../server/feedback/kiosks/kiosks.contract.ts";
import type { Question } from "../server/feedback/surveys/definition.contract.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { readPdf } from "./pdf-text.ts";
import { joinAs, listFaults, listFaultsOfLook, openWatchedPage, openWatchedProduct, seeAll } from "./watched-page.ts";
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

const publish = async (name: string): Promise<Survey> => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name, definition: makeDefinition({ questions }) })).body);
  return Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
const becomeKiosk = async (page: Page, { address, code }: Pick<Pairing, "address" | "code">): Promise<void> => {
  await page.goto(address);
  await page.getByLabel("Code").fill(code);
  await page.keyboard.press("Enter");
  await page.getByText("How was your visit?").waitFor();
};

/** A kiosk of a published survey, and the code that makes a device this kiosk. */
const makeKiosk = async (): Promise<{ survey: Survey; pairing: Pairing }> => {
  const survey = await publish("Door");
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

describe("kiosks and posters", () => {
  test("are set up, paired and printed on their screens, with hostile words as words", async () => {
    const { page, complaints, installation } = product;
    const hostile = "<img src=x onerror=alert(1)></article><script>alert(2)</script>";
    const survey = await publish("At the till");
    const visit = async (path: string): Promise<void> => {
      await page.goto(`${installation.address}${path}`);
      await seeAll(page);
    };
    await joinAs("manager", page, product.installation, organisation);
    await visit("/kiosks");
    await page.getByText("No kiosk yet").waitFor();
    await page.getByText("No poster yet").waitFor();
    expect(await listFaults(page)).toEqual([]);

    await page.getByRole("button", { name: "New kiosk" }).click();
    const panel = page.getByRole("dialog");
    await panel.getByRole("button", { name: "New kiosk" }).click();
    await panel.getByText("Give it a name").waitFor();
    await panel.getByLabel("Name", { exact: true }).fill("Till 3");
    await panel.getByLabel("Place").fill("Main street");
    await panel.getByRole("combobox", { name: "Survey" }).click();
    await page.getByRole("option", { name: "At the till" }).click();
    await panel.getByLabel("PIN to leave the kiosk").fill("2468");
    expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
    await panel.getByRole("button", { name: "New kiosk" }).click();
    await page.getByRole("button", { name: "Make a code" }).click();
    const code = await page.getByLabel("Code", { exact: true }).textContent();
    expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
    // A browser of its own: what it is paired as stays in it.
    const device = await openWatchedPage();
    await becomeKiosk(device.page, { address: `${installation.address}/k`, code: code ?? "" });
    // At once, and not when the list is next asked for.
    await page.getByText("Till 3 is paired.").waitFor({ timeout: 10_000 });
    await page.getByText("Online").waitFor();
    await device.close();

    await page.getByRole("button", { name: "New poster" }).click();
    await page.getByLabel("Place").fill("Window");
    await page.getByRole("combobox", { name: "Survey" }).click();
    await page.getByRole("option", { name: "At the till" }).click();
    await page.getByLabel("Headline").fill(hostile);
    expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "New poster" }).click();
    await page.getByText("The poster for Window is saved.").waitFor();
    await visit(`/surveys/${survey.id}/places`);
    await page.getByText("Till 3").waitFor();
    expect(await listFaultsOfLook(page)).toEqual([]);

    await page.getByRole("link", { name: "Print: Window" }).click();
    await page.getByText(hostile).waitFor();
    await page.waitForURL(/\/posters\//);
    expect(await listFaults(page)).toEqual([]);
    const sheet = readPdf(await page.pdf({ preferCSSPageSize: true, format: "A4" }));
    expect(sheet.pages).toBe(1);
    expect(sheet.text).toContain(hostile.replaceAll(" ", ""));
    expect(sheet.text).not.toContain("Printthispage");
    expect(complaints).toEqual([]);
  }, 90_000);
});

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
    await vi.waitFor(async () => expect(await answered(survey)).toHaveLength(1), 10_000);

    // A page the worker does not hold yet comes over the network once more; from then on the device has everything.
    await page.reload();
    await page.getByText("How was your visit?").waitFor();
    await page.context().setOffline(true);
    await page.reload();
    await answer(page, 1);
    await page.getByText("1 answer waits to be sent").waitFor();
    expect(await listFaultsOfLook(page), "thank-you, with an answer that waits").toEqual([]);
    await page.reload();
    await answer(page, 2);
    await page.getByText("2 answers wait to be sent").waitFor();
    expect(await answered(survey)).toHaveLength(1);

    await page.context().setOffline(false);
    await page.getByText("All answers are sent").waitFor();
    expect(await answered(survey)).toEqual([1, 2, 5].map((number) => ({ channel: "kiosk", state: "complete", number })));
    expect(complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|net::/.test(one))).toEqual([]);
  }, 90_000);

  test("is answered and left by keyboard alone, by its PIN only, and begins anew when somebody walks away", async () => {
    const { page, complaints, close } = await openWatchedPage();
    const { survey, pairing } = await makeKiosk();
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const wait = (seconds: number): Promise<void> => page.clock.fastForward(seconds * 1_000);
    const faults: string[] = [];
    const look = async (state: string): Promise<void> => void faults.push(...(await listFaultsOfLook(page)).map((fault) => `${state}: ${fault}`));
    await page.clock.install();
    await becomeKiosk(page, pairing);
    await press("4", "Enter");
    await page.getByText("What counts most?").waitFor();
    await look("after the first question");
    // The second of two is put first: its button is the second that can be pressed.
    await press("Tab", "Tab", "Enter");
    await page.locator(".ranking li").first().getByText("Staff").waitFor();
    await page.getByRole("button", { name: "Send" }).press("Enter");
    await page.getByText("Thank you!").waitFor();
    await look("thank-you");
    await vi.waitFor(async () => expect(await answered(survey)).toMatchObject([{ state: "complete", number: 4 }]), 10_000);

    await wait(6);
    await page.getByText("How was your visit?").waitFor();
    const leave = page.getByRole("button", { name: "Leave the kiosk" });
    for (let tabs = 0; tabs < 20 && !(await leave.evaluate((element) => element === document.activeElement)); tabs += 1) await press("Tab");
    await press("Enter");
    await page.getByLabel("PIN").waitFor();
    await page.keyboard.type("1111");
    await press("Enter");
    await page.getByText("That is not the PIN.").waitFor();
    await look("PIN");
    await page.keyboard.type("2468");
    await press("Enter");
    await page.getByText("locked open for maintenance").waitFor();
    await look("left");
    await page.getByRole("button", { name: "Start asking" }).press("Enter");

    await page.getByText("How was your visit?").waitFor();
    await press("3");
    await page.locator(".point input:checked").waitFor();
    // The kiosk notices in its next picture that somebody answered; only then does it ask before it begins anew.
    await page.clock.runFor(500);
    await wait(10);
    await page.getByText("Are you still there?").waitFor();
    await look("still there?");
    await wait(10);
    await vi.waitFor(async () => expect(await answered(survey)).toHaveLength(2), 10_000);
    expect(await answered(survey)).toMatchObject([{ state: "partial", number: 3 }, { state: "complete", number: 4 }]);
    await page.locator(".point input:checked").waitFor({ state: "detached" });

    // Without a line the device stops by its own clock, and asks on when it is told of another end.
    const end = async (closesAt: string | null): Promise<void> => void (await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { closesAt }));
    await end(new Date(await page.evaluate(() => Date.now() + 3_600_000)).toISOString());
    // One asked for a moment before may still be under way.
    await Promise.all([page.waitForResponse(async (reply) => reply.url().includes("/config") && (await reply.text()).includes('"closesAt":"')), wait(61)]);
    await page.context().setOffline(true);
    await wait(3_500);
    await page.getByText("How was your visit?").waitFor();
    await wait(100);
    await page.getByText("nothing to ask").waitFor();
    await end(null);
    await page.context().setOffline(false);
    await wait(61);
    await page.getByText("How was your visit?").waitFor();

    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);
    await page.reload();
    await page.getByText("nothing to ask").waitFor();
    await look("nothing to ask");
    expect(faults).toEqual([]);
    expect(complaints.filter((one) => !one.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
    await close();
  }, 90_000);
});
