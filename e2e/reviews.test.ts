// A review from a feed to the customer, and words of a customer to another website.
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeInstallation, readLastMail } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { recorded } from "../server/feedback/reviews/sources.make.ts";
import { joinAs, listFaults, listFaultsOfLook, openWatchedPage, seeAll } from "./watched-page.ts";
import type { WatchedPage } from "./watched-page.ts";

let installation: Installation;
let organisation: Organisation;
let watched: WatchedPage;
let page: Page;
let outside: Server;
let outsideUrl = "";
let hostPage = "";

// Another organisation's website and a feed, both on one server. The policy of the website is as strict as can be.
beforeAll(async () => {
  outside = createServer((request, reply) => {
    if (request.url === "/feed.xml") return void reply.writeHead(200, { "content-type": "application/rss+xml" }).end(recorded.rss.replaceAll("reviews.example", "127.0.0.1"));
    if (request.url?.startsWith("/api/v1/") === true) return void reply.writeHead(200, { "content-type": "application/json" }).end(request.method === "POST" ? "{}" : JSON.stringify(recorded.mastodon));
    const policy = `default-src 'none'; script-src ${installation.address}; frame-src ${installation.address}; require-trusted-types-for 'script'; trusted-types 'none'; img-src data:`;
    return void reply.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }).end(hostPage);
  });
  await new Promise<void>((resolve) => { outside.listen(0, "127.0.0.1", resolve); });
  const address = outside.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  outsideUrl = `http://127.0.0.1:${port}`;
  // At noon: at night the rules for contacting customers are silent.
  installation = await makeInstallation({ listen: true, clock: { now: () => new Date(new Date().setUTCHours(12)) }, environment: { OUTSIDE_HOSTS_ALLOWED: `127.0.0.1:${port}` } });
  organisation = await installation.makeOrganisation("Acme Bikes");
  watched = await openWatchedPage();
  page = watched.page;
  await joinAs("admin", page, installation, organisation);
  await makeCustomer();
}, 180_000);
afterAll(async () => {
  await watched.close();
  await installation.stop();
  outside.closeAllConnections();
  outside.close();
});
beforeEach(() => void watched.complaints.splice(0));

