import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openComments } from "./comment-file.ts";
import { makeCommandFolder, type CommandFolder } from "./commands.make.ts";
import { parseLines, type Comments } from "./comment-lines.ts";
import { writeSummary } from "./comment-summary.ts";

let at: CommandFolder;
beforeAll(async () => {
  at = await makeCommandFolder("comments");
});
afterAll(() => at.remove());

const run = (words: readonly string[], input?: Buffer) => at.run(["read-comments", ...words], input);

type Line = { id: unknown; language: string | null; sentiment: string; sentimentScore: number; emotion: string | null; needs: Record<string, string>; urgent: boolean; themes: string[]; confidence: Record<string, unknown> };

const readFile = async (name: string, content: string | Buffer, words: readonly string[]): Promise<{ code: number | null; said: string; lines: Line[] }> => {
  await at.write(name, content);
  const { code, data, said } = await run([name, ...words, "--json"]);
  return { code, said, lines: data.split("\n").slice(0, -1).map((line) => JSON.parse(line)) };
};

const good = "The staff were friendly and helpful, everything was excellent. Thank you so much!";
const bad = "You promised to call me back and nobody ever did. I am still waiting for my refund, this is terrible service.";

describe("comments in lines of JSON", () => {
  test("come out one by one in order, with everything that was read of them", async () => {
    const { code, said, lines } = await readFile("plain.jsonl", `${[good, bad].map((text, index) => JSON.stringify({ key: `c${index}`, stars: 1, text })).join("\n")}\n`, ["--text", "text", "--id", "key"]);

    expect(code).toBe(0);
    expect(said).toMatch(/^2 comments read in /u);
    expect(lines.map(({ id, sentiment }) => [id, sentiment])).toEqual([["c0", "pos"], ["c1", "neg"]]);
    expect(Object.keys(lines[1] ?? {})).toEqual(["id", "language", "sentiment", "sentimentScore", "emotion", "needs", "urgent", "themes", "confidence", "unsure"]);
    expect(lines[0]).toMatchObject({ language: "en", themes: [], urgent: false });
    expect(Object.keys(lines[1]?.needs ?? {})).toContain("PROMISE");
    expect(lines[1]?.sentimentScore).toBeLessThan(0);
    expect(Object.keys(lines[1]?.confidence ?? {})).toEqual(["language", "sentiment", "emotion", "urgent", "needs"]);
  });

  test("that cannot be read are named and left out; empty ones are read", async () => {
    const content = `\ufeff{"id":570306133677760513,"text":"${good}"}\n\nnot JSON\n{"id":"é\\"","text":""}\r\n{"id":7,"text":null}\n["list"]\n{"id":8,"text":{}}\n{"text":5}\n\u0000\n{"id":9,"text":"😀 \\ud800"}`;
    const { code, said, lines } = await readFile("bad.jsonl", content, ["--text", "TEXT", "--id", "id"]);
    const { lines: numbered } = await readFile("bad.jsonl", content, ["--text", "text"]);

    expect(code).toBe(0);
    expect(lines.map(({ id }) => id)).toEqual([expect.any(Number), "é\"", 7, null, 9]);
    expect(numbered.map(({ id }) => id)).toEqual([1, 3, 4, 7, 9]);
    expect(lines[1]).toMatchObject({ language: null, sentiment: "neu", sentimentScore: 0, emotion: null, needs: {}, urgent: false });
    expect(said).toContain("5 comments read");
    expect(said).toContain("4 rows left out");
    expect(said).toContain("Line 3: It is not JSON.");
    expect(said).toContain("Line 6: It is not a JSON object.");
    expect(said).toContain("Line 7: Its \"text\" is not a text.");
    expect(said).toContain("Line 9:");
  });

  test("keep ids that are no whole numbers of JavaScript as they are written", async () => {
    await at.write("ids.jsonl", "{\"id\": 570306133677760513, \"text\":\"a\"}\n{\"id\":1.10,\"text\":\"b\"}\n");
    const { data } = await run(["ids.jsonl", "--text", "text", "--id", "id", "--json"]);

    expect(data).toMatch(/^\{"id":570306133677760513,.*\n\{"id":1\.10,/u);
  });

  test("packed, from standard input and in many portions are read the same", async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => JSON.stringify({ text: index % 3 === 0 ? good : bad }));
    const { code, data, said } = await run(["-", "--text", "text", "--json"], gzipSync(rows.join("\n")));
    const lines: Line[] = data.split("\n").slice(0, -1).map((line) => JSON.parse(line));

    expect(code).toBe(0);
    expect(said).toContain("30,000 comments read");
    expect(lines.map(({ id }) => id)).toEqual(rows.map((_, index) => index + 1));
    expect(lines.every(({ sentiment }, index) => sentiment === (index % 3 === 0 ? "pos" : "neg"))).toBe(true);
  });
});

