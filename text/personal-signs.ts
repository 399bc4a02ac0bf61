// One pass over the characters of a text that says which kinds of personal data it may hold.

/** `longestNumber` counts digits with blanks, dashes and the like between; `mayHoldName` says that something like "name", "Mrs" or
 *  "regards" may stand in the text, which a name may follow. */
export type Signs = { hasAt: boolean; hasCapital: boolean; mayHoldName: boolean; digits: number; longestNumber: number; colons: number; dots: number };

const digit = 1;
const separator = 2;
const capital = 4;
const at = 8;
const colon = 16;
const dot = 32;
const lineEnd = 64;
const nameCue = 128;

const kinds = new Uint8Array(128);
const setKind = (characters: string, kind: number): void => {
  for (const character of characters) kinds[character.charCodeAt(0)] = kind;
};
setKind("0123456789", digit);
setKind(" ()/-", separator);
setKind("ABCDEFGHIJKLMNOPQRSTUVWXYZ", capital);
setKind("@", at);
setKind(":", colon);
setKind(".", dot);
setKind("\n", lineEnd);

// Four letters in a row of each word that a name may follow, found by a table instead of a pattern: 5 bits a letter (so that capitals and
// small letters are alike), of which the table keeps 16. A few other words fall on the same places, which costs a second look and no more.
const cues = new Uint8Array(65_536);
const push = (cue: number, code: number): number => ((cue << 5) | (code & 31)) & 0xf_ff_ff;
const placeOf = (cue: number): number => (cue ^ (cue >>> 16)) & 0xffff;
const addCue = (codes: readonly number[]): void => {
  cues[placeOf(codes.reduce(push, 0))] = nameCue;
};
const codesOf = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));

for (const letters of "name naam heiß ppel llam hiam gard cere hful ishe grüß dial lled miss mada mons mevr mene mlle prof herr frau seño seno sign nurs sist bonj ciao lieb dear doct".split(" ")) addCue(codesOf(letters));
for (const title of ["mrs", "sra", "sig", "mme"]) for (const end of " .\n") addCue(codesOf(title + end));
for (const title of ["mr", "ms", "mx", "dr", "sr"]) for (const end of " .\n") for (let after = 0; after < 32; after += 1) addCue([...codesOf(title + end), after]);

/** Sees too much rather than too little: what it does not see is not looked for. */
export const readSigns = (text: string): Signs => {
  let seen = 0;
  let cue = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    cue = push(cue, code);
    // Beyond ASCII a letter may be a capital.
    seen |= (code < 128 ? (kinds[code] ?? 0) : capital) | (cues[placeOf(cue)] ?? 0);
  }
  const hasGreeting = (seen & lineEnd) !== 0 || /^\s{0,3}H/u.test(text);
  const numbers = (seen & (digit | colon)) === 0 ? noNumbers : readNumbers(text);
  return { hasAt: (seen & at) !== 0, hasCapital: (seen & capital) !== 0, mayHoldName: hasGreeting || (seen & nameCue) !== 0, ...numbers };
};

type Numbers = Pick<Signs, "digits" | "longestNumber" | "colons" | "dots">;
const noNumbers: Numbers = { digits: 0, longestNumber: 0, colons: 0, dots: 0 };

const readNumbers = (text: string): Numbers => {
  const numbers = { ...noNumbers };
  let length = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    // Beyond ASCII a blank may stand inside a number.
    if (code > 127) continue;
    const kind = kinds[code];
    if (kind === digit) {
      numbers.digits += 1;
      length += 1;
      numbers.longestNumber = Math.max(numbers.longestNumber, length);
    } else if (kind === dot) numbers.dots += 1;
    else if (kind !== separator) {
      length = 0;
      if (kind === colon) numbers.colons += 1;
    }
  }
  return numbers;
};
