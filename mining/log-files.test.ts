// Logs as tables and as object-centric files, and all forms written and read again.
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { BrokenFile } from "./broken-file.ts";
import { makeLogBuilder, traceOf } from "./event-log.ts";
import { writeCsv, writeXes } from "./log-writers.ts";
import { makeLog, readXesText } from "./logs.make.ts";
import { flattenByObject, listObjectTypes } from "./object-log.ts";
import { readOcel, writeOcel } from "./ocel.ts";
import { guessLogColumns, openTableReader } from "./table-reader.ts";
import { casesOf, casesOfObjects, liftCases, makeCaseCollector, type WrittenCase } from "./written-cases.ts";
import { openXesReader } from "./xes-reader.ts";

describe("a table", () => {
  test.each([
    [["case:concept:name", "concept:name", "time:timestamp", "org:resource"], ["case:concept:name", "concept:name", "time:timestamp"]],
    [["user_id", "session_id", "event", "timestamp", "platform"], ["user_id", "event", "timestamp"]],
    [["Timestamp", "Activity", "Case ID"], ["Case ID", "Activity", "Timestamp"]],
    [["colour", "size"], [null, null, null]],
  ])("of the columns %j is read by %j", (header, [caseColumn, activity, time]) => {
    expect(guessLogColumns(header)).toEqual({ case: caseColumn, activity, time });
  });

  test("gives a column that was said to nothing else", () => {
    expect(guessLogColumns(["event", "action", "user", "at"], { case: "event" })).toEqual({ case: "event", activity: "action", time: "at" });
  });

  test("is read row by row, and what cannot be used is counted", () => {
    const reader = openTableReader(["who", "what", "when"], { case: "who", activity: "what", time: "when" });
    for (const row of [["u", "b", "2024-01-01 10:00"], ["u", "a", "2024-01-01 09:00"], ["", "a", "2024-01-01"], ["u", "", "2024-01-01"], ["u", "c", ""], ["u", "c", "soon"], ["u", "c", "2024-01-01", "more"], ["u"]]) reader.row(row);
    const { log, report } = reader.end();

    expect(traceOf(log, 0)).toEqual(["a", "b"]);
    expect(report).toMatchObject({ events: 2, withoutCase: 1, withoutName: 2, withoutTime: 1, unreadableTimes: 1, brokenRows: 1 });
    expect(report.examples[0]).toBe('Line 4: the column "who" is empty.');
  });

  test("without a wanted column is refused with the columns there are", () => {
    expect(() => openTableReader(["a", "b"], { case: "a", activity: "b", time: "c" })).toThrow('There is no column "c". The columns are "a", "b".');
  });
});

const hostile = ['<script>"&\'', "=cmd()|x", "a,b\nc", "\u0000\u001b[31m", "日本 \ud83d\ude00", "half \ud83d", "__proto__", " blanks "];

const makeHostile = () => {
  const builder = makeLogBuilder();
  for (const name of hostile) hostile.forEach((activity, at) => builder.add(builder.openCase(name), activity, Date.UTC(2024, 0, 1) + at));
  return builder.finish();
};

describe("a log that is written", () => {
  const log = makeLog("abc", "ba");

  test("as XES is read again as it was", () => {
    const { log: again, report } = readXesText([...writeXes(casesOf(log))].join(""));

    expect(again).toEqual(log);
    expect(report.examples).toEqual([]);
  });

  test("as XES keeps attributes and hostile names, but for what XML cannot say", () => {
    const cases: WrittenCase[] = [{ name: "one", attributes: new Map([["plan", { type: "string", value: "a<b" }]]), events: [{ activity: "x", time: 0, attributes: new Map([["costs", { type: "int", value: "5" }]]) }] }];
    const text = [...writeXes(cases)].join("");
    const { log: again } = readXesText([...writeXes(casesOf(makeHostile()))].join(""));

    expect(text).toContain('<string key="plan" value="a&lt;b"/>');
    expect(text).toContain('<int key="costs" value="5"/>');
    expect(again.activities).toEqual(hostile.map((name) => name.toWellFormed().replaceAll("\u0000", "\ufffd").replaceAll("\u001b", "\ufffd")));
  });

  test("as CSV can be read again, and starts no formula in a spreadsheet", () => {
    const raw: string[][] = parse([...writeCsv(casesOf(makeHostile()), { isRaw: true })].join(""));
    const guarded: string[][] = parse([...writeCsv(casesOf(makeHostile()))].join(""));

    expect(raw[0]).toEqual(["case", "activity", "time"]);
    expect(raw.slice(1, 9).map(([, activity]) => activity)).toEqual(hostile.map((name) => name.toWellFormed()));
    expect(guarded[2]?.[1]).toBe("'=cmd()|x");
    expect(guarded[1]?.[2]).toBe("2024-01-01T00:00:00.000Z");
  });

  test("as OCEL is read again as it was", () => {
    const { log: again, report } = readOcel([...writeOcel(liftCases(casesOf(log), "customer"))].join(""));

    expect(flattenByObject(again, "customer")).toEqual(log);
    expect(listObjectTypes(again)).toEqual([{ type: "customer", objects: 2, events: 5, activities: 3 }]);
    expect(report.examples).toEqual([]);
  });
});

