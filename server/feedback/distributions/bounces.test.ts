import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeMailServer } from "../../platform/mail/smtp.make.ts";
import type { TestMailServer } from "../../platform/mail/smtp.make.ts";
import { publishSurvey } from "../feedback.make.ts";
import type { Survey } from "../surveys/surveys.contract.ts";
import { awaitMail, makeDistribution, setPolicy, startDistribution } from "./distributions.make.ts";

let server: TestMailServer;
let installation: Installation;
let organisation: Organisation;
let survey: Survey;
let key: string;

beforeAll(async () => {
  server = await makeMailServer();
  installation = await makeInstallation({ environment: { SMTP_URL: server.url, MAIL_FROM: "Shop <hello@example.com>", MAIL_BOUNCES: "returned@example.com" } });
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
