import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeMailServer } from "../../platform/mail/smtp.make.ts";
import type { TestMailServer } from "../../platform/mail/smtp.make.ts";
import { USER, makeImapServer } from "../../platform/mailbox/imap-server.make.ts";
import { publishSurvey } from "../feedback.make.ts";
import type { Survey } from "../surveys/surveys.contract.ts";
import { noteDeliveries, noteFailedText } from "./bounces.ts";
import { Distribution } from "./distributions.contract.ts";
import { awaitMail, makeDistribution, setPolicy, startDistribution } from "./distributions.make.ts";
import { SentText } from "./texts.contract.ts";

let server: TestMailServer;
let installation: Installation;
let organisation: Organisation;
let survey: Survey;
let key: string;

beforeAll(async () => {
  server = await makeMailServer();
  installation = await makeInstallation({ environment: { SMTP_URL: server.url, MAIL_FROM: "Shop <hello@example.com>", MAIL_BOUNCES: "returned@example.com", OUTSIDE_HOSTS_ALLOWED: "127.0.0.1" } });
  organisation = await installation.makeOrganisation();
  await setPolicy(organisation, { quietHours: null, holdOutPercent: 0 });
  survey = await publishSurvey(organisation.manager);
  key = await installation.makeApiKey(organisation, ["distributions.write"]);
});
afterAll(async () => {
  await installation.stop();
  await server.stop();
});

const ask = async (address: string) => {
  const made = await makeDistribution(organisation.manager, { surveyId: survey.id, addresses: [address] });
  await startDistribution(organisation.manager, made.id);
  return made;
};
const returnPathOf = async (address: string): Promise<string> => {
  await awaitMail(server, address);
  return server.received.find(({ to }) => to.includes(address))?.from ?? "";
};
const notification = (returnPath: string, recipient: string, status: string, action = "failed"): string => [
  "From: MAILER-DAEMON@mx.example", `To: <${returnPath}>`, "Subject: Undelivered Mail Returned to Sender", "MIME-Version: 1.0",
  "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"", "", "--b1", "Content-Type: text/plain", "", "I could not deliver it.", "",
  "--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "", `Final-Recipient: rfc822; ${recipient}`, `Action: ${action}`, `Status: ${status}`,
  `Diagnostic-Code: smtp; 550 ${status} some words`, "", "--b1", "Content-Type: message/rfc822", "", "From: somebody@example.com", "Subject: Encrypted", "", "nothing to read", "", "--b1--", "",
].join("\r\n");
const takeBack = (message: string) => installation.nobody.ask("POST", "/api/mail/bounces", Buffer.from(message), { authorization: `Bearer ${key}`, "content-type": "application/octet-stream" });

