import { describe, expect, test } from "vitest";
import { BrokenFile } from "./broken-file.ts";
import type { LogObject } from "./object-log.ts";
import { readOcel, writeOcel } from "./ocel.ts";
import { openOcelReader, type OcelEvent } from "./ocel-reader.ts";

const read = (text: string, pieceCharacters = 65_536): { objects: LogObject[]; events: OcelEvent[] } => {
  const [objects, events]: [LogObject[], OcelEvent[]] = [[], []];
  const reader = openOcelReader({ object: (object) => objects.push(object), event: (event) => events.push(event) });
  for (let at = 0; at < text.length; at += pieceCharacters) reader.push(text.slice(at, at + pieceCharacters));
  reader.end();
  return { objects, events };
};

const log = {
  events: [
    { id: "e1", type: "Pay, \"at\" [last]", time: "2024-01-02T00:00:00Z", attributes: [{ name: "amount", value: 5.5 }, { name: "isGift", value: true }], relationships: [{ objectId: "o1", qualifier: "paid" }] },
    { id: "e2", type: "Send \\", time: "soon", relationships: [] },
  ],
  objectTypes: [{ name: "order", attributes: [] }],
  other: { events: [1, 2], deep: [[[{ a: "]" }]]] },
  objects: [{ id: "o1", type: "order", attributes: [{ name: "total", time: "2024-01-01T00:00:00Z", value: 5.5 }], relationships: [{ objectId: "c1", qualifier: "by" }] }, { id: "c1", type: "customer" }],
};
const xml = `<?xml version="1.0" encoding="UTF-8"?>
<log>
  <object-types><object-type name="order"><attributes><attribute name="total" type="float"/></attributes></object-type></object-types>
  <event-types><event-type name="Pay"/></event-types>
  <objects>
    <object id="o1" type="order"><attributes><attribute name="total" time="2024-01-01T00:00:00Z">5.5</attribute></attributes><objects><relationship object-id="c1" qualifier="by"/></objects></object>
    <object id="c1" type="customer"/>
  </objects>
  <events>
    <event id="e1" type="Pay, &quot;at&quot; [last]" time="2024-01-02T00:00:00Z"><attributes><attribute name="amount">5.5</attribute><attribute name="isGift"><![CDATA[true]]></attribute><attribute name="note">a &lt; b &amp; c</attribute></attributes><objects><relationship object-id="o1" qualifier="paid"/></objects></event>
    <event id="e2" type="Send \\" time="soon"/>
  </events>
</log>`;

const shown = ({ objects, events }: ReturnType<typeof read>) => ({ objects, events: events.map((event) => ({ ...event, attributes: [...event.attributes].map(([name, { value }]) => `${name}=${value}`) })) });
const expected = {
  objects: [
    { id: "o1", type: "order", values: [{ name: "total", time: Date.UTC(2024, 0, 1), value: "5.5" }], relations: [{ objectId: "c1", qualifier: "by" }] },
    { id: "c1", type: "customer", values: [], relations: [] },
  ],
  events: [
    { id: "e1", activity: "Pay, \"at\" [last]", time: "2024-01-02T00:00:00Z", attributes: ["amount=5.5", "isGift=true"], relations: [{ objectId: "o1", qualifier: "paid" }], isTooLong: false },
    { id: "e2", activity: "Send \\", time: "soon", attributes: [], relations: [], isTooLong: false },
  ],
};

describe("an object-centric log in pieces", () => {
  test.each([1, 2, 3, 7, 65_536])("of %i characters is the same as JSON", (characters) => {
    expect(shown(read(JSON.stringify(log), characters))).toEqual(expected);
    expect(shown(read(`\n${JSON.stringify(log, null, 2)}\n`, characters))).toEqual(expected);
  });

  test.each([1, 2, 3, 7, 65_536])("of %i characters is the same as XML", (characters) => {
    const [first, second] = expected.events;

    expect(shown(read(xml, characters))).toEqual({ ...expected, events: [{ ...first, attributes: ["amount=5.5", "isGift=true", "note=a < b & c"] }, second] });
  });

  test("says of an event without end that it is too long, and goes on behind it", () => {
    const text = JSON.stringify({ objects: [], events: [{ id: "e1", type: "x".repeat(1_100_000) }, { id: "e2", type: "y" }] });

    expect(read(text, 100_000).events.map(({ id, activity, isTooLong }) => [id, activity, isTooLong])).toEqual([["event 1", "", true], ["e2", "y", false]]);
  });

  test("reads what was written", () => {
    const written = [...writeOcel(readOcel(JSON.stringify(log)).log)].join("");

    expect(shown(read(written)).objects).toEqual(expected.objects);
  });

  test.each([
    ["nothing", "  \n", /is empty/u],
    ["a list", "[1]", /holds no object/u],
    ["another object", '{"a": 1}', /has the lists "objects" and "events"/u],
    ["a log of version 1", '{"ocel:events": {}, "ocel:objects": {}}', /version 1/u],
    ["a cut off log", JSON.stringify(log).slice(0, -2), /ends in the middle/u],
    ["an entry that is no JSON", '{"objects": [], "events": [{"id": x}]}', /is no JSON/u],
    ["two objects", '{"objects": [], "events": []} {}', /behind the end/u],
    ["a bracket too many", '{"objects": [], "events": []}]', /closes nothing/u],
    ["values nested without end", `{"objects": [], "events": [{"id": ${"[".repeat(5_000)}`, /nested more than 100 deep/u],
    ["XML that is no log", "<html/>", /begins with <html>/u],
    ["an event log of cases", "<log><trace/></log>", /has the lists/u],
    ["a cut off log in XML", xml.slice(0, -20), /ends/u],
    ["an entity bomb", xml.replace("<log>", '<!DOCTYPE log [<!ENTITY a "b">]><log>'), /document types/u],
    ["an event in XML without end", `<log><objects/><events><event id="e1"><attributes>${`<attribute name="a">${"x".repeat(10_000)}</attribute>`.repeat(120)}`, /more than 1048576 characters/u],
  ])("refuses %s in words", (_, text, message) => {
    for (const pieceCharacters of [7, 65_536]) {
      expect(() => read(text, pieceCharacters)).toThrow(BrokenFile);
      expect(() => read(text, pieceCharacters)).toThrow(message);
    }
  });
});
