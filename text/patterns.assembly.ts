// Finds many patterns in texts, in one pass over their UTF-8 bytes; pattern-finder.ts lays out the memory and says what the rows mean.
// AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/patterns.assembly.ts -o text/patterns.wasm -O3 --noAssert --runtime stub \
//        --enable simd --use abort= --initialMemory 1
// Memory: 0 where each table lies (32-bit numbers in the order below), 80 symbol of a byte of ASCII.
// A walker has 64 bits: the place of the symbol it comes to, a number, and its row. All walkers go one symbol at a time, in turn: so none waits
// for what another must fetch, and nothing need be guessed about which of them comes further.

const SYMBOL_OF: usize = 80;
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
const UNITS_MAX: usize = 6, COUNT_MAX: usize = 7, REACHED: usize = 8, GROUP: usize = 9, BEGINNINGS_OF: usize = 10, AT_ONCE: usize = 11;
const NEXT: usize = 12, WALKERS: usize = 13, ENDED: usize = 14, FOUND: usize = 15, FOUND_END: usize = 16, STARTS: usize = 17, KEPT: usize = 18;
@inline function give(index: usize, value: usize): void { store<u32>(index << 2, <u32>value); }

/** Makes known where a row leads from a symbol on; false when there was no room and all rows were forgotten. */
@external("finder", "learn")
declare function learn(row: usize, place: usize): bool;

const WALKER: usize = 8;
@inline function walkerOf(row: u32, place: u32, number: usize): u64 { return (<u64>row << 32) | (<u64>number << 16) | <u64>place; }
@inline function rowOf(walker: u64): usize { return <usize>(walker >> 32); }
@inline function numberOf(walker: u64): usize { return <usize>((<u32>walker) >> 16); }
@inline function placeOf(walker: u64): usize { return <usize>((<u32>walker) & 0xffff); }
@inline function goesOn(entry: u32): usize { return <usize>((entry ^ LAST) & LAST) << 2; }
@inline function moved(walker: u64, entry: u32): u64 { return (<u64>(entry & ~FLAGS) << 32) | <u64>(<u32>walker + 1); }

/** @param first the first text to be read, @param texts how many there are, @param goesOn whether its group was begun: it goes on where it stopped
 *  @returns the first text of the group in which all rows were forgotten, else `texts` */
export function find(first: i32, texts: i32, goesOn: i32): i32 {
  const beginnings = given(BEGINNINGS), beginningsOf = given(BEGINNINGS_OF), group = <i32>given(GROUP);
  const atOnce = given(AT_ONCE) << 1;
  for (let text = first; text < texts; text += group) {
    const count = texts - text < group ? texts - text : group;
    if (text > first || goesOn == 0) begin(text, count);
    const last = <usize>load<u32>(beginningsOf + (<usize>count << 2));
    for (let beginning = given(REACHED); beginning < last; beginning += atOnce) {
      const end = beginning + atOnce < last ? beginning + atOnce : last;
      give(REACHED, beginning);
      if (!walkTogether(beginning, end) || !walkAlone(list(beginning, end))) return text;
      countFound(given(COUNTS) + <usize>text * PATTERNS_MAX);
    }
  }
  return texts;
}

/** Writes down the symbols of a group of texts and where words begin, text by text. */
function begin(text: i32, count: i32): void {
  const bytes = given(TEXTS), beginningsOf = given(BEGINNINGS_OF);
  memory.fill(given(COUNTS) + <usize>text * PATTERNS_MAX, 0, <usize>count * PATTERNS_MAX);
  memory.fill(given(NEXT), 0, (<usize>count * PATTERNS_MAX) << 1);
  let offset = given(OFFSETS) + (<usize>text << 2);
  give(REACHED, given(BEGINNINGS));
  store<u32>(beginningsOf, <u32>given(BEGINNINGS));
  let symbol = given(SYMBOLS);
  for (let one: usize = 0; one < <usize>count; one++) {
    symbol = writeSymbols(bytes + load<u32>(offset), bytes + load<u32>(offset, 4), symbol, beginningsOf + (one << 2));
    offset += 4;
  }
}

/** Follows all patterns together from each beginning on, and writes down where it ended.
 *  @returns whether all was known */
function walkTogether(beginning: usize, end: usize): bool {
  const walkers = given(WALKERS);
  give(KEPT, walkers);
  for (let at = startTogether(beginning, beginning, end); at < end; at = startTogether(at, beginning, end)) {
    if (!learnStart(load<u16>(at))) return false;
  }
  let last = given(KEPT);
  while (last > walkers) {
    give(KEPT, walkers);
    for (let at = moveTogether(walkers, last); at < last; at = moveTogether(at, last)) {
      const walker = load<u64>(at);
      if (!learn(rowOf(walker), placeOf(walker))) return false;
    }
    last = given(KEPT);
  }
  return true;
}

