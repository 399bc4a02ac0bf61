// A person finds an event that was refused, mends it and sends it again.
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation } from "../server/firsthand.make.ts";
import { makeSetUpLink } from "../server/people/people.api.ts";
import { findBrowser } from "../tools/find-browser.ts";

let installation: Installation;
let browser: Browser;
beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  const { executablePath, args, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
});
afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

const session = z.object({ csrfToken: z.string() });
const key = z.object({ token: z.string() });

const signInWithKey = async (page: Page): Promise<string> => {
  const token = new URL((await makeSetUpLink(installation.services)) ?? "").searchParams.get("token");
  const owner = { token, workspaceName: "Shop", name: "Owner", email: "owner@firsthand.example", password: "irrelevant password 1" };
  const { csrfToken } = session.parse(await (await page.request.post(`${installation.address}/api/setup`, { data: owner })).json());
  const made = await page.request.post(`${installation.address}/api/keys`, { data: { kind: "write", name: "Shop" }, headers: { "x-csrf-token": csrfToken } });
  return key.parse(await made.json()).token;
};

const accessibilityProblems = async (page: Page): Promise<string[]> => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);

test("a refused event is found, mended and sent again, on a computer in the dark and with the keyboard", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "dark" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(error.message));
  const writeKey = await signInWithKey(page);
  await page.goto(`${installation.address}/settings/refused-events`);
  await page.getByText("Nothing was refused").waitFor();
  const batch = [{ type: "track", userId: "42", messageId: "mended-1", properties: { note: "<img src=x onerror=alert(1)>" } }, { type: "teleport", userId: "7", messageId: "given-up-1" }];
  await page.request.post(`${installation.address}/v1/batch`, { data: { batch }, headers: { authorization: `Bearer ${writeKey}` } });

  await page.reload();
  await page.getByText("A track event needs its name").click();
  const field = page.getByLabel("The event, as JSON");
  await field.waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await field.fill("{");
  await page.getByText("This is not JSON").waitFor();
  await field.fill(JSON.stringify({ ...batch[0], event: "Mended" }));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("The event is on its timeline").waitFor();

  await page.getByRole("button", { name: "Give 1 up" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Give up" }).click();
  await page.getByText("Nothing was refused").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const { rows } = await installation.services.db.query<{ name: string }>("select name from customers.interactions where message_id in ('mended-1', 'given-up-1')");
  expect(rows.map(({ name }) => name)).toEqual(["Mended"]);
  expect(complaints).toEqual([]);
  await context.close();
});
