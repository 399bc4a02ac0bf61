import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { sealAfterStart } from "../../platform/secrets/secrets.jobs.ts";
import { sealStores } from "../../platform/secrets/stored-secrets.ts";
import { answerTrustpilot, makeOutside, makeReviewInstallation, makeReviewing, trustpilot } from "./outside.make.ts";
import type { Outside } from "./outside.make.ts";
import { deliverReply } from "./replies.ts";
import { ReviewDetail } from "./reviews.contract.ts";
import type { Review } from "./reviews.contract.ts";
import { reviewsJobs } from "./reviews.jobs.ts";
import { CreatedReviewSource, ReviewSource } from "./sources.contract.ts";
import { reviewSourceSecrets } from "./source-secrets.ts";
import { recorded } from "./sources.make.ts";

const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
let outside: Outside;
let installation: Installation;
let organisation: Organisation;
let stranger: Client;
let reviewing: ReturnType<typeof makeReviewing>;

beforeAll(async () => {
  outside = await makeOutside();
  installation = await makeReviewInstallation(outside, clock);
});
afterAll(async () => {
  await installation.stop();
  outside.stop();
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  stranger = (await installation.makeOrganisation()).owner;
  reviewing = makeReviewing(installation, organisation);
  outside.asked.splice(0);
  outside.answer = () => ({ status: 404 });
});

describe("polling", () => {
  const feed = () => ({ kind: "rss", settings: { url: `${outside.url}/feed.xml` } });

  test("asks only for what changed", async () => {
    outside.answer = ({ headers }) => (headers["if-none-match"] === '"v1"' ? { status: 304 } : { body: recorded.rss, headers: { etag: '"v1"', "last-modified": "Sat, 20 Feb 2027 10:00:00 GMT" } });
    const { id } = await reviewing.add(feed());

    await reviewing.poll(id);
    expect(await reviewing.poll(id)).toMatchObject({ state: "working", lastNewCount: 0 });

    expect(outside.asked.map(({ headers }) => [headers["if-none-match"], headers["if-modified-since"]])).toEqual([[undefined, undefined], ['"v1"', "Sat, 20 Feb 2027 10:00:00 GMT"]]);
  });

  test("waits longer after each failure, says why, and recovers", async () => {
    outside.answer = () => ({ status: 503, headers: { "retry-after": "7200" } });
    const { id } = await reviewing.add(feed());

    expect(await reviewing.poll(id)).toMatchObject({ state: "failing", failures: 1, lastError: expect.stringContaining("fault of its own (503)"), nextPollAt: new Date(clock.at + 7_200_000).toISOString() });
    outside.answer = () => ({ body: "<html>" });
    expect(await reviewing.poll(id)).toMatchObject({ failures: 2, lastError: expect.stringContaining("not a feed"), nextPollAt: new Date(clock.at + 600_000).toISOString() });
    outside.answer = () => ({ status: 401 });
    expect(await reviewing.poll(id)).toMatchObject({ failures: 3, lastError: expect.stringContaining("refuses the access") });
    outside.answer = () => ({ body: recorded.rss });
    expect(await reviewing.poll(id)).toMatchObject({ state: "working", failures: 0, lastError: null, lastNewCount: 2 });
  });

  test("takes each source whose time has come once, and never a paused one", async () => {
    outside.answer = () => ({ body: recorded.rss });
    const { id } = await reviewing.add(feed());
    const paused = await reviewing.add({ ...feed(), name: "Paused" });
    await organisation.manager.ask("PATCH", `/api/review-sources/${paused.id}`, { isActive: false });
    const due = reviewsJobs.find(({ name }) => name === "reviews.pollDue");

    await Promise.all([1, 2].map(() => due?.run({ services: installation.services, payload: {}, attempt: 1 })));
    await expect.poll(async () => ReviewSource.parse((await organisation.viewer.ask("GET", `/api/review-sources/${id}`)).body).lastSuccessAt, { timeout: 10_000 }).not.toBeNull();

    expect(outside.asked).toHaveLength(1);
    expect((await organisation.viewer.ask("GET", `/api/review-sources/${paused.id}`)).body).toMatchObject({ state: "paused", lastPolledAt: null });
  });

  test("never asks an address inside the network, also not by a redirect", async () => {
    const inside = await reviewing.add({ kind: "rss", settings: { url: "http://169.254.169.254/latest" } });
    expect(await reviewing.poll(inside.id)).toMatchObject({ state: "failing", lastError: expect.stringContaining("private network") });
    outside.answer = () => ({ status: 302, headers: { location: "http://localhost:5432/" } });
    expect(await reviewing.poll((await reviewing.add(feed())).id)).toMatchObject({ lastError: expect.stringContaining("private network") });
  });
});

