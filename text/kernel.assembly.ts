// The reader's inner loop: UTF-8 bytes to the sums of 16 int8 weights per part of each text, in one pass with SIMD. The same as
// features.ts does in plain TypeScript; features.test.ts holds the two together. AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/kernel.assembly.ts -o text/kernel.wasm -O3 --noAssert --runtime stub \
//        --enable simd --use abort= --initialMemory 1
// Memory: 0 class of a byte, 256 its small letter, 512 special words, 33280 small letter of a plain byte (else 0), 33536 what is counted of the
// text, 33792 logits of one text (16 of the whole, the 16 highest of any part, 16 of each part, 64 bits each), 40192 the scale of each lane and
// its bias, 40448 what the caller lays out.
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
const LANES_BYTES: usize = 128;
const PIECES: usize = 33568;
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
 *  Writes one row of 20 int32 per part to out (16 sums, then how many words and pieces) and the number of parts to parts[d]; when `joins`
 *  is 1, one row for all parts together.
 *  @returns how many rows were written */
export function score(txt: usize, off: usize, nd: i32, T: usize, sh: u32, limit: u32, out: usize, parts: usize, joins: i32): i32 {
  const first = out;
  const scale: u64 = <u64>1 << (36 - sh);
  for (let d = 0; d < nd; d++) {
    const beg: usize = txt + load<u32>(off + (<usize>d << 2));
    let end: usize = txt + load<u32>(off + (<usize>(d + 1) << 2));
    if (end - beg > <usize>limit) end = beg + <usize>limit;
    // Behind the text lie zeros while it is read, so that nothing need be asked about its end at each byte.
    const behind = load<u32>(end);
    store<u32>(end, 0);
    store<u64>(FEATURES, 0);
    let p: usize = beg, fl: i32 = 0, prev: u32 = 0x9dc5, words: i32 = 0;
    store<u64>(DENIED_TO, 0); store<i32>(PARTS, 0);
    store<u64>(NEAR, 0); store<u64>(FAR, 0);
    let w0 = i16x8.splat(0), w1 = w0, c0 = w0, c1 = w0;
    clear(out);
    while (p < end) {
      let c: u32 = load<u8>(p);
      let k: u32 = load<u8>(c);
      if (k == 0 || k == 3) { p++; continue; }
      if (fl > 110) {
        addRow(out, half(w0, c0)); addRow(out + 32, half(w1, c1));
        w0 = i16x8.splat(0); w1 = w0; c0 = w0; c1 = w0; addTo(FEATURES, fl); fl = 0;
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
          const v = rowAt(T, ((c * M1) ^ m) * M2, scale);
          w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
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
            const v = rowAt(T, (<u32>0x5151 * M2), scale);
            w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
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
              const v = rowAt(T, (g ^ (g >> 15)) * M1, scale);
              c0 = i16x8.add(c0, low(v)); c1 = i16x8.add(c1, high(v));
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
                const v = rowAt(T, (g ^ (g >> 15)) * M1, scale);
                c0 = i16x8.add(c0, low(v)); c1 = i16x8.add(c1, high(v));
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
            const v = rowAt(T, (g ^ (g >> 15)) * M1, scale);
            c0 = i16x8.add(c0, low(v)); c1 = i16x8.add(c1, high(v));
            fl += len - 2; addTo(PIECES, len - 2);
          }
        }
        h = (h ^ (h >> 13)) * M2;
        let v = rowAt(T, h, scale);
        w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
        v = rowAt(T, (((prev * M1) ^ h) * M2), scale);
        w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
        fl += 2; prev = h;
        words++;
        let slot: usize = h >> SPECIAL_SHIFT;
        let entry: u32 = load<u32>(SPECIAL + (slot << 2));
        while (entry != 0 && (entry >> KIND_BITS) != (h & HASH_MASK)) { slot = (slot + 1) & (SLOTS - 1); entry = load<u32>(SPECIAL + (slot << 2)); }
        const special = entry & KIND_MASK;
        if (special == 1) store<i32>(DENIED_TO, words + 3);
        else if (words <= load<i32>(DENIED_TO)) {
          v = rowAt(T, ((h ^ DENIED) * M1), scale);
          w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
          fl++;
        }
        if (special != 0) {
          v = rowAt(T, ((special ^ CONCEPT) * M2), scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
          fl++;
          const near = load<u32>(NEAR), far = load<u32>(FAR);
          if (near != 0 && words - load<i32>(NEAR, 4) <= 6) {
            v = rowAt(T, ((((near << 8) | special) ^ CONCEPT) * M3), scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
            fl++;
            if (far != 0 && words - load<i32>(FAR, 4) <= 6) {
              v = rowAt(T, ((((far << 8) | special) ^ CONCEPT) * M3), scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
              v = rowAt(T, ((((far << 16) | (near << 8) | special) ^ CONCEPT) * M1), scale); w0 = i16x8.add(w0, low(v)); w1 = i16x8.add(w1, high(v));
              fl += 2;
            }
          }
          store<u64>(FAR, load<u64>(NEAR)); store<u32>(NEAR, special); store<i32>(NEAR, words, 4);
          ends = special == 2;
        }
      }
      if (ends) {
        store<i32>(DENIED_TO, 0); store<u32>(NEAR, 0);
        if (words - load<i32>(PART_FROM) >= 3 && load<i32>(PARTS) < PARTS_MAX - 1) {
          addRow(out, half(w0, c0)); addRow(out + 32, half(w1, c1));
          w0 = i16x8.splat(0); w1 = w0; c0 = w0; c1 = w0;
          store<i32>(PART_FROM, words); addTo(PARTS, 1);
          if (joins != 0) addTo(FEATURES, fl);
          else { storeCounts(out, fl); store<u64>(FEATURES, 0); out += ROW; clear(out); }
          fl = 0;
        }
      }
    }
    if (load<i32>(FEATURES) + fl != 0) {
      addRow(out, half(w0, c0)); addRow(out + 32, half(w1, c1));
      storeCounts(out, fl);
      addTo(PARTS, 1); out += ROW;
    }
    store<u32>(end, behind);
    store<i32>(parts + (<usize>d << 2), joins == 0 || load<i32>(PARTS) == 0 ? load<i32>(PARTS) : 1);
  }
  return <i32>((out - first) / ROW);
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

/** The plain hash over the same bytes that the bench compares with. */
export function hashAll(p: usize, n: i32): u32 { let h: u32 = 0x811c9dc5; const e = p + <usize>n; while (p < e) { h = (h ^ load<u8>(p)) * 0x01000193; p++; } return h; }
