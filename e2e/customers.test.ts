import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeMessages } from "../server/customers/customers.make.ts";
import { insertInteractions } from "../server/customers/customers.api.ts";
import type { Installation } from "../server/firsthand.make.ts";
import { listFaults, listFaultsOfLook, openWatchedProduct, seeAll, signUp } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let installation: Installation;
let page: Page;

beforeAll(async () => {
  watched = await openWatchedProduct();
  ({ installation, page } = watched);
  await makeCustomers((await signUp(page, installation)).workspaceId);
});
afterAll(() => watched.close());

// Two users who share an address, and a device the second takes over; a third of a company.
const makeCustomers = async (workspaceId: string): Promise<void> => {
  await insertInteractions(installation.services.db, workspaceId, makeMessages(workspaceId, [
    { at: 1, anonymousId: "dev", name: "Looked around" },
    { at: 2, type: "identify", userId: "u1", anonymousId: "dev", traits: { name: "Ada One", email: "ada@example.com", city: "Bonn" } },
    { at: 3, type: "identify", userId: "u2", anonymousId: "dev", traits: { name: "Ada Two", email: "ada@example.com" } },
    { at: 4, anonymousId: "dev", name: "Asked" },
    { at: 5, type: "identify", userId: "u3", traits: { name: "Cleo" } },
    { at: 5, type: "identify", userId: "u4", traits: { name: "Bea Brown", email: "brown@example.com" } },
    { at: 6, type: "identify", userId: "u5", traits: { name: "Bea Green" } },
    { at: 6, type: "group", userId: "u3", message: { groupId: "acme" }, traits: { name: "Acme", kind: "Company", plan: "pro" } },
  ]));
  await installation.settle();
};

