import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { irrelevantQuestions, publishSurvey } from "../feedback.make.ts";
import type { Survey } from "../surveys/surveys.contract.ts";
import { makeDistribution, setPolicy, startDistribution } from "./distributions.make.ts";
import { twilioSignedText } from "./gateways.rules.ts";
import { SentText, TextGateway } from "./texts.contract.ts";

type Asked = { path: string; headers: IncomingMessage["headers"]; body: string };
let gateway: Server;
let address = "";
const asked: Asked[] = [];
let status = 201;
let beforeReply = async (_body: string): Promise<void> => undefined;
let installation: Installation;
let organisation: Organisation;
let survey: Survey;

beforeAll(async () => {
  gateway = createServer((request, reply) => {
    let body = "";
    request.on("data", (piece) => (body += String(piece)));
    request.on("end", () => {
      asked.push({ path: request.url ?? "", headers: request.headers, body });
      void beforeReply(body).then(() => reply.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ sid: `SM${asked.length}` })));
    });
  });
  await new Promise<void>((ready) => gateway.listen(0, "127.0.0.1", ready));
  address = `127.0.0.1:${portOf(gateway.address())}`;
  installation = await makeInstallation({ environment: { OUTSIDE_HOSTS_ALLOWED: address } });
  organisation = await installation.makeOrganisation("Corner Shop");
  await setPolicy(organisation, { quietHours: null, holdOutPercent: 0, isOn: true });
  survey = await publishSurvey(organisation.manager, { questions: irrelevantQuestions.slice(0, 1) });
});
afterAll(async () => {
  await installation.stop();
  await new Promise((done) => gateway.close(done));
});

const portOf = (at: AddressInfo | string | null): number => (at === null || typeof at === "string" ? 0 : at.port);
let numbers = 100;
const somebody = (): string => `+4915110000${(numbers += 1)}`;
const ask = async (phone: string, settings: Record<string, unknown> = {}) => {
  const made = await makeDistribution(organisation.manager, { surveyId: survey.id, addresses: [phone], settings: { channel: "text", ...settings } });
  return startDistribution(organisation.manager, made.id);
};
const textsTo = async (phone: string): Promise<SentText[]> =>
  z.object({ items: z.array(SentText) }).parse((await organisation.manager.ask("GET", "/api/texts?limit=100")).body).items.filter((text) => text.phone === phone);
const sentTo = (phone: string) => vi.waitFor(async () => {
  const [text] = await textsTo(phone);
  expect(["sent", "delivered", "failed"]).toContain(text?.state);
  return text;
}, { timeout: 20_000, interval: 100 });
const hookPath = async (kind: string): Promise<string> => {
  const shown = TextGateway.parse((await organisation.admin.ask("GET", "/api/text-gateway")).body);
  return new URL(shown.hookUrl ?? "http://irrelevant.example").pathname.replace(/replies$/, kind);
};
const form = { "content-type": "application/x-www-form-urlencoded" };

describe("the fake gateway", () => {
  test("keeps what would have been sent, with a link that answers", async () => {
    const phone = somebody();
    await ask(phone, { text: { body: { en: "How was it? {{link}} Thanks" } } });

    const text = await sentTo(phone);

    expect(text).toMatchObject({ state: "delivered", segments: 1, body: expect.stringMatching(/^How was it\? http:\S+\/i\/[\w-]{44} Thanks$/) });
    const path = /\/i\/[\w-]{44}/.exec(text?.body ?? "")?.[0] ?? "";
    expect(await installation.nobody.ask("GET", path)).toMatchObject({ status: 200, text: expect.stringContaining("How likely are you to recommend us?") });
    expect(await installation.nobody.ask("POST", path, "q.nps=9", form)).toMatchObject({ status: 303 });
    const responses = await organisation.manager.ask("GET", `/api/responses?surveyId=${survey.id}&state=complete`);
    expect(responses.body).toMatchObject({ items: [{ subject: `phone:${phone}`, channel: "text", outcome: "counted" }] });
  });
});

