// Finds many patterns in texts, in one pass over their UTF-8 bytes; pattern-finder.ts lays out the memory and says what the rows mean.
// AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/patterns.assembly.ts -o text/patterns.wasm -O3 --noAssert --runtime stub \
//        --use abort= --initialMemory 1
// Memory: 0 where each table lies (32-bit numbers in the order below), 64 symbol of a byte of ASCII, 192 where each pattern may match next.

const SYMBOL_OF: usize = 64;
const NEXT: usize = 192;
const PATTERNS_MAX: usize = 64;

const END: u32 = 0;
const LOW_LINE: u32 = 37;
const APOSTROPHE: u32 = 40;
const LINE_END: u32 = 42;
const OTHER: u32 = 43;

const NEVER: u32 = 0xffff;
const MATCHED: u32 = 1;
const LAST: u32 = 2;
const FLAGS: u32 = 3;

@inline function given(index: usize): usize { return <usize>load<u32>(index << 2); }
const ROOT: usize = 0, TEXTS: usize = 1, OFFSETS: usize = 2, COUNTS: usize = 3, SYMBOLS: usize = 4, BEGINNINGS: usize = 5;
const UNITS_MAX: usize = 6, COUNT_MAX: usize = 7;
const UNKNOWN_ROW: usize = 8, UNKNOWN_AT: usize = 9, REACHED: usize = 10, BEGINNINGS_END: usize = 11;
@inline function give(index: usize, value: usize): void { store<u32>(index << 2, <u32>value); }

/** @param first the first text to be read, @param texts how many there are, @param goesOn whether the first was begun: it goes on where it stopped
 *  @returns the text in which a row says nothing about a symbol, else `texts` */
export function find(first: i32, texts: i32, goesOn: i32): i32 {
  const root = given(ROOT), bytes = given(TEXTS), offsets = given(OFFSETS), counts = given(COUNTS), symbols = given(SYMBOLS);
  const beginnings = given(BEGINNINGS), countMax = <u32>given(COUNT_MAX);
  for (let text = first; text < texts; text++) {
    const own = counts + <usize>text * PATTERNS_MAX;
    if (text > first || goesOn == 0) {
      clear(own, PATTERNS_MAX);
      clear(NEXT, PATTERNS_MAX << 1);
      const at = offsets + (<usize>text << 2);
      give(BEGINNINGS_END, writeSymbols(bytes + load<u32>(at), bytes + load<u32>(at, 4), symbols, beginnings));
      give(REACHED, beginnings);
    }
    const last = given(BEGINNINGS_END);
    for (let beginning = given(REACHED); beginning < last; beginning += 2) {
      const from: u32 = load<u16>(beginning);
      let p = symbols + from;
      let row = root;
      let entry: u32;
      do {
        entry = load<u32>(row + (<usize>load<u8>(p) << 2));
        if (entry == 0) return stop(text, row, p - symbols, beginning);
        row = entry;
        p++;
      } while ((entry & LAST) == 0);
      if (entry == LAST) continue;
      const list = <usize>(entry & ~FLAGS);
      const end = list + 4 + (<usize>load<u32>(list) << 3);
      for (let one = list + 4; one < end; one += 8) {
        const both = load<u32>(one);
        const pattern = <usize>(both & 0xffff);
        if (<u32>load<u16>(NEXT + (pattern << 1)) > from) continue;
        const length = both >> 16;
        let to: u32 = length == 0 ? 0 : from + length;
        let q = p;
        row = load<u32>(one, 4);
        while (row != 0) {
          entry = entryOf(row, load<u8>(q));
          if (entry == 0) return stop(text, row, q - symbols, beginning);
          if ((entry & MATCHED) != 0) to = <u32>(q - symbols);
          if ((entry & LAST) != 0) break;
          row = entry & ~FLAGS;
          q++;
        }
        if (to == 0) continue;
        const count: u32 = <u32>load<u8>(own + pattern) + 1;
        store<u8>(own + pattern, count > 255 ? 255 : count);
        store<u16>(NEXT + (pattern << 1), count == countMax ? NEVER : to);
      }
    }
  }
  return texts;
}

/** memory.fill costs a call, which is more than this. */
@inline function clear(from: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) { store<u64>(from + at, 0); store<u64>(from + at, 0, 8); }
}

/** Most symbols lead to the same: a bit says which do not, and their entries lie behind that of the others. */
@inline function entryOf(row: usize, symbol: u64): u32 {
  const own = load<u64>(row) << (63 - symbol);
  const isOwn = <usize>(own >> 63);
  return load<u32>(row + ((0 - isOwn) & (<usize>popcnt<u64>(own) << 2)), 8);
}

/** What was found at this beginning is not found again: each pattern goes on behind its match. */
@inline function stop(text: i32, row: usize, at: usize, beginning: usize): i32 {
  give(REACHED, beginning);
  give(UNKNOWN_ROW, row);
  give(UNKNOWN_AT, at);
  return text;
}

/** One symbol for each UTF-16 unit, at most as many as are searched, and the places of those with which a word begins.
 *  @returns where the last of these places ends */
@inline function writeSymbols(from: usize, to: usize, symbols: usize, beginnings: usize): usize {
  const end = symbols + given(UNITS_MAX);
  let p = from, symbol = symbols, beginning = beginnings;
  if (to - from > 2 && (load<u32>(p) & 0xffffff) == 0xbfbbef) p += 3;
  let wasInWord: u32 = 0;
  while (p < to && symbol < end) {
    const c: u32 = load<u8>(p);
    let s = OTHER;
    if (c < 0x80) { s = load<u8>(SYMBOL_OF + <usize>c); p++; }
    else if (c == 0xe2 && load<u8>(p, 1) == 0x80) {
      const third: u32 = load<u8>(p, 2);
      if (third == 0x99) s = APOSTROPHE;
      else if (third == 0xa8 || third == 0xa9) s = LINE_END;
      p += 3;
    }
    else if (c >= 0xf0) { store<u8>(symbol++, OTHER); p += 4; }
    else p += c < 0xe0 ? 2 : 3;
    store<u8>(symbol, s);
    const isInWord = <u32>(s - 1 < LOW_LINE);
    store<u16>(beginning, <u16>(symbol - symbols));
    beginning += <usize>((isInWord & ~wasInWord) << 1);
    wasInWord = isInWord;
    symbol++;
  }
  if (symbol > end) symbol = end;
  store<u8>(symbol, END);
  return beginning;
}
