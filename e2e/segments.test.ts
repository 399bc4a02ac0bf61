import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askToContact, insertInteractions } from "../server/customers/customers.api.ts";
import { makeMessages, type MessageGiven } from "../server/customers/customers.make.ts";
import { transaction } from "../server/platform/db/db.api.ts";
import { listFaults, openWatchedProduct, seeAll, signUp } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let workspaceId: string;

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  ({ workspaceId } = await signUp(page, watched.installation));
  await makeCustomers();
  await askForAWeek();
});
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

const makeCustomers = async (): Promise<void> => {
  const named = (userId: string, plan: string): MessageGiven => ({ at: 1, type: "identify", userId, traits: { name: userId, plan, email: `${userId.toLowerCase()}@example.com` } });
  const messages = makeMessages(workspaceId, [named("Ada", "pro"), named("Bob", "free"), named("Cleo", "pro"), { at: 5, userId: "Ada", name: "Order Completed" }]);
  await insertInteractions(watched.installation.services.db, workspaceId, messages);
  await watched.installation.settle();
};

// Ada is asked every day for a week, at noon in the zone of the workspace; the policy lets one through.
const askForAWeek = async (): Promise<void> => {
  const noon = new Date();
  noon.setUTCHours(12, 0, 0, 0);
  for (let days = 8; days >= 2; days -= 1) {
    await transaction(watched.installation.services.db, (tx) => askToContact(tx, {
      workspaceId, customerId: null, address: "ada@example.com", channel: "email", purpose: "survey", kind: "transactional",
      reference: { type: "survey", id: `survey-${days}`, label: `After delivery ${days}` }, isReminder: false, at: new Date(noon.getTime() - days * 86_400_000), key: `day ${days}`,
    }));
  }
};

const open = async (path: string): Promise<void> => {
  await page.goto(`${watched.installation.address}${path}`);
  await seeAll(page);
};
const see = (text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

test("a member puts people on a contact list and takes one off", async () => {
  await open("/segments");
  await see("No segment yet");
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "New contact list" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Fair visitors");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByLabel("Addresses, numbers or ids").fill("ada@example.com\nnina@example.com\nbroken@");
  await page.getByRole("button", { name: "Add these" }).click();
  await see("3 rows read: 2 added, 0 on the list already, 1 of them new customers.");
  await see("1 row was refused");
  await page.getByRole("row", { name: /nina@example.com/ }).waitFor();
  await see("2 customers");
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("row", { name: /nina@example.com/ }).getByRole("button", { name: "Take off the list" }).click();
  await see("nina@example.com is off the list.");
  await see("1 customer");
  expect(watched.complaints).toEqual([]);
});

test("a member writes a rule, sees who is in it, and why", async () => {
  await open("/segments/new");
  await page.getByLabel("Name", { exact: true }).fill("Paying");
  await page.getByRole("button", { name: "Add condition" }).click();
  await see("Fill in every condition to see who is in it.");
  await page.getByRole("combobox", { name: "Name of the trait" }).fill("plan");
  await page.keyboard.press("Escape");
  await page.getByLabel("Value").fill("pro");
  await see("2 customers");
  await page.getByRole("button", { name: "Add group" }).click();
  await page.getByRole("group", { name: "Group 2" }).getByRole("combobox", { name: "Name of the trait" }).fill("name");
  await page.keyboard.press("Escape");
  await page.getByRole("group", { name: "Group 2" }).getByLabel("Value").fill("ada");
  await see("1 customer");
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("button", { name: "Why Ada is in it" }).click();
  await see("In the segment");
  await see("found: pro");
  expect(await listFaults(page)).toEqual([]);
  expect(watched.complaints).toEqual([]);
});

test("a member sees what a changed policy would have done, and saves it", async () => {
  await open("/contact-policy");
  await see("Between any two contacts lie at least 30 days.");
  await see("Every one of 7 requests would have been decided as it was.");
  await page.getByLabel("Days between any two contacts").fill("3");
  await see("Between any two contacts lie at least 3 days.");
  await see("2 of 7 requests would have gone the other way.");
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Save policy" }).click();
  await see("Policy saved. It holds from the next contact on.");
  await open("/contact-policy");
  await see("Between any two contacts lie at least 3 days.");
  expect(watched.complaints).toEqual([]);
});

test("a member reads in the ledger why somebody was not asked", async () => {
  await open("/contact-ledger");
  await see("After delivery 8");
  await see(/Too soon after another contact: was contacted .* by e-mail; 30 days must lie between/);
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("combobox", { name: "Decision" }).click();
  await page.getByRole("option", { name: "Asked", exact: true }).click();
  await page.getByText("After delivery 7").waitFor({ state: "detached" });
  await see("After delivery 8");
  expect(watched.complaints).toEqual([]);
});

test("a member keeps surveys from a customer while a complaint is open, and stops all contact", async () => {
  await open("/segments?kind=list");
  await page.getByRole("link", { name: "Fair visitors" }).click();
  await page.getByRole("link", { name: "Ada", exact: true }).click();
  const card = page.getByRole("region", { name: "Contact", exact: true });
  await card.getByText("After delivery 2").waitFor();
  await card.getByRole("button", { name: "Ask nothing while something is open" }).click();
  await card.getByLabel("What is open").fill("Complaint about the parcel");
  expect(await listFaults(page)).toEqual([]);
  await card.getByRole("button", { name: "Ask nothing", exact: true }).click();
  await card.getByText("Open complaint: has something open: Complaint about the parcel.").waitFor();
  await card.getByRole("button", { name: "Ask again" }).click();
  await card.getByText("Nothing is open: no complaint keeps anybody from asking.").waitFor();
  await card.getByRole("switch", { name: "Do not contact at all" }).click();
  await card.getByText("Do not contact: asked not to be contacted.").waitFor();
  await card.getByText("Taken back", { exact: true }).click();
  await card.getByText("Said before").click();
  await card.getByText("took back surveys (all channels)").waitFor();
  expect(await listFaults(page)).toEqual([]);
  expect(watched.complaints).toEqual([]);
});
