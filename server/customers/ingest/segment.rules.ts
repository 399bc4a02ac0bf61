// Messages as Segment's, RudderStack's and Customer.io's clients send them. Checked by hand: a schema library costs more
// than everything else on this path together, and an event must be refused alone, with a reason a person can act on.
import { normaliseIdentifier } from "../identity/identifiers.rules.ts";
import { subjectOfMessage } from "../identity/messages.rules.ts";
import { interactionId } from "../interactions/interactions.rules.ts";
import { readFeedback } from "./feedback.rules.ts";
import {
  clipName,
  correctTime,
  EVENTS_MAX,
  isRecord,
  isTooDeep,
  isTooLarge,
  keep,
  MESSAGE_ID_LENGTH,
  readIdentifier,
  readTime,
  recordOf,
  refuse,
  textOf,
} from "./ingest.rules.ts";
import type { Arrival, ReadInteraction, Reading, RefusalReason } from "./ingest.rules.ts";

/** A request that holds no events at all; nothing in it can be kept. */
export type EnvelopeFault = "invalid_envelope" | "too_many_events";

type Defaults = { type: string | null; sentAt: number | null; context: Record<string, unknown> | null };

/** Reads `{ batch: [...], sentAt?, context? }`.
 *  @param sentAtHeader RudderStack's browser client sends the time of sending as a header
 *  @returns rows and refusals, event by event; a fault when the envelope itself is wrong */
export const readBatch = (body: unknown, arrival: Arrival, sentAtHeader: string | null): Reading | EnvelopeFault => {
  if (!isRecord(body) || !Array.isArray(body["batch"])) return "invalid_envelope";
  const batch: unknown[] = body["batch"];
  if (batch.length > EVENTS_MAX) return "too_many_events";
  const defaults = { type: null, sentAt: readTime(body["sentAt"] ?? sentAtHeader) ?? null, context: recordOf(body["context"]) };
  const reading: Reading = { rows: [], refusals: [] };
  for (const message of batch) readMessage(reading, message, defaults, arrival);
  return reading;
};

/** Reads one message whose type the path has decided. */
export const readSingle = (body: unknown, type: string, arrival: Arrival, sentAtHeader: string | null): Reading | EnvelopeFault => {
  if (!isRecord(body)) return "invalid_envelope";
  const reading: Reading = { rows: [], refusals: [] };
  readMessage(reading, body, { type, sentAt: readTime(sentAtHeader) ?? null, context: null }, arrival);
  return reading;
};

const readMessage = (reading: Reading, given: unknown, defaults: Defaults, arrival: Arrival): void => {
  if (!isRecord(given)) return refuse(reading, given, "not_an_object");
  if (isTooDeep(given)) return refuse(reading, given, "too_deep");
  const message = withoutEnvelope(given, defaults.context);
  const text = JSON.stringify(message);
  if (isTooLarge(text)) return refuse(reading, message, "too_large");
  const row = readRow(message, text, defaults, arrival);
  if (typeof row === "string") return refuse(reading, withDefaults(message, defaults), row);
  keep(reading, row, () => withDefaults({ ...message, messageId: row.messageId }, defaults));
};

// The batch's context is the default of each event; the write key is a credential and not part of the fact.
const withoutEnvelope = (message: Record<string, unknown>, context: Record<string, unknown> | null): Record<string, unknown> => {
  if (context === null && message["writeKey"] === undefined) return message;
  const copy = { ...message, writeKey: undefined };
  return context === null ? copy : { ...copy, context: { ...context, ...recordOf(message["context"]) } };
};

// What the path and the batch said must stay with a refused event, or it could not be replayed at its right time.
const withDefaults = (message: Record<string, unknown>, defaults: Defaults): Record<string, unknown> => ({
  ...message,
  ...(defaults.type === null ? {} : { type: defaults.type }),
  ...(defaults.sentAt === null || message["sentAt"] !== undefined ? {} : { sentAt: new Date(defaults.sentAt).toISOString() }),
});

const readRow = (message: Record<string, unknown>, text: string, defaults: Defaults, arrival: Arrival): ReadInteraction | RefusalReason => {
  const type = defaults.type ?? readType(message["type"]);
  if (type === null) return "unknown_type";
  const messageId = readMessageId(message["messageId"], arrival);
  if (messageId === null) return "invalid_message_id";
  const userId = readIdentifier(message["userId"]);
  const anonymousId = readIdentifier(message["anonymousId"]);
  if (userId === undefined || anonymousId === undefined) return "invalid_identifier";
  if (userId === null && anonymousId === null) return "missing_identity";
  const fault = missingOf(type, message, userId);
  if (fault !== null) return fault;
  const sentAt = readTime(message["sentAt"]) ?? defaults.sentAt;
  const times = readTimes(message, sentAt, arrival.receivedAt);
  if (times === null) return "invalid_timestamp";
  const properties = recordOf(message["properties"]);
  const context = recordOf(message["context"]);
  const direction = properties?.["direction"] === "organisation" ? "organisation" : "customer";
  return {
    id: interactionId(arrival.workspaceId, messageId),
    workspaceId: arrival.workspaceId,
    messageId,
    type,
    name: readName(type, message, properties, context),
    subject: readSubject({ type, userId, anonymousId, message }, arrival),
    userId,
    anonymousId,
    at: times.at,
    receivedAt: arrival.receivedAt,
    sentAt,
    originalAt: times.originalAt,
    channel: clipped(properties?.["channel"] ?? context?.["channel"]),
    touchpoint: clipped(properties?.["touchpoint"] ?? context?.["touchpoint"]),
    direction,
    source: arrival.source,
    message: text,
    feedback: readFeedback(properties?.["feedback"], direction),
  };
};

