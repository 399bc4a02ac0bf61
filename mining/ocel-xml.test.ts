import { describe, expect, test } from "vitest";
import { BrokenFile } from "./broken-file.ts";
import { makeLog } from "./logs.make.ts";
import { flattenByObject } from "./object-log.ts";
import { isOcelXml, makeOcelXmlWriter, openOcelLog } from "./ocel-xml.ts";
import { readOcel, writeOcel } from "./ocel.ts";
import { casesOf, liftCases, type WrittenCase } from "./written-cases.ts";

const read = (text: string, pieceCharacters = 65_536): ReturnType<ReturnType<typeof openOcelLog>["end"]> => {
  const reader = openOcelLog();
  for (let at = 0; at < text.length; at += pieceCharacters) reader.push(text.slice(at, at + pieceCharacters));
  return reader.end();
};

const orders = {
  objectTypes: [], eventTypes: [],
  objects: [
    { id: "o<1>", type: "order \"big\"", attributes: [{ name: "total", time: "2024-01-01T00:00:00Z", value: "5.5" }, { name: "total", time: "2024-02-01T00:00:00Z", value: "7" }], relationships: [{ objectId: "c1", qualifier: "by & for" }] },
    { id: "c1", type: "customer", attributes: [], relationships: [] },
  ],
  events: [
    { id: "e1", type: "pay\n& go", time: "2024-01-02T00:00:00.123Z", attributes: [{ name: "amount", value: 5.5 }, { name: "pieces", value: 2 }, { name: "isGift", value: true }, { name: "note", value: "a < b & \"c\" 日本" }], relationships: [{ objectId: "o<1>", qualifier: "paid" }, { objectId: "c1", qualifier: "" }] },
    { id: "e2", type: "send", time: "2024-01-03T00:00:00Z", attributes: [], relationships: [{ objectId: "c1", qualifier: "to" }] },
  ],
};

describe("an object-centric log in XML", () => {
  const { log } = readOcel(JSON.stringify(orders));
  const written = [...writeOcel(log, makeOcelXmlWriter())].join("");

  test.each([1, 7, 65_536])("is read again as it was written, in pieces of %i characters", (pieceCharacters) => {
    const { log: again, report } = read(written, pieceCharacters);
    expect(again).toEqual(log);
    expect(report).toMatchObject({ events: 2, examples: [] });
    expect([...writeOcel(again)].join("")).toBe([...writeOcel(log)].join(""));
  });

  test("has the parts of the standard in their order", () => {
    expect([...written.matchAll(/^<(object-types|event-types|objects|events)>/gmu)].map(([, name]) => name)).toEqual(["object-types", "event-types", "objects", "events"]);
    expect(written).toContain('<relationship object-id="o&lt;1&gt;" qualifier="paid"/>');
    expect(written).toContain('<attribute name="pieces" type="integer"/>');
    expect(written).toContain('<attribute name="total" time="2024-02-01T00:00:00.000Z">7</attribute>');
  });

  test("takes for text what is not of the type it is said to have", () => {
    const odd = '<log><event-types><event-type name="pay"><attributes><attribute name="n" type="integer"/><attribute name="b" type="boolean"/><attribute name="t" type="time"/></attributes></event-type></event-types><objects><object id="o" type="order"/></objects><events><event id="e" type="pay" time="2024-01-01T00:00:00Z"><attributes><attribute name="n">many</attribute><attribute name="b">maybe</attribute><attribute name="t">soon</attribute></attributes><objects><relationship object-id="o" qualifier=""/></objects></event></events></log>';
    expect([...(read(odd).log.events[0]?.attributes.values() ?? [])]).toEqual([{ type: "string", value: "many" }, { type: "string", value: "maybe" }, { type: "string", value: "soon" }]);
  });

  test.each([
    ["string", "  two words\t", "string", "  two words\t"], ["string", " 7 ", "string", " 7 "], ["integer", "\n  7 ", "int", "7"], ["float", " 1.5e3\n", "float", "1.5e3"], ["float", ".5", "float", ".5"], ["float", "0x10", "string", "0x10"], ["float", "0b1", "string", "0b1"],
    ["float", "Infinity", "string", "Infinity"], ["float", " ", "string", " "], ["float", "1e999", "string", "1e999"], ["boolean", " true ", "boolean", "true"], ["time", " 2024-01-01T00:00:00Z ", "date", "2024-01-01T00:00:00Z"], ["time", " soon ", "string", " soon "],
  ])("reads the %s %j as %s", (said, value, type, expected) => {
    const types = (kind: string, name: string): string => `<${kind}-types><${kind}-type name="${name}"><attributes><attribute name="v" type="${said}"/></attributes></${kind}-type></${kind}-types>`;
    const file = `<log>${types("object", "order")}${types("event", "pay")}<objects><object id="o" type="order"><attributes><attribute name="v" time="2024-01-01T00:00:00Z">${value}</attribute></attributes></object></objects><events><event id="e" type="pay" time="2024-01-01T00:00:00Z"><attributes><attribute name="v">${value}</attribute></attributes><objects><relationship object-id="o" qualifier=""/></objects></event></events></log>`;
    const { log: found } = read(file);

    expect([found.events[0]?.attributes.get("v"), found.objects.get("o")?.values[0]?.value]).toEqual([{ type, value: expected }, expected]);
    expect(read([...writeOcel(found, makeOcelXmlWriter())].join("")).log).toEqual(found);
  });

  test("keeps blanks and ends of lines of a text on the way out and in again", () => {
    const blanks = { ...orders, events: [{ ...orders.events[1], attributes: [{ name: "note", value: " \r\n a\r b\t\n " }] }], objects: [{ ...orders.objects[1], attributes: [{ name: "is", time: "2024-01-01T00:00:00Z", value: "\t x \r\n" }] }] };
    const { log: given } = readOcel(JSON.stringify(blanks));

    expect(read([...writeOcel(given, makeOcelXmlWriter())].join("")).log).toEqual(given);
  });

  test("takes objects behind their events, and counts what it cannot use", () => {
    const late = '<log><events><event id="e1" type="a" time="2024-01-02"><objects><object object-id="o"/></objects></event><event id="e2" type="b" time="soon"><objects><relationship object-id="o"/></objects></event><event id="e3" type="c" time="2024-01-01"><objects><relationship object-id="x"/></objects></event></events><objects><object id="o" type="order"/><object id="o" type="order"/><object id="p"/></objects></log>';
    const { log: found, report } = read(late);
    expect([found.objects.size, found.events.map(({ id }) => id)]).toEqual([1, ["e1"]]);
    expect(report).toMatchObject({ events: 1, unreadableTimes: 1, withoutCase: 1, brokenRows: 2 });
  });

  test.each<[string, string, RegExp]>([
    ["an entity bomb", written.replace("<log>", '<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><log>'), /document types/u],
    ["an entity of its own", written.replace("日本", "&bomb;"), /no character that XML knows/u],
    ["a cut off file", written.slice(0, -30), /cut off/u],
  ])("is refused as %s", (_, text, message) => {
    expect(() => read(text)).toThrow(BrokenFile);
    expect(() => read(text)).toThrow(message);
  });
});

