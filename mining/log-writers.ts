// Writes logs as XES and as CSV, piece by piece.
import { noAttributes, type Attributes } from "./log-event.ts";
import type { WrittenCase, WrittenEvent } from "./written-cases.ts";

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

/** Writes a log event by event, so that a case of a million events needs no more memory than one of two: each function gives the next text of the file. */
export type CaseWriter = {
  begin: () => string;
  openCase: (one: Pick<WrittenCase, "name" | "attributes">) => string;
  event: (event: WrittenEvent) => string;
  closeCase: () => string;
  end: () => string;
};

/** XES (IEEE 1849); times in UTC. */
export const makeXesWriter = (): CaseWriter => ({
  begin: () => xesHead,
  openCase: ({ name, attributes }) => `  <trace>\n    <string key="concept:name" value="${escaped(name)}"/>\n${writeAttributes(attributes, "    ")}`,
  event: ({ activity, time, attributes }) =>
    `    <event>\n      <string key="concept:name" value="${escaped(activity)}"/>\n      <date key="time:timestamp" value="${new Date(time).toISOString()}"/>\n${writeAttributes(attributes, "      ")}    </event>\n`,
  closeCase: () => "  </trace>\n",
  end: () => "</log>\n",
});

/** @returns the text of the file in pieces; times in UTC */
export const writeXes = (cases: Iterable<WrittenCase>): Generator<string> => writeCases(makeXesWriter(), cases);

const PIECE_CHARACTERS = 65_536;

function* writeCases(writer: CaseWriter, cases: Iterable<WrittenCase>): Generator<string> {
  let text = writer.begin();
  for (const one of cases) {
    text += writer.openCase(one);
    for (const event of one.events) {
      text += writer.event(event);
      if (text.length < PIECE_CHARACTERS) continue;
      yield text;
      text = "";
    }
    text += writer.closeCase();
  }
  yield text + writer.end();
}

const own = new Set(["concept:name", "time:timestamp"]);

const writeAttributes = (attributes: Attributes, indent: string): string =>
  [...attributes].flatMap(([key, { type, value }]) => (own.has(key) ? [] : [`${indent}<${type} key="${escaped(key)}" value="${escaped(value)}"/>\n`])).join("");

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;" };

/** Text as it stands in XML, between elements or in an attribute. XML has no way to write control characters and halves of characters at all. */
export const escaped = (text: string): string =>
  text.toWellFormed().replaceAll(/(?![\t\n\r\u007f-\u009f])[\p{Cc}\ufffe\uffff]/gu, "\ufffd").replaceAll(/[&<>"\n\r\t]/gu, (character) => escapes[character] ?? character);

const ownColumns = ["case", "activity", "time"];

export type CsvWishes = {
  /** Attributes of events and of cases that get a column; an event's own comes before its case's. */
  columns?: readonly string[];
  /** Leaves what a spreadsheet would take for a formula as it is; else it is made text with an apostrophe. */
  isRaw?: boolean;
};

/** @returns rows of case, activity, time (UTC) and the columns wanted, in pieces */
export const writeCsv = (cases: Iterable<WrittenCase>, wishes: CsvWishes = {}): Generator<string> => writeCases(makeCsvWriter(wishes), cases);

/** Rows of case, activity, time (UTC) and the columns wanted. */
export const makeCsvWriter = ({ columns = [], isRaw = false }: CsvWishes = {}): CaseWriter => {
  const cell = (text: string): string => quoted(isRaw || !/^\s*[=+@\t\r\uff1d\uff0b\uff0d\uff20-]/u.test(text) ? text : `'${text}`);
  let around: Pick<WrittenCase, "name" | "attributes"> = { name: "", attributes: noAttributes };
  return {
    begin: () => `${[...ownColumns, ...columns.map((name) => (ownColumns.includes(name) ? `${name} (attribute)` : name))].map(cell).join(",")}\r\n`,
    openCase: (one) => {
      around = one;
      return "";
    },
    event: ({ activity, time, attributes }) => {
      const others = columns.map((column) => attributes.get(column)?.value ?? around.attributes.get(column)?.value ?? "");
      return `${[around.name, activity, new Date(time).toISOString(), ...others].map(cell).join(",")}\r\n`;
    },
    closeCase: () => "",
    end: () => "",
  };
};

const quoted = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
