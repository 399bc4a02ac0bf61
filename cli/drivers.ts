import type { DriversFault, Missing } from "@firsthand/server/insights/drivers/drivers.contract";
import { finishDrivers, prepareDrivers } from "@firsthand/server/insights/drivers/drivers.rules";
import { FACTORS_MAX } from "@firsthand/server/insights/drivers/importance.rules";
import { CommandError, UsageError, type Command, type Given, type Output } from "./command.ts";
import { isTooWide, openDelimited, type DelimitedFile } from "./delimited-file.ts";
import { delimitedOptions, readDelimitedWishes, type DelimitedWishes } from "./delimited-options.ts";
import { writeJson, writeTable } from "./drivers-report.ts";
import { readNumber } from "./numbers.ts";
import { count } from "./text-table.ts";

/** Sixteen columns of so many rows take 380 MB. */
const rowsMax = 3_000_000;
const bootstrapsMax = 100_000;
const progressEveryRows = 50_000;
const progressEveryDraws = 50;
// The contract itself would bring the validator along.
const missingChoices = ["listwise", "pairwise", "mean", "multiple"] as const satisfies readonly Missing[];

export const driversCommand: Command = {
  name: "drivers",
  summary: "Share the variance of an outcome among the factors associated with it.",
  usage: "FILE.csv --outcome COLUMN --factors a,b,c [options]",
  positionals: { min: 1, max: 1 },
  options: {
    outcome: { value: "COLUMN", help: "The column to explain, such as the 0-10 answers to \"would you recommend us\"." },
    factors: { value: "a,b,c", isRepeatable: true, help: `Two to ${FACTORS_MAX} columns of numbers that may go with it.` },
    weight: { value: "COLUMN", help: "The column with each row's weight." },
    blank: { value: "VALUES", isRepeatable: true, help: "Values that mean no answer, with commas between: 0,6. Of one column alone: NETPRO=11, which then takes the place of the others there." },
    missing: {
      value: "listwise|pairwise|mean|multiple",
      help: "Use the rows where nothing is missing (listwise, default), or for each correlation those that have both values (pairwise); or fill gaps of factors with their mean, or ten times with answers of rows alike, combined by Rubin's rules (multiple).",
    },
    bootstraps: { value: "N", help: "How often rows are drawn again for the intervals (1000; 0 for none)." },
    seed: { value: "N", help: "Of the draws: the same seed gives the same intervals (1)." },
    ...delimitedOptions,
    json: { help: "Print one JSON object instead of a table." },
  },
  notes: [
    "FILE may be packed with gzip; - reads standard input. No server or database is needed.",
    "lmg is what a factor adds to R², averaged over all orders of entering factors (Shapley); johnson is its relative weight. Both add up to r2; the shares say them as parts of r2, 0 to 1, and lmgShareLow and lmgShareHigh are the 95% percentile bootstrap interval. first is R² of the factor alone, last what it adds to all others, pratt its standardised slope times its correlation, vif its variance inflation.",
    "Shares say what is associated with the outcome. They do not say what would happen if a factor were changed.",
    "Empty cells, NA, N/A, NaN and NULL are missing. Rows without a usable weight (a number above 0) are left out and counted on stderr.",
  ],
  run: async (given, output) => {
    const request = readRequest(given);
    const columns = [request.outcome, ...request.factors, ...(request.weight === null ? [] : [request.weight])];
    const file = await openDelimited(request.path, { ...request, columns });
    const reading = await readColumns(file, request, output);
    report(reading, file, output);
    const prepared = prepareDrivers(
      { columns: reading.columns, weights: reading.weights },
      { missing: request.missing, seed: request.seed, names: request.factors, ranges: request.factors.map(() => null) },
    );
    if (!prepared.ok) throw new CommandError(sayFault(prepared.fault, request));
    for (let drawn = 0; drawn < request.bootstraps; drawn += 1) {
      prepared.resampling.draw();
      if (drawn % progressEveryDraws === 0) output.progress(`${count(drawn)} of ${count(request.bootstraps)} bootstraps`);
    }
    const drivers = finishDrivers(prepared.drivers, prepared.resampling.intervals(), request.bootstraps);
    output.data(request.isJson ? writeJson(request.outcome, drivers) : writeTable(request.outcome, drivers));
    return 0;
  },
};

