import { createHmac } from "node:crypto";
import { page } from "#platform/http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { USER, makeImapServer } from "../../platform/mailbox/imap-server.make.ts";
import type { TestImapServer } from "../../platform/mailbox/imap-server.make.ts";
import { answerTrustpilot, makeOutside, makeReviewInstallation, makeReviewing, trustpilot } from "./outside.make.ts";
import type { Asked, Outside, Said } from "./outside.make.ts";
import { Review, ReviewDetail } from "./reviews.contract.ts";
import { matchReviews } from "./reviews.ts";
import { ReviewSource } from "./sources.contract.ts";
import { recorded } from "./sources.make.ts";

const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
let outside: Outside;
let inbox: TestImapServer;
let installation: Installation;
let organisation: Organisation;
let stranger: Client;
let reviewing: ReturnType<typeof makeReviewing>;

beforeAll(async () => {
  outside = await makeOutside();
  inbox = await makeImapServer();
  installation = await makeReviewInstallation(outside, clock, [`127.0.0.1:${inbox.port}`]);
});
afterAll(async () => {
  await installation.stop();
  outside.stop();
  await inbox.stop();
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  stranger = (await installation.makeOrganisation()).owner;
  reviewing = makeReviewing(installation, organisation);
  outside.asked.splice(0);
  outside.answer = () => ({ status: 404 });
});

describe("every kind of source", () => {
  test.each<[string, () => Record<string, unknown>, (asked: Asked) => Said, number]>([
    ["an RSS feed", () => ({ kind: "rss", settings: { url: `${outside.url}/feed.xml` } }), () => ({ body: recorded.rss }), 2],
    ["the App Store", () => ({ kind: "app_store", settings: { appId: "310633997", country: "us", server: outside.url } }), ({ url }) => ({ body: url.includes("page=1/") ? recorded.appStore : { feed: {} } }), 2],
    ["Mastodon", () => ({ kind: "mastodon", settings: { server: outside.url, look: "hashtag", query: "acmebikes" } }), () => ({ body: recorded.mastodon }), 2],
    ["Bluesky", () => ({ kind: "bluesky", settings: { server: outside.url, look: "search", query: "acme bikes" } }), () => ({ body: recorded.bluesky }), 1],
    ["Google", () => ({ kind: "google_business", settings: { account: "111", location: "222", clientId: "c", server: outside.url, signInServer: outside.url }, secrets: { clientSecret: "s", refreshToken: "r" } }), ({ url }) => ({ body: url === "/token" ? { access_token: "t" } : recorded.googleBusiness }), 2],
    ["Trustpilot", () => trustpilot(outside), (asked) => answerTrustpilot(recorded.trustpilot.reviews)(asked), 2],
  ])("%s is read, twice over, and each review counts once", async (_title, source, answer, count) => {
    outside.answer = answer;
    const { id } = await reviewing.add(source());

    const first = await reviewing.poll(id);
    const second = await reviewing.poll(id);

    expect(first).toMatchObject({ state: "working", lastNewCount: count, lastError: null, reviews: 0 });
    expect(second).toMatchObject({ state: "working", lastNewCount: 0 });
    expect(await reviewing.list()).toHaveLength(count);
    expect(await reviewing.interactions()).toHaveLength(count);
    expect(await reviewing.events()).toHaveLength(count);
    expect((await reviewing.perceptions()).every(({ normalised, value }) => (normalised === null) === (value === null))).toBe(true);
  });

  test("a CSV of Google Play in UTF-16 and one of any site are read, twice over", async () => {
    const play = await reviewing.add({ kind: "google_play" });
    const other = await reviewing.add({ kind: "csv" });
    const upload = (id: string, body: Buffer) => organisation.manager.ask("POST", `/api/review-sources/${id}/uploads`, body, { "content-type": "application/octet-stream" });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(recorded.googlePlay, "utf16le")]);

    expect(await upload(play.id, utf16)).toMatchObject({ status: 200, body: { found: 2, added: 2 } });
    expect(await upload(play.id, utf16)).toMatchObject({ body: { found: 2, added: 0, changed: 0 } });
    expect(await upload(other.id, Buffer.from(recorded.csv))).toMatchObject({ body: { added: 2 } });
    expect((await reviewing.list()).map(({ stars, text, answer }) => [stars, text, answer?.text ?? null])).toEqual([[1, "", null], [4, "Good, mostly\nworks", "Thank you!"], [2, "Slow", null], [4, "Nice; really", null]]);
    expect(await upload(other.id, Buffer.from("a,b\n1,2\n"))).toMatchObject({ status: 400, body: { error: { code: "review_file_not_read" } } });
    expect(await upload(other.id, Buffer.from([0, 1, 2, 255, 254]))).toMatchObject({ status: 400 });
  });

  test("a mail of a review site is read, twice over", async () => {
    const { id } = await reviewing.add({ kind: "mail" });
    const upload = (body: string) => organisation.manager.ask("POST", `/api/review-sources/${id}/uploads`, Buffer.from(body), { "content-type": "application/octet-stream" });

    await upload(recorded.mail);
    await upload(recorded.mail);

    expect(await reviewing.list()).toMatchObject([{ stars: 2, text: "The saddle squeaks\nand nobody calls back.", authorName: "Kim Karlsson", url: "https://reviews.example/reviews/991", writtenAt: "2027-02-20T10:00:00.000Z" }]);
    expect(await upload("Subject: Lunch?\r\n\r\nAt noon?")).toMatchObject({ status: 400, body: { error: { code: "review_file_not_read" } } });
  });
});

