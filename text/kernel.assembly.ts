// The reader's inner loop: UTF-8 bytes to the sums of 16 int8 weights per part of each text, in one pass with SIMD. The same as
// features.ts does in plain TypeScript; features.test.ts holds the two together. AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/kernel.assembly.ts -o text/kernel.wasm -O3 --noAssert --runtime stub \
//        --enable simd --use abort= --initialMemory 1
// Memory: 0 class of a byte, 256 its small letter, 512 kind of a special word, 8704 hash of a special word, then what the caller lays out.

const KIND: usize = 512;
const HASH: usize = 8704;
const SPECIAL_SHIFT: u32 = 19;
const SLOTS: usize = 8192;
const ROW: usize = 80;
const PARTS_MAX: i32 = 48;
const M1: u32 = 0x9e3779b1;
const M2: u32 = 0x85ebca6b;
const M3: u32 = 0xc2b2ae35;
const DENIED: u32 = 0x7feb352d;
const CONCEPT: u32 = 0x27d4eb2f;


@inline function classOf(p: usize, end: usize): u32 { return p < end ? load<u8>(<usize>load<u8>(p)) : 0; }
@inline function byteAt(p: usize, end: usize): u32 { return p < end ? load<u8>(p) : 0; }

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

@inline function gather(T: usize, row: u32): v128 { return v128.load(T + (<usize>row << 4)); }
@inline function half(a: v128, c: v128): v128 { return i16x8.add(a, i16x8.shr_s(c, 1)); }

/** Reads texts txt[off[d]..off[d + 1]), at most `limit` bytes of each, with the table of 1 << (32 - sh) rows at T.
 *  Writes one row of 20 int32 per part to out (16 sums, then how many words and pieces) and the number of parts to parts[d].
 *  @returns how many rows were written */
