// The inner loops of learning: asking all questions of one lane, what the features of a comment add up to in it, and a step away from a fault.
// teaching-lanes.ts lays out the memory. AssemblyScript, not TypeScript: not type-checked here.
// Build: npm exec --package=assemblyscript@0.28.20 -- asc text/teaching.assembly.ts -o text/teaching.wasm -O3 --noAssert --runtime stub \
//        --enable simd --use abort= --initialMemory 1
// A feature has 32 bits: in the low 18 its row, above its weight in halves. A row of a lane has two floats: the difference that is learnt and the
// sum of the squares of all steps. Features come by fours, none twice in a comment: so four can be moved at once.
// A lane has the bias that is learnt and the sum of the squares of its steps, 64 bits each. A question has, in 64 bytes, where the features of its
// comment begin and end and the epoch until which it rests, 32 bits each, and from 16 on in 64 bits each what the sum of the features is multiplied
// by, base, gain, target and weight.
// What is known of rows: how many are used (32 bits), at 8 the square of the length of the features that were gathered last (64 bits), and from 16
// on of each row its number, counted from 1 in the order in which rows were met, so that the frequent ones lie together (32 bits), then of each its
// weight in the comment at hand, in halves (16 bits), then the rows that are used, in the order of their numbers (32 bits).

const ROWS: usize = 1 << 16;
const SHIFT: u32 = 16;
const NUMBERS: usize = 16;
const HALVES: usize = NUMBERS + ROWS * 4;
const USED: usize = HALVES + ROWS * 2;
const ROW_BITS: u32 = 18;
const HALVES_MAX: u32 = (1 << 14) - 1;

/** Writes down the features of a comment, each row once, filled up to whole fours with a row that no feature has.
 *  @param hashes their last bit is 1 for pieces of words, which weigh a half, and 0 for words
 *  @returns where they end */
export function gather(hashes: usize, count: usize, known: usize, from: usize): usize {
  let to = from, square: f64 = 1e-9;
  for (let at: usize = 0; at < count; at++) {
    const feature = load<u32>(hashes + (at << 2)), row = <usize>(feature >> SHIFT), halvesAt = known + HALVES + (row << 1);
    const more = 2 - (feature & 1), before = <u32>load<u16>(halvesAt);
    store<u32>(to, <u32>row);
    to += before == 0 ? 4 : 0;
    store<u16>(halvesAt, min(HALVES_MAX, before + more));
    square += <f64>(more * more) / 4;
  }
  for (let at = from; at < to; at += 4) {
    const row = load<u32>(at), halvesAt = known + HALVES + (<usize>row << 1);
    store<u32>(at, numberOf(row, known) | (<u32>load<u16>(halvesAt) << ROW_BITS));
    store<u16>(halvesAt, 0);
  }
  for (; ((to - from) & 15) != 0; to += 4) store<u32>(to, <u32>ROWS);
  store<f64>(known, square, 8);
  return to;
}

function numberOf(row: u32, known: usize): u32 {
  const numberAt = known + NUMBERS + (<usize>row << 2), number = load<u32>(numberAt);
  if (number != 0) return number - 1;
  const used = load<u32>(known);
  store<u32>(known + USED + (<usize>used << 2), row);
  store<u32>(numberAt, used + 1);
  store<u32>(known, used + 1);
  return used;
}

// Of JavaScript: the same answers as everywhere else.
@external("math", "exp")
declare function exp(power: f64): f64;

const QUESTION: usize = 64;
/** How far from the answer a probability may be and still count as right. */
const FAULT_MIN: f64 = 0.1;
const REST_EPOCHS: i32 = 2;

@inline function sigmoid(logit: f64): f64 { return 1 / (1 + exp(-logit)); }
@inline function isRight(fault: f64): bool { return abs<f64>(fault) < FAULT_MIN; }
@inline function restUntil(question: usize, epoch: i32): void { store<i32>(question, epoch, 8); }

/** Questions that the model answers right already rest at first. */
export function begin(from: usize, to: usize, epoch: i32): void {
  for (let question = from; question < to; question += QUESTION)
    restUntil(question, isRight(sigmoid(load<f64>(question, 24)) - load<f64>(question, 40)) ? epoch + REST_EPOCHS : epoch);
}

