import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { awaitMail, linksIn, makeDistribution, setPolicy, startDistribution } from "../server/feedback/distributions/distributions.make.ts";
import { publishSurvey } from "../server/feedback/feedback.make.ts";
import type { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { openSession } from "../server/people/sessions/sessions.ts";
import { makeMailServer } from "../server/platform/mail/smtp.make.ts";
import type { TestMailServer } from "../server/platform/mail/smtp.make.ts";
import { listFaults, listFaultsOfLook, openWatchedPage, seeAll } from "./watched-page.ts";
import type { WatchedPage } from "./watched-page.ts";

let server: TestMailServer;
let installation: Installation;
let organisation: Organisation;
let watched: WatchedPage;
let page: Page;
let survey: Survey;
let short: Survey;

beforeAll(async () => {
  server = await makeMailServer();
  installation = await makeInstallation({ listen: true, environment: { SMTP_URL: server.url } });
  organisation = await installation.makeOrganisation("Corner Shop");
  await setPolicy(organisation, { quietHours: null, holdOutPercent: 0 });
  survey = await publishSurvey(organisation.manager, { languages: ["en", "ar"] });
  short = await publishSurvey(organisation.manager, { questions: [{ id: "nps", type: "nps", title: { en: "How likely are you to recommend us?" }, isRequired: true }] }, "Short");
  watched = await openWatchedPage();
  page = watched.page;
});
afterAll(async () => {
  await watched.close();
  await installation.stop();
  await server.stop();
});
beforeEach(() => void watched.complaints.splice(0));

const ask = async (address: string, surveyId = survey.id): Promise<string> => {
  const made = await makeDistribution(organisation.manager, { surveyId, addresses: [address] });
  await startDistribution(organisation.manager, made.id);
  return made.id;
};
const timelineOf = async (address: string) =>
  (await installation.services.db.query<{ type: string; channel: string }>("select type, channel from customers.interactions where subject = $1 and type = 'response'", [`email:${address}`])).rows;
// A mail program's page knows nothing of the rules of ours.
const showMail = async (html: string | undefined): Promise<void> => {
  await page.goto("about:blank");
  await page.setContent(html ?? "");
};
const looksFine = async (): Promise<void> => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await listFaultsOfLook(page, { part: "html", isFull: true }), colorScheme).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
};

describe("a mail with a score in it", () => {
  test("is read, clicked at the 9 and thanked for; the answer stands on the customer's timeline once", async () => {
    await ask("ada@mail.example", short.id);
    const mail = await awaitMail(server, "ada@mail.example");
    await showMail(mail.html);
    await looksFine();

    await page.getByRole("link", { name: "9", exact: true }).click();

    await page.getByText("Thank you!").waitFor();
    await vi.waitFor(async () => expect(await timelineOf("ada@mail.example")).toEqual([{ type: "response", channel: "email" }]), { timeout: 30_000, interval: 500 });
    await page.goto(linksIn(mail).find(({ label }) => label === "3")?.url ?? "");
    await page.getByText("You have answered already").waitFor();
    await looksFine();
    expect(await timelineOf("ada@mail.example")).toHaveLength(1);
    expect(watched.complaints).toEqual([]);
  });

  test("leads on to the next question with the score kept, and is complete once", async () => {
    await ask("bob@mail.example");
    await showMail((await awaitMail(server, "bob@mail.example")).html);

    await page.getByRole("link", { name: "4", exact: true }).click();

    await page.getByText("Why?").first().waitFor();
    await page.locator("textarea").fill("Too slow");
    await page.keyboard.press("Control+Enter");
    await page.locator(".option").first().waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    await page.locator(".message").waitFor();
    await vi.waitFor(async () => expect(await timelineOf("bob@mail.example")).toHaveLength(1), { timeout: 30_000, interval: 500 });
    const { rows } = await installation.services.db.query<{ answers: unknown }>(
      "select jsonb_object_agg(question_id, coalesce(to_jsonb(number), to_jsonb(text))) as answers from feedback.answers answer join feedback.responses response on response.id = answer.response_id where response.subject = $1",
      ["email:bob@mail.example"]);
    expect(rows).toMatchObject([{ answers: { nps: 4, why: "Too slow" } }]);
    expect(watched.complaints).toEqual([]);
  });

  test("asks for one press of a button where no script runs, and for what is no longer wanted", async () => {
    await ask("cleo@mail.example", short.id);
    const mail = await awaitMail(server, "cleo@mail.example");
    const context = await page.context().browser()?.newContext({ javaScriptEnabled: false });
    const quiet = await context?.newPage();
    if (context === undefined || quiet === undefined) throw new Error("The browser is gone.");

    await quiet.goto(linksIn(mail).find(({ label }) => label === "7")?.url ?? "");
    await quiet.getByText("You chose:").waitFor();
    expect(await timelineOf("cleo@mail.example")).toEqual([]);
    await quiet.getByRole("button", { name: "Send this answer" }).click();
    await quiet.getByText("Thank you!").waitFor();
    await context.close();

    await page.goto(linksIn(mail).find(({ label }) => label.startsWith("No more mails"))?.url ?? "");
    await looksFine();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("We will keep to it.").waitFor();
    await looksFine();
  });
});

describe("the pages of members", () => {
  test("prepare, preview, start and watch a distribution", async () => {
    const { rows } = await installation.services.db.query<{ accountId: string }>("select account_id as \"accountId\" from people.members where id = $1", [organisation.owner.memberId]);
    const token = await openSession(installation.services, installation.services.db, rows[0]?.accountId ?? "", organisation.workspaceId);
    await page.context().addCookies([{ name: "fh_session", value: token, url: installation.address }]);
    const other = await publishSurvey(organisation.manager, { languages: ["en", "ar"] }, "After delivery");

    await page.goto(`${installation.address}/surveys/${other.id}/mail`);
    await seeAll(page);
    await page.getByText("Nobody was asked by mail or text message yet").waitFor();
    expect(await listFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "New distribution" }).first().click();
    await page.getByLabel("E-mail addresses and phone numbers, one per line").fill("dora@mail.example\neve@mail.example");
    await page.getByLabel("Subject", { exact: true }).fill("Your delivery");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Would be asked").waitFor();
    await page.locator("iframe").waitFor();
    await seeAll(page);
    expect(await listFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Start" }).click();
    await page.getByText("Whether a mail was opened is not spied on.").waitFor();

    expect(await awaitMail(server, "dora@mail.example")).toMatchObject({ subject: "Your delivery" });
    await page.getByRole("cell", { name: "eve@mail.example" }).first().waitFor();
    await seeAll(page);
    expect(await listFaults(page)).toEqual([]);
    await page.goto(`${installation.address}/surveys/${other.id}/mail`);
    await page.getByRole("button", { name: "How text messages are sent" }).click();
    await page.getByRole("dialog").getByText("Last messages").waitFor();
    expect(await listFaults(page)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
