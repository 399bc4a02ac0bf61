// The reader's inner loop: UTF-8 bytes to the sums of 16 int8 weights per part of each text, in one pass with SIMD. The same as
// features.ts does in plain TypeScript; features.test.ts holds the two together. AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/kernel.assembly.ts -o text/kernel.wasm -O3 --noAssert --runtime stub \
//        --enable simd --use abort= --initialMemory 1
// Memory: 0 class of a byte, 256 its small letter, 512 special words, 33280 small letter of a plain byte (else 0), 33536 what is counted of the
// text, 33792 logits of one text (16 of the whole, the 16 highest of any part, 16 of each part, 64 bits each), 40192 the scale of each lane and
// its bias, 40448 what is counted of the language of the text, 40576 what the caller lays out.
// What is seldom needed lies in memory and plain letters have a loop of their own: in a loop with many variables the compiler takes some to the stack.

const SPECIAL: usize = 512;
const PLAIN: usize = 33280;
/** Number of the concept before, and of which word; then the same of the concept before that. */
const NEAR: usize = 33536;
const FAR: usize = 33544;
/** The last word that counts as denied, and how many words there were as the part began. */
const DENIED_TO: usize = 33552;
const PART_FROM: usize = 33556;
const PARTS: usize = 33560;
/** Of the part, as far as it is emptied from the 16-bit sums: all features, and pieces of words (these to the last). */
const FEATURES: usize = 33564;
const WHOLE: usize = 33792;
const MOST: usize = 33920;
const BY_PART: usize = 34048;
const SCALE: usize = 40192;
const BIAS: usize = 40320;
/** Of the language: 16-bit sums, and what is counted as FEATURES and PIECES are, of parts that have ended. */
const LANGUAGE_SUMS: usize = 40448;
const LANGUAGE_FEATURES: usize = 40512;
const LANGUAGE_PIECES: usize = 40516;
const LANGUAGE_BYTES: usize = 80;
const LANES_BYTES: usize = 128;
const PIECES: usize = 33568;
/** What else is kept of a text while it is not read: the hash of the last word, how many words there were, how many features the 16-bit sums have, where the
 *  row of the part lies, and the sums of words and of pieces. All that is kept of it, and where it is put aside. */
const PREVIOUS: usize = 33572;
const WORDS: usize = 33576;
const COUNTED: usize = 33580;
const OUT: usize = 33584;
const SUMS: usize = 33600;
const SUMS_BYTES: usize = 64;
const STATE: usize = 33536;
const STATE_BYTES: usize = 128;
const KEPT: usize = 33664;
const KIND_BITS: u32 = 7;
const KIND_MASK: u32 = 127;
const HASH_MASK: u32 = 0x1ffffff;
const SPECIAL_SHIFT: u32 = 19;
const SLOTS: usize = 8192;
const ROW: usize = 80;
const PARTS_MAX: i32 = 48;
const M1: u32 = 0x9e3779b1;
const M2: u32 = 0x85ebca6b;
const M3: u32 = 0xc2b2ae35;
const DENIED: u32 = 0x7feb352d;
const CONCEPT: u32 = 0x27d4eb2f;


@inline function classAt(p: usize): u32 { return load<u8>(<usize>load<u8>(p)); }

function wideKind(lead: u32, second: u32, third: u32): i32 {
  if (lead >= 0xf0) return 3;
  if (lead == 0xc2) return 2;
  if (lead == 0xe0) return second == 0xb8 || second == 0xb9 ? 3 : 0;
  if (lead == 0xe2) return second == 0x80 ? (third == 0x98 || third == 0x99 ? 1 : 2) : 3;
  if (lead == 0xe3 && second == 0x80) return third == 0x82 ? 4 : 2;
  if (lead == 0xef) return third == 0x81 || third == 0x9f ? 4 : 2;
  return 3;
}

@inline function clear(o: usize): void {
  const zero = i32x4.splat(0);
  v128.store(o, zero); v128.store(o, zero, 16); v128.store(o, zero, 32); v128.store(o, zero, 48); v128.store(o, zero, 64);
}

// So few bytes are moved by a loop in less time than by the instructions for any number of them, which are calls.
@inline function clearAll(at: usize, size: usize): void { for (let place = at; place < at + size; place += 16) v128.store(place, i32x4.splat(0)); }
@inline function copy(to: usize, from: usize, size: usize): void { for (let place: usize = 0; place < size; place += 16) v128.store(to + place, v128.load(from + place)); }

