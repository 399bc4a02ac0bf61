// Texts as customers write them, and texts that nobody should have to read: for tests.

const OPENINGS = ["The driver", "Your app", "Nobody", "A very kind nurse", "@firm you", "Ich", "L’équipe", "客服", "После", "Mr. O'Neill's parcel", "I don't think it", "Never again", "بعد"];
const MIDDLES = ["didn't call back", "was REALLY sloooow", "kept us informed, but", "hat NICHTS geliefert", "n’a pas répondu", "态度很好，", "приехал вовремя", "cost £3.50 or 20%", "http://example.org/a?b=1 and", "however never arrived", "<br /> &amp; left", "لم يصل"];
const ENDINGS = ["!!!", "for 3 weeks.", "😡😡 never.", "ÉTÉ ÜBER Ñandú...", "ไม่ดีเลย", "?", "ありがとう。また来ます！", "\n\nThank you", "e.g. nothing", "", "“quoted” — done", "👍🏽❤️"];

const HOSTILE = [
  "",
  " ",
  "\u0000\u0001",
  "a",
  "😡",
  "@",
  "@@@@ @a @é",
  "'''",
  "n't 't ’ ’a a’",
  "\ud800 lone \udfff",
  "z\u0351\u036b\u0343\u0344\u0345a\u0351\u036b\u0343lgo",
  "x".repeat(30_000),
  "a b c. ".repeat(4_000),
  "aGVsbG8gd29ybGQ=".repeat(50),
  "!?!?!?!?",
  "....",
  "\u202eright to left\u202c",
  "é".repeat(40),
  "http://",
  "://",
  "never never never never",
  "ÀÖØÞ×÷",
  "€£¢ 5",
  "。。。！？　",
  "ก",
  "हिन्दी में लिखा",
];

/** @returns as many different texts as asked for, the same every time, the hostile ones first */
export const makeTexts = (count: number): string[] => {
  const texts = [...HOSTILE];
  for (let seed = 1; texts.length < count; seed++) {
    const pick = (from: readonly string[], salt: number): string => from[(Math.imul(seed ^ salt, 0x9e3779b1) >>> 8) % from.length] ?? "";
    const sentences = Array.from({ length: 1 + (seed % 4) }, (_, index) => [pick(OPENINGS, index), pick(MIDDLES, index + 17), pick(ENDINGS, index + 43)].join(" "));
    texts.push(sentences.join(seed % 3 === 0 ? " " : ". "));
  }
  return texts.slice(0, count);
};
