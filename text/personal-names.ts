// Names of people, where the text says plainly that it is one. A list of first names would mark "Will", "Grace" and "Hope" in half of all texts.
import { CAPITAL, endOf, IN_NAME, searchFor, type Search } from "./find-all.ts";
import type { Span } from "./reading.ts";

const word = "\\p{Lu}[\\p{L}'’-]{1,30}";
const particle = "(?:(?:van|von|de|der|den|du|la|le|di|da|dos|bin|al|el|ten|ter)\\s){0,3}";
const name = `${particle}${word}(?:\\s${particle}${word}){0,2}`;

const titles = "Mr|MR|Mrs|MRS|Ms|Mx|Dr|DR|Prof|PROF|Professor|Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Sra?|Signora?|Sig|Mevrouw|Meneer|Nurse|Doctor";

const givers = "[Mm]y name is|[Mm]y name['’]s|[Mm]ein Name ist|[Ii]ch heiße|[Jj]e m['’]appelle|[Mm]e llamo|[Mm]i chiamo|[Mm]ijn naam is|by the name of|(?:man|woman|lady|gentleman|girl|guy|person|agent|manager|assistant|driver|nurse|waiter|waitress|advisor|adviser|colleague|rep|representative) (?:named|called)";
const greetings = "Dear|Hi|Hello|Hey|Hallo|Liebe[rs]?|Bonjour|Hola|Ciao";
const farewells = "[Rr]egards|[Ss]incerely|[Ff]aithfully|[Bb]est wishes|[Gg]rüßen|[Cc]ordialement";

// What follows such a word without being anybody's name: makes, characters, forms of address to nobody in particular.
const strangers = new Set(
  "Pepper Martens Marten Oetker Kipling Muscle Clean Whippy Who Right Perfect Wonderful Sir Madam Sirs Team All Customer Customers Support There Everyone Everybody Guys Folks Friends Friend Valued Manager Management Staff Service Services Owner Owners Host Hotel Sales Lord God Santa Diary Reader Readers Doctor Kitty Fresh People World Both Ladies Gentlemen Herr Frau Damen Herren Madame Monsieur Universe World America USA UK The This That It I We You They He She My Our Your".split(" "),
);

const accept = (match: RegExpExecArray): Span | null => {
  const given = match[1] ?? match[2] ?? "";
  const tail = match[0].lastIndexOf(given);
  const [first = "", ...others] = given.split(/\s/u);
  if (given === "" || strangers.has(first) || /^X{2,}$/u.test(first)) return null;
  // In a text of capitals the next words look like surnames too.
  const isShouted = first.length > 2 && first === first.toUpperCase();
  const kept = isShouted ? [first] : [first, ...takeNames(others)];
  const from = tail < 0 ? endOf(match, given).from : match.index + tail;
  return { from, to: from + kept.join(" ").length };
};

const takeNames = (words: readonly string[]): readonly string[] => {
  const end = words.findIndex((one) => strangers.has(one));
  return end < 0 ? words : words.slice(0, end);
};

export const names: readonly Search[] = [
  searchFor("name", `(?:${titles})\\.?[ \u00a0\n]${particle}${CAPITAL}`, new RegExp(`(?<![^\\s("',.])(?:${titles})\\.?[ \\u00a0\\n](${name})`, "gu"), accept),
  searchFor("name", `Miss\\s${CAPITAL}`, new RegExp(`(?<!\\p{L}\\s|[\\p{L}\\d'’-])Miss\\s(${word}(?:\\s${word})?)|(?<=\\b(?:to|by|with|from|and|of|a|for)\\s)Miss\\s(${word})`, "gu"), accept),
  searchFor("name", `(?:${givers})\\s${particle}${CAPITAL}`, new RegExp(`(?<!\\p{L})(?:${givers})\\s(${name})`, "gu"), accept),
  searchFor("name", `(?:^|\n)\\s{0,3}(?:${greetings})\\s${CAPITAL}${IN_NAME}+\\s?[,!\n]`, new RegExp(`(?:^|\\n)\\s{0,3}(?:${greetings})\\s(${word})(?=\\s?[,!\\n])`, "gu"), accept),
  searchFor("name", `Dear\\s${CAPITAL}${IN_NAME}+,`, new RegExp(`(?<!\\p{L})Dear\\s(${word})(?=,)`, "gu"), accept),
  searchFor("name", `(?:${farewells})[,.]?\\s{1,4}${CAPITAL}`, new RegExp(`(?:${farewells})[,.]?\\s{1,4}(${word}(?:\\s${word}){0,2})\\.?\\s{0,5}$`, "gu"), accept),
];