describe("a gateway like Twilio", () => {
  test("gets form, basic authentication and the address to report to; its secret never comes back", async () => {
    const saved = await organisation.admin.ask("PUT", "/api/text-gateway", { kind: "twilio", secret: "very secret", twilio: { accountSid: "AC1", from: "+4930123", baseUrl: `http://${address}` } });
    expect(saved.body).toMatchObject({ kind: "twilio", hasSecret: true });
    const { rows } = await installation.services.db.query("select secrets from feedback.text_gateways where workspace_id = $1", [organisation.workspaceId]);
    const shown = [saved.text, (await organisation.admin.ask("GET", "/api/text-gateway")).text, (await organisation.owner.ask("GET", "/api/audit")).text, JSON.stringify(rows)].join();
    expect(shown).not.toContain("very secret");
    const elsewhere = await organisation.admin.ask("PUT", "/api/text-gateway", { kind: "twilio", twilio: { accountSid: "AC1", from: "+4930123", baseUrl: "https://elsewhere.example" } });
    expect(elsewhere).toMatchObject({ status: 400, body: { error: { code: "secret_of_another_address" } } });
    const phone = somebody();
    await ask(phone);

    await sentTo(phone);

    const request = asked.at(-1);
    expect(request?.path).toBe("/2010-04-01/Accounts/AC1/Messages.json");
    expect(Buffer.from(String(request?.headers.authorization).replace("Basic ", ""), "base64").toString()).toBe("AC1:very secret");
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({ To: phone, From: "+4930123", Body: expect.stringContaining("/i/"), StatusCallback: expect.stringContaining("/text-hooks/") });
  });

  test("reports deliveries only with its signature", async () => {
    const phone = somebody();
    await ask(phone);
    await sentTo(phone);
    const path = await hookPath("status");
    const body = new URLSearchParams({ MessageSid: `SM${asked.length}`, MessageStatus: "delivered" });
    const signature = createHmac("sha1", "very secret").update(twilioSignedText(`${installation.services.baseUrl()}${path}`, body)).digest("base64");

    expect((await installation.nobody.ask("POST", path, body.toString(), { ...form, "x-twilio-signature": "wrong" })).status).toBe(404);
    expect((await textsTo(phone))[0]?.state).toBe("sent");
    expect((await installation.nobody.ask("POST", path, body.toString(), { ...form, "x-twilio-signature": signature })).status).toBe(200);
    expect((await textsTo(phone))[0]?.state).toBe("delivered");
  });

  test("is heard when it reports before it has answered that it took the message", async () => {
    const phone = somebody();
    const statuses: number[] = [];
    beforeReply = async (sent) => {
      const { pathname, search } = new URL(new URLSearchParams(sent).get("StatusCallback") ?? "");
      const body = new URLSearchParams({ MessageSid: "SM-early", MessageStatus: "delivered" });
      const signature = createHmac("sha1", "very secret").update(twilioSignedText(`${installation.services.baseUrl()}${pathname}${search}`, body)).digest("base64");
      for (const address of [`${pathname}${search}`, `${pathname}${search}0`]) {
        statuses.push((await installation.nobody.ask("POST", address, body.toString(), { ...form, "x-twilio-signature": signature })).status);
      }
    };
    await ask(phone);

    await vi.waitFor(async () => expect(asked.at(-1)?.body).toContain(encodeURIComponent(phone)), { timeout: 20_000, interval: 100 });
    await vi.waitFor(async () => {
      const { rows } = await installation.services.db.query("select from feedback.texts where phone = $1 and provider_id is not null", [phone]);
      expect(rows).toHaveLength(1);
    }, { timeout: 20_000, interval: 100 });

    beforeReply = async () => undefined;
    expect(statuses).toEqual([200, 404]);
    expect(await textsTo(phone)).toMatchObject([{ state: "delivered" }]);
  });

  test("takes STOP as a word for ever, until START", async () => {
    const phone = somebody();
    const path = await hookPath("replies");
    const say = (text: string) => {
      const body = new URLSearchParams({ From: phone, Body: text });
      const signature = createHmac("sha1", "very secret").update(twilioSignedText(`${installation.services.baseUrl()}${path}`, body)).digest("base64");
      return installation.nobody.ask("POST", path, body.toString(), { ...form, "x-twilio-signature": signature });
    };

    expect((await say("Stop.")).status).toBe(200);

    const stopped = await makeDistribution(organisation.manager, { surveyId: survey.id, addresses: [phone], settings: { channel: "text" } });
    const preview = () => organisation.manager.ask("GET", `/api/distributions/${stopped.id}/preview`);
    expect((await preview()).body).toMatchObject({ wouldBeAsked: 0, notAsked: [{ reason: "do_not_contact", count: 1 }], message: { alphabet: "gsm7", segments: 1 } });
    await say("START");
    expect((await preview()).body).toMatchObject({ wouldBeAsked: 1 });
  });
});

