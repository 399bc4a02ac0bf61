import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeMailServer } from "../../platform/mail/smtp.make.ts";
import type { TestMailServer } from "../../platform/mail/smtp.make.ts";
import { irrelevantQuestions, publishSurvey } from "../feedback.make.ts";
import type { Survey } from "../surveys/surveys.contract.ts";
import { Distribution, Invitation } from "./distributions.contract.ts";
import { distributionsJobs } from "./distributions.jobs.ts";
import { awaitMail, confirm, linksIn, makeDistribution, makeSettings, pathOf, setPolicy, startDistribution } from "./distributions.make.ts";

let server: TestMailServer;
let installation: Installation;
let organisation: Organisation;
let manager: Client;
let survey: Survey;
let short: Survey;

beforeAll(async () => {
  server = await makeMailServer();
  installation = await makeInstallation({ environment: { SMTP_URL: server.url, MAIL_FROM: "Shop <hello@example.com>" } });
  organisation = await installation.makeOrganisation("Corner Shop");
  manager = organisation.manager;
  // No quiet hours: tests run at night as well.
  await setPolicy(organisation, { quietHours: null, holdOutPercent: 0 });
  survey = await publishSurvey(manager, { languages: ["en", "de"] }, "Relationship");
  short = await publishSurvey(manager, { questions: irrelevantQuestions.slice(0, 1) }, "Short");
});
afterAll(async () => {
  await installation.stop();
  await server.stop();
});

let people = 0;
const somebody = (): string => `customer${(people += 1)}@mail.example`;
const show = async (id: string): Promise<Distribution> => Distribution.parse((await manager.ask("GET", `/api/distributions/${id}`)).body);
const invitationsOf = async (id: string): Promise<Invitation[]> =>
  z.object({ items: z.array(Invitation) }).parse((await manager.ask("GET", `/api/distributions/${id}/invitations`)).body).items;
const responsesOf = async (surveyId: string, state = "complete"): Promise<{ subject: string | null; channel: string; source: string | null; outcome: string; flags: string[] }[]> =>
  z.object({ items: z.array(z.object({ subject: z.string().nullable(), channel: z.string(), source: z.string().nullable(), outcome: z.string(), flags: z.array(z.string()) })) })
    .parse((await manager.ask("GET", `/api/responses?surveyId=${surveyId}&state=${state}&limit=100`)).body).items;
const ask = async (address: string, given: { surveyId?: string; settings?: Record<string, unknown> } = {}): Promise<Distribution> => {
  const made = await makeDistribution(manager, { surveyId: given.surveyId ?? survey.id, addresses: [address], settings: given.settings ?? {} });
  return startDistribution(manager, made.id);
};
/** Some seconds pass after answers by links: what is decided about them then is decided now. */
const settleAnswers = async (): Promise<void> => {
  const { rows } = await installation.services.db.query<{ payload: unknown }>("select payload from graphile_worker._private_jobs where key like 'settle %'");
  for (const { payload } of rows) await distributionsJobs.find(({ name }) => name === "distributions.settle")?.run({ services: installation.services, payload, attempt: 1 });
};