describe("a mailbox", () => {
  test("gives the notifications of named senders, once each, and keeps other mails with quotations to itself", async () => {
    const { id } = await reviewing.add({ kind: "mail", settings: { senders: "reviews.example" } });
    const other = recorded.mail.replace("notifications@reviews.example", "stranger@elsewhere.example").replace("abc-123", "abc-124");
    const forged = `Authentication-Results: mx.acme.example; dmarc=fail header.from=reviews.example\r\n${recorded.mail.replace("abc-123", "abc-125")}`;
    for (const mail of [recorded.mail, other, forged, recorded.mail.replace(/^Subject: .*$/m, "Subject: News").replace("Review: The", 'He said "the')]) inbox.deliver(mail);
    const mailbox = await organisation.admin.ask("POST", "/api/mailboxes", { host: "127.0.0.1", port: inbox.port, encryption: "none", username: USER, password: inbox.password, readsOld: true });
    const poll = () => organisation.admin.ask("POST", `/api/mailboxes/${z.object({ id: z.string() }).parse(mailbox.body).id}/polls`);

    expect(await poll()).toMatchObject({ body: { state: "working", taken: 1, left: 3 } });
    expect(await poll()).toMatchObject({ body: { taken: 1, left: 3 } });

    expect(await reviewing.list()).toMatchObject([{ stars: 2, authorName: "Kim Karlsson", sourceId: id }]);
    expect(await organisation.viewer.ask("GET", `/api/review-sources/${id}`)).toMatchObject({ body: { state: "working", lastNewCount: 1 } });
  });
});

