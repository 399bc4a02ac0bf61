import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import { createEntries } from "../server/journeys/journeys.api.ts";
import { makeOutside, type Outside } from "../server/feedback/reviews/outside.make.ts";
import { listFaults, openWatchedProduct, seeAll, signUp } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let workspaceId: string;
let endpoint: Outside;

beforeAll(async () => {
  endpoint = await makeOutside();
  watched = await openWatchedProduct({ OUTSIDE_HOSTS_ALLOWED: new URL(endpoint.url).host });
  page = watched.page;
  await signUp(page, watched.installation);
  const session = await page.request.get(`${watched.installation.address}/api/session`);
  workspaceId = (await session.json()).workspace.id;
});
afterAll(async () => {
  await watched.close();
  endpoint.stop();
});

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString();
const write = (texts: readonly string[], given: { channel: string; touchpoint: string; at: string }) =>
  insertPerceptions(watched.installation.services.db, workspaceId, texts.map((text) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, ...given, text })));
const score = (counts: Record<number, number>, given: { channel: string; touchpoint: string; at: string }) =>
  insertPerceptions(watched.installation.services.db, workspaceId, Object.entries(counts).flatMap(([value, count]) => Array.from({ length: count }, () => makePerception({ kind: "nps", ...given, value: Number(value) }))));

test("comments are read, shown by need and place, narrowed by a click and set right", async () => {
  await page.goto(`${watched.installation.address}/comments?period=30d`);
  await page.getByText("No comments in this period").waitFor();
  await write(Array(12).fill("The parcel never arrived and nobody told me why."), { channel: "web", touchpoint: "Delivery", at: day(3) });
  await write(Array(12).fill("Thank you, lovely and friendly staff."), { channel: "store", touchpoint: "Shop visit", at: day(2) });

  await page.getByRole("heading", { name: "Six needs" }).waitFor();
  await page.getByRole("group", { name: "Feeling, as read" }).getByText(/^Negative, as read: /).first().waitFor();
  await page.getByRole("link", { name: /^Delivery, Keep your promises not met: >99%/ }).click();

  const list = page.getByRole("list", { name: "Comments, newest first" });
  await expect.poll(() => list.locator(":scope > li").count()).toBe(12);
  expect(await list.locator("mark").first().textContent()).toMatch(/never|arrived|parcel/);
  expect(await listFaults(page)).toEqual([]);

  await list.getByRole("button", { name: "Set right what was read in this comment" }).first().click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("radiogroup", { name: "Keep your promises" }).getByText("Not spoken of").click();
  await panel.getByText(/^Read as \u201cNot met\u201d \u00b7 >?\d+% sure/u).waitFor();
  await panel.getByRole("radiogroup", { name: "Put it right" }).getByText("Not met").click();
  expect(await listFaults(page)).toEqual([]);
  await panel.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved. What you set stays.").waitFor();
  await expect.poll(() => list.locator(":scope > li").count()).toBe(11);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => list.locator(":scope > li").count()).toBe(12);
  expect(await list.getByText("Set by a person").count()).toBe(0);
});

test("what was read is told with how sure it is and by which words, confirmed, and taken back", async () => {
  await page.goto(`${watched.installation.address}/comments?period=30d&touchpoint=Delivery`);
  const list = page.getByRole("list", { name: "Comments, newest first" });
  const open = () => list.getByRole("button", { name: "Set right what was read in this comment" }).first().click();
  await open();
  const panel = page.getByRole("dialog");
  await panel.getByText(/^\d+% sure \u00b7 carried by: .*never arrived/).first().waitFor();
  await panel.getByText(/^Read by model [0-9a-f]{16}$/).waitFor();
  await panel.getByRole("button", { name: "All of it is right" }).click();
  await page.getByText("Confirmed. It stays as it is.").waitFor();
  await list.getByText("Set by a person").waitFor();

  await open();
  expect(await listFaults(page)).toEqual([]);
  await panel.getByRole("combobox", { name: "Language" }).click();
  await page.getByRole("option", { name: "German", exact: true }).click();
  await panel.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved. What you set stays.").waitFor();
  await open();
  expect(await panel.getByRole("combobox", { name: "Language" }).inputValue()).toBe("German");
  await panel.getByRole("button", { name: "Take back what a person set: Language" }).click();
  await page.getByText("Taken back: it is as the model reads it again.").waitFor();
  await open();
  await expect.poll(() => panel.getByRole("combobox", { name: "Language" }).inputValue()).toBe("English");
  expect(await panel.getByRole("button", { name: "Take back what a person set: Language" }).count()).toBe(0);
  await page.keyboard.press("Escape");
});

