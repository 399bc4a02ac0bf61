import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CommandError, readArguments, UsageError } from "./command.ts";
import { makeCommandFolder, type CommandFolder } from "./commands.make.ts";
import { mineCommand } from "./mine.ts";

const logsFolder = join(import.meta.dirname, "../mining/logs");
const clickstream = join(import.meta.dirname, "../../shared/data/eventlogs/ecom-clickstream.csv.gz");
if (!existsSync(clickstream)) process.stderr.write(`SKIPPED: a shop's clicks, mined by session. They are not at ${clickstream}.\n`);

let at: CommandFolder;
beforeAll(async () => {
  at = await makeCommandFolder("mine");
});
afterAll(() => at.remove());

/** Runs the command in this process, since starting the program takes longer than all it does here. */
const mineHere = async (words: readonly string[]): Promise<{ data: string; said: string }> => {
  let [data, said] = ["", ""];
  await mineCommand.run(readArguments(mineCommand, words), { data: (text) => void (data += text.toString()), say: (line) => void (said += `${line}\n`), progress: () => undefined });
  return { data, said };
};

const mineFile = async (name: string, content: string | Buffer, words: readonly string[] = []) => {
  await at.write(name, content);
  return mineHere([join(at.folder, name), "--json", ...words]);
};

describe("logs that other programs have mined", () => {
  test("the running example gives its whole answer", async () => {
    const { code, data } = await at.run(["mine", join(logsFolder, "running-example.xes"), "--map", "register request,examine casually,check ticket,decide,pay compensation", "--json"]);
    const { edges, variants, conformance, ...others } = JSON.parse(data);

    expect(code).toBe(0);
    expect(others).toEqual({ cases: 6, events: 42, activities: 8, starts: { "register request": 6 }, ends: { "pay compensation": 3, "reject request": 3 } });
    expect(variants).toMatchObject({ count: 6, top: [{ cases: 1, path: ["register request", "examine casually", "check ticket", "decide", "reinitiate request", "examine thoroughly", "check ticket", "decide", "pay compensation"] }, {}, {}, {}, {}, {}] });
    expect(edges).toHaveLength(16);
    expect(edges[0]).toEqual({ from: "check ticket", to: "decide", count: 6, meanS: 181_960, medianS: 129_300, p90S: expect.any(Number), minS: 1_800, maxS: 578_640 });
    expect(conformance).toEqual({ meanFitness: expect.closeTo(0.693122, 6), costs: { 0: 1, 2: 1, 4: 3, 10: 1 } });
  });

  test("packed XES is read as it is", async () => {
    const map = "Confirmation of receipt,T02 Check confirmation of receipt,T04 Determine confirmation of receipt,T05 Print and send confirmation of receipt,T06 Determine necessity of stop advice,T10 Determine necessity to stop indication";
    const { data } = await mineHere([join(logsFolder, "receipt.xes.gz"), "--map", map, "--json"]);
    const mined = JSON.parse(data);

    expect(mined).toMatchObject({ cases: 1_434, events: 8_577, activities: 27, variants: { count: 116 }, ends: { "T10 Determine necessity to stop indication": 828 } });
    expect(mined.variants.top.slice(0, 4).map(({ cases }: { cases: number }) => cases)).toEqual([713, 123, 116, 115]);
    expect([mined.conformance.meanFitness.toFixed(6), mined.conformance.costs[0], mined.conformance.costs[4]]).toEqual(["0.818053", 713, 316]);
  });

  test.skipIf(!existsSync(clickstream))("a packed table is mined by the column that is named", async () => {
    const { data } = await mineHere([clickstream, "--case", "session_id", "--activity", "event", "--time", "timestamp", "--json"]);
    const mined = JSON.parse(data);

    expect([mined.cases, mined.events, mined.edges.length, mined.variants.count]).toEqual([3_605, 31_106, 336, 3_003]);
  });
});

const rows = "customer;when;what\nu;2024-01-01 10:00:05;b\nu;2024-01-01 10:00:00;a\nv;2024-01-01 10:00:00;a\n";