@inline function addRow(o: usize, s: v128): void {
  v128.store(o, i32x4.add(v128.load(o), i32x4.extend_low_i16x8_s(s)));
  v128.store(o, i32x4.add(v128.load(o, 16), i32x4.extend_high_i16x8_s(s)), 16);
}

@inline function addTo(at: usize, more: i32): void { store<i32>(at, load<i32>(at) + more); }
@inline function storeCounts(o: usize, fl: i32): void { const pieces = load<i32>(PIECES); store<i32>(o, load<i32>(FEATURES) + fl - pieces, 64); store<i32>(o, pieces, 68); }
@inline function rowAt(T: usize, hash: u32, scale: u64): usize { return T + (<usize>((<u64>hash * scale) >> 32) & ~15); }
@inline function low(row: usize): v128 { return v128.load8x8_s(row); }
@inline function high(row: usize): v128 { return v128.load8x8_s(row, 8); }
@inline function half(a: v128, c: v128): v128 { return i16x8.add(a, i16x8.shr_s(c, 1)); }

/** Reads texts txt[off[d]..off[d + 1]), at most `limit` bytes of each, with the table of 1 << (32 - sh) rows at T.
 *  Writes one row of 20 int32 per part to out (16 sums, then how many words and pieces) and the number of parts to parts[d].
 *  @param firstRows where for each text a row with the sums of its first `first` bytes is written, by the table of languages; 0: nowhere
 *  @returns how many rows were written to out */
export function score(txt: usize, off: usize, nd: i32, T: usize, sh: u32, limit: u32, out: usize, parts: usize, firstRows: usize, languages: usize, languagesSh: u32, first: u32): i32 {
  const from = out;
  let row = firstRows;
  for (let d = 0; d < nd; d++) {
    const beg: usize = txt + load<u32>(off + (<usize>d << 2));
    let end: usize = txt + load<u32>(off + (<usize>(d + 1) << 2));
    if (end - beg > <usize>limit) end = beg + <usize>limit;
    clearAll(STATE, STATE_BYTES);
    store<u32>(PREVIOUS, 0x9dc5); store<u32>(OUT, <u32>out);
    clear(out);
    let p = beg;
    if (row != 0) { p = readFirst(beg, end, T, sh, row, languages, languagesSh, first); row += ROW; }
    if (p < end) readAlone(beg, p, end, T, sh);
    out = finish();
    store<i32>(parts + (<usize>d << 2), load<i32>(PARTS));
  }
  return <i32>((out - from) / ROW);
}

/** Reads the first bytes of a text with both tables, and writes the row of its language.
 *  @returns as far as the other table, too, has read the text: up to the last blank among the first bytes, since they may end within a word, of which
 *  languages are told by what lies before that end and all else by the whole word */
function readFirst(beg: usize, end: usize, T: usize, sh: u32, row: usize, languages: usize, languagesSh: u32, first: u32): usize {
  const firstEnd = end - beg > <usize>first ? beg + <usize>first : end;
  let blank = firstEnd;
  if (firstEnd != end) while (blank > beg && load<u8>(blank - 1) != 32) blank--;
  clear(row);
  clearAll(LANGUAGE_SUMS, LANGUAGE_BYTES);
  readBoth(beg, blank, T, sh, row, languages, languagesSh);
  copy(KEPT, STATE, STATE_BYTES);
  copy(SUMS, LANGUAGE_SUMS, SUMS_BYTES);
  addTo(FEATURES, load<i32>(LANGUAGE_FEATURES)); addTo(PIECES, load<i32>(LANGUAGE_PIECES));
  store<u32>(OUT, <u32>row);
  if (blank != firstEnd) readJoined(beg, blank, firstEnd, languages, languagesSh);
  finish();
  copy(STATE, KEPT, STATE_BYTES);
  return blank;
}

/** Writes what was not yet written of the last part.
 *  @returns where the next row is written */
function finish(): usize {
  const out = <usize>load<u32>(OUT), fl = load<i32>(COUNTED);
  if (load<i32>(FEATURES) + fl == 0) return out;
  addRow(out, half(v128.load(SUMS), v128.load(SUMS, 32))); addRow(out + 32, half(v128.load(SUMS, 16), v128.load(SUMS, 48)));
  storeCounts(out, fl);
  addTo(PARTS, 1);
  return out + ROW;
}