/** Makes walkers behind the first letters of words, as far as it is known where those lead.
 *  @returns the first beginning that has none */
function startTogether(from: usize, first: usize, end: usize): usize {
  const symbols = given(SYMBOLS), ended = given(ENDED), starts = given(STARTS);
  let kept = given(KEPT), at = from;
  for (; at < end; at += 2) {
    const place: u32 = load<u16>(at), letters = load<u32>(symbols + place);
    const start = startAt(starts, letters);
    if (load<u32>(start) != letters) break;
    const entry = load<u32>(start, 4), number = (at - first) >> 1;
    const walker = walkerOf(entry & ~FLAGS, place + load<u32>(start, 8), number);
    store<u64>(kept, walker);
    store<u64>(ended + (number << 3), walker);
    kept += goesOn(entry);
  }
  give(KEPT, kept);
  return at;
}

/** Moves walkers by one symbol, as far as it is known where that leads. A call within such a loop would make the compiler keep its variables in memory.
 *  @returns the first that was not moved */
function moveTogether(from: usize, last: usize): usize {
  const symbols = given(SYMBOLS), ended = given(ENDED);
  let kept = given(KEPT), at = from;
  for (; at < last; at += WALKER) {
    const walker = load<u64>(at);
    const entry = load<u32>(rowOf(walker) + (<usize>load<u8>(symbols + placeOf(walker)) << 2));
    if (entry == 0) break;
    const next = moved(walker, entry);
    store<u64>(kept, next);
    store<u64>(ended + (numberOf(walker) << 3), next);
    kept += goesOn(entry);
  }
  give(KEPT, kept);
  return at;
}

/** Where the first letters of a word lead is kept in one of a few places: words that begin alike go there at once. The letters, the entry to which
 *  they lead, and how many of them it took. */
const STARTS_BITS: u32 = 12;
const START: usize = 16;
const START_LETTERS: u32 = 4;

@inline function startAt(starts: usize, letters: u32): usize { return starts + <usize>((letters * 0x9e3779b1) >> (32 - STARTS_BITS)) * START; }

function learnStart(from: u32): bool {
  const symbols = given(SYMBOLS), letters = load<u32>(symbols + from), start = startAt(given(STARTS), letters);
  let entry: u32 = <u32>given(ROOT), length: u32 = 0;
  do {
    const row = <usize>(entry & ~FLAGS), place = <usize>(from + length);
    const entryAt = row + (<usize>load<u8>(symbols + place) << 2);
    if (load<u32>(entryAt) == 0 && !learn(row, place)) return false;
    entry = load<u32>(entryAt);
    length++;
  } while ((entry & LAST) == 0 && length < START_LETTERS);
  store<u32>(start, letters); store<u32>(start, entry, 4); store<u32>(start, length, 8);
  return true;
}

/** Leaves out the beginnings from which nothing goes on: which do, nobody could guess.
 *  @returns where the others end */
function keepAlive(ended: usize, end: usize): usize {
  let kept = ended;
  for (let at = ended; at < end; at += WALKER) {
    const walker = load<u64>(at);
    store<u64>(kept, walker);
    kept += rowOf(walker) == 0 ? 0 : WALKER;
  }
  return kept;
}

/** Makes a walker of each pattern that goes on by itself.
 *  @returns where the last of them ends */
function list(beginning: usize, end: usize): usize {
  const ended = given(ENDED), endedEnd = keepAlive(ended, ended + ((end - beginning) << 2));
  let last = given(WALKERS), found = given(FOUND), number: usize = 0;
  let ends = given(BEGINNINGS_OF) + 4, own: u32 = 0;
  for (let one = ended; one < endedEnd; one += WALKER) {
    const walker = load<u64>(one);
    const rows = rowOf(walker), at = beginning + (numberOf(walker) << 1);
    while (at >= <usize>load<u32>(ends)) { ends += 4; own += <u32>PATTERNS_MAX; }
    const from: u32 = load<u16>(at), place = <u32>placeOf(walker);
    const rowsEnd = rows + 4 + (<usize>load<u32>(rows) << 3);
    for (let entry = rows + 4; entry < rowsEnd; entry += 8) {
      const both = load<u32>(entry), length = both >> 16;
      store<u16>(found, own + (both & 0xffff)); store<u16>(found, from, 2); store<u32>(found, length == 0 ? 0 : from + length, 4);
      found += 8;
      const row = load<u32>(entry, 4);
      store<u64>(last, walkerOf(row, place, number++));
      last += row == 0 ? 0 : WALKER;
    }
  }
  give(FOUND_END, found);
  return last;
}