describe("a table", () => {
  test("needs no options when its columns have usual names", async () => {
    const { data, said } = await mineFile("plain.csv", "Customer ID,Event,Time\nu,b,2024-01-01 10:00:05\nu,a,2024-01-01 10:00:00\nv,a,2024-01-01 10:00:00\n");

    expect(JSON.parse(data)).toEqual({
      cases: 2,
      events: 3,
      activities: 2,
      variants: { count: 2, top: [{ path: ["a", "b"], cases: 1 }, { path: ["a"], cases: 1 }] },
      edges: [{ from: "a", to: "b", count: 1, meanS: 5, medianS: 5, p90S: 5, minS: 5, maxS: 5 }],
      starts: { a: 2 },
      ends: { b: 1, a: 1 },
    });
    expect(said).toContain('Cases by "Customer ID", activities by "Event", times by "Time".');
  });

  test("is told what its columns are when nothing can be guessed", async () => {
    const refused = mineFile("odd.csv", rows);
    await expect(refused).rejects.toThrow('Say --activity COLUMN and --time COLUMN. The columns are "customer", "when", "what".');
    const mined = await mineFile("odd.csv", rows, ["--activity", "what", "--time", "when"]);

    expect(JSON.parse(mined.data)).toMatchObject({ cases: 2, events: 3 });
  });

  test("says what is left out and why", async () => {
    const { data, said } = await mineFile("holes.csv", "case,activity,time\n1,a,2024-01-01\n1,,2024-01-01\n1,b,\n1,b,soon\n,b,2024-01-01\n1,b,2999-01-01\n1,b,2024-01-01,x\n");

    expect(JSON.parse(data)).toMatchObject({ cases: 1, events: 2 });
    expect(said).toContain("Events read: 2; left out: 1 without a name, 1 without a time, 1 with a time that cannot be read, 1 without a case, 1 in broken rows.");
    expect(said).toContain('Line 5: "soon" is no time.');
    expect(said).toContain("Events in the future, counted like the others: 1.");
  });

  test("in Latin-1 with names of markup keeps them as they are", async () => {
    const { data } = await mineFile("latin.csv", Buffer.from('case,activity,time\n1,"<b>é, ""x""</b>",2024-01-01\n1,__proto__,2024-01-02\n', "latin1"), ["--map", '"<b>é, ""x""</b>" , __proto__']);
    const mined = JSON.parse(data);

    expect(mined.variants.top[0].path).toEqual(['<b>é, "x"</b>', "__proto__"]);
    expect(mined.conformance).toEqual({ meanFitness: 1, costs: { 0: 1 } });
    expect(data).toContain('"ends":{"__proto__":1}');
  });
});

const example = '<log><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2024-01-01T00:00:00+01:00"/></event></trace></log>';