describe("what is known besides names and times", () => {
  const text = '<log><trace><string key="concept:name" value="one"/><string key="plan" value="gold"/><event><string key="concept:name" value="b"/><date key="time:timestamp" value="2024-01-02T00:00:00Z"/><int key="costs" value="5"/></event><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2024-01-01T00:00:00Z"/></event></trace><trace><string key="concept:name" value="one"/><event><string key="concept:name" value="c"/><date key="time:timestamp" value="2024-01-01T00:00:00Z"/></event></trace></log>';
  const collect = (xes: string): WrittenCase[] => {
    const collector = makeCaseCollector();
    const reader = openXesReader({ onEvent: collector.take });
    reader.push(new TextEncoder().encode(xes));
    reader.end();
    return collector.cases();
  };

  test("goes from XES to XES as it is, and cases of one name stay apart", () => {
    const once = [...writeXes(collect(text))].join("");

    expect([...writeXes(collect(once))].join("")).toBe(once);
    expect(once.split("<trace>")).toHaveLength(3);
    expect(once).toContain('<int key="costs" value="5"/>');
  });

  test("gets columns of a table", () => {
    expect([...writeCsv(collect(text), { columns: ["plan", "costs"] })].join("")).toBe("case,activity,time,plan,costs\r\none,a,2024-01-01T00:00:00.000Z,gold,\r\none,b,2024-01-02T00:00:00.000Z,gold,5\r\none,c,2024-01-01T00:00:00.000Z,,\r\n");
  });

  test("gets a column of another name where it would be taken for the case, the activity or the time", () => {
    const cases: WrittenCase[] = [{ name: "one", attributes: new Map(), events: [{ activity: "a", time: 0, attributes: new Map([["time", { type: "string", value: "late" }]]) }] }];

    expect([...writeCsv(cases, { columns: ["time"] })].join("")).toBe("case,activity,time,time (attribute)\r\none,a,1970-01-01T00:00:00.000Z,late\r\n");
  });

  test("goes to objects and back", () => {
    const { log } = readOcel([...writeOcel(liftCases(collect(text), "customer"))].join(""));
    const [first, second] = casesOfObjects(log, "customer");

    expect([first?.name, second?.name]).toEqual(["one", "one (2)"]);
    expect(first?.attributes.get("plan")).toEqual({ type: "string", value: "gold" });
    expect([...(first?.events ?? [])].map(({ activity, attributes }) => `${activity} ${attributes.get("costs")?.value ?? ""}`)).toEqual(["a ", "b 5"]);
  });
});

const orders = {
  objectTypes: [{ name: "order", attributes: [] }, { name: "parcel", attributes: [] }],
  eventTypes: [{ name: "pay", attributes: [] }, { name: "send", attributes: [] }],
  objects: [
    { id: "o1", type: "order", attributes: [{ name: "total", time: "2024-01-01T00:00:00Z", value: 5.5 }], relationships: [{ objectId: "p1", qualifier: "in" }] },
    { id: "o2", type: "order" },
    { id: "p1", type: "parcel" },
  ],
  events: [
    { id: "e2", type: "send", time: "2024-01-02T00:00:00Z", attributes: [{ name: "weight", value: 3 }, { name: "isGift", value: true }], relationships: [{ objectId: "o1", qualifier: "holds" }, { objectId: "o2", qualifier: "holds" }, { objectId: "p1", qualifier: "is" }] },
    { id: "e1", type: "pay", time: "2024-01-01T00:00:00Z", relationships: [{ objectId: "o1", qualifier: "paid" }] },
  ],
};

describe("an object-centric log", () => {
  test("is made flat by the objects of one type", () => {
    const { log } = readOcel(JSON.stringify(orders));
    const byOrder = flattenByObject(log, "order");

    expect(listObjectTypes(log)).toEqual([{ type: "order", objects: 2, events: 2, activities: 2 }, { type: "parcel", objects: 1, events: 1, activities: 1 }]);
    expect(byOrder.cases.map((name, place) => `${name} ${traceOf(byOrder, place).join(" ")}`)).toEqual(["o1 pay send", "o2 send"]);
    expect(flattenByObject(log, "parcel").cases).toEqual(["p1"]);
  });

  test("keeps attributes, values and relations when it is written", () => {
    const { log } = readOcel(JSON.stringify(orders));
    const written: unknown = JSON.parse([...writeOcel(log)].join(""));

    expect(readOcel(JSON.stringify(written)).log).toEqual(log);
    expect(written).toMatchObject({ eventTypes: [{ name: "pay" }, { name: "send", attributes: [{ name: "weight", type: "integer" }, { name: "isGift", type: "boolean" }] }], events: [{ id: "e1" }, { id: "e2", attributes: [{ value: 3 }, { value: true }] }] });
  });

  test("leaves out and counts what belongs to nothing", () => {
    const { log, report } = readOcel(JSON.stringify({ objects: [{ id: "o", type: "order" }, { id: "o", type: "order" }, 7], events: [{ type: "a", time: "2024-01-01", relationships: [] }, { type: "b", time: "soon", relationships: [{ objectId: "o" }] }, { type: "", time: "2024-01-01" }, null, { type: "c", relationships: [{ objectId: "o" }] }] }));

    expect([log.objects.size, log.events.length]).toEqual([1, 0]);
    expect(report).toMatchObject({ withoutCase: 1, unreadableTimes: 1, withoutName: 2, withoutTime: 1, brokenRows: 2 });
  });

  test.each([
    ["{", /is no JSON/u],
    ["[]", /holds no object/u],
    ['{"ocel:events":{}}', /version 1/u],
    ['{"events":{}}', /has the lists "objects" and "events"/u],
  ])("that reads %s is refused in words", (text, message) => {
    expect(() => readOcel(text)).toThrow(BrokenFile);
    expect(() => readOcel(text)).toThrow(message);
  });
});
