// How good guesses are: per class, as a table of confusions, and whether probabilities are what they say.
import { randomNumbers } from "./linear.ts";

export type Outcome = { truth: string; guess: string };
export type ClassFigures = { name: string; precision: number; recall: number; f1: number; count: number };

export const figuresOf = (outcomes: readonly Outcome[], names: readonly string[]): ClassFigures[] =>
  names.map((name) => {
    const said = outcomes.filter(({ guess }) => guess === name).length;
    const count = outcomes.filter(({ truth }) => truth === name).length;
    const hits = outcomes.filter(({ truth, guess }) => truth === name && guess === name).length;
    return { name, precision: said === 0 ? 0 : hits / said, recall: count === 0 ? 0 : hits / count, f1: said + count === 0 ? 0 : (2 * hits) / (said + count), count };
  });

export const macroF1 = (outcomes: readonly Outcome[], names: readonly string[]): number => figuresOf(outcomes, names).reduce((sum, { f1 }) => sum + f1, 0) / names.length;

export const accuracy = (outcomes: readonly Outcome[]): number => outcomes.filter(({ truth, guess }) => truth === guess).length / outcomes.length;

/** Mean distance between what was promised and what came true, over ten bins of probability (expected calibration error). */
export const calibrationError = (guesses: readonly { probability: number; isTrue: boolean }[]): number => {
  const bins = Array.from({ length: 10 }, () => ({ said: 0, came: 0 }));
  for (const { probability, isTrue } of guesses) {
    const bin = bins[Math.min(9, Math.floor(probability * 10))];
    if (bin === undefined) continue;
    bin.said += probability;
    bin.came += isTrue ? 1 : 0;
  }
  return bins.reduce((sum, { said, came }) => sum + Math.abs(said - came), 0) / guesses.length;
};

/** A 95 % interval by drawing the rows anew, the same draws every time. */
export const bootstrap = <Row>(rows: readonly Row[], figure: (rows: readonly Row[]) => number, draws = 200): [low: number, high: number] => {
  const random = randomNumbers(7);
  const values = Array.from({ length: draws }, () => figure(Array.from(rows, () => rows[Math.floor(random() * rows.length)]).filter((row) => row !== undefined)));
  values.sort((one, other) => one - other);
  return [values[Math.floor(draws * 0.025)] ?? 0, values[Math.ceil(draws * 0.975) - 1] ?? 0];
};

const shown = (value: number): string => value.toFixed(3);

export const figureLines = (figures: readonly ClassFigures[]): string[] => [
  "| class | precision | recall | F1 | rows |",
  "|---|---|---|---|---|",
  ...figures.map(({ name, precision, recall, f1, count }) => `| ${name} | ${shown(precision)} | ${shown(recall)} | ${shown(f1)} | ${count} |`),
];

export const confusionLines = (outcomes: readonly Outcome[], names: readonly string[]): string[] => [
  `| truth \\ read as | ${names.join(" | ")} |`,
  `|---|${names.map(() => "---|").join("")}`,
  ...names.map((truth) => `| ${truth} | ${names.map((guess) => outcomes.filter((outcome) => outcome.truth === truth && outcome.guess === guess).length).join(" | ")} |`),
];
