// E-mail addresses, @handles and addresses of computers.
import { addAll, searchFor, type Search } from "./find-all.ts";
import type { Span } from "./reading.ts";

const localMax = 64;
const domainMax = 255;
const isLocal = charactersOf("abcdefghijklmnopqrstuvwxyz0123456789._%+'-");
const isDomain = charactersOf("abcdefghijklmnopqrstuvwxyz0123456789.-");
const ending = /\.[a-z]{2,24}$/iu;

// From each @ outwards, at most as far as an address may reach: a pattern would look at every word for an @ behind it.
const listEmails = (text: string): Span[] => {
  const places: Span[] = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let from = at;
    while (from > 0 && at - from < localMax && isLocal(text.charCodeAt(from - 1))) from -= 1;
    while (from < at && ".'%+-".includes(text.charAt(from))) from += 1;
    let to = at + 1;
    while (to < text.length && to - at < domainMax && isDomain(text.charCodeAt(to))) to += 1;
    while (to > at && ".-".includes(text.charAt(to - 1))) to -= 1;
    if (from < at && ending.test(text.slice(at + 1, to))) places.push({ from, to });
  }
  return places;
};

const handle = /(?<![\p{L}\d_.@/])@[a-z\d_]{2,30}(?![\p{L}\d_@]|\.[a-z]{2})/giu;

const isTimeOfDay = /^@\d{1,4}(?:am|pm|h|hrs|each)$/iu;

const fourNumbers = /(?<![\p{L}\d.+$€£-])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\d]|\.\d)/gu;
const versionBefore = /(?:version|release|firmware|build|update|software|ios|v)[\s:.]{0,3}$/iu;
const addressBefore = /\bip\b[^.]{0,15}$/iu;

// 10.2.1.3 is a version as often as a computer: small numbers need the word before them.
const acceptFourNumbers = (match: RegExpExecArray): Span | null => {
  const numbers = match[0].split(".").map(Number);
  const before = match.input.slice(Math.max(0, match.index - 20), match.index);
  if (numbers.some((number) => number > 255) || versionBefore.test(before)) return null;
  if (!numbers.some((number) => number > 31) && !addressBefore.test(before)) return null;
  return { from: match.index, to: match.index + match[0].length };
};

const hexadecimalGroups = /(?<![\p{L}\d:])[\da-f]{1,4}:[\da-f:]{3,35}(?![\p{L}\d:])/giu;

// Eight groups, or fewer with one gap; 12:30:45 has neither, and of C++ names none is made of such digits alone.
const acceptGroups = (match: RegExpExecArray): Span | null => {
  const parts = match[0].split("::");
  const groups = parts.flatMap((part) => part.split(":"));
  const isCounted = parts.length === 1 ? groups.length === 8 : parts.length === 2 && groups.length < 8;
  const isWhole = groups.every((group, index) => group.length <= 4 && (group !== "" || index === groups.length - 1));
  return isCounted && isWhole && groups.some((group) => group.length > 2) ? { from: match.index, to: match.index + match[0].length } : null;
};

export const emails: Search = { cue: "@", find: (text, found) => addAll(found, "email", listEmails(text)) };

export const networkAddresses: readonly Search[] = [
  searchFor("ip", "\\d\\.\\d{1,3}\\.\\d{1,3}\\.\\d", fourNumbers, acceptFourNumbers),
  searchFor("ip", "[\\da-fA-F]:[\\da-fA-F:]{3}", hexadecimalGroups, acceptGroups),
];

const isHandle = ({ 0: name, index }: RegExpExecArray): Span | null => (/[a-z]{2}/iu.test(name) && !isTimeOfDay.test(name) ? { from: index, to: index + name.length } : null);

export const handles = searchFor("handle", "@", handle, isHandle);

function charactersOf(characters: string): (code: number) => boolean {
  const isIn = new Uint8Array(128);
  for (const character of characters + characters.toUpperCase()) isIn[character.charCodeAt(0)] = 1;
  return (code) => code < 128 && isIn[code] === 1;
}