describe("comments in a table", () => {
  const table = `ref;Kommentar\nA-1;"${good}\n""really"""\n\n2;;surplus\n3;\n4;${bad}\n`;

  test("come out with the id of their row", async () => {
    const { code, said, lines } = await readFile("table.csv", table, ["--text", "kommentar", "--id", "ref"]);
    const { lines: numbered } = await readFile("table.csv.gz", gzipSync(table), ["--text", "Kommentar"]);

    expect(code).toBe(0);
    expect(lines.map(({ id, sentiment }) => [id, sentiment])).toEqual([["A-1", "pos"], ["3", "neu"], ["4", "neg"]]);
    expect(numbered.map(({ id }) => id)).toEqual([1, 3, 4]);
    expect(said).toContain("Row 2: It has more cells than the header.");
  });

  test("are summed up for a person without --json", async () => {
    const { code, data } = await run(["table.csv", "--text", "Kommentar"]);

    expect(code).toBe(0);
    expect(data).toMatch(/^positive +1 +33\.3%$/mu);
    expect(data).toMatch(/^keep your promises +0 +0\.0% +1 +33\.3% +0 +0\.0%$/mu);
    expect(data).toMatch(/^corrected for what is read wrongly +share +95% interval$/mu);
    expect(data).toMatch(/^keep your promises: unmet +\d+\.\d% +\d+\.\d% to \d+\.\d%$/mu);
  });
});

describe("answers to one question", () => {
  const answers = "What could be improved,text\nNothing,Nothing\nThe parking,The parking\n";
  const feelingsOf = (lines: readonly Line[]) => lines.map(({ sentiment }) => sentiment);

  test("are read by the name of their column, or by the question that is given", async () => {
    const byColumn = await readFile("asked.csv", answers, ["--text", "What could be improved"]);
    const liked = await readFile("asked.csv", answers, ["--text", "What could be improved", "--asked", "What did you like?"]);

    expect(byColumn.said).toContain("Read as answers to \"What could be improved\", which asks what could be better.");
    expect(feelingsOf(byColumn.lines)).toEqual(["pos", "neg"]);
    expect(feelingsOf(liked.lines)).toEqual(["neg", "pos"]);
  });

  test("are read by their words where the question asks for neither", async () => {
    const plain = await readFile("asked.csv", answers, ["--text", "text"]);
    const asked = await readFile("asked.csv", answers, ["--text", "text", "--asked", "Why?"]);

    expect(asked.said).toContain("\"Why?\" plainly asks neither");
    expect(plain.said).not.toContain("asks");
    expect(asked.lines).toEqual(plain.lines);
  });
});

describe("what cannot be read", () => {
  test("is said of a table with a header alone", async () => {
    await at.write("header.csv", "id,body\n");

    expect(await run(["header.csv", "--text", "body"])).toMatchObject({ code: 1, data: "", said: expect.stringContaining("The file has a header and no rows.") });
  });

  test("as UTF-8 is read by another encoding, which is said", async () => {
    await at.write("old.csv", Buffer.from("id,body\n1,caf\u00e9 was cold\n", "latin1"));

    expect((await run(["old.csv", "--text", "body"])).said).toContain("Read as windows-1252, since it is no UTF-8.");
    expect((await run(["old.csv", "--text", "body", "--encoding", "windows-1252"])).said).not.toContain("Read as");
  });

  test("ends with a reason and no stack", async () => {
    await at.write("no.jsonl", "{\"id\":1,\"body\":\"x\"}\n");
    const { code, data, said } = await run(["no.jsonl", "--text", "text", "--json"]);

    expect(said).toContain("There is no column \"text\". The columns are \"id\", \"body\".");
    expect(said).not.toMatch(/^ +at /mu);
    expect([code, data]).toEqual([1, ""]);
    expect(await run(["no.jsonl"])).toMatchObject({ code: 2, said: expect.stringContaining("--text COLUMN is missing.") });
  });

  test.each([
    ["other.csv", "id,body\n1,x\n", "There is no column \"text\". The columns are \"id\", \"body\"."],
    ["empty.jsonl", "", "The file is empty."],
    ["list.json", "[{\"text\":\"x\"}]", "The file is one JSON array."],
    ["words.jsonl", "only words\n", "is a JSON object."],
  ])("such as %s says why", async (name, content, message) => {
    const path = join(at.folder, name);
    await writeFile(path, content);

    await expect(openComments({ path, text: "text", id: null, delimiter: null, encoding: null })).rejects.toThrow(message);
  });

  test("such as a line without end is left out, and the lines around it are read", async () => {
    const path = join(at.folder, "endless.jsonl");
    await writeFile(path, `{"text":"first"}\n{"text":"${"x".repeat(17 * 2 ** 20)}"}\n{"text":"last"}\n`);
    const file = await openComments({ path, text: "text", id: null, delimiter: null, encoding: null });
    const comments: Comments[] = [];
    for await (const portion of file.portions) if (portion.kind === "lines") comments.push(parseLines(portion));

    expect(comments.flatMap(({ texts, ids }) => texts.map((text, index) => [ids[index], text]))).toEqual([["1", "first"], ["3", "last"]]);
    expect(file.badRows).toEqual([{ place: "Line 2", reason: "It is longer than 16 MB." }]);
  });
});

