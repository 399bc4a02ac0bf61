import { describe, expect, test } from "vitest";
import { findMentions } from "./mentions.ts";
import { themeCommentOf } from "./theme-comment.ts";
import { discoverThemes, type DiscoveredTheme, type ThemeComment } from "./theme-discovery.ts";
import { compareThemes, makeThemeOfWords, ThemeAssigner } from "./theme-model.ts";
import { nameOf } from "./theme-names.ts";
import { hashesOf } from "./theme-terms.ts";
import { makeTexts } from "./texts.make.ts";

// Sentences in which a subject meets words of its own, so that what belongs together is known.
const subjects = {
  parcel: [["parcel", "courier", "doorstep", "delivery van", "tracking number"], ["arrived", "left outside", "missed", "delayed", "delivered"]],
  parking: [["car park", "parking", "ticket machine", "barrier", "parking space"], ["full", "expensive", "broken", "far off", "narrow"]],
  login: [["password", "login page", "account", "verification code", "email link"], ["expired", "rejected", "reset", "locked", "resend"]],
} as const;
type Subject = keyof typeof subjects;

const write = (subject: Subject, index: number): string => {
  const [things, states] = subjects[subject];
  const pick = (from: readonly string[], step: number): string => from[Math.floor(index / step) % from.length] ?? "";
  return `The ${pick(things, 1)} and the ${pick(things, 2)} was ${pick(states, 3)}, ${pick(states, 7)} ${["again", "", "for me"][index % 3] ?? ""}.`;
};
const say = (text: string, language: string | null = "en"): ThemeComment => ({ text, language, isBad: true });
const names = ["parcel", "parking", "login"] as const satisfies readonly Subject[];
const comments = Array.from({ length: 600 }, (_, index) => say(write(names[index % 3] ?? "parcel", Math.floor(index / 3))));

