// Reads XML piece by piece, as much of it as event logs and workbooks need, at some hundred megabytes a second: a general reader takes four times as long.
// It is strict where leniency is dangerous: no document types, so no entities of a file's own; limits on depth and on the length of an element.
import { BrokenFile } from "./broken-file.ts";

/** Attributes of the element just opened; the object is used again for the next one. */
export type XmlAttributes = { readonly names: string[]; readonly values: string[]; count: number };

export type XmlListener = {
  opened: (name: string, attributes: XmlAttributes) => void;
  closed: (name: string) => void;
  /** Text between elements, blanks too, in as many pieces as it comes. */
  text?: (text: string) => void;
};

export type XmlReader = { push: (text: string) => void; end: () => void; line: () => number };

const DEPTH_MAX = 100;
/** Characters of one element with its attributes. */
const ELEMENT_MAX = 1_048_576;
const ATTRIBUTES_MAX = 100;
/** Characters of a reference such as &amp; at most. */
const REFERENCE_MAX = 22;
const CDATA_END = "]]>";

/** `lineEnd` is the place of the next end of line, `reference` that of the next &, Infinity when there is none: so no stretch is looked through twice. */
type State = { text: string; at: number; line: number; lineEnd: number; reference: number; open: string[]; isRootSeen: boolean; skipTo: string | null; attributes: XmlAttributes };

/** @returns a reader to which the text is pushed in pieces; it throws BrokenFile at the first fault */
export const openXmlReader = (listener: XmlListener): XmlReader => {
  const state: State = { text: "", at: 0, line: 1, lineEnd: Infinity, reference: Infinity, open: [], isRootSeen: false, skipTo: null, attributes: { names: [], values: [], count: 0 } };
  return {
    push: (text) => {
      // Text joined of two parts is slow to walk, so only the element that the pieces cut in two is joined.
      const begun = state.text.slice(state.at);
      const joint = begun === "" ? 0 : text.indexOf(">") + 1;
      read(state, begun + text.slice(0, joint), 0, listener);
      if (state.at === state.text.length) read(state, text, joint, listener);
      else read(state, state.text.slice(state.at) + text.slice(joint), 0, listener);
      if (state.text.length - state.at > ELEMENT_MAX) throw new BrokenFile(`an element has more than ${ELEMENT_MAX} characters. Is a quotation mark missing?`, state.line, { isTooLarge: true });
    },
    end: () => {
      const last = state.open.at(-1);
      if (state.at < state.text.length || state.skipTo !== null) throw new BrokenFile("the file ends in the middle of an element. It is cut off: get it anew.", state.line);
      if (last !== undefined) throw new BrokenFile(`the file ends while <${last}> is open. It is cut off: get it anew.`, state.line);
      if (!state.isRootSeen) throw new BrokenFile("The file is empty.");
    },
    line: () => state.line,
  };
};

/** What stands in a small document, for readers that want its attributes as an object. */
export type XmlTextListener = { open: (name: string, attributes: Record<string, string>) => void; close: (name: string) => void; text: (text: string) => void };

/** Reads a whole text at once.
 *  @throws BrokenFile at the first fault */
export const readXmlText = (text: string, { open: opened, close: closed, text: said }: XmlTextListener): void => {
  const reader = openXmlReader({
    opened: (name, { names, values, count }) => opened(name, Object.fromEntries(names.slice(0, count).map((attribute, at) => [attribute, values[at] ?? ""]))),
    closed,
    text: said,
  });
  reader.push(text);
  reader.end();
};

const read = (state: State, text: string, from: number, listener: XmlListener): void => {
  state.text = text;
  state.at = from;
  state.lineEnd = find(text, "\n", from);
  state.reference = find(text, "&", from);
  while (state.at < text.length && readNext(state, listener));
};

/** @returns false when the rest of the piece is not enough to go on */
const readNext = (state: State, listener: XmlListener): boolean => {
  if (state.skipTo !== null) return skip(state, state.skipTo, listener);
  if (state.text.charCodeAt(state.at) !== 60) return readText(state, listener);
  const next = state.text.charCodeAt(state.at + 1);
  if (Number.isNaN(next)) return false;
  if (next === 47) return readClosing(state, listener);
  if (next === 33) return readDeclaration(state);
  if (next === 63) return beginSkip(state, "?>", 2);
  return readOpening(state, listener);
};