describe("a source", () => {
  test("is tried out before it is saved, and keeps its secrets to itself", async () => {
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    const tried = await organisation.manager.ask("POST", "/api/review-source-tests", trustpilot(outside));
    expect(tried).toMatchObject({ status: 200, body: { isConnected: true, found: 2, sample: [{ stars: 1, author: "Gina" }, { stars: 5 }] } });
    expect(await reviewing.list()).toEqual([]);
    outside.answer = () => ({ status: 403 });
    expect((await organisation.manager.ask("POST", "/api/review-source-tests", trustpilot(outside))).body).toMatchObject({ isConnected: false, message: expect.stringContaining("refuses the access") });

    const source = await reviewing.add(trustpilot(outside));
    await organisation.manager.ask("PATCH", `/api/review-sources/${source.id}`, { name: "New name", settings: { businessUnitId: "bu2", server: outside.url } });
    const shown = [await organisation.owner.ask("GET", "/api/review-sources"), await organisation.owner.ask("GET", `/api/review-sources/${source.id}`), await organisation.owner.ask("GET", "/api/audit")].map(({ text }) => text).join();
    expect(shown).toContain("New name");
    expect(shown).not.toMatch(/key-1|irrelevant-secret-word/);
    expect(source.secretsKept).toEqual(["apiKey", "apiSecret"]);
    const stored = JSON.stringify(await reviewing.rows("select secrets from feedback.review_sources where workspace_id = $1"));
    expect(stored).toContain("apiSecret");
    expect(stored).not.toMatch(/key-1|irrelevant-secret-word/);
  });

  test("from before secrets were sealed goes on working and is sealed with the next start", async () => {
    const source = await reviewing.add(trustpilot(outside));
    await reviewing.rows(`update feedback.review_sources set secrets = '{"apiKey": "key-1", "apiSecret": "irrelevant-secret-word"}' where workspace_id = $1 returning id`);
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);
    expect(await reviewing.poll(source.id)).toMatchObject({ state: "working", lastNewCount: 2 });

    await sealAfterStart(installation.services);
    await expect.poll(async () => JSON.stringify(await reviewing.rows("select secrets from feedback.review_sources where workspace_id = $1")), { timeout: 10_000 }).toContain('"sealed"');

    expect(JSON.stringify(await reviewing.rows("select secrets from feedback.review_sources where workspace_id = $1"))).not.toMatch(/key-1|irrelevant-secret-word/);
    outside.asked.splice(0);
    expect(await reviewing.poll(source.id)).toMatchObject({ state: "working" });
    expect(outside.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from("key-1:irrelevant-secret-word").toString("base64")}`);
  });

  test("whose secrets were sealed with a key that is gone says so, asks nobody, and works once they are entered again", async () => {
    const [source, other, hook] = [await reviewing.add(trustpilot(outside)), await reviewing.add(trustpilot(outside)), await reviewing.add({ kind: "webhook" })];
    // A secret that was copied from elsewhere opens as little as one whose key is gone.
    await reviewing.rows(`update feedback.review_sources set secrets = (select secrets from feedback.review_sources where id = '${other.id}') where workspace_id = $1 and id = '${source.id}' returning id`);
    await reviewing.rows(`update feedback.review_sources set secrets = '{"webhookSecret": {"sealed": "v1.gone.AAAA"}}' where workspace_id = $1 and id = '${hook.id}' returning id`);
    outside.answer = answerTrustpilot(recorded.trustpilot.reviews);

    expect(await reviewing.poll(source.id)).toMatchObject({ state: "failing", secretsKept: [], lastError: expect.stringContaining("Enter it again") });
    expect(outside.asked).toEqual([]);
    const called = await installation.nobody.ask("POST", new URL(hook.webhookUrl ?? "").pathname, "{}", { "content-type": "application/json", "x-firsthand-signature": `t=1,v1=${"0".repeat(64)}` });
    expect(called).toMatchObject({ status: 409, body: { error: { code: "secret_lost" } } });
    const renewed = await organisation.manager.ask("POST", `/api/review-sources/${hook.id}/webhook-secrets`);
    expect(renewed).toMatchObject({ status: 201, body: { state: "working", webhookSecret: expect.stringMatching(/^[\w-]{43}$/) } });
    const { webhookSecret } = CreatedReviewSource.parse(renewed.body);
    const [at, sent] = [Math.floor(clock.at / 1000), JSON.stringify({ id: "1", at: "2027-02-01T00:00:00Z", stars: 4 })];
    const signature = `t=${at},v1=${createHmac("sha256", webhookSecret ?? "").update(`${at}.${sent}`).digest("hex")}`;
    expect(await installation.nobody.ask("POST", new URL(hook.webhookUrl ?? "").pathname, sent, { "content-type": "application/json", "x-firsthand-signature": signature })).toMatchObject({ status: 200, body: { added: 1 } });
    expect((await organisation.manager.ask("POST", `/api/review-sources/${source.id}/webhook-secrets`)).status).toBe(409);
    const settings = { businessUnitId: "bu1", server: outside.url };
    expect(await organisation.manager.ask("PATCH", `/api/review-sources/${source.id}`, { settings })).toMatchObject({ status: 400, body: { error: { code: "review_source_not_valid" } } });
    const lost = await sealStores(installation.services, [reviewSourceSecrets]);
    expect(lost.filter(({ workspaceId }) => workspaceId === organisation.workspaceId).map(({ id }) => id)).toEqual([source.id]);

    expect(await organisation.manager.ask("PATCH", `/api/review-sources/${source.id}`, { settings, secrets: trustpilot(outside).secrets })).toMatchObject({ status: 200, body: { secretsKept: ["apiKey", "apiSecret"] } });
    expect(await reviewing.poll(source.id)).toMatchObject({ state: "working" });
  });

  test("sends kept secrets to no other address when it is tried out again or changed", async () => {
    const source = await reviewing.add(trustpilot(outside));
    outside.answer = answerTrustpilot([]);
    const again = (server: string) => organisation.manager.ask("POST", "/api/review-source-tests", { kind: "trustpilot", settings: { businessUnitId: "bu1", server }, sourceId: source.id });

    expect(await again(outside.url)).toMatchObject({ status: 200, body: { isConnected: true } });
    expect(await again(`${outside.url}/elsewhere`)).toMatchObject({ status: 400, body: { error: { code: "review_source_not_valid" } } });
    const change = (given: Record<string, unknown>) => organisation.manager.ask("PATCH", `/api/review-sources/${source.id}`, { settings: { businessUnitId: "bu1", server: `${outside.url}/elsewhere` }, ...given });
    expect(await change({})).toMatchObject({ status: 400, body: { error: { code: "review_source_not_valid" } } });
    expect(await change({ secrets: { apiKey: "irrelevant-key" } })).toMatchObject({ status: 200, body: { secretsKept: ["apiKey"] } });
    expect(await stranger.ask("POST", "/api/review-source-tests", { kind: "trustpilot", settings: { businessUnitId: "bu1", server: outside.url }, sourceId: source.id })).toMatchObject({ status: 404 });
  });

  test("that is removed takes its reviews from the timelines, a paused one keeps them", async () => {
    outside.answer = () => ({ body: recorded.rss });
    const { id } = await reviewing.add({ kind: "rss", settings: { url: `${outside.url}/feed.xml` } });
    await reviewing.poll(id);
    await organisation.manager.ask("PATCH", `/api/review-sources/${id}`, { isActive: false });
    expect(await reviewing.perceptions()).toHaveLength(3);

    expect((await organisation.manager.ask("DELETE", `/api/review-sources/${id}`)).status).toBe(204);

    expect([await reviewing.perceptions(), await reviewing.interactions(), await reviewing.list()]).toEqual([[], [], []]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["without its address", { kind: "rss" }, "review_source_not_valid"], ["with an address that is none", { kind: "rss", settings: { url: "file:///etc/passwd" } }, "review_source_not_valid"],
    ["with a field nobody knows", { kind: "csv", settings: { x: "1" } }, "review_source_not_valid"], ["with a choice that is none", { kind: "mastodon", settings: { server: "https://m.example", look: "all" } }, "review_source_not_valid"],
    ["of a kind that is none", { kind: "facebook" }, "invalid_input"], ["without a name", { kind: "csv", name: " " }, "invalid_input"],
  ])("%s is refused", async (_title, given, code) => {
    expect(await organisation.manager.ask("POST", "/api/review-sources", { name: "Irrelevant", ...given })).toMatchObject({ status: 400, body: { error: { code } } });
  });

  test("is set up by managers and asked by nobody when it is fed", async () => {
    const { id } = await reviewing.add({ kind: "csv" });
    expect((await organisation.agent.ask("POST", "/api/review-sources", { kind: "csv", name: "x" })).status).toBe(403);
    expect(await organisation.manager.ask("POST", `/api/review-sources/${id}/polls`)).toMatchObject({ status: 409, body: { error: { code: "review_source_not_polled" } } });
    expect((await organisation.viewer.ask("GET", "/api/review-source-kinds")).body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ kind: "mastodon", way: "polled" })]) });
  });
});

describe("an answer", () => {
  const start = async (): Promise<Review> => {
    outside.answer = answerTrustpilot([recorded.trustpilot.reviews[0]]);
    await reviewing.poll((await reviewing.add(trustpilot(outside))).id);
    const [review] = await reviewing.list();
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
    expect(await reviewing.list("isAnswered=false")).toEqual([]);
  });

  test.each<[string, () => Record<string, unknown>, () => unknown, { method: string; url: string; body: unknown }]>([
    [
      "Mastodon", () => ({ kind: "mastodon", settings: { server: outside.url, look: "hashtag", query: "acmebikes" }, secrets: { token: "t" } }), () => recorded.mastodon,
      { method: "POST", url: "/api/v1/statuses", body: { status: "@ann@127.0.0.1 Thank you", in_reply_to_id: "112233445566778899", visibility: "public" } },
    ],
    [
      "Bluesky", () => ({ kind: "bluesky", settings: { server: outside.url, look: "search", query: "acme", account: "acme.example" }, secrets: { appPassword: "p" } }), () => recorded.bluesky,
      { method: "POST", url: "/xrpc/com.atproto.repo.putRecord", body: { repo: "did:me", record: { text: "Thank you", reply: { root: { cid: "bafyr" }, parent: { cid: "bafyreiabc" } } } } },
    ],
    [
      "Google", () => ({ kind: "google_business", settings: { account: "111", location: "222", clientId: "c", server: outside.url, signInServer: outside.url }, secrets: { clientSecret: "s", refreshToken: "r" } }),
      () => recorded.googleBusiness, { method: "PUT", url: "/v4/accounts/111/locations/222/reviews/AbFvOqk_1/reply", body: { comment: "Thank you" } },
    ],
  ])("reaches %s, signed in, under the right review", async (_title, source, reviews, expected) => {
    outside.answer = ({ url }) => ({ body: url === "/token" ? { access_token: "t" } : url.endsWith("createSession") ? { accessJwt: "t", did: "did:me" } : reviews() });
    await reviewing.poll((await reviewing.add(source())).id);
    const [review] = await reviewing.list();

    expect((await organisation.agent.ask("POST", `/api/reviews/${review?.id}/replies`, { text: "Thank you" })).status).toBe(202);
    await expect.poll(async () => (await detail(review?.id ?? "")).reply?.state, { timeout: 10_000 }).toBe("sent");

    const sent = outside.asked.filter(({ url }) => url === expected.url);
    expect(sent).toMatchObject([{ method: expected.method, headers: { authorization: "Bearer t" } }]);
    expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject(Object(expected.body));
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
    const other = await reviewing.add({ kind: "csv" });
    await organisation.manager.ask("POST", `/api/review-sources/${other.id}/uploads`, Buffer.from(recorded.csv), { "content-type": "application/octet-stream" });
    const [fed] = await reviewing.list(`sourceId=${other.id}`);
    expect(await organisation.agent.ask("POST", `/api/reviews/${fed?.id}/replies`, { text: "x" })).toMatchObject({ status: 409, body: { error: { code: "review_not_answerable" } } });
  });
});
