import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import { page } from "#platform/http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { deliverReply } from "./replies.ts";
import { Review, ReviewDetail } from "./reviews.contract.ts";
import { reviewsJobs } from "./reviews.jobs.ts";
import { matchReviews } from "./reviews.ts";
import { CreatedReviewSource, ReviewSource } from "./sources.contract.ts";
import { recorded } from "./sources.make.ts";

type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body: string };
type Said = { status?: number; headers?: Record<string, string>; body?: unknown };

const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
const outside = { asked: Array<Asked>(), answer: (_asked: Asked): Said => ({ status: 404 }), port: 0 };
let server: Server;
let installation: Installation;
let organisation: Organisation;
let stranger: Client;

beforeAll(async () => {
  server = createServer((request, reply) => {
    let body = "";
    request.on("data", (piece) => { body += String(piece); });
    request.on("end", () => {
      const asked = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      outside.asked.push(asked);
      const said = outside.answer(asked);
      reply.writeHead(said.status ?? 200, said.headers ?? {}).end(said.body === undefined ? "" : typeof said.body === "string" ? said.body : JSON.stringify(said.body));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const address = server.address();
  outside.port = typeof address === "object" && address !== null ? address.port : 0;
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) }, environment: { OUTSIDE_HOSTS_ALLOWED: `127.0.0.1:${outside.port}`, RATE_LIMIT_FACTOR: "20" } });
});
afterAll(async () => {
  await installation.stop();
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  stranger = (await installation.makeOrganisation()).owner;
  outside.asked.splice(0);
  outside.answer = () => ({ status: 404 });
});

const here = (): string => `http://127.0.0.1:${outside.port}`;
const add = async (given: Record<string, unknown>): Promise<CreatedReviewSource> => {
  const reply = await organisation.manager.ask("POST", "/api/review-sources", { name: "Irrelevant name", ...given });
  expect({ status: reply.status, text: reply.text }).toMatchObject({ status: 201 });
  return CreatedReviewSource.parse(reply.body);
};
const poll = async (id: string): Promise<ReviewSource> => ReviewSource.parse((await organisation.manager.ask("POST", `/api/review-sources/${id}/polls`)).body);
const list = async (query = ""): Promise<Review[]> => page(Review).parse((await organisation.agent.ask("GET", `/api/reviews?${query}`)).body).items;
const rows = async <Row extends Record<string, unknown>>(sql: string): Promise<Row[]> => (await installation.services.db.query<Row>(sql, [organisation.workspaceId])).rows;
const perceptions = () => rows<{ kind: string; value: number | null; text: string | null; subject: string | null; normalised: number | null }>("select kind, value, text, subject, normalised, source, channel from customers.perceptions where workspace_id = $1 order by at, seq");
const interactions = () => rows<{ name: string; subject: string | null }>("select name, subject, type, source, channel from customers.interactions where workspace_id = $1 and type = 'review' order by at, seq");
const events = () => rows<{ payload: Record<string, unknown> }>("select payload from platform.events where workspace_id = $1 and name = 'review.received' order by id");
const makeCustomer = async (userId: string, traits: Record<string, unknown>, externalIds: unknown[] = []): Promise<string> => {
  const authorization = `Bearer ${await installation.makeWriteKey(organisation)}`;
  await installation.nobody.ask("POST", "/v1/identify", { userId, messageId: crypto.randomUUID(), traits, context: { externalIds }, timestamp: "2027-01-01T00:00:00Z" }, { authorization });
  await installation.settle();
  const found = await rows<{ id: string }>(`select assignment.customer_id as id from customers.assignments assignment join customers.identifiers identifier on identifier.id = assignment.identifier_id
    where identifier.workspace_id = $1 and identifier.kind = 'user' and identifier.value = '${userId}'`);
  return found[0]?.id ?? "";
};
const trustpilot = () => ({ kind: "trustpilot", settings: { businessUnitId: "bu1", server: here() }, secrets: { apiKey: "key-1", apiSecret: "irrelevant-secret-word" } });
const answerTrustpilot = (reviews: unknown, replyStatus = 201) => (asked: Asked): Said => {
  if (asked.url.includes("/accesstoken")) return { body: { access_token: "token-1" } };
  if (asked.url.endsWith("/reply")) return { status: replyStatus };
  return { body: { ...recorded.trustpilot, reviews } };
};

