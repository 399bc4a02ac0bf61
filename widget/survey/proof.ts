// Proof of work for surveys that ask for it, worked out in small portions between what the person does.

/** What the server wants solved: a counter so that SHA-256 of `<text>:<response id>:<counter>` begins with `bits` zero bits. */
export type Challenge = { text: string; bits: number };
export type Proof = { challenge: string; counter: number };

const PORTION_MS = 8;

/** Solves a challenge for one response without holding up the page.
 *  @param pause lets the page breathe between portions */
export async function prove(challenge: Challenge, responseId: string, pause: () => Promise<void> = breathe): Promise<Proof> {
  for (let counter = 0; ; ) {
    for (const endsAt = performance.now() + PORTION_MS; performance.now() < endsAt; counter += 1) {
      if (firstWord(`${challenge.text}:${responseId}:${counter}`) >>> (32 - challenge.bits) === 0) return { challenge: challenge.text, counter };
    }
    await pause();
  }
}

const breathe = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));

// The browser's own SHA-256 exists on secure pages only and is slower for short texts, since each call waits its turn.
const ROUNDS = fractions(64, 1 / 3);
const START = fractions(8, 1 / 2);

// FIPS 180-4: the first bits of the fractions of roots of the first primes.
function fractions(count: number, power: number): Uint32Array {
  const found = new Uint32Array(count);
  for (let n = 2, index = 0; index < count; n += 1) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= n; factor += 1) if (n % factor === 0) isPrime = false;
    if (isPrime) found[index++] = (n ** power % 1) * 2 ** 32;
  }
  return found;
}

/** First 32 bits of the SHA-256 of a text of plain letters. */
export function firstWord(text: string): number {
  const length = ((text.length + 72) >> 6) << 6;
  const bytes = new Uint8Array(length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  bytes[text.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(length - 4, text.length * 8);
  const state = START.slice();
  for (let block = 0; block < length; block += 64) mix(state, view, block);
  return state[0] ?? 0;
}

const words = new Uint32Array(64);

function mix(state: Uint32Array, view: DataView, start: number): void {
  for (let index = 0; index < 16; index += 1) words[index] = view.getUint32(start + index * 4);
  for (let index = 16; index < 64; index += 1) {
    const early = at(words, index - 15);
    const late = at(words, index - 2);
    words[index] = at(words, index - 16) + (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + at(words, index - 7) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index += 1) {
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + at(ROUNDS, index) + at(words, index)) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => (state[index] = at(state, index) + value));
}

const at = (list: Uint32Array, index: number): number => list[index] ?? 0;
const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));
