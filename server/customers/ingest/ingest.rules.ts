// What every wire format shares: limits, times, cleaning, and whom a message is about.
import { normaliseIdentifier, subjectText } from "../identity/identifiers.rules.ts";
import type { IdentityLimits } from "../identity/identifiers.rules.ts";

/** Limits of one request, after decompression. Source: Segment's HTTP API (32 KB an event, 500 KB and 2,500 events a batch). */
export const EVENT_BYTES_MAX = 32 * 1024;
export const BODY_BYTES_MAX = 500 * 1024;
export const EVENTS_MAX = 2500;
export const MESSAGE_ID_LENGTH = 100;
/** Long enough for any identifier seen in the wild, short enough for an index entry. */
export const IDENTIFIER_LENGTH_MAX = 512;
export const NAME_LENGTH_MAX = 500;
export const DEPTH_MAX = 32;

/** Why an event was refused. Codes are stable: people filter and replay by them. */
export const refusalReasons = {
  not_an_object: "The event is not a JSON object.",
  too_large: "The event is larger than 32 KB.",
  too_deep: "The event is nested more than 32 levels deep.",
  unknown_type: "The type is not track, page, screen, identify, group or alias.",
  missing_identity: "The event carries neither userId nor anonymousId.",
  missing_event: 'A track event needs its name in the field "event".',
  missing_group_id: "A group event needs a groupId.",
  missing_previous_id: "An alias needs both previousId and userId.",
  invalid_identifier: "An identifier must be a text or a number of at most 512 characters.",
  invalid_message_id: "The messageId must be a text of fewer than 100 characters.",
  invalid_timestamp: "The time of the event cannot be read; use ISO 8601.",
  invalid_feedback: "The event is kept without its feedback, which cannot be read: text and question are texts, nps a whole number of 0 to 10, csat and stars 1 to 5, ces 1 to 7, and it comes from customers.",
  invalid_cloudevent: "The event is not a CloudEvent of version 1.0: id, source, type and specversion are needed.",
  not_storable: "The database refused the event.",
} as const;
export type RefusalReason = keyof typeof refusalReasons;

/** One thing a customer said along with a fact: a score on the usual scale of its kind, or words. */
/** `question`: what the words answer, as it was asked; null where nobody asked or said so. */
export type Said = { kind: "nps" | "csat" | "ces" | "stars"; value: number } | { kind: "comment"; text: string; question: string | null };

/** One row of customers.interactions as it arrives over HTTP. Times are milliseconds since 1970. */
export type ArrivingInteraction = {
  id: string;
  workspaceId: string;
  messageId: string;
  type: string;
  name: string;
  subject: string | null;
  userId: string | null;
  anonymousId: string | null;
  at: number;
  receivedAt: number;
  sentAt: number | null;
  originalAt: number | null;
  channel: string | null;
  touchpoint: string | null;
  direction: "customer" | "organisation";
  source: string;
  message: string;
  /** What the customer said with it. */
  feedback: readonly Said[];
};

/** The same as it was read; `feedback` is null where it is none that can be kept. */
export type ReadInteraction = Omit<ArrivingInteraction, "feedback"> & { feedback: readonly Said[] | null };

/** An event that cannot be kept as an interaction, with what it was, so that a person can mend and replay it. */
export type Refusal = { reason: RefusalReason; detail: string; payload: string };

/** What the reader of a request must know besides the request itself; decisions get time and chance from outside. */
export type Arrival = {
  workspaceId: string;
  source: string;
  receivedAt: number;
  newMessageId: () => string;
  /** Which values name nobody ("null", "anonymous"); they stay on the row but do not become its subject. */
  identity: IdentityLimits;
};

/** What one request holds: rows to store, events refused. */
export type Reading = { rows: ArrivingInteraction[]; refusals: Refusal[] };

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

export const recordOf = (value: unknown): Record<string, unknown> | null => (isRecord(value) ? value : null);

export const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** When it happened by our clock: the sender's clock may be wrong, but the span between its event and its sending is right.
 *  @param originalAt by the sender's clock; null: unknown @param sentAt by the sender's clock; null: no correction
 *  @returns milliseconds since 1970, never later than `receivedAt`
 *  Source: Segment, "How is the timestamp calculated"; clocks less than a second apart count as right. */
export const correctTime = (originalAt: number | null, sentAt: number | null, receivedAt: number): number => {
  if (originalAt === null) return receivedAt;
  if (sentAt === null || Math.abs(sentAt - receivedAt) < 1000) return Math.min(originalAt, receivedAt);
  return Math.min(receivedAt - (sentAt - originalAt), receivedAt);
};

/** Reads a time as senders write it.
 *  @returns milliseconds since 1970; null when there is none; undefined when it cannot be read or lies outside 1900–9999.
 *  A time without zone is UTC, a number below 10^11 means seconds. */
