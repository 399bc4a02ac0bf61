// Messages as Segment's, RudderStack's and Customer.io's clients send them. Checked by hand: a schema library costs more
// than everything else on this path together, and an event must be refused alone, with a reason a person can act on.
import { interactionId } from "../interactions/interactions.rules.ts";
import {
  chooseSubject,
  clipName,
  correctTime,
  EVENTS_MAX,
  isRecord,
  isTooDeep,
  isTooLarge,
  MESSAGE_ID_LENGTH,
  readIdentifier,
  readTime,
  recordOf,
  refuse,
  textOf,
} from "./ingest.rules.ts";
import type { Arrival, ArrivingInteraction, IdentifierKind, Reading, RefusalReason } from "./ingest.rules.ts";

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
  if (typeof row === "string") return refuse(reading, withType(message, defaults.type), row);
  reading.rows.push(row);
};

// The batch's context is the default of each event; the write key is a credential and not part of the fact.
const withoutEnvelope = (message: Record<string, unknown>, context: Record<string, unknown> | null): Record<string, unknown> => {
  if (context === null && message["writeKey"] === undefined) return message;
  const copy = { ...message, writeKey: undefined };
  return context === null ? copy : { ...copy, context: { ...context, ...recordOf(message["context"]) } };
};

// What the path said must stay with a refused event, or it could not be replayed.
const withType = (message: Record<string, unknown>, type: string | null): Record<string, unknown> => (type === null ? message : { ...message, type });

const readRow = (message: Record<string, unknown>, text: string, defaults: Defaults, arrival: Arrival): ArrivingInteraction | RefusalReason => {
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
  const originalAt = readTime(message["originalTimestamp"] ?? message["timestamp"]);
  if (originalAt === undefined) return "invalid_timestamp";
  const sentAt = readTime(message["sentAt"]) ?? defaults.sentAt;
  const properties = recordOf(message["properties"]);
  const context = recordOf(message["context"]);
  return {
    id: interactionId(arrival.workspaceId, messageId),
    workspaceId: arrival.workspaceId,
    messageId,
    type,
    name: readName(type, message, properties, context),
    subject: readSubject(message, userId, anonymousId, arrival),
    userId,
    anonymousId,
    at: correctTime(originalAt, sentAt, arrival.receivedAt),
    receivedAt: arrival.receivedAt,
    sentAt,
    originalAt,
    channel: clipped(properties?.["channel"] ?? context?.["channel"]),
    touchpoint: clipped(properties?.["touchpoint"] ?? context?.["touchpoint"]),
    direction: properties?.["direction"] === "organisation" ? "organisation" : "customer",
    source: arrival.source,
    message: text,
  };
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
): string | null => {
  if (type === "track") return clipped(message["event"]);
  if (type !== "page" && type !== "screen") return null;
  return clipped(message["name"]) ?? clipped(properties?.["name"]) ?? clipped(properties?.["path"]) ?? clipped(recordOf(context?.["page"])?.["path"]);
};

const clipped = (value: unknown): string | null => {
  const text = textOf(value)?.trim();
  return text === undefined || text === "" ? null : clipName(text);
};

const readSubject = (message: Record<string, unknown>, userId: string | null, anonymousId: string | null, arrival: Arrival): string | null => {
  if (userId !== null && arrival.identifies("user", userId)) return `user:${userId}`;
  if (anonymousId !== null && arrival.identifies("anonymous", anonymousId)) return `anonymous:${anonymousId}`;
  return chooseSubject(weakerIdentifiers(message), arrival.identifies);
};

// Only looked at when user and anonymous id are junk: then an e-mail address may still tell who it was.
const weakerIdentifiers = (message: Record<string, unknown>): (readonly [IdentifierKind, string | null])[] => {
  const context = recordOf(message["context"]);
  const traits = recordOf(message["traits"]) ?? recordOf(context?.["traits"]);
  const properties = recordOf(message["properties"]);
  const email = readIdentifier(traits?.["email"] ?? properties?.["email"]) ?? null;
  const external: unknown = Array.isArray(context?.["externalIds"]) ? context["externalIds"][0] : null;
  return [
    ["email", email !== null && email.includes("@") ? email.toLowerCase() : null],
    ["phone", readIdentifier(traits?.["phone"] ?? properties?.["phone"]) ?? null],
    ["external", externalIdentifier(recordOf(external))],
  ];
};

const externalIdentifier = (external: Record<string, unknown> | null): string | null => {
  const id = readIdentifier(external?.["id"]);
  const type = textOf(external?.["type"]);
  return typeof id === "string" && type !== null && external?.["collection"] !== "accounts" ? `${type}:${id}` : null;
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