describe("every kind of source", () => {
  test.each<[string, () => Record<string, unknown>, (asked: Asked) => Said, number]>([
    ["an RSS feed", () => ({ kind: "rss", settings: { url: `${here()}/feed.xml` } }), () => ({ body: recorded.rss }), 2],
    ["the App Store", () => ({ kind: "app_store", settings: { appId: "310633997", country: "us", server: here() } }), ({ url }) => ({ body: url.includes("page=1/") ? recorded.appStore : { feed: {} } }), 2],
    ["Mastodon", () => ({ kind: "mastodon", settings: { server: here(), look: "hashtag", query: "acmebikes" } }), () => ({ body: recorded.mastodon }), 2],
    ["Bluesky", () => ({ kind: "bluesky", settings: { server: here(), look: "search", query: "acme bikes" } }), () => ({ body: recorded.bluesky }), 1],
    ["Google", () => ({ kind: "google_business", settings: { account: "111", location: "222", clientId: "c", server: here(), signInServer: here() }, secrets: { clientSecret: "s", refreshToken: "r" } }), ({ url }) => ({ body: url === "/token" ? { access_token: "t" } : recorded.googleBusiness }), 2],
    ["Trustpilot", trustpilot, (asked) => answerTrustpilot(recorded.trustpilot.reviews)(asked), 2],
  ])("%s is read, twice over, and each review counts once", async (_title, source, answer, count) => {
    outside.answer = answer;
    const { id } = await add(source());

    const first = await poll(id);
    const second = await poll(id);

    expect(first).toMatchObject({ state: "working", lastNewCount: count, lastError: null, reviews: 0 });
    expect(second).toMatchObject({ state: "working", lastNewCount: 0 });
    expect(await list()).toHaveLength(count);
    expect(await interactions()).toHaveLength(count);
    expect(await events()).toHaveLength(count);
    expect((await perceptions()).every(({ normalised, value }) => (normalised === null) === (value === null))).toBe(true);
  });

  test("a CSV of Google Play in UTF-16 and one of any site are read, twice over", async () => {
    const play = await add({ kind: "google_play" });
    const other = await add({ kind: "csv" });
    const upload = (id: string, body: Buffer) => organisation.manager.ask("POST", `/api/review-sources/${id}/uploads`, body, { "content-type": "application/octet-stream" });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(recorded.googlePlay, "utf16le")]);

    expect(await upload(play.id, utf16)).toMatchObject({ status: 200, body: { found: 2, added: 2 } });
    expect(await upload(play.id, utf16)).toMatchObject({ body: { found: 2, added: 0, changed: 0 } });
    expect(await upload(other.id, Buffer.from(recorded.csv))).toMatchObject({ body: { added: 2 } });
    expect((await list()).map(({ stars, text, answer }) => [stars, text, answer?.text ?? null])).toEqual([[1, "", null], [4, "Good, mostly\nworks", "Thank you!"], [2, "Slow", null], [4, "Nice; really", null]]);
    expect(await upload(other.id, Buffer.from("a,b\n1,2\n"))).toMatchObject({ status: 400, body: { error: { code: "review_file_not_read" } } });
    expect(await upload(other.id, Buffer.from([0, 1, 2, 255, 254]))).toMatchObject({ status: 400 });
  });

  test("a mail of a review site is read, twice over", async () => {
    const { id } = await add({ kind: "mail" });
    const upload = (body: string) => organisation.manager.ask("POST", `/api/review-sources/${id}/uploads`, Buffer.from(body), { "content-type": "application/octet-stream" });

    await upload(recorded.mail);
    await upload(recorded.mail);

    expect(await list()).toMatchObject([{ stars: 2, text: "The saddle squeaks\nand nobody calls back.", authorName: "Kim Karlsson", url: "https://reviews.example/reviews/991", writtenAt: "2027-02-20T10:00:00.000Z" }]);
    expect(await upload("Subject: Lunch?\r\n\r\nAt noon?")).toMatchObject({ status: 400, body: { error: { code: "review_file_not_read" } } });
  });
});

