import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasSurveys, makeCommandFolder, surveysFolder, type CommandFolder } from "./commands.make.ts";

const title = hasSurveys ? "the airport surveys" : `the airport surveys (skipped: they are not in ${surveysFolder})`;

let at: CommandFolder;
beforeAll(async () => {
  at = await makeCommandFolder("score");
});
afterAll(() => at.remove());

const scoreFile = async (name: string, content: string | Buffer, words: readonly string[]) => {
  await at.write(name, content);
  return at.run(["score", name, ...words]);
};

describe.skipIf(!hasSurveys)(title, () => {
  test.each([
    ["sfo_2017.csv.gz", 2746, 39.84, 40.4, 1.45, "85 blank"],
    ["sfo_2018.csv.gz", 2650, 30.98, 35.11, 1.58, "159 blank"],
  ])("%s gives the known scores, unweighted and weighted", async (file, n, score, weighted, error, blank) => {
    const { code, data, said } = await at.run(["score", join(surveysFolder, file), "--score", "NETPRO", "--blank", "11", "--weight", "WEIGHT", "--json"]);
    expect(code).toBe(0);
    const [entry, ...others] = JSON.parse(data);
    expect(others).toEqual([]);
    expect(entry.group).toBeNull();
    expect(entry.n).toBe(n);
    expect(entry.score).toBeCloseTo(score, 2);
    expect(entry.weightedScore).toBeCloseTo(weighted, 2);
    expect((entry.weightedHigh - entry.weightedScore) / 1.959964).toBeCloseTo(error, 2);
    expect(entry.low).toBeLessThan(score);
    expect(entry.high).toBeGreaterThan(score);
    expect(said).toContain(blank);
  });

  test("satisfaction of 2018 is 78.4 %, Wilson 76.8–80.0, without the values 0 and 6 off the scale", async () => {
    const { data } = await at.run(["score", join(surveysFolder, "sfo_2018.csv.gz"), "--score", "Q7ALL", "--scale", "csat", "--json"]);
    const [entry] = JSON.parse(data);
    expect(entry.score).toBeCloseTo(78.4, 1);
    expect(entry.low).toBeCloseTo(76.8, 1);
    expect(entry.high).toBeCloseTo(80, 1);
    expect(entry.weightedScore).toBeNull();
  });

  test("passengers with a problem score far below those without", async () => {
    const { data } = await at.run(["score", join(surveysFolder, "sfo_2018.csv.gz"), "--score", "NETPRO", "--by", "Q15PROBLEM", "--json"]);
    const entries: { group: string; n: number; score: number }[] = JSON.parse(data);
    expect(entries.map(({ group }) => group)).toEqual(["0", "1", "2", "3"]);
    expect(entries[1]).toMatchObject({ n: 359 });
    expect(entries[1]?.score).toBeCloseTo(-3.6, 1);
    expect(entries[2]).toMatchObject({ n: 2181 });
    expect(entries[2]?.score).toBeCloseTo(37.4, 1);
  });
});

const plain = "score,team,weight\n10,a,1\n9,a,2\n7,b,1\n3,b,1\n,b,1\n11,a,1\nten,a,1\n";