describe("a mail that comes back", () => {
  test("for good stops the address, whatever the returned mail holds", async () => {
    const made = await ask("gone@mail.example");
    const path = await returnPathOf("gone@mail.example");
    expect(path).toMatch(/^returned\+b[0-9a-f]{38}@example\.com$/);

    expect(await takeBack(notification(path.toUpperCase(), "gone@mail.example", "5.1.1"))).toMatchObject({ status: 200, body: { outcome: "hard" } });

    expect((await organisation.manager.ask("GET", `/api/distributions/${made.id}`)).body).toMatchObject({ counts: { bounced: 1 } });
    const again = await makeDistribution(organisation.manager, { surveyId: survey.id, addresses: ["gone@mail.example"] });
    expect((await organisation.manager.ask("GET", `/api/distributions/${again.id}/preview`)).body).toMatchObject({ wouldBeAsked: 0, notAsked: [{ reason: "do_not_contact", count: 1 }] });
  });

  test("is found in a mailbox; what a person answered is left there", async () => {
    const inbox = await makeImapServer();
    try {
      const made = await ask("unread@mail.example");
      const path = await returnPathOf("unread@mail.example");
      inbox.deliver(["From: unread@mail.example", `To: ${path}`, "Subject: Re: How was it?", "", "I answer to the wrong address.", ""].join("\r\n"));
      inbox.deliver("From: friend@example.com\r\nSubject: Lunch\r\n\r\nNothing for us.\r\n");
      inbox.deliver(notification(path, "unread@mail.example", "5.1.1"));
      const mailbox = await organisation.admin.ask("POST", "/api/mailboxes", { host: "127.0.0.1", port: inbox.port, encryption: "none", username: USER, password: inbox.password, readsOld: true });

      const polled = await organisation.admin.ask("POST", `/api/mailboxes/${z.object({ id: z.string() }).parse(mailbox.body).id}/polls`);

      expect(polled).toMatchObject({ status: 200, body: { state: "working", taken: 1, left: 2, quarantined: 0 } });
      expect((await organisation.manager.ask("GET", `/api/distributions/${made.id}`)).body).toMatchObject({ counts: { bounced: 1 } });
    } finally {
      await inbox.stop();
    }
  });

  test("for now is counted and stops nothing", async () => {
    const made = await ask("full@mail.example");
    const path = await returnPathOf("full@mail.example");

    expect((await takeBack(notification(path, "full@mail.example", "4.2.2", "delayed"))).body).toMatchObject({ outcome: "soft" });
    expect((await takeBack(notification(path, "full@mail.example", "5.2.2"))).body).toMatchObject({ outcome: "soft" });

    expect((await organisation.manager.ask("GET", `/api/distributions/${made.id}`)).body).toMatchObject({ counts: { bounced: 0 } });
  });

  test("with a mark nobody made, of another workspace or without any is left alone", async () => {
    await ask("fine@mail.example");
    const path = await returnPathOf("fine@mail.example");
    const stranger = await installation.makeOrganisation();
    const strangersKey = await installation.makeApiKey(stranger, ["distributions.write"]);
    const asStranger = installation.nobody.ask("POST", "/api/mail/bounces", Buffer.from(notification(path, "fine@mail.example", "5.1.1")), {
      authorization: `Bearer ${strangersKey}`, "content-type": "application/octet-stream",
    });

    expect((await takeBack(notification(path.replace(/.{6}@/, "000000@"), "fine@mail.example", "5.1.1"))).body).toEqual({ outcome: "none", invitationId: null });
    expect((await takeBack(notification("somebody@example.com", "fine@mail.example", "5.1.1"))).body).toEqual({ outcome: "none", invitationId: null });
    expect((await asStranger).body).toEqual({ outcome: "none", invitationId: null });
    expect((await takeBack("")).status).toBe(400);
    expect((await installation.nobody.ask("POST", "/api/mail/bounces", Buffer.from("x"), { "content-type": "application/octet-stream" })).status).toBe(401);
  });

  test("refused by the mail server at once counts as come back", async () => {
    server.refuse("nobody@mail.example", 550);
    const made = await ask("nobody@mail.example");

    await vi.waitFor(async () => expect((await organisation.manager.ask("GET", `/api/distributions/${made.id}`)).body).toMatchObject({ counts: { bounced: 1, delivered: 0 } }), { timeout: 90_000, interval: 500 });
  }, 120_000);
});

