import { describe, expect, test } from "vitest";
import { compileNames, nameMentions, type KnownName } from "./known-names.ts";
import { findMentions } from "./mentions.ts";
import { findPersonalData } from "./personal-data.ts";

const product = (text: string): KnownName => ({ kind: "product", text, value: `product:${text}` });
const place = (text: string): KnownName => ({ kind: "place", text, value: `place:${text}` });
const member = (text: string, id: string): KnownName[] => [
  { kind: "person", text, value: `person:${id}` },
  { kind: "person", text: text.split(" ")[0] ?? "", value: `person:${id}`, isFirstName: true },
];
const read = (text: string, names: readonly KnownName[]) => {
  const { mentions, named } = nameMentions(text, { mentions: findMentions(text), personalData: findPersonalData(text) }, compileNames(names));
  return { mentions: mentions.map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`), named };
};

describe("names a workspace knows", () => {
  const things = [product("Echo"), product("Echo Dot"), product("Smart Saver"), product("tent"), place("Harrow-on-the-Hill"), place("Oslo City"), place("İstanbul Fatih")];

  test.each([
    ["the longer first, in their own way of writing or in capitals", "The Echo Dot and the Echo, not the echo nor Echos; ECHO!", ["product Echo Dot", "product Echo", "product ECHO"], ["product:Echo Dot", "product:Echo"]],
    ["several words in any way of writing", "a smart saver from harrow-on-the-hill", ["product smart saver", "place harrow-on-the-hill"], ["product:Smart Saver", "place:Harrow-on-the-Hill"]],
    ["a small word also where a sentence begins with it", "Tent arrived. Not the tents, nor the content", ["product Tent"], ["product:tent"]],
    ["over what was guessed in the same place", "I bought it in Oslo City yesterday", ["place Oslo City"], ["place:Oslo City"]],
    ["beside what was guessed elsewhere", "The mobile app says my tent is in your store in Bristol.", ["product mobile app", "product tent", "place Bristol"], ["product:tent", "product:mobile app"]],
    ["each counted once", "Echo, Echo and Echo", ["product Echo", "product Echo", "product Echo"], ["product:Echo"]],
    ["behind a first letter whose small form is two", "In İstanbul Fatih and in İSTANBUL FATIH", ["place İstanbul Fatih", "place İSTANBUL FATIH"], ["place:İstanbul Fatih"]],
    ["behind wide blanks and across the end of a line", "Oh,  no:\n\nOslo   City was  shut, Oslo\nCity too, my  Smart\u00a0 Saver", ["place Oslo   City", "place Oslo\nCity", "product Smart\u00a0 Saver"], ["place:Oslo City", "product:Smart Saver"]],
    ["none in a text without them", "Nothing to say", [], []],
    ["none in no text", "", [], []],
  ])("are found: %s", (_name, text, mentions, named) => {
    expect(read(text, things)).toEqual({ mentions, named });
  });

  const people = [...member("Amina Yusuf", "a"), ...member("Will Hunt", "w"), ...member("Jonas Berg", "j1"), ...member("Jonas Lie", "j2"), ...member("Zoë", "z"), ...member("Mia Holm", "m1"), ...member("Mia Holm", "m2"), ...member("Bill May", "b"), ...member("Mark Down", "d"), ...member("Chelsea Wright", "c"), ...member("Paris Lund", "p"), ...member("ida strand", "i")];

  test.each([
    ["by the whole name as it is listed, in capitals or each word with one", "AMINA YUSUF helped me, Will Hunt and Ida Strand did not", ["person AMINA YUSUF", "person Will Hunt", "person Ida Strand"], ["person:a", "person:w", "person:i"]],
    ["not by words that a whole name is made of", "Your bill may be wrong. I will hunt for another shop: they mark down everything. Mark down, amina yusuf!", [], []],
    ["nor by such words in capitals", "THEY MARK DOWN EVERYTHING, YOUR BILL MAY BE WRONG", [], []],
    ["not by a first name that is a place or a club", "Chelsea won against Paris, so your Chelsea shop was shut", [], []],
    ["by the first name with a capital", "Amina was so kind, thanks Zoë!", ["person Amina", "person Zoë"], ["person:a", "person:z"]],
    ["not by a first name without one", "amina was so kind", [], []],
    ["not by a first name that is a common word", "Will they ever call? Will was nice", [], []],
    ["not by a first name two members share", "Jonas never called back", [], []],
    ["not by a whole name two members bear", "mia holm never called back", [], []],
    ["not by a first name before another surname", "Amina Khan is my neighbour, Amina-Lou too", [], []],
    ["but by one before I", "Amina I owe you", ["person Amina"], ["person:a"]],
    ["not within what a customer says of herself", "My name is Amina and nobody called", [], []],
    ["nor by her whole name there, or below it", "My name is Amina Yusuf. Regards, Amina Yusuf", [], []],
    ["but where the whole name is addressed", "Dear Ms Amina Yusuf, your agent named Amina Yusuf was kind", ["person Amina Yusuf", "person Amina Yusuf"], ["person:a"]],
    ["nor in a guessed place", "I bought it at your shop in Amina Park yesterday", ["place Amina Park"], []],
    ["while a guessed person is marked, and listed nowhere", "Our waiter Marco was a star", ["person Marco"], []],
  ])("are found in people: %s", (_name, text, mentions, named) => {
    expect(read(text, people)).toEqual({ mentions, named });
  });

  test.each([
    ["I went back to Emily Brown, who was rude", []],
    ["We drove to Anna Hill, my midwife, and to Emily Park", []],
    ["Then back to Marco, the waiter", []],
    ["I lost all faith in Sarah Jenkins", []],
    ["My Aunt Sarah was left waiting", []],
    ["It was for my Grandma Rose, she waited", []],
    ["My MaryAnn and my DeShawn waited, and my Anna DeMarco", []],
    ["The Sarah card never came, nor the Sarah Card", []],
    ["We came to your store in Bristol", []],
    ["The mobile app crashes with my credit card", ["product:mobile app", "product:credit card"]],
    ["I love my PlayStation, and my Samsung Galaxy S21", ["product:PlayStation", "product:Samsung Galaxy S21"]],
    ["We stayed at the Grand Hotel, near Baker Street, and left from Terminal 5 at Gate B", ["place:Grand Hotel", "place:Baker Street", "place:Terminal 5", "place:Gate B"]],
  ])("guessed: of \"%s\" what can be nobody's is listed", (text, named) => {
    expect(read(text, []).named).toEqual(named);
  });

  test("within personal data nothing is listed", () => {
    const home = [product("tent"), place("Baker Street"), product("TN-210")];
    expect(read("Write to anna@tent.example, I live at 221B Baker Street. My tent is torn.", home)).toEqual({ mentions: ["product tent"], named: ["product:tent"] });
  });

  test("of what was guessed within an address nothing is listed", () => {
    const text = "Send it to 12 Park Avenue, it never came to my house near Mill Street";
    const personalData = [{ kind: "address" as const, from: 11, to: 25 }];
    const mentions = [{ kind: "place" as const, from: 14, to: 25 }, { kind: "place" as const, from: 58, to: 69 }];
    expect(nameMentions(text, { mentions, personalData }, null)).toEqual({ mentions, named: ["place:Mill Street"] });
  });

  test("are taken up to 20,000, found in linear time, and name at most fifty things of one text", () => {
    const many = compileNames(Array.from({ length: 20_001 }, (_, at) => product(`Thing ${at}`)));
    const text = Array.from({ length: 2_000 }, (_, at) => `Thing ${at + 18_500}`).join(", ");
    const started = performance.now();
    const { mentions, named } = nameMentions(text, { mentions: [], personalData: [] }, many);

    expect(performance.now() - started).toBeLessThan(1_000);
    expect([mentions.length, named.length]).toEqual([1_500, 50]);
    expect(mentions.every((one, at) => at === 0 || one.from >= (mentions[at - 1]?.to ?? 0))).toBe(true);
  });
});
