import { boxOf, readScale, usualScales } from "@firsthand/server/customers/scores/scales.rules";
import type { MetricName } from "@firsthand/server/customers/scores/scores.contract";
import type { Measure } from "@firsthand/server/customers/scores/scores.rules";
import { addAnswer, type Box } from "@firsthand/server/customers/scores/tallies.rules";
import { CommandError, UsageError, type Command, type Given, type Output } from "./command.ts";
import { isTooWide, openDelimited, type DelimitedFile } from "./delimited-file.ts";
import { delimitedOptions, readDelimitedWishes, type DelimitedWishes } from "./delimited-options.ts";
import { readNumber } from "./numbers.ts";
import { scoreGroup, scoreTogether, writeJson, writeTable, type Group, type GroupScore } from "./score-report.ts";
import { count } from "./text-table.ts";

/** Distinct values of the --by column; each keeps a few numbers in memory. */
const groupsMax = 100_000;
const progressEveryRows = 50_000;

export const scoreCommand: Command = {
  name: "score",
  summary: "Score a column of answers in a file: NPS, CSAT or CES with its 95% interval.",
  usage: "FILE.csv --score COLUMN [options]",
  positionals: { min: 1, max: 1 },
  options: {
    score: { value: "COLUMN", help: "The column with the answers." },
    scale: { value: "nps|csat|ces", help: "What is asked: nps on 0-10 (default), csat on 1-5, ces on 1-7." },
    range: { value: "1-7", help: "Another scale for csat or ces, worst answer first: 0-10, or 5-1 where low is good." },
    weight: { value: "COLUMN", help: "The column with each answer's weight." },
    by: { value: "COLUMN", help: "Score each value of this column by itself." },
    population: { value: "COLUMN", help: "With --by: the column with the number of people in the row's group, whether they answered or not." },
    blank: { value: "VALUES", isRepeatable: true, help: "Values that mean no answer, with commas between: 11,99." },
    ...delimitedOptions,
    json: { help: "Print one JSON array instead of a table." },
  },
  notes: [
    "FILE may be packed with gzip; - reads standard input. No server or database is needed.",
    "Each entry has group (null for the whole file without --by, else a value of the column that has answers), n, score, low, high, weightedScore, weightedLow, weightedHigh (null without --weight) and designEffect. Numbers are unrounded. Groups are in order: numbers by size, then texts.",
    "nps: points, adjusted Wald interval. csat: percent in the top two boxes, Wilson interval. ces: mean, t interval. Weighted: weighted mean, t interval of its linearised standard error.",
    "--population adds an entry for all groups together (group null, at the end): its weightedScore counts each group by its people, and its interval is that of a sample drawn group by group, narrower the more of them answered.",
    "Blank answers and answers off the scale are left out and counted on stderr. An answer without a usable weight counts in the unweighted score only.",
  ],
  run: async (given, output) => {
    const request = readRequest(given);
    const file = await openDelimited(request.path, { ...request, columns: [request.score, request.weight, request.population, request.by].filter((name) => name !== null) });
    const reading = await readGroups(file, request, output);
    report(reading, request, file, output);
    const groups = [...reading.groups].toSorted(([first], [second]) => compareGroups(first, second));
    const scored = groups.map(([name, group]) => scoreGroup(request.measure, name, group, request.weight !== null));
    if (request.population !== null && groups.length > 0) scored.push(getTogether(request, groups));
    output.data(request.isJson ? writeJson(scored) : writeTable(request.measure, scored));
    return 0;
  },
};

type Request = DelimitedWishes & {
  path: string;
  score: string;
  weight: string | null;
  by: string | null;
  population: string | null;
  blanks: readonly string[];
  measure: Measure<MetricName>;
  isJson: boolean;
};

const readRequest = (given: Given): Request => {
  const score = given.option("score");
  if (score === null) throw new UsageError("--score COLUMN is missing.");
  if (given.option("population") !== null && (given.option("by") === null || given.option("weight") !== null)) throw new UsageError("--population goes with --by and without --weight: the groups are counted by their people.");
  return {
    path: given.positionals[0] ?? "",
    score,
    weight: given.option("weight"),
    by: given.option("by"),
    population: given.option("population"),
    blanks: given.options("blank").flatMap((values) => values.split(",")).map((value) => value.trim()),
    measure: readMeasure(given.option("scale") ?? "nps", given.option("range")),
    ...readDelimitedWishes(given),
    isJson: given.isSet("json"),
  };
};

const readMeasure = (metric: string, range: string | null): Measure<MetricName> => {
  if (metric !== "nps" && metric !== "csat" && metric !== "ces") throw new UsageError(`--scale is nps, csat or ces, not "${metric}".`);
  if (range === null) return { metric, scale: usualScales[metric] };
  if (metric === "nps") throw new UsageError("The net promoter score is defined on 0-10 alone: leave --range out.");
  const scale = readScale(range);
  const span = scale === null ? 0 : Math.abs(scale.max - scale.min);
  if (scale === null || span < 1 || span > 100) throw new UsageError(`--range is two different whole numbers at most 100 apart, such as 1-7, not "${range}".`);
  return { metric, scale };
};