// The same four times, as the compiler leaves out what a call does not need: a row for each part by one table, the same beside one row for all of them by the
// table of languages, that row alone, and the features themselves.
function readAlone(beg: usize, from: usize, end: usize, table: usize, sh: u32): void { read(false, false, false, beg, from, end, table, sh, 0, 0, 0); }
function readBoth(beg: usize, end: usize, table: usize, sh: u32, row: usize, languages: usize, languagesSh: u32): void { read(true, false, false, beg, beg, end, table, sh, row, languages, languagesSh); }
function readJoined(beg: usize, from: usize, end: usize, table: usize, sh: u32): void { read(false, true, false, beg, from, end, table, sh, 0, 0, 0); }
function listAll(beg: usize, end: usize, to: usize): void { read(false, false, true, beg, beg, end, 0, 4, to, 0, 4); }

/** Writes down the features of a text, as many as there are: their hashes, the last bit of which says whether it is a piece of a word.
 *  @returns where they end */
export function list(beg: usize, end: usize, to: usize): usize {
  clearAll(STATE, STATE_BYTES);
  store<u32>(PREVIOUS, 0x9dc5);
  listAll(beg, end, to);
  return load<u32>(OUT);
}

const WORD: u32 = 0;
const PIECE: u32 = 1;
@inline function keep(at: usize, hash: u32, kind: u32): usize { store<u32>(at, (hash & ~1) | kind); return at + 4; }

/** Reads a text on from where its state says.
 *  @param end where the text is cut off, or behind a blank @param language the row of its language, or where features are listed */
