// CloudEvents 1.0.2 over HTTP: one event in headers (binary), one in the body (structured), many in the body (batch).
import { interactionId } from "../interactions/interactions.rules.ts";
import { readFeedback } from "./feedback.rules.ts";
import { chooseSubject, clean, clipName, correctTime, EVENTS_MAX, IDENTIFIER_LENGTH_MAX, isRecord, isTooDeep, isTooLarge, keep, readIdentifier, readTime, recordOf, refuse, textOf } from "./ingest.rules.ts";
import type { Arrival, ReadInteraction, Reading, RefusalReason } from "./ingest.rules.ts";
import type { EnvelopeFault } from "./segment.rules.ts";

/** Reads events that are whole in the body: one object, or a list of them. */
export const readCloudEvents = (body: unknown, arrival: Arrival): Reading | EnvelopeFault => {
  if (!isRecord(body) && !Array.isArray(body)) return "invalid_envelope";
  const events: unknown[] = Array.isArray(body) ? body : [body];
  if (events.length > EVENTS_MAX) return "too_many_events";
  const reading: Reading = { rows: [], refusals: [] };
  for (const event of events) readEvent(reading, event, arrival);
  return reading;
};

/** Puts a binary-mode event together: attributes from `ce-` headers (percent-encoded), data from the body.
 *  @param headers names in lower case
 *  @param data the body: parsed when it is JSON, a text when it is text; bytes stay base64 as in structured mode */
export const eventFromHeaders = (headers: Record<string, unknown>, data: { data: unknown } | { data_base64: string } | null): Record<string, unknown> => {
  const event: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith("ce-") && typeof value === "string") event[name.slice(3)] = decoded(value);
  }
  const contentType = textOf(headers["content-type"]);
  const whole = { ...event, ...(contentType === null ? {} : { datacontenttype: contentType }), ...data };
  return recordOf(clean(whole)) ?? {};
};

/** How a body travels, by its content type; without `ce-` headers plain JSON is read as structured or batch. */
export const cloudEventMode = (contentType: string, headers: Record<string, unknown>): "binary" | "whole" =>
  contentType.startsWith("application/cloudevents") || headers["ce-specversion"] === undefined ? "whole" : "binary";

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A lone percent sign is no encoding; the attribute is kept as it came.
  }
};

const readEvent = (reading: Reading, event: unknown, arrival: Arrival): void => {
  if (!isRecord(event)) return refuse(reading, event, "not_an_object");
  if (isTooDeep(event)) return refuse(reading, event, "too_deep");
  const text = JSON.stringify(event);
  if (isTooLarge(text)) return refuse(reading, event, "too_large");
  const row = readRow(event, text, arrival);
  if (typeof row === "string") return refuse(reading, event, row);
  keep(reading, row, () => event);
};

const readRow = (event: Record<string, unknown>, text: string, arrival: Arrival): ReadInteraction | RefusalReason => {
  const id = readIdentifier(event["id"]);
  const source = textOf(event["source"]);
  const type = textOf(event["type"]);
  if (typeof id !== "string" || source === null || type === null || event["specversion"] !== "1.0") return "invalid_cloudevent";
  if (source.length > 1000) return "invalid_identifier";
  const originalAt = readTime(event["time"]);
  if (originalAt === undefined) return "invalid_timestamp";
  const data = recordOf(event["data"]);
  const userId = readIdentifier(data?.["userId"] ?? event["userid"]);
  const anonymousId = readIdentifier(data?.["anonymousId"] ?? event["anonymousid"]);
  if (userId === undefined || anonymousId === undefined) return "invalid_identifier";
  const direction = data?.["direction"] === "organisation" ? "organisation" : "customer";
  // Source and id together name an event; a line break cannot occur in a source, so the pair is unambiguous.
  const messageId = `${source}\n${id}`;
  return {
    id: interactionId(arrival.workspaceId, messageId),
    workspaceId: arrival.workspaceId,
    messageId,
    type: "track",
    name: clipName(type),
    subject: readSubject(event, data, userId, anonymousId, arrival),
    userId,
    anonymousId,
    at: correctTime(originalAt, null, arrival.receivedAt),
    receivedAt: arrival.receivedAt,
    sentAt: null,
    originalAt,
    channel: clippedOrNull(data?.["channel"] ?? event["channel"]),
    touchpoint: clippedOrNull(data?.["touchpoint"] ?? event["touchpoint"]),
    direction,
    source: arrival.source,
    message: text,
    feedback: readFeedback(data?.["feedback"], direction),
  };
};

const clippedOrNull = (value: unknown): string | null => {
  const text = textOf(value);
  return text === null ? null : clipName(text);
};

const readSubject = (
  event: Record<string, unknown>,
  data: Record<string, unknown> | null,
  userId: string | null,
  anonymousId: string | null,
  arrival: Arrival,
): string | null => {
  const candidates: (readonly [string, unknown])[] = [
    ["user", userId],
    ["anonymous", anonymousId],
    ["email", data?.["email"]],
  ];
  const named = subjectOf(textOf(event["subject"]));
  return chooseSubject(named === null ? candidates : [...candidates, named], arrival.identity);
};

const PERSON_KINDS: ReadonlyMap<string, string> = new Map([
  ["user", "user"],
  ["users", "user"],
  ["customer", "user"],
  ["customers", "user"],
  ["anonymous", "anonymous"],
  ["email", "email"],
  ["mailto", "email"],
  ["phone", "phone"],
  ["tel", "phone"],
]);

// "user:42", "customers/42" and "ada@example.org" name a person; a bare word is taken for a user id;
// "orders/9" names a thing, and a fact about a thing alone belongs to nobody.
const subjectOf = (subject: string | null): readonly [string, string] | null => {
  if (subject === null || subject.length > IDENTIFIER_LENGTH_MAX) return null;
  const parts = /^\/?([A-Za-z]+)[:/](.+)$/.exec(subject);
  if (parts !== null) {
    const kind = PERSON_KINDS.get((parts[1] ?? "").toLowerCase());
    const value = parts[2] ?? "";
    return kind === undefined ? null : [kind, value];
  }
  if (subject.includes("@")) return ["email", subject];
  return subject.includes("/") || subject.includes(":") ? null : ["user", subject];
};
