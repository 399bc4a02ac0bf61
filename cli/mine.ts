import { compareWithLine, listVariants, makeCaseCollector, makePathGraph, type EventLog, type ReadingReport } from "@firsthand/mining";
import { CommandError, UsageError, type Command, type Given, type Output } from "./command.ts";
import { delimitedOptions, readDelimitedWishes } from "./delimited-options.ts";
import { readLog, type LogWishes } from "./mine-file.ts";
import { writeMinedJson, writeMinedTables, type Mined } from "./mine-report.ts";
import { checkWrittenForm, writeLog } from "./mine-written.ts";
import { count, printable } from "./text-table.ts";

const topMax = 1_000;

export const mineCommand: Command = {
  name: "mine",
  summary: "Find the paths in an event log: what follows what, how often and after how long.",
  usage: "FILE.xes|FILE.csv|FILE.json|FILE.xml [options]",
  positionals: { min: 1, max: 1 },
  options: {
    case: { value: "COLUMN", help: "What tells journeys apart, such as customer_id (guessed when left out)." },
    activity: { value: "COLUMN", help: "What was done (guessed when left out)." },
    time: { value: "COLUMN", help: "When it was done (guessed when left out)." },
    map: { value: "\"A,B,C\"", help: "Planned steps: how far each journey is from them. A name with a comma stands in double quotes." },
    object: { value: "TYPE", help: "In an object-centric log (OCEL 2.0 as JSON or XML): the type of object whose journeys are wanted." },
    top: { value: "NUMBER", help: "How many of the most frequent variants are printed, 20 when left out." },
    write: { value: "FILE", help: "Also write the log, with all that is known of its events, as .xes, .csv, or as OCEL 2.0 in .json or .xml; packed when .gz follows." },
    ...delimitedOptions,
    json: { help: "Print one JSON object instead of tables." },
  },
  notes: [
    "FILE may be packed with gzip; - reads standard input. No server or database is needed. Whether it is XES, a table or OCEL 2.0 is seen from what is in it.",
    "In XES, --case, --activity and --time name attributes; the standard's own are concept:name and time:timestamp.",
    "The JSON has cases, events, activities, variants (count and top: path, cases), edges (from, to, count, meanS, medianS, p90S, minS, maxS in seconds, unrounded), starts and ends (activity: cases); with --map also conformance (meanFitness, costs).",
    "Events are put in order by time; equal times stay in the order of the file. Lists are by count, the greatest first, and what was seen first where counts are equal.",
    "A journey's cost against --map is its steps plus the planned ones, less two for each step done as planned and in order; its fitness is 1 less the share of that cost.",
    "Times with an offset (+01:00) are turned into UTC, others are taken as they are. Events without name, time or case are left out and counted on stderr.",
  ],
  run: async (given, output) => {
    const request = readRequest(given);
    const { log, report, cases } = await readLog(request, output);
    const mined = mine(log, request);
    say(log, report, request, output);
    if (log.cases.length === 0) throw new CommandError("There is no event in the file that has a case, a name and a time.");
    if (request.write !== null && cases !== null) await writeLog(request.write, cases, request.objectType ?? "customer", output);
    await output.data(request.isJson ? writeMinedJson(mined) : writeMinedTables(mined));
    return 0;
  },
};

type MineRequest = LogWishes & { write: string | null; map: readonly string[] | null; top: number; isJson: boolean };

const readRequest = (given: Given): MineRequest => {
  const top = Number(given.option("top") ?? "20");
  if (!Number.isInteger(top) || top < 1 || top > topMax) throw new UsageError(`--top is a whole number from 1 to ${count(topMax)}.`);
  const [map, write] = [given.option("map"), given.option("write")];
  if (write !== null) checkWrittenForm(write);
  return {
    path: given.positionals[0] ?? "",
    columns: { case: given.option("case"), activity: given.option("activity"), time: given.option("time") },
    objectType: given.option("object"),
    write,
    collector: write === null ? null : makeCaseCollector(),
    map: map === null ? null : readMap(map),
    top,
    isJson: given.isSet("json"),
    ...readDelimitedWishes(given),
  };
};

/** Names with commas between, as in a row of a table: "Pay, at last" in quotes, a quote inside them doubled. */
const readMap = (text: string): string[] => {
  const cells = [...text.matchAll(/(?:^|,)(?:\s*"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/gu)];
  const steps = cells.map(([, quoted, bare]) => (quoted === undefined ? (bare ?? "").trim() : quoted.replaceAll('""', '"')));
  if (steps.includes("")) throw new UsageError("--map has an empty step. Write the names of the planned steps with commas between.");
  return steps;
};

const mine = (log: EventLog, { map, top }: MineRequest): Mined => {
  const variants = listVariants(log);
  return {
    graph: makePathGraph(log),
    variants: { count: variants.list.length, top: variants.list.slice(0, top).map(({ path, cases }) => ({ path, cases })) },
    conformance: map === null ? null : compareWithLine(log, variants, map),
    map,
  };
};

const say = (log: EventLog, report: ReadingReport, { map }: MineRequest, output: Output): void => {
  const faults = [
    [report.withoutName, "without a name"],
    [report.withoutTime, "without a time"],
    [report.unreadableTimes, "with a time that cannot be read"],
    [report.withoutCase, "without a case"],
    [report.brokenRows, "in broken rows"],
  ] as const;
  const parts = faults.flatMap(([number, what]) => (number === 0 ? [] : [`${count(number)} ${what}`]));
  output.say(`Events read: ${count(report.events)}${parts.length === 0 ? "" : `; left out: ${parts.join(", ")}`}.`);
  for (const example of report.examples) output.say(`  ${example.replaceAll(/\p{Cc}/gu, "�")}`);
  if (report.emptyCases > 0) output.say(`Cases without a usable event, left out: ${count(report.emptyCases)}.`);
  if (report.wrongCharacters > 0) output.say(`Characters that are not of the file's encoding: ${count(report.wrongCharacters)}. Names with � may be wrong.`);
  const now = Date.now();
  const future = log.times.reduce((sum, time) => sum + (time > now ? 1 : 0), 0);
  if (future > 0) output.say(`Events in the future, counted like the others: ${count(future)}.`);
  const done = new Set(log.activities);
  for (const step of new Set(map)) {
    if (!done.has(step)) output.say(`No event is called "${printable(step)}": is the step written as in the file?`);
  }
};
