import { describe, expect, test } from "vitest";
import { BrokenFile } from "./broken-file.ts";
import { traceOf } from "./event-log.ts";
import type { LogEvent } from "./log-event.ts";
import { hasOtherLogs, readRealBytes, readXesBytes, readXesText, withOtherLogs } from "./logs.make.ts";
import { openXesReader, openXesRows, type XesRow } from "./xes-reader.ts";
import { openXmlReader } from "./xml-reader.ts";

const event = (name: string, time: string, more = ""): string => `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${time}"/>${more}</event>`;
const trace = (name: string, ...events: string[]): string => `<trace><string key="concept:name" value="${name}"/>${events.join("")}</trace>`;
const file = (...traces: string[]): string => `<?xml version="1.0" encoding="UTF-8"?>\n<!-- a log -->\n<log>\n${traces.join("\n")}\n</log>\n`;
const at = (second: number): string => `2024-01-01T00:00:${String(second).padStart(2, "0")}Z`;

describe("a log in XES", () => {
  test("is read, its events in order of time and, where times are equal, of the file", () => {
    const { log, report } = readXesText(file(trace("one", event("b", at(5)), event("a", at(1)), event("c", at(5))), trace("two", event("a", at(0)))));

    expect(log.cases).toEqual(["one", "two"]);
    expect([traceOf(log, 0), traceOf(log, 1)]).toEqual([["a", "b", "c"], ["a"]]);
    expect(report).toMatchObject({ events: 4, examples: [] });
  });

  test.each([1, 2, 3, 7, 64, 65_536])("is the same when it comes in pieces of %i bytes", (bytes) => {
    const text = file("<!-- x > -- y -->", trace("Zoë & Co".replace("&", "&amp;"), event("a&#x20;&lt;b&gt;", at(1)), event("日本 &quot;", at(2), '<string key="n" value=""/>')), "<?odd thing?>");
    const { log, report } = readXesText(text, {}, bytes);

    expect(log.cases).toEqual(["Zoë & Co"]);
    expect(traceOf(log, 0)).toEqual(["a <b>", '日本 "']);
    expect(report.wrongCharacters).toBe(0);
  });

  test("keeps the offsets of its times", () => {
    const { log } = readXesText(file(trace("one", event("a", "2024-03-30T12:00:00.000+01:00"), event("b", "2024-03-31T12:00:00.000+02:00"))));

    expect((log.times[1] ?? 0) - (log.times[0] ?? 0)).toBe(23 * 3_600_000);
  });

  test("leaves out what has no name or no time, and says so", () => {
    const { log, report } = readXesText(file(trace("one", event("a", at(1)), '<event><string key="concept:name" value="b"/></event>', event("c", "soon"), event("", at(2))), "<trace></trace>"));

    expect(traceOf(log, 0)).toEqual(["a"]);
    expect(report).toMatchObject({ events: 1, withoutTime: 1, unreadableTimes: 1, withoutName: 1, emptyCases: 1 });
    expect(report.examples).toEqual(['Line 4: the event "b" has no time:timestamp.', 'Line 4: "soon" is no time.', "Line 4: an event has no concept:name."]);
  });

  test("names traces without a name by their number, and leaves out events that belong to none", () => {
    const { log, report } = readXesText(file(trace("one", event("a", at(1))), `<trace>${event("a", at(2))}</trace>`, event("b", at(3))));

    expect(log.cases).toEqual(["one", "trace 2"]);
    expect(report.withoutCase).toBe(1);
  });

  test("has a case for each trace, also where two have one name", () => {
    expect(readXesText(file(trace("one", event("a", at(1))), trace("one", event("b", at(1))))).log.cases).toEqual(["one", "one"]);
  });

  test("gives the attributes of events and traces, those in lists by both names", () => {
    const events: LogEvent[] = [];
    const reader = openXesReader({ onEvent: (read) => events.push(read) });
    const list = '<list key="items"><values><string key="item" value="x"/><string key="item" value="y"/></values></list><int key="costs" value="5"><string key="unit" value="EUR"/></int>';
    reader.push(new TextEncoder().encode(file(`<trace><string key="concept:name" value="one"/><boolean key="isPlanned" value="false"/>${event("a", at(1), list)}</trace>`)));
    reader.end();

    expect(events).toHaveLength(1);
    expect([...(events[0]?.attributes ?? [])].map(([name, { type, value }]) => `${type} ${name}=${value}`)).toEqual([
      "string concept:name=a", `date time:timestamp=${at(1)}`, "string items.item=x", "string items.item.2=y", "int costs=5", "string costs.unit=EUR",
    ]);
    expect(events[0]?.caseAttributes.get("isPlanned")).toEqual({ type: "boolean", value: "false" });
  });

  test("does not take a nested attribute for the name of its event", () => {
    const nested = '<string key="other" value="x"><string key="concept:name" value="wrong"/></string>';

    expect(traceOf(readXesText(file(trace("one", event("right", at(1), nested)))).log, 0)).toEqual(["right"]);
  });

  test("can be read by other attributes, and be put into cases by those of events", () => {
    const text = file('<trace><event><string key="who" value="u"/><string key="what" value="a"/><string key="when" value="2024-01-01 10:00"/></event></trace>', '<trace><event><string key="who" value="u"/><string key="what" value="b"/><string key="when" value="2024-01-01 09:00"/></event></trace>');
    const { log } = readXesText(text, { caseKey: "who", activityKey: "what", timeKey: "when" });

    expect(log.cases).toEqual(["u"]);
    expect(traceOf(log, 0)).toEqual(["b", "a"]);
  });

  test.each([
    ["utf-16le", Buffer.from(`\ufeff${file(trace("é", event("a", at(1))))}`, "utf16le")],
    ["utf-16 without a mark", Buffer.from(file(trace("é", event("a", at(1)))), "utf16le")],
    ["Latin-1", Buffer.from(file(trace("é", event("a", at(1)))).replace("UTF-8", "ISO-8859-1"), "latin1")],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${file(trace("é", event("a", at(1))))}`)],
  ])("is read in %s", (_, bytes) => {
    expect(readXesBytes(bytes).log.cases).toEqual(["é"]);
  });

  test("counts characters that are not of its encoding", () => {
    expect(readXesBytes(Buffer.from(file(trace("é", event("a", at(1)))), "latin1")).report.wrongCharacters).toBe(1);
  });
});

describe("a log read row by row", () => {
  const readRows = (text: string): XesRow[] => {
    const rows: XesRow[] = [];
    const reader = openXesRows((row) => rows.push(row));
    reader.push(text);
    reader.end();
    return rows;
  };

  test("gives every event, whatever it lacks, with its trace", () => {
    const rows = readRows(file(`<trace><string key="who" value="u"/><event><string key="what" value="a"/></event></trace>`, "<trace><event/></trace>", '<event><string key="what" value="b"/></event>'));

    expect(rows.map(({ trace: number, attributes, caseAttributes }) => [number, attributes.get("what")?.value, caseAttributes.get("who")?.value])).toEqual([[1, "a", "u"], [2, undefined, undefined], [0, "b", undefined]]);
  });

  test("says which event holds more than can be kept", () => {
    const long = `<event>${`<string key="k" value="${"x".repeat(100_000)}"/>`.repeat(12)}</event>`;
    const rows = readRows(file(`<trace>${long}<event><string key="what" value="b"/></event></trace>`));

    expect(rows.map(({ isTooLong, attributes }) => [isTooLong, attributes.size])).toEqual([[true, 10], [false, 1]]);
  });
});

describe("text between elements", () => {
  test.each([1, 2, 3, 5, 1_000])("is the same in pieces of %i characters", (characters) => {
    const text = "<x:a>one &amp;&#x20;two\r\nthree\r<b>in<!-- no --></b><![CDATA[<raw> & ]]]]><![CDATA[>]]></x:a>";
    let read = "";
    const reader = openXmlReader({ opened: (name) => (read += `{${name}}`), closed: (name) => (read += `{/${name}}`), text: (piece) => (read += piece) });
    for (let at = 0; at < text.length; at += characters) reader.push(text.slice(at, at + characters));
    reader.end();

    expect(read).toBe("{x:a}one & two\nthree\n{b}in{/b}<raw> & ]]>{/x:a}");
  });
});

describe("a hostile file", () => {
  const bomb = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>';
  test.each([
    ["an entity bomb", file().replace("<log>", `${bomb}<log>`), /Line 3: document types \(<!DOCTYPE\) are refused/u],
    ["a small-letter document type", '<!doctype log SYSTEM "file:///etc/passwd"><log/>', /document types/u],
    ["an unknown entity", file(trace("&lol;", event("a", at(1)))), /"&lol;" is no character/u],
    ["half a character", file(trace("&#xd800;", event("a", at(1)))), /is no character/u],
    ["a bare ampersand", file(trace("A & B", event("a", at(1)))), /Write & as &amp;/u],
    ["a cut off file", file(trace("one", event("a", at(1)))).slice(0, -20), /ends (?:in the middle|while)/u],
    ["a file cut off between elements", "<log><trace>", /ends while <trace> is open/u],
    ["a comment without an end", "<log/><!-- x", /ends in the middle/u],
    ["crossed elements", "<log>\n<trace>\n<event>\n</trace>", /Line 4: <event> is closed by <\/trace>/u],
    ["an element that closes nothing", "<log/></log>", /closes nothing/u],
    ["two logs", "<log/><log/>", /stands behind the end/u],
    ["a missing quotation mark", '<log>\n<trace>\n<string key="a value="b"/>\n</trace></log>', /Line 3: an attribute is not written/u],
    ["a quotation mark that never closes", '<log>\n<trace>\n<string key="a/>\n</trace></log>', /Line 3: "<" stands within/u],
    ["text", "case,activity,time\n1,a,2024-01-01", /text where an element should begin/u],
    ["a web page", "<html><body>no</body></html>", /begins with <html>/u],
    ["nothing", "", /The file is empty/u],
    ["blanks", "   \n ", /The file is empty/u],
    ["depth without end", `<log>${"<list>".repeat(200)}`, /nested more than 100 deep/u],
    ["attributes without end", `<log ${Array.from({ length: 200 }, (_, place) => `a${place}="x"`).join(" ")}/>`, /more than 100 attributes/u],
    ["an unknown encoding", '<?xml version="1.0" encoding="klingon"?><log/>', /"klingon", which is not known/u],
  ])("%s is refused in words", (_, text, message) => {
    for (const pieceBytes of [3, 65_536]) {
      expect(() => readXesText(text, {}, pieceBytes)).toThrow(BrokenFile);
      expect(() => readXesText(text, {}, pieceBytes)).toThrow(message);
    }
  });

  test("a value without end is refused before it fills the memory", () => {
    const reader = openXesReader();
    reader.push(new TextEncoder().encode('<log><string key="a" value="'));
    const piece = new Uint8Array(262_144).fill(0x61);

    expect(() => Array.from({ length: 20 }, () => reader.push(piece))).toThrow(/more than 1048576 characters/u);
  });

  test("a bomb of blanks is refused at the limit", () => {
    const reader = openXesReader({ bytesMax: 10_000_000 });
    reader.push(new TextEncoder().encode("<log>"));
    const piece = new Uint8Array(1_000_000).fill(0x20);

    expect(() => Array.from({ length: 11 }, () => reader.push(piece))).toThrow(/more than 10000000 bytes when unpacked/u);
  });

  test("a name without end is left out alone", () => {
    const { log, report } = readXesText(file(trace("one", event("a".repeat(10_001), at(1)), event("b", at(2)))));

    expect(traceOf(log, 0)).toEqual(["b"]);
    expect(report).toMatchObject({ events: 1, brokenRows: 1 });
  });

  test("a list of very many things is kept whole and read at once", () => {
    const events: LogEvent[] = [];
    const reader = openXesReader({ onEvent: (read) => events.push(read) });
    const list = `<list key="l">${'<string key="i" value="x"/>'.repeat(50_000)}</list>`;
    reader.push(new TextEncoder().encode(file(trace("one", event("a", at(1), list)))));
    reader.end();

    expect(events[0]?.attributes.size).toBe(50_002);
    expect(events[0]?.attributes.get("l.i.50000")?.value).toBe("x");
  });

  test("one line of a hundred thousand elements takes no longer than as many lines", () => {
    const text = `<log>${trace("one", ...Array.from({ length: 20_000 }, (_, place) => event(`a${place % 5_000}`, at(place % 60))))}</log>`;
    const started = performance.now();
    const { log } = readXesText(text);

    expect([log.steps.length, log.activities.length]).toEqual([20_000, 5_000]);
    // Ten times what it needs; a second look at each line's rest took minutes.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

test.skipIf(!hasOtherLogs)(withOtherLogs("an example of the customer journey language is read by its own columns"), () => {
  const { log, report } = readXesBytes(readRealBytes("cjml-example.xes"), { caseKey: "journey", activityKey: "EventType", timeKey: "timeCompleted" });

  expect(report.examples).toEqual([]);
  expect(log.cases.length).toBeGreaterThan(0);
  expect(log.steps).toHaveLength(new TextDecoder().decode(readRealBytes("cjml-example.xes")).split("<event>").length - 1);
});