describe("a webhook", () => {
  const body = JSON.stringify({ id: "w-1", at: "2027-02-01T00:00:00Z", stars: 5, text: "<script>alert(1)</script>", author: { name: "<b>Zed</b>" } });
  const sign = (secret: string, text: string, seconds = Math.floor(clock.at / 1000)): Record<string, string> =>
    ({ "x-firsthand-signature": `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${text}`).digest("hex")}`, "content-type": "application/json" });

  test("takes what is signed, once, and keeps markup as letters", async () => {
    const source = await reviewing.add({ kind: "webhook" });
    const url = new URL(source.webhookUrl ?? "").pathname;
    const send = (headers: Record<string, string>, text = body) => installation.nobody.ask("POST", url, text, headers);

    expect(await send(sign(source.webhookSecret ?? "", body))).toMatchObject({ status: 200, body: { added: 1 } });
    expect(await send(sign(source.webhookSecret ?? "", body))).toMatchObject({ status: 200, body: { added: 0 } });
    expect(await reviewing.list()).toMatchObject([{ text: "<script>alert(1)</script>", authorName: "<b>Zed</b>", stars: 5 }]);
    for (const headers of [{}, sign("wrong", body), sign(source.webhookSecret ?? "", `${body} `), sign(source.webhookSecret ?? "", body, Math.floor(clock.at / 1000) - 400), { "x-firsthand-signature": "t=1,v1=zz" }]) {
      expect(await send(headers)).toMatchObject({ status: 401, body: { error: { code: "review_signature_wrong" } } });
    }
    expect(await send(sign(source.webhookSecret ?? "", "{}"), "{}")).toMatchObject({ status: 400 });
    expect((await installation.nobody.ask("POST", `/api/public/review-webhooks/${crypto.randomUUID()}`, body, sign("x", body))).status).toBe(404);
    expect(ReviewSource.parse((await organisation.owner.ask("GET", `/api/review-sources/${source.id}`)).body)).not.toHaveProperty("webhookSecret");
  });
});

describe("a review", () => {
  test("belongs to the customer its author is known as, and to nobody else", async () => {
    const gina = await reviewing.makeCustomer("42", { name: "Gina Green", email: "gina@customer.example" });
    await reviewing.makeCustomer("43", { name: "Ann", email: "ann@customer.example" }, [{ id: "ann@127.0.0.1", type: "mastodon", collection: "users" }]);
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    await reviewing.poll((await reviewing.add(trustpilot(outside))).id);
    outside.answer = () => ({ body: recorded.mastodon });
    await reviewing.poll((await reviewing.add({ kind: "mastodon", settings: { server: outside.url, look: "hashtag", query: "acmebikes" } })).id);

    expect((await reviewing.list()).map(({ authorName, customer }) => [authorName, customer?.name ?? null])).toEqual([["Ann :bike:", "Ann"], ["bob@other.example", null], ["Gina", "Gina Green"], ["Hal", null]]);
    expect((await reviewing.list("starsTo=2"))[0]?.customer?.id).toBe(gina);
    expect((await reviewing.perceptions()).map(({ kind, value, subject }) => [kind, value, subject])).toEqual([
      ["stars", 5, null], ["comment", null, null], ["stars", 1, "user:42"], ["comment", null, "user:42"], ["comment", null, null], ["comment", null, "external:mastodon:ann@127.0.0.1"],
    ]);
    await installation.settle();
    expect(await reviewing.rows("select id from customers.customers where workspace_id = $1")).toHaveLength(2);
  });

  test("that is edited becomes its next version and still counts once", async () => {
    const [first] = recorded.trustpilot.reviews;
    outside.answer = answerTrustpilot([first]);
    const { id } = await reviewing.add(trustpilot(outside));
    await reviewing.poll(id);
    outside.answer = answerTrustpilot([{ ...first, stars: 4, text: "They found it after all.", updatedAt: "2027-02-20T09:00:00Z" }]);

    expect(await reviewing.poll(id)).toMatchObject({ lastNewCount: 1 });
    outside.answer = answerTrustpilot([first]);
    expect(await reviewing.poll(id)).toMatchObject({ lastNewCount: 0 });

    const [review] = await reviewing.list();
    expect(review).toMatchObject({ version: 2, stars: 4, writtenAt: "2027-02-20T09:00:00.000Z" });
    expect(ReviewDetail.parse((await organisation.viewer.ask("GET", `/api/reviews/${review?.id}`)).body).earlier).toMatchObject([{ number: 1, stars: 1, text: "Parcel lost, nobody answers." }]);
    expect((await reviewing.perceptions()).map(({ value, text }) => value ?? text)).toEqual([4, "Never again\nThey found it after all."]);
    expect((await reviewing.interactions()).map(({ name }) => name)).toEqual(["Review changed: Irrelevant name"]);
    expect((await reviewing.events()).map(({ payload }) => payload["version"])).toEqual([1, 2]);
    await installation.settle();
    const [count] = await installation.services.analytics.query("select count(*) as n from experience where kind = 'stars' and workspace_id = $1", [organisation.workspaceId]);
    expect(Number(count?.["n"])).toBe(1);
  });

  test("found by two searches is one", async () => {
    outside.answer = () => ({ body: recorded.mastodon });
    await reviewing.poll((await reviewing.add({ kind: "mastodon", settings: { server: outside.url, look: "hashtag", query: "acmebikes" } })).id);
    expect(await reviewing.poll((await reviewing.add({ kind: "mastodon", settings: { server: outside.url, look: "hashtag", query: "bikes" } })).id)).toMatchObject({ lastNewCount: 0 });

    expect(await reviewing.list()).toHaveLength(2);
  });

  test("is given to a customer by hand, and so are the next ones of that author", async () => {
    const customerId = await reviewing.makeCustomer("7", { name: "Bob", email: "bob@customer.example" });
    const settings = { server: outside.url, look: "hashtag", query: "acmebikes" };
    outside.answer = () => ({ body: recorded.mastodon });
    const source = await reviewing.add({ kind: "mastodon", settings });
    await reviewing.poll(source.id);
    const bob = (await reviewing.list()).find(({ authorHandle }) => authorHandle === "bob@other.example");

    expect(await organisation.agent.ask("PUT", `/api/reviews/${bob?.id}/customer`, { customerId })).toMatchObject({ status: 200, body: { customer: { id: customerId, name: "Bob" }, isAssignedByHand: true } });
    outside.answer = () => ({ body: [{ ...recorded.mastodon[1], uri: "https://other.example/users/bob/statuses/6", content: "<p>Solved!</p>" }] });
    await reviewing.poll(source.id);

    expect((await reviewing.perceptions()).filter(({ subject }) => subject === "user:7").map(({ text }) => text)).toEqual(["complaint\nStill waiting for #acmebikes <sigh>", "complaint\nSolved!"]);
    expect(await reviewing.perceptions()).toHaveLength(3);
    expect(await organisation.agent.ask("PUT", `/api/reviews/${bob?.id}/customer`, { customerId: null })).toMatchObject({ body: { customer: null } });
    expect((await reviewing.perceptions()).filter(({ subject }) => subject === "user:7")).toHaveLength(1);
    expect((await organisation.viewer.ask("PUT", `/api/reviews/${bob?.id}/customer`, { customerId })).status).toBe(403);
    expect((await stranger.ask("PUT", `/api/reviews/${bob?.id}/customer`, { customerId: null })).status).toBe(404);
  });

  test("finds its customer later, when the author becomes known", async () => {
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    await reviewing.poll((await reviewing.add(trustpilot(outside))).id);
    await reviewing.makeCustomer("42", { name: "Gina Green" });

    expect(await matchReviews(installation.services)).toBe(1);
    expect(await matchReviews(installation.services)).toBe(0);
    expect((await reviewing.list("starsTo=2"))[0]?.customer?.name).toBe("Gina Green");
    expect(await reviewing.perceptions()).toHaveLength(4);
  });

  test("of an erased person loses name and words and does not come back, from this source or another", async () => {
    const customerId = await reviewing.makeCustomer("42", { name: "Gina Green", email: "gina@customer.example" });
    outside.answer = answerTrustpilot([recorded.trustpilot.reviews[0]]);
    const source = await reviewing.add(trustpilot(outside));
    await reviewing.poll(source.id);
    await installation.settle();
    expect((await organisation.owner.ask("POST", `/api/customers/${customerId}/erasure`, { isConfirmed: true })).status).toBe(200);
    await expect.poll(async () => (await reviewing.list()).length, { timeout: 10_000 }).toBe(0);

    await reviewing.poll(source.id);
    const other = await reviewing.add({ kind: "csv" });
    await organisation.manager.ask("POST", `/api/review-sources/${other.id}/uploads`, Buffer.from("Date,Stars,Text,Name,Email\n2027-01-01,1,Lost,Gina,gina@customer.example\n"), { "content-type": "application/octet-stream" });

    expect(await reviewing.list()).toEqual([]);
    expect(await reviewing.perceptions()).toEqual([]);
    expect(JSON.stringify(await reviewing.rows("select * from feedback.reviews where workspace_id = $1"))).not.toMatch(/gina|Parcel|Never again/i);
  });
});

describe("the list of reviews", () => {
  test("is filtered by source, stars, words and what waits for an answer, and paged", async () => {
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    const source = await reviewing.add(trustpilot(outside));
    await reviewing.poll(source.id);
    const other = await reviewing.add({ kind: "csv" });
    await organisation.manager.ask("POST", `/api/review-sources/${other.id}/uploads`, Buffer.from(recorded.csv), { "content-type": "application/octet-stream" });

    const names = async (query: string) => (await reviewing.list(query)).map(({ authorName }) => authorName);
    expect(await names(`sourceId=${source.id}`)).toEqual(["Gina", "Hal"]);
    expect(await names("starsTo=2")).toEqual(["Gina", "Jon"]);
    expect(await names("starsFrom=5")).toEqual(["Hal"]);
    expect(await names("isAnswered=true")).toEqual(["Hal"]);
    expect(await names("isAnswered=false")).toEqual(["Gina", "Jon", "Ida"]);
    expect(await names("search=parcel")).toEqual(["Gina"]);
    expect(await names("search=%25")).toEqual([]);
    const first = page(Review).parse((await organisation.agent.ask("GET", "/api/reviews?limit=3")).body);
    expect(await names(`limit=3&cursor=${encodeURIComponent(first.nextCursor ?? "")}`)).toEqual(["Ida"]);
    expect((await stranger.ask("GET", "/api/reviews")).body).toEqual({ items: [], nextCursor: null });
    expect((await installation.nobody.ask("GET", "/api/reviews")).status).toBe(401);
  });
});
