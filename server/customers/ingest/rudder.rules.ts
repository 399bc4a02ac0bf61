// What RudderStack's addresses take besides Segment's messages, turned into such messages.
import { readIdentifier, recordOf, textOf } from "./ingest.rules.ts";

/** A merge of two identifiers, `{ mergeProperties: [{ type, value }, { type, value }] }`, as the message that claims the same:
 *  two user ids are an alias, everything else an identify. What is no merge becomes a message that is refused with its reason. */
export const messageFromMerge = (body: Record<string, unknown>): Record<string, unknown> => {
  const { mergeProperties, ...rest } = body;
  const given = Array.isArray(mergeProperties) ? mergeProperties.slice(0, 2).map(recordOf) : [];
  const valuesOf = (kinds: readonly string[]): string[] =>
    given.flatMap((one) => {
      const value = kinds.includes(textOf(one?.["type"])?.toLowerCase() ?? "") ? readIdentifier(one?.["value"]) : null;
      return typeof value === "string" ? [value] : [];
    });
  const [user, otherUser] = valuesOf(["user_id", "userid", "user"]);
  const [anonymous] = valuesOf(["anonymous_id", "anonymousid", "anonymous"]);
  const [email] = valuesOf(["email"]);
  const [phone] = valuesOf(["phone", "mobile"]);
  if (user !== undefined && otherUser !== undefined) return { ...rest, type: "alias", userId: user, previousId: otherUser };
  return { ...rest, type: "identify", userId: user ?? null, anonymousId: anonymous ?? null, traits: { email, phone } };
};

/** Whatever another program's webhook sends, as an event with the body as its properties. Without an identifier the fact is kept
 *  and belongs to nobody: "anonymous" is a value that names nobody. */
export const messageFromWebhook = (body: Record<string, unknown>): Record<string, unknown> => {
  const userId = readIdentifier(body["userId"] ?? body["user_id"]) ?? null;
  const anonymousId = readIdentifier(body["anonymousId"] ?? body["anonymous_id"]) ?? null;
  return {
    type: "track",
    event: textOf(body["event"]) ?? "webhook_source_event",
    userId,
    anonymousId: anonymousId ?? (userId === null ? "anonymous" : null),
    messageId: body["messageId"],
    timestamp: body["timestamp"],
    properties: body,
  };
};
