// From counts of boxes to what a question's card says. The base of every share is the people who answered; passed over and left are no answers.
import { evidenceOf } from "../../customers/scores/evidence.rules.ts";
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import { boxesOf } from "../../customers/scores/scales.rules.ts";
import { estimateWeighted, type Moments } from "../../customers/scores/weighting.rules.ts";
import type { AskedQuestion, Labelled } from "./asked-questions.rules.ts";
import type { BoxKind } from "./marks.contract.ts";
import { intervalOfMean, reportScore, scaleOfBoxes, tallyOf } from "./report-scores.rules.ts";
import type { QuestionReport, ReportBox, ReportNumbers, ReportOption } from "./reports.contract.ts";

export type CountedBox = {
  kind: BoxKind; part: string; choice: string; number: number | null;
  count: number; total: number; squares: number;
  weights: number; squaredWeights: number; weightedTotal: number; squaredWeightsTotal: number; squaredWeightedTotal: number;
};
export type Spread = { min: number; max: number; median: number; histogram: { from: number; to: number; count: number }[] };

/** The report of one question.
 *  @param boxes its boxes, in any order
 *  @param spread of a question that takes numbers of any size */
export function reportQuestion(question: AskedQuestion, boxes: readonly CountedBox[], given: { isWeighted: boolean; spread: Spread | null }): QuestionReport {
  const of = (kind: BoxKind, part?: string): CountedBox[] => boxes.filter((box) => box.kind === kind && (part === undefined || box.part === part));
  const scores = of("score");
  const base = baseOf(question, boxes);
  const count = base.reduce((sum, box) => sum + box.count, 0);
  const weight = base.reduce((sum, box) => sum + box.weights, 0);
  const [skipped, left] = [countOf(of("skipped")), countOf(of("left"))];
  const share = sharing({ count, weight, isWeighted: given.isWeighted });
  const scale = scaleOfBoxes(scores);
  return {
    id: question.id, type: question.type, title: question.title,
    count, shown: count + skipped + left, skipped, left, evidence: evidenceOf(count),
    score: scale === null || !isScored(question.type) ? null : reportScore(question.type, scale, tallyOf(scores, scale), given.isWeighted),
    boxes: scale !== null
      ? boxesOf(scale).map((value) => share({ key: String(value), label: String(value) }, scores.filter((box) => box.number === value && box.part === `${scale.min}-${scale.max}`)))
      : question.type === "matrix" ? [] : labelsOf(question.options, of("choice")).map((option) => share(option, of("choice").filter((box) => box.choice === option.key))),
    rows: question.type === "matrix" ? labelsOfRows(question.rows, of("choice")).map((row) => reportRow(row, question.options, of("choice", row.key), of("answered", row.key), given.isWeighted)) : [],
    options: [
      ...(question.type === "ranking" ? question.options.map((option) => reportRank(option, of("rank").filter((box) => box.choice === option.key), count, given.isWeighted)) : []),
      ...(question.type === "constant_sum" ? question.options.map((option) => reportAmount(option, of("amount").filter((box) => box.choice === option.key), { count, weight, squared: base.reduce((sum, box) => sum + box.squaredWeights, 0), isWeighted: given.isWeighted })) : []),
    ],
    numbers: isNumeric(question.type) ? reportNumbers(of("amount"), given) : null,
    hasComments: question.hasWords,
  };
}

function isScored(type: AskedQuestion["type"]): type is "nps" | "csat" | "ces" | "rating" {
  return type === "nps" || type === "csat" || type === "ces" || type === "rating";
}

export function isNumeric(type: AskedQuestion["type"]): boolean {
  return type === "slider" || type === "number" || type === "date";
}

