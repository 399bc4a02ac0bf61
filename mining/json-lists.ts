// Splits the lists of a JSON object into their entries piece by piece, so that the whole of it is never in memory.
import { BrokenFile } from "./broken-file.ts";

/** @property entry one entry of a list as text; null for one that has more than ENTRY_MAX characters */
export type JsonListener = { list: (name: string) => void; entry: (name: string, text: string | null) => void };

export type JsonListReader = { push: (text: string) => void; end: () => void };

/** Characters of one entry. */
export const ENTRY_MAX = 1_048_576;
const DEPTH_MAX = 100;
const NAME_LENGTH_MAX = 200;

type State = {
  depth: number;
  isText: boolean;
  isEscaped: boolean;
  /** The text read last on the level of names, which is a name when a list follows. */
  name: string;
  /** The list that is open, null outside of lists on the first level. */
  list: string | null;
  entry: string;
  length: number;
  isOver: boolean;
};

/** @returns a reader of one object; it throws BrokenFile where the text is no JSON object or is nested too deep. What stands in the entries is not looked at */
export const openJsonLists = (listener: JsonListener): JsonListReader => {
  const state: State = { depth: 0, isText: false, isEscaped: false, name: "", list: null, entry: "", length: 0, isOver: false };
  return {
    push: (text) => readPiece(state, text, listener),
    end: () => {
      if (state.depth > 0) throw new BrokenFile("The file ends in the middle of a value. It is cut off: get it anew.");
      if (!state.isOver) throw new BrokenFile("The file is empty.");
    },
  };
};

const readPiece = (state: State, text: string, listener: JsonListener): void => {
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (state.isText) {
      at = passText(state, text, at);
      continue;
    }
    switch (text.charCodeAt(at)) {
      case 34:
        state.isText = true;
        if (state.depth === 1) state.name = "";
        break;
      case 91:
      case 123:
        open(state, text.charCodeAt(at) === 91, listener);
        if (state.depth === 2) start = at + 1;
        break;
      case 93:
      case 125:
        if (state.depth === 2 && state.list !== null) take(state, text.slice(start, at), listener);
        close(state);
        break;
      case 44:
        if (state.depth !== 2 || state.list === null) break;
        take(state, text.slice(start, at), listener);
        start = at + 1;
        break;
      case 32: case 10: case 13: case 9: case 0xfeff:
        break;
      default:
        if (state.depth === 0) throw new BrokenFile(state.isOver ? "There is text behind the end of the object." : "The file holds no object, so it is no object-centric log.");
    }
  }
  if (state.list !== null) keep(state, text.slice(start));
};

/** @returns the place of the last character of the text that was passed */
const passText = (state: State, text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    if (state.isEscaped) state.isEscaped = false;
    else if (text.charCodeAt(at) === 92) state.isEscaped = true;
    else if (text.charCodeAt(at) === 34) {
      state.isText = false;
      if (state.depth === 1) keepName(state, text.slice(from, at));
      return at;
    }
  }
  if (state.depth === 1) keepName(state, text.slice(from));
  return text.length;
};

const keepName = (state: State, part: string): void => {
  if (state.name.length < NAME_LENGTH_MAX) state.name += part.slice(0, NAME_LENGTH_MAX);
};

const open = (state: State, isList: boolean, listener: JsonListener): void => {
  if (state.depth === 0 && (isList || state.isOver)) throw new BrokenFile(state.isOver ? "There is text behind the end of the object." : "The file holds no object, so it is no object-centric log.");
  state.depth++;
  if (state.depth > DEPTH_MAX) throw new BrokenFile(`Values are nested more than ${DEPTH_MAX} deep.`);
  if (state.depth !== 2 || !isList) return;
  state.list = state.name;
  listener.list(state.name);
};

const close = (state: State): void => {
  if (state.depth === 0) throw new BrokenFile("A bracket closes nothing.");
  state.depth--;
  if (state.depth === 1) state.list = null;
  if (state.depth === 0) state.isOver = true;
};

const keep = (state: State, part: string): void => {
  state.length += part.length;
  if (state.length <= ENTRY_MAX) state.entry += part;
};

const take = (state: State, part: string, listener: JsonListener): void => {
  keep(state, part);
  const text = state.entry.trim();
  if (state.list !== null && text !== "") listener.entry(state.list, state.length > ENTRY_MAX ? null : text);
  state.entry = "";
  state.length = 0;
};
