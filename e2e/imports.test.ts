import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Installation } from "../server/firsthand.make.ts";
import { listFaults, listFaultsOfLook, openWatchedProduct, signUp } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let installation: Installation;
let page: Page;
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "firsthand files "));
  watched = await openWatchedProduct();
  ({ installation, page } = watched);
  await signUp(page, installation);
});
afterAll(async () => {
  await watched.close();
  rmSync(folder, { recursive: true, force: true });
});

const answers = `respondent_id,date,nps,why\n${Array.from({ length: 60 }, (_unused, row) => `r${row},2024-01-${String((row % 28) + 1).padStart(2, "0")},${row % 11},Because the parcel came on day ${row}\n`).join("")}r60,someday,5,When was that\n`;

const orders = {
  objectTypes: [], eventTypes: [],
  objects: [{ id: "ann", type: "client" }, ...["o1", "o2"].map((id) => ({ id, type: "order", relationships: [{ objectId: "ann", qualifier: "by" }] }))],
  events: [["o1", "Order"], ["o2", "Order"], ["o1", "Pay"]].map(([objectId, type], place) => ({ id: `e${place}`, type, time: `2024-05-01T10:0${place}:00Z`, relationships: [{ objectId, qualifier: "" }] })),
};

describe("importing a file", () => {
  test("of objects asks who the customers are, and the paths come out again as files", async () => {
    writeFileSync(join(folder, "orders.jsonocel"), JSON.stringify(orders));
    await page.goto(`${installation.address}/imports`);
    await page.setInputFiles("input[type=file]", join(folder, "orders.jsonocel"));

    await page.getByRole("cell", { name: "ann", exact: true }).first().waitFor();
    expect(await page.getByLabel("Customers are the objects").inputValue()).toBe("client");
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.getByLabel("Customers are the objects").selectOption("order");
    await page.getByRole("cell", { name: "o1 orders" }).first().waitFor();
    await page.getByLabel("Customers are the objects").selectOption("client");
    await page.getByRole("cell", { name: "ann", exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("Facts added").waitFor({ timeout: 30_000 });
    await installation.settle();

    await page.goto(`${installation.address}/paths?period=all&cut=object&object=order`);
    await page.getByText("3 steps on 2 paths").waitFor();
    for (const [form, file] of [["XES", "paths.xes"], ["OCEL 2.0 as JSON", "paths.jsonocel"], ["OCEL 2.0 as XML", "paths.xmlocel"], ["CSV", "paths.csv"]]) {
      await page.getByRole("button", { name: "Export" }).focus();
      await page.keyboard.press("Enter");
      const item = page.getByRole("menuitem", { name: form });
      await item.waitFor();
      const [download] = await Promise.all([page.waitForEvent("download"), item.press("Enter")]);
      expect(download.suggestedFilename()).toBe(file);
      // One file is written at a time for a workspace: the next is refused before this one has come whole.
      expect(await download.failure()).toBeNull();
    }
    expect(watched.complaints).toEqual([]);
  });

  test("from dropping it to looking at what came in, and back by undoing", async () => {
    writeFileSync(join(folder, "answers.csv"), answers);
    await page.goto(`${installation.address}/imports`);
    await page.getByText("Drop a file here").waitFor();
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.setInputFiles("input[type=file]", join(folder, "answers.csv"));

    await page.getByText("What the first rows become").waitFor();
    await page.getByRole("cell", { name: "r0 answers" }).waitFor();
    expect(await page.getByLabel("Meaning of nps").inputValue()).toBe("score");
    expect(await listFaultsOfLook(page)).toEqual([]);

    await page.getByLabel("Meaning of why").selectOption("ignore");
    await expect.poll(() => page.getByText("Because the parcel came on day 3", { exact: true }).count()).toBe(0);
    await page.getByLabel("Meaning of why").selectOption("comment");
    await page.getByRole("cell", { name: /Because the parcel came on day 3$/ }).waitFor();

    await page.getByRole("button", { name: "Check all rows" }).click();
    await page.getByText("60 of 61 rows can be imported").waitFor({ timeout: 30_000 });
    await page.getByText("\"someday\" is no time written as iso. (row 62)").waitFor();
    expect(await listFaultsOfLook(page)).toEqual([]);

    await page.getByRole("button", { name: "Import 60 rows" }).click();
    await page.getByText("Facts added").waitFor({ timeout: 30_000 });
    expect(await listFaultsOfLook(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download refused rows" }).click()]);
    expect(download.suggestedFilename()).toBe("answers-refused.csv");

    await page.getByRole("button", { name: "Undo import" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo import" }).click();
    await page.getByText("Undone. Change the mapping and import again, or remove it.").waitFor({ timeout: 30_000 });
    expect(watched.complaints).toEqual([]);
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
    expect(await listFaultsOfLook(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).click();

    await page.getByText("Uploading large.csv was cancelled. Nothing was kept.").waitFor();
    await page.getByRole("button", { name: "Choose a file" }).waitFor();
    await line.detach();
    expect(await page.getByRole("link", { name: "large.csv" }).count()).toBe(0);
    expect(watched.complaints).toEqual([]);
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
    expect(await listFaultsOfLook(page)).toEqual([]);
  });

  test("that is no table says why", async () => {
    writeFileSync(join(folder, "page.html"), "<html></html>");
    await page.goto(`${installation.address}/imports`);
    await page.setInputFiles("input[type=file]", join(folder, "page.html"));

    await page.getByRole("alert").getByText("This XML is no event log").waitFor();
  });

  test("is accessible and fits, in light and dark, on a computer and on a phone", async () => {
    await page.goto(`${installation.address}/imports`);
    await page.getByRole("link", { name: "answers.csv" }).click();
    await page.getByText("What the columns mean").waitFor();
    expect(await listFaults(page)).toEqual([]);
  });
});
