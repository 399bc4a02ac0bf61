import type { Connector, FoundReview, XmlElement } from "./connector.contract.ts";
import { readStars, readTime } from "./json-fields.rules.ts";
import { cleanText, plainText, webAddress } from "./plain-text.rules.ts";
import { urlField } from "./source-fields.rules.ts";

const TEXT_MAX = 10_000;
/** What is looked at of an author: a search for an address in millions of letters would take hours. */
const AUTHOR_MAX = 500;
/** Names under which feeds carry a rating (itunes, google, media and review namespaces). */
const RATINGS = ["rating", "starRating", "stars"];

/** RSS 0.9 to 2.0, RDF and Atom: every entry is one review or mention. Source: RSS 2.0 specification; RFC 4287. */
export const rss: Connector = {
  kind: "rss", channel: "review", isPublic: true, hasGlobalIds: false,
  fields: [urlField("url", true)],
  poll: {
    format: "xml",
    first: ({ settings }) => ({ url: settings["url"] ?? "", headers: { accept: "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8" } }),
    read: (document) => ({ reviews: entriesOf(document).flatMap(readEntry), next: null }),
  },
};

const childOf = (element: XmlElement, ...names: readonly string[]): XmlElement | undefined =>
  names.map((name) => element.children.find((child) => child.name === name)).find((child) => child !== undefined);
const textOf = (element: XmlElement, ...names: readonly string[]): string => childOf(element, ...names)?.text.trim() ?? "";

const entriesOf = (document: XmlElement): XmlElement[] => {
  const channel = childOf(document, "channel");
  return [document, ...(channel === undefined ? [] : [channel])].flatMap((place) => place.children.filter(({ name }) => name === "item" || name === "entry"));
};

const readEntry = (entry: XmlElement): FoundReview[] => {
  const url = webAddress(linkOf(entry));
  const externalId = textOf(entry, "guid", "id") || url;
  const at = readTime(textOf(entry, "updated", "published", "pubDate", "date"));
  const text = contentOf(childOf(entry, "encoded", "content", "description", "summary"));
  const title = contentOf(childOf(entry, "title"));
  if (externalId === null || at === null || (text === "" && title === "")) return [];
  const author = childOf(entry, "author");
  const name = cleanText(textOf(author ?? entry, author === undefined ? "creator" : "name") || textOf(entry, "creator") || nameInMail((author?.text ?? "").slice(0, AUTHOR_MAX)), 200);
  const email = author === undefined ? null : /[^\s<>()@]+@[^\s<>()@]+\.[^\s<>()@]+/.exec((textOf(author, "email") || author.text).slice(0, AUTHOR_MAX))?.[0] ?? null;
  return [{
    externalId: externalId.slice(0, 500), url, at, stars: starsOf(entry), starsMax: 5, title: title.slice(0, 300), text, language: null,
    author: { name: name === "" ? null : name, handle: null, identifiers: email === null ? [] : [{ kind: "email", value: email }] },
    reply: null, reference: {},
  }];
};

// Atom marks the page of the entry by rel="alternate", or leaves the mark out.
const linkOf = (entry: XmlElement): string => {
  const links = entry.children.filter(({ name }) => name === "link");
  const chosen = links.find(({ attributes }) => (attributes["rel"] ?? "alternate") === "alternate") ?? links[0];
  return chosen?.attributes["href"] ?? chosen?.text.trim() ?? textOf(entry, "guid");
};

const contentOf = (element: XmlElement | undefined): string => {
  if (element === undefined) return "";
  if (element.attributes["type"] === "text") return cleanText(element.text, TEXT_MAX);
  return element.attributes["type"] === "xhtml" ? cleanText(wholeText(element), TEXT_MAX) : plainText(element.text, TEXT_MAX);
};

const wholeText = (element: XmlElement): string => [element.text, ...element.children.filter(({ name }) => name !== "script" && name !== "style").map(wholeText)].join(" ");

// RSS says "ann@example.com (Ann Example)".
const nameInMail = (text: string): string => /\(([^)]{1,200})\)/.exec(text)?.[1] ?? (text.includes("@") ? "" : text);

const starsOf = (entry: XmlElement): number | null => {
  const rating = childOf(entry, ...RATINGS) ?? entry.children.flatMap((child) => child.children).find(({ name }) => RATINGS.includes(name));
  const value = rating?.attributes["average"] ?? rating?.text ?? "";
  return value.trim() === "" ? null : readStars(Number(value), 5);
};
