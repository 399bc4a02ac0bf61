import { hash } from "node:crypto";
import { starsIn } from "./csv-reviews.rules.ts";
import type { Connector, FoundReview, ReceivedMail } from "./connector.contract.ts";
import { cleanText, webAddress } from "./plain-text.rules.ts";
import { textField } from "./source-fields.rules.ts";

/** Sentences in which review sites tell of a new review. `{text}` goes on over the following lines to the next empty one. */
const USUAL_PATTERNS = [
  "{author} left you a {stars}-star review", "{author} left a {stars}-star review", "{author} left you a {stars} star review", "{author} left a {stars} star review",
  "{author} gave you {stars} stars", "{author} rated you {stars} stars", "New {stars}-star review from {author}", "New {stars} star review from {author}", "New review from {author}",
  "You have a new review from {author}", "{author} hat Sie mit {stars} Sternen bewertet", "Neue Bewertung von {author}",
  "Rating: {stars}", "Stars: {stars}", "Score: {stars}", "Bewertung: {stars}", "Sterne: {stars}",
  "Author: {author}", "Reviewer: {author}", "Name: {author}", "From: {author}", "Von: {author}", "E-mail: {email}", "Email: {email}",
  "Title: {title}", "Review: {text}", "Comment: {text}", "Message: {text}", "Text: {text}", "Kommentar: {text}",
];
const LINE_MAX = 600;
const LINES_MAX = 400;
const STARS = "[★⭐☆✩ ]{1,20}|\\d{1,2}(?:[.,]\\d{1,2})?(?: ?(?:/|of|out of|von) ?\\d{1,2})?";

/** Mails in which a review site tells of a new review. Own sentences may be given where the usual ones do not fit. */
export const mailReview: Connector = {
  kind: "mail", channel: "review", isPublic: false, hasGlobalIds: false,
  fields: [textField("senders", false, 1000), textField("patterns", false, 2000)],
  readMail: (mail, settings) => {
    const own = (settings["patterns"] ?? "").split(/[\n|]/).map((line) => line.trim()).filter(isSoundPattern).slice(0, 20);
    return readMail(mail, [...own, ...USUAL_PATTERNS].map(readPattern));
  },
};

// Every part that may hold anything multiplies the ways a sentence can fit; stars fit in one way only, once.
const isSoundPattern = (line: string): boolean => {
  const parts: readonly string[] = line.match(/\{(?:stars|author|text|title|email)\}/g) ?? [];
  return parts.length > 0 && parts.length - (parts.includes("{stars}") ? 1 : 0) <= 2;
};

type Part = "stars" | "author" | "text" | "title" | "email";
type Parts = Partial<Record<Part, string>>;

const readMail = (mail: ReceivedMail, patterns: readonly RegExp[]): FoundReview | null => {
  const lines = [mail.subject, "", ...mail.text.split("\n")].slice(0, LINES_MAX).map((line) => line.trim().slice(0, LINE_MAX).replaceAll("\ufe0f", ""));
  const parts: Parts = {};
  for (const [place, line] of lines.entries()) {
    for (const [name, value] of Object.entries(partsOf(line, patterns))) {
      if (isPart(name) && parts[name] === undefined) parts[name] = name === "text" ? [value, ...restOfParagraph(lines, place + 1)].join("\n") : value;
    }
  }
  const [stars, starsMax] = starsIn(parts.stars ?? lines.find((line) => /^[★⭐][★⭐☆✩ ]*$/u.test(line)) ?? "");
  const text = cleanText(parts.text ?? quotedIn(mail.text), 10_000).replace(/^["“„»](.*)["”“«]$/su, "$1");
  if (stars === null && text === "") return null;
  const name = cleanText(parts.author ?? "", 200);
  const email = /[^\s<>()@]+@[^\s<>()@]+\.[^\s<>()@]+/.exec(parts.email ?? "")?.[0];
  return {
    externalId: (mail.messageId ?? hash("sha256", `${mail.at}\n${mail.subject}\n${mail.text}`, "hex").slice(0, 32)).slice(0, 500),
    url: webAddress(/https?:\/\/[^\s<>"')]{0,500}review[^\s<>"')]{0,1500}/i.exec(mail.text)?.[0]), at: mail.at, stars, starsMax, title: cleanText(parts.title ?? "", 300), text, language: null,
    author: { name: name === "" ? null : name, handle: null, identifiers: email === undefined ? [] : [{ kind: "email", value: email }] }, reply: null, reference: {},
  };
};

const isPart = (name: string): name is Part => ["stars", "author", "text", "title", "email"].includes(name);

const partsOf = (line: string, patterns: readonly RegExp[]): Record<string, string> => {
  for (const pattern of line === "" ? [] : patterns) {
    const groups = pattern.exec(line)?.groups;
    if (groups !== undefined) return Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined && value.trim() !== ""));
  }
  return {};
};

// A sentence of a member becomes a pattern with nothing in it that could take long: fixed words and a few parts, line by line.
const readPattern = (sentence: string): RegExp => {
  const seen = new Set<string>();
  const source = sentence.split(/(\{(?:stars|author|text|title|email)\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined) return piece.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, " +");
    if (seen.has(name)) return ".{1,200}?";
    seen.add(name);
    return name === "stars" ? `(?<stars>${STARS})` : name === "text" ? "(?<text>.*)" : `(?<${name}>.{1,200}?)`;
  }).join("");
  return new RegExp(`^${source}[.!:]?(?: stars?)?$`, "iu");
};

const restOfParagraph = (lines: readonly string[], from: number): string[] => {
  const end = lines.findIndex((line, place) => place >= from && (line === "" || /^(--|https?:)/.test(line)));
  return lines.slice(from, end === -1 ? lines.length : end);
};

const quotedIn = (text: string): string => /["“„»]([^"“”«»]{3,5000})["”“«]/u.exec(text)?.[1] ?? "";