describe("a file", () => {
  test("is scored, and what is left out is counted on stderr", async () => {
    const { code, data, said } = await scoreFile("plain.csv", plain, ["--score", "score", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(data)).toEqual([
      { group: null, n: 4, score: 25, low: expect.any(Number), high: expect.any(Number), weightedScore: null, weightedLow: null, weightedHigh: null, designEffect: null },
    ]);
    expect(said).toContain("7 rows: 4 scored, 1 blank, 1 off the scale 0–10, 1 not a number.");
  });

  test("is scored by group in a stable order", async () => {
    const { data } = await scoreFile("plain.csv", plain, ["--score", "score", "--by", "team", "--weight", "weight", "--json"]);
    expect(JSON.parse(data)).toMatchObject([
      { group: "a", n: 2, score: 100, weightedScore: 100, designEffect: expect.closeTo(10 / 9, 10) },
      { group: "b", n: 2, score: -50, weightedScore: -50, designEffect: 1 },
    ]);
  });

  test("drawn group by group is scored as a whole by the people of each group, with less doubt the more of them answered", async () => {
    const rows = (team: string, people: number, scores: readonly number[]): string => scores.map((score) => `${score},${team},${people}\n`).join("");
    const content = (people: number): string => `score,team,people\n${rows("a", 3 * people, [10, 10, 0, 7])}${rows("b", people, [10, 0, 0, 7])}`;
    const words = ["--score", "score", "--by", "team", "--population", "people", "--json"];
    const [, , together] = JSON.parse((await scoreFile("strata.csv", content(4_000), words)).data);
    // Groups of 25 and −25 points, three to one; Var = Σ (share² · (1 − n/N) · s²) / n, s² = 9,166.67 in both.
    expect(together).toMatchObject({ group: null, n: 8, score: 0, weightedScore: 12.5, designEffect: 1.25 });
    expect(together.weightedHigh - 12.5).toBeCloseTo(1.959964 * Math.sqrt(((0.5625 * (1 - 4 / 12_000) + 0.0625 * (1 - 4 / 4_000)) * 9_166.6667) / 4), 3);
    const [, , everybody] = JSON.parse((await scoreFile("census.csv", content(4).replaceAll(",12\n", ",4\n"), words)).data);
    expect(everybody).toMatchObject({ weightedScore: 0, weightedLow: 0, weightedHigh: 0 });
    expect((await scoreFile("few.csv", content(1), words)).said).toContain("more answers than");
    expect((await scoreFile("two.csv", `${content(4)}9,a,13\n`, words)).said).toContain("both 12 and 13");
  });

  test("prints a table without --json", async () => {
    const { data } = await scoreFile("plain.csv", plain, ["--score", "score", "--by", "team", "--weight", "weight"]);
    expect(data).toMatch(/^group +n +NPS +95% interval +weighted/u);
    expect(data).toMatch(/^a +2 +100\.00 +.* under 10: read the comments$/mu);
  });

  const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");
  test.each<[string, string | Buffer]>([
    ["semicolons", "team;score\nä;9\nö;1\n"],
    ["tabs and CRLF", "team\tscore\r\nä\t9\r\nö\t1\r\n"],
    ["carriage returns alone", "team,score\rä,9\rö,1\r"],
    ["pipes without a last end of line", "team|score\nä|9\nö|1"],
    ["single quotes", "'team';'score'\n'ä';'9'\n'ö';'1'\n"],
    ["single quotes around values only", "team,score\n'ä','9'\n'ö','1'\n"],
    ["quoted line breaks and delimiters", "comment,team,score\n\"well,\r\n\"\"fine\"\"\",ä,9\n\"a,b\",ö,1\n"],
    ["a byte order mark", "\ufeffteam,score\nä,9\nö,1\n"],
    ["Excel's hint", "sep=^\nteam^score\nä^9\nö^1\n"],
    ["blank lines and short rows", "\n\nscore,team,more\n9,ä\n\n1,ö,x\n"],
    ["blanks around", " team , score \n ä , 9 \n ö , 1 \n"],
    ["decimal commas", "team;score\nä;9,0\nö;1,00\n"],
    ["UTF-16", utf16("team,score\nä,9\nö,1\n")],
    ["Windows-1252", Buffer.from("team,score\nä,9\nö,1\n", "latin1")],
    ["gzip under another name", gzipSync("team,score\nä,9\nö,1\n")],
  ])("with %s reads the same", async (_, content) => {
    const { code, data, said } = await scoreFile("any.dat", content, ["--score", "score", "--by", "team", "--json"]);
    expect(said).toContain("2 rows: 2 scored.");
    expect(code).toBe(0);
    expect(JSON.parse(data)).toMatchObject([{ group: "ä", n: 1, score: 100 }, { group: "ö", n: 1, score: -100 }]);
  });

  test("is read from standard input", async () => {
    const { data } = await at.run(["score", "-", "--score", "score", "--json"], Buffer.from(plain));
    expect(JSON.parse(data)).toMatchObject([{ n: 4, score: 25 }]);
  });

  test("larger than what is looked at first is streamed, with nothing lost between the pieces", async () => {
    const content = gzipSync(`comment,score,team\n${"\"so so, äöü\",10,a\nfine,0,b\n".repeat(100_000)}`);
    const { data } = await scoreFile("large.csv.gz", content, ["--score", "score", "--by", "team", "--json"]);
    expect(JSON.parse(data)).toMatchObject([{ group: "a", n: 100_000, score: 100 }, { group: "b", n: 100_000, score: -100 }]);
  });

  test("with broken rows loses only those", async () => {
    const { data, said } = await scoreFile("broken.csv", "score,team\n9,a,b\n10,\"a, b\"\n9,\"c, d\"\n1,\"b\n2,c\n", ["--score", "score", "--json"]);
    expect(JSON.parse(data)).toMatchObject([{ n: 3, score: expect.closeTo(100 / 3, 10) }]);
    expect(said).toContain("2 broken rows");
  });

  test("with several blank values leaves all of them out, also written as 11.0", async () => {
    const { data, said } = await scoreFile("blanks.csv", "score\n9\n11.0\n-\n99\n0\n", ["--score", "score", "--blank", "11,99", "--blank=-,0", "--json"]);
    expect(JSON.parse(data)).toMatchObject([{ n: 1, score: 100 }]);
    expect(said).toContain("4 blank");
  });

  test("of averages falls into the group it has reached: 8.5 is passive, 6.5 a detractor", async () => {
    const { data } = await scoreFile("halves.csv", "score\n8.5\n6.5\n9.5\n", ["--score", "score", "--json"]);
    expect(JSON.parse(data)).toMatchObject([{ n: 3, score: 0 }]);
  });

  test("without answers gives a count of 0 and no score", async () => {
    const { code, data } = await scoreFile("empty.csv", "score,team\n,a\n", ["--score", "score", "--weight", "team", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(data)).toEqual([
      { group: null, n: 0, score: null, low: null, high: null, weightedScore: null, weightedLow: null, weightedHigh: null, designEffect: null },
    ]);
    const byTeam = await at.run(["score", "empty.csv", "--score", "score", "--by", "team", "--json"]);
    expect(JSON.parse(byTeam.data)).toEqual([]);
  });

  test("with answers that have no usable weight keeps them in the unweighted score and says so", async () => {
    const { data, said } = await scoreFile("weights.csv", "score,w\n10,2\n0,\n9,0\n8,-1\n", ["--score", "score", "--weight", "w", "--json"]);
    expect(JSON.parse(data)).toMatchObject([{ n: 4, score: 25, weightedScore: 100, designEffect: 1 }]);
    expect(said).toContain("3 answers have no usable weight");
    expect(said).toContain("do not weight by this column");
  });

  test("of effort has the mean, and the share of 5–7 in the table", async () => {
    const { data } = await scoreFile("effort.csv", "score\n7\n6\n5\n2\n", ["--score", "score", "--scale", "ces", "--json"]);
    expect(JSON.parse(data)).toMatchObject([{ n: 4, score: 5 }]);
    expect((await at.run(["score", "effort.csv", "--score", "score", "--scale", "ces"])).data).toContain("75.00");
  });
});

describe("a wrong command line", () => {
  test.each([
    [[], "No command is given"],
    [["scores"], "There is no command \"scores\""],
    [["score"], "Something is missing"],
    [["score", "plain.csv"], "--score COLUMN is missing"],
    [["score", "plain.csv", "more.csv", "--score", "score"], "\"more.csv\" is one word too many"],
    [["score", "plain.csv", "--score", "score", "--scale", "nsp"], "--scale is nps, csat or ces"],
    [["score", "plain.csv", "--score", "score", "--range", "1-7"], "defined on 0-10 alone"],
    [["score", "plain.csv", "--score", "score", "--scale", "ces", "--range", "7"], "--range is two different whole numbers"],
    [["score", "plain.csv", "--score", "score", "--population", "weight"], "--population goes with --by"],
    [["score", "plain.csv", "--score", "score", "--colour"], "There is no option --colour.\n"],
    [["score", "plain.csv", "--score", "score", "--delimeter", ";"], "There is no option --delimeter. Did you mean --delimiter?"],
    [["read-comment", "plain.csv"], "There is no command \"read-comment\". Did you mean \"read-comments\"?"],
    [["score", "plain.csv", "--score", "score", "--score", "team"], "--score is given twice"],
  ])("%j is refused with exit code 2", async (words, message) => {
    const { code, data, said } = await at.run(words);
    expect(said).toContain(message);
    expect(data).toBe("");
    expect(code).toBe(2);
  });
});

describe("work that cannot be done", () => {
  test.each<[string, string | Buffer | null, string[], string]>([
    ["a file that is not there", null, ["--score", "score"], "There is no file"],
    ["a column that is not there", plain, ["--score", "mark"], "There is no column \"mark\". The columns are \"score\", \"team\", \"weight\""],
    ["a column that is nearly there", plain, ["--score", "scores"], "There is no column \"scores\". Did you mean \"score\"? The columns are"],
    ["a column that stands twice", "score,score\n1,2\n", ["--score", "score"], "stands 2 times"],
    ["an empty file", "", ["--score", "score"], "The file is empty"],
    ["a gzip file that is cut off", gzipSync(plain.repeat(1_000)).subarray(0, 60), ["--score", "score"], "damaged or cut off"],
    ["an encoding nobody knows", plain, ["--score", "score", "--encoding", "klingon"], "is not known"],
  ])("such as %s ends with exit code 1 and says why, without a stack", async (name, content, words, message) => {
    if (content !== null) await at.write(name, content);
    const { code, data, said } = await at.run(["score", name, ...words, "--json"]);
    expect(said).toContain(message);
    expect(said).not.toMatch(/^ +at /mu);
    expect(data).toBe("");
    expect(code).toBe(1);
  });
});

describe("help", () => {
  test.each([[["--help"]], [["help"]], [["score", "--help"]], [["help", "score"]]])("%j goes to stdout with exit code 0", async (words) => {
    const { code, data } = await at.run(words);
    expect(code).toBe(0);
    expect(data).toContain("score");
    expect(data).toContain("Usage: firsthand");
  });
});
