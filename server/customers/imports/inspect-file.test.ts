import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectFile, type Inspection } from "./inspect-file.ts";
import { readLimits } from "./row-source.contract.ts";
import { readRows } from "./row-source.ts";
import { makeWorkbook } from "./workbook.make.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "firsthand imports "));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inspect = async (name: string, content: string | Buffer, limits = readLimits): Promise<Inspection> => {
  const path = join(folder, name.replaceAll("/", "_"));
  await writeFile(path, content);
  return inspectFile(path, name, limits);
};
const faultOf = (name: string, content: string | Buffer, limits = readLimits): Promise<unknown> =>
  inspect(name, content, limits).then(() => "no fault", (fault: unknown) => (fault instanceof Error && "code" in fault ? fault.code : fault));
const rowsOf = (inspection: Inspection): Record<string, string>[] => inspection.preview.rows.map((row) => Object.fromEntries(row.cells));
const problemsOf = (inspection: Inspection): (string | undefined)[] => inspection.preview.rows.map((row) => row.problem?.code);

describe("a text file is read", () => {
  const table = "id;when;text\r\n1;2024-01-02;Grüße\r\n2;2024-01-03;\"a;b\"\r\n";
  const expected = [{ id: "1", when: "2024-01-02", text: "Grüße" }, { id: "2", when: "2024-01-03", text: "a;b" }];

  test.each<[string, Buffer, string]>([
    ["UTF-8", Buffer.from(table), "utf-8"],
    ["UTF-8 with byte order mark", Buffer.from(`\uFEFF${table}`), "utf-8"],
    ["UTF-16 little endian with mark", Buffer.from(`\uFEFF${table}`, "utf16le"), "utf-16le"],
    ["UTF-16 little endian without mark", Buffer.from(table, "utf16le"), "utf-16le"],
    ["UTF-16 big endian", Buffer.from(`\uFEFF${table}`, "utf16le").swap16(), "utf-16be"],
    ["Latin-1", Buffer.from(table, "latin1"), "windows-1252"],
    ["gzip", gzipSync(table), "utf-8"],
    ["CR only", Buffer.from(table.replaceAll("\r\n", "\r")), "utf-8"],
    ["stray NUL bytes", Buffer.from(table.replace("text", "te\u0000xt")), "utf-8"],
  ])("in %s", async (name, content, encoding) => {
    const inspection = await inspect(name, content);

    expect(inspection.guess.mapping.read).toMatchObject({ format: "csv", encoding, delimiter: ";", headerRows: 1 });
    expect(rowsOf(inspection)).toEqual(expected);
  });

  test("whose only accented letter is far behind the start, in Latin-1", async () => {
    const inspection = await inspect("late.csv", Buffer.from(`id,text\n${"1,plain\n".repeat(300_000)}2,caf\u00e9\n`, "latin1"));

    expect(inspection.guess.mapping.read.encoding).toBe("windows-1252");
  });

  test("with ragged rows, refusing only those with surplus cells", async () => {
    const inspection = await inspect("ragged.csv", "a,b,c\n1,2,3\n1\n1,2,3,4\n1,2,3,,\n5,6,7\n8,9,10\n");

    expect(problemsOf(inspection)).toEqual([undefined, undefined, "too_many_cells", undefined, undefined, undefined]);
    expect(rowsOf(inspection)[1]).toEqual({ a: "1" });
  });

  test("with duplicate, empty and dangerous column names made safe", async () => {
    const inspection = await inspect("names.csv", "name,name,,__proto__,constructor\na,b,c,d,e\n");

    expect(inspection.preview.columns.map((column) => column.name)).toEqual(["name", "name (2)", "Column 3", "proto", "constructor"]);
    expect(Reflect.get({}, "d")).toBeUndefined();
  });

  test("without header when its first row is data", async () => {
    const inspection = await inspect("plain.tsv", "I am sorry\t27\ted00q6i\nWonderful\t0\ted5f85d\nKings fan\t13\teen27c3\n");

    expect(inspection.preview.columns.map((column) => column.name)).toEqual(["Column 1", "Column 2", "Column 3"]);
    expect(inspection.preview.rows).toHaveLength(3);
  });

  test("with three header rows of Qualtrics", async () => {
    const inspection = await inspect("q.csv", "StartDate,Q1\nStart Date,How satisfied are you?\n\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n2024-01-01,4\n");

    expect(inspection.preview.columns[1]).toEqual({ name: "Q1", label: "How satisfied are you?" });
    expect(rowsOf(inspection)).toEqual([{ StartDate: "2024-01-01", Q1: "4" }]);
  });
});

