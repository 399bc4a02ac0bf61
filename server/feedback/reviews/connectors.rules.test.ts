import { describe, expect, test } from "vitest";
import { CONNECTORS } from "./connectors.rules.ts";
import type { Connector, ConnectorContext, FoundReview, ReplyToSend } from "./connector.contract.ts";
import { starsIn } from "./csv-reviews.rules.ts";
import { cleanText, plainText, webAddress } from "./plain-text.rules.ts";
import { changeOf, fingerprintOf, onceEach } from "./received.rules.ts";
import { nextPollAt, retryAfterMs } from "./polling.rules.ts";
import { recorded } from "./sources.make.ts";
import { readXml } from "./xml-document.ts";

const context = (settings: Record<string, string> = {}, secrets: Record<string, string> = {}, session: Record<string, string> = {}): ConnectorContext => ({ settings, secrets, session });
const readJson = (connector: Connector, document: unknown, given = context()): readonly FoundReview[] => {
  if (connector.poll?.format !== "json") throw new Error("This source is not read as JSON.");
  return connector.poll.read(JSON.parse(JSON.stringify(document)), given, connector.poll.first(given)).reviews;
};
const readFeed = (text: string): readonly FoundReview[] => {
  const document = readXml(text);
  if (CONNECTORS.rss.poll?.format !== "xml" || document === null) throw new Error("This is no feed.");
  return CONNECTORS.rss.poll.read(document, context(), { url: "https://irrelevant.example" }).reviews;
};

