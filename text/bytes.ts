// What a byte of UTF-8 is to the reader of comments. The kernel gets the same tables, so that both read alike.

export const SEPARATOR = 0;
export const LETTER = 1;
export const MARK = 2;
export const APOSTROPHE = 3;
export const FULL_STOP = 4;
/** First byte of a longer character that may be a mark, a space or a word of its own: look at its other bytes. */
export const WIDE = 5;

/** What a wide character is: part of a word, an apostrophe, a space, a word of its own (Chinese, Thai, emoji), the end of a sentence. */
export const WIDE_LETTER = 0;
export const WIDE_APOSTROPHE = 1;
export const WIDE_SPACE = 2;
export const WIDE_WORD = 3;
export const WIDE_STOP = 4;

const DIGIT_ZERO = 48;
const LOWER = 32;

export const CLASS_OF = new Uint8Array(256);
export const LOWER_OF = new Uint8Array(256);

for (let byte = 0; byte < 256; byte++) {
  LOWER_OF[byte] = byte;
  CLASS_OF[byte] = byte >= 128 ? LETTER : SEPARATOR;
}
// All digits are one: the amount of a bill says nothing about its reader.
for (let byte = 48; byte <= 57; byte++) [CLASS_OF[byte], LOWER_OF[byte]] = [LETTER, DIGIT_ZERO];
for (let byte = 97; byte <= 122; byte++) CLASS_OF[byte] = LETTER;
for (let byte = 65; byte <= 90; byte++) [CLASS_OF[byte], LOWER_OF[byte]] = [LETTER, byte + LOWER];
for (const mark of "!?$%#") CLASS_OF[mark.charCodeAt(0)] = MARK;
CLASS_OF[39] = APOSTROPHE;
CLASS_OF[46] = FULL_STOP;
CLASS_OF[10] = FULL_STOP;
for (const lead of [0xc2, 0xe0, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xef, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4]) CLASS_OF[lead] = WIDE;

export const wideLength = (lead: number): number => (lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);

export const wideKind = (lead: number, second: number, third: number): number => {
  if (lead >= 0xf0) return WIDE_WORD;
  if (lead === 0xc2) return WIDE_SPACE;
  if (lead === 0xe0) return second === 0xb8 || second === 0xb9 ? WIDE_WORD : WIDE_LETTER;
  if (lead === 0xe2) return second === 0x80 ? (third === 0x98 || third === 0x99 ? WIDE_APOSTROPHE : WIDE_SPACE) : WIDE_WORD;
  if (lead === 0xe3 && second === 0x80) return third === 0x82 ? WIDE_STOP : WIDE_SPACE;
  if (lead === 0xef) return third === 0x81 || third === 0x9f ? WIDE_STOP : WIDE_SPACE;
  return WIDE_WORD;
};
