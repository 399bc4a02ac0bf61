// Where patterns may begin in a text, in one pass over its UTF-8 bytes; starts.ts lays out the tables and says what they mean.
// AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/starts.assembly.ts -o text/starts.wasm -O3 --noAssert --runtime stub \
//        --use abort= --initialMemory 1
// Memory: 0 where each table lies (32-bit numbers in the order below), 64 symbol of a byte, 512 what starts.ts lays out.

const SYMBOL: usize = 64;
const APOSTROPHE: u32 = 30;
const DIGIT: u32 = 27;

@inline function table(index: usize): usize { return <usize>load<u32>(index << 2); }

/** @param size of the text in bytes; sixteen zeros stand behind it
 *  @returns how many pairs were written: place in UTF-16 units, above it what is to be tried there */
export function find(size: i32): i32 {
  const next = table(0), lists = table(1), markFrom = table(2), marks = table(3), tryFrom = table(4), tries = table(5);
  const seen = table(6), seenEnd = table(7), starts = table(8), out = table(9), text = table(10);
  for (let at = seen; at < seenEnd; at += 8) store<u64>(at, 0);
  let start = starts;
  const end = text + size;
  // How many bytes more than units there were.
  let wide: usize = 0;
  let p = text;
  while (p < end) {
    const c: u32 = load<u8>(p);
    const isWord = <u32>load<u8>(SYMBOL + c) - 1 < DIGIT;
    if (isWord) {
      const node = walk(next, p);
      const both = load<u32>(lists + (node << 2));
      const place: u32 = <u32>(p - text - wide);
      if ((both & 0xffff) != 0) { store<u32>(start, (both << 16) | place); start += 4; }
      const mark = both >> 16;
      if (mark != 0) {
        const to = load<u32>(markFrom + ((mark + 1) << 2));
        for (let at = load<u32>(markFrom + (mark << 2)); at < to; at++) store<u16>(seen + (<usize>load<u16>(marks + (at << 1)) << 1), place + 1);
      }
      do p++; while (<u32>load<u8>(SYMBOL + <usize>load<u8>(p)) - 1 < DIGIT);
      continue;
    }
    if (c >= 0x80) {
      if (c < 0xc0) wide++;
      else if (c >= 0xf0) wide--;
    }
    p++;
  }
  return filter(starts, start, tryFrom, tries, seen, out);
}

/** @returns the last state to which the letters from q on lead; the curly apostrophe is the straight one */
@inline function walk(next: usize, from: usize): usize {
  let q = from, state: usize = 0;
  while (true) {
    const c: u32 = load<u8>(q);
    let symbol: u32 = load<u8>(SYMBOL + c);
    const node = next + (state << 3);
    const known = load<u32>(node);
    if (c >= 0x80) {
      if (c == 0xe2 && load<u8>(q, 1) == 0x80 && load<u8>(q, 2) == 0x99) symbol = APOSTROPHE;
      q += c < 0xe0 ? 1 : 2;
    }
    const bit: u32 = 1 << symbol;
    if ((known & bit) == 0) return state;
    state = <usize>(load<u32>(node, 4) + popcnt<u32>(known & (bit - 1)));
    q++;
  }
}

/** Keeps what the words that come later leave possible. */
function filter(from: usize, to: usize, tryFrom: usize, tries: usize, seen: usize, out: usize): i32 {
  let o = out;
  for (let start = from; start < to; start += 4) {
    const both = load<u32>(start);
    const place = both & 0xffff;
    const list = both >> 16;
    const end = tries + (load<u32>(tryFrom + ((list + 1) << 2)) << 1);
    let at = tries + (load<u32>(tryFrom + (list << 2)) << 1);
    while (at < end) {
      const attempt: u32 = load<u16>(at);
      const after = at + 4 + (<usize>load<u16>(at, 2) << 1);
      at += 4;
      let isPossible = at == after;
      while (at < after && !isPossible) {
        let sets: u32 = load<u16>(at);
        at += 2;
        isPossible = true;
        while (sets != 0) {
          if (<u32>load<u16>(seen + (<usize>load<u16>(at) << 1)) <= place) isPossible = false;
          at += 2;
          sets--;
        }
      }
      if (isPossible) { store<u32>(o, (attempt << 16) | place); o += 4; }
      at = after;
    }
  }
  return <i32>((o - out) >> 2);
}
