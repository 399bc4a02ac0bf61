// What may stand in texts, in one pass over their UTF-8 bytes; cues.ts lays out the tables and says what the bits mean.
// AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/cues.assembly.ts -o text/cues.wasm -O3 --noAssert --runtime stub \
//        --use abort= --initialMemory 1
// Memory: 0 cues of four letters (16 bits each), 131072 cues of two letters before a capital (32 bits each), 135168 cues of three kinds of
// characters in a row (32 bits each), 137216 for each byte of ASCII 32 bits: its cues, above them its kind, above that what it is in a number.

const BEFORE: usize = 131072;
const SHAPES: usize = 135168;
const CHARACTERS: usize = 137216;
const KIND_SHIFT: u32 = 24;
const IN_NUMBER_SHIFT: u32 = 28;
const CUES: u32 = 0xffffff;
const CAPITAL: u32 = 2;
const CAPITAL_INSIDE: u32 = 8192;
const BEFORE_CAPITAL: u32 = 65536 | 131072;
/** A letter beyond ASCII may be a capital or small, and a blank there may be one. */
const WIDE: u32 = CAPITAL | CAPITAL_INSIDE | BEFORE_CAPITAL;

// What a character is in a number.
const OUTSIDE: u32 = 0, DIGIT: u32 = 1, DOT: u32 = 3, COLON: u32 = 4;

@inline function push(window: u32, code: u32): u32 { return ((window << 5) | (code & 31)) & 0xfffff; }
@inline function cuesOf(window: u32): u32 { return load<u16>(<usize>((window * 0xafa6fa07) >> 16) << 1); }

/** Of text n from offsets[n] to offsets[n + 1] five numbers to out: cues, digits, the most digits of one number, colons and dots. */
export function read(bytes: usize, offsets: usize, texts: i32, out: usize): void {
  for (let text = 0; text < texts; text++) {
    let p = bytes + load<u32>(offsets + (<usize>text << 2));
    const end = bytes + load<u32>(offsets + (<usize>text << 2), 4);
    let seen: u32 = 0, window: u32 = 0, shape: u32 = 0;
    let digits: u32 = 0, longest: u32 = 0, colons: u32 = 0, dots: u32 = 0, length: u32 = 0;
    while (p < end) {
      const c: u32 = load<u8>(p);
      if (c < 0x80) {
        p++;
        const character = load<u32>(CHARACTERS + (<usize>c << 2));
        window = push(window, c);
        shape = ((shape << 3) | ((character >> KIND_SHIFT) & 7)) & 511;
        const shaped = load<u32>(SHAPES + (<usize>shape << 2));
        seen |= cuesOf(window) | (character & CUES) | shaped;
        // Behind the two letters stand the blank and the capital.
        if ((shaped & CAPITAL_INSIDE) != 0) seen |= load<u32>(BEFORE + (<usize>(window >> 10) << 2));
        const inNumber = character >> IN_NUMBER_SHIFT;
        if (inNumber == DIGIT) {
          digits++; length++;
          if (length > longest) longest = length;
        }
        else if (inNumber == OUTSIDE) length = 0;
        else if (inNumber == DOT) dots++;
        else if (inNumber == COLON) { colons++; length = 0; }
        continue;
      }
      seen |= WIDE;
      shape = (shape << 3) & 511;
      // Of each unit of UTF-16 only the low five bits count.
      if (c < 0xe0) { window = push(window, load<u8>(p, 1)); p += 2; }
      else if (c < 0xf0) { window = push(window, load<u8>(p, 2)); p += 3; }
      else {
        window = push(window, ((<u32>load<u8>(p, 1) & 63) << 2) | ((<u32>load<u8>(p, 2) & 63) >> 4));
        seen |= cuesOf(window);
        window = push(window, load<u8>(p, 3));
        shape = (shape << 3) & 511;
        p += 4;
      }
      seen |= cuesOf(window);
    }
    store<u32>(out, seen); store<u32>(out, digits, 4); store<u32>(out, longest, 8); store<u32>(out, colons, 12); store<u32>(out, dots, 16);
    out += 20;
  }
}