describe("themes of comments", () => {
  test("come out as what the comments are about, each comment with its own", () => {
    const themes = discoverThemes(comments, { seed: 1 });
    const assigner = new ThemeAssigner(themes);

    const subjectsOf = themes.map((_, theme) => new Set(comments.flatMap(({ text }, index) => (assigner.assign(text).some((hit) => hit.theme === theme) ? [names[index % 3]] : []))));
    expect(new Set(subjectsOf.flatMap((found) => [...found])).size).toBe(3);
    for (const found of subjectsOf) expect(found.size).toBe(1);
    const share = comments.filter(({ text }) => assigner.assign(text).length > 0).length / comments.length;
    expect(share).toBeGreaterThan(0.9);
  });

  test("are the same for the same comments and seed", () => {
    expect(discoverThemes(comments, { seed: 3 })).toEqual(discoverThemes(comments, { seed: 3 }));
  });

  test("are not made of a few comments, of tone alone, or of one comment pasted often", () => {
    const tone = ["Great service, really good!", "Terrible, just awful.", "Love it, best ever", "Very disappointed, never again"];
    expect(discoverThemes(comments.slice(0, 150), { seed: 1 })).toEqual([]);
    expect(discoverThemes(Array.from({ length: 1_000 }, (_, index) => say(tone[index % 4] ?? "")), { seed: 1 })).toEqual([]);
    expect(discoverThemes(Array.from({ length: 1_000 }, () => say("The parcel stood outside in the rain.")), { seed: 1 })).toEqual([]);
  });

  test("are not made of one phrase with another word filled in each time", () => {
    const towns = Array.from({ length: 60 }, (_, index) => `${["Ber", "Mal", "Lee", "Tur", "Por", "Gen"][index % 6] ?? ""}${["ville", "ham", "burg", "stad", "mouth", "wick", "ford", "dorf", "field", "nes"][Math.floor(index / 6)] ?? ""}`);
    const canned = Array.from({ length: 240 }, (_, index) => say(`Our branch in ${towns[index % 60] ?? ""} collected loyalty stamps for vouchers at Easter.`));
    const pick = (index: number, every: number, words: readonly string[]): string => words[Math.floor(index / every) % words.length] ?? "";
    const several = Array.from({ length: 240 }, (_, index) => say(`${pick(index, 1, ["Collected", "Lost", "Refused", "Forgot"])} loyalty stamps ${pick(index, 4, ["vouchers", "Easter", "points", "coffee", "branch"])} ${pick(index, 20, ["rewards", "counter", "booklet", "expired"])}.`));
    // In more comments, also the town and the word beside it are known as a pair.
    const unrelated = Array.from({ length: 2_000 }, (_, index) => say([7, 11, 13, 17, 19].map((step) => `unrelated${String.fromCharCode(97 + ((index * step) % 23))}`).join(" ")));
    const isOfStamps = ({ terms }: DiscoveredTheme): boolean => terms.slice(0, 10).some(({ term }) => term.includes("stamps"));

    expect(discoverThemes([...comments, ...canned], { seed: 1 }).filter(isOfStamps)).toEqual([]);
    expect(discoverThemes([...comments, ...canned, ...unrelated], { seed: 1 }).filter(isOfStamps)).toEqual([]);
    expect(discoverThemes([...comments, ...several], { seed: 1 }).filter(isOfStamps)).not.toEqual([]);
    expect(discoverThemes([...comments, ...several, ...unrelated], { seed: 1 }).filter(isOfStamps)).not.toEqual([]);
  });

  test("are not about people whose names comments say, also where they do not say plainly that it is a name", () => {
    const praise = ["listened", "remembered me", "carried it upstairs", "found the lamp", "explained the warranty", "smiled", "knew the answer", "packed everything twice", "waved", "called back"];
    const named = Array.from({ length: 200 }, (_, index): ThemeComment => ({
      ...say(`Amina ${praise[index % 10] ?? ""} and ${praise[Math.floor(index / 10) % 10] ?? ""}, the ${["shop", "desk", "counter"][index % 3] ?? ""} was ${["full", "closing", "quiet"][Math.floor(index / 3) % 3] ?? ""}`), people: index % 10 === 0 ? ["Amina"] : [],
    }));
    const found = discoverThemes([...comments, ...named], { seed: 1 });
    const words = found.flatMap(({ name, terms }) => [name, ...terms.map(({ term }) => term)]).join(" ");
    expect(words).toMatch(/upstairs|remembered|counter/u);
    expect(words).not.toMatch(/amina/iu);
  });

  test("take a word for what it says where hardly anybody means a person by it", () => {
    const parcels = comments.map((one, index) => ({ ...one, people: index % 300 === 0 ? ["Parcel"] : [] }));
    expect(discoverThemes(parcels, { seed: 1 })).toEqual(discoverThemes(comments, { seed: 1 }));
  });

  test("keep the word for what customers complain about, also where sentences begin with it", () => {
    const states = ["long", "slow", "endless", "chaotic", "crowded", "noisy", "hot"];
    const queues = Array.from({ length: 200 }, (_, index) => {
      const end = `were ${states[index % 7] ?? ""} and ${states[Math.floor(index / 7) % 7] ?? ""} with ${["one clerk", "closed counters", "no signs"][index % 3] ?? ""}`;
      const text = index % 20 === 0 ? `Queues at check-in ${end}` : `The queues ${end}`;
      return themeCommentOf(text, { language: "en", sentiment: "neg", sentimentScore: -1, personalData: [], mentions: findMentions(text) });
    });
    const found = discoverThemes([...comments, ...queues], { seed: 1 });
    expect(found.flatMap(({ terms }) => terms.map(({ term }) => term))).toContain("queues");
  });

  test("are made within each language, of its content words", () => {
    const german = ["Das Paket und die Lieferung kam", "Der Fahrer mit dem Paket klingelte", "Die Lieferung und der Fahrer", "Das Passwort und die Anmeldung", "Der Code für das Konto", "Die Anmeldung im Konto mit dem Passwort"];
    const endings = ["nicht", "drei Tage verspätet", "wieder verspätet", "abgelaufen", "gesperrt", "zerrissen", "kaputt"];
    const mixed = [...comments, ...Array.from({ length: 300 }, (_, index) => say(`${german[index % 6] ?? ""} ${endings[index % 7] ?? ""} ${endings[Math.floor(index / 42) % 7] ?? ""}.`, "de"))];

    const found = discoverThemes(mixed, { seed: 1 });

    expect(new Set(found.map(({ language }) => language))).toEqual(new Set(["en", "de"]));
    for (const { name, language } of found) if (language === "de") expect(name).not.toMatch(/\b(?:das|die|der|und|nicht|mit|kam)\b/u);
  });

  test("take scripts without spaces as they are", () => {
    const parts = [["快递", "包裹", "送货"], ["停车场", "车位", "停车费"]];
    const ends = ["迟到", "很贵", "丢失", "太少", "不见"];
    const chinese = Array.from({ length: 400 }, (_, index) => say(`${parts[index % 2]?.[Math.floor(index / 2) % 3] ?? ""}${ends[index % 5] ?? ""}，${parts[index % 2]?.[Math.floor(index / 6) % 3] ?? ""}${ends[Math.floor(index / 7) % 5] ?? ""}`, "zh"));
    const found = discoverThemes(chinese, { seed: 1 });
    expect(found.length).toBeGreaterThan(0);
    for (const { name } of found) expect(name).toMatch(/^\p{Script=Han}/u);
  });

  test("bear whatever is written", () => {
    const hostile = makeTexts(2_000);
    const assigner = new ThemeAssigner(discoverThemes([...hostile, "x".repeat(1_000_000)].map((text) => say(text, null)), { seed: 1 }));
    for (const text of [...hostile, "a ".repeat(500_000), ".".repeat(500_000)]) expect(Array.isArray(assigner.assign(text))).toBe(true);
  });
});