describe("a workbook is read", () => {
  test("with shared texts, dates, numbers, truth values, errors and formulas by their stored value", async () => {
    const content = makeWorkbook({
      sharedTexts: ["Customer", "ann & bob"],
      sheets: {
        Orders: [
          [{ type: "s", value: "0" }, "When", "Day", "Amount", "Paid", "Bad", "Sum"],
          [{ type: "s", value: "1" }, { style: 1, value: "42430.354166666664" }, { style: 2, value: "42430" }, { value: "0.10000000000000001" }, { type: "b", value: "1" }, { type: "e", value: "#N/A" }, { formula: "1+1", value: "2" }],
        ],
        "Second & last": [["x"], ["y"]],
      },
    });
    const inspection = await inspect("book.xlsx", content);

    expect(inspection.sheets).toEqual(["Orders", "Second & last"]);
    expect(rowsOf(inspection)).toEqual([{ Customer: "ann & bob", When: "2016-03-01 08:30:00", Day: "2016-03-01", Amount: "0.1", Paid: "true", Sum: "2" }]);
  });

  test("of which cells are left out", async () => {
    const parts = { "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>a</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>c</t></is></c></row><row r=\"9\"><c r=\"C9\"><v>5</v></c></row></sheetData></worksheet>" };
    const inspection = await inspect("gaps.xlsx", makeWorkbook({ sheets: { One: [] }, parts }));

    expect(inspection.preview.rows.map((row) => [row.number, Object.fromEntries(row.cells)])).toEqual([[9, { c: "5" }]]);
  });
});

describe("an event log is read", () => {
  test("with nested attributes and those of the trace", async () => {
    const inspection = await inspect("log.xes", `<?xml version="1.0"?><log><global scope="event"><string key="concept:name" value="none"/></global>
      <trace><string key="concept:name" value="c1"/><list key="tags"><values><string key="tag" value="gold"/></values></list>
      <event><string key="concept:name" value="Order"><string key="note" value="by phone"/></string><date key="time:timestamp" value="2024-01-02T03:04:05+01:00"/></event></trace>
      <trace><string key="concept:name" value="c2"/><event><string key="concept:name" value="Pay &amp; go"/></event></trace></log>`);

    expect(rowsOf(inspection)).toEqual([
      { "case:number": "1", "case:concept:name": "c1", "case:tags.tag": "gold", "concept:name": "Order", "concept:name.note": "by phone", "time:timestamp": "2024-01-02T03:04:05+01:00" },
      { "case:number": "2", "case:concept:name": "c2", "concept:name": "Pay & go" },
    ]);
  });
});

const at = (minute: number): string => `2024-01-02T00:${String(minute).padStart(2, "0")}:00Z`;
const touched = (...ids: string[]) => ids.map((objectId) => ({ objectId, qualifier: "" }));
const orders = {
  objectTypes: [], eventTypes: [],
  objects: [
    { id: "i1", type: "item" }, { id: "i2", type: "item" },
    { id: "o1", type: "order", attributes: [{ name: "total", time: at(0), value: 5.5 }, { name: "total", time: at(3), value: 7 }], relationships: touched("c1") },
    { id: "c1", type: "Customer", attributes: [{ name: "plan", time: "1970-01-01T00:00:00Z", value: "gold" }] },
    { id: "c2", type: "Customer" },
  ],
  events: [
    { id: "e1", type: "Place order", time: at(1), attributes: [{ name: "resource", value: "shop" }], relationships: touched("c1", "o1", "i1", "i2") },
    { id: "e2", type: "Send", time: at(5), relationships: touched("o1", "i1") },
    { id: "e3", type: "Meet", time: at(6), relationships: touched("c1", "c2") },
    { id: "e4", type: "Count stock", time: at(7), relationships: touched("i2") },
  ],
};