describe("a webhook", () => {
  const body = JSON.stringify({ id: "w-1", at: "2027-02-01T00:00:00Z", stars: 5, text: "<script>alert(1)</script>", author: { name: "<b>Zed</b>" } });
  const sign = (secret: string, text: string, seconds = Math.floor(clock.at / 1000)): Record<string, string> =>
    ({ "x-firsthand-signature": `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${text}`).digest("hex")}`, "content-type": "application/json" });

  test("takes what is signed, once, and keeps markup as letters", async () => {
    const source = await add({ kind: "webhook" });
    const url = new URL(source.webhookUrl ?? "").pathname;
    const send = (headers: Record<string, string>, text = body) => installation.nobody.ask("POST", url, text, headers);

    expect(await send(sign(source.webhookSecret ?? "", body))).toMatchObject({ status: 200, body: { added: 1 } });
    expect(await send(sign(source.webhookSecret ?? "", body))).toMatchObject({ status: 200, body: { added: 0 } });
    expect(await list()).toMatchObject([{ text: "<script>alert(1)</script>", authorName: "<b>Zed</b>", stars: 5 }]);
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
    const gina = await makeCustomer("42", { name: "Gina Green", email: "gina@customer.example" });
    await makeCustomer("43", { name: "Ann", email: "ann@customer.example" }, [{ id: "ann@127.0.0.1", type: "mastodon", collection: "users" }]);
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    await poll((await add(trustpilot())).id);
    outside.answer = () => ({ body: recorded.mastodon });
    await poll((await add({ kind: "mastodon", settings: { server: here(), look: "hashtag", query: "acmebikes" } })).id);

    expect((await list()).map(({ authorName, customer }) => [authorName, customer?.name ?? null])).toEqual([["Ann :bike:", "Ann"], ["bob@other.example", null], ["Gina", "Gina Green"], ["Hal", null]]);
    expect((await list("starsTo=2"))[0]?.customer?.id).toBe(gina);
    expect((await perceptions()).map(({ kind, value, subject }) => [kind, value, subject])).toEqual([
      ["stars", 5, null], ["comment", null, null], ["stars", 1, "user:42"], ["comment", null, "user:42"], ["comment", null, null], ["comment", null, "external:mastodon:ann@127.0.0.1"],
    ]);
    await installation.settle();
    expect(await rows("select id from customers.customers where workspace_id = $1")).toHaveLength(2);
  });

  test("that is edited becomes its next version and still counts once", async () => {
    const [first] = recorded.trustpilot.reviews;
    outside.answer = answerTrustpilot([first]);
    const { id } = await add(trustpilot());
    await poll(id);
    outside.answer = answerTrustpilot([{ ...first, stars: 4, text: "They found it after all.", updatedAt: "2027-02-20T09:00:00Z" }]);

    expect(await poll(id)).toMatchObject({ lastNewCount: 1 });
    outside.answer = answerTrustpilot([first]);
    expect(await poll(id)).toMatchObject({ lastNewCount: 0 });

    const [review] = await list();
    expect(review).toMatchObject({ version: 2, stars: 4, writtenAt: "2027-02-20T09:00:00.000Z" });
    expect(ReviewDetail.parse((await organisation.viewer.ask("GET", `/api/reviews/${review?.id}`)).body).earlier).toMatchObject([{ number: 1, stars: 1, text: "Parcel lost, nobody answers." }]);
    expect((await perceptions()).map(({ value, text }) => value ?? text)).toEqual([4, "Never again\nThey found it after all."]);
    expect((await interactions()).map(({ name }) => name)).toEqual(["Review changed: Irrelevant name"]);
    expect((await events()).map(({ payload }) => payload["version"])).toEqual([1, 2]);
    await installation.settle();
    const [count] = await installation.services.analytics.query("select count(*) as n from experience where kind = 'stars' and workspace_id = $1", [organisation.workspaceId]);
    expect(Number(count?.["n"])).toBe(1);
  });

  test("found by two searches is one", async () => {
    outside.answer = () => ({ body: recorded.mastodon });
    await poll((await add({ kind: "mastodon", settings: { server: here(), look: "hashtag", query: "acmebikes" } })).id);
    expect(await poll((await add({ kind: "mastodon", settings: { server: here(), look: "hashtag", query: "bikes" } })).id)).toMatchObject({ lastNewCount: 0 });

    expect(await list()).toHaveLength(2);
  });

  test("is given to a customer by hand, and so are the next ones of that author", async () => {
    const customerId = await makeCustomer("7", { name: "Bob", email: "bob@customer.example" });
    const settings = { server: here(), look: "hashtag", query: "acmebikes" };
    outside.answer = () => ({ body: recorded.mastodon });
    const source = await add({ kind: "mastodon", settings });
    await poll(source.id);
    const bob = (await list()).find(({ authorHandle }) => authorHandle === "bob@other.example");

    expect(await organisation.agent.ask("PUT", `/api/reviews/${bob?.id}/customer`, { customerId })).toMatchObject({ status: 200, body: { customer: { id: customerId, name: "Bob" }, isAssignedByHand: true } });
    outside.answer = () => ({ body: [{ ...recorded.mastodon[1], uri: "https://other.example/users/bob/statuses/6", content: "<p>Solved!</p>" }] });
    await poll(source.id);

    expect((await perceptions()).filter(({ subject }) => subject === "user:7").map(({ text }) => text)).toEqual(["complaint\nStill waiting for #acmebikes <sigh>", "complaint\nSolved!"]);
    expect(await perceptions()).toHaveLength(3);
    expect(await organisation.agent.ask("PUT", `/api/reviews/${bob?.id}/customer`, { customerId: null })).toMatchObject({ body: { customer: null } });
    expect((await perceptions()).filter(({ subject }) => subject === "user:7")).toHaveLength(1);
    expect((await organisation.viewer.ask("PUT", `/api/reviews/${bob?.id}/customer`, { customerId })).status).toBe(403);
    expect((await stranger.ask("PUT", `/api/reviews/${bob?.id}/customer`, { customerId: null })).status).toBe(404);
  });

  test("finds its customer later, when the author becomes known", async () => {
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    await poll((await add(trustpilot())).id);
    await makeCustomer("42", { name: "Gina Green" });

    expect(await matchReviews(installation.services)).toBe(1);
    expect(await matchReviews(installation.services)).toBe(0);
    expect((await list("starsTo=2"))[0]?.customer?.name).toBe("Gina Green");
    expect(await perceptions()).toHaveLength(4);
  });

  test("of an erased person loses name and words and does not come back, from this source or another", async () => {
    const customerId = await makeCustomer("42", { name: "Gina Green", email: "gina@customer.example" });
    outside.answer = answerTrustpilot([recorded.trustpilot.reviews[0]]);
    const source = await add(trustpilot());
    await poll(source.id);
    await installation.settle();
    expect((await organisation.owner.ask("POST", `/api/customers/${customerId}/erasure`, { isConfirmed: true })).status).toBe(200);
    await expect.poll(async () => (await list()).length, { timeout: 10_000 }).toBe(0);

    await poll(source.id);
    const other = await add({ kind: "csv" });
    await organisation.manager.ask("POST", `/api/review-sources/${other.id}/uploads`, Buffer.from("Date,Stars,Text,Name,Email\n2027-01-01,1,Lost,Gina,gina@customer.example\n"), { "content-type": "application/octet-stream" });

    expect(await list()).toEqual([]);
    expect(await perceptions()).toEqual([]);
    expect(JSON.stringify(await rows("select * from feedback.reviews where workspace_id = $1"))).not.toMatch(/gina|Parcel|Never again/i);
  });
});

describe("the list of reviews", () => {
  test("is filtered by source, stars, words and what waits for an answer, and paged", async () => {
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    const source = await add(trustpilot());
    await poll(source.id);
    const other = await add({ kind: "csv" });
    await organisation.manager.ask("POST", `/api/review-sources/${other.id}/uploads`, Buffer.from(recorded.csv), { "content-type": "application/octet-stream" });

    const names = async (query: string) => (await list(query)).map(({ authorName }) => authorName);
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

describe("polling", () => {
  const feed = () => ({ kind: "rss", settings: { url: `${here()}/feed.xml` } });

  test("asks only for what changed", async () => {
    outside.answer = ({ headers }) => (headers["if-none-match"] === '"v1"' ? { status: 304 } : { body: recorded.rss, headers: { etag: '"v1"', "last-modified": "Sat, 20 Feb 2027 10:00:00 GMT" } });
    const { id } = await add(feed());

    await poll(id);
    expect(await poll(id)).toMatchObject({ state: "working", lastNewCount: 0 });

    expect(outside.asked.map(({ headers }) => [headers["if-none-match"], headers["if-modified-since"]])).toEqual([[undefined, undefined], ['"v1"', "Sat, 20 Feb 2027 10:00:00 GMT"]]);
  });

  test("waits longer after each failure, says why, and recovers", async () => {
    outside.answer = () => ({ status: 503, headers: { "retry-after": "7200" } });
    const { id } = await add(feed());

    expect(await poll(id)).toMatchObject({ state: "failing", failures: 1, lastError: expect.stringContaining("fault of its own (503)"), nextPollAt: new Date(clock.at + 7_200_000).toISOString() });
    outside.answer = () => ({ body: "<html>" });
    expect(await poll(id)).toMatchObject({ failures: 2, lastError: expect.stringContaining("not a feed"), nextPollAt: new Date(clock.at + 600_000).toISOString() });
    outside.answer = () => ({ status: 401 });
    expect(await poll(id)).toMatchObject({ failures: 3, lastError: expect.stringContaining("refuses the access") });
    outside.answer = () => ({ body: recorded.rss });
    expect(await poll(id)).toMatchObject({ state: "working", failures: 0, lastError: null, lastNewCount: 2 });
  });

  test("takes each source whose time has come once, and never a paused one", async () => {
    outside.answer = () => ({ body: recorded.rss });
    const { id } = await add(feed());
    const paused = await add({ ...feed(), name: "Paused" });
    await organisation.manager.ask("PATCH", `/api/review-sources/${paused.id}`, { isActive: false });
    const due = reviewsJobs.find(({ name }) => name === "reviews.pollDue");

    await Promise.all([1, 2].map(() => due?.run({ services: installation.services, payload: {}, attempt: 1 })));
    await expect.poll(async () => ReviewSource.parse((await organisation.viewer.ask("GET", `/api/review-sources/${id}`)).body).lastSuccessAt, { timeout: 10_000 }).not.toBeNull();

    expect(outside.asked).toHaveLength(1);
    expect((await organisation.viewer.ask("GET", `/api/review-sources/${paused.id}`)).body).toMatchObject({ state: "paused", lastPolledAt: null });
  });

  test("never asks an address inside the network, also not by a redirect", async () => {
    const inside = await add({ kind: "rss", settings: { url: "http://169.254.169.254/latest" } });
    expect(await poll(inside.id)).toMatchObject({ state: "failing", lastError: expect.stringContaining("private network") });
    outside.answer = () => ({ status: 302, headers: { location: "http://localhost:5432/" } });
    expect(await poll((await add(feed())).id)).toMatchObject({ lastError: expect.stringContaining("private network") });
  });
});

describe("a source", () => {
  test("is tried out before it is saved, and keeps its secrets to itself", async () => {
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    const tried = await organisation.manager.ask("POST", "/api/review-source-tests", trustpilot());
    expect(tried).toMatchObject({ status: 200, body: { isConnected: true, found: 2, sample: [{ stars: 1, author: "Gina" }, { stars: 5 }] } });
    expect(await list()).toEqual([]);
    outside.answer = () => ({ status: 403 });
    expect((await organisation.manager.ask("POST", "/api/review-source-tests", trustpilot())).body).toMatchObject({ isConnected: false, message: expect.stringContaining("refuses the access") });

    const source = await add(trustpilot());
    await organisation.manager.ask("PATCH", `/api/review-sources/${source.id}`, { name: "New name", settings: { businessUnitId: "bu2", server: here() } });
    const shown = [await organisation.owner.ask("GET", "/api/review-sources"), await organisation.owner.ask("GET", `/api/review-sources/${source.id}`), await organisation.owner.ask("GET", "/api/audit")].map(({ text }) => text).join();
    expect(shown).toContain("New name");
    expect(shown).not.toMatch(/key-1|irrelevant-secret-word/);
    expect(source.secretsKept).toEqual(["apiKey", "apiSecret"]);
    expect(await rows("select secrets->>'apiSecret' as kept from feedback.review_sources where workspace_id = $1")).toEqual([{ kept: "irrelevant-secret-word" }]);
  });

  test("sends kept secrets to no other address when it is tried out again", async () => {
    const source = await add(trustpilot());
    outside.answer = answerTrustpilot([]);
    const again = (server: string) => organisation.manager.ask("POST", "/api/review-source-tests", { kind: "trustpilot", settings: { businessUnitId: "bu1", server }, sourceId: source.id });

    expect(await again(here())).toMatchObject({ status: 200, body: { isConnected: true } });
    expect(await again(`${here()}/elsewhere`)).toMatchObject({ status: 400, body: { error: { code: "review_source_not_valid" } } });
    expect(await stranger.ask("POST", "/api/review-source-tests", { kind: "trustpilot", settings: { businessUnitId: "bu1", server: here() }, sourceId: source.id })).toMatchObject({ status: 404 });
  });

  test("that is removed takes its reviews from the timelines, a paused one keeps them", async () => {
    outside.answer = () => ({ body: recorded.rss });
    const { id } = await add({ kind: "rss", settings: { url: `${here()}/feed.xml` } });
    await poll(id);
    await organisation.manager.ask("PATCH", `/api/review-sources/${id}`, { isActive: false });
    expect(await perceptions()).toHaveLength(3);

    expect((await organisation.manager.ask("DELETE", `/api/review-sources/${id}`)).status).toBe(204);

    expect([await perceptions(), await interactions(), await list()]).toEqual([[], [], []]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["without its address", { kind: "rss" }, "review_source_not_valid"], ["with an address that is none", { kind: "rss", settings: { url: "file:///etc/passwd" } }, "review_source_not_valid"],
    ["with a field nobody knows", { kind: "csv", settings: { x: "1" } }, "review_source_not_valid"], ["with a choice that is none", { kind: "mastodon", settings: { server: "https://m.example", look: "all" } }, "review_source_not_valid"],
    ["of a kind that is none", { kind: "facebook" }, "invalid_input"], ["without a name", { kind: "csv", name: " " }, "invalid_input"],
  ])("%s is refused", async (_title, given, code) => {
    expect(await organisation.manager.ask("POST", "/api/review-sources", { name: "Irrelevant", ...given })).toMatchObject({ status: 400, body: { error: { code } } });
  });

  test("is set up by managers and asked by nobody when it is fed", async () => {
    const { id } = await add({ kind: "csv" });
    expect((await organisation.agent.ask("POST", "/api/review-sources", { kind: "csv", name: "x" })).status).toBe(403);
    expect(await organisation.manager.ask("POST", `/api/review-sources/${id}/polls`)).toMatchObject({ status: 409, body: { error: { code: "review_source_not_polled" } } });
    expect((await organisation.viewer.ask("GET", "/api/review-source-kinds")).body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ kind: "mastodon", way: "polled" })]) });
  });
});

describe("an answer", () => {
  const start = async (): Promise<Review> => {
    outside.answer = answerTrustpilot([recorded.trustpilot.reviews[0]]);
    await poll((await add(trustpilot())).id);
    const [review] = await list();
    if (review === undefined) throw new Error("There is no review.");
    return review;
  };
  const detail = async (id: string): Promise<ReviewDetail> => ReviewDetail.parse((await organisation.agent.ask("GET", `/api/reviews/${id}`)).body);

  test("is kept as a draft, sent by a job, and then stands under the review", async () => {
    const review = await start();
    expect(await organisation.agent.ask("PUT", `/api/reviews/${review.id}/draft`, { text: "We are sorr" })).toMatchObject({ status: 200, body: { reply: { state: "draft", text: "We are sorr" } } });

    expect(await organisation.agent.ask("POST", `/api/reviews/${review.id}/replies`, { text: "We are sorry" })).toMatchObject({ status: 202 });
    await expect.poll(async () => (await detail(review.id)).reply?.state, { timeout: 10_000 }).toBe("sent");

    expect(await detail(review.id)).toMatchObject({ reply: { text: "We are sorry", error: null }, answer: { text: "We are sorry" } });
    const sent = outside.asked.filter(({ url }) => url.endsWith("/reply"));
    expect(sent).toMatchObject([{ method: "POST", url: "/v1/private/reviews/65d0f0a1b2c3d4e5f6a7b8c9/reply", headers: { authorization: "Bearer token-1" }, body: '{"message":"We are sorry"}' }]);
    expect(await list("isAnswered=false")).toEqual([]);
  });

  test("that is refused shows why, and can be sent again", async () => {
    const review = await start();
    outside.answer = answerTrustpilot([], 403);
    await organisation.agent.ask("POST", `/api/reviews/${review.id}/replies`, { text: "Sorry" });
    await expect.poll(async () => (await detail(review.id)).reply?.state, { timeout: 10_000 }).toBe("failed");
    expect((await detail(review.id)).reply?.error).toContain("refuses the access");

    outside.answer = answerTrustpilot([]);
    await organisation.agent.ask("POST", `/api/reviews/${review.id}/replies`, { text: "Sorry!" });
    await expect.poll(async () => (await detail(review.id)).reply?.state, { timeout: 10_000 }).toBe("sent");
  });

  test("that meets a fault which may pass is tried again, and given up in the end", async () => {
    const review = await start();
    outside.answer = answerTrustpilot([], 503);
    await organisation.agent.ask("POST", `/api/reviews/${review.id}/replies`, { text: "Sorry" });
    await expect.poll(async () => (await detail(review.id)).reply?.error, { timeout: 10_000 }).toContain("fault of its own");
    const replyId = (await detail(review.id)).reply?.id ?? "";
    expect((await detail(review.id)).reply?.state).toBe("queued");
    expect(await organisation.agent.ask("POST", `/api/reviews/${review.id}/replies`, { text: "Twice" })).toMatchObject({ status: 409, body: { error: { code: "review_reply_on_its_way" } } });

    await deliverReply(installation.services, { workspaceId: organisation.workspaceId, replyId, attempt: 5 });

    expect((await detail(review.id)).reply?.state).toBe("failed");
  });

  test("is refused where the source takes none, when it is too long, and from whoever may not", async () => {
    const review = await start();
    expect(await organisation.agent.ask("POST", `/api/reviews/${review.id}/replies`, { text: "x".repeat(4001) })).toMatchObject({ status: 400, body: { error: { code: "review_reply_too_long" } } });
    expect((await organisation.viewer.ask("POST", `/api/reviews/${review.id}/replies`, { text: "x" })).status).toBe(403);
    expect((await stranger.ask("POST", `/api/reviews/${review.id}/replies`, { text: "x" })).status).toBe(404);
    const other = await add({ kind: "csv" });
    await organisation.manager.ask("POST", `/api/review-sources/${other.id}/uploads`, Buffer.from(recorded.csv), { "content-type": "application/octet-stream" });
    const [fed] = await list(`sourceId=${other.id}`);
    expect(await organisation.agent.ask("POST", `/api/reviews/${fed?.id}/replies`, { text: "x" })).toMatchObject({ status: 409, body: { error: { code: "review_not_answerable" } } });
  });
});