// RudderStack's clients note when they were called in `originalTimestamp` and leave `timestamp` to the caller, who sets it for
// things that happened earlier; so does whoever forwards events Segment has corrected. Where both are given and differ,
// `timestamp` was written on purpose and is taken as it is.
const readTimes = (message: Record<string, unknown>, sentAt: number | null, receivedAt: number): { at: number; originalAt: number | null } | null => {
  const timestamp = readTime(message["timestamp"]);
  const original = readTime(message["originalTimestamp"]);
  if (timestamp === undefined || original === undefined) return null;
  const isOnPurpose = timestamp !== null && original !== null && timestamp !== original;
  const originalAt = isOnPurpose ? timestamp : (original ?? timestamp);
  return { at: correctTime(originalAt, isOnPurpose ? null : sentAt, receivedAt), originalAt };
};

const TYPES: ReadonlySet<string> = new Set(["track", "page", "screen", "identify", "group", "alias"]);

const readType = (value: unknown): string | null => {
  if (typeof value !== "string") return null;
  const type = value.toLowerCase();
  return TYPES.has(type) ? type : null;
};

const readMessageId = (value: unknown, arrival: Arrival): string | null => {
  if (value === undefined || value === null || value === "") return arrival.newMessageId();
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.length < MESSAGE_ID_LENGTH ? text : null;
};

const missingOf = (type: string, message: Record<string, unknown>, userId: string | null): RefusalReason | null => {
  if (type === "track") return typeof message["event"] === "string" && message["event"].trim() !== "" ? null : "missing_event";
  if (type === "group") return faultOf(readIdentifier(message["groupId"]), "missing_group_id");
  if (type === "alias") return userId === null ? "missing_previous_id" : faultOf(readIdentifier(message["previousId"]), "missing_previous_id");
  return null;
};

const faultOf = (identifier: string | null | undefined, missing: RefusalReason): RefusalReason | null => {
  if (identifier === undefined) return "invalid_identifier";
  return identifier === null ? missing : null;
};

// A page without a name is known by its path: titles change with every campaign and language.
const readName = (
  type: string,
  message: Record<string, unknown>,
  properties: Record<string, unknown> | null,
  context: Record<string, unknown> | null,
): string => {
  if (type === "track") return clipped(message["event"]) ?? type;
  if (type !== "page" && type !== "screen") return type;
  const path = properties?.["path"] ?? recordOf(context?.["page"])?.["path"];
  return clipped(message["name"]) ?? clipped(properties?.["name"]) ?? clipped(path) ?? type;
};

const clipped = (value: unknown): string | null => {
  const text = textOf(value)?.trim();
  return text === undefined || text === "" ? null : clipName(text);
};

// Nearly every message has a good user or anonymous id; only when both are junk the whole message is searched for an e-mail
// address or another system's id, which costs ten times as much.
const readSubject = (
  source: { type: string; userId: string | null; anonymousId: string | null; message: Record<string, unknown> },
  arrival: Arrival,
): string | null => {
  const user = normaliseIdentifier("user", source.userId, arrival.identity);
  if (user !== null) return `user:${user.value}`;
  const anonymous = normaliseIdentifier("anonymous", source.anonymousId, arrival.identity);
  return anonymous === null ? subjectOfMessage(source, arrival.identity) : `anonymous:${anonymous.value}`;
};

/** A message from the query of a pixel address: `context.page.title=Shop` becomes nested, the write key is left out. */
export const messageFromQuery = (query: Iterable<readonly [string, string]>): Record<string, unknown> => {
  const message: Record<string, unknown> = {};
  for (const [key, value] of query) if (key !== "writeKey") putNested(message, key.split(".").slice(0, 8), value);
  return message;
};

const putNested = (target: Record<string, unknown>, path: readonly string[], value: string): void => {
  const [key = "", ...rest] = path;
  if (key === "" || key === "__proto__") return;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const existing = Object.hasOwn(target, key) ? recordOf(target[key]) : null;
  const inner = existing ?? {};
  target[key] = inner;
  putNested(inner, rest, value);
};
