// Numbers that stand for one person's contract, order or record: only where the text says that they do, or their form leaves no doubt.
import { addAll, endOf, findAll } from "./find-all.ts";
import { PatternFinder } from "./pattern-finder.ts";
import type { PersonalData, Span } from "./reading.ts";

const things =
  "order|booking|reservation|policy|account|acct|claim|case|ticket|reference|ref|invoice|customer|membership|member|patient|hospital|nhs|tracking|serial|passport|licen[cs]e|confirmation|complaint|transaction|parcel|shipment|contract|loan|loyalty|national insurance|ni|social security|ssn|pnr|imei|bestell|kunden|auftrags|vertrags|rechnungs|buchungs|konto|versicherungs|klant|kund|ordre|boekings";
const marks = "(?:numbers|number|nummer|num|reference|no|nr|id|code|ref)(?![a-zà-ÿ])\\.?|#|№|:";
const between = "[\\s:=#(–-]{0,3}(?:is|was|ist|war)?[\\s:=#(–-]{0,3}";
const spaced = "\\d{2,4}(?:[ -]\\d{2,4}){1,4}|[A-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]";
const single = "[A-Z\\d][A-Z\\d/_-]{2,29}";
const ended = "(?![a-zà-ÿ\\d]|[.,:]\\d|%)";

const foreignThings = "num[eé]ro|número|n[°º]|nº|code|código|codice";
const textMax = 20_000;
// Where one of these words begins. Letters beyond ASCII may be any here; the search at the place is exact.
const patterns = [things, foreignThings].map((words) => words.replaceAll(/\[[a-z]*[^\]a-z][^\]]*\]|[^\0-\x7f]/gu, "."));
let finder: PatternFinder | null = null;

// A token may hold what the word before it does not begin with, so every repetition has a limit. A mark right behind "ni" does not count:
// "nino 2016" is weather.
const after = (words: string, rest: string): Search => {
  const source = `(?<![a-zà-ÿ\\d])(?!ni[a-z])(?:${words})${rest}${ended}`;
  return { anywhere: new RegExp(source, "gi"), atPlace: new RegExp(source, "iy"), words: words === things ? 0 : 1 };
};
/** One pattern to search a text and one to try at a place; which of the words above it begins with. */
type Search = { anywhere: RegExp; atPlace: RegExp; words: number };

const marked = after(things, `[\\s-]?(?:${marks})(?:\\s(?:${marks}))?${between}(${spaced}|${single})`);
const unmarked = after(things, "\\s#?([A-Z\\d][A-Z\\d/_-]{4,29})");
const foreign = after(
  foreignThings,
  `\\s?(?:de|d['’]|di|du|del|da)?\\s?(?:la\\s)?(?:commande|client|dossier|contrat|réservation|pedido|cliente|reserva|contrato|póliza|ordine|prenotazione|contratto)${between}(${single})`,
);
const hashed = /(?<![\p{L}\d&#])#\d{5,20}(?![\p{L}\d]|[.,:]\d)/gu;
// Social security number of the United States and national insurance number of the United Kingdom: forms used for nothing else.
const american = /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/gu;
const british = /(?<![\p{L}\d])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\d])/gu;

// Each with what must stand somewhere in the text.
const forms: readonly [hint: RegExp, pattern: RegExp][] = [
  [/#\d{5}/, hashed],
  [/\d{3}-\d\d-\d/, american],
  [/\d{2} ?\d{2} ?\d{2} ?[A-D]/, british],
];

export const findIds = (text: string, found: PersonalData[], find: Find = text.length > textMax ? findAnywhere : findAtStarts(text)): void => {
  const numbers = [
    ...find(text, marked, (match) => accept(match, 3)),
    ...find(text, foreign, (match) => accept(match, 3)),
    ...find(text, unmarked, (match) => accept(match, /[A-Z]/iu.test(match[1] ?? "") ? 4 : 6)),
  ];
  addAll(found, "id", numbers);
  for (const [hint, pattern] of forms) if (hint.test(text)) addAll(found, "id", findAll(text, pattern));
};

type Find = (text: string, search: Search, accept: (match: RegExpExecArray) => Span | null) => Span[];

/** Searches the whole text; slower, and what the quick way is tested against. */
export const findAnywhere: Find = (text, { anywhere }, choose) => findAll(text, anywhere, choose);

const findAtStarts = (whole: string): Find => {
  finder ??= new PatternFinder({ patterns, countMax: null, beginsBehindLowLine: true, unitsMax: textMax });
  finder.findInOne(whole);
  const starts = finder.found();
  return (text, { atPlace, words }, choose) => {
    const places: Span[] = [];
    let from = 0;
    for (const found of starts) {
      const at = found & 0xffff;
      if (at < from || found >>> 16 !== words) continue;
      atPlace.lastIndex = at;
      const match = atPlace.exec(text);
      if (match === null) continue;
      from = atPlace.lastIndex;
      const place = choose(match);
      if (place !== null) places.push(place);
    }
    return places;
  };
};

const date = /^(?:\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})|(?:19|20)\d{2}[/-]\d{1,2}[/-]\d{1,2})$/u;

const accept = (match: RegExpExecArray, digitsMin: number): Span | null => {
  const token = (match[1] ?? "").replace(/[/_-]+$/u, "");
  const digits = token.replaceAll(/\D/gu, "").length;
  // Public complaints come with X in the place of what was blacked out already.
  if (digits < digitsMin || !/\d[/ -]?\d[/ -]?\d/u.test(token) || /^x{2}/iu.test(token) || date.test(token) || /^\d{1,6}(?:st|nd|rd|th|pm|am|gb|mb|kg|hrs?|days?|weeks?)$/iu.test(token)) return null;
  const place = endOf(match, match[1] ?? "");
  return { from: place.from, to: place.from + token.length };
};
