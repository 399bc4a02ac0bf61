// Which cues stand in texts, in one pass over their UTF-8 bytes; cue-finder.ts lays out the memory and says what the rows mean.
// AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/cues.assembly.ts -o text/cues.wasm -O3 --noAssert --runtime stub \
//        --use abort= --initialMemory 1
// Memory: 0 where each table lies (32-bit numbers in the order below), 64 where in a row the entry of a byte lies, 320 the texts that are read
// side by side: of each where it is and ends, its row and where its cues are written down.
// An entry is the number of the next row: 0 when nobody knows it yet, less than TELLING when no cue ends there. A row of the others begins
// with the bits of the cues that do.
// Each byte waits for the row that the one before led to; four texts side by side wait together.

const PLACE_OF: usize = 64;
const SIDES: usize = 320;
const SIDE: usize = 16;
const SIDES_END: usize = 384;
/** Behind a text lies its end: no character of UTF-8 has such a byte. */
const END: usize = 0xff;

@inline function given(index: usize): u32 { return load<u32>(index << 2); }
const TEXTS: usize = 0, OFFSETS: usize = 1, SEEN: usize = 2, START: usize = 3, ROWS: usize = 4, SHIFT: usize = 5, TELLING: usize = 6;

/** Makes known to which row the byte leads whose entry lies at the place, for the text of a side; the rows of all sides may move. */
@external("finder", "learn")
declare function learn(side: usize, place: usize): i32;

@inline function placeOf(side: usize): usize { return load<u32>(side); }
@inline function endOf(side: usize): usize { return load<u32>(side, 4); }
@inline function rowOf(side: usize): usize { return load<u32>(side, 8); }
@inline function outOf(side: usize): usize { return load<u32>(side, 12); }

/** Writes down the cues of all texts. */
export function find(texts: i32): void {
  let next: i32 = 0, isFull = true;
  for (let side = SIDES; side < SIDES_END; side += SIDE) {
    if (next < texts) begin(side, next++);
    else { store<u32>(side, 1); store<u32>(side, 0, 4); isFull = false; }
  }
  while (isFull) {
    readTogether();
    for (let side = SIDES; side < SIDES_END; side += SIDE) {
      readOne(side);
      if (placeOf(side) <= endOf(side)) continue;
      if (next < texts) begin(side, next++);
      else isFull = false;
    }
  }
  for (let side = SIDES; side < SIDES_END; side += SIDE) while (placeOf(side) <= endOf(side)) readOne(side);
}

function begin(side: usize, text: i32): void {
  const bytes = given(TEXTS), at = <usize>given(OFFSETS) + (<usize>text << 2), out = <usize>given(SEEN) + (<usize>text << 3);
  store<u64>(out, 0);
  store<u32>(side, bytes + load<u32>(at)); store<u32>(side, bytes + load<u32>(at, 4), 4); store<u32>(side, given(START), 8); store<u32>(side, <u32>out, 12);
}

/** Reads the byte at which the text of a side is, or its end. */
function readOne(side: usize): void {
  const p = placeOf(side), end = endOf(side);
  const place = <usize>load<u8>(p < end ? <usize>load<u8>(p) : END, PLACE_OF);
  if (load<u16>(rowOf(side) + place) == 0) learn(side, place);
  const entry: u32 = load<u16>(rowOf(side) + place);
  if (entry >= given(TELLING)) tell(side, entry);
  store<u32>(side, <u32>(p + 1)); store<u32>(side, given(ROWS) + (entry << given(SHIFT)), 8);
}

function tell(side: usize, entry: u32): void { const out = outOf(side); store<u64>(out, load<u64>(out) | load<u64>(<usize>given(ROWS) + (<usize>entry << given(SHIFT)))); }

@inline function entryAt(row: usize, p: usize): i32 { return load<u16>(row + <usize>load<u8>(<usize>load<u8>(p), PLACE_OF)); }

/** Reads the texts of all sides until one of them ends or comes to what nobody knows. */
function readTogether(): void {
  const a = SIDES, b = SIDES + SIDE, c = SIDES + 2 * SIDE, d = SIDES + 3 * SIDE;
  const rows: usize = given(ROWS), shift: usize = given(SHIFT), telling: i32 = given(TELLING), quiet = telling - 1;
  const pa = placeOf(a), pb = placeOf(b), pc = placeOf(c), pd = placeOf(d);
  let ra = rowOf(a), rb = rowOf(b), rc = rowOf(c), rd = rowOf(d);
  const length = min(min(endOf(a) - pa, endOf(b) - pb), min(endOf(c) - pc, endOf(d) - pd));
  let i: usize = 0;
  for (; i < length; i++) {
    const ea = entryAt(ra, pa + i), eb = entryAt(rb, pb + i), ec = entryAt(rc, pc + i), ed = entryAt(rd, pd + i);
    // One question for all: below zero where an entry is unknown or tells.
    if (((ea - 1) | (eb - 1) | (ec - 1) | (ed - 1) | (quiet - ea) | (quiet - eb) | (quiet - ec) | (quiet - ed)) < 0) {
      if (((ea - 1) | (eb - 1) | (ec - 1) | (ed - 1)) < 0) break;
      if (ea >= telling) tell(a, ea);
      if (eb >= telling) tell(b, eb);
      if (ec >= telling) tell(c, ec);
      if (ed >= telling) tell(d, ed);
    }
    ra = rows + (<usize>ea << shift); rb = rows + (<usize>eb << shift); rc = rows + (<usize>ec << shift); rd = rows + (<usize>ed << shift);
  }
  leave(a, pa + i, ra); leave(b, pb + i, rb); leave(c, pc + i, rc); leave(d, pd + i, rd);
}

@inline function leave(side: usize, p: usize, row: usize): void { store<u32>(side, <u32>p); store<u32>(side, <u32>row, 8); }