test("a comment stands under its question and says that it was read as an answer to it", async () => {
  const said = { kind: "comment" as const, value: null, scaleMin: null, scaleMax: null, text: "Nothing", channel: "web", touchpoint: "Asked", at: day(1) };
  await insertPerceptions(watched.installation.services.db, workspaceId, ["What did you like?", "What could we do better?"].map((question) => makePerception({ ...said, properties: { question } })));
  await page.goto(`${watched.installation.address}/comments?period=30d&touchpoint=Asked`);

  const list = page.getByRole("list", { name: "Comments, newest first" });
  const better = list.locator(":scope > li", { hasText: "What could we do better?" });
  await better.getByText("Positive", { exact: true }).waitFor();
  await list.locator(":scope > li", { hasText: "What did you like?" }).getByText("Negative", { exact: true }).waitFor();
  await better.getByRole("button", { name: "Set right what was read in this comment" }).click();
  await page.getByRole("dialog").getByText("Read as an answer to: What could we do better?").waitFor();
  expect(await listFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
});

test("facts that needs are measured from are chosen by hand, taken back and guessed again", async () => {
  const facts = Array.from({ length: 6 }, (_, index) => [15, 14, 1].map((ago) => makeInteraction(workspaceId, { subject: `user:${index}`, userId: String(index), name: ago === 1 ? "Irrelevant" : "Besuch", at: day(ago) }))).flat();
  await insertInteractions(watched.installation.services.db, workspaceId, facts);
  await watched.installation.settle();
  await page.goto(`${watched.installation.address}/comments?period=30d`);
  await page.getByRole("button", { name: "What is measured" }).click();
  const panel = page.getByRole("dialog", { name: "Which facts are measured" });
  await panel.getByRole("combobox", { name: "Contacts", exact: true }).click();
  await page.getByRole("option", { name: "Besuch" }).click();
  await page.keyboard.press("Escape");
  await panel.getByRole("button", { name: "Add a promised date" }).click();
  await panel.getByRole("textbox", { name: "Contacts after the first" }).fill("2000");
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByRole("alert").getByText(/Choose the property/).waitFor();
  await panel.getByText("A number from 0 to 1,100.").waitFor();
  expect(await listFaults(page)).toEqual([]);
  await panel.getByRole("button", { name: "Remove" }).click();
  await panel.getByRole("textbox", { name: "Contacts after the first" }).fill("0");
  await panel.getByRole("button", { name: "Save" }).click();

  await page.getByRole("row", { name: /Had to come back on the same matter/ }).getByText("100%").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Nothing can be measured yet").waitFor();

  await page.goto(`${watched.installation.address}/comments?period=30d&facts=settings`);
  await panel.getByRole("combobox", { name: "Contacts", exact: true }).waitFor();
  expect(await panel.getByText("guessed", { exact: true }).count()).toBe(9);
});

test("three clicks lead from Home to the comments that say why a score moved", async () => {
  // The same weekdays of both months: what differs between weekdays is no change.
  for (const ago of [2, 3, 4, 5, 6, 7, 8, 9]) {
    await score({ 10: 10, 3: 3 }, { channel: "web", touchpoint: "Delivery", at: day(ago + 35) });
    await score({ 10: 10, 3: 3 }, { channel: "store", touchpoint: "Shop visit", at: day(ago + 35) });
    await score({ 10: 3, 3: 10 }, { channel: "web", touchpoint: "Delivery", at: day(ago) });
    await score({ 10: 10, 3: 3 }, { channel: "store", touchpoint: "Shop visit", at: day(ago) });
  }
  await write(Array(24).fill("Quick and easy, thank you."), { channel: "web", touchpoint: "Delivery", at: day(41) });
  await page.goto(`${watched.installation.address}/?period=30d`);
  await seeAll(page);

  await page.getByRole("link", { name: "Why NPS moved" }).first().click();
  const panel = page.getByRole("dialog");
  await panel.getByText(/Chance does not explain that/).waitFor();
  const touchpoints = panel.getByRole("table", { name: "By touchpoint" });
  expect(await touchpoints.getByRole("row").nth(1).textContent()).toContain("beyond chance");
  expect(await listFaults(page)).toEqual([]);

  await panel.getByRole("link", { name: "Keep your promises, not met: read the comments" }).click();
  await page.getByRole("list", { name: "Comments, newest first" }).getByText("The parcel never arrived").first().waitFor();
});

test("how comments are read is told, and all can be read anew", async () => {
  await page.goto(`${watched.installation.address}/comments?period=30d`);
  await page.getByRole("button", { name: "How comments are read" }).click();
  const panel = page.getByRole("dialog");
  await panel.getByText(/People have set or confirmed \d+ parts?, of comments in all: \d+/).waitFor();
  expect(await listFaults(page)).toEqual([]);
  await panel.getByRole("button", { name: "Read all anew" }).click();
  await panel.getByText(/Last time 50 were read.*Somebody asked for it/).waitFor({ timeout: 30_000 });

  await panel.getByRole("button", { name: "Stop learning" }).click();
  await panel.getByText("Learning is stopped").waitFor();
  expect(await listFaults(page)).toEqual([]);
  await panel.getByRole("button", { name: "Learn again" }).click();
  await panel.getByText("Learning is stopped").waitFor({ state: "hidden" });
});

test("a language model of one's own is tried out, turned on, and sums up and drafts, each marked as written by it", async () => {
  const says = (content: string) => ({ body: { choices: [{ message: { role: "assistant", content } }] } });
  endpoint.answer = ({ body }) =>
    body.includes("test of the connection") ? says("It works.") : body.includes("summarise") ? says(JSON.stringify({ sentences: [{ text: "Parcels do not arrive.", comments: [1, 2] }] })) : says("We are sorry to hear that.");
  await write(["The parcel never arrived.", "Nobody told me why the parcel is late.", "Quick and easy."], { channel: "phone", touchpoint: "Call", at: day(1) });
  await page.goto(`${watched.installation.address}/comments?period=30d&touchpoint=Call`);
  await page.getByRole("list", { name: "Comments, newest first" }).waitFor();
  expect(await page.getByRole("button", { name: /Summarise|Draft a reply/ }).count()).toBe(0);

  await page.goto(`${watched.installation.address}/settings/writing-aid`);
  await page.getByText("The writing aid is off: nothing leaves.").waitFor();
  await page.getByRole("textbox", { name: "Address" }).fill(`${endpoint.url}/v1`);
  await page.getByRole("textbox", { name: "Model" }).fill("small-model");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("It answers: “It works.”").waitFor();
  await page.getByRole("textbox", { name: "Model" }).fill("other-model");
  expect(await page.getByText("It answers: “It works.”").count()).toBe(0);
  await page.getByRole("textbox", { name: "Model" }).fill("small-model");
  await page.getByRole("switch", { name: "Summaries of comments" }).click();
  await page.getByRole("switch", { name: "Drafts of replies to a comment" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(`goes to ${new URL(endpoint.url).host}`).waitFor();
  expect(await listFaults(page)).toEqual([]);

  await page.goto(`${watched.installation.address}/comments?period=30d&touchpoint=Call`);
  await page.getByRole("button", { name: "Summarise" }).click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("button", { name: "Write it" }).click();
  await panel.getByText(/Written by small-model from these 3 comments. Check it./).waitFor();
  await panel.getByRole("link", { name: "Comment 2", exact: true }).click();
  expect(await page.locator(":focus").textContent()).toMatch(/^2/);
  expect(await listFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Draft a reply to this comment" }).first().click();
  await panel.getByRole("button", { name: "Write it" }).click();
  await panel.getByLabel("Draft of a reply").getByText("We are sorry to hear that.").waitFor();
  expect(await listFaults(page)).toEqual([]);

  endpoint.answer = () => ({ status: 503 });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Summarise" }).click();
  await panel.getByRole("button", { name: "Write it" }).click();
  await panel.getByText(/answered with status 503: it is busy/).waitFor();
  await panel.getByRole("button", { name: "Write it" }).click();
  await panel.getByText(/answered with status 503: it is busy/).waitFor();
  expect(watched.complaints.filter((text) => !text.includes("424"))).toEqual([]);
});

test("what comments name narrows them, and personal data in them shows when it is asked for", async () => {
  const entry = { kind: "product" as const, name: "Fjell tent", alsoCalled: ["tent"], field: null, parentId: null, phase: null };
  await createEntries(watched.installation.services, { kind: "member", workspaceId, memberId: null, keyId: null, role: "owner", abilities: new Set() }, [entry]);
  const given = { channel: "store", touchpoint: "Counter", at: day(1) };
  await write(["My tent leaks, write to olga@example.com.", "The fjell tent is lovely.", "All fine here."], given);
  await page.goto(`${watched.installation.address}/comments?period=30d&touchpoint=Counter`);
  const list = page.getByRole("list", { name: "Comments, newest first" });
  await expect.poll(() => list.locator(":scope > li").count()).toBe(3);

  const row = page.getByRole("table", { name: "Products" }).getByRole("row", { name: /Fjell tent/ });
  expect(await row.textContent()).toMatch(/2.*67%/);
  await row.getByRole("link", { name: "Fjell tent" }).click();
  await expect.poll(() => list.locator(":scope > li").count()).toBe(2);
  expect((await list.locator(".comment-text").allTextContents()).toSorted()).toEqual(["My tent (Product) leaks, write to e-mail hidden.", "The fjell tent (Product) is lovely."]);
  await page.getByRole("button", { name: "Remove filter Names" }).waitFor();

  expect(await list.getByTitle("Personal data, hidden: e-mail").textContent()).toBe("e-mail hidden");
  expect(await page.content()).not.toContain("olga@example.com");
  expect(await listFaults(page)).toEqual([]);
  await page.getByRole("switch", { name: "Show personal data" }).press("Space");
  await list.getByText("olga@example.com").waitFor();
  expect(await listFaults(page)).toEqual([]);
  await page.reload();
  await list.getByText("olga@example.com").waitFor();
  await page.getByRole("switch", { name: "Show personal data" }).click();
  await list.getByTitle("Personal data, hidden: e-mail").waitFor();

  await row.getByRole("link", { name: "Fjell tent" }).click();
  await expect.poll(() => list.locator(":scope > li").count()).toBe(3);
});

test("words that were missed are chosen by keyboard and marked, wrong ones freed, a theme given and taken, each told with who did it", async () => {
  const api = (path: string) => `${watched.installation.address}/api/${path}`;
  await write(["Nought two oh seven is my flat.", "Mrs Hill never came."], { channel: "store", touchpoint: "Desk", at: day(1) });
  const { csrfToken } = await (await page.request.get(api("session"))).json();
  const made = await page.request.post(api("themes"), { data: { name: "Lifts", words: ["elevator"] }, headers: { "x-csrf-token": csrfToken } });
  expect(made.status()).toBe(201);
  await page.goto(`${watched.installation.address}/comments?period=30d&touchpoint=Desk`);
  const list = page.getByRole("list", { name: "Comments, newest first" });
  await expect.poll(() => list.locator(":scope > li").count()).toBe(2);
  const panel = page.getByRole("dialog");
  const open = async (text: string) => list.locator(":scope > li").filter({ hasText: text }).getByRole("button", { name: "Set right what was read in this comment" }).click();

  await open("is my flat");
  const field = panel.getByRole("textbox", { name: "Choose words to mark them" });
  await field.focus();
  await page.keyboard.press("Control+Home");
  for (const _ of "Nought two oh seven") await page.keyboard.press("Shift+ArrowRight");
  await panel.getByText("Chosen: \u201cNought two oh seven\u201d").waitFor();
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.type("x");
  await page.keyboard.press("Delete");
  expect(await field.inputValue()).toBe("Nought two oh seven is my flat.");
  await page.keyboard.press("Shift+ArrowRight");
  await panel.getByText("Chosen: \u201cNought two oh seven\u201d").waitFor();
  await panel.getByRole("combobox", { name: "Mark as" }).click();
  await page.getByRole("option", { name: "phone", exact: true }).click();
  expect(await listFaults(page)).toEqual([]);
  await panel.getByRole("button", { name: "Mark", exact: true }).press("Enter");
  await page.getByText("Marked. It stays so.").waitFor();
  await list.getByTitle("Personal data, hidden: phone").waitFor();
  expect(await page.content()).not.toContain("Nought two oh seven");
  await panel.getByRole("region", { name: "Set by people" }).getByText(/nothing \u2192 phone/).waitFor();

  await panel.getByRole("combobox", { name: "Add a theme" }).click();
  await page.getByRole("option", { name: "Lifts" }).click();
  await list.locator(".reading-theme").getByText("Lifts").waitFor();
  await panel.getByRole("button", { name: "Take back: Theme \u201cLifts\u201d" }).click();
  await list.locator(".reading-theme").getByText("Lifts").waitFor({ state: "detached" });
  expect(await listFaults(page)).toEqual([]);
  await panel.getByRole("button", { name: "Take back: Personal data (hidden words)" }).click();
  await list.getByText("Nought two oh seven is my flat.").waitFor();
  await page.keyboard.press("Escape");

  await open("never came");
  await panel.getByRole("button", { name: "Not personal data: hidden words" }).click();
  await list.locator(".comment-text").filter({ hasText: "Mrs Hill" }).waitFor();
  await page.keyboard.press("Escape");
});