/** Outside of all elements there may be no text. */
const readText = (state: State, listener: XmlListener): boolean => {
  const found = state.text.indexOf("<", state.at);
  const end = found < 0 ? state.text.length : found;
  if (state.open.length === 0 && /[^\s\ufeff]/u.test(state.text.slice(state.at, end))) throw new BrokenFile("there is text where an element should begin. Is this an XML file?", state.line);
  if (listener.text === undefined || state.open.length === 0) return advance(state, end);
  const whole = found < 0 ? wholeText(state) : end;
  if (whole > state.at) listener.text(plainText(state.text.slice(state.at, whole), state.line));
  advance(state, whole);
  return whole === end;
};

/** @returns the place up to which the text of a piece can be read: a reference or an end of line may go on in the next one */
const wholeText = ({ text, at }: State): number => {
  const reference = text.lastIndexOf("&");
  if (reference >= at && text.length - reference <= REFERENCE_MAX && !text.includes(";", reference)) return reference;
  return text.endsWith("\r") ? text.length - 1 : text.length;
};

// Ends of lines are unified as they stand: one that is written as a reference is meant.
const plainText = (text: string, line: number): string => (text.includes("&") ? resolveReferences(unifyLines(text), line) : unifyLines(text));
const unifyLines = (text: string): string => (text.includes("\r") ? text.replaceAll(/\r\n?/gu, "\n") : text);

/** Goes on to a place of the text, counting the lines up to there. */
const advance = (state: State, to: number): true => {
  while (state.lineEnd < to) {
    state.line++;
    state.lineEnd = find(state.text, "\n", state.lineEnd + 1);
  }
  state.at = to;
  return true;
};

const find = (text: string, sought: string, from: number): number => {
  const found = text.indexOf(sought, from);
  return found < 0 ? Infinity : found;
};

const beginSkip = (state: State, end: string, length: number): boolean => {
  state.skipTo = end;
  state.at += length;
  return true;
};

const skip = (state: State, end: string, listener: XmlListener): boolean => {
  const found = state.text.indexOf(end, state.at);
  // The end itself may be cut in two by the end of the piece.
  const to = found < 0 ? Math.max(state.at, state.text.length - end.length + 1) : found;
  if (end === CDATA_END && to > state.at) listener.text?.(unifyLines(state.text.slice(state.at, to)));
  advance(state, found < 0 ? to : found + end.length);
  if (found >= 0) state.skipTo = null;
  return found >= 0;
};

const readDeclaration = (state: State): boolean => {
  const start = state.text.slice(state.at, state.at + 9);
  if (start.startsWith("<!--")) return beginSkip(state, "-->", 4);
  if (start.startsWith("<![CDATA[") && state.open.length > 0) return beginSkip(state, CDATA_END, 9);
  if (start.length < 9 && ("<!DOCTYPE".startsWith(start.toUpperCase()) || "<![CDATA[".startsWith(start) || "<!--".startsWith(start))) return false;
  if (start.toUpperCase() === "<!DOCTYPE") throw new BrokenFile("document types (<!DOCTYPE) are refused, because they can hide other files and endless text. Remove it.", state.line);
  throw new BrokenFile(`"${start}" is not understood.`, state.line);
};

const readClosing = (state: State, listener: XmlListener): boolean => {
  const end = state.text.indexOf(">", state.at);
  if (end < 0) return false;
  const name = state.text.slice(state.at + 2, end).trimEnd();
  const expected = state.open.pop();
  if (name !== expected) throw new BrokenFile(expected === undefined ? `</${sayName(name)}> closes nothing.` : `<${expected}> is closed by </${sayName(name)}>.`, state.line);
  advance(state, end + 1);
  listener.closed(name);
  return true;
};

