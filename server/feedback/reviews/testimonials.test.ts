import { page } from "#platform/http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeInstallation, readLastMail } from "../../firsthand.make.ts";
import type { Answer, Client, Installation, Organisation } from "../../firsthand.make.ts";
import { Review } from "./reviews.contract.ts";
import { ReviewWidget, Testimonial } from "./testimonials.contract.ts";

let installation: Installation;
let organisation: Organisation;
let stranger: Client;
let customerId: string;

beforeAll(async () => {
  // A Monday at noon: at night the rules for contacting customers are silent.
  installation = await makeInstallation({ clock: { now: () => new Date("2027-03-01T12:00:00Z") }, environment: { RATE_LIMIT_FACTOR: "20" } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation("Acme <b>Bikes</b>");
  stranger = (await installation.makeOrganisation()).owner;
  customerId = await makeCustomer("7", { name: "Ida Iversen", email: "ida@customer.example" });
});

const rows = async <Row extends Record<string, unknown>>(sql: string): Promise<Row[]> => (await installation.services.db.query<Row>(sql, [organisation.workspaceId])).rows;
const makeCustomer = async (userId: string, traits: Record<string, unknown>): Promise<string> => {
  const authorization = `Bearer ${await installation.makeWriteKey(organisation)}`;
  await installation.nobody.ask("POST", "/v1/identify", { userId, messageId: crypto.randomUUID(), traits }, { authorization });
  await installation.settle();
  const found = await rows<{ id: string }>(`select assignment.customer_id as id from customers.assignments assignment join customers.identifiers identifier on identifier.id = assignment.identifier_id
    where identifier.workspace_id = $1 and identifier.kind = 'user' and identifier.value = '${userId}'`);
  return found[0]?.id ?? "";
};
const ask = (given: Record<string, unknown> = {}): Promise<Answer> =>
  organisation.manager.ask("POST", "/api/testimonial-requests", { customerId, message: "Would you say a few words?", ...given });
// All tests share the folder of mails: the link of an earlier one does not count.
const seenLinks = new Set<string>();
const linkInMail = async (): Promise<string> => {
  const newest = (): string => /\/testimonial\/[\w-]+/.exec(mailOrNothing())?.[0] ?? "";
  await expect.poll(() => newest() !== "" && !seenLinks.has(newest()), { timeout: 10_000 }).toBe(true);
  const link = newest();
  seenLinks.add(link);
  return link;
};
const mailOrNothing = (): string => {
  try {
    return readLastMail(installation.dataDir);
  } catch {
    return "";
  }
};
const post = (url: string, form: Record<string, string>): Promise<Answer> =>
  installation.nobody.ask("POST", url, new URLSearchParams(form).toString(), { "content-type": "application/x-www-form-urlencoded" });
const list = async (query = ""): Promise<Testimonial[]> => page(Testimonial).parse((await organisation.viewer.ask("GET", `/api/testimonials?${query}`)).body).items;
const moderate = (id: string | undefined, change: Record<string, unknown>): Promise<Answer> => organisation.manager.ask("PATCH", `/api/testimonials/${id}`, change);
const makeWidget = async (settings: Record<string, unknown> = {}): Promise<ReviewWidget> =>
  ReviewWidget.parse((await organisation.manager.ask("POST", "/api/review-widgets", { name: "Home page", settings })).body);
const see = (url: string, suffix = ""): Promise<Answer> => installation.nobody.ask("GET", `${new URL(url).pathname}${suffix}`);
const perceptions = () => rows<{ kind: string; value: number | null; text: string | null }>("select kind, value, text, subject, source from customers.perceptions where workspace_id = $1 order by seq");
const words = { text: "I was not sure at first. Then it worked! <script>alert(1)</script>", stars: "5", name: "Ida I.", title: "Baker", consent: "name", act: "give" };

/** Asks, and lets the customer write; returns the link and the testimonial. */
const makeGiven = async (given: Partial<typeof words> = {}): Promise<{ link: string; item: Testimonial }> => {
  expect((await ask()).status).toBe(201);
  const link = await linkInMail();
  expect((await post(link, { ...words, ...given })).status).toBe(200);
  const [item] = await list();
  if (item === undefined) throw new Error("There is no testimonial.");
  return { link, item };
};

describe("asking a customer", () => {
  test("sends a link; looking at it records nothing, sending it records words and consent, once on the timeline", async () => {
    expect((await ask()).body).toMatchObject({ state: "asked", customer: { id: customerId, name: "Ida Iversen" }, email: "ida@customer.example" });
    const link = await linkInMail();

    const form = await installation.nobody.ask("GET", link);
    expect(form).toMatchObject({ status: 200 });
    expect(form.text).toContain("Acme &#60;b&#62;Bikes&#60;/b&#62; may show these words");
    expect(form.text).not.toContain("<script");
    expect(form.headers["content-security-policy"]).toContain("default-src 'none'");
    expect((await list())[0]?.state).toBe("asked");
    expect((await post(link, words)).text).toContain("Thank you");
    await post(link, { ...words, text: "Sent again with other words." });

    expect(await list()).toMatchObject([{ state: "given", original: "Sent again with other words.", authorName: "Ida I.", authorTitle: "Baker", stars: 5, consent: { basis: "given", showsName: true, wording: expect.stringContaining("with my name") } }]);
    expect(await perceptions()).toMatchObject([{ kind: "stars", value: 5, source: "review", subject: "user:7" }, { kind: "comment", text: words.text, subject: "user:7" }]);
  });

  test("keeps no name of whoever wants none, and nothing without consent or from programs", async () => {
    await ask();
    const link = await linkInMail();

    const { consent: _, ...silent } = words;
    expect(await post(link, silent)).toMatchObject({ status: 422 });
    expect((await post(link, { ...words, text: " " })).text).toContain("Nothing was sent yet");
    expect((await post(link, { ...words, website: "https://spam.example" })).status).toBe(200);
    expect((await list())[0]?.state).toBe("asked");
    await post(link, { ...words, consent: "anonymous", stars: "9" });

    expect(await list()).toMatchObject([{ state: "given", authorName: null, stars: null, consent: { showsName: false } }]);
  });

  test("obeys the rules for contacting customers", async () => {
    expect((await ask()).status).toBe(201);
    expect(await ask()).toMatchObject({ status: 409, body: { error: { code: "customer_not_to_be_asked", details: { reason: expect.any(String) } } } });
    expect(await list()).toHaveLength(1);
  });

  test("for a review at a review site sends the address of that site", async () => {
    await ask({ kind: "review", reviewUrl: "https://reviews.example/acme" });
    await expect.poll(mailOrNothing, { timeout: 10_000 }).toContain("https://reviews.example/acme");
    expect(await list()).toMatchObject([{ kind: "review", state: "asked" }]);
    expect((await ask({ reviewUrl: "javascript:alert(1)" })).status).toBe(400);
    expect((await ask({ kind: "review" })).status).toBe(400);
  });

  test("needs an address and the ability; others' customers are unknown", async () => {
    const silent = await makeCustomer("8", { name: "No address" });
    expect(await ask({ customerId: silent })).toMatchObject({ status: 409, body: { error: { code: "customer_without_email" } } });
    expect((await organisation.agent.ask("POST", "/api/testimonial-requests", { customerId, message: "x" })).status).toBe(403);
    expect((await stranger.ask("POST", "/api/testimonial-requests", { customerId, message: "x" })).status).toBe(404);
    expect((await installation.nobody.ask("GET", "/testimonial/unknown")).status).toBe(404);
    expect((await post("/testimonial/unknown", words)).status).toBe(404);
  });
});

describe("moderation", () => {
  test("chooses whole sentences, and never changes the words", async () => {
    const { item } = await makeGiven();

    expect((await moderate(item.id, { excerpt: [1], state: "approved" })).body).toMatchObject({ state: "approved", shown: "… Then it worked! …", original: words.text });
    for (const excerpt of [[9], [1, 0], [], [1, 1]]) expect(await moderate(item.id, { excerpt })).toMatchObject({ status: 400, body: { error: { code: "testimonial_excerpt_wrong" } } });
    expect((await moderate(item.id, { excerpt: null })).body).toMatchObject({ shown: words.text });
    expect(await moderate(item.id, { original: "Best shop ever" })).toMatchObject({ status: 400 });
    expect((await moderate(item.id, { state: "approved" })).body).toMatchObject({ original: words.text });
  });

  test("approves nothing that was not written, or was taken back", async () => {
    await ask();
    const link = await linkInMail();
    const [item] = await list();
    expect(await moderate(item?.id, { state: "approved" })).toMatchObject({ status: 409, body: { error: { code: "testimonial_state_wrong" } } });
    await post(link, words);
    await moderate(item?.id, { state: "approved" });

    expect((await installation.nobody.ask("GET", link)).text).toContain("Your words are shown");
    expect((await post(link, { act: "withdraw" })).text).toContain("Taken back");

    expect(await list()).toMatchObject([{ state: "withdrawn", original: "", consent: null, authorName: null }]);
    expect(await perceptions()).toEqual([]);
    expect(await moderate(item?.id, { state: "approved" })).toMatchObject({ status: 409 });
  });

  test("is for managers; a review in public may become a testimonial, one in private may not", async () => {
    const { item } = await makeGiven();
    expect((await organisation.agent.ask("PATCH", `/api/testimonials/${item.id}`, { state: "approved" })).status).toBe(403);
    expect((await stranger.ask("PATCH", `/api/testimonials/${item.id}`, { state: "approved" })).status).toBe(404);
    const feed = async (kind: string, file: string): Promise<Review | undefined> => {
      const { body } = await organisation.manager.ask("POST", "/api/review-sources", { kind, name: kind });
      const id = String(Reflect.get(Object(body), "id"));
      await organisation.manager.ask("POST", `/api/review-sources/${id}/uploads`, Buffer.from(file), { "content-type": "application/octet-stream" });
      return page(Review).parse((await organisation.viewer.ask("GET", `/api/reviews?sourceId=${id}`)).body).items[0];
    };
    const open = await feed("google_play", "Package Name,Review Submit Millis Since Epoch,Star Rating,Review Text\napp,1801468800000,4,Works well.\n");
    const closed = await feed("csv", "Date,Stars,Text\n2027-01-01,5,Fine\n");

    expect(await organisation.manager.ask("POST", "/api/testimonials", { reviewId: open?.id })).toMatchObject({ status: 201, body: { state: "given", consent: { basis: "public" }, original: "Works well." } });
    expect(await organisation.manager.ask("POST", "/api/testimonials", { reviewId: open?.id })).toMatchObject({ status: 409, body: { error: { code: "testimonial_already_made" } } });
    expect(await organisation.manager.ask("POST", "/api/testimonials", { reviewId: closed?.id })).toMatchObject({ status: 409, body: { error: { code: "testimonial_without_consent" } } });
    expect((await organisation.manager.ask("DELETE", `/api/testimonials/${item.id}`)).status).toBe(204);
  });

  test("an erased person's words are gone, from the page too", async () => {
    const { item } = await makeGiven();
    await moderate(item.id, { state: "approved" });
    const widget = await makeWidget();
    expect((await see(widget.url)).text).toContain("Then it worked!");

    await organisation.owner.ask("POST", `/api/customers/${customerId}/erasure`, { isConfirmed: true });
    await expect.poll(async () => (await list()).length, { timeout: 10_000 }).toBe(0);

    expect((await see(widget.url)).text).not.toContain("Then it worked!");
  });
});

describe("a published display", () => {
  test("shows approved words to any website, without script, with hostile words as letters", async () => {
    const { item } = await makeGiven();
    const widget = await makeWidget({ title: "Loved by \"bakers\"" });
    expect((await see(widget.url)).text).toContain("Nothing to show yet");
    await moderate(item.id, { state: "approved" });

    const frame = await see(widget.url);

    expect(frame.text).toContain("Then it worked! &#60;script&#62;alert(1)&#60;/script&#62;");
    expect(frame.text).toContain("<b>Ida I.</b>, Baker");
    expect(frame.text.match(/<script/g)).toHaveLength(1);
    expect(frame.text).toContain('<script type="application/ld+json"');
    expect(frame.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'nonce-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors \*$/);
    expect(frame.headers["x-frame-options"]).toBeUndefined();
    expect((await see(widget.url, "/embed.js")).text).toContain(JSON.stringify(widget.url));
    expect(widget.frameCode).toMatch(/^<iframe src="[^"]+" title="Loved by &#34;bakers&#34;"/);
  });

  test("uses no colour for stars that is too pale to be seen", async () => {
    const markOf = async (settings: Record<string, unknown>) => /--mark:([^}]+)\}/.exec((await see((await makeWidget(settings)).url)).text)?.[1];

    expect(await markOf({ accent: "#3b4fd8" })).toBe("#3b4fd8");
    expect(await markOf({ accent: "#ffe680" })).toBe("var(--ink)");
    expect(await markOf({ accent: "#000000", look: "dark" })).toBe("color-mix(in srgb,#000000 45%,#fff)");
  });

  test("gives the same as schema.org data; the average counts ratings that are not shown", async () => {
    const { item } = await makeGiven();
    await moderate(item.id, { state: "approved", excerpt: [0] });
    const { body } = await organisation.manager.ask("POST", "/api/review-sources", { kind: "csv", name: "Old reviews" });
    await organisation.manager.ask("POST", `/api/review-sources/${Reflect.get(Object(body), "id")}/uploads`, Buffer.from("Date,Stars,Text\n2027-01-01,1,Bad\n2027-01-02,6/10,Fair\n"), { "content-type": "application/octet-stream" });
    const widget = await makeWidget();

    const reply = await see(widget.dataUrl);

    expect(reply.headers).toMatchObject({ "content-type": "application/ld+json; charset=utf-8", "access-control-allow-origin": "*" });
    expect(JSON.parse(reply.text)).toMatchObject({
      "@context": "https://schema.org", "@type": "Organization", name: "Acme <b>Bikes</b>",
      aggregateRating: { "@type": "AggregateRating", ratingValue: 3.1, bestRating: 5, worstRating: 1, ratingCount: 3 },
      review: [{ "@type": "Review", author: { "@type": "Person", name: "Ida I." }, reviewBody: "I was not sure at first. …", reviewRating: { "@type": "Rating", ratingValue: 5 } }],
    });
    expect((await see(widget.url)).text).toContain("\\u003cb>Bikes");
  });

  test("works the average out once for many visitors", async () => {
    const { dataUrl } = await makeWidget();
    const query = vi.spyOn(installation.services.db, "query");

    for (let visit = 0; visit < 5; visit += 1) expect((await see(dataUrl)).status).toBe(200);

    expect(query.mock.calls.filter(([text]) => text.includes("avg(given.stars)"))).toHaveLength(1);
    query.mockRestore();
  });

  test("that is taken off the net, unknown or another's shows nothing", async () => {
    const widget = await makeWidget();
    expect((await stranger.ask("PATCH", `/api/review-widgets/${widget.id}`, { name: "x" })).status).toBe(404);
    expect((await stranger.ask("GET", "/api/review-widgets")).body).toEqual({ items: [] });
    expect((await organisation.manager.ask("PATCH", `/api/review-widgets/${widget.id}`, { isPublished: false })).body).toMatchObject({ isPublished: false, settings: { most: 12 } });

    for (const suffix of ["", "/data.json", "/embed.js"]) expect((await see(widget.url, suffix)).status).toBe(404);
    expect((await installation.nobody.ask("GET", "/published-reviews/..%2f..%2fetc")).status).toBe(404);
    expect((await organisation.manager.ask("PATCH", `/api/review-widgets/${widget.id}`, { settings: { accent: "red;}" } })).status).toBe(400);
    expect((await organisation.manager.ask("DELETE", `/api/review-widgets/${widget.id}`)).status).toBe(204);
  });
});