export function score(txt: usize, off: usize, nd: i32, T: usize, sh: u32, limit: u32, out: usize, parts: usize): i32 {
  const first = out;
  for (let d = 0; d < nd; d++) {
    const beg: usize = txt + load<u32>(off + (<usize>d << 2));
    let end: usize = txt + load<u32>(off + (<usize>(d + 1) << 2));
    if (end - beg > <usize>limit) end = beg + <usize>limit;
    let p: usize = beg, nw: i32 = 0, nc: i32 = 0, fl: i32 = 0, prev: u32 = 0x9dc5, denied: i32 = 0, inPart: i32 = 0, np: i32 = 0, words: i32 = 0;
    let near: u32 = 0, nearAt: i32 = 0, far: u32 = 0, farAt: i32 = 0;
    let w0 = i16x8.splat(0), w1 = w0, c0 = w0, c1 = w0;
    clear(out);
    while (p < end) {
      if (fl > 110) {
        const f0 = half(w0, c0), f1 = half(w1, c1);
        addRow(out, f0); addRow(out + 32, f1);
        w0 = i16x8.splat(0); w1 = w0; c0 = w0; c1 = w0; fl = 0;
      }
      let c: u32 = load<u8>(p);
      let k: u32 = load<u8>(c);
      let ends: bool = false;
      let h: u32 = 0x811c9dc5;
      if (k == 0 || k == 3) { p++; continue; }
      if (k == 4) { p++; if (c == 10 || byteAt(p, end) <= 32) ends = true; }
      else if (k == 2) {
        let j = p + 1;
        while (j < end && <u32>load<u8>(j) == c) j++;
        const m: u32 = j - p > 3 ? 3 : <u32>(j - p);
        const v = gather(T, (((c * M1) ^ m) * M2) >> sh);
        w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
        fl++; nw++; p = j;
        ends = c == 33 || c == 63;
      } else {
        let whole: bool = false;
        if (k == 5) {
          const w = wideKind(c, byteAt(p + 1, end), byteAt(p + 2, end));
          if (w != 0) {
            const e0 = p + (c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4);
            const e = e0 > end ? end : e0;
            if (w == 3) { while (p < e) { h = (h ^ load<u8>(p)) * 0x01000193; p++; } whole = true; }
            else { p = e; if (w != 4) continue; ends = true; }
          }
        }
        if (!whole && !ends) {
          if (p > beg && load<u8>(p - 1) == 64) {
            const s = p;
            while (p < end && load<u8>(<usize>load<u8>(p)) == 1) p++;
            if (p == s) p++;
            prev = 0x5151;
            const v = gather(T, (<u32>0x5151 * M2) >> sh);
            w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
            fl++; nw++;
            continue;
          }
          let g: u32 = 60, len: i32 = 1, last: u32 = 0xffff, rep: i32 = 0, raw: u32 = 0;
          while (p < end) {
            c = load<u8>(p); k = load<u8>(c);
            let x: u32 = load<u8>(c, 256);
            if (k == 1) { if (raw == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97) x = c + 0x20; raw = c; p++; }
            else if (k == 3) { if (classOf(p + 1, end) != 1) break; raw = c; p++; }
            else if (k == 5) {
              const w = wideKind(c, byteAt(p + 1, end), byteAt(p + 2, end));
              if (w == 0) { raw = c; p++; }
              else if (w == 1 && classOf(p + 3, end) == 1) { x = 39; raw = c; p += 3; }
              else break;
            } else break;
            if (len > 60) continue;
            if (x == last) { rep++; if (rep >= 2) continue; } else { rep = 0; last = x; }
            h = (h ^ x) * 0x01000193;
            g = (g << 8) | x;
            len++;
            if (len >= 4) {
              const v = gather(T, ((g ^ (g >> 15)) * M1) >> sh);
              c0 = i16x8.add(c0, i16x8.extend_low_i8x16_s(v)); c1 = i16x8.add(c1, i16x8.extend_high_i8x16_s(v));
              fl++; nc++;
            }
          }
          if (byteAt(p, end) == 58 && byteAt(p + 1, end) == 47 && byteAt(p + 2, end) == 47) { while (p < end && load<u8>(p) > 32) p++; continue; }
          if (len >= 3) {
            g = (g << 8) | 62;
            const v = gather(T, ((g ^ (g >> 15)) * M1) >> sh);
            c0 = i16x8.add(c0, i16x8.extend_low_i8x16_s(v)); c1 = i16x8.add(c1, i16x8.extend_high_i8x16_s(v));
            fl++; nc++;
          }
          whole = true;
        }
        if (whole) {
          h = (h ^ (h >> 13)) * M2;
          let v = gather(T, h >> sh);
          
          w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
          v = gather(T, (((prev * M1) ^ h) * M2) >> sh);
          
          w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
          fl += 2; nw += 2; prev = h; inPart++;
          words++;
          let slot: usize = h >> SPECIAL_SHIFT;
          let special: u32 = load<u8>(KIND + slot);
          while (special != 0 && load<u32>(HASH + (slot << 2)) != h) { slot = (slot + 1) & (SLOTS - 1); special = load<u8>(KIND + slot); }
          if (special == 1) denied = 3;
          else if (denied > 0) {
            denied--;
            v = gather(T, ((h ^ DENIED) * M1) >> sh);
            
            w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
            fl++; nw++;
          }
          if (special != 0) {
            v = gather(T, ((special ^ CONCEPT) * M2) >> sh); w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
            fl++; nw++;
            if (near != 0 && words - nearAt <= 6) {
              v = gather(T, ((((near << 8) | special) ^ CONCEPT) * M3) >> sh); w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
              fl++; nw++;
              if (far != 0 && words - farAt <= 6) {
                v = gather(T, ((((far << 8) | special) ^ CONCEPT) * M3) >> sh); w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
                v = gather(T, ((((far << 16) | (near << 8) | special) ^ CONCEPT) * M1) >> sh); w0 = i16x8.add(w0, i16x8.extend_low_i8x16_s(v)); w1 = i16x8.add(w1, i16x8.extend_high_i8x16_s(v));
                fl += 2; nw += 2;
              }
            }
            far = near; farAt = nearAt; near = special; nearAt = words;
            ends = special == 2;
          }
        }
      }
      if (ends) {
        denied = 0; near = 0;
        if (inPart >= 3 && np < PARTS_MAX - 1) {
          const f0 = half(w0, c0), f1 = half(w1, c1);
          addRow(out, f0); addRow(out + 32, f1);
          store<i32>(out, nw, 64); store<i32>(out, nc, 68);
          w0 = i16x8.splat(0); w1 = w0; c0 = w0; c1 = w0;
          fl = 0; nw = 0; nc = 0; inPart = 0; np++; out += ROW;
          clear(out);
        }
      }
    }
    if (nw + nc > 0) {
      const f0 = half(w0, c0), f1 = half(w1, c1);
      addRow(out, f0); addRow(out + 32, f1);
      store<i32>(out, nw, 64); store<i32>(out, nc, 68);
      np++; out += ROW;
    }
    store<i32>(parts + (<usize>d << 2), np);
  }
  return <i32>((out - first) / ROW);
}

/** The plain hash over the same bytes that the bench compares with. */
export function hashAll(p: usize, n: i32): u32 { let h: u32 = 0x811c9dc5; const e = p + <usize>n; while (p < e) { h = (h ^ load<u8>(p)) * 0x01000193; p++; } return h; }
