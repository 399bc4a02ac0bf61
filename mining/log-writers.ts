// Writes logs as XES and as CSV, piece by piece.
import type { Attributes } from "./log-event.ts";
import type { WrittenCase } from "./written-cases.ts";

const xesHead = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2023" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
`;

/** @returns the text of the file in pieces, a case each; times in UTC */
export function* writeXes(cases: Iterable<WrittenCase>): Generator<string> {
  yield xesHead;
  for (const { name, attributes, events } of cases) {
    let text = `  <trace>\n    <string key="concept:name" value="${escaped(name)}"/>\n${writeAttributes(attributes, "    ")}`;
    for (const event of events) {
      text += `    <event>\n      <string key="concept:name" value="${escaped(event.activity)}"/>\n      <date key="time:timestamp" value="${new Date(event.time).toISOString()}"/>\n${writeAttributes(event.attributes, "      ")}    </event>\n`;
    }
    yield `${text}  </trace>\n`;
  }
  yield "</log>\n";
}

const own = new Set(["concept:name", "time:timestamp"]);

const writeAttributes = (attributes: Attributes, indent: string): string =>
  [...attributes].flatMap(([key, { type, value }]) => (own.has(key) ? [] : [`${indent}<${type} key="${escaped(key)}" value="${escaped(value)}"/>\n`])).join("");

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;" };

/** XML has no way to write control characters and halves of characters at all. */
const escaped = (text: string): string =>
  text.toWellFormed().replaceAll(/(?![\t\n\r\u007f-\u009f])[\p{Cc}\ufffe\uffff]/gu, "\ufffd").replaceAll(/[&<>"\n\r\t]/gu, (character) => escapes[character] ?? character);

const ownColumns = ["case", "activity", "time"];

export type CsvWishes = {
  /** Attributes of events and of cases that get a column; an event's own comes before its case's. */
  columns?: readonly string[];
  /** Leaves what a spreadsheet would take for a formula as it is; else it is made text with an apostrophe. */
  isRaw?: boolean;
};

/** @returns rows of case, activity, time (UTC) and the columns wanted, in pieces of a case each */
export function* writeCsv(cases: Iterable<WrittenCase>, { columns = [], isRaw = false }: CsvWishes = {}): Generator<string> {
  const cell = (text: string): string => quoted(isRaw || !/^\s*[=+@\t\r\uff1d\uff0b\uff0d\uff20-]/u.test(text) ? text : `'${text}`);
  yield `${[...ownColumns, ...columns.map((name) => (ownColumns.includes(name) ? `${name} (attribute)` : name))].map(cell).join(",")}\r\n`;
  for (const { name, attributes, events } of cases) {
    let text = "";
    for (const event of events) {
      const others = columns.map((column) => event.attributes.get(column)?.value ?? attributes.get(column)?.value ?? "");
      text += `${[name, event.activity, new Date(event.time).toISOString(), ...others].map(cell).join(",")}\r\n`;
    }
    yield text;
  }
}

const quoted = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
