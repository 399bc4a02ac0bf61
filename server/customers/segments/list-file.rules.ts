import { normaliseEmail, normalisePhone } from "../identity/identifiers.rules.ts";

/** What a column of a list holds: an identifier, or a trait of this name. */
export type ListColumn = "email" | "phone" | "user" | { trait: string } | null;
export type ListedPerson = { userId: string | null; email: string | null; phone: string | null; traits: Readonly<Record<string, string>> };

const NAMES: Readonly<Record<string, Exclude<ListColumn, null>>> = {
  email: "email", mail: "email", emailaddress: "email", address: "email",
  phone: "phone", phonenumber: "phone", mobile: "phone", mobilephone: "phone", telephone: "phone", tel: "phone", cell: "phone",
  id: "user", userid: "user", user: "user", customerid: "user", customer: "user", customernumber: "user",
  name: { trait: "name" }, fullname: { trait: "name" }, firstname: { trait: "firstName" }, lastname: { trait: "lastName" }, surname: { trait: "lastName" },
  language: { trait: "language" }, lang: { trait: "language" }, locale: { trait: "language" }, timezone: { trait: "time_zone" }, tz: { trait: "time_zone" },
};

/** The columns a first row names; null when it is a row of data.
 *  @returns a column per cell: known words become identifiers and usual traits, other words traits of that name */
export const readHeader = (cells: readonly string[]): ListColumn[] | null => {
  if (cells.some((cell) => normaliseEmail(cell) !== null || normalisePhone(cell) !== null)) return null;
  const found = cells.map((cell) => (Object.hasOwn(NAMES, plain(cell)) ? (NAMES[plain(cell)] ?? null) : null));
  if (!found.some((column) => column === "email" || column === "phone" || column === "user")) return null;
  return cells.map((cell, index) => found[index] ?? (cell.trim() === "" ? null : { trait: cell.trim().slice(0, 100) }));
};

/** What delimits the cells of a table: the sign that is most frequent in its first line. */
export const guessDelimiter = (firstLine: string): string =>
  [",", ";", "\t", "|"].reduce((best, sign) => (firstLine.split(sign).length > firstLine.split(best).length ? sign : best), ",");

/** One row as a person. Without a header each cell tells by its look what it is, and a text that is neither address nor number is an id.
 *  @returns null when nothing in it names anybody */
export const readPerson = (cells: readonly string[], header: readonly ListColumn[] | null): ListedPerson | null => {
  const person = header === null ? guessPerson(cells) : personOf(cells, header);
  return person.userId === null && person.email === null && person.phone === null ? null : person;
};

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");

const personOf = (cells: readonly string[], header: readonly ListColumn[]): ListedPerson => {
  const traits: Record<string, string> = {};
  const person = nobodyYet();
  for (const [index, column] of header.entries()) {
    const cell = cells[index]?.trim() ?? "";
    if (cell === "" || column === null) continue;
    if (column === "email") person.email ??= normaliseEmail(cell);
    else if (column === "phone") person.phone ??= normalisePhone(cell);
    else if (column === "user") person.userId ??= cell;
    else traits[column.trait] = cell.slice(0, 4000);
  }
  return { ...person, traits };
};

type Names = { userId: string | null; email: string | null; phone: string | null };
const nobodyYet = (): Names => ({ userId: null, email: null, phone: null });

const guessPerson = (cells: readonly string[]): ListedPerson => {
  const person = nobodyYet();
  for (const cell of cells.map((one) => one.trim()).filter(Boolean)) {
    const [email, phone] = [normaliseEmail(cell), looksLikeNumber(cell) ? normalisePhone(cell) : null];
    if (email !== null) person.email ??= email;
    else if (phone !== null) person.phone ??= phone;
    else if (!cell.includes("@")) person.userId ??= cell;
  }
  return { ...person, traits: {} };
};

// Digits alone are more often a customer number than a telephone number: a number says so by its plus, leading zero or spaces.
const looksLikeNumber = (cell: string): boolean => /^(\+|0|\()/.test(cell) || /^tel:/i.test(cell) || /\d[\s/-]\d/.test(cell);