export const readTime = (value: unknown): number | null | undefined => {
  if (value === undefined || value === null || value === "") return null;
  const time = typeof value === "string" ? readTimeText(value.trim()) : readTimeNumber(value);
  return time >= EARLIEST && time <= LATEST ? time : undefined;
};

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?))? ?(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;
const WITH_WEEKDAY = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w{0,6},? .*(?:GMT|UTC|Z|[+-]\d{4})/;

const readTimeText = (text: string): number => {
  if (text.length === 24 && text.endsWith("Z")) return Date.parse(text);
  const iso = ISO.exec(text);
  if (iso !== null) return Date.parse(`${iso[1] ?? ""}T${withSeconds(iso[2] ?? "00:00")}${zone(iso[3])}`);
  if (/^-?\d{1,16}(?:\.\d+)?$/.test(text)) return readTimeNumber(Number(text));
  return WITH_WEEKDAY.test(text) ? Date.parse(text) : Number.NaN;
};

const withSeconds = (time: string): string => (time.length === 5 ? `${time}:00` : time.replace(",", "."));

const zone = (text: string | undefined): string => {
  if (text === undefined || !/^[+-]/.test(text)) return "Z";
  const digits = text.replace(":", "").padEnd(5, "0");
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
};

const readTimeNumber = (value: unknown): number => {
  if (typeof value !== "number" || !Number.isFinite(value)) return Number.NaN;
  return Math.trunc(Math.abs(value) < 1e11 ? value * 1000 : value);
};

/** Reads an identifier as senders write it: numbers become text, blanks count as absent.
 *  @returns the identifier; null when absent; undefined when it is no identifier (an object, a list, too long) */
export const readIdentifier = (value: unknown): string | null | undefined => {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") {
    const trimmed = value.trim();
    if (trimmed === "") return null;
    return trimmed.length <= IDENTIFIER_LENGTH_MAX ? trimmed : undefined;
  }
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

/** Is the value nested deeper than DEPTH_MAX? Stops there, so that hostile nesting cannot exhaust the stack. */
export const isTooDeep = (value: unknown, depth: number = 0): boolean => {
  if (typeof value !== "object" || value === null) return false;
  if (depth >= DEPTH_MAX) return true;
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null && isTooDeep(part, depth + 1)) return true;
  return false;
};

/** Could the text of a request hold what PostgreSQL or a careless reader cannot bear? Only then is it cleaned, which costs a copy. */
export const needsCleaning = (text: string): boolean => text.includes("\\u") || text.includes("__proto__");

/** A copy in which NUL characters and lone surrogates are U+FFFD, `__proto__` keys are gone,
 *  and anything deeper than DEPTH_MAX + 1 is cut (the event is refused for its depth anyway). */
export const clean = (value: unknown, depth: number = 0): unknown => {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEPTH_MAX + 2) return "…";
  if (Array.isArray(value)) return value.map((part) => clean(part, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) if (key !== "__proto__") copy[cleanText(key)] = clean(part, depth + 1);
  return copy;
};

export const cleanText = (text: string): string => text.replaceAll("\u0000", "\uFFFD").toWellFormed();

/** The refused event as text to keep. Nesting beyond the limit is cut, for it could not be written. */
export const payloadOf = (message: unknown): string => JSON.stringify(isTooDeep(message) ? clean(message) : message) ?? "null";

/** Refuses an event: keeps it with its reason and, when it helps, what exactly was wrong. */
export const refuse = (reading: Reading, message: unknown, reason: RefusalReason, detail: string = refusalReasons[reason]): void => {
  reading.refusals.push({ reason, detail, payload: payloadOf(message) });
};

/** Keeps an event. Feedback that cannot be read waits as refused beside it: somebody's own property of that name must not cost the fact.
 *  @param again the event as it can be sent again: with the id it was given, so that the fact is not doubled */
export const keep = (reading: Reading, row: ReadInteraction, again: () => unknown): void => {
  if (hasGoodFeedback(row)) return void reading.rows.push(row);
  reading.rows.push({ ...row, feedback: [] });
  refuse(reading, again(), "invalid_feedback");
};

const hasGoodFeedback = (row: ReadInteraction): row is ArrivingInteraction => row.feedback !== null;

/** Is a JSON text larger than an event may be? Counts bytes only when the number of characters leaves a doubt. */
export const isTooLarge = (text: string): boolean => text.length > EVENT_BYTES_MAX || (text.length * 3 > EVENT_BYTES_MAX && utf8Bytes(text) > EVENT_BYTES_MAX);

const encoder = new TextEncoder();
const utf8Bytes = (text: string): number => encoder.encode(text).length;

/** A name short enough for a column; the message keeps the whole. */
export const clipName = (name: string): string => (name.length <= NAME_LENGTH_MAX ? name : name.slice(0, NAME_LENGTH_MAX).toWellFormed());

/** The first of the given identifiers that names a person, as "kind:value"; null when none does. */
export const chooseSubject = (identifiers: readonly (readonly [kind: string, value: unknown])[], limits: IdentityLimits): string | null => {
  for (const [kind, value] of identifiers) {
    const identifier = normaliseIdentifier(kind, value, limits);
    if (identifier !== null) return subjectText(identifier);
  }
  return null;
};