test.each([
  ["<log><object-types/>", true], ['<?xml version="1.0"?><!-- <trace> -->\n<log><events><event id="1"', true], ["<o:log><o:objects>", true],
  ['<log xes.version="1.0"><extension name="objects"/><events/>', false], ["<log><trace><event>", false], ["<log/>", false], ["<log>", false], ["<!DOCTYPE log [", false], ["no XML", false],
])("%j begins an object-centric log: %s", (head, expected) => expect(isOcelXml(head)).toBe(expected));

describe("cases of one name", () => {
  const named = (...names: readonly string[]): WrittenCase[] => names.map((name, at) => ({ name, attributes: new Map(), events: [{ activity: `a${at}`, time: at, attributes: new Map() }] }));

  test.each([
    [["A", "A (3)", "A"], ["A", "A (3)", "A (2)"]], [["A", "A (2)", "A"], ["A", "A (2)", "A (3)"]], [["A", "A", "A (2)", "A"], ["A", "A (2)", "A (2) (2)", "A (3)"]], [["", "", ""], ["", " (2)", " (3)"]],
  ])("%j stay apart as objects", (names, expected) => {
    const { objects, events } = liftCases(named(...names), "customer");
    expect([...objects.keys()]).toEqual(expected);
    expect(events.map(({ relations }) => relations[0]?.objectId)).toEqual(expected);
  });

  test("by the hundred thousand take no longer than others", () => {
    const started = performance.now();
    expect(liftCases(named(...Array.from({ length: 100_000 }, () => "same")), "customer").objects.size).toBe(100_000);
    // A look through all numbers for each of them took minutes.
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test("come back from XML as they were", () => {
    const log = makeLog("abc", "ab");
    expect(flattenByObject(read([...writeOcel(liftCases(casesOf(log), "customer"), makeOcelXmlWriter())].join("")).log, "customer")).toEqual(log);
  });
});