type Request = DelimitedWishes & {
  path: string;
  outcome: string;
  factors: string[];
  weight: string | null;
  blanks: { everywhere: readonly string[]; of: ReadonlyMap<string, readonly string[]> };
  missing: Missing;
  bootstraps: number;
  seed: number;
  isJson: boolean;
};

const readRequest = (given: Given): Request => {
  const outcome = given.option("outcome")?.trim() ?? "";
  if (outcome === "") throw new UsageError("--outcome COLUMN is missing.");
  const factors = given.options("factors").flatMap((names) => names.split(",")).map((name) => name.trim()).filter((name) => name !== "");
  if (factors.length < 2) throw new UsageError("--factors needs at least two columns, with a comma between: shares compare factors with one another.");
  if (factors.length > FACTORS_MAX) throw new UsageError(`--factors names ${factors.length} columns. More than ${FACTORS_MAX} would take too long, and their shares would be too uncertain to tell apart.`);
  const twice = [outcome, ...factors].find((name, at, all) => all.some((other, place) => place < at && other.toLowerCase() === name.toLowerCase()));
  if (twice !== undefined) throw new UsageError(`The column "${twice}" is named twice. Name each once, and the outcome not among the factors.`);
  const wanted = given.option("missing") ?? "listwise";
  const missing = missingChoices.find((known) => known === wanted);
  if (missing === undefined) throw new UsageError(`--missing is listwise, pairwise, mean or multiple, not "${wanted}".`);
  return {
    path: given.positionals[0] ?? "", outcome, factors, missing,
    weight: given.option("weight"),
    blanks: readBlanks(given.options("blank")),
    bootstraps: readWhole(given, "bootstraps", 1_000, bootstrapsMax),
    seed: readWhole(given, "seed", 1, 4_294_967_295),
    ...readDelimitedWishes(given),
    isJson: given.isSet("json"),
  };
};

const readBlanks = (texts: readonly string[]): Request["blanks"] => {
  const of = new Map<string, readonly string[]>();
  const everywhere: string[] = [];
  for (const text of texts) {
    const at = text.lastIndexOf("=");
    const values = text.slice(at + 1).split(",").map((value) => value.trim()).filter((value) => value !== "");
    if (at === -1) everywhere.push(...values);
    else of.set(text.slice(0, at).trim().toLowerCase(), values);
  }
  return { everywhere, of };
};

const readWhole = (given: Given, name: string, usual: number, max: number): number => {
  const text = given.option(name);
  const value = text === null ? usual : Number(text);
  if (text?.trim() === "" || !Number.isInteger(value) || value < 0 || value > max) throw new UsageError(`--${name} is a whole number from 0 to ${max}, not "${text ?? ""}".`);
  return value;
};

type Reading = { columns: Float64Array[]; weights: Float64Array | null; rows: number; broken: number; unweighted: number };

/** What tables write for a value that is missing. */
const missingMarks = new Set(["", "na", "n/a", "nan", "null"]);

