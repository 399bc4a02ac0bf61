import { normaliseEmail, normalisePhone, subjectText, type Identifier } from "../identity/identifiers.rules.ts";

/** One value of something that was refused, and where it stood: names of fields from the outside in, or the name of a column. */
export type Entry = { path: readonly string[]; text: string; isIdentity?: boolean };

// "42" as a quantity is not customer 42: so short a value counts only where identifiers stand. A longer one is nobody else's by chance.
const TELLING_LENGTH = 8;
const IDENTITY_FIELDS = new Set([
  "userid", "anonymousid", "previousid", "distinctid", "customerid", "clientid", "visitorid", "accountid", "contactid", "externalid",
  "memberid", "uid", "user", "customer", "subject",
]);
const IDENTITY_OWNERS = new Set(["externalids", "user", "customer", "traits", "contact", "person", "visitor"]);

/** Whether any of these values names one of the identifiers: addresses and numbers in any notation, others as they are. */
export const namesAnyOf = (entries: readonly Entry[], identifiers: readonly Identifier[]): boolean =>
  entries.some((entry) => identifiers.some((identifier) => isNameOf(entry, identifier)));

const isNameOf = (entry: Entry, identifier: Identifier): boolean => {
  const text = entry.text.trim();
  if (text === subjectText(identifier)) return true;
  if (identifier.kind === "email" && normaliseEmail(text) === identifier.value) return true;
  if (identifier.kind === "phone" && normalisePhone(text) === identifier.value) return true;
  return text === identifier.value && (text.length >= TELLING_LENGTH || entry.isIdentity === true || isIdentityField(entry.path));
};

const isIdentityField = (path: readonly string[]): boolean => {
  const [last = "", owner = ""] = path.slice(-2).map((name) => name.toLowerCase().replace(/[^a-z]/g, "")).reverse();
  return IDENTITY_FIELDS.has(last) || (last === "id" && IDENTITY_OWNERS.has(owner));
};

/** The texts and numbers of an event as it was sent. */
export const entriesOfPayload = (payload: unknown): Entry[] => {
  const entries: Entry[] = [];
  // A stack of our own: what was sent may be nested deeper than calls may be.
  const waiting: { path: readonly string[]; value: unknown }[] = [{ path: [], value: payload }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, value } = next;
    if (typeof value === "string" || typeof value === "number") entries.push({ path, text: String(value) });
    else if (Array.isArray(value)) for (const item of value) waiting.push({ path, value: item });
    else if (typeof value === "object" && value !== null)
      for (const [name, item] of Object.entries(value)) waiting.push({ path: [...path.slice(-1), name], value: item });
  }
  return entries;
};

/** Texts of which one stands in whatever names an identifier, to look up what may name it at all.
 *  @returns `texts` as they stand in JSON, addresses in small letters; `digits` the ends of phone numbers, to compare with digits alone */
export const needlesFor = (identifiers: readonly Identifier[]): { texts: string[]; digits: string[] } => ({
  texts: identifiers.map(({ value }) => JSON.stringify(value).slice(1, -1)),
  digits: identifiers.filter(({ kind }) => kind === "phone").map(({ value }) => value.replace(/\D/g, "").slice(-6)),
});