/** Follows each pattern by itself, and writes down where it matched last.
 *  @returns whether all was known */
function walkAlone(end: usize): bool {
  const walkers = given(WALKERS);
  let last = end;
  while (last > walkers) {
    give(KEPT, walkers);
    for (let at = moveAlone(walkers, last); at < last; at = moveAlone(at, last)) {
      const walker = load<u64>(at);
      if (!learn(rowOf(walker), placeOf(walker))) return false;
    }
    last = given(KEPT);
  }
  return true;
}

/** As moveTogether; writes down where patterns matched, too. */
function moveAlone(from: usize, last: usize): usize {
  const symbols = given(SYMBOLS), found = given(FOUND);
  let kept = given(KEPT), at = from;
  for (; at < last; at += WALKER) {
    const walker = load<u64>(at);
    const place = placeOf(walker);
    const entry = load<u32>(entryOf(rowOf(walker), load<u8>(symbols + place)));
    if (entry == 0) break;
    if ((entry & MATCHED) != 0) store<u32>(found + (numberOf(walker) << 3), <u32>place, 4);
    store<u64>(kept, moved(walker, entry));
    kept += goesOn(entry);
  }
  give(KEPT, kept);
  return at;
}

/** Most symbols lead to the same: a bit says which do not, and their entries lie behind that of the others. */
@inline function entryOf(row: usize, symbol: u64): usize {
  const own = <i64>(load<u64>(row) << ~symbol);
  return row + 8 + (<usize>(popcnt<i64>(own) & (own >> 63)) << 2);
}

/** Counts what matched: each pattern goes on behind its match. */
function countFound(counts: usize): void {
  const next = given(NEXT), countMax = <u32>given(COUNT_MAX), foundEnd = given(FOUND_END);
  for (let found = given(FOUND); found < foundEnd; found += 8) {
    const to = load<u32>(found, 4);
    if (to == 0) continue;
    const own = <usize>load<u16>(found);
    if (load<u16>(next + (own << 1)) > load<u16>(found, 2)) continue;
    const times: u32 = <u32>load<u8>(counts + own) + 1;
    store<u8>(counts + own, times > 255 ? 255 : times);
    store<u16>(next + (own << 1), times == countMax ? NEVER : to);
  }
}

/** One symbol for each UTF-16 unit, at most as many as are searched, and the places of those with which a word begins.
 *  @param ends where the places of the text before end; behind it is written where these do
 *  @returns where the symbols end */
function writeSymbols(from: usize, to: usize, first: usize, ends: usize): usize {
  const symbols = given(SYMBOLS), end = first + given(UNITS_MAX);
  let p = from, symbol = first, beginning = <usize>load<u32>(ends);
  if (to - from > 2 && (load<u32>(p) & 0xffffff) == 0xbfbbef) p += 3;
  let wasInWord: u32 = 0;
  while (p < to && symbol < end) {
    if (p + 16 <= to && symbol + 16 <= end) {
      const plain = v128.load(p);
      if (i8x16.bitmask(plain) == 0) {
        const all = symbolsOf(plain);
        v128.store(symbol, all);
        const inWord = i8x16.bitmask(i8x16.lt_u(i8x16.sub(all, i8x16.splat(1)), i8x16.splat(<i8>LOW_LINE)));
        for (let begun = inWord & ~(inWord << 1 | wasInWord); begun != 0; begun &= begun - 1) {
          store<u16>(beginning, <u16>(symbol - symbols + ctz(begun)));
          beginning += 2;
        }
        wasInWord = inWord >> 15;
        p += 16; symbol += 16;
        continue;
      }
    }
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
  store<u32>(ends, <u32>beginning, 4);
  return symbol + 1;
}

/** The symbols of 16 bytes of ASCII, from a table of 8 times 16: what lies outside of a part of it gives 0 there. */
@inline function symbolsOf(plain: v128): v128 {
  return v128.or(
    v128.or(v128.or(symbolsIn(plain, 0), symbolsIn(plain, 16)), v128.or(symbolsIn(plain, 32), symbolsIn(plain, 48))),
    v128.or(v128.or(symbolsIn(plain, 64), symbolsIn(plain, 80)), v128.or(symbolsIn(plain, 96), symbolsIn(plain, 112))));
}
@inline function symbolsIn(plain: v128, from: usize): v128 { return i8x16.swizzle(v128.load(SYMBOL_OF + from), i8x16.sub(plain, i8x16.splat(<i8>from))); }