const makeCustomer = async (): Promise<void> => {
  const authorization = `Bearer ${await installation.makeWriteKey(organisation)}`;
  await installation.nobody.ask("POST", "/v1/identify", { userId: "7", messageId: "1", traits: { name: "Ida Iversen", email: "ida@customer.example" } }, { authorization });
  await installation.settle();
};
const panel = () => page.getByRole("dialog");
// Public pages follow the system alone.
const listFaultsOfPublicPage = async (): Promise<string[]> => {
  const faults: string[] = [];
  for (const [colorScheme, width] of [["light", 1280], ["dark", 390], ["light", 390], ["dark", 1280]] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await listFaultsOfLook(page)).map((fault) => `${colorScheme} ${width}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
  return faults;
};

test("a member connects a feed, reads its reviews, and says who wrote one", async () => {
  await page.goto(`${installation.address}/reviews`);
  await seeAll(page);
  await page.getByRole("link", { name: "Connect a source" }).click();
  await page.getByRole("button", { name: "Add source" }).first().click();
  await panel().getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: "Feed (RSS, Atom)" }).click();
  await panel().getByRole("textbox", { name: "Name" }).fill("Review site");
  await panel().getByRole("button", { name: "Add source" }).click();
  await panel().getByText("Needed").waitFor();
  await panel().getByRole("textbox", { name: "Address of the feed" }).fill("http://192.168.0.1/feed");
  await panel().getByRole("button", { name: "Try connection" }).click();
  await panel().getByText(/private network/).waitFor();
  await panel().getByRole("textbox", { name: "Address of the feed" }).fill(`${outsideUrl}/feed.xml`);
  await panel().getByRole("button", { name: "Try connection" }).click();
  await panel().getByText("Connected. 2 reviews found on the first page.").waitFor();
  expect(await listFaults(page)).toEqual([]);
  await panel().getByRole("button", { name: "Add source" }).click();
  await page.getByRole("button", { name: "Ask now: Review site" }).click();
  await page.getByText("Asked Review site: 2 new or changed").waitFor();

  await page.getByRole("link", { name: "Reviews and mentions" }).click();
  await page.getByRole("cell", { name: /Came in two days/ }).click();
  await panel().getByRole("button", { name: "Choose customer" }).click();
  await panel().getByRole("textbox", { name: "Choose customer" }).fill("Ida");
  await panel().getByRole("button", { name: "This customer wrote it: Ida Iversen" }).click();
  await panel().getByRole("link", { name: "Ida Iversen" }).waitFor();
  await panel().getByText("This source takes no answers from here.").waitFor();
  expect(await listFaults(page)).toEqual([]);
  await panel().getByRole("button", { name: "Use as testimonial" }).click();
  await panel().getByRole("link", { name: "Is a testimonial" }).waitFor();
  expect(watched.complaints).toEqual([]);
});

test("a member answers a mention where it was written", async () => {
  const source = await organisation.owner.ask("POST", "/api/review-sources", { kind: "mastodon", name: "Mastodon", settings: { server: outsideUrl, look: "hashtag", query: "acmebikes" }, secrets: { token: "irrelevant" } });
  await organisation.owner.ask("POST", `/api/review-sources/${Reflect.get(Object(source.body), "id")}/polls`);
  await page.goto(`${installation.address}/reviews?answered=false&words=shines`);
  await page.getByRole("cell", { name: /Rides & shines!/ }).click();
  await panel().getByRole("button", { name: "Send answer" }).click();
  await panel().getByText("Write an answer first").waitFor();
  await panel().getByRole("textbox", { name: "Answer" }).fill("Enjoy the ride!");
  await panel().getByRole("button", { name: "Keep as draft" }).click();
  await page.getByText("Draft kept").waitFor();
  expect(await listFaults(page)).toEqual([]);
  await panel().getByRole("button", { name: "Send answer" }).click();
  await panel().getByText("Your answer there").waitFor();
  await panel().getByText("Enjoy the ride!").first().waitFor();
  expect(watched.complaints).toEqual([]);
});

test("a customer gives words and consent, a member chooses sentences, another website shows them", async () => {
  await page.goto(`${installation.address}/reviews/testimonials`);
  await seeAll(page);
  await page.getByRole("button", { name: "Ask a customer" }).first().click();
  await panel().getByRole("textbox", { name: "Customer" }).fill("Ida");
  await panel().getByRole("button", { name: "Choose customer: Ida Iversen" }).click();
  expect(await listFaults(page)).toEqual([]);
  await panel().getByRole("button", { name: "Send mail" }).click();
  await page.getByText("The mail to Ida Iversen is on its way").waitFor();
  await expect.poll(() => { try { return readLastMail(installation.dataDir); } catch { return ""; } }, { timeout: 15_000 }).toContain("/testimonial/");
  const link = /http\S+\/testimonial\/[\w-]+/.exec(readLastMail(installation.dataDir))?.[0] ?? "";

  await page.goto(link);
  expect(await listFaultsOfPublicPage()).toEqual([]);
  await page.getByLabel("What would you tell others?").fill("I was unsure at first. Then I rode it home! <script>document.title='owned'</script>");
  await page.getByRole("radio", { name: "5 stars" }).check();
  await page.getByLabel(/Your name/).fill("Ida I.");
  await page.getByRole("radio", { name: /^Yes, with my name/ }).check();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
  expect(await listFaultsOfPublicPage()).toEqual([]);

  await page.goto(`${installation.address}/reviews/testimonials`);
  await page.getByRole("cell", { name: /I rode it home/ }).click();
  await panel().getByRole("checkbox", { name: "I was unsure at first." }).uncheck();
  await panel().getByRole("button", { name: "Approve" }).click();
  await panel().getByText(/^… Then I rode it home!/).waitFor();
  expect(await listFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Make display" }).click();
  await panel().getByRole("textbox", { name: "Name" }).fill("Home page");
  await panel().getByRole("combobox", { name: "Look" }).click();
  await page.getByRole("option", { name: "As the visitor's system" }).click();
  await panel().getByRole("button", { name: "Make display" }).click();
  const code = panel().getByLabel("Script (makes the same frame)");
  await code.waitFor();
  expect(await listFaults(page)).toEqual([]);
  hostPage = `<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1>${(await code.textContent()) ?? ""}</main></html>`;
  const url = String(await panel().getByRole("link", { name: "Open" }).getAttribute("href"));
  expect(watched.complaints).toEqual([]);

  await page.goto(url);
  expect(await listFaultsOfPublicPage()).toEqual([]);
  await page.goto(outsideUrl);
  await page.frameLocator("iframe").getByText(/<script>document.title='owned'<\/script>/).waitFor();
  expect(await page.title()).toBe("Shop");
  expect(watched.complaints).toEqual([]);
});
