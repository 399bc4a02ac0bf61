import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { CommandError, readArguments, UsageError } from "./command.ts";
import { hasSurveys, makeCommandFolder, surveysFolder, type CommandFolder } from "./commands.make.ts";
import { driversCommand } from "./drivers.ts";
import { Driver, Drivers } from "@firsthand/server/insights/drivers/drivers.contract";

const title = hasSurveys ? "the airport survey" : `the airport survey (skipped: it is not in ${surveysFolder})`;

let at: CommandFolder;
beforeAll(async () => {
  at = await makeCommandFolder("drivers");
});
afterAll(() => at.remove());

const run = (words: readonly string[], input?: string) => at.run(["drivers", ...words], input);

const printed = Drivers.extend({ outcome: z.string(), factors: z.array(Driver), warnings: z.array(z.looseObject({ code: z.string(), message: z.string() })) });

describe.skipIf(!hasSurveys)(title, () => {
  const ratings = "Q7SIGN,Q7FOOD,Q7STORE,Q7SCREENS,Q7ART,Q9Restroom,Q9Food,Q9Boarding,Q7WALKWAY,Q7WIFI";

  test("gives the known shares, unrounded, and with weights others", async () => {
    const words = [join(surveysFolder, "sfo_2018.csv.gz"), "--outcome", "NETPRO", "--factors", ratings, "--blank", "0,6", "--blank", "NETPRO=11", "--bootstraps", "100", "--json"];
    const [{ code, data }, weighted] = await Promise.all([run(words), run([...words, "--weight", "WEIGHT"])]);
    expect(code).toBe(0);
    const result = printed.parse(JSON.parse(data));
    expect([result.outcome, result.n, result.rows, result.missing]).toEqual(["NETPRO", 1199, 2809, "listwise"]);
    expect(result.r2).toBeCloseTo(0.414519, 6);
    expect(result.factors.map(({ factor }) => factor).join(",")).toBe(ratings);
    expect(result.factors[0]?.lmg).toBeCloseTo(0.0666, 5);
    expect(result.warnings.map(({ code: warning }) => warning)).toContain("rows_lost");
    const other = printed.parse(JSON.parse(weighted.data));
    expect(other.effectiveN).toBeLessThan(1199);
    expect(Math.abs(other.r2 - result.r2)).toBeLessThan(0.05);
    expect(other.r2).not.toBe(result.r2);
  });
});

describe("a file", () => {
  const rows = Array.from({ length: 60 }, (_, row) => {
    const [food, staff] = [1 + (row % 5), 1 + ((row * 7) % 4)];
    return `${2 * food + staff + (row % 3)},${food},${staff},4,${food + staff},${row % 2 === 0 ? "n.a." : "3"},${row % 3 === 0 ? "" : row % 7}`;
  });
  const file = ["score,food,staff,constant,both,words,holes", ...rows].join("\n");

  test("from standard input prints a table with the base, the intervals and warnings in words", async () => {
    const { code, data, said } = await run(["-", "--outcome", "score", "--factors", "food,staff", "--bootstraps", "50"], file);
    expect(code).toBe(0);
    expect(said).toContain("60 rows read.");
    expect(data).toMatch(/^Associated with score: R² 0\.9/u);
    expect(data).toContain("60 of 60 rows, those with a value in every column (listwise). Intervals: 50 bootstraps, seed 1.");
    expect(data).toMatch(/\nfood +\d\d\.\d% +\d\d\.\d% to \d\d\.\d% +1 /u);
    expect(data).toContain("* Only 60 rows");
    expect(data).not.toMatch(/cause/iu);
  });

  test("gives the same intervals for the same seed, none without draws, and uses all rows by pairs", async () => {
    await at.write("answers.csv", file);
    const ask = async (words: readonly string[]) => printed.parse(JSON.parse((await run(["answers.csv", "--outcome", "score", "--factors", "food,holes", "--json", ...words])).data));
    const [one, same, other, none] = await Promise.all([ask(["--bootstraps", "20"]), ask(["--bootstraps", "20"]), ask(["--bootstraps", "20", "--seed", "2"]), ask(["--bootstraps", "0", "--missing", "pairwise"])]);
    expect(same).toEqual(one);
    expect(other.factors[0]?.lmgShareLow).not.toBe(one.factors[0]?.lmgShareLow);
    expect([one.n, none.n, none.fewestRows]).toEqual([40, 60, 40]);
    expect(none.factors[0]?.lmgShareLow).toBeNull();
  });

  test("with a factor twice over is refused with the reason on stderr", async () => {
    const { code, data, said } = await run(["-", "--outcome", "score", "--factors", "food,staff,both"], file);
    expect([code, data]).toEqual([1, ""]);
    expect(said).toContain(`The factor "both" follows exactly from "food", "staff"`);
  });

  test.each([
    [["--factors", "food,constant"], CommandError, `The factor "constant" is the same in every row`],
    [["--factors", "food,words"], CommandError, `The column "words" holds "n.a." in row 1, which is not a number. If that means no answer, say --blank "words=n.a.".`],
    [["--factors", "food,nothing"], CommandError, `There is no column "nothing"`],
    [["--factors", "food,staff", "--blank", "food=1,2,3,4,5"], CommandError, "Only 0 rows have a value in every column"],
    [["--factors", "food"], UsageError, "--factors needs at least two columns"],
    [["--factors", "food,score"], UsageError, `The column "score" is named twice`],
    [["--factors", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p"], UsageError, "--factors names 16 columns. More than 15"],
    [["--factors", "food,staff", "--missing", "guess"], UsageError, "--missing is listwise, pairwise, mean or multiple"],
    [["--factors", "food,staff", "--bootstraps", "many"], UsageError, "--bootstraps is a whole number"],
  ])("with %j is refused", async (words, kind, reason) => {
    const path = join(at.folder, "refused.csv");
    await at.write("refused.csv", file);
    const silent = { data: () => undefined, say: () => undefined, progress: () => undefined };
    const refused = Promise.resolve().then(() => driversCommand.run(readArguments(driversCommand, [path, "--outcome", "score", ...words]), silent));
    await expect(refused).rejects.toThrow(kind);
    await expect(refused).rejects.toThrow(reason);
  });
});