@inline function read(both: bool, joins: bool, lists: bool, beg: usize, from: usize, end: usize, table: usize, sh: u32, language: usize, languages: usize, languagesSh: u32): void {
  const scale: u64 = <u64>1 << (36 - sh), languageScale: u64 = <u64>1 << (36 - languagesSh);
  // Behind what is read lie zeros meanwhile, so that nothing need be asked about its end at each byte.
  const behind = load<u32>(end);
  store<u32>(end, 0);
  let p = from, out = <usize>load<u32>(OUT), fl = load<i32>(COUNTED), prev = load<u32>(PREVIOUS), words = load<i32>(WORDS);
  let w0 = v128.load(SUMS), w1 = v128.load(SUMS, 16), c0 = v128.load(SUMS, 32), c1 = v128.load(SUMS, 48);
  let x0 = i16x8.splat(0), x1 = x0, y0 = x0, y1 = x0;
  let list = language;
  while (p < end) {
    let c: u32 = load<u8>(p);
    let k: u32 = load<u8>(c);
    if (k == 0 || k == 3) { p++; continue; }
    if (!lists && fl > 110) {
      addRow(out, half(w0, c0)); addRow(out + 32, half(w1, c1));
      w0 = i16x8.splat(0); w1 = w0; c0 = w0; c1 = w0;
      if (both) { addRow(language, half(x0, y0)); addRow(language + 32, half(x1, y1)); x0 = w0; x1 = w0; y0 = w0; y1 = w0; }
      addTo(FEATURES, fl); fl = 0;
    }
    let ends: bool = false;
    let h: u32 = 0x811c9dc5;
    let whole: bool = k == 1;
    let isWide: bool = false;
    if (k != 1) {
      if (k == 4) { p++; ends = c == 10 || <u32>load<u8>(p) <= 32; }
      else if (k == 2) {
        let j = p + 1;
        while (<u32>load<u8>(j) == c) j++;
        const m: u32 = j - p > 3 ? 3 : <u32>(j - p);
        const hash: u32 = ((c * M1) ^ m) * M2;
        if (lists) list = keep(list, hash, WORD);
        else { const v = rowAt(table, hash, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
        if (both) { const l = rowAt(languages, hash, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
        fl++; p = j;
        ends = c == 33 || c == 63;
      } else {
        const w = wideKind(c, <u32>load<u8>(p, 1), <u32>load<u8>(p, 2));
        whole = w == 0;
        if (w != 0) {
          const e0 = p + (c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4);
          const e = e0 > end ? end : e0;
          if (w == 3) { while (p < e) { h = (h ^ load<u8>(p)) * 0x01000193; p++; } whole = true; isWide = true; }
          else { p = e; if (w != 4) continue; ends = true; }
        }
      }
    }
    if (whole) {
      if (!isWide) {
        if (p > beg && load<u8>(p - 1) == 64) {
          const s = p;
          while (load<u8>(<usize>load<u8>(p)) == 1) p++;
          if (p == s) p++;
          prev = 0x5151;
          const hash: u32 = <u32>0x5151 * M2;
          if (lists) list = keep(list, hash, WORD);
          else { const v = rowAt(table, hash, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
          if (both) { const l = rowAt(languages, hash, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
          fl++;
          continue;
        }
        const s = p;
        let g: u32 = 60, len: i32 = 1;
        // Most words have plain letters alone.
        for (;;) {
          const x: u32 = load<u8>(<usize>load<u8>(p), PLAIN);
          if (x == 0) break;
          if (len > 60) break;
          p++;
          if ((g & 255) == x) { if (((g >> 8) & 255) == x) continue; }
          h = (h ^ x) * 0x01000193;
          g = (g << 8) | x;
          if (++len >= 4) {
            const hash: u32 = (g ^ (g >> 15)) * M1;
            if (lists) list = keep(list, hash, PIECE);
            else { const v = rowAt(table, hash, scale); c0 = i16x8.add(c0, low(v)); c1 = i16x8.add(c1, high(v)); }
            if (both) { const l = rowAt(languages, hash, languageScale); y0 = i16x8.add(y0, low(l)); y1 = i16x8.add(y1, high(l)); }
          }
        }
        c = load<u8>(p);
        if (c == 32) p++;
        else {
          k = load<u8>(c);
          while ((k & 1) != 0) {
            let x: u32 = load<u8>(c, 256);
            if (k == 1) {
              if (c >= 0x80 && c <= 0x9e && c != 0x97 && p > s && load<u8>(p - 1) == 0xc3) x = c + 0x20;
              p++;
            } else if (k == 3) { if (classAt(p + 1) != 1) break; p++; }
            else {
              const w = wideKind(c, <u32>load<u8>(p, 1), <u32>load<u8>(p, 2));
              if (w == 0) p++;
              else if (w == 1 && classAt(p + 3) == 1) { x = 39; p += 3; }
              else break;
            }
            c = load<u8>(p); k = load<u8>(c);
            if (len > 60 || (g & 0xffff) == x * 0x101) continue;
            h = (h ^ x) * 0x01000193;
            g = (g << 8) | x;
            if (++len >= 4) {
              const hash: u32 = (g ^ (g >> 15)) * M1;
              if (lists) list = keep(list, hash, PIECE);
              else { const v = rowAt(table, hash, scale); c0 = i16x8.add(c0, low(v)); c1 = i16x8.add(c1, high(v)); }
              if (both) { const l = rowAt(languages, hash, languageScale); y0 = i16x8.add(y0, low(l)); y1 = i16x8.add(y1, high(l)); }
            }
          }
          if (c == 58 && load<u8>(p, 1) == 47 && load<u8>(p, 2) == 47) {
            const n = len >= 4 ? len - 3 : 0;
            fl += n; addTo(PIECES, n);
            while (load<u8>(p) > 32) p++;
            continue;
          }
        }
        if (len >= 3) {
          g = (g << 8) | 62;
          const hash: u32 = (g ^ (g >> 15)) * M1;
          if (lists) list = keep(list, hash, PIECE);
          else { const v = rowAt(table, hash, scale); c0 = i16x8.add(c0, low(v)); c1 = i16x8.add(c1, high(v)); }
          if (both) { const l = rowAt(languages, hash, languageScale); y0 = i16x8.add(y0, low(l)); y1 = i16x8.add(y1, high(l)); }
          fl += len - 2; addTo(PIECES, len - 2);
        }
      }
      h = (h ^ (h >> 13)) * M2;
      if (lists) list = keep(list, h, WORD);
      else { const v = rowAt(table, h, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
      if (both) { const l = rowAt(languages, h, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
      const hash: u32 = ((prev * M1) ^ h) * M2;
      if (lists) list = keep(list, hash, WORD);
      else { const v = rowAt(table, hash, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
      if (both) { const l = rowAt(languages, hash, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
      fl += 2; prev = h;
      words++;
      let slot: usize = h >> SPECIAL_SHIFT;
      let entry: u32 = load<u32>(SPECIAL + (slot << 2));
      while (entry != 0 && (entry >> KIND_BITS) != (h & HASH_MASK)) { slot = (slot + 1) & (SLOTS - 1); entry = load<u32>(SPECIAL + (slot << 2)); }
      const special = entry & KIND_MASK;
      if (special == 1) store<i32>(DENIED_TO, words + 3);
      else if (words <= load<i32>(DENIED_TO)) {
        const hash: u32 = (h ^ DENIED) * M1;
        if (lists) list = keep(list, hash, WORD);
        else { const v = rowAt(table, hash, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
        if (both) { const l = rowAt(languages, hash, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
        fl++;
      }
      if (special != 0) {
        const hash: u32 = (special ^ CONCEPT) * M2;
        if (lists) list = keep(list, hash, WORD);
        else { const v = rowAt(table, hash, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
        if (both) { const l = rowAt(languages, hash, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
        fl++;
        const near = load<u32>(NEAR), far = load<u32>(FAR);
        if (near != 0 && words - load<i32>(NEAR, 4) <= 6) {
          const hash: u32 = (((near << 8) | special) ^ CONCEPT) * M3;
          if (lists) list = keep(list, hash, WORD);
          else { const v = rowAt(table, hash, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
          if (both) { const l = rowAt(languages, hash, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
          fl++;
          if (far != 0 && words - load<i32>(FAR, 4) <= 6) {
            const hash: u32 = (((far << 8) | special) ^ CONCEPT) * M3;
            if (lists) list = keep(list, hash, WORD);
            else { const v = rowAt(table, hash, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
            if (both) { const l = rowAt(languages, hash, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
            const triple: u32 = (((far << 16) | (near << 8) | special) ^ CONCEPT) * M1;
            if (lists) list = keep(list, triple, WORD);
            else { const v = rowAt(table, triple, scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v)); }
            if (both) { const l = rowAt(languages, triple, languageScale); x0 = i16x8.add(x0, low(l)); x1 = i16x8.add(x1, high(l)); }
            fl += 2;
          }
        }
        store<u64>(FAR, load<u64>(NEAR)); store<u32>(NEAR, special); store<i32>(NEAR, words, 4);
        ends = special == 2;
      }
    }
    if (ends) {
      store<i32>(DENIED_TO, 0); store<u32>(NEAR, 0);
      if (!lists && words - load<i32>(PART_FROM) >= 3 && load<i32>(PARTS) < PARTS_MAX - 1) {
        addRow(out, half(w0, c0)); addRow(out + 32, half(w1, c1));
        w0 = i16x8.splat(0); w1 = w0; c0 = w0; c1 = w0;
        store<i32>(PART_FROM, words); addTo(PARTS, 1);
        addTo(FEATURES, fl); fl = 0;
        if (both) {
          addRow(language, half(x0, y0)); addRow(language + 32, half(x1, y1));
          x0 = w0; x1 = w0; y0 = w0; y1 = w0;
          addTo(LANGUAGE_FEATURES, load<i32>(FEATURES)); addTo(LANGUAGE_PIECES, load<i32>(PIECES));
        }
        if (!joins) { storeCounts(out, 0); store<u64>(FEATURES, 0); out += ROW; clear(out); }
      }
    }
  }
  if (lists) out = list;
  store<u32>(OUT, <u32>out); store<i32>(COUNTED, fl); store<u32>(PREVIOUS, prev); store<i32>(WORDS, words);
  v128.store(SUMS, w0); v128.store(SUMS, w1, 16); v128.store(SUMS, c0, 32); v128.store(SUMS, c1, 48);
  if (both) { v128.store(LANGUAGE_SUMS, x0); v128.store(LANGUAGE_SUMS, x1, 16); v128.store(LANGUAGE_SUMS, y0, 32); v128.store(LANGUAGE_SUMS, y1, 48); }
  store<u32>(end, behind);
}

@inline function lengthOf(words: f64, pieces: f64): f64 { return 1 / sqrt<f64>(words + 0.25 * pieces); }

/** Makes logits of the rows of one text, `parts` of them from `row` on. */
export function logits(row: usize, parts: i32): void {
  let words: f64 = 0, pieces: f64 = 0;
  for (let at: usize = 0; at < LANES_BYTES; at += 16) v128.store(WHOLE + at, f64x2.splat(0));
  let byPart = BY_PART;
  for (let part = 0; part < parts; part++) {
    const partWords = <f64>load<i32>(row, 64), partPieces = <f64>load<i32>(row, 68);
    const length = f64x2.splat(lengthOf(partWords, partPieces));
    for (let at: usize = 0; at < LANES_BYTES; at += 16) {
      const sum = f64x2.mul(f64x2.convert_low_i32x4_s(v128.load64_zero(row + (at >> 1))), v128.load(SCALE + at));
      const logit = f64x2.add(f64x2.mul(sum, length), v128.load(BIAS + at));
      v128.store(WHOLE + at, f64x2.add(v128.load(WHOLE + at), sum));
      v128.store(byPart + at, logit);
      v128.store(MOST + at, part == 0 ? logit : f64x2.pmax(v128.load(MOST + at), logit));
    }
    words += partWords; pieces += partPieces;
    row += ROW; byPart += LANES_BYTES;
  }
  const length = f64x2.splat(parts == 0 ? 0 : lengthOf(words, pieces));
  for (let at: usize = 0; at < LANES_BYTES; at += 16) {
    const logit = f64x2.add(f64x2.mul(v128.load(WHOLE + at), length), v128.load(BIAS + at));
    v128.store(WHOLE + at, logit);
    if (parts == 0) v128.store(MOST + at, logit);
  }
}