describe("an object-centric log is read", () => {
  const usesOf = ({ guess }: Inspection): Record<string, unknown> => Object.fromEntries(guess.mapping.columns.map(({ column, use }) => [column, use]));

  test("with a row for each customer of an event, also for those its order belongs to, and what objects were at the time", async () => {
    const inspection = await inspect("orders.jsonocel", JSON.stringify(orders));

    expect(inspection.guess.mapping.read).toMatchObject({ format: "ocel", objects: "Customer" });
    expect(inspection.sheets).toEqual(["item", "order", "Customer"]);
    expect(rowsOf(inspection)).toEqual([
      { "event:id": "e1", "event:type": "Place order", "event:time": at(1), resource: "shop", "object:Customer": "c1", "object:Customer:plan": "gold", "object:order": "o1", "object:order:total": "5.5", "object:item": "[\"i1\",\"i2\"]" },
      { "event:id": "e2", "event:type": "Send", "event:time": at(5), "object:Customer": "c1", "object:Customer:plan": "gold", "object:order": "o1", "object:order:total": "7", "object:item": "i1" },
      { "event:id": "e3", "event:type": "Meet", "event:time": at(6), "object:Customer": "c1", "object:Customer:plan": "gold" },
      { "event:id": "e3 c2", "event:type": "Meet", "event:time": at(6), "object:Customer": "c2" },
      { "event:id": "e4", "event:type": "Count stock", "event:time": at(7), "object:item": "i2" },
    ]);
    expect(inspection.preview.rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(inspection.guess.notes).toEqual([]);
    expect(usesOf(inspection)).toEqual({
      "event:id": { use: "message_id" }, "event:type": { use: "event" }, "event:time": { use: "time" }, resource: { use: "property", name: "resource" },
      "object:Customer": { use: "customer", kind: "user" }, "object:Customer:plan": { use: "trait", name: "plan" },
      "object:order": { use: "property", name: "order" }, "object:order:total": { use: "property", name: "order:total" }, "object:item": { use: "property", name: "item" },
    });
  });

  test("with a note when none of its objects is plainly a customer", async () => {
    const inspection = await inspect("orders.json", JSON.stringify({ ...orders, objects: orders.objects.filter(({ type }) => type !== "Customer") }));

    expect(inspection.guess.mapping.read).toMatchObject({ objects: null });
    expect(inspection.guess.notes.map(({ code }) => code)).toEqual(["no_customer_column"]);
    expect(rowsOf(inspection)).toHaveLength(4);
  });

  test("in XML, in Latin-1 that says so and in Latin-1 that says it is UTF-8", async () => {
    const text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><log><objects><object id=\"c1\" type=\"client\"/></objects><events><event id=\"e1\" type=\"Gr\u00fc\u00dfe\" time=\"2024-01-02T00:00:00Z\"><objects><relationship object-id=\"c1\" qualifier=\"\"/></objects></event></events></log>";
    for (const content of [Buffer.from(text), Buffer.from(text.replace("UTF-8", "ISO-8859-1"), "latin1"), Buffer.from(text, "latin1"), Buffer.from(`\ufeff${text.replace("UTF-8", "UTF-16")}`, "utf16le"), gzipSync(text)]) {
      const inspection = await inspect("small.xml", content);

      expect(inspection.guess.mapping.read).toMatchObject({ format: "ocel", objects: "client" });
      expect(rowsOf(inspection)).toEqual([{ "event:id": "e1", "event:type": "Gr\u00fc\u00dfe", "event:time": "2024-01-02T00:00:00Z", "object:client": "c1" }]);
    }
  });
});

describe("an event of many customers", () => {
  /** Events of an order that belongs to as many customers; what it touches besides belongs to each of their rows. */
  const makeLog = ({ customers, others = [], events = 1, note = "" }: { customers: number; others?: string[]; events?: number; note?: string }): string => {
    const ids = Array.from({ length: customers }, (_unused, index) => `c${index}`);
    return JSON.stringify({
      objectTypes: [],
      objects: [{ id: "o", type: "order", attributes: [{ name: "note", time: at(0), value: note }], relationships: touched(...ids) }, ...others.map((id) => ({ id, type: "item" })), ...ids.map((id) => ({ id, type: "customer" }))],
      events: Array.from({ length: events }, (_unused, index) => ({ id: `e${index}`, type: "meet", time: at(1), relationships: touched("o", ...others) })),
    });
  };

  test.each([
    ["a thousand of them", { customers: 1_000 }, 1_000, undefined, undefined],
    ["more of them", { customers: 1_001 }, 1, "row_too_long", "The event concerns more than 1000 customers. Write it as several events."],
    ["a thousand and as much text for each", { customers: 1_000, others: ["a".repeat(1_000), "b".repeat(1_000)] }, 1, "row_too_long", "The event holds too much text for each of its 1000 customers. Write it as several events."],
    ["one and too much text for one row", { customers: 1, note: "x".repeat(1_048_000), others: ["a".repeat(1_000)] }, 1, "row_too_long", "The event holds too much text."],
  ])("is taken whole or refused whole: %s", async (name, log, rows, code, reason) => {
    const inspection = await inspect(`${name}.jsonocel`, makeLog(log));

    expect(inspection.preview.rows).toHaveLength(rows);
    expect(inspection.preview.rows[0]?.problem).toEqual(code === undefined ? undefined : { code, reason });
  });

  test("comes in portions, however many rows one piece of the file becomes", async () => {
    const path = join(folder, "portions.jsonocel");
    await writeFile(path, makeLog({ customers: 500, events: 20 }));
    const { guess } = await inspectFile(path, "portions.jsonocel", readLimits);
    const portions: number[] = [];
    for await (const { rows } of readRows(path, guess.mapping.read, readLimits)) portions.push(rows.length);

    expect(portions).toEqual(Array.from({ length: 10 }, () => 1_000));
  });

  test("has types of objects that fit into a name", async () => {
    const long = `customer ${"x".repeat(300)}`;
    const inspection = await inspect("types.jsonocel", JSON.stringify({ objects: [{ id: "c1", type: long }], events: [{ id: "e1", type: "meet", time: at(1), relationships: touched("c1") }] }));

    expect(inspection.sheets).toEqual([long.slice(0, 200)]);
    expect(inspection.guess.mapping).toMatchObject({ read: { objects: long.slice(0, 200) }, columns: [{ column: "event:id" }, { column: "event:type" }, { column: "event:time" }, { use: { use: "customer" } }] });
  });
});

describe("JSON is read", () => {
  test("line by line, refusing a broken line alone", async () => {
    const inspection = await inspect("x.jsonl", "{\"id\":1,\"a\":{\"b\":{\"c\":true}},\"tags\":[1,2],\"none\":null}\n{broken\n[1]\n\n{\"__proto__\":{\"x\":1},\"id\":2}\n");

    expect(problemsOf(inspection)).toEqual([undefined, "json_invalid", "json_not_an_object", undefined]);
    expect(rowsOf(inspection)[0]).toEqual({ id: "1", "a.b.c": "true", tags: "[1,2]" });
    expect(Reflect.get({}, "x")).toBeUndefined();
  });

  test("as one array", async () => {
    const inspection = await inspect("x.json", "[\n {\"id\": 1, \"text\": \"a,]}\\\"b\"},\n {\"id\": 2}\n]\n");

    expect(rowsOf(inspection)).toEqual([{ id: "1", text: "a,]}\"b" }, { id: "2" }]);
  });
});

describe("a hostile file is refused without filling memory", () => {
  const small = { ...readLimits, rowCharacters: 10_000, sharedTextCharacters: 100_000 };

  test.each<[string, () => string | Buffer, string]>([
    ["an empty file", () => "", "file_not_a_table"],
    ["blank lines", () => "\n\n\n", "file_not_a_table"],
    ["a picture", () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0, 1, 2, 3, 4, 5, 6, 7]), "file_not_a_table"],
    ["a PDF", () => "%PDF-1.7\n1 0 obj <</Type/Catalog>>\nendobj\n", "file_not_a_table"],
    ["an old workbook", () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "file_not_a_table"],
    ["a cut archive", () => Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(40)]), "file_damaged"],
    ["XML that is no log", () => "<html><body>hello</body></html>", "file_not_a_table"],
    ["XML that is cut", () => "<log><trace><event><string key=\"a\" value=\"1\"/></event>", "file_damaged"],
    ["cut gzip", () => gzipSync("a,b\n1,2\n".repeat(1_000)).subarray(0, 40), "file_damaged"],
    ["a billion laughs", () => "<?xml version=\"1.0\"?><!DOCTYPE log [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><log><trace><event><string key=\"k\" value=\"&b;\"/></event></trace></log>", "file_damaged"],
    ["an outside entity", () => "<!DOCTYPE log SYSTEM \"file:///etc/passwd\"><log></log>", "file_damaged"],
    ["an endless attribute", () => `<log><trace><event><string key="a" value="${"x".repeat(2_000_000)}`, "row_too_long"],
    ["XML nested without end", () => `<log>${"<list key=\"a\">".repeat(10_000)}`, "file_damaged"],
    ["XML in an unknown encoding", () => "<?xml version=\"1.0\" encoding=\"x-klingon\"?><log/>", "encoding_unknown"],
    ["an object-centric log that is cut", () => JSON.stringify(orders).slice(0, -3), "file_damaged"],
    ["an object-centric log nested without end", () => `{"objectTypes": [], "objects": [], "events": [${"[".repeat(10_000)}`, "file_damaged"],
    ["an object-centric log in XML with a billion laughs", () => "<?xml version=\"1.0\"?><!DOCTYPE log [<!ENTITY a \"ha\">]><log><objects/><events><event id=\"&a;\"/></events></log>", "file_damaged"],
    ["an object-centric log of version 1", () => "{\"ocel:global-log\": {}, \"ocel:events\": {}}", "file_not_a_table"],
    ["an object-centric log in a database", () => Buffer.from("SQLite format 3\u0000\u0010"), "file_not_a_table"],
    ["more objects than memory should hold", () => JSON.stringify({ ...orders, objects: Array.from({ length: 1_000 }, (_unused, at) => ({ id: `o${at}`, type: "order" })) }), "file_too_large"],
    ["objects of types and attributes without end", () => JSON.stringify({ ...orders, objects: [{ id: "o1", type: "x".repeat(60_000), attributes: [{ name: "x".repeat(60_000), time: at(0), value: "1" }] }] }), "file_too_large"],
    ["a gzip bomb", () => gzipSync(Buffer.alloc(100 * 1024 ** 2, "a")), "file_too_large"],
    ["a workbook bomb", () => makeWorkbook({ sheets: { One: [] }, parts: { "xl/sharedStrings.xml": `<sst>${"<si><t>aaaaaaaaaaaaaaaaaaaa</t></si>".repeat(100_000)}</sst>` } }), "file_too_large"],
    ["a cell without end", () => makeWorkbook({ sheets: { One: [] }, parts: { "xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c t="inlineStr"><is>${"<t>aaaaaaaaaa</t>".repeat(10_000)}` } }), "row_too_long"],
    ["a shared text without end", () => makeWorkbook({ sheets: { One: [] }, parts: { "xl/sharedStrings.xml": `<sst><si><t>${"aaaaaaaaaa".repeat(10_000)}` } }), "row_too_long"],
    ["too many columns", () => `${"a,".repeat(3_000)}\n`, "too_many_columns"],
  ])("%s", async (name, make, code) => {
    expect(await faultOf(name, make(), small)).toBe(code);
  });

  test("one line of a hundred million characters becomes one refused row", async () => {
    const before = process.memoryUsage.rss();
    const line = Buffer.alloc(100 * 1024 ** 2, "x");
    const inspection = await inspect("line.csv", Buffer.concat([Buffer.from("a,b\n1,2\n"), line, Buffer.from("\n3,4\n")]), small);

    expect(problemsOf(inspection)).toEqual([undefined, "row_too_long", undefined]);
    expect(process.memoryUsage.rss() - before - line.length * 2).toBeLessThan(200 * 1024 ** 2);
  });
});

const realData = join(import.meta.dirname, "../../../../shared/data");
const hasRealData = existsSync(realData);
if (!hasRealData) process.stderr.write(`Skipped: the real files are not in ${realData}.\n`);

test("columns that are named by a question hold comments, unless they hold choices, scores or short facts", async () => {
  const rows = Array.from({ length: 12 }, (_, index) => [index % 3 === 0 ? "Nothing" : `More room ${index} please`, `The staff ${index} were kind`, ["Leeds North", "York East"][index % 2], index % 11, 20 + index, `Row ${index} of seats`].join(","));
  const { guess } = await inspect("answers.csv", ["What could we do better?,Please tell us what was good,Which shop did you visit?,How likely are you to recommend us?,How old are you?,seat", ...rows].join("\n"));

  expect(guess.mapping.columns.filter(({ use }) => use.use === "comment").map(({ column }) => column)).toEqual(["What could we do better?", "Please tell us what was good"]);
});

describe.skipIf(!hasRealData)("every real file previews", () => {
  const noTable: readonly string[] = ["DataDictionary_SFO_2017_code_list_and_field_guide.pdf", "survey.lss", "two-languages.lss"];

  test.each(["survey", "eventlogs", "clv", "import", "churn"])("of %s", async (name) => {
    const results: Record<string, string> = {};
    for (const file of await readdir(join(realData, name))) {
      const inspection = await inspectFile(join(realData, name, file), file, readLimits).catch((fault: unknown) => fault);
      results[file] = inspection instanceof Error ? ("code" in inspection ? String(inspection.code) : inspection.message) : "a table";
    }
    expect(results).toEqual(Object.fromEntries(Object.keys(results).map((file) => [file, noTable.includes(file) ? "file_not_a_table" : "a table"])));
  });

  const usesOf = async (file: string): Promise<Record<string, unknown>> => {
    const { guess } = await inspectFile(join(realData, file), file.split("/").at(-1) ?? "", readLimits);
    return { ...Object.fromEntries(guess.mapping.columns.map(({ column, use }) => [column, use])), time: guess.mapping.time, read: guess.mapping.read, notes: guess.notes.map(({ code }) => code) };
  };

  test("the airport survey with its blanks and weights", async () => {
    expect(await usesOf("survey/sfo_2018.csv.gz")).toMatchObject({
      NETPRO: { use: "score", kind: "nps", min: 0, max: 10, blank: ["11"] },
      Q7ALL: { use: "score", kind: "csat", min: 1, max: 5, blank: [] },
      Q7FOOD: { use: "score", kind: "rating", min: 1, max: 5, blank: ["0", "6"], touchpoint: "Food" },
      Q5TIMESFLOWN: { use: "property" },
      RESPNUM: { use: "customer", kind: "external" },
      WEIGHT: { use: "weight" },
      time: { fixed: "2018-07-01T00:00:00Z" },
      notes: ["no_time_column"],
    });
  });

  test("the clickstream, the purchases, the invoices and the journey log", async () => {
    expect(await usesOf("eventlogs/ecom-clickstream.csv.gz")).toMatchObject({ user_id: { use: "customer", kind: "user" }, event: { use: "event" }, timestamp: { use: "time" }, notes: [] });
    expect(await usesOf("clv/CDNOW_master.txt")).toMatchObject({ read: { delimiter: "whitespace" }, customer_id: { use: "customer" }, date: { use: "time" }, time: { format: "compact" } });
    expect(await usesOf("clv/online_retail.csv.gz")).toMatchObject({ InvoiceDate: { use: "time" }, CustomerID: { use: "customer", kind: "user" }, Country: { use: "trait" } });
    expect(await usesOf("eventlogs/cjml-example.xes")).toMatchObject({ "case:enduser": { use: "customer", kind: "user" }, timeCompleted: { use: "time" }, EventType: { use: "event" }, channel: { use: "channel" } });
    expect(await usesOf("eventlogs/receipt.xes.gz")).toMatchObject({ "case:concept:name": { use: "customer", kind: "external" }, "concept:name": { use: "event" }, "time:timestamp": { use: "time" } });
    expect(await usesOf("import/qualtrics-3-header.csv")).toMatchObject({ read: { headerRows: 3 }, RecordedDate: { use: "time" }, IPAddress: { use: "ignore" } });
  });
});
