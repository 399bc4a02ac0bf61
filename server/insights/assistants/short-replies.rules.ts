/** What JSON can be. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

/** How a reply is told to a program in few words. Paths are names with dots between them; `*` is each row of a list. */
export type Shortening = {
  /** What screens need and an answer does not. */
  without?: readonly string[];
  /** The list whose rows are told some at a time, in a reply that has no pages of its own. */
  rows?: { of: string; atOnce: number };
  /** Lists within rows, with how many of each are told: the first ones. */
  first?: Readonly<Record<string, number>>;
  /** Curves of many points, with how many of each are told: evenly, the last among them. */
  spread?: Readonly<Record<string, number>>;
  /** Rows that name things by their id: each gets the `title` of it from a list of the reply. */
  named?: { rows: string; by: string; from: string };
  /** Lists of rows alike: names of their columns once, then the values. */
  tables?: readonly string[];
};

/** What the workspace's clock and address are, from which row on somebody asks, and whether long texts are told whole. */
export type Telling = { timeZone: string; baseUrl: string; start: number; isWhole: boolean };

const DIGITS = 4;
/** A comment may be as long as a letter; two sentences tell whether to open it. */
export const TEXT_MAX = 320;

/** The same reply in few words. No figure is another one: numbers are rounded to four digits, counts stay whole; instants are told by the workspace's clock, whole
 *  days as days; what is null or empty is left out; what was left for later stands in `more`, to be added to the question.
 *  @param reply as the route gives it; not mutated */
export const shortenReply = (reply: Json, { named, without = [], rows, first = {}, spread = {}, tables = [] }: Shortening, telling: Telling): JsonObject => {
  let told: Json = named === undefined ? reply : change(reply, [...named.rows.split("."), "*"], (row) => nameRow(row, reply, named));
  for (const path of without) told = change(told, path.split("."), () => null);
  const more = moreOf(told, rows, telling.start);
  if (rows !== undefined) told = change(told, rows.of.split("."), (list) => (Array.isArray(list) ? list.slice(telling.start, telling.start + rows.atOnce) : list));
  for (const [path, most] of Object.entries(first)) told = change(told, path.split("."), (list) => (Array.isArray(list) ? list.slice(0, most) : list));
  for (const [path, most] of Object.entries(spread)) told = change(told, path.split("."), (list) => (Array.isArray(list) ? thinOut(list, most) : list));
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: telling.timeZone, dateStyle: "short", timeStyle: "short" });
  told = tidy(told, { ...telling, clock });
  for (const path of tables) told = change(told, path.split("."), (list) => (Array.isArray(list) ? tableOf(list) : list));
  const { nextCursor: _next, ...rest } = { ...emptyListsOf(reply, without), ...(isObject(told) ? told : {}) };
  return more === null ? rest : { ...rest, more };
};

// That there is none is an answer.
const emptyListsOf = (reply: Json, without: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(isObject(reply) ? reply : {}).filter(([name, part]) => Array.isArray(part) && part.length === 0 && !without.includes(name)));

const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

const change = (value: Json, path: readonly string[], by: (part: Json) => Json): Json => {
  const [name, ...rest] = path;
  if (name === undefined) return by(value);
  if (name === "*") return Array.isArray(value) ? value.map((one) => change(one, rest, by)) : value;
  const part = isObject(value) ? value[name] : undefined;
  return isObject(value) && part !== undefined ? { ...value, [name]: change(part, rest, by) } : value;
};

const moreOf = (reply: Json, rows: Shortening["rows"], start: number): JsonObject | null => {
  if (rows === undefined) return isObject(reply) && typeof reply["nextCursor"] === "string" ? { cursor: reply["nextCursor"] } : null;
  let of = 0;
  change(reply, rows.of.split("."), (list) => {
    of = Array.isArray(list) ? list.length : 0;
    return list;
  });
  const next = start + rows.atOnce;
  return next < of ? { start: next, of } : null;
};

const thinOut = (list: readonly Json[], most: number): Json[] =>
  list.length <= most ? [...list] : Array.from({ length: most }, (_, place) => list[Math.round((place * (list.length - 1)) / (most - 1))] ?? null);

const nameRow = (row: Json, reply: Json, { by, from }: NonNullable<Shortening["named"]>): Json => {
  const list = isObject(reply) ? reply[from] : undefined;
  const found = !isObject(row) || !Array.isArray(list) ? undefined : list.find((one) => isObject(one) && one["id"] === row[by]);
  return isObject(row) && isObject(found) ? { ...row, title: found["title"] ?? null } : row;
};

type Manner = Pick<Telling, "baseUrl" | "isWhole"> & { clock: Intl.DateTimeFormat };

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u;

const tidy = (value: Json, manner: Manner): Json => {
  if (typeof value === "number") return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
  if (typeof value === "string") return tidyText(value, manner);
  if (Array.isArray(value)) return value.map((one) => tidy(one, manner));
  if (!isObject(value)) return value;
  const isSaidTwice = value["label"] !== undefined && value["label"] === value["value"];
  return Object.fromEntries(Object.entries(value).flatMap(([name, part]): [string, Json][] => {
    const told = tidy(part, manner);
    return isEmpty(told) || (name === "label" && isSaidTwice) ? [] : [[name, name === "link" && typeof told === "string" && told.startsWith("/") ? `${manner.baseUrl}${told}` : told]];
  }));
};

const isEmpty = (value: Json): boolean => value === null || value === "" || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

const tidyText = (text: string, { clock, isWhole }: Manner): string => {
  if (instant.test(text)) return clock.format(new Date(text)).replace(/ 00:00$/u, "");
  return isWhole || text.length <= TEXT_MAX ? text : `${cut(text)}…`;
};

// Half of a sign of two units is no sign.
const cut = (text: string): string => text.slice(0, TEXT_MAX - 1).replace(/[\uD800-\uDBFF]$/u, "");

/** Rows alike as the names of their columns and their values; parts of a part are columns of their own, `over.share`. */
const tableOf = (rows: readonly Json[]): Json => {
  const flat = rows.map((row) => flatten(row));
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return rows.length === 0 ? [] : { columns, rows: flat.map((row) => columns.map((name) => row[name] ?? null)) };
};

const flatten = (value: Json, name = ""): JsonObject => {
  if (!isObject(value)) return { [name]: value };
  return Object.fromEntries(Object.entries(value).flatMap(([part, own]) => Object.entries(flatten(own, name === "" ? part : `${name}.${part}`))));
};
