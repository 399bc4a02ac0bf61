import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { insertInteractions } from "../server/customers/customers.api.ts";
import { makeMessages } from "../server/customers/customers.make.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { CallOutcomes } from "../server/feedback/interviews/interviews.contract.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import type { Organisation } from "../server/firsthand.make.ts";
import { joinAs, listFaults, listFaultsOfLook, openWatchedProduct, seeAll } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let product: WatchedProduct;
let page: Page;
let organisation: Organisation;
let survey: Survey;

beforeAll(async () => {
  product = await openWatchedProduct();
  page = product.page;
  const { installation } = product;
  organisation = await installation.makeOrganisation();
  // Noon for both, wherever this test runs: a place whose clock shows midday now.
  const offset = 12 - new Date().getUTCHours();
  const timezone = offset === 0 ? "Etc/GMT" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
  await insertInteractions(installation.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, ["Ann", "Bob"].map((name, at) => ({
    at, type: "identify" as const, userId: name, traits: { name, phone: `+4930123456${at}`, timezone },
  }))));
  await installation.settle();
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "By phone", definition: makeDefinition({ questions: [
    { id: "nps", type: "nps", title: { en: "Would you recommend us?" }, isRequired: true },
  ] }) })).body);
  survey = Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
  await organisation.manager.ask("POST", "/api/segments", { kind: "live", name: "Everybody", rule: { match: "all", who: "known", conditions: [] } });
  await joinAs("manager", page, product.installation, organisation);
});
afterAll(() => product.close());

const open = async (path: string): Promise<void> => {
  await page.goto(`${product.installation.address}${path}`);
  await seeAll(page);
};
const see = (text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
const asked = () => page.frameLocator("iframe");

test("a manager makes a call list, an interviewer calls, and the answer stands on the customer's timeline once", async () => {
  await open(`/surveys/${survey.id}/interviews`);
  await see("No call list yet");
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "New call list" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Autumn calls");
  await page.getByRole("button", { name: "New call list" }).last().click();
  await see("Choose a segment.");
  await page.getByRole("combobox", { name: "Who is called" }).click();
  await page.getByRole("option", { name: "Everybody" }).click();
  await page.getByLabel("What the interviewer says first").fill("Good day, do I speak to {{name}}?");
  for (const day of ["Sat", "Sun"]) await page.getByLabel(day, { exact: true }).check();
  expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
  await page.getByRole("button", { name: "New call list" }).last().click();
  await see("0 of 2");
  await page.getByText("Open", { exact: true }).waitFor();
  expect(await listFaults(page, "main")).toEqual([]);

  await page.getByRole("link", { name: "Call: Autumn calls" }).click();
  await see("Ready for the next call");
  expect(await listFaults(page, "main")).toEqual([]);
  await page.keyboard.press("n");
  await page.getByRole("link", { name: /^\+49/ }).waitFor();
  const name = (await page.getByText(/Good day, do I speak to/).textContent())?.includes("Ann") === true ? "Ann" : "Bob";
  const number = await page.getByRole("link", { name: /^\+49/ }).textContent();
  await asked().getByText("Would you recommend us?").waitFor();
  expect(await listFaults(page, "main")).toEqual([]);

  // Half-way the page is loaded again: the same person, and the survey knows where it was.
  await asked().locator(".point").nth(9).click();
  await page.reload();
  await asked().locator(".point input:checked").waitFor({ state: "attached" });
  expect(await page.getByRole("link", { name: /^\+49/ }).textContent()).toBe(number);
  await asked().getByRole("button", { name: "Send" }).click();
  await asked().getByText("Thank you!").waitFor();

  await page.locator("iframe").contentFrame().locator("body").press("Escape");
  await page.keyboard.press("3");
  await page.getByLabel("Call back", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Tomorrow, 10:00" }).click();
  await see(/10:00.* there, .* for you/);
  expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);
  await page.getByText("Complete interview").click();
  await page.getByLabel("Note for the next call").fill("Very kind.");
  await page.getByRole("button", { name: "Save & next call" }).click();
  await see(`${name}: written down.`);

  await page.getByText(name === "Ann" ? /speak to Bob/ : /speak to Ann/).waitFor();
  await page.getByText("No answer", { exact: true }).click();
  await page.getByRole("button", { name: "Save & next call" }).click();
  await see("Nobody to call now");
  await see(/The next person can be called/);
  expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);

  await page.getByRole("link", { name: "Call lists", exact: true }).click();
  await page.getByRole("button", { name: "Outcomes: Autumn calls" }).click();
  await see("Complete interview (1.1)");
  await page.getByRole("row", { name: /^RR1 .* 50\.0%/ }).waitFor();
  expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
  await page.keyboard.press("Escape");

  await product.installation.settle();
  const customers: unknown = (await organisation.manager.ask("GET", `/api/customers?search=${name}`)).body;
  const timeline = await organisation.manager.ask("GET", `/api/customers/${String(Object(customers).items[0].id)}/timeline`);
  expect(JSON.stringify(timeline.body).match(/"By phone"/g)).toHaveLength(1);
  const lists: unknown = (await organisation.manager.ask("GET", "/api/call-lists")).body;
  const outcomes = CallOutcomes.parse((await organisation.manager.ask("GET", `/api/call-lists/${String(Object(lists).items[0].id)}/outcomes`)).body);
  expect(outcomes.outcomes.filter(({ people }) => people > 0).map(({ code, people }) => ({ code, people }))).toEqual([{ code: "1.1", people: 1 }, { code: "3.13", people: 1 }]);
  expect(product.complaints).toEqual([]);
});

test("a member tries the survey out in a chat and by phone, and nothing is saved", async () => {
  await open(`/surveys/${survey.id}/interviews`);
  const before = (await organisation.manager.ask("GET", `/api/responses?surveyId=${survey.id}`)).body;
  await page.getByRole("button", { name: "Try by phone or in a chat" }).click();
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByLabel("Your answer").fill("no idea");
  await page.keyboard.press("Enter");
  await see(/Sorry, that was not understood/);
  await page.getByLabel("Your answer").fill("9");
  expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
  await page.keyboard.press("Enter");
  await see("The survey was answered to its end.");
  await page.getByRole("radiogroup", { name: "Asked" }).getByText("By phone").click();
  await page.getByRole("button", { name: "Begin again" }).click();
  await see(/Press a number from 0 to 10/);
  expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
  for (const key of ["1", "0", "#"]) await page.getByRole("button", { name: key, exact: true }).click();
  await see("The survey was answered to its end.");
  expect((await organisation.manager.ask("GET", `/api/responses?surveyId=${survey.id}`)).body).toEqual(before);
  expect(product.complaints).toEqual([]);
});

test("a list is paused, says so to who calls, and is removed for good", async () => {
  await open("/call-lists");
  await page.getByRole("button", { name: "More for Autumn calls" }).click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await see("Autumn calls is paused.");
  await page.getByRole("link", { name: "Call: Autumn calls" }).click();
  await see("Autumn calls is not open");
  await page.getByRole("link", { name: "Call lists", exact: true }).click();
  await page.getByRole("button", { name: "More for Autumn calls" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await see("No call list yet");
  expect(product.complaints).toEqual([]);
});
