// One pass over the characters of a text that says what may stand in it, so that most searches need not be made at all.

/** What `readCues` sees, one bit each. It sees too much rather than too little: what it does not see is not looked for. */
export const CUE = {
  digit: 1,
  capital: 2,
  at: 4,
  colon: 8,
  lineEnd: 16,
  /** "Mr", "Dr" and the like. */
  title: 32,
  /** "name", "regards": small words that a name may follow. */
  nameWord: 64,
  /** "app", "router". */
  thing: 128,
  /** "waiter", "nurse". */
  role: 256,
  /** "reception", "support". */
  desk: 512,
  /** "helpful", "rude". */
  manner: 1_024,
  /** "Terminal", "ward". */
  gate: 2_048,
  /** Streets that are not English. */
  street: 4_096,
  /** A capital that begins no sentence. */
  capitalInside: 8_192,
  /** As in iPhone. */
  camel: 16_384,
  /** A letter and a number, as in S21. */
  model: 32_768,
} as const;

// Words are found by four letters in a row and a table instead of a pattern: 5 bits a letter, so that capitals and small letters are alike,
// folded into 16. Other letters may fall on the same place; that costs a second look and no more.
const cues = new Uint16Array(65_536);
const push = (window: number, code: number): number => ((window << 5) | (code & 31)) & 0xf_ff_ff;
// Of three thousand random factors the one by which the fewest letters of real comments fall on places of these words.
const placeOf = (window: number): number => Math.imul(window, 0xafa6fa07) >>> 16;
const addCue = (cue: number, letters: string): void => {
  const place = placeOf([...letters].reduce((window, letter) => push(window, letter.charCodeAt(0)), 0));
  cues[place] = (cues[place] ?? 0) | cue;
};
// In these lists a low line stands for a blank.
const addCues = (cue: number, words: string): void => {
  for (const letters of words.split(" ")) addCue(cue, letters.replaceAll("_", " "));
};

addCues(CUE.title, "iss_ mada mons mevr mene mlle rof_ rof. ssor herr rau_ seño seno gnor nurs bonj ciao lieb dear octo");
for (const title of ["mrs", "sra", "sig", "mme"]) for (const end of " .\n") addCue(CUE.title, title + end);
// What may stand before a short title is stated, here and in its pattern: its letters alone are in every "rooms ".
for (const title of ["mr", "ms", "mx", "dr", "sr"]) for (const start of " \t\n\r(\"',.") for (const end of " .\n") addCue(CUE.title, start + title + end);
addCues(CUE.nameWord, "name naam heiß ppel llam hiam gard cere hful ishe grüß dial lled");
addCues(CUE.thing, "_app card oute hone apto rint bsit oadb bscr dpho amer atch blet odem ttre ettl acuu");
addCues(CUE.role, "aite aitr urse gent rive rver host anag uide chni inee ioni rten dwif ntis ysio ltan dvis stan llea cier truc tyli erap");
addCues(CUE.desk, "rece desk taur ervi uppo help ll_c akfa ck-i sale e_ba");
addCues(CUE.manner, "elpf kind poli endl tien rude ntiv fess");
addCues(CUE.gate, "rmin gate ward latf pier hall");
addCues(CUE.street, "traß tras str. weg_ latz llee asse traa laan lein rach _rue venu oule plac hemi mpas llée quai _av. _bd_ alle avda via_ iale iazz orso rua_");

// Kinds of characters, three bits each in a row of three characters.
const other = 0;
const small = 1;
const blank = 2;
const large = 3;
const digit = 4;
const comma = 5;
const kinds = new Uint8Array(128).fill(other);
const marks = new Uint8Array(128);
for (let code = 0; code < 26; code += 1) [kinds[97 + code], kinds[65 + code]] = [small, large];
for (let code = 0; code < 10; code += 1) [kinds[48 + code], marks[48 + code]] = [digit, CUE.digit];
for (const character of " -\n\t(\"'") kinds[character.charCodeAt(0)] = blank;
kinds[",".charCodeAt(0)] = comma;
for (let code = 65; code <= 90; code += 1) marks[code] = CUE.capital;
for (const [character, cue] of [["@", CUE.at], [":", CUE.colon], ["\n", CUE.lineEnd]] as const) marks[character.charCodeAt(0)] = cue;

const shapes = new Uint16Array(512);
for (let shape = 0; shape < 512; shape += 1) {
  const [first, middle, last] = [shape >> 6, (shape >> 3) & 7, shape & 7];
  const isWord = (kind: number): boolean => kind === small || kind === large;
  let cue = 0;
  if (middle === blank && last === large && first !== other) cue |= CUE.capitalInside;
  if (middle === small && last === large) cue |= CUE.camel | CUE.capitalInside;
  if (last === digit && (isWord(middle) || (isWord(first) && middle === blank))) cue |= CUE.model;
  shapes[shape] = cue;
}
// A letter beyond ASCII may be a capital or small, and a blank there may be one.
const wide = CUE.capital | CUE.capitalInside;

/** @returns the bits of CUE that may stand in the text */
export const readCues = (text: string): number => {
  if (text === last.text) return last.cues;
  let seen = 0;
  let window = 0;
  let shape = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    window = push(window, code);
    seen |= cues[placeOf(window)] ?? 0;
    if (code > 127) {
      seen |= wide;
      shape = (shape << 3) & 511;
      continue;
    }
    shape = ((shape << 3) | (kinds[code] ?? 0)) & 511;
    seen |= (marks[code] ?? 0) | (shapes[shape] ?? 0);
  }
  last.text = text;
  last.cues = seen;
  return seen;
};

// Two searches ask about the same text one after the other.
const last = { text: "", cues: 0 };