const readOpening = (state: State, listener: XmlListener): boolean => {
  const { text, attributes } = state;
  const nameEnd = endOfName(text, state.at + 1);
  if (nameEnd === state.at + 1) throw new BrokenFile("an element has no name.", state.line);
  attributes.count = 0;
  const at = readAttributes(state, nameEnd);
  // No value may hold "<", so the next one must lie behind this element, also where that is not whole yet.
  const next = text.indexOf("<", state.at + 1);
  if (next >= 0 && (at < 0 || next < at)) throw new BrokenFile('"<" stands within an element. Is a quotation mark or a > missing before it?', state.line);
  if (at < 0) return false;
  const isEmpty = text.charCodeAt(at) === 47;
  open(state, text.slice(state.at + 1, nameEnd), isEmpty, listener);
  return advance(state, at + (isEmpty ? 2 : 1));
};

const open = (state: State, name: string, isEmpty: boolean, listener: XmlListener): void => {
  if (state.open.length === 0 && state.isRootSeen) throw new BrokenFile(`<${sayName(name)}> stands behind the end of the first element.`, state.line);
  if (state.open.length >= DEPTH_MAX) throw new BrokenFile(`elements are nested more than ${DEPTH_MAX} deep.`, state.line);
  state.isRootSeen = true;
  listener.opened(name, state.attributes);
  if (isEmpty) listener.closed(name);
  else state.open.push(name);
};

/** @returns the place of the end of the element, -1 when the piece ends before */
const readAttributes = (state: State, from: number): number => {
  const { text } = state;
  let at = from;
  while (at >= 0) {
    at = skipBlanks(text, at);
    const code = text.charCodeAt(at);
    if (Number.isNaN(code)) return -1;
    if (code === 62) return at;
    if (code === 47) {
      if (at + 1 === text.length) return -1;
      if (text.charCodeAt(at + 1) !== 62) throw new BrokenFile("a / stands in the middle of an element.", state.line);
      return at;
    }
    at = readAttribute(state, at);
  }
  return at;
};

/** @returns the place behind the attribute, -1 when the piece ends before */
const readAttribute = (state: State, start: number): number => {
  const { text, attributes, line } = state;
  const nameEnd = endOfName(text, start);
  const equals = skipBlanks(text, nameEnd);
  const quoteAt = skipBlanks(text, equals + 1);
  if (quoteAt >= text.length) return -1;
  const quote = text.charCodeAt(quoteAt);
  if (nameEnd === start || text.charCodeAt(equals) !== 61 || (quote !== 34 && quote !== 39)) throw new BrokenFile(`an attribute is not written name="value" near "${sayName(text.slice(start, start + 20))}".`, line);
  const at = text.indexOf(quote === 34 ? '"' : "'", quoteAt + 1);
  if (at < 0) return -1;
  if (attributes.count >= ATTRIBUTES_MAX) throw new BrokenFile(`an element has more than ${ATTRIBUTES_MAX} attributes.`, line);
  const value = text.slice(quoteAt + 1, at);
  if (state.reference < quoteAt) state.reference = find(text, "&", quoteAt);
  attributes.names[attributes.count] = text.slice(start, nameEnd);
  attributes.values[attributes.count] = state.reference < at ? resolveReferences(value, line) : value;
  attributes.count++;
  return at + 1;
};

const known: ReadonlyMap<string, string> = new Map([["amp", "&"], ["lt", "<"], ["gt", ">"], ["quot", '"'], ["apos", "'"]]);

const resolveReferences = (value: string, line: number): string =>
  value.replaceAll(/&([^;&]{0,20});?/gu, (whole: string, name: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/iu.exec(name);
    const code = number === null ? null : number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
    const text = code === null ? known.get(name) : code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined;
    if (text === undefined || !whole.endsWith(";")) throw new BrokenFile(`"${sayName(whole)}" is no character that XML knows. Write & as &amp;.`, line);
    return text;
  });

/** @returns the value of an attribute of the element just opened, null when it has none */
export const attributeOf = ({ names, values, count }: XmlAttributes, name: string): string | null => {
  for (let at = 0; at < count; at++) {
    if (names[at] === name) return values[at] ?? null;
  }
  return null;
};

/** @returns the name of an element or attribute without the prefix of its namespace, which some writers put everywhere */
export const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

const endOfName = (text: string, start: number): number => {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 47 || code === 62 || code === 61 || code === 60 || code === 34 || code === 39) break;
  }
  return at;
};

const skipBlanks = (text: string, start: number): number => {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
  }
  return at;
};

const sayName = (name: string): string => name.slice(0, 40).replaceAll(/\p{Cc}/gu, " ");
