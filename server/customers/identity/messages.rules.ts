import { defaultLimits, isBlockedValue, normaliseIdentifier, parseSubject, strength, subjectText, type Identifier, type IdentityLimits } from "./identifiers.rules.ts";

/** What the resolver needs of one interaction: its identifiers and the raw message. */
export type IdentifiedMessage = { type: string; subject: string | null; userId: string | null; anonymousId: string | null; message: unknown };

export type ClaimedPair = { strong: Identifier; weak: Identifier; rule: "identify" | "alias" | "group" | "message" };
export type MessageIdentity = { identifiers: readonly Identifier[]; pairs: readonly ClaimedPair[]; previousId: string | null };

type Fields = Readonly<Record<string, unknown>>;
const none: Fields = {};
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
export const fieldsOf = (parent: unknown, name: string): Fields => {
  if (!isFields(parent)) return none;
  const child = parent[name];
  return isFields(child) ? child : none;
};

/** Which identifiers a message carries, strongest first, and which pairs of them it claims to be one customer.
 *  The strongest identifier is claimed with every other (a star), so dropping a weak one never breaks the rest apart. Which end of a
 *  pair is the strong one is the same in every workspace: a change of priority must not make a second link out of one already decided. */
export const identityOfMessage = (source: IdentifiedMessage, limits: IdentityLimits = defaultLimits): MessageIdentity => {
  const identifiers = collectIdentifiers(source, limits);
  const [strong, ...weaker] = identifiers;
  const rule = source.type === "identify" ? "identify" : source.type === "group" ? "group" : "message";
  const pairs = strong === undefined ? [] : weaker.map((weak) => (strength(strong.kind) >= strength(weak.kind) ? { strong, weak, rule } as const : { strong: weak, weak: strong, rule } as const));
  return { identifiers, pairs, previousId: source.type === "alias" ? previousIdOf(source, strong, limits) : null };
};

/** The strongest identifier of a message as text, under which its row is stored; null when it names nobody. */
export const subjectOfMessage = (source: Omit<IdentifiedMessage, "subject">, limits: IdentityLimits = defaultLimits): string | null => {
  const [strongest] = collectIdentifiers({ ...source, subject: null }, limits);
  return strongest === undefined ? null : subjectText(strongest);
};

const collectIdentifiers = (source: IdentifiedMessage, limits: IdentityLimits): Identifier[] => {
  const context = fieldsOf(source.message, "context");
  const traits = source.type === "group" ? none : fieldsOf(source.message, "traits");
  const contextTraits = fieldsOf(context, "traits");
  const found = new Map<string, Identifier>();
  const add = (kind: string, raw: unknown): void => {
    const identifier = normaliseIdentifier(kind, raw, limits);
    if (identifier !== null) found.set(subjectText(identifier), identifier);
  };
  const subject = source.subject === null ? null : parseSubject(source.subject);
  // The row is found again by its subject as written, so that text is an identifier even where it is not the normal form.
  if (subject !== null && !isBlockedValue(subject.value, limits)) found.set(subjectText(subject), subject);
  if (subject !== null) add(subject.kind, subject.value);
  add("user", source.userId);
  add("anonymous", source.anonymousId);
  for (const external of externalIds(context)) add(`external:${external.type}`, external.id);
  add("email", traits["email"] ?? contextTraits["email"] ?? emailOfProperties(source));
  add("phone", traits["phone"] ?? contextTraits["phone"]);
  return [...found.values()].sort((a, b) => strength(b.kind, limits.priority) - strength(a.kind, limits.priority));
};

// A known user's event may carry somebody else's address (an invitation, a gift), so properties count only where nobody is named.
const emailOfProperties = (source: IdentifiedMessage): unknown =>
  source.userId === null && source.type !== "group" ? fieldsOf(source.message, "properties")["email"] : undefined;

const externalIds = (context: Fields): { id: unknown; type: string }[] => {
  const list = context["externalIds"];
  if (!Array.isArray(list)) return [];
  return list.slice(0, 20).flatMap((entry: unknown) => {
    if (!isFields(entry) || typeof entry["type"] !== "string" || !/^[\w.-]{1,60}$/.test(entry["type"])) return [];
    return (entry["collection"] ?? "users") === "users" ? [{ id: entry["id"], type: entry["type"] }] : [];
  });
};

// Clients call alias after identify with both ids equal: that says nothing new.
const previousIdOf = (source: IdentifiedMessage, strong: Identifier | undefined, limits: IdentityLimits): string | null => {
  if (!isFields(source.message) || strong?.kind !== "user") return null;
  const previous = normaliseIdentifier("user", source.message["previousId"], limits);
  return previous === null || previous.value === strong.value ? null : previous.value;
};