const readColumns = async (file: DelimitedFile, request: Request, output: Output): Promise<Reading> => {
  // The outcome is asked for first, so that a wrong name of it is said first; in a table of drivers it stands last.
  const [outcomeAt = -1, ...others] = file.places;
  const factorPlaces = others.slice(0, request.factors.length);
  const weightAt = others[request.factors.length];
  const names = [...request.factors, request.outcome];
  const places = [...factorPlaces, outcomeAt].map((place, at) => ({ place, name: names[at] ?? "", blanks: blanksOf(request.blanks, names[at] ?? "") }));
  const columns = places.map(() => growing());
  const weights = growing();
  const reading = { rows: 0, broken: 0, unweighted: 0 };
  let line = 0;
  for await (const rows of file.rows) {
    for (const { cells, problem } of rows) {
      line += 1;
      if (problem !== undefined || isTooWide(cells, file.header)) {
        reading.broken += 1;
        continue;
      }
      if (reading.rows >= rowsMax) throw new CommandError(`The file has more than ${count(rowsMax)} rows. Take a random part of them: shares of so many would hardly differ.`);
      reading.rows += 1;
      for (const [at, column] of places.entries()) columns[at]?.add(readCell(cells[column.place] ?? "", column, file, line));
      if (weightAt === undefined) continue;
      const weight = readNumber((cells[weightAt] ?? "").trim(), file.settings.delimiter);
      if (weight === null || weight <= 0) reading.unweighted += 1;
      weights.add(weight === null || weight <= 0 ? 0 : weight);
    }
    if (reading.rows % progressEveryRows < rows.length) output.progress(`${count(reading.rows)} rows read`);
  }
  return { ...reading, columns: columns.map((column) => column.whole()), weights: weightAt === undefined ? null : weights.whole() };
};

const blanksOf = ({ everywhere, of }: Request["blanks"], name: string): readonly string[] => of.get(name.toLowerCase()) ?? everywhere;

const readCell = (cell: string, column: { name: string; blanks: readonly string[] }, file: DelimitedFile, line: number): number => {
  const text = cell.trim();
  if (missingMarks.has(text.toLowerCase()) || column.blanks.includes(text)) return Number.NaN;
  const value = readNumber(text, file.settings.delimiter);
  if (value === null) throw new CommandError(`The column "${column.name}" holds "${text.slice(0, 40)}" in row ${count(line)}, which is not a number. If that means no answer, say --blank "${column.name}=${text.slice(0, 40)}".`);
  // 11 also means 11.0, as spreadsheets write it.
  return column.blanks.some((blank) => Number(blank) === value) ? Number.NaN : value;
};

const growing = (): { add: (value: number) => void; whole: () => Float64Array } => {
  let values = new Float64Array(1_024);
  let length = 0;
  return {
    add: (value) => {
      if (length === values.length) {
        const larger = new Float64Array(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    whole: () => values.slice(0, length),
  };
};

const sayFault = (fault: DriversFault, { missing }: Request): string => {
  switch (fault.fault) {
    case "too_few_factors":
      return `Shares compare factors: name at least ${fault.needed}.`;
    case "too_many_factors":
      return `${fault.factors} factors are too many: name at most ${fault.most}.`;
    case "too_few_rows":
      if (missing === "mean" || missing === "multiple") return `A column has a value beside the outcome in only ${count(fault.n)} rows; so many factors need at least ${fault.needed}. Leave out the factor that is missing most.`;
      return missing === "listwise"
        ? `Only ${count(fault.n)} rows have a value in every column; so many factors need at least ${fault.needed}. Leave out the factor that is missing most, or use --missing pairwise.`
        : `Two of the columns have both a value in only ${count(fault.n)} rows; so many factors need at least ${fault.needed}. Leave out the factor that is missing most.`;
    case "constant_outcome":
      return "The outcome is the same in every row that is used, so there is nothing to explain.";
    case "constant_factor":
      return `The factor "${fault.factor}" is the same in every row that is used, so it cannot go with anything. Leave it out.`;
    case "collinear":
      return `The factor "${fault.factor}" follows exactly from ${fault.from.map((name) => `"${name}"`).join(", ")}, so their shares cannot be told apart. Leave one of them out.`;
  }
};

const report = (reading: Reading, file: DelimitedFile, output: Output): void => {
  const broken = reading.broken === 0 ? "" : ` ${count(reading.broken)} broken rows (an unclosed quote, or more cells than the header) are left out.`;
  output.say(`${count(reading.rows)} rows read.${broken}`);
  if (reading.unweighted > 0) output.say(`${count(reading.unweighted)} rows have no usable weight (a number above 0) and are left out.`);
  if (reading.unweighted > reading.rows / 10) output.say("That is more than a tenth of them: do not weight by this column.");
  if (file.wrongCharacters() > 0) output.say(`${count(file.wrongCharacters())} characters are not ${file.encoding}. If names of columns look wrong, say the right one with --encoding.`);
};
