import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSetUpLink } from "../server/people/people.api.ts";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation } from "../server/firsthand.make.ts";
import { findBrowser } from "../tools/find-browser.ts";

let installation: Installation;
let browser: Browser;
let page: Page;
let folder = "";
const complaints: string[] = [];

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  folder = mkdtempSync(join(tmpdir(), "firsthand files "));
  const { executablePath, args, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
  page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  const token = new URL((await makeSetUpLink(installation.services)) ?? "").searchParams.get("token");
  const data = { token, workspaceName: "Irrelevant", name: "Irrelevant", email: "owner@firsthand.example", password: "irrelevant password 1" };
  await page.request.post(`${installation.address}/api/setup`, { data, failOnStatusCode: true });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await installation.stop();
  rmSync(folder, { recursive: true, force: true });
});

const accessibilityProblems = async (): Promise<string[]> =>
  (await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze())
    .violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);

const answers = `respondent_id,date,nps,why\n${Array.from({ length: 60 }, (_unused, row) => `r${row},2024-01-${String((row % 28) + 1).padStart(2, "0")},${row % 11},Because the parcel came on day ${row}\n`).join("")}r60,someday,5,When was that\n`;

describe("importing a file", () => {
  test("from dropping it to looking at what came in, and back by undoing", async () => {
    writeFileSync(join(folder, "answers.csv"), answers);
    await page.goto(`${installation.address}/imports`);
    await page.getByText("Drop a file here").waitFor();
    expect(await accessibilityProblems()).toEqual([]);
    await page.setInputFiles("input[type=file]", join(folder, "answers.csv"));

    await page.getByText("What the first rows become").waitFor();
    await page.getByRole("cell", { name: "r0 answers" }).waitFor();
    expect(await page.getByLabel("Meaning of nps").inputValue()).toBe("score");
    expect(await accessibilityProblems()).toEqual([]);

    await page.getByLabel("Meaning of why").selectOption("ignore");
    await expect.poll(() => page.getByText("Because the parcel came on day 3", { exact: true }).count()).toBe(0);
    await page.getByLabel("Meaning of why").selectOption("comment");
    await page.getByRole("cell", { name: /Because the parcel came on day 3$/ }).waitFor();

    await page.getByRole("button", { name: "Check all rows" }).click();
    await page.getByText("60 of 61 rows can be imported").waitFor({ timeout: 30_000 });
    await page.getByText("\"someday\" is no time written as iso. (row 62)").waitFor();
    expect(await accessibilityProblems()).toEqual([]);

    await page.getByRole("button", { name: "Import 60 rows" }).click();
    await page.getByText("Facts added").waitFor({ timeout: 30_000 });
    expect(await accessibilityProblems()).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download refused rows" }).click()]);
    expect(download.suggestedFilename()).toBe("answers-refused.csv");

    await page.getByRole("button", { name: "Undo import" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo import" }).click();
    await page.getByText("Undone. Change the mapping and import again, or remove it.").waitFor({ timeout: 30_000 });
    expect(complaints).toEqual([]);
  });

  test("shows how far it is uploaded, and can be cancelled", async () => {
    writeFileSync(join(folder, "large.csv"), `respondent_id,nps\n${"r1,9\n".repeat(400_000)}`);
    await page.goto(`${installation.address}/imports`);
    const line = await page.context().newCDPSession(page);
    await line.send("Network.enable");
    await line.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 });
    await page.setInputFiles("input[type=file]", join(folder, "large.csv"));

    const bar = page.getByRole("progressbar", { name: "Uploading large.csv" });
    await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow")), { timeout: 20_000 }).toBeGreaterThan(5);
    await page.getByText(/^[\d.]+ [kM]B of 2\.0 MB$/).waitFor();
    expect(await accessibilityProblems()).toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).click();

    await page.getByText("Uploading large.csv was cancelled. Nothing was kept.").waitFor();
    await page.getByRole("button", { name: "Choose a file" }).waitFor();
    await line.detach();
    expect(await page.getByRole("link", { name: "large.csv" }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("of words lets each stand for a value", async () => {
    writeFileSync(join(folder, "words.csv"), "respondent_id,date,verdict\nr1,2024-01-01,delighted\nr2,2024-01-02,content\nr3,2024-01-03,delighted\n");
    await page.goto(`${installation.address}/imports`);
    await page.setInputFiles("input[type=file]", join(folder, "words.csv"));
    await page.getByLabel("Meaning of verdict").selectOption("score");
    await page.getByLabel("Kind of score of verdict").selectOption("csat");
    const words = page.getByLabel("Words of verdict that stand for a value, one on each line");
    await words.fill("delighted = five");
    await words.blur();
    await page.getByText("“delighted = five” gives no word a value. Write: very satisfied = 5").waitFor();

    await words.fill("delighted = 5\ncontent = 3");
    await words.blur();
    await page.getByRole("button", { name: "Check all rows" }).click();
    await page.getByText("3 of 3 rows can be imported").waitFor({ timeout: 30_000 });
    expect(await words.inputValue()).toBe("delighted = 5\ncontent = 3");
    expect(await accessibilityProblems()).toEqual([]);
  });

  test("that is no table says why", async () => {
    writeFileSync(join(folder, "page.html"), "<html></html>");
    await page.goto(`${installation.address}/imports`);
    await page.setInputFiles("input[type=file]", join(folder, "page.html"));

    await page.getByRole("alert").getByText("This XML is no event log").waitFor();
  });

  test("is readable in the dark on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${installation.address}/imports`);
    await page.getByRole("link", { name: "answers.csv" }).click();
    await page.getByText("What the columns mean").waitFor();

    expect(await accessibilityProblems()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});