const see = (text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

test("a member finds a customer, merges two, takes it back, writes a call down and erases", async () => {
  await page.goto(`${installation.address}/customers`);
  await page.getByRole("searchbox").fill("ada one");
  await page.getByRole("link", { name: "Ada One" }).click();
  await see("2 interactions since");

  await page.getByRole("button", { name: "Same person" }).click();
  await see("2 interactions change hands.");
  expect(await listFaultsOfLook(page)).toEqual([]);
  await page.getByRole("button", { name: "Do it" }).click();
  await see("4 interactions since");
  await see("Asked");

  await page.getByText("How it came together").click();
  await page.getByRole("button", { name: "Separate: u2 ↔ ada@example.com" }).click();
  await page.getByRole("button", { name: "Do it" }).click();
  await see("2 interactions since");

  await page.getByText("Phone call", { exact: true }).click();
  await page.getByPlaceholder("What was said on the phone").fill("Call back on Monday");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await see("Call back on Monday");
  await see("3 interactions since");
  await see("by Olga");

  await page.getByRole("button", { name: "History of city" }).click();
  await page.getByLabel("Value").fill("Kiel");
  await page.getByRole("button", { name: "Correct it" }).click();
  await see("Kiel");

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Erase this customer" }).click();
  await page.getByRole("textbox", { name: /to confirm/ }).fill("Ada One");
  await page.getByRole("button", { name: "Erase for good" }).click();
  await see(/3 interactions, .* are gone/);
  await expect.poll(() => page.getByRole("link", { name: "Ada One" }).count()).toBe(0);
  expect(watched.complaints).toEqual([]);
});

test("a member finds a customer by keys from any screen", async () => {
  await page.goto(`${installation.address}/touchpoints`);
  await page.getByRole("heading", { name: "Touchpoints", level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search screens, customers, actions…").fill("cle");
  await page.getByRole("dialog").getByText("Cleo").waitFor();
  expect(await listFaultsOfLook(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Cleo", level: 1 }).waitFor();
  expect(watched.complaints).toEqual([]);
});

test("who was found before is not opened for what is typed now, and keys begin at the first who is found late", async () => {
  await page.goto(`${installation.address}/touchpoints`);
  await page.getByRole("heading", { name: "Touchpoints", level: 1 }).waitFor();
  const answer = Promise.withResolvers<void>();
  await page.route("**/api/customers?**search=bea**", async (route) => {
    await answer.promise;
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  const [palette, field] = [page.getByRole("dialog"), page.getByPlaceholder("Search screens, customers, actions…")];
  await field.fill("cle");
  await palette.getByText("Cleo").waitFor();
  await palette.getByRole("status").getByText("1 found").waitFor({ state: "attached" });

  await field.fill("bea");
  expect(await palette.getByText("Cleo").count()).toBe(0);
  await palette.getByRole("status").getByText("Looking…").waitFor();
  await page.keyboard.press("Enter");
  answer.resolve();
  await palette.getByText("Bea Brown").waitFor();
  await palette.getByRole("status").getByText("2 found").waitFor({ state: "attached" });
  const names = await palette.getByText(/^Bea /).allTextContents();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: names[1] ?? "", level: 1 }).waitFor();
  await page.unroute("**/api/customers?**search=bea**");
  expect(watched.complaints).toEqual([]);
});

test("a search that fails says why, and not that nobody was found", async () => {
  const refusal = "Too many searches. Try again in a minute.";
  await page.route("**/api/customers?**search=zed**", (route) => route.fulfill({ status: 429, json: { error: { code: "too_many_requests", message: refusal } } }));
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search screens, customers, actions…").fill("zed");
  await page.getByRole("dialog").getByRole("status").getByText(refusal).waitFor();
  expect(await listFaultsOfLook(page, { part: "[role=dialog]" })).toEqual([]);
  await page.keyboard.press("Escape");
  await page.unroute("**/api/customers?**search=zed**");
  expect(watched.complaints.splice(0).filter((one) => !one.includes("429"))).toEqual([]);
});

test("the field says what the list is searched for, also after going elsewhere and back", async () => {
  await page.goto(`${installation.address}/customers`);
  const [field, cleo] = [page.getByRole("searchbox"), page.getByRole("link", { name: "Cleo" })];
  await field.fill("bea green ");
  await cleo.waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("bea green ");

  await page.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await cleo.waitFor();
  expect(await field.inputValue()).toBe("");

  await page.goBack();
  await cleo.waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("bea green");
  expect(watched.complaints).toEqual([]);
});

test("a column that a phone has no room for is shown there when it is asked for, and what the list is sorted by is said without it", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${installation.address}/customers?who=all&sort=firstSeen`);
  await page.getByText("Sorted by First seen, descending").waitFor();
  expect(await page.getByRole("columnheader", { name: "E-mail" }).count()).toBe(0);
  expect(await listFaultsOfLook(page)).toEqual([]);

  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "E-mail" }).click();
  await page.getByRole("menuitemcheckbox", { name: "First seen" }).click();
  await page.getByRole("columnheader", { name: "E-mail" }).waitFor();
  await page.getByRole("columnheader", { name: "First seen" }).waitFor();
  expect(await page.getByText("Sorted by First seen, descending").count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("columnheader", { name: "First seen" }).waitFor();
  expect(watched.complaints).toEqual([]);
});

test("a member looks a group up, sees who belongs to it and opens one of them", async () => {
  await page.goto(`${installation.address}/customers`);
  await page.getByRole("link", { name: "Groups" }).click();
  // The list of customers has a searchbox as well.
  await page.getByRole("heading", { name: "Groups", exact: true }).waitFor();
  await page.getByRole("searchbox").fill("nothing of this name");
  await see("No group found for this search");
  await page.getByRole("searchbox").fill("acm");
  await page.getByRole("link", { name: "Acme" }).click();

  await see("Company");
  await see("pro");
  await page.getByRole("link", { name: "Cleo" }).press("Enter");
  await see("Identities");
  // The link is gone, and keys go on at the beginning of what it led to.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
  await page.getByRole("link", { name: "Acme" }).click();
  await see("1 customer");
  expect(watched.complaints).toEqual([]);
});

test.each(["/customers?who=all", "/customers/suggestions", "/settings/identity", "/customers/groups"])("%s is accessible and fits, in light and dark, on a computer and on a phone", async (path) => {
  await page.goto(`${installation.address}${path}`);
  await seeAll(page);
  expect(await listFaults(page)).toEqual([]);
});

test.each([["/customers/groups?search=acm", "Acme", "Cleo"], ["/customers?search=Ada%20Two", "Ada Two", "Identities"]])("what %s leads to is accessible and fits", async (path, link, shown) => {
  await page.goto(`${installation.address}${path}`);
  await page.getByRole("link", { name: link }).click();
  await see(shown);
  await seeAll(page);
  expect(await listFaults(page)).toEqual([]);
});
