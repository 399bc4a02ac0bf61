import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { FidelityReport } from "@firsthand/server/feedback/conversions/conversions.contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

const PROGRAM = join(import.meta.dirname, "main.ts");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "firsthand-convert-"));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (words: readonly string[], input = ""): Promise<{ code: number | null; data: string; said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, "convert", ...words], { cwd: folder });
    let [data, said] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (data += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, data, said }));
    // A program that has read enough closes the pipe early.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });

const form = JSON.stringify({ title: "Visit", pages: [{ elements: [{ type: "rating", name: "score", title: "How was it?" }, { type: "signaturepad", name: "sign" }] }] });

describe("a survey file", () => {
  test("is converted to a survey and a report on stdout, whatever its name", async () => {
    await writeFile(join(folder, "any.dat"), form);
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