describe("an invitation by mail", () => {
  test("asks the first question in the mail, in words as well, and says how to stop", async () => {
    const address = somebody();
    await ask(address);

    const mail = await awaitMail(server, address);

    expect(mail).toMatchObject({ from: { name: "Corner Shop", address: "hello@example.com" }, subject: "How was it with Corner Shop?" });
    expect(linksIn(mail).filter(({ url }) => url.includes("?q=nps")).map(({ label }) => label)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    expect(mail.text).toContain("How likely are you to recommend us?");
    expect(mail.text).toMatch(/9: http\S+\?q=nps&a=9/);
    expect(mail.html).not.toMatch(/<img|<script|https?:\/\/(?!127\.0\.0\.1)/);
    const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
    expect(headers.get("list-unsubscribe")).toMatch(/^<http.+\/unsubscribe>$/);
    expect(headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    expect(server.received.find(({ to }) => to.includes(address))?.from).toMatch(/^hello\+b[0-9a-f]{38}@example\.com$/);
  });

  test("records nothing when its links are opened, and one answer once it is confirmed", async () => {
    const address = somebody();
    const made = await ask(address, { surveyId: short.id });
    const nine = linksIn(await awaitMail(server, address)).find(({ label }) => label === "9")?.url ?? "";

    const opened = await installation.nobody.ask("GET", pathOf(nine));

    expect(opened).toMatchObject({ status: 200, text: expect.stringContaining("How likely are you to recommend us?") });
    expect((await invitationsOf(made.id))[0]).toMatchObject({ answeredAt: null });
    expect(await responsesOf(short.id, "partial")).toEqual([]);

    expect(await confirm(installation, nine)).toMatchObject({ status: 303, headers: { location: expect.stringContaining("/thanks") } });
    await confirm(installation, nine);
    await settleAnswers();
    await vi.waitFor(async () => expect(await responsesOf(short.id)).toEqual([{ subject: `email:${address}`, channel: "email", source: "Irrelevant wave", outcome: "counted", flags: [] }]), { timeout: 30_000, interval: 300 });
    expect((await show(made.id)).counts).toMatchObject({ invited: 1, clicked: 1, answered: 1 });
    expect(await installation.nobody.ask("GET", pathOf(nine))).toMatchObject({ status: 200, text: expect.stringContaining("answered already") });
  });

  test("leads on to the further questions of the same response, also without a script", async () => {
    const address = somebody();
    const made = await ask(address);
    const five = linksIn(await awaitMail(server, address)).find(({ label }) => label === "5")?.url ?? "";

    const confirmed = await confirm(installation, five);
    const location = String(confirmed.headers["location"]);
    const page = await installation.nobody.ask("GET", location);

    expect(location).toMatch(/^\/i\//);
    expect(page.text).toContain("Why?");
    expect(page.text).toMatch(/value="5"[^>]*checked/);
    const form = new URLSearchParams({ "q.nps": "5", "q.why": "Too slow" });
    expect(await installation.nobody.ask("POST", location, form.toString(), { "content-type": "application/x-www-form-urlencoded" })).toMatchObject({ status: 303 });
    const { items } = z.object({ items: z.array(z.object({ subject: z.string().nullable(), answers: z.array(z.object({ words: z.string() })) })) })
      .parse((await manager.ask("GET", `/api/responses?surveyId=${survey.id}&state=complete`)).body);
    expect(items.filter(({ subject }) => subject === `email:${address}`)).toMatchObject([{ answers: [{ words: expect.stringContaining("5") }, { words: "Too slow" }] }]);
    await vi.waitFor(async () => expect((await show(made.id)).counts.answered).toBe(1));
  });

  test("cut off, changed or of a stranger leads to a page that says so", async () => {
    const address = somebody();
    await ask(address);
    const url = pathOf(linksIn(await awaitMail(server, address))[0]?.url ?? "").split("?")[0] ?? "";

    for (const wrong of [url.slice(0, -3), `${url.slice(0, -1)}${url.endsWith("A") ? "B" : "A"}`, "/i/nonsense"]) {
      expect(await installation.nobody.ask("GET", wrong)).toMatchObject({ status: 404, text: expect.stringContaining("does not work") });
      expect((await installation.nobody.ask("POST", wrong, "q=nps&a=9", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(404);
    }
  });

  test("shows hostile words of members and customers as words", async () => {
    const address = somebody();
    await ask(address, { settings: { email: { subject: { en: "Hi <b>\r\nBcc: x@y.z" }, intro: { en: "<script>alert(1)</script> \"quoted\"" }, senderName: "A <b> \"B\"" } } });

    const mail = await awaitMail(server, address);

    expect(mail.html).not.toMatch(/<script>|<b>/);
    expect(mail.html).toContain("&#60;script&#62;");
    expect(mail.subject).toBe("Hi <b> Bcc: x@y.z");
    expect(mail.bcc ?? []).toEqual([]);
  });
});

describe("a program that follows every link", () => {
  test("of a mail at once has its answer kept and not counted, and the person can still answer", async () => {
    const address = somebody();
    const made = await ask(address, { surveyId: short.id });
    const links = linksIn(await awaitMail(server, address));

    for (const { url } of links) await installation.nobody.ask("GET", pathOf(url));
    await confirm(installation, links.find(({ label }) => label === "3")?.url ?? "");

    expect((await responsesOf(short.id, "partial")).filter(({ outcome }) => outcome === "flagged")).toMatchObject([{ subject: null, flags: ["hidden_link", "many_links"] }]);
    expect((await show(made.id)).counts).toMatchObject({ answered: 0 });
    await installation.services.db.query("update feedback.invitation_clicks set at = at - interval '1 hour'");
    await confirm(installation, links.find(({ label }) => label === "10")?.url ?? "");
    await settleAnswers();
    await vi.waitFor(async () => expect((await responsesOf(short.id)).filter(({ subject }) => subject === `email:${address}`)).toMatchObject([{ outcome: "counted" }]), { timeout: 30_000, interval: 300 });
  });

  test("and confirms first is found out some seconds later", async () => {
    const address = somebody();
    const made = await ask(address, { surveyId: short.id });
    const links = linksIn(await awaitMail(server, address)).filter(({ url }) => url.includes("?q="));

    await confirm(installation, links[0]?.url ?? "");
    for (const { url } of links) await installation.nobody.ask("GET", pathOf(url));
    await settleAnswers();

    await vi.waitFor(async () => expect((await show(made.id)).counts.answered).toBe(0), { timeout: 30_000, interval: 300 });
    expect((await responsesOf(short.id, "partial")).some(({ flags, outcome }) => outcome === "flagged" && flags.join() === "many_links")).toBe(true);
  });
});

describe("whoever wants no more", () => {
  test("is asked no more by one press of the mail program's button", async () => {
    const address = somebody();
    const made = await ask(address, { settings: { reminders: { count: 2, afterDays: 1 } } });
    const mail = await awaitMail(server, address);
    const url = /<(.+)>/.exec(mail.headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "")?.[1] ?? "";

    const reply = await installation.nobody.ask("POST", pathOf(url), "List-Unsubscribe=One-Click", { "content-type": "application/x-www-form-urlencoded" });

    expect(reply.status).toBe(200);
    expect((await invitationsOf(made.id))[0]).toMatchObject({ state: "unsubscribed", nextAt: null });
    const again = await ask(address);
    await vi.waitFor(async () => expect(await show(again.id)).toMatchObject({ state: "finished", counts: { invited: 0, notAsked: 1 }, reasons: [{ reason: "do_not_contact", count: 1 }] }), { timeout: 20_000 });
  });

  test("chooses on a page, and takes it back there", async () => {
    const address = somebody();
    await ask(address);
    const url = pathOf(linksIn(await awaitMail(server, address)).find(({ label }) => label === "No more mails like this")?.url ?? "");

    expect((await installation.nobody.ask("GET", url)).text).toContain("Choose what Corner Shop should no longer send to you.");
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect((await installation.nobody.ask("POST", url, "channel=all", form)).text).toContain("Take it back");
    expect((await installation.nobody.ask("POST", url, "allow=all", form)).text).toContain("Taken back");
    const preview = await makeDistribution(manager, { surveyId: short.id, addresses: [address] });
    expect((await manager.ask("GET", `/api/distributions/${preview.id}/preview`)).text).not.toContain("do_not_contact");
  });
});

describe("an answer", () => {
  test("that came by another way counts as answered for the contact policy, too", async () => {
    const address = somebody();
    const link = z.object({ url: z.string() }).parse((await manager.ask("POST", `/api/surveys/${short.id}/links`, { identifier: `email:${address}` })).body).url;
    const save = { id: crypto.randomUUID(), slug: short.slug, version: 1, revision: 1, language: "en", isComplete: true, answers: { nps: { number: 9 } }, channel: "web", link: new URL(link).searchParams.get("c") };

    expect((await installation.nobody.ask("POST", "/api/public/responses", save)).status).toBe(200);

    await vi.waitFor(async () => {
      const { rows } = await installation.services.db.query("select from feedback.responses where id = $1", [save.id]);
      expect(rows).toHaveLength(1);
      const ledger = await manager.ask("GET", "/api/contact-ledger?decision=answered&limit=100");
      expect(ledger.text).toContain(short.id);
    }, { timeout: 20_000 });
  });
});

describe("an erased person", () => {
  test("leaves no invitation, address or message behind", async () => {
    const address = somebody();
    const key = await installation.makeWriteKey(organisation);
    await installation.nobody.ask("POST", "/v1/identify", { userId: address, messageId: address, traits: { email: address, name: `Erased ${address}` } }, { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });
    await installation.settle();
    await ask(address);
    await awaitMail(server, address);
    const found = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }).parse((await manager.ask("GET", "/api/customers?limit=100")).body).items;
    const customer = found.find(({ name }) => name.includes(address));

    expect((await organisation.owner.ask("POST", `/api/customers/${customer?.id}/erasure`, { isConfirmed: true })).status).toBe(200);

    const { db } = installation.services;
    const left = async () => (await db.query<{ count: number }>(
      "select (select count(*) from feedback.invitations where email = $1) + (select count(*) from feedback.distribution_addresses where address = $1) as count", [address])).rows[0]?.count;
    await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 20_000 });
  });
});

describe("a distribution", () => {
  test("previews whom it would ask without asking anybody", async () => {
    const [asked, stopped] = [somebody(), somebody()];
    await ask(stopped);
    const url = pathOf(linksIn(await awaitMail(server, stopped)).find(({ label }) => label.startsWith("No more"))?.url ?? "");
    await installation.nobody.ask("POST", url, "channel=email", { "content-type": "application/x-www-form-urlencoded" });
    const made = await makeDistribution(manager, { surveyId: survey.id, addresses: [asked, stopped, "+4915112345678"] });

    const preview = await manager.ask("GET", `/api/distributions/${made.id}/preview?language=de`);

    expect(preview.body).toMatchObject({
      people: 3, looked: 3, wouldBeAsked: 1, notAsked: expect.arrayContaining([{ reason: "do_not_contact", count: 1 }, { reason: "no_address", count: 1 }]),
      mail: { subject: "Wie war es bei Corner Shop?", html: expect.stringContaining("Sehr wahrscheinlich") }, message: null,
    });
    expect((await show(made.id)).counts).toMatchObject({ planned: 0, invited: 0 });
    expect(server.received.some(({ to }) => to.includes(asked))).toBe(false);
  });

  test("sends a test that belongs to nobody", async () => {
    const made = await makeDistribution(manager, { surveyId: survey.id, addresses: [somebody()] });

    expect((await manager.ask("POST", `/api/distributions/${made.id}/tests`, { address: "me@example.com" })).status).toBe(202);

    expect(await awaitMail(server, "me@example.com")).toMatchObject({ subject: "[Test] How was it with Corner Shop?", html: expect.stringContaining(`/s/${survey.slug}`) });
  });

  test("reminds those who have not answered, and only them", async () => {
    const [answered, silent] = [somebody(), somebody()];
    const made = await makeDistribution(manager, { surveyId: short.id, addresses: [answered, silent], settings: { reminders: { count: 1, afterDays: 3 } } });
    await startDistribution(manager, made.id);
    await confirm(installation, linksIn(await awaitMail(server, answered)).find(({ label }) => label === "8")?.url ?? "");
    await awaitMail(server, silent);

    await installation.services.db.query("update feedback.invitations set next_at = now() where distribution_id = $1 and next_at is not null", [made.id]);
    await manager.ask("POST", `/api/distributions/${made.id}/pause`);
    await startDistribution(manager, made.id);

    expect(await awaitMail(server, silent, 2)).toMatchObject({ subject: "A reminder: how was it with Corner Shop?" });
    await vi.waitFor(async () => expect((await show(made.id)).state).toBe("finished"), { timeout: 20_000 });
    expect(server.received.filter(({ to }) => to.includes(answered))).toHaveLength(1);
  });

  test("pauses, goes on and stops", async () => {
    const made = await makeDistribution(manager, { surveyId: survey.id, addresses: [somebody()], settings: { schedule: { kind: "at", at: "2100-01-01T08:00:00Z" } } });

    expect(await startDistribution(manager, made.id)).toMatchObject({ state: "running", nextWaveAt: "2100-01-01T08:00:00.000Z" });
    expect((await manager.ask("POST", `/api/distributions/${made.id}/pause`)).body).toMatchObject({ state: "paused" });
    expect(await startDistribution(manager, made.id)).toMatchObject({ state: "running" });
    expect((await manager.ask("POST", `/api/distributions/${made.id}/stop`)).body).toMatchObject({ state: "stopped", nextWaveAt: null });
    expect(await manager.ask("POST", `/api/distributions/${made.id}/start`)).toMatchObject({ status: 409, body: { error: { code: "distribution_state_wrong" } } });
    expect((await manager.ask("POST", `/api/distributions/${made.id}/copies`)).body).toMatchObject({ state: "draft", addressCount: 1 });
  });

  test("triggered by what customers do asks whoever did it, once for each time", async () => {
    const made = await makeDistribution(manager, { surveyId: short.id, settings: { schedule: { kind: "triggered", interaction: "Parcel *" }, email: { subject: { en: "Hi {{trait.firstName|there}}, {{trait.unknown|your}} parcel" } } } });
    await startDistribution(manager, made.id);
    const key = await installation.makeWriteKey(organisation);
    const authorization = `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
    const address = somebody();
    await installation.nobody.ask("POST", "/v1/identify", { userId: "trigger-1", messageId: "t1", traits: { email: address, firstName: "<i>Ada</i>" } }, { authorization });
    for (let repeat = 0; repeat < 2; repeat += 1) await installation.nobody.ask("POST", "/v1/track", { userId: "trigger-1", event: "Parcel Delivered", messageId: "t2" }, { authorization });
    await installation.nobody.ask("POST", "/v1/track", { userId: "trigger-1", event: "Something Else", messageId: "t3" }, { authorization });
    await manager.ask("POST", `/api/distributions/${made.id}/pause`);
    await startDistribution(manager, made.id);

    expect(await awaitMail(server, address)).toMatchObject({ subject: "Hi <i>Ada</i>, your parcel" });

    expect(await invitationsOf(made.id)).toMatchObject([{ address, state: expect.stringMatching(/sent|delivered/) }]);
  });

  test("is prepared by managers, seen by agents, and unknown to strangers", async () => {
    const stranger = (await installation.makeOrganisation()).owner;
    const made = await makeDistribution(manager, { surveyId: survey.id, addresses: [somebody()] });

    expect((await organisation.agent.ask("GET", `/api/distributions/${made.id}`)).status).toBe(200);
    expect((await organisation.agent.ask("POST", `/api/distributions/${made.id}/start`)).status).toBe(403);
    for (const [method, path] of [["GET", ""], ["PATCH", ""], ["DELETE", ""], ["POST", "/start"], ["POST", "/pause"], ["POST", "/stop"], ["POST", "/copies"], ["GET", "/preview"], ["GET", "/invitations"]] as const) {
      expect((await stranger.ask(method, `/api/distributions/${made.id}${path}`, method === "PATCH" ? { name: "Mine" } : undefined)).status).toBe(404);
    }
    expect((await stranger.ask("POST", "/api/distributions", { surveyId: survey.id, name: "Mine", settings: makeSettings() })).status).toBe(404);
  });
});