describe("the name of a theme", () => {
  type Said = readonly [term: string, share: number, score: number];
  const name = (telling: readonly Said[], more: readonly Said[] = [], taken: readonly string[] = []): string => {
    const all = [...telling, ...more];
    const [surface, isPair] = [all.map(([term]) => term), all.map(([term]) => term.includes(" "))];
    const group = { counts: { of: Float64Array.from(all, ([, share]) => share * 100), total: 100 }, telling: telling.map(([, share, score], id) => ({ id, share, score, weight: 1 })) };
    return nameOf(group, { surface, isPair }, (one) => taken.includes(one));
  };

  test.each<[string, Said[], Said[], string]>([
    ["the expression in which its word mostly stands", [["health", 0.9, 26], ["mental", 0.68, 13], ["mental health", 0.62, 11]], [], "Mental health"],
    ["the word where the expression is only one of several", [["waiting", 0.96, 42], ["waiting list", 0.3, 2]], [], "Waiting"],
    ["two words where the second tells nearly as much", [["support", 0.64, 21], ["information", 0.23, 7], ["group", 0.1, 6]], [], "Support, information"],
    ["what is so and how, where it is told by how alone", [["friendly", 0.99, 33], ["polite", 0.3, 5], ["staff", 0.37, 5]], [], "Staff, friendly"],
    ["what is most spoken of, where nothing goes with how it was", [["efficient", 0.5, 14], ["calm", 0.3, 8], ["wheelchair", 0.02, 1]], [["crew", 0.07, 0], ["staff", 0.13, 0]], "Staff, efficient"],
    ["a lone word with what is often said beside it", [["hospital", 0.9, 40], ["parking", 0.03, 5], ["admitted", 0.1, 4]], [], "Hospital, admitted"],
    ["a lone word where nothing is often said beside it", [["hospital", 0.9, 40], ["parking", 0.03, 5]], [], "Hospital"],
    ["how it was, where there is nothing else", [["prompt", 0.9, 16]], [], "Prompt"],
  ])("is %s", (_what, telling, more, expected) => {
    expect(name(telling, more)).toBe(expected);
  });

  test("gets another word where a theme has it already", () => {
    expect(name([["waiting", 0.96, 42], ["list", 0.03, 1]], [], ["Waiting"])).toBe("Waiting, list");
  });
});

describe("a theme of given words", () => {
  const assigner = (...words: string[]): ThemeAssigner => new ThemeAssigner([makeThemeOfWords(words)].filter((model) => model !== null));

  test.each([
    ["a word, however it ends", ["refund"], "I asked for two REFUNDS.", true],
    ["an expression", ["call centre"], "Their call-centre hung up", true],
    ["one word of an expression is not enough", ["call centre"], "Call me in the city centre, not at a call", false],
    ["little words between do not matter", ["lack of communication"], "a lack of communication", true],
    ["other words", ["refund"], "The refined sugar", false],
  ])("finds %s", (_what, words, text, isFound) => {
    expect(assigner(...words).assign(text)).toHaveLength(isFound ? 1 : 0);
  });

  test("needs a word that is about something", () => {
    expect(makeThemeOfWords(["the", "very good", ""])).toBeNull();
  });

  test("is like another by the words they share", () => {
    const [one, other, same] = [makeThemeOfWords(["refund", "money"]), makeThemeOfWords(["parking"]), makeThemeOfWords(["refunds", "money"])];
    if (one === null || other === null || same === null) throw new Error("No words.");
    expect([compareThemes(one, other), compareThemes(one, same)]).toEqual([0, expect.closeTo(1)]);
  });
});

test.each([["booking", "bookings"], ["delay", "delayed"], ["charge", "charging"], ["delivery", "deliveries"], ["cancelled", "cancel"], ["box", "boxes"]])("%s and %s are one word", (one, other) => {
  expect(hashesOf(one)).toEqual(hashesOf(other));
});
test.each([["bus", "bu"], ["speed", "spe"], ["staff", "star"], ["refund", "refine"]])("%s and %s are two words", (one, other) => {
  expect(hashesOf(one)).not.toEqual(hashesOf(other));
});
