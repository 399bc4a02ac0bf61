// A survey of another tool and its responses in a browser: dropped, read, created, brought in, taken back.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listFaults, openWatchedProduct, seeAll, signUp, takePicture } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;

beforeAll(async () => {
  watched = await openWatchedProduct();
  const { installation, page } = watched;
  await signUp(page, installation);
});
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

const form = JSON.stringify({
  title: "Visit to the shop",
  pages: [{ elements: [
    { type: "rating", name: "score", title: { default: "Would you recommend us?", ar: "هل توصي بنا؟" }, rateMin: 0, rateMax: 10, isRequired: true },
    { type: "radiogroup", name: "colour", title: "Which colour?", choices: [{ value: "r", text: "Red" }, { value: "b", text: "Blue" }], showOtherItem: true },
    { type: "comment", name: "why", title: "Why {score}?", visibleIf: "({score} < 7 or {colour} = 'r') and {score} > 1" }, { type: "signaturepad", name: "sign", title: "Sign here" },
  ] }],
});
const responses = "id,submitdate,score,colour,why,extra\n1,2024-01-01 10:00,9,Blue,Fine,x\n2,2024-01-02 10:00,3,Green,Slow,y\n3,someday,3,Red,,\n";
const fileOf = (name: string, text: string) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });

const picture = (name: string): Promise<void> => takePicture(watched.page, `conversions-${name}`);

describe("a survey of another tool", () => {
  test("is dropped, told of, created, and its responses come in and go again", async () => {
    const { page, installation } = watched;
    await page.goto(`${installation.address}/surveys`);
    await page.getByRole("button", { name: "Import a survey" }).click();
    await page.getByRole("heading", { level: 1, name: "Import a survey" }).waitFor();
    await seeAll(page);
    expect(await listFaults(page)).toEqual([]);

    await page.setInputFiles("input[type=file]", fileOf("form.json", form));
    await page.getByText("From SurveyJS. Questions: 4").waitFor();
    await page.getByText("Questions of the type “signaturepad” are not asked here.").waitFor();
    await picture("report");
    expect(await listFaults(page)).toEqual([]);

    await page.getByRole("button", { name: "Create survey" }).click();
    await page.getByRole("button", { name: "Import its responses" }).click();
    await page.waitForURL(/\/response-imports$/);
    await page.getByText("Drop a file of responses here").waitFor();
    await seeAll(page);
    expect(await listFaults(page)).toEqual([]);
    await page.setInputFiles("input[type=file]", fileOf("responses.csv", responses));
    await page.getByText("2 of 3 responses can come in").waitFor();
    await page.getByText("Fits no question of this survey").waitFor();
    await picture("responses");
    expect(await listFaults(page)).toEqual([]);

    await page.getByRole("button", { name: "Import 2 responses" }).click();
    await page.getByText("2 responses came in, 0 were there already, 1 were left out.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone", { exact: true }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("of no known kind is refused where it was dropped, and another can be chosen", async () => {
    const { page, installation } = watched;
    await page.goto(`${installation.address}/surveys/import`);
    await seeAll(page);
    await page.setInputFiles("input[type=file]", fileOf("table.csv", "a,b\n1,2\n"));
    await page.getByRole("alert").getByText("no survey file that is known here").waitFor();
    await page.setInputFiles("input[type=file]", fileOf("form.json", form));
    await page.getByText("From SurveyJS. Questions: 4").waitFor();
  });
});
