// How much of a text is numbers: what decides whether cards, telephones and the like may stand in it.

/** `longest` counts the digits of a number with blanks, dashes and the like between. */
export type Numbers = { digits: number; longest: number; colons: number; dots: number };

export const noNumbers: Numbers = { digits: 0, longest: 0, colons: 0, dots: 0 };

const digit = 1;
const inside = 2;
const dot = 3;
const colon = 4;

const kinds = new Uint8Array(128);
for (const character of "0123456789") kinds[character.charCodeAt(0)] = digit;
for (const character of " ()/-") kinds[character.charCodeAt(0)] = inside;
kinds[".".charCodeAt(0)] = dot;
kinds[":".charCodeAt(0)] = colon;

export const readNumbers = (text: string): Numbers => {
  let [digits, longest, colons, dots, length] = [0, 0, 0, 0, 0];
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    // Beyond ASCII a blank may stand inside a number.
    if (code > 127) continue;
    const kind = kinds[code];
    if (kind === digit) {
      digits += 1;
      length += 1;
      if (length > longest) longest = length;
    } else if (kind === dot) dots += 1;
    else if (kind !== inside) {
      length = 0;
      if (kind === colon) colons += 1;
    }
  }
  return { digits, longest, colons, dots };
};