// Where several marks can follow one answer, one more says that it was given; else every mark is an answer.
function baseOf(question: AskedQuestion, boxes: readonly CountedBox[]): readonly CountedBox[] {
  if (isScored(question.type)) {
    const scale = scaleOfBoxes(boxes.filter(({ kind }) => kind === "score"));
    return boxes.filter(({ kind, part }) => kind === "score" && part === (scale === null ? "" : `${scale.min}-${scale.max}`));
  }
  if (isNumeric(question.type)) return boxes.filter(({ kind }) => kind === "amount");
  if (question.type === "single" || question.type === "dropdown" || question.type === "consent") return boxes.filter(({ kind }) => kind === "choice");
  return boxes.filter(({ kind, part }) => kind === "answered" && part === "");
}

const countOf = (boxes: readonly CountedBox[]): number => boxes.reduce((sum, box) => sum + box.count, 0);

const sharing = (base: { count: number; weight: number; isWeighted: boolean }) => (option: Labelled, boxes: readonly CountedBox[]): ReportBox => {
  const count = countOf(boxes);
  const interval = wilsonInterval(count, base.count);
  const weights = boxes.reduce((sum, box) => sum + box.weights, 0);
  return {
    ...option, count, share: base.count === 0 ? 0 : count / base.count, low: interval?.low ?? null, high: interval?.high ?? null,
    weightedShare: base.isWeighted && base.weight > 0 ? weights / base.weight : null,
  };
};

// An option of a deleted version of an import may be known by its id alone.
function labelsOf(options: readonly Labelled[], boxes: readonly CountedBox[]): Labelled[] {
  const known = new Set(options.map(({ key }) => key));
  return [...options, ...[...new Set(boxes.map(({ choice }) => choice))].filter((key) => !known.has(key)).map((key) => ({ key, label: key }))];
}

function labelsOfRows(rows: readonly Labelled[], boxes: readonly CountedBox[]): Labelled[] {
  return labelsOf(rows, boxes.map((box) => ({ ...box, choice: box.part })));
}

function reportRow(row: Labelled, columns: readonly Labelled[], boxes: readonly CountedBox[], answered: readonly CountedBox[], isWeighted: boolean): QuestionReport["rows"][number] {
  const base = { count: countOf(answered), weight: answered.reduce((sum, box) => sum + box.weights, 0), isWeighted };
  return { ...row, count: base.count, boxes: labelsOf(columns, boxes).map((column) => sharing(base)(column, boxes.filter(({ choice }) => choice === column.key))) };
}

/** Mean rank among those who ranked the option. */
function reportRank(option: Labelled, boxes: readonly CountedBox[], answered: number, isWeighted: boolean): ReportOption {
  const moments = (weigh: (box: CountedBox) => { weight: number; squared: number }): Moments => boxes.reduce((sum, box) => {
    const { weight, squared } = weigh(box);
    const rank = box.number ?? 0;
    return {
      count: sum.count + box.count, weights: sum.weights + weight, squaredWeights: sum.squaredWeights + squared, weightedScores: sum.weightedScores + weight * rank,
      squaredWeightsScores: sum.squaredWeightsScores + squared * rank, squaredWeightedScores: sum.squaredWeightedScores + squared * rank * rank,
    };
  }, { count: 0, weights: 0, squaredWeights: 0, weightedScores: 0, squaredWeightsScores: 0, squaredWeightedScores: 0 });
  const plain = estimateWeighted(moments((box) => ({ weight: box.count, squared: box.count })));
  const weighted = isWeighted ? estimateWeighted(moments((box) => ({ weight: box.weights, squared: box.squaredWeights }))) : null;
  return {
    ...option, count: countOf(boxes), mean: plain?.mean ?? null, ...(plain === null ? { low: null, high: null } : intervalOfMean(plain, null)), weightedMean: weighted?.mean ?? null,
    firstShare: answered === 0 ? null : countOf(boxes.filter(({ number }) => number === 1)) / answered,
  };
}