describe("a file", () => {
  test.each([
    ["bomb.xes", '<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "x">]><log/>', "Line 2: document types (<!DOCTYPE) are refused"],
    ["cut.xes.gz", gzipSync(example).subarray(0, 60), "The gzip file is damaged or cut off"],
    ["cut.xes", example.slice(0, -40), "It is cut off: get it anew."],
    ["empty.xes", "<log/>", "There is no event in the file"],
    ["empty.csv", "", "The file is empty."],
    ["old.json", '{"ocel:events":{}}', "Write it as OCEL 2.0."],
  ])("%s is refused in words", async (name, content, message) => {
    const refused = mineFile(name, content);

    await expect(refused).rejects.toThrow(CommandError);
    await expect(refused).rejects.toThrow(message);
  });

  test("in XES may be in UTF-16, packed, and come by standard input", async () => {
    const { data } = await at.run(["mine", "-", "--json"], gzipSync(Buffer.from(`\ufeff${example}`, "utf16le")));

    expect(JSON.parse(data)).toMatchObject({ cases: 1, events: 1, edges: [] });
  });

  test("of objects is mined by one type of them", async () => {
    const file = JSON.stringify({ objects: [{ id: "o", type: "order" }, { id: "c", type: "customer" }], events: [{ type: "pay", time: "2024-01-01", relationships: [{ objectId: "o" }, { objectId: "c" }] }, { type: "call", time: "2024-01-02", relationships: [{ objectId: "c" }] }] });
    await expect(mineFile("objects.json", file)).rejects.toThrow('The types of objects are "order", "customer".');
    const mined = await mineFile("objects.json", file, ["--object", "customer"]);

    expect(JSON.parse(mined.data).variants.top).toEqual([{ path: ["pay", "call"], cases: 1 }]);
  });

  test("of objects may be XML, in UTF-16 and packed, and is refused when it is a trap", async () => {
    const file = '<?xml version="1.0"?><log><object-types/><objects><object id="o" type="order"/><object id="c" type="customer"/></objects><events><event id="1" type="pay" time="2024-01-01T00:00:00Z"><objects><relationship object-id="o"/><relationship object-id="c"/></objects></event><event id="2" type="call" time="2024-01-02T00:00:00Z"><objects><relationship object-id="c"/></objects></event></events></log>';
    await expect(mineFile("objects.xml", file)).rejects.toThrow('The types of objects are "order", "customer".');
    for (const content of [file, gzipSync(Buffer.from(`\ufeff${file}`, "utf16le"))]) {
      const mined = await mineFile("objects.xml", content, ["--object", "customer"]);
      expect(JSON.parse(mined.data).variants.top).toEqual([{ path: ["pay", "call"], cases: 1 }]);
    }
    await expect(mineFile("bomb.xml", file.replace("<log>", '<!DOCTYPE log [<!ENTITY a "b">]><log>'), ["--object", "customer"])).rejects.toThrow("document types (<!DOCTYPE) are refused");
    await expect(mineFile("later.xml", file.replace("<events>", '<!DOCTYPE log [<!ENTITY a "b">]><events>'), ["--object", "customer"])).rejects.toThrow("document types (<!DOCTYPE) are refused");
  });

  test("is shown to people as tables without control characters of its names", async () => {
    await at.write("people.csv", "case,activity,time\n1,a\u001b[31m,2024-01-01\n1,b,2024-01-02\n");
    const { data, said } = await mineHere([join(at.folder, "people.csv"), "--map", "b,never"]);

    expect(data).toContain("Cases 1 · events 2 · activities 2 · variants 1 · connections 1");
    expect(data).toMatch(/1 +1\.0 d +1\.0 d +1\.0 d +a�\[31m → b/u);
    expect(data).toContain("mean fitness 0.500000");
    expect(said).toContain('No event is called "never"');
    expect(data).not.toContain("\u001b");
  });

  test("is written in other forms with all that is known, and mined alike from each", async () => {
    await at.write("source.csv", "case,activity,time,plan\n1,a,2024-01-01,gold\n1,\"b <x>, =y\",2024-01-02,\n2,a,2024-01-01,silver\n");
    let from = "source.csv";
    const answers: unknown[] = [];
    for (const to of ["one.xes", "two.json.gz", "three.csv", "four.xes.gz", "five.xml", "six.xmlocel.gz"]) {
      const { data, said } = await mineHere([join(at.folder, from), "--json", "--object", "customer", "--write", join(at.folder, to)]);
      answers.push(JSON.parse(data));
      expect(said).toContain(`2 cases written to ${join(at.folder, to)}.`);
      from = to;
    }

    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(await readFile(join(at.folder, "three.csv"), "utf8")).toBe('case,activity,time,plan\r\n1,a,2024-01-01T00:00:00.000Z,gold\r\n1,"b <x>, =y",2024-01-02T00:00:00.000Z,\r\n2,a,2024-01-01T00:00:00.000Z,silver\r\n');
    await expect(mineHere([join(at.folder, from), "--object", "customer", "--write", join(at.folder, "three.csv")])).rejects.toThrow("already. Choose another name");
  });

  test.each([["--write", "log.xlsx", "--write takes a file that ends with"], ["--map", "a,,b", "--map has an empty step"], ["--top", "0", "--top is a whole number"]])("is not looked at when %s is %j", async (option, value, message) => {
    const refused = mineHere(["there-is-none.csv", option, value]);

    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });
});
