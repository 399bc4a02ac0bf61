// Which cues stand in texts, in one pass over their UTF-8 bytes; cue-finder.ts lays out the memory and says what the rows mean.
// AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/cues.assembly.ts -o text/cues.wasm -O3 --noAssert --runtime stub \
//        --use abort= --initialMemory 1
// Memory: 0 where each table lies (32-bit numbers in the order below), 64 where in a row the entry of a byte lies.
// An entry is the number of the next row: 0 when nobody knows it yet, less than TELLING when no cue ends there. A row of the others begins
// with the bits of the cues that do.

const PLACE_OF: usize = 64;
const END: u8 = 0xff;

@inline function given(index: usize): u32 { return load<u32>(index << 2); }
@inline function give(index: usize, value: u32): void { store<u32>(index << 2, value); }
const TEXTS: usize = 0, OFFSETS: usize = 1, SEEN: usize = 2, START: usize = 3, ROWS: usize = 4, SHIFT: usize = 5, TELLING: usize = 6;
const REACHED: usize = 7, UNKNOWN_ROW: usize = 8, UNKNOWN_PLACE: usize = 9;

/** @param first the first text to be read, @param texts how many there are, @param goesOn whether the first was begun: it goes on where it stopped
 *  @returns the text in which a row says nothing about a byte, else `texts` */
export function find(first: i32, texts: i32, goesOn: i32): i32 {
  const bytes: usize = given(TEXTS), offsets: usize = given(OFFSETS), rows: usize = given(ROWS), shift: usize = given(SHIFT), telling = given(TELLING);
  for (let text = first; text < texts; text++) {
    const at = offsets + (<usize>text << 2);
    const out = <usize>given(SEEN) + (<usize>text << 3);
    const end = bytes + load<u32>(at, 4);
    let p = bytes + load<u32>(at);
    let row: usize = given(START);
    let seen: u64 = 0;
    if (goesOn != 0) { p = given(REACHED); row = given(UNKNOWN_ROW); seen = load<u64>(out); goesOn = 0; }
    // Behind the text lies its end while it is read: no character of UTF-8 has such a byte.
    const behind = load<u8>(end);
    store<u8>(end, END);
    while (p <= end) {
      const place = <usize>load<u8>(<usize>load<u8>(p), PLACE_OF);
      const entry: u32 = load<u16>(row + place);
      if (entry - 1 >= telling - 1) {
        if (entry == 0) {
          store<u8>(end, behind);
          store<u64>(out, seen);
          give(REACHED, <u32>p); give(UNKNOWN_ROW, <u32>row); give(UNKNOWN_PLACE, <u32>place);
          return text;
        }
        seen |= load<u64>(rows + (<usize>entry << shift));
      }
      row = rows + (<usize>entry << shift);
      p++;
    }
    store<u8>(end, behind);
    store<u64>(out, seen);
  }
  return texts;
}
