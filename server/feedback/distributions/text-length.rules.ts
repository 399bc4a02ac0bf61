// GSM 7-bit default alphabet and its extension, 3GPP TS 23.038. A character of the extension takes two places.
const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const EXTENDED = new Set("^{}\\[~]|€\f");

export type TextLength = { characters: number; segments: number; alphabet: "gsm7" | "ucs2" };

/** How long a text message is and as how many it is sent and paid.
 *  @returns `characters` in places of the alphabet it needs: one that GSM 7-bit lacks makes all of them UCS-2
 *  Source: 3GPP TS 23.040: 160 or 70 in one message, 153 or 67 in each of several. */
export const lengthOfText = (text: string): TextLength => {
  const characters = [...text];
  if (characters.every((one) => BASIC.has(one) || EXTENDED.has(one))) {
    // A pair of escape and character is never split, which leaves one place empty at the end of a part.
    const places = characters.map((one) => (EXTENDED.has(one) ? 2 : 1));
    const total = places.reduce((sum, one) => sum + one, 0);
    return { characters: total, segments: total <= 160 ? Math.min(1, total) : countParts(places, 153), alphabet: "gsm7" };
  }
  const units = characters.map((one) => one.length);
  return { characters: text.length, segments: text.length <= 70 ? 1 : countParts(units, 67), alphabet: "ucs2" };
};

const countParts = (sizes: readonly number[], limit: number): number => {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > limit) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
};