/** Asks all questions once, beginning with `first`: logistic regression with AdaGrad. */
export function ask(table: usize, lane: usize, from: usize, to: usize, first: usize, epoch: i32, rate: f64): void {
  let question = first;
  do {
    if (load<i32>(question, 8) <= epoch) answer(table, lane, question, epoch, rate);
    question += QUESTION;
    if (question == to) question = from;
  } while (question != first);
}

function answer(table: usize, lane: usize, question: usize, epoch: i32, rate: f64): void {
  const from = <usize>load<u32>(question), to = <usize>load<u32>(question, 4), length = load<f64>(question, 16), gain = load<f64>(question, 32);
  const difference = <f64>sum(table, from, to) * length + load<f64>(lane);
  const fault = sigmoid(load<f64>(question, 24) + gain * difference) - load<f64>(question, 40);
  // Most of what a person says confirms what the model reads already; such questions are asked again only now and then.
  if (isRight(fault)) return restUntil(question, epoch + REST_EPOCHS);
  const slope = fault * load<f64>(question, 48) * gain;
  const square = load<f64>(lane, 8) + slope * slope;
  store<f64>(lane, square, 8);
  store<f64>(lane, load<f64>(lane) - (0.1 * rate * slope) / sqrt<f64>(square));
  move(table, from, to, <f32>(slope * length), <f32>rate);
}

@inline function rowAt(table: usize, feature: i32): usize { return table + (<usize>(feature & 0x3ffff) << 3); }
@inline function weightsOf(features: v128): v128 { return f32x4.convert_i32x4_u(i32x4.shr_u(features, 18)); }

/** @returns the sum of weight x difference, weights in halves */
function sum(table: usize, from: usize, to: usize): f32 {
  let all = f32x4.splat(0);
  for (let at = from; at < to; at += 16) {
    const features = v128.load(at);
    let differences = v128.load32_zero(rowAt(table, load<i32>(at)));
    differences = v128.load_lane<f32>(rowAt(table, load<i32>(at, 4)), differences, 1);
    differences = v128.load_lane<f32>(rowAt(table, load<i32>(at, 8)), differences, 2);
    differences = v128.load_lane<f32>(rowAt(table, load<i32>(at, 12)), differences, 3);
    all = f32x4.add(all, f32x4.mul(differences, weightsOf(features)));
  }
  return (f32x4.extract_lane(all, 0) + f32x4.extract_lane(all, 1)) + (f32x4.extract_lane(all, 2) + f32x4.extract_lane(all, 3));
}

/** AdaGrad: each difference moves against the slope, the less the more it was moved before. */
function move(table: usize, from: usize, to: usize, slope: f32, rate: f32): void {
  const slopes = f32x4.splat(slope), rates = f32x4.splat(rate);
  for (let at = from; at < to; at += 16) {
    const features = v128.load(at);
    const row0 = rowAt(table, load<i32>(at)), row1 = rowAt(table, load<i32>(at, 4)), row2 = rowAt(table, load<i32>(at, 8)), row3 = rowAt(table, load<i32>(at, 12));
    const first = v128.load_lane<u64>(row1, v128.load64_zero(row0), 1);
    const second = v128.load_lane<u64>(row3, v128.load64_zero(row2), 1);
    let differences = v128.shuffle<f32>(first, second, 0, 2, 4, 6);
    let squares = v128.shuffle<f32>(first, second, 1, 3, 5, 7);
    const parts = f32x4.mul(slopes, weightsOf(features));
    squares = f32x4.add(squares, f32x4.mul(parts, parts));
    differences = f32x4.sub(differences, f32x4.div(f32x4.mul(rates, parts), f32x4.sqrt(squares)));
    const low = v128.shuffle<f32>(differences, squares, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(differences, squares, 2, 6, 3, 7);
    v128.store_lane<u64>(row0, low, 0);
    v128.store_lane<u64>(row1, low, 1);
    v128.store_lane<u64>(row2, high, 0);
    v128.store_lane<u64>(row3, high, 1);
  }
}