describe("answers in the shape of each source", () => {
  test("RSS gives stars, author and plain text, and no link that runs", () => {
    expect(readFeed(recorded.rss)).toMatchObject([
      { externalId: "acme-1", url: "https://reviews.example/acme/1", at: "2027-02-20T09:00:00.000Z", stars: 4, title: "Fast & friendly", text: "Came in two days.\n\nThanks all!", author: { name: "Bea Baker" } },
      { externalId: "acme-2", url: null, text: "Fine", stars: null, author: { name: "Carl", identifiers: [{ kind: "email", value: "carl@customer.example" }] } },
    ]);
  });

  test("Atom gives the page of the entry and the time of its last edit", () => {
    expect(readFeed(recorded.atom)).toMatchObject([
      { externalId: "tag:reviews.example,2027:7", url: "https://reviews.example/7", at: "2027-02-19T12:00:00.000Z", title: "So <so>", text: "Not <bad>", author: { name: "Dora", identifiers: [{ kind: "email", value: "Dora@Customer.example" }] } },
    ]);
  });

  test("the App Store gives rating, version and the reviewer's number", () => {
    expect(readJson(CONNECTORS.app_store, recorded.appStore, context({ appId: "310633997", country: "US" }))).toMatchObject([
      { externalId: "11223344556", at: "2027-02-20T12:33:11.000Z", stars: 2, title: "Crashes", text: "Crashes on <start>. Every time.", author: { handle: "rider_77", identifiers: [{ kind: "external:app_store", value: "1122334455" }] }, reference: { version: "5.1.0" } },
      { externalId: "11223344557", stars: 5 },
    ]);
    expect(readJson(CONNECTORS.app_store, { feed: { entry: recorded.appStore.feed.entry[0] } })).toHaveLength(1);
    expect(readJson(CONNECTORS.app_store, { feed: {} })).toEqual([]);
  });

  test("Mastodon gives whole handles and leaves boosts and private posts out", () => {
    expect(readJson(CONNECTORS.mastodon, recorded.mastodon, context({ server: "https://example.social", look: "hashtag", query: "#acmebikes" }))).toMatchObject([
      { text: "Just got my bike from #acmebikes\nRides & shines!", stars: null, author: { name: "Ann :bike:", handle: "ann@example.social", identifiers: [{ kind: "external:mastodon", value: "ann@example.social" }] }, reference: { statusId: "112233445566778899" } },
      { externalId: "https://other.example/users/bob/statuses/5", at: "2027-02-19T09:00:00.000Z", title: "complaint", text: "Still waiting for #acmebikes <sigh>", author: { handle: "bob@other.example", name: "bob@other.example" } },
    ]);
    expect(readJson(CONNECTORS.mastodon, [{ id: "7", type: "mention", status: recorded.mastodon[0] }], context({ server: "https://example.social", look: "mentions" }))).toHaveLength(1);
    expect(readJson(CONNECTORS.mastodon, { statuses: recorded.mastodon, accounts: [] }, context({ server: "https://example.social", look: "search" }))).toHaveLength(2);
  });

  test("Bluesky gives the post's page and the thread a reply belongs to", () => {
    expect(readJson(CONNECTORS.bluesky, recorded.bluesky, context({ look: "search", query: "acme bikes" }))).toMatchObject([{
      url: "https://bsky.app/profile/eve.bsky.social/post/3kabcdefgh2x", text: "acme bikes <3 best service", language: "en",
      author: { name: "Eve", identifiers: [{ kind: "external:bluesky", value: "did:plc:abc123" }, { kind: "external:bluesky", value: "eve.bsky.social" }] },
      reference: { cid: "bafyreiabc", rootUri: "at://did:plc:r/app.bsky.feed.post/0" },
    }]);
  });

  test("Google gives the original words, the stars and the answer", () => {
    expect(readJson(CONNECTORS.google_business, recorded.googleBusiness)).toMatchObject([
      { externalId: "AbFvOqk_1", stars: 3, text: "Schöner Laden, lange Schlange.", author: { name: "Frank Fischer" }, reply: null },
      { externalId: "AbFvOqk_2", stars: 5, text: "", author: { name: null }, reply: { text: "Thanks!", at: "2027-02-09T12:00:00.000Z" } },
    ]);
    expect(readJson(CONNECTORS.google_business, { reviews: [{ ...recorded.googleBusiness.reviews[0], name: "accounts/1/../../evil" }] })).toEqual([]);
  });

  test("Trustpilot gives who was invited, and leaves reported reviews out", () => {
    expect(readJson(CONNECTORS.trustpilot, recorded.trustpilot)).toMatchObject([
      { externalId: "65d0f0a1b2c3d4e5f6a7b8c9", stars: 1, author: { name: "Gina", identifiers: [{ kind: "user", value: "42" }, { kind: "email", value: "gina@customer.example" }, { kind: "external:trustpilot", value: "c-77" }] } },
      { stars: 5, at: "2027-02-14T10:00:00.000Z", reply: { text: "Thank you, Hal" } },
    ]);
  });

  test("a message of a webhook may hold one review or many, and nothing else", () => {
    const read = CONNECTORS.webhook.readMessage ?? (() => []);
    expect(read({ id: 7, at: "2027-02-01T00:00:00Z", stars: 9, starsMax: 10, text: "ok", author: { email: "a@b.example" } })).toMatchObject([{ externalId: "7", stars: 9, starsMax: 10 }]);
    expect(read({ reviews: [{ id: "1", at: 1_800_000_000_000, text: "x" }, { id: "2" }, null, "x"] })).toHaveLength(1);
    expect([read(null), read([]), read("x"), read({}), read({ reviews: {} })]).toEqual([[], [], [], [], []]);
  });

  test("texts made to be slow or to break the database are read in a moment", () => {
    const began = performance.now();
    expect(plainText("<br ".repeat(15_000), 100)).toBe("");
    expect(plainText("a &valueOf; b", 100)).toBe("a &valueOf; b");
    const feed = readXml(`<rss><item><guid>1</guid><pubDate>2027-02-01T00:00:00Z</pubDate><title>x</title><author>${"a".repeat(2_000_000)}</author></item></rss>`);
    expect(feed === null || CONNECTORS.rss.poll?.format !== "xml" ? [] : CONNECTORS.rss.poll.read(feed, context({}), { url: "" }).reviews).toHaveLength(1);
    expect((CONNECTORS.webhook.readMessage ?? (() => []))({ id: "a\0b\ud800", at: "2027-02-01T00:00:00Z", text: "x", author: { userId: "7\0" } })).toMatchObject([{ externalId: "ab\ufffd", author: { identifiers: [{ value: "7" }] } }]);
    const patterns = Array.from({ length: 20 }, () => "{author}a{title}a{email}b").join("\n");
    CONNECTORS.mail.readMail?.({ messageId: null, at: "2027-02-20T10:00:00.000Z", fromName: null, subject: "", text: `${"a".repeat(600)}\n`.repeat(400) }, { patterns });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test.each(Object.values(CONNECTORS).filter(({ poll }) => poll?.format === "json"))("$kind reads nothing out of nonsense, and does not fail", (connector) => {
    for (const nonsense of [null, [], {}, 7, "x", { reviews: [null, 1, "x", []], posts: {}, feed: { entry: [[], null] }, statuses: "x" }]) expect(readJson(connector, nonsense)).toEqual([]);
  });
});

describe("mails that tell of a review", () => {
  const read = (mail: { subject?: string; text: string }, patterns = "") =>
    CONNECTORS.mail.readMail?.({ messageId: "<1@x>", at: "2027-02-20T10:00:00.000Z", fromName: null, subject: mail.subject ?? "", text: mail.text }, { patterns });

  test.each<[string, string, string, string, object | null]>([
    ["the subject", "Kim left you a 2-star review", "Review: The saddle squeaks\nand more.\n\nBye", "", { stars: 2, text: "The saddle squeaks\nand more.", author: { name: "Kim" } }],
    ["labels", "New review", "Rating: 4/5\nAuthor: Lou\nComment: Fine", "", { stars: 4, text: "Fine", author: { name: "Lou" } }],
    ["signs", "", "★★★☆☆\n“It was all right, really.”", "", { stars: 3, text: "It was all right, really." }],
    ["signs of emoji", "", "⭐️⭐️⭐️⭐️\n\"Nice people here\"", "", { stars: 4, text: "Nice people here" }],
    ["an own sentence", "", "Customer Mo says 5 points\nOpinion> Great", "Customer {author} says {stars} points\nOpinion> {text}", { stars: 5, text: "Great", author: { name: "Mo" } }],
    ["an address", "", "Stars: 1\nE-mail: kim@customer.example\nText: Bad", "", { author: { identifiers: [{ kind: "email", value: "kim@customer.example" }] } }],
    ["nothing", "Your invoice", "Dear customer, please pay.", "", null],
  ])("are read by %s", (_title, subject, text, patterns, found) => {
    const review = read({ subject, text }, patterns);
    if (found === null) expect(review).toBeNull();
    else expect(review).toMatchObject(found);
  });

  test("and by a pattern made to be slow in no time", () => {
    const began = performance.now();
    read({ text: `${"a ".repeat(300)}\n`.repeat(400) }, "{author}{title}{text}\n{author} a {title} a {text} b\n((((a+)+)+)+)+ {text}$");
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe("text of strangers", () => {
  test.each([
    ["<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"], ["<script>alert(1)</script>left", "left"], ["<ScRiPt src=x>alert(1)</sCrIpT >left", "left"], ["<script>never closed", ""],
    ["<img src=x onerror=alert(1)>Hi", "Hi"], ["<svg><animate onbegin=alert(1)></svg>Hi", "Hi"], ["2 < 3 & 4 > 1", "2 < 3 & 4 > 1"], ["&lt;b&gt; &amp;lt; &#x1F600; &#0; &#xD800;", "<b> &lt; 😀"],
    ["<!-- x --><style>p{}</style>ok", "ok"], ["a\u0000b\u202ec", "abc"], ["<p", ""],
  ])("%j becomes %j", (html, text) => {
    expect(plainText(html, 1000)).toBe(text);
  });

  test("is cut at its limit without breaking a letter", () => {
    expect(cleanText("ab😀cd", 4)).toBe("ab\ufffd…");
    expect(cleanText(`x\r\n\r\n\r\n\r\ny  z`, 100)).toBe("x\n\ny z");
  });

  test.each([["javascript:alert(1)", null], ["https://a.example/x", "https://a.example/x"], ["data:text/html,x", null], ['https://a.example/"onx=', null], ["", null]])("the link %j is %j", (text, url) => {
    expect(webAddress(text)).toBe(url);
  });

  test.each<[string, [number | null, number]]>([["4", [4, 5]], ["4,5", [4.5, 5]], ["8 of 10", [8, 10]], ["3 von 5 Sternen", [3, 5]], ["★★★★☆", [4, 5]], ["⭐️⭐️", [2, 5]], ["0", [null, 5]], ["6", [null, 5]], ["good", [null, 5]], ["1/7", [null, 5]]])(
    "the stars in %j are %j", (text, stars) => {
      expect(starsIn(text)).toEqual(stars);
    },
  );
});

describe("requests", () => {
  const reply: ReplyToSend = { id: "019c0000-0000-7000-8000-0000000003ff", text: "Thank you", at: "2027-03-01T12:00:00.000Z", externalId: "x/1", handle: "ann@example.social", reference: { statusId: "5", visibility: "unlisted", uri: "at://p", cid: "c", name: "accounts/1/locations/2/reviews/3" } };
  const bodyOf = (connector: Connector, given: ConnectorContext) => JSON.parse(connector.reply?.request(given, reply).body ?? "null");

  test("an answer names its thread, and sending it twice is known to be the same", () => {
    const mastodon = CONNECTORS.mastodon.reply?.request(context({ server: "https://m.example/" }, { token: "t" }), reply);
    expect(mastodon).toMatchObject({ url: "https://m.example/api/v1/statuses", headers: { authorization: "Bearer t", "idempotency-key": reply.id } });
    expect(JSON.parse(mastodon?.body ?? "")).toEqual({ status: "@ann@example.social Thank you", in_reply_to_id: "5", visibility: "unlisted" });
    const posts = [bodyOf(CONNECTORS.bluesky, context({}, {}, { token: "t", did: "did:me" })), bodyOf(CONNECTORS.bluesky, context({}, {}, { token: "t", did: "did:me" }))];
    expect(posts[0]).toMatchObject({ repo: "did:me", rkey: expect.stringMatching(/^[234567abcdefghij][234567a-z]{12}$/), record: { reply: { root: { uri: "at://p", cid: "c" }, parent: { uri: "at://p", cid: "c" } } } });
    expect(posts[0]).toEqual(posts[1]);
    expect(CONNECTORS.google_business.reply?.request(context({}, {}, { token: "t" }), reply)).toMatchObject({ method: "PUT", url: "https://mybusiness.googleapis.com/v4/accounts/1/locations/2/reviews/3/reply", body: '{"comment":"Thank you"}' });
    expect(CONNECTORS.trustpilot.reply?.request(context({}, {}, { token: "t" }), reply)).toMatchObject({ method: "POST", url: "https://api.trustpilot.com/v1/private/reviews/x%2F1/reply" });
  });

  test("what was typed in stays inside its part of the address", () => {
    expect(CONNECTORS.app_store.poll?.first(context({ appId: "1/../../x", country: "US" })).url).toBe("https://itunes.apple.com/us/rss/customerreviews/page=1/id=1%2F..%2F..%2Fx/sortby=mostrecent/json");
    expect(CONNECTORS.mastodon.poll?.first(context({ server: "https://m.example", look: "hashtag", query: "#a b/../c?x" })).url).toBe("https://m.example/api/v1/timelines/tag/a%20b%2F..%2Fc%3Fx?limit=40");
  });
});

describe("what comes again", () => {
  const found: FoundReview = { externalId: "1", url: null, at: "2027-02-01T00:00:00.000Z", stars: 4, starsMax: 5, title: "", text: "Good", language: null, author: { name: null, handle: null, identifiers: [] }, reply: null, reference: {} };
  const known = { fingerprint: fingerprintOf(found), writtenAt: new Date(found.at), isErased: false, answer: null };

  test.each<[string, Partial<FoundReview>, Partial<typeof known>, string]>([
    ["the same", {}, {}, "none"], ["the same with a later time", { at: "2027-02-02T00:00:00.000Z" }, {}, "none"], ["other stars", { stars: 1 }, {}, "edit"], ["other words", { text: "Bad" }, {}, "edit"],
    ["an older copy of other words", { text: "Bad", at: "2027-01-01T00:00:00.000Z" }, {}, "none"], ["an answer", { reply: { text: "Hi", at: null } }, {}, "answer"], ["words of an erased person", { text: "Bad" }, { isErased: true }, "none"],
  ])("%s changes: %s", (_title, given, before, change) => {
    expect(changeOf({ ...known, ...before }, { ...found, ...given })).toBe(change);
  });

  test("counts once within one answer, in its newest state", () => {
    expect(onceEach([{ ...found, text: "new", at: "2027-02-03T00:00:00.000Z" }, found, { ...found, externalId: "0", at: "2027-01-01T00:00:00.000Z" }]).map(({ text, externalId }) => [externalId, text])).toEqual([["0", "Good"], ["1", "new"]]);
  });

  test.each([[0, null, 60], [1, null, 5], [2, null, 10], [5, null, 80], [12, null, 1440], [1, 3_600_000, 60], [0, 999_999_999, 1440]])("after %i failures and a wish of %s ms the next poll is in %i minutes", (failures, wish, minutes) => {
    expect(nextPollAt({ nowMs: 0, channel: "review", failures, retryAfterMs: wish })).toBe(minutes * 60_000);
  });

  test.each([["120", 120_000], ["Sat, 20 Feb 2027 10:00:10 GMT", 10_000], ["soon", null], [undefined, null]])("Retry-After %s means %s ms", (header, ms) => {
    expect(retryAfterMs(header, Date.parse("2027-02-20T10:00:00Z"))).toBe(ms);
  });
});

test.each(["<!DOCTYPE x [<!ENTITY a 'b'>]><rss>&a;</rss>", "<rss>", "not xml", "", "<a>".repeat(100)])("the document %j is no feed", (text) => {
  expect(readXml(text)).toBeNull();
});
