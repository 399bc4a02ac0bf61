import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition } from "../feedback.make.ts";
import { z } from "zod";
import { Survey } from "../surveys/surveys.contract.ts";
import { ShownPlacement, WidgetConfig, WidgetDecision } from "./widgets.contract.ts";

let installation: Installation;
let organisation: Organisation;
let stranger: Organisation;
let key: string;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  stranger = await installation.makeOrganisation();
  key = await makeKey(organisation);
});
afterAll(() => installation.stop());

const makeKey = async (of: Organisation): Promise<string> =>
  z.object({ token: z.string() }).parse((await of.owner.ask("POST", "/api/keys", { kind: "write", name: "Website" })).body).token;
const place = async (placement: Record<string, unknown> = {}, definition: unknown = makeDefinition()): Promise<Survey> => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Website survey", definition })).body);
  const survey = Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
  expect((await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/website`, { isOn: true, triggers: [{ on: "page" }], ...placement })).status).toBe(200);
  return survey;
};
const open = (address: string, headers: Record<string, string> = {}) => installation.nobody.ask("GET", address, undefined, headers);
const decide = async (survey: Survey, who: Record<string, unknown>) =>
  WidgetDecision.parse((await installation.nobody.ask("POST", "/api/public/widget/decision", { key, surveyId: survey.id, ...who })).body);
const displaysOf = async (survey: Survey) => ShownPlacement.parse((await organisation.manager.ask("GET", `/api/surveys/${survey.id}/website`)).body).displays;
const proofOf = async (userId: string): Promise<string> => {
  const { secret } = z.object({ secret: z.string() }).parse((await organisation.admin.ask("GET", "/api/website-identity")).body);
  return createHmac("sha256", secret).update(userId).digest("hex");
};
/** Whom a link was made for: readable in it, but signed. */
const subjectIn = (link: string | null): unknown => JSON.parse(Buffer.from((link ?? "").split(".")[0] ?? "", "base64url").toString("utf8"))[1];
const identify = async (userId: string, plan = "pro"): Promise<void> => {
  await installation.nobody.ask("POST", "/v1/identify", { writeKey: key, userId, messageId: `identify ${userId}`, traits: { plan } });
  await expect.poll(async () => (await installation.services.db.query(
    "select 1 from customers.assignments assignment join customers.identifiers identifier on identifier.id = assignment.identifier_id where identifier.value = $1", [userId])).rowCount).toBe(1);
};

describe("what a website is told", () => {
  test("names published surveys that are placed, and nothing else", async () => {
    const survey = await place({ triggers: [{ on: "scroll", percent: 50 }], addresses: ["/shop/*"], samplePercent: 20 });
    const off = await place({ isOn: false });
    const closed = await place();
    await organisation.manager.ask("POST", `/api/surveys/${closed.id}/closure`);

    const reply = await open(`/api/public/widget?key=${key}`);

    const { surveys } = WidgetConfig.parse(reply.body);
    const names = surveys.map(({ id }) => id);
    expect(names).toContain(survey.id);
    expect(names).not.toContain(off.id);
    expect(names).not.toContain(closed.id);
    expect(surveys.find(({ id }) => id === survey.id)).toMatchObject({ triggers: [{ on: "scroll", percent: 50 }], addresses: ["/shop/*"], samplePercent: 20, isForSegment: false });
    expect(reply.headers).toMatchObject({ "access-control-allow-origin": "*", "cache-control": "public, max-age=60" });
    expect((await open(`/api/public/widget?key=${key}`, { "if-none-match": String(reply.headers["etag"]) })).status).toBe(304);
  });

  test("leaves out a survey outside of its times, and says what must come with the answers", async () => {
    const survey = await place();
    const set = (settings: Record<string, unknown>) => organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, settings);
    const isNamed = async () => WidgetConfig.parse((await open(`/api/public/widget?key=${key}`)).body).surveys.some(({ id }) => id === survey.id);
    const address = `/api/public/widget/survey?key=${key}&slug=${survey.slug}`;

    await set({ protection: { proofOfWork: "light" } });
    const guarded = await open(address);
    await set({ opensAt: "2999-01-01T00:00:00Z" });

    expect(guarded.body).toMatchObject({ sending: { challenge: { text: expect.any(String), bits: expect.any(Number) } } });
    expect(await isNamed()).toBe(false);
    expect((await open(address)).status).toBe(404);
    expect(await decide(survey, { anonymousId: "a1" })).toEqual({ isAllowed: false, link: null });
  });

  test.each(["", "fhw_unknown_key_of_nobody_at_all", "fhk_x", "%00", "'; drop table"])("is refused for the key %j", async (wrong) => {
    expect((await open(`/api/public/widget?key=${encodeURIComponent(wrong)}`)).body).toMatchObject({ error: { code: "write_key_unknown" } });
  });

  test("shows a survey in the language of the page, and to no other workspace's website", async () => {
    const survey = await place({ touchpoint: "Shop" }, makeDefinition({ languages: ["en", "ar"] }));
    const foreignKey = await makeKey(stranger);

    const shown = await open(`/api/public/widget/survey?key=${key}&slug=${survey.slug}&language=ar-EG`);

    expect(shown.body).toMatchObject({ id: survey.id, language: "ar", direction: "rtl", facts: { channel: "widget", touchpoint: "Shop" }, context: { traits: {} } });
    expect((await open(`/api/public/widget/survey?key=${foreignKey}&slug=${survey.slug}`)).status).toBe(404);
  });

  test("answers from other addresses are told what is wrong", async () => {
    const refused = await installation.nobody.ask("POST", "/api/public/responses", { id: "nonsense" });

    expect(refused).toMatchObject({ status: 400, headers: { "access-control-allow-origin": "*" } });
  });
});

describe("whether a survey is shown", () => {
  const Ledger = z.object({ items: z.array(z.object({ channel: z.string(), decision: z.string() })) });
  const ledgerOfWeb = async () => Ledger.parse((await organisation.admin.ask("GET", "/api/contact-ledger")).body).items.filter(({ channel }) => channel === "web");

  test("is decided by the contact policy for whom we know, and written down", async () => {
    await identify("42");
    const first = await place();
    const second = await place();
    const who = { userId: "42", proof: await proofOf("42") };

    const decisions = [await decide(first, who), await decide(first, who), await decide(second, who)];

    // The same survey on the same day is the same question; another one comes too soon.
    expect(decisions.map(({ isAllowed }) => isAllowed)).toEqual([true, true, false]);
    expect((await ledgerOfWeb()).map(({ decision }) => decision).toSorted()).toEqual(["asked", "not_asked"]);
    // A part of the page interrupts nobody: it is neither refused nor counted.
    expect(await decide(second, { ...who, isInline: true })).toEqual({ isAllowed: true, link: expect.any(String) });
    expect(await ledgerOfWeb()).toHaveLength(2);
  });

  test("is always yes for somebody nobody knows, and no when it is for a segment", async () => {
    const open = await place();
    const segmented = await place({ segmentId: "00000000-0000-7000-8000-000000000001" });

    expect(await decide(open, { anonymousId: "a1" })).toMatchObject({ isAllowed: true, link: expect.any(String) });
    expect(await decide(segmented, { anonymousId: "a1" })).toEqual({ isAllowed: false, link: null });
  });

  test("is yes for a member of its segment, and no for a customer who is none", async () => {
    await Promise.all([identify("pro", "gold"), identify("free", "free")]);
    const rule = { match: "all", conditions: [{ kind: "trait", name: "plan", operator: "is", value: "gold" }] };
    const segment = z.object({ id: z.string() }).parse((await organisation.manager.ask("POST", "/api/segments", { kind: "live", name: "Gold", rule })).body);
    const survey = await place({ segmentId: segment.id, kind: "always_on" });

    await expect.poll(async () => (await decide(survey, { userId: "pro", proof: await proofOf("pro") })).isAllowed).toBe(true);
    expect(await decide(survey, { userId: "free", proof: await proofOf("free") })).toEqual({ isAllowed: false, link: null });
    // Whoever only says so learns nothing about who is in it.
    expect(await decide(survey, { userId: "pro" })).toEqual({ isAllowed: false, link: null });
  });

  test("for a user id without proof is as for anybody: nobody is looked up, asked or answered for", async () => {
    await identify("55");
    const survey = await place();
    const before = await ledgerOfWeb();

    const decisions = await Promise.all([decide(survey, { userId: "55" }), decide(survey, { userId: "55", proof: (await proofOf("55")).replace(/.$/, "x") }), decide(survey, { userId: "55", isInline: true })]);
    const withDevice = await decide(survey, { userId: "55", anonymousId: "device-1" });

    expect(decisions).toEqual(Array.from({ length: 3 }, () => ({ isAllowed: true, link: null })));
    expect(subjectIn(withDevice.link)).toBe("anonymous:device-1");
    expect(await ledgerOfWeb()).toEqual(before);
  });

  test("takes a page's word where the workspace says so, but gives traits away to a proof only", async () => {
    await identify("77");
    const plain = await place({ kind: "always_on" });
    const personal = await place({ kind: "always_on" }, makeDefinition({ intro: { en: "Hello {{trait.plan}} customer" } }));
    const proof = await proofOf("77");
    const believe = (isProofNeeded: boolean) => organisation.admin.ask("PUT", "/api/website-identity", { isProofNeeded });

    expect((await believe(false)).body).toMatchObject({ isProofNeeded: false });
    const [unproven, guarded, forged, proven] = await Promise.all([
      decide(plain, { userId: "77" }), decide(personal, { userId: "77" }), decide(personal, { userId: "77", proof: proof.replace(/.$/, "x") }), decide(personal, { userId: "77", proof }),
    ]);
    await believe(true);

    expect(subjectIn(unproven.link)).toBe("user:77");
    expect(guarded).toEqual({ isAllowed: true, link: null });
    expect(forged.link).toBeNull();
    expect((await open(`/s/${personal.slug}?c=${proven.link}`)).text).toContain("Hello pro customer");
    expect((await organisation.manager.ask("PUT", "/api/website-identity", { isProofNeeded: false })).status).toBe(403);
  });
});

test("the test page carries the code of the website and runs nothing from its address", async () => {
  const evil = encodeURIComponent('"><script>alert(1)</script>');

  const page = await open(`/w/test?key=${key}&survey=a1b2c3`);
  const attacked = await open(`/w/test?key=${evil}&survey=${evil}&user=${evil}&proof=${"a".repeat(64)}`);
  const { proof } = z.object({ proof: z.string() }).parse((await organisation.admin.ask("POST", "/api/website-identity/proofs", { userId: "42" })).body);

  expect(page.text).toContain(`src="/w.js" data-key="${key}"`);
  expect(page.text).toContain('firsthand.push(["show","a1b2c3"])');
  expect(attacked.text).not.toContain("<script>alert");
  expect((await open(`/w/test?key=${key}&survey=a1b2c3&user=42&proof=${proof}`)).text).toContain(`["identify",{"userId":"42","proof":"${await proofOf("42")}"}]`);
  expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'nonce-/);
});

describe("displays", () => {
  test("are counted by day and are no answers", async () => {
    const survey = await place();
    const note = (step: string) => installation.nobody.ask("POST", "/api/public/widget/displays", { key, surveyId: survey.id, step });

    await Promise.all([note("shown"), note("shown"), note("started"), note("dismissed")]);

    expect(await displaysOf(survey)).toEqual({ shown: 2, started: 1, completed: 0, dismissed: 1 });
    expect((await organisation.manager.ask("GET", `/api/responses?surveyId=${survey.id}`)).body).toMatchObject({ items: [] });
    expect((await note("liked")).status).toBe(400);
  });

  test("of other workspaces cannot be seen or changed", async () => {
    const survey = await place();

    expect((await stranger.manager.ask("GET", `/api/surveys/${survey.id}/website`)).status).toBe(404);
    expect((await stranger.manager.ask("PUT", `/api/surveys/${survey.id}/website`, { isOn: false })).status).toBe(404);
  });
});