describe("a person with another way", () => {
  const show = async (id: string) => Distribution.parse((await organisation.manager.ask("GET", `/api/distributions/${id}`)).body);
  const textsTo = async (phone: string): Promise<SentText[]> =>
    z.object({ items: z.array(SentText) }).parse((await organisation.manager.ask("GET", "/api/texts?limit=100")).body).items.filter((text) => text.phone === phone);
  const rowOf = async (id: string) => {
    const { rows } = await installation.services.db.query<{ email: string; nextAt: Date | null; tries: number }>(
      "select email, next_at as \"nextAt\", tries from feedback.invitations where distribution_id = $1", [id]);
    return rows[0];
  };
  const askBoth = async (email: string, phone: string, settings: Record<string, unknown> = {}) => {
    const write = await installation.makeWriteKey(organisation);
    await installation.nobody.ask("POST", "/v1/identify", { userId: email, traits: { email, phone } }, { authorization: `Basic ${Buffer.from(`${write}:`).toString("base64")}` });
    await installation.settle();
    await vi.waitFor(async () => expect((await organisation.manager.ask("GET", `/api/customers?who=all&search=${email}`)).text).toContain(email), { timeout: 20_000, interval: 200 });
    const made = await makeDistribution(organisation.manager, { surveyId: survey.id, addresses: [email], settings: { channel: "email_then_text", ...settings } });
    await startDistribution(organisation.manager, made.id);
    return made;
  };
  const goOn = async (id: string) => {
    await installation.services.db.query("update feedback.invitations set next_at = now() where distribution_id = $1 and next_at is not null", [id]);
    await organisation.manager.ask("POST", `/api/distributions/${id}/pause`);
    await startDistribution(organisation.manager, id);
  };

  test("is asked and reminded by it once the mail is refused for good, and counts as bounced on none", async () => {
    server.refuse("away@mail.example", 550);
    const made = await askBoth("away@mail.example", "+4915120000001", { reminders: { count: 1, afterDays: 3 } });
    await vi.waitFor(async () => {
      await noteDeliveries(installation.services);
      expect(await textsTo("+4915120000001")).toMatchObject([{ state: "delivered" }]);
    }, { timeout: 30_000, interval: 300 });

    await goOn(made.id);

    await vi.waitFor(async () => expect(await textsTo("+4915120000001")).toMatchObject([{ state: "delivered" }, { state: "delivered" }]), { timeout: 20_000, interval: 200 });
    expect(await show(made.id)).toMatchObject({ counts: { invited: 1, bounced: 0, delivered: 1 } });
    expect(await rowOf(made.id)).toMatchObject({ email: "away@mail.example" });
  }, 120_000);

  test("is asked by it once a reminder is refused, although the first mail arrived", async () => {
    const made = await askBoth("moved@mail.example", "+4915120000004", { reminders: { count: 1, afterDays: 3 } });
    await awaitMail(server, "moved@mail.example");
    await vi.waitFor(async () => {
      await noteDeliveries(installation.services);
      expect(await show(made.id)).toMatchObject({ counts: { delivered: 1 } });
    }, { timeout: 20_000, interval: 200 });
    server.refuse("moved@mail.example", 550);

    await goOn(made.id);

    await vi.waitFor(async () => {
      await noteDeliveries(installation.services);
      expect(await textsTo("+4915120000004")).toHaveLength(1);
    }, { timeout: 20_000, interval: 300 });
    expect(await show(made.id)).toMatchObject({ counts: { bounced: 0 } });
  }, 120_000);

  test("is left waiting where the other way has to wait, however often mails are looked at", async () => {
    const day = new Date().getUTCDay();
    // Every day but one far enough away.
    await setPolicy(organisation, { quietHours: { from: "20:00", to: "08:00", days: [0, 1, 2, 4, 5, 6].map((ahead) => ((day + ahead) % 7) || 7), channels: ["text"] } });
    server.refuse("quiet@mail.example", 550);
    const made = await askBoth("quiet@mail.example", "+4915120000002");
    await vi.waitFor(async () => {
      await noteDeliveries(installation.services);
      expect((await rowOf(made.id))?.nextAt?.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
    }, { timeout: 30_000, interval: 300 });
    const before = await rowOf(made.id);

    for (let times = 0; times < 2; times += 1) await noteDeliveries(installation.services);

    expect(await rowOf(made.id)).toEqual(before);
    await setPolicy(organisation, { quietHours: null });
  }, 120_000);

  test("is asked by it once, however often the same mail comes back, and counts as bounced when that way fails as well", async () => {
    const made = await askBoth("returned@mail.example", "+4915120000003");
    const path = await returnPathOf("returned@mail.example");
    await vi.waitFor(async () => {
      await noteDeliveries(installation.services);
      expect(await show(made.id)).toMatchObject({ counts: { delivered: 1 } });
    }, { timeout: 20_000, interval: 200 });

    await takeBack(notification(path, "returned@mail.example", "5.1.1"));
    await vi.waitFor(async () => expect(await textsTo("+4915120000003")).toHaveLength(1), { timeout: 20_000, interval: 200 });
    await vi.waitFor(async () => expect(await show(made.id)).toMatchObject({ state: "finished" }), { timeout: 20_000, interval: 200 });
    const before = await rowOf(made.id);
    expect((await takeBack(notification(path, "returned@mail.example", "5.1.1"))).body).toMatchObject({ outcome: "hard" });
    await noteDeliveries(installation.services);

    expect(await rowOf(made.id)).toEqual(before);
    expect(await show(made.id)).toMatchObject({ state: "finished", counts: { bounced: 0, delivered: 1 } });
    const { rows } = await installation.services.db.query<{ textId: string }>("select text_id as \"textId\" from feedback.invitations where distribution_id = $1", [made.id]);
    await noteFailedText(installation.services, organisation.workspaceId, rows[0]?.textId ?? "");
    expect(await show(made.id)).toMatchObject({ counts: { bounced: 1, delivered: 0 } });
  });
});
