import { hash } from "node:crypto";

/** An identifier is a name a customer is known by somewhere: a user id, a browser, an e-mail address. */
export type Identifier = { kind: string; value: string };

/** Per workspace: which values name nobody, how many identifiers of a kind one customer may hold, and which kind counts before which. */
export type IdentityLimits = { blockedValues: readonly string[]; perKind: Readonly<Record<string, number>>; priority: readonly string[] };

/** Source: journeys reference, section 4 (Segment, PostHog). One user id per customer is what makes a merge of two users need a person's word. */
export const defaultLimits: IdentityLimits = {
  blockedValues: [],
  perKind: { user: 1, external: 5, email: 5, phone: 5, anonymous: 50 },
  priority: ["external", "email", "phone"],
};

const values = [
  "", "null", "undefined", "[object object]", "0", "-1", "nan", "none", "nil", "n/a", "na", "anonymous", "anon", "guest", "test",
  "id", "email", "e-mail", "user", "userid", "user_id", "distinctid", "distinct_id", "anonymousid", "not_authenticated",
  "unknown", "true", "false", "test@test.com", "test@example.com", "none@none.com", "no@email.com", "noemail@noemail.com",
] as const;
const blocked: ReadonlySet<string> = new Set(values);

/** The text identifiers are kept and sent under, for instance "user:42" or "external:crm:7". */
export const subjectText = (identifier: Identifier): string => `${identifier.kind}:${identifier.value}`;

/** What is kept of an identifier whose person was erased: enough to know it again, not to read it.
 *  @returns SHA-256 of workspace and identifier in hexadecimal digits; the workspace makes it differ between organisations */
export const hashOfSubject = (workspaceId: string, subject: string): string => hash("sha256", `${workspaceId}\n${subject}`, "hex");

/** Reads "external:crm:7" as kind "external:crm", value "7"; other kinds end at the first colon. Null when there is no kind. */
export const parseSubject = (subject: string): Identifier | null => {
  const first = subject.indexOf(":");
  if (first < 1) return null;
  const head = subject.slice(0, first);
  if (head !== "external") return { kind: head, value: subject.slice(first + 1) };
  const second = subject.indexOf(":", first + 1);
  if (second < 0) return null;
  return { kind: subject.slice(0, second), value: subject.slice(second + 1) };
};

/** Whether a value names nobody: empty, junk of programming languages, or blocked by the workspace. Quotes and case do not save it. */
export const isBlockedValue = (value: string, limits: IdentityLimits = defaultLimits): boolean => {
  const bare = value.trim().replace(/^["'`]+|["'`]+$/g, "").trim().toLowerCase();
  if (blocked.has(bare) || /^[0-]*$/.test(bare)) return true;
  return limits.blockedValues.some((own) => own.trim().toLowerCase() === bare);
};

/** user > external > email > phone > anonymous; over a limit the weakest identifier of a message is dropped.
 *  @param priority what a workspace wants between the two ends. The ends stay: below an address a user id could go to another user
 *    without a person's word, and a device may be anybody's. */
export const strength = (kind: string, priority: readonly string[] = defaultLimits.priority): number => {
  if (kind === "user") return priority.length + 2;
  const place = priority.indexOf(kindFamily(kind));
  return place < 0 ? 1 : priority.length + 1 - place;
};

export const kindFamily = (kind: string): string => (kind.startsWith("external") ? "external" : kind);

/** Lower case and trimmed; null when it is not an address. Plus-tags and dots stay: only the mail server knows what they mean. */
export const normaliseEmail = (text: string): string | null => {
  const email = text.trim().replace(/^mailto:/i, "").toLowerCase();
  return email.length <= 254 && /^[^\s@"<>,;]+@[^\s@"<>,;]+\.[^\s@"<>,;.]+$/.test(email) ? email : null;
};

/** Digits with a leading plus where one was given ("00" counts as plus); null under 6 or over 15 digits (E.164). */
export const normalisePhone = (text: string): string | null => {
  const compact = text.trim().replace(/^tel:/i, "").replace(/\(0\)/g, "").replace(/[\s().\-/]/g, "").replace(/^00/, "+");
  return /^\+?\d{6,15}$/.test(compact) ? compact : null;
};

/** The same identifier always gets the same text; null for blocked, broken or over-long values. */
export const normaliseIdentifier = (kind: string, raw: unknown, limits: IdentityLimits = defaultLimits): Identifier | null => {
  if (typeof raw !== "string" && typeof raw !== "number") return null;
  const text = String(raw).toWellFormed().trim();
  if (text.length > 512 || isBlockedValue(text, limits)) return null;
  const value = kind === "email" ? normaliseEmail(text) : kind === "phone" ? normalisePhone(text) : text.replaceAll("\u0000", "");
  return value === null || value === "" || isBlockedValue(value, limits) ? null : { kind, value };
};

/** An identifier somebody wrote, such as "email:Ann@Example.com", in its normal form; null when it has no kind or names nobody. */
export const readIdentifier = (text: string): Identifier | null => {
  const named = parseSubject(text);
  return named === null ? null : normaliseIdentifier(named.kind, named.value);
};

/** The address or number a subject is, for whoever writes or calls; null for one that is neither. */
export const addressOfSubject = (subject: string): string | null => {
  const identifier = parseSubject(subject);
  return identifier?.kind === "email" || identifier?.kind === "phone" ? identifier.value : null;
};
