import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openReader } from "./reader.ts";
import { makeTexts } from "./texts.make.ts";

const here = (name: string): Uint8Array => readFileSync(new URL(name, import.meta.url));
const reader = openReader(here("model.bin"), here("kernel.wasm"));

const read = (text: string) => {
  const [reading] = reader.read([text]);
  if (reading === undefined) throw new Error("Every text has a reading.");
  return reading;
};

test("a plain complaint and plain praise are read as what they are", () => {
  expect(read("I was on hold for an hour and then they hung up on me. Terrible.")).toMatchObject({ language: "en", sentiment: "neg", needs: { EASY: "neg" } });
  expect(read("The nurses were kind, friendly and listened to me. Thank you so much, wonderful!")).toMatchObject({ language: "en", sentiment: "pos", emotion: "joy", needs: { INDIVID: "pos" } });
});

test("texts are read alike in one batch, in many, and for their words alone", () => {
  const texts = makeTexts(300);
  const one = reader.read(texts);
  const many = texts.map(read);
  expect(many).toEqual(one);

  expect(reader.readWords(texts)).toEqual(one.map(({ personalData: _, mentions: __, ...reading }) => reading));
});

test.each(["", "   ", "😡😡😡", "\ud800\udfff\udc00", "z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍a̴̵̜̰͔ͫ͗͢lg̸o", "<div><script>alert(1)</script></div>", "aGVsbG8gd29ybGQ=".repeat(500), "\u202eهذا نص من اليمين\u202c", "a".repeat(1_000_000), "bad. ".repeat(200_000)])("any text gets a reading: %#", (text) => {
  const started = performance.now();
  const reading = read(text);
  expect(["pos", "neg", "neu", "mix"]).toContain(reading.sentiment);
  for (const value of [reading.sentimentScore, reading.confidence.sentiment, reading.confidence.language, reading.confidence.urgent]) expect(Number.isFinite(value)).toBe(true);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test("personal data is found in all of a text that is too long to be read", () => {
  const text = `${"It was fine. ".repeat(70_000)}Write to anna@example.org.`;
  const [short, long] = reader.read(["Write to me@example.org.", text]);

  expect(long?.personalData).toEqual([{ kind: "email", from: text.length - 17, to: text.length - 1 }]);
  expect(short?.personalData).toHaveLength(1);
});

test("what comes after a million characters is hidden, whatever it is", () => {
  const text = `${"It was fine. ".repeat(80_000)}Write to anna@example.org.`;
  expect(read(text).personalData).toEqual([{ kind: "unread", from: 1_000_000, to: text.length }]);
});

test.each(["No.", "Nothing!", "not much", "N/A", "Don’t know", "Nichts", "weiß nicht"])("%s says nothing by itself: what was asked decides", (text) => {
  expect(read(text)).toMatchObject({ sentiment: "neu", sentimentScore: 0, emotion: null, needs: {}, isUrgent: false, isUnsure: true });
});

test.each(["Nothing works", "No 😡", "Not much of a surprise, it broke", "Everything"])("%s says something", (text) => {
  expect(read(text).sentimentScore).not.toBe(0);
});

test("a text without words is unsure, and so is one in a language that was not learned", () => {
  expect(read("")).toMatchObject({ isUnsure: true, language: null, needs: {} });
  expect(read("Der Fahrer kam zu spät und niemand hat Bescheid gesagt.")).toMatchObject({ language: "de", isUnsure: true });
});

test.each([
  ["de", "Warte seit drei Wochen auf meine Erstattung."],
  ["fr", "Le colis est arrivé abîmé et personne ne répond."],
  ["es", "Sigo esperando mi reembolso desde hace tres semanas."],
  ["ru", "Водитель опять опоздал, и никто меня не предупредил."],
  ["uk", "Дякую за швидку відповідь, дуже приємно!"],
  ["zh", "司机又迟到了，没有人通知我。"],
  ["ja", "早いお返事ありがとうございます！"],
  ["ko", "빠른 답변 감사합니다!"],
  ["ar", "تأخر السائق مرة أخرى"],
  ["he", "תודה על התשובה המהירה"],
  ["hi", "जल्दी जवाब देने के लिए धन्यवाद"],
  [null, "ok"],
])("the language is %s", (language, text) => {
  expect(read(text).language).toBe(language);
});

test("the words that carried a result are found in the text", () => {
  const text = "The room was fine — but the café staff were incredibly rude 😡 to us.";
  const found = reader.explain(text, "sentiment").map(({ from, to, weight }) => ({ word: text.slice(from, to), weight }));
  expect(found[0]?.word).toBe("rude");
  expect(found[0]?.weight).toBeLessThan(0);
  for (const { word } of found) expect(word).toMatch(/^\S+$/);
});

test.each([
  ["Nothing", "better", "pos"], ["Nothing", "praise", "neg"], ["No.", "better", "pos"], ["Everything", "better", "neg"], ["Everything", "praise", "pos"], ["Nichts", "better", "pos"], ["Rien !", "praise", "neg"], ["A lot", "praise", "pos"],
  ["Waiting times", "better", "neg"], ["The parking", "better", "neg"], ["Food", "better", "neg"], ["The food", "praise", "pos"], ["The location", "praise", "pos"], ["Nothing, all was fine", "better", "pos"], ["Nothing works", "better", "neg"],
  ["The staff were rude and the room was filthy.", "praise", "neg"], ["The nurses were wonderful, thank you so much.", "better", "pos"],
] as const)("%s, asked for %s, is %s", (text, asked, sentiment) => {
  const [reading] = reader.read([text], { asked: [asked] });
  expect(reading?.sentiment).toBe(sentiment);
  expect(Math.sign(reading?.sentimentScore ?? 0)).toBe(sentiment === "pos" ? 1 : -1);
});

test("what a short answer leaves open is said, and not sure", () => {
  const [named, bare, unknown] = reader.read(["Food", "Nothing", "Don’t know"], { asked: ["better", "better", "better"] });
  expect([named?.isUnsure, bare?.isUnsure]).toEqual([true, false]);
  expect(unknown).toEqual(read("Don’t know"));
});

test("texts that nobody was asked for are read as before, beside answers and in any batch", () => {
  const texts = makeTexts(1_500);
  const asked = texts.map((_, index) => (index % 3 === 0 ? ("better" as const) : null));
  const [plain, mixed] = [reader.read(texts), reader.read(texts, { asked })];
  expect(mixed.filter((_, index) => index % 3 !== 0)).toEqual(plain.filter((_, index) => index % 3 !== 0));
  expect(mixed).toEqual(texts.map((text, index) => reader.read([text], { asked: [asked[index] ?? null] })[0]));
  expect(mixed).not.toEqual(plain);
});

test("praise of which all needs are unmet is not sure", () => {
  expect(read("Satisfied with the service, just the queue time")).toMatchObject({ sentiment: "pos", needs: { EASY: "neg" }, isUnsure: true });
});
