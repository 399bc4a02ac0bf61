// Numbers that stand for one person's contract, order or record: only where the text says that they do, or their form leaves no doubt.
import { endOf, inAnyCase, searchFor, type Search } from "./find-all.ts";
import type { Span } from "./reading.ts";

const things =
  "order|booking|reservation|policy|account|acct|claim|case|ticket|reference|ref|invoice|customer|membership|member|patient|hospital|nhs|tracking|serial|passport|licence|license|confirmation|complaint|transaction|parcel|shipment|contract|loan|loyalty|national insurance|ni|social security|ssn|pnr|imei|bestell|kunden|auftrags|vertrags|rechnungs|buchungs|konto|versicherungs|klant|kund|ordre|boekings";
const marks = "(?:numbers|number|nummer|num|reference|no|nr|id|code|ref)(?![a-zà-ÿ])\\.?|#|№|:";
const between = "[\\s:=#(–-]{0,3}(?:is|was|ist|war)?[\\s:=#(–-]{0,3}";
const spaced = "\\d{2,4}(?:[ -]\\d{2,4}){1,4}|[A-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]";
const single = "[A-Z\\d][A-Z\\d/_-]{2,29}";
const ended = "(?![a-zà-ÿ\\d]|[.,:]\\d|%)";

const foreignThings = "num[eé]ro|número|n[°º]|nº|code|código|codice";
// A token may hold what the word before it does not begin with, so every repetition has a limit. A mark right behind "ni" does not count:
// "nino 2016" is weather.
const after = (words: string, rest: string): RegExp => new RegExp(`(?<![a-zà-ÿ\\d])(?!ni[a-z])(?:${words})${rest}${ended}`, "gi");

const marked = after(things, `[\\s-]?(?:${marks})(?:\\s(?:${marks}))?${between}(${spaced}|${single})`);
const unmarked = after(things, "\\s#?([A-Z\\d][A-Z\\d/_-]{4,29})");
const foreignOwners = "commande|client|dossier|contrat|réservation|pedido|cliente|reserva|contrato|póliza|ordine|prenotazione|contratto";
const foreign = after(foreignThings, `\\s?(?:de|d['’]|di|du|del|da)?\\s?(?:la\\s)?(?:${foreignOwners})${between}(${single})`);
const hashed = /(?<![\p{L}\d&#])#\d{5,20}(?![\p{L}\d]|[.,:]\d)/gu;
// Social security number of the United States and national insurance number of the United Kingdom: forms used for nothing else.
const american = /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/gu;
const british = /(?<![\p{L}\d])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\d])/gu;

const date = /^(?:\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})|(?:19|20)\d{2}[/-]\d{1,2}[/-]\d{1,2})$/u;

const accept = (match: RegExpExecArray, digitsMin: number): Span | null => {
  const token = (match[1] ?? "").replace(/[/_-]+$/u, "");
  const digits = token.replaceAll(/\D/gu, "").length;
  // Public complaints come with X in the place of what was blacked out already.
  if (digits < digitsMin || !/\d[/ -]?\d[/ -]?\d/u.test(token) || /^x{2}/iu.test(token) || date.test(token) || /^\d{1,6}(?:st|nd|rd|th|pm|am|gb|mb|kg|hrs?|days?|weeks?)$/iu.test(token)) return null;
  const place = endOf(match, match[1] ?? "");
  return { from: place.from, to: place.from + token.length };
};

const thingCue = inAnyCase(things);
const markCue = `(?:${inAnyCase("numbers|number|nummer|num|reference|no|nr|id|code|ref")}|[#:\u2116])`;
const betweenCue = `[\\s:=#(\u2013-]*(?:${inAnyCase("is|was|ist|war")})?[\\s:=#(\u2013-]*`;
const tokenCue = "[A-Za-z\\d/_-]*\\d";

export const ids: readonly Search[] = [
  searchFor("id", `(?:${thingCue})[\\s-]?${markCue}\\.?(?:\\s${markCue}\\.?)?${betweenCue}(?:[A-Za-z]{2} )?${tokenCue}`, marked, (match) => accept(match, 3)),
  searchFor("id", `(?:${inAnyCase(foreignOwners)})${betweenCue}${tokenCue}`, foreign, (match) => accept(match, 3)),
  searchFor("id", `(?:${thingCue})\\s#?${tokenCue}`, unmarked, (match) => accept(match, /[A-Z]/iu.test(match[1] ?? "") ? 4 : 6)),
  searchFor("id", "#\\d{5}", hashed),
  searchFor("id", "\\d{3}-\\d\\d-\\d", american),
  searchFor("id", "\\d{2} ?\\d{2} ?\\d{2} ?[A-D]", british),
];