describe("a person who wants no more", () => {
  test("is heard while everybody else behind the gateway's address has used it up", async () => {
    const [path, phone] = [await hookPath("replies"), somebody()];
    const from = { ...form, "x-forwarded-for": "203.0.113.77" };
    const body = new URLSearchParams({ From: phone, Body: "STOP" });
    const signature = createHmac("sha1", "very secret").update(twilioSignedText(`${installation.services.baseUrl()}${path}`, body)).digest("base64");
    let page = await installation.nobody.ask("GET", "/i/irrelevant", undefined, from);
    for (let count = 0; count < 400 && page.status !== 429; count += 1) page = await installation.nobody.ask("GET", "/i/irrelevant", undefined, from);

    expect(page).toMatchObject({ status: 429, headers: { "content-type": "text/html; charset=utf-8", "retry-after": expect.any(String) }, text: expect.stringContaining("Please wait a minute") });
    // Several at once: room for one may have come back since the last refusal.
    const unsigned = await Promise.all([1, 2, 3].map(() => installation.nobody.ask("POST", path, body.toString(), { ...from, "x-twilio-signature": "wrong" })));
    expect(unsigned.map((reply) => reply.status)).toContain(429);
    expect((await installation.nobody.ask("POST", path, body.toString(), { ...from, "x-twilio-signature": signature })).status).toBe(200);
  });
});

describe("a gateway of one's own", () => {
  test("gets address, headers and body as written, with values escaped for their place", async () => {
    const template = { url: `http://${address}/send?to={{to}}`, method: "POST", headers: { "x-key": "{{secret}}" }, body: "{\"text\": \"{{text}}\", \"id\": \"{{id}}\"}" };
    expect((await organisation.admin.ask("PUT", "/api/text-gateway", { kind: "http", secret: "other secret", http: template })).status).toBe(200);
    const phone = somebody();
    await ask(phone, { text: { body: { en: "Say \"hi\"\nnow" } } });

    await sentTo(phone);

    const request = asked.at(-1);
    expect(request).toMatchObject({ path: `/send?to=${encodeURIComponent(phone)}`, headers: { "x-key": "other secret", "content-type": "application/json" } });
    expect(JSON.parse(request?.body ?? "")).toMatchObject({ text: expect.stringMatching(/^Say "hi"\nnow http/) });
  });

  test("is asked to report again what it reports under a name nobody can know yet", async () => {
    const [phone, path] = [somebody(), await hookPath("status")];
    const statuses: number[] = [];
    const report = async () => statuses.push((await installation.nobody.ask("POST", path, "id=SM-own&status=delivered", form)).status);
    beforeReply = async () => void (await report());
    await ask(phone);
    await sentTo(phone);
    beforeReply = async () => undefined;

    await report();

    expect(statuses).toEqual([503, 200]);
  });

  test("inside the private network is not asked", async () => {
    await organisation.admin.ask("PUT", "/api/text-gateway", { kind: "http", secret: "irrelevant", http: { url: "http://169.254.169.254/latest", body: "x" } });
    const phone = somebody();
    await ask(phone);

    expect(await sentTo(phone)).toMatchObject({ state: "failed", error: expect.stringContaining("private network") });
  });

  test("that refuses a message fails it, and the mail is sent instead where there is one", async () => {
    await organisation.admin.ask("PUT", "/api/text-gateway", { kind: "http", secret: "irrelevant", http: { url: `http://${address}/send`, body: "x" } });
    status = 400;
    const phone = somebody();
    const key = await installation.makeWriteKey(organisation);
    await installation.nobody.ask("POST", "/v1/identify", { userId: phone, traits: { phone, email: `${phone.slice(1)}@mail.example` } }, { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });
    await installation.settle();
    // Known by both, or there would be no other way to take.
    await vi.waitFor(async () => expect((await organisation.manager.ask("GET", `/api/customers?who=all&search=${phone.slice(1)}@mail.example`)).text).toContain("@mail.example"), { timeout: 20_000, interval: 200 });

    const made = await ask(phone, { channel: "text_then_email" });

    await vi.waitFor(async () => {
      const invitations = await organisation.manager.ask("GET", `/api/distributions/${made.id}/invitations`);
      expect(invitations.body).toMatchObject({ items: [{ channel: "email", state: expect.stringMatching(/^(sent|delivered)$/), address: `${phone.slice(1)}@mail.example` }] });
    }, { timeout: 20_000, interval: 500 });
    status = 201;
  }, 120_000);

  test("is set by admins only", async () => {
    expect((await organisation.manager.ask("PUT", "/api/text-gateway", { kind: "fake" })).status).toBe(403);
  });
});