// An option without an amount was given nothing, so everybody who answered is in its base.
function reportAmount(option: Labelled, boxes: readonly CountedBox[], base: { count: number; weight: number; squared: number; isWeighted: boolean }): ReportOption {
  const [total, squares] = [boxes.reduce((sum, box) => sum + box.total, 0), boxes.reduce((sum, box) => sum + box.squares, 0)];
  const plain = estimateWeighted({ count: base.count, weights: base.count, squaredWeights: base.count, weightedScores: total, squaredWeightsScores: total, squaredWeightedScores: squares });
  const weighted = base.isWeighted && base.weight > 0 ? boxes.reduce((sum, box) => sum + box.weightedTotal, 0) / base.weight : null;
  return { ...option, count: countOf(boxes), mean: plain?.mean ?? null, ...(plain === null ? { low: null, high: null } : intervalOfMean(plain, null)), weightedMean: weighted, firstShare: null };
}

function reportNumbers(boxes: readonly CountedBox[], given: { isWeighted: boolean; spread: Spread | null }): ReportNumbers {
  const add = (read: (box: CountedBox) => number): number => boxes.reduce((sum, box) => sum + read(box), 0);
  const count = countOf(boxes);
  const [total, squares] = [add((box) => box.total), add((box) => box.squares)];
  const plain = estimateWeighted({ count, weights: count, squaredWeights: count, weightedScores: total, squaredWeightsScores: total, squaredWeightedScores: squares });
  const weight = add((box) => box.weights);
  return {
    mean: plain?.mean ?? null, ...(plain === null ? { low: null, high: null } : intervalOfMean(plain, null)),
    weightedMean: given.isWeighted && weight > 0 ? add((box) => box.weightedTotal) / weight : null,
    median: given.spread?.median ?? null, min: given.spread?.min ?? null, max: given.spread?.max ?? null, histogram: given.spread?.histogram ?? [],
  };
}

const BINS = 10;

/** Round bins over a range: widths of 1, 2 or 5 times a power of ten, five to a dozen of them. */
export function binsOf({ min, max }: { min: number; max: number }): { start: number; width: number; last: number } {
  const raw = (max - min) / BINS || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const width = ([1, 2, 5, 10].find((step) => step * power >= raw * 0.999) ?? 10) * power;
  const start = Math.floor(min / width + 1e-9) * width;
  return { start, width, last: Math.max(0, Math.ceil((max - start) / width - 1e-9) - 1) };
}

/** Bins with how many answers fall in each, the empty ones too. */
export function histogramOf(bins: { start: number; width: number; last: number }, counted: readonly { bin: number; count: number }[]): Spread["histogram"] {
  const counts = new Map(counted.map(({ bin, count }) => [bin, count]));
  return Array.from({ length: bins.last + 1 }, (_, index) => ({ from: bins.start + index * bins.width, to: bins.start + (index + 1) * bins.width, count: counts.get(index) ?? 0 }));
}

/** Least, greatest and middle value and the histogram, from how often each value was given.
 *  @param values at least one, rising */
export function spreadOf(values: readonly { value: number; count: number }[]): Spread {
  const [min, max] = [values[0]?.value ?? 0, values.at(-1)?.value ?? 0];
  const total = values.reduce((sum, { count }) => sum + count, 0);
  const bins = binsOf({ min, max });
  const counted = values.map(({ value, count }) => ({ bin: Math.min(bins.last, Math.floor((value - bins.start) / bins.width + 1e-9)), count }));
  const joined = [...Map.groupBy(counted, ({ bin }) => bin)].map(([bin, own]) => ({ bin, count: own.reduce((sum, { count }) => sum + count, 0) }));
  return { min, max, median: (valueAt(values, (total - 1) / 2) + valueAt(values, total / 2)) / 2, histogram: histogramOf(bins, joined) };
}

// The value in a place of the ordered answers, counted from 0; a half place is rounded down and, as total / 2, up by the second call.
function valueAt(values: readonly { value: number; count: number }[], place: number): number {
  let reached = 0;
  for (const { value, count } of values) {
    reached += count;
    if (Math.floor(place) < reached) return value;
  }
  return values.at(-1)?.value ?? 0;
}