describe("themes", () => {
  const subjects = {
    parcel: [["parcel", "courier", "doorstep", "delivery van", "tracking number"], ["arrived late", "left outside", "missed", "delayed", "damaged"]],
    parking: [["car park", "parking", "ticket machine", "barrier", "parking space"], ["full", "expensive", "out of order", "far off", "narrow"]],
    login: [["password", "login page", "account", "verification code", "email link"], ["expired", "rejected", "reset", "locked", "resend"]],
  } as const;
  const names = ["parcel", "parking", "login"] as const;
  const writeText = (subject: (typeof names)[number], index: number): string => {
    const [things, states] = subjects[subject];
    const pick = (from: readonly string[], step: number): string => from[Math.floor(index / step) % from.length] ?? "";
    return `The ${pick(things, 1)} and the ${pick(things, 2)} was ${pick(states, 3)}, ${pick(states, 7)} ${["again", "", "for me"][index % 3] ?? ""}.${subject === "parcel" ? " Ask jane@example.com about it" : ""}`;
  };
  const rows = Array.from({ length: 2_400 }, (_, index) => ({ id: index, text: writeText(names[index % 3] ?? "parcel", Math.floor(index / 3)) }));
  const content = rows.map((row) => JSON.stringify(row)).join("\n");

  test("keep a name that ends like a feeling nobody told", () => {
    expect(writeSummary(2, new Map([["emotion null", 1], ["theme value null", 2]]), true, null)).toMatch(/none told +1 +50\.0%\n.*value null +2 +100\.0%\n/su);
  });

  test("are found in the file when asked for, and given to its comments in their order", async () => {
    const { said, lines } = await readFile("themed.jsonl", content, ["--text", "text", "--id", "id", "--themes"]);

    expect(said).toMatch(/^\d+ themes found in 2,400 comments in [\d.]+ s\.\n2,400 comments read in /u);
    expect(lines.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    // One subject may be several themes; those of a comment must be named by words of its subject.
    for (const [place, name] of names.entries()) {
      const words = subjects[name].flat().flatMap((words) => words.split(" ")).filter((word) => word.length > 3);
      const own = lines.filter((_line, index) => index % 3 === place);
      expect(own.filter(({ themes }) => themes.some((theme) => words.some((word) => theme.toLowerCase().includes(word)))).length / own.length, name).toBeGreaterThan(0.5);
    }
    for (const { themes, confidence } of lines) expect(Object.keys(z.record(z.string(), z.number()).parse(confidence["themes"])).toSorted()).toEqual(themes.toSorted());
    expect(lines.flatMap(({ themes }) => themes).join(" ")).not.toMatch(/jane|example/iu);
  });

  test("stand in the tables as well, also of a packed table", async () => {
    await at.write("themed.csv.gz", gzipSync(`text\n${rows.map(({ text }) => `"${text}"`).join("\n")}\n`));
    const { code, data } = await run(["themed.csv.gz", "--text", "text", "--themes"]);

    expect(code).toBe(0);
    expect(data).toMatch(/\ntheme +comments +share\n\S.* +\d+ +\d+\.\d%\n/u);
    expect((await run(["themed.csv.gz", "--text", "text"])).data).not.toContain("theme");
  });

  test("are not looked for in too few comments, nor in what cannot be read twice", async () => {
    const { code, said, lines } = await readFile("few.jsonl", content.split("\n").slice(0, 150).join("\n"), ["--text", "text", "--themes"]);
    expect([code, lines.flatMap(({ themes }) => themes)]).toEqual([0, []]);
    expect(said).toContain("0 themes found in 150 comments");
    expect(said).toContain("Themes need 200 comments of one language");
    expect(await run(["-", "--text", "text", "--themes"])).toMatchObject({ code: 2, said: expect.stringContaining("which standard input cannot give") });
  });
});
