import { BrokenFile, compareWithLine, flattenByObject, listObjectTypes, listVariants, LogTooLarge, makePathGraph, OCEL_CHARACTERS_MAX, openXesReader, readOcel, type EventLog, type ReadingReport } from "@firsthand/mining";
import { prepend, readBytes, takeHead } from "./byte-file.ts";
import { CommandError, UsageError, type Command, type Given, type Output } from "./command.ts";
import { delimitedOptions, readDelimitedWishes } from "./delimited-options.ts";
import { writeMinedJson, writeMinedTables, type Mined } from "./mine-report.ts";
import { readTable, type TableWishes } from "./mine-table.ts";
import { count, printable } from "./text-table.ts";

const topMax = 1_000;
/** Bytes after unpacking: beyond, it is more likely a trap than a log. */
const bytesMax = 4_294_967_296;

export const mineCommand: Command = {
  name: "mine",
  summary: "Find the paths in an event log: what follows what, how often and after how long.",
  usage: "FILE.xes|FILE.csv|FILE.json [options]",
  positionals: { min: 1, max: 1 },
  options: {
    case: { value: "COLUMN", help: "What tells journeys apart, such as customer_id (guessed when left out)." },
    activity: { value: "COLUMN", help: "What was done (guessed when left out)." },
    time: { value: "COLUMN", help: "When it was done (guessed when left out)." },
    map: { value: "\"A,B,C\"", help: "Planned steps: how far each journey is from them. A name with a comma stands in double quotes." },
    object: { value: "TYPE", help: "In an object-centric log (OCEL 2.0 as JSON): the type of object whose journeys are wanted." },
    top: { value: "NUMBER", help: "How many of the most frequent variants are printed, 20 when left out." },
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
    const { log, report } = await readLog(request, output);
    const mined = mine(log, request);
    say(log, report, request, output);
    if (log.cases.length === 0) throw new CommandError("There is no event in the file that has a case, a name and a time.");
    await output.data(request.isJson ? writeMinedJson(mined) : writeMinedTables(mined));
    return 0;
  },
};

type MineRequest = TableWishes & { objectType: string | null; map: readonly string[] | null; top: number; isJson: boolean };

const readRequest = (given: Given): MineRequest => {
  const top = Number(given.option("top") ?? "20");
  if (!Number.isInteger(top) || top < 1 || top > topMax) throw new UsageError(`--top is a whole number from 1 to ${count(topMax)}.`);
  const map = given.option("map");
  return {
    path: given.positionals[0] ?? "",
    columns: { case: given.option("case"), activity: given.option("activity"), time: given.option("time") },
    objectType: given.option("object"),
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

const readLog = async (request: MineRequest, output: Output): Promise<{ log: EventLog; report: ReadingReport }> => {
  const { head, rest } = await takeHead(limit(readBytes(request.path)));
  const whole = prepend(head, rest);
  try {
    if (beginsWith(head, "<")) return await readXes(whole, request, output);
    if (beginsWith(head, "{")) return await readObjects(whole, request);
    return await readTable(whole, request, output);
  } catch (fault) {
    if (fault instanceof BrokenFile || fault instanceof LogTooLarge) throw new CommandError(fault.message);
    throw fault;
  }
};

async function* limit(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    if (read > bytesMax) throw new CommandError(`The file has more than ${count(bytesMax)} bytes when unpacked. Cut it into parts.`);
    yield chunk;
  }
}

/** Zeros are those of UTF-16; a byte order mark and blanks may come first. */
const beginsWith = (head: Buffer, character: string): boolean => head.toString("latin1", 0, 1_000).replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\s\0]*/u, "").startsWith(character);

const readXes = async (bytes: AsyncGenerator<Buffer>, { columns }: MineRequest, output: Output): Promise<{ log: EventLog; report: ReadingReport }> => {
  const reader = openXesReader({ mapping: {
    ...(columns.case === null ? {} : { caseKey: columns.case.replace(/^case:/u, "") }),
    ...(columns.activity === null ? {} : { activityKey: columns.activity }),
    ...(columns.time === null ? {} : { timeKey: columns.time }),
  } });
  let read = 0;
  for await (const chunk of bytes) {
    // A piece of a megabyte would be decoded slowly, and pieces of some kilobytes often.
    for (let at = 0; at < chunk.length; at += 262_144) reader.push(chunk.subarray(at, at + 262_144));
    read += chunk.length;
    output.progress(`${count(Math.round(read / 1_000_000))} MB read`);
  }
  return reader.end();
};

const readObjects = async (bytes: AsyncGenerator<Buffer>, { objectType }: MineRequest): Promise<{ log: EventLog; report: ReadingReport }> => {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of bytes) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > OCEL_CHARACTERS_MAX) throw new CommandError(`An object-centric log may have ${count(OCEL_CHARACTERS_MAX)} characters. Cut it into parts.`);
  }
  const { log, report } = readOcel(text + decoder.decode());
  const types = listObjectTypes(log).map(({ type }) => type);
  if (objectType === null || !types.includes(objectType)) throw new CommandError(`Say with --object whose journeys are wanted. The types of objects are ${types.slice(0, 40).map((type) => `"${printable(type)}"`).join(", ")}.`);
  return { log: flattenByObject(log, objectType), report };
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
  output.say(`${count(report.events)} events read${parts.length === 0 ? "" : `; left out: ${parts.join(", ")}`}.`);
  for (const example of report.examples) output.say(`  ${example}`);
  if (report.emptyCases > 0) output.say(`${count(report.emptyCases)} cases have no usable event and are left out.`);
  if (report.wrongCharacters > 0) output.say(`${count(report.wrongCharacters)} characters are not of the file's encoding. Names with � may be wrong.`);
  const now = Date.now();
  const future = log.times.reduce((sum, time) => sum + (time > now ? 1 : 0), 0);
  if (future > 0) output.say(`${count(future)} events lie in the future; they count like the others.`);
  const done = new Set(log.activities);
  for (const step of new Set(map)) {
    if (!done.has(step)) output.say(`No event is called "${printable(step)}": is the step written as in the file?`);
  }
};
