import { readFileSync } from "node:fs";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import { serveSite } from "./served-site.ts";
import { openWatchedBrowser } from "./watched-page.ts";
import type { WatchedBrowser } from "./watched-page.ts";

const ENVIRONMENT = "cm5xk2v7q0001abcdfhstuvwx";
const client = readFileSync(createRequire(import.meta.url).resolve("@formbricks/js").replace(/index\.cjs$/, "index.js"), "utf8");
let installation: Installation;
let organisation: Organisation;
let browser: WatchedBrowser;
let website: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  organisation = await installation.makeOrganisation();
  const { secret } = z.object({ secret: z.string() }).parse((await organisation.owner.ask("GET", "/api/website-identity")).body);
  const proof = createHmac("sha256", secret).update("42").digest("hex");
  // A site as it was with Formbricks; only the address in appUrl is ours, and an attribute proves who visits.
  const script = `import formbricks from "/client.js"; const log = []; window.log = log;
for (const name of ["formbricks_setup_successful", "formbricks_action_tracked", "formbricks_survey_shown", "formbricks_response_submitted", "formbricks_survey_closed"]) formbricks.on(name, (payload) => log.push([name, payload]));
window.formbricksOfPage = formbricks; await formbricks.setup({ environmentId: "${ENVIRONMENT}", appUrl: "${installation.address}" }); await formbricks.setUserId("42"); await formbricks.setEmail("ann@example.com"); await formbricks.setLanguage("de");
await formbricks.setAttributes({ plan: "pro", seats: 3, firsthand_proof: "${proof}" }); await formbricks.track("checkout");`;
  website = await serveSite((request, reply) => {
    if (request.url === "/client.js") return void reply.setHeader("content-type", "text/javascript").end(client);
    if (request.url === "/page.js") return void reply.setHeader("content-type", "text/javascript").end(script);
    return void reply.setHeader("content-type", "text/html").end('<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1><script type="module" src="/page.js"></script></html>');
  });
  browser = await openWatchedBrowser();
});
afterAll(async () => {
  await browser.close();
  website.close();
  await installation.stop();
});

describe("a site with the client of Formbricks", () => {
  test("shows our survey when it tracks an action, and its answer arrives once", async () => {
    await organisation.manager.ask("PUT", "/api/formbricks-environments", { ids: [ENVIRONMENT] });
    const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", definition: makeDefinition({ questions: [...makeDefinition().questions, { id: "photo", type: "file", title: { en: "A photo?" }, isRequired: false, kinds: ["image"], filesMax: 1, sizeMaxMb: 1 }] }) })).body);
    const survey = Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
    await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/website`, { isOn: true, triggers: [{ on: "event", name: "checkout" }] });
    const { page, complaints, close } = await browser.open();
    page.setDefaultTimeout(15_000);

    await page.goto(website.address);
    await page.locator("dialog.frame").waitFor();
    await page.getByRole("radio").nth(9).check();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("Price").click();
    await page.getByRole("button", { name: "Next" }).click();
    await page.locator("dialog.frame input[type=file]").setInputFiles({ name: "cat.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64") });
    await page.getByText("cat.png").waitFor();
    await page.getByRole("button", { name: "Send" }).dblclick();
    await page.locator("dialog.frame .message").waitFor();

    const { db } = installation.services;
    await expect.poll(async () => (await db.query("select state, channel, subject from feedback.responses where survey_id = $1", [survey.id])).rows)
      .toEqual([{ state: "complete", channel: "widget", subject: "user:42" }]);
    expect((await db.query("select name, size_bytes::int as size, is_used as used from feedback.files where survey_id = $1", [survey.id])).rows).toEqual([{ name: "cat.png", size: 70, used: true }]);
    // All that was said in one go, without the proof.
    await expect.poll(async () => (await db.query("select message -> 'traits' as traits from customers.interactions where subject = 'user:42' and type = 'identify'")).rows)
      .toEqual([{ traits: { email: "ann@example.com", language: "de", plan: "pro", seats: 3 } }]);
    expect(await page.evaluate(() => Reflect.get(window, "log").map(([name]: [string]) => name))).toEqual([
      "formbricks_setup_successful", "formbricks_action_tracked", "formbricks_survey_shown", "formbricks_response_submitted", "formbricks_response_submitted", "formbricks_survey_closed",
    ]);
    expect(complaints.filter((text) => !text.includes("environmentId is deprecated") && !text.includes("favicon"))).toEqual([]);
    await close();
  });
});
