import { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { FidelityReport } from "@firsthand/server/feedback/conversions/conversions.contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeCommandFolder, type CommandFolder } from "./commands.make.ts";

let at: CommandFolder;
beforeAll(async () => {
  at = await makeCommandFolder("convert");
});
afterAll(() => at.remove());

const run = (words: readonly string[], input?: string) => at.run(["convert", ...words], input);

const form = JSON.stringify({ title: "Visit", pages: [{ elements: [{ type: "rating", name: "score", title: "How was it?" }, { type: "signaturepad", name: "sign" }] }] });

describe("a survey file", () => {
  test("is converted to a survey and a report on stdout, whatever its name", async () => {
    await at.write("any.dat", form);
    const { code, data, said } = await run(["any.dat", "--json"]);
    expect(code).toBe(0);
    const { survey, report } = z.strictObject({ survey: SurveyDefinition, report: FidelityReport }).parse(JSON.parse(data));
    expect(survey.questions).toMatchObject([{ id: "score", type: "rating" }]);
    expect(report).toMatchObject({ format: "surveyjs", source: { questions: 2 }, survey: { questions: 1 } });
    expect(said).toContain("1 questions from 2");
  });

  test("comes from standard input too, and without --json the report is text", async () => {
    const { code, data } = await run(["-"], form);
    expect(code).toBe(0);
    expect(data).toContain("Dropped: sign (question). Questions of the type “signaturepad” are not asked here.");
  });

  test.each([
    ["that is not there", ["nowhere.qsf"], "", "There is no file"], ["of no known kind", ["-"], "a,b\n", "no survey file that is known"], ["that is a folder", ["."], "", "is a folder"],
    ["larger than any survey", ["-"], "{".repeat(21 * 1024 ** 2), "larger than 20 MB"],
  ])("%s ends with exit code 1 and says why, without a stack", async (_name, words, input, message) => {
    const { code, data, said } = await run([...words, "--json"], input);
    expect(code).toBe(1);
    expect(data).toBe("");
    expect(said).toContain(message);
    expect(said).not.toMatch(/^ +at /mu);
  });
});
