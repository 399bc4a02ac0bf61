import { hash } from "node:crypto";
import type { Connector, FoundReview } from "./connector.contract.ts";
import { readStars, readTime } from "./json-fields.rules.ts";
import { cleanText, webAddress } from "./plain-text.rules.ts";

/** Names of columns as exports of review sites use them, in small letters without anything but letters. */
const COLUMNS = {
  id: ["id", "reviewid", "externalid", "reference", "guid"],
  at: ["date", "at", "createdat", "created", "reviewdate", "submittedat", "time", "timestamp", "datum", "publishedat"],
  stars: ["stars", "rating", "starrating", "score", "note", "bewertung", "sterne"],
  title: ["title", "headline", "subject", "titel"],
  text: ["text", "review", "reviewtext", "comment", "content", "body", "message", "kommentar"],
  name: ["author", "name", "reviewer", "customer", "customername", "authorname", "displayname", "autor"],
  email: ["email", "mail", "authoremail", "customeremail", "emailaddress"],
  userId: ["userid", "customerid", "customernumber"],
  url: ["url", "link", "reviewurl", "reviewlink", "permalink"],
  language: ["language", "lang", "locale", "sprache"],
} as const;
type ColumnName = keyof typeof COLUMNS;

/** A CSV of reviews of any site: columns are known by their usual names. A row without an id is known by what it says, so sending a file twice adds nothing. */
export const csvReviews: Connector = {
  kind: "csv", channel: "review", isPublic: false, hasGlobalIds: false, fields: [],
  readRows: ([head = [], ...rows]) => {
    const names = head.map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
    const placeOf = (column: ColumnName): number => COLUMNS[column].map((name) => names.indexOf(name)).find((place) => place >= 0) ?? -1;
    return rows.flatMap((row) => readRow((column) => row[placeOf(column)]?.trim() ?? ""));
  },
};

const readRow = (cell: (column: ColumnName) => string): FoundReview[] => {
  const at = readTime(cell("at"));
  const [stars, starsMax] = starsIn(cell("stars"));
  const text = cleanText(cell("text"), 10_000);
  if (at === null || (stars === null && text === "")) return [];
  const name = cleanText(cell("name"), 200);
  const said = hash("sha256", [at, name, cell("email"), cell("stars"), text].join("\n"), "hex").slice(0, 32);
  return [{
    externalId: cell("id").slice(0, 500) || said, url: webAddress(cell("url")), at, stars, starsMax, title: cleanText(cell("title"), 300), text,
    language: cell("language").slice(0, 20) || null,
    author: {
      name: name === "" ? null : name, handle: null,
      identifiers: [{ kind: "user", value: cell("userId") }, { kind: "email", value: cell("email") }].filter(({ value }) => value !== ""),
    },
    reply: null, reference: {},
  }];
};

/** Stars as people write them: "4", "4.5", "4/5", "8 of 10", "★★★★☆".
 *  @returns the stars (null when there are none) and the best they could be */
export const starsIn = (given: string): [stars: number | null, starsMax: number] => {
  const text = given.replaceAll("\ufe0f", "").trim();
  if (/^(?:[★⭐]\s?){1,10}[☆✩\s]*$/u.test(text)) {
    const glyphs = [...text].filter((letter) => "★⭐☆✩".includes(letter));
    return [glyphs.filter((letter) => letter === "★" || letter === "⭐").length, Math.max(5, glyphs.length)];
  }
  const [, value, max] = /^(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:(?:\/|of|out of|von|sur|de|su)\s*(\d{1,2}))?/i.exec(text) ?? [];
  const starsMax = Number(max ?? 5);
  if (value === undefined || ![5, 6, 10].includes(starsMax)) return [null, 5];
  return [readStars(Number(value.replace(",", ".")), starsMax), starsMax];
};