type Reading = {
  groups: Map<string | null, Group>;
  rows: number;
  scored: number;
  blank: number;
  offScale: number;
  notNumbers: number;
  broken: number;
  unweighted: number;
};

const readGroups = async (file: DelimitedFile, request: Request, output: Output): Promise<Reading> => {
  const reading: Reading = { groups: new Map(), rows: 0, scored: 0, blank: 0, offScale: 0, notNumbers: 0, broken: 0, unweighted: 0 };
  // Without --by the whole is one group, also when no row holds an answer.
  if (request.by === null) reading.groups.set(null, emptyGroup());
  let nextProgress = progressEveryRows;
  for await (const rows of file.rows) {
    for (const { cells, problem } of rows) {
      reading.rows += 1;
      if (problem !== undefined || isTooWide(cells, file.header)) reading.broken += 1;
      else takeRow(reading, request, file, cells);
    }
    if (reading.rows < nextProgress) continue;
    nextProgress = reading.rows + progressEveryRows;
    output.progress(`${count(reading.rows)} rows read, ${count(reading.scored)} scored`);
  }
  return reading;
};

const takeRow = (reading: Reading, request: Request, file: DelimitedFile, cells: readonly string[]): void => {
  const [scoreAt = -1, ...others] = file.places;
  const weightAt = request.weight === null ? -1 : (others[0] ?? -1);
  const byAt = request.by === null ? -1 : (others.at(-1) ?? -1);
  const { scale } = request.measure;
  const text = (cells[scoreAt] ?? "").trim();
  const value = readNumber(text, file.settings.delimiter);
  if (isBlank(text, value, request.blanks)) reading.blank += 1;
  else if (value === null) reading.notNumbers += 1;
  else if (boxOf(scale, value) === null) reading.offScale += 1;
  else {
    const group = groupOf(reading.groups, request.by === null ? null : (cells[byAt] ?? "").trim());
    addAnswer(group.answers, scale, { value, weight: 1 });
    reading.scored += 1;
    if (request.population !== null) notePopulation(group, (cells[others[0] ?? -1] ?? "").trim(), file);
    if (request.weight === null) return;
    const weight = readNumber((cells[weightAt] ?? "").trim(), file.settings.delimiter);
    if (weight === null || weight <= 0) reading.unweighted += 1;
    else addAnswer(group.weighted, scale, { value, weight });
  }
};

const notePopulation = (group: Group, text: string, file: DelimitedFile): void => {
  const population = readNumber(text, file.settings.delimiter);
  if (population === null || population <= 0) throw new CommandError(`The column of --population holds "${text.slice(0, 40)}" beside an answer. It needs a number above 0 in every row.`);
  if (group.population !== null && group.population !== population) throw new CommandError(`The column of --population says both ${count(group.population)} and ${count(population)} of one group. Say one number for each.`);
  group.population = population;
};

const getTogether = (request: Request, groups: readonly (readonly [string | null, Group])[]): GroupScore => {
  const together = scoreTogether(request.measure, groups.map(([, group]) => group));
  if (together === null) throw new CommandError("A group has more answers than the column of --population says it has people.");
  return together;
};

const groupOf = (groups: Map<string | null, Group>, name: string | null): Group => {
  const known = groups.get(name);
  if (known !== undefined) return known;
  if (groups.size >= groupsMax) throw new CommandError(`The column of --by has more than ${count(groupsMax)} different values. Choose one with fewer.`);
  const group = emptyGroup();
  groups.set(name, group);
  return group;
};

const emptyGroup = (): Group => ({ answers: new Map<number, Box>(), weighted: new Map<number, Box>(), population: null });

// 11 also means 11.0, as spreadsheets write it.
const isBlank = (text: string, value: number | null, blanks: readonly string[]): boolean =>
  text === "" || blanks.some((blank) => blank === text || (value !== null && blank !== "" && Number(blank) === value));

const compareGroups = (first: string | null, second: string | null): number => {
  const [one, other] = [sortNumber(first), sortNumber(second)];
  if (one !== other) return one < other ? -1 : 1;
  return (first ?? "") < (second ?? "") ? -1 : 1;
};

const sortNumber = (name: string | null): number => {
  const value = name === null || name === "" ? Number.NaN : Number(name);
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
};

const report = (reading: Reading, request: Request, file: DelimitedFile, output: Output): void => {
  const { min, max } = request.measure.scale;
  const leftOut = [
    [reading.blank, "blank"],
    [reading.offScale, `off the scale ${min}–${max}`],
    [reading.notNumbers, "not a number"],
    [reading.broken, "broken rows (an unclosed quote, or more cells than the header)"],
  ] as const;
  const parts = leftOut.flatMap(([number, what]) => (number === 0 ? [] : [`${count(number)} ${what}`]));
  output.say(`${count(reading.rows)} rows: ${[`${count(reading.scored)} scored`, ...parts].join(", ")}.`);
  if (reading.unweighted > 0) output.say(`${count(reading.unweighted)} answers have no usable weight (a number above 0) and are left out of the weighted score.`);
  if (reading.unweighted > reading.scored / 10) output.say("That is more than a tenth of them: do not weight by this column.");
  if (file.wrongCharacters() > 0) output.say(`${count(file.wrongCharacters())} characters are not ${file.encoding}. If groups look wrong, say the right one with --encoding.`);
};
