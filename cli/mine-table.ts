// Reads the events of a table for "firsthand mine": finds the columns when they are not given, then takes row after row.
import { guessLogColumns, openTableReader, type EventLog, type LogColumns, type LogEvent, type ReadingReport } from "@firsthand/mining";
import { detectEncoding, openDecoder, prepend, takeHead } from "./byte-file.ts";
import { CommandError, type Output } from "./command.ts";
import { openDelimited } from "./delimited-file.ts";
import type { DelimitedWishes } from "./delimited-options.ts";
import { count, printable } from "./text-table.ts";

/** Columns are null where nobody said which. */
export type TableWishes = DelimitedWishes & { path: string; columns: { case: string | null; activity: string | null; time: string | null } };

export const readTable = async (bytes: AsyncGenerator<Buffer>, request: TableWishes, output: Output, onEvent?: (event: LogEvent) => void): Promise<{ log: EventLog; report: ReadingReport }> => {
  const { head, rest, isWhole } = await takeHead(bytes);
  const columns = findColumns(openDecoder(request.encoding ?? detectEncoding(head, isWhole)).decode(head), request);
  const file = await openDelimited(request.path, { ...request, columns: [columns.case, columns.activity, columns.time] }, prepend(head, rest));
  const [caseAt = 0, activityAt = 0, timeAt = 0] = file.places;
  const reader = openTableReader(file.header, { case: file.header[caseAt] ?? "", activity: file.header[activityAt] ?? "", time: file.header[timeAt] ?? "" }, onEvent === undefined ? {} : { onEvent });
  output.say(`Cases by "${printable(columns.case)}", activities by "${printable(columns.activity)}", times by "${printable(columns.time)}".`);
  let [rows, broken] = [0, 0];
  for await (const batch of file.rows) {
    for (const { cells, problem } of batch) {
      if (problem === undefined) reader.row(cells);
      else broken++;
    }
    rows += batch.length;
    output.progress(`${count(rows)} rows read`);
  }
  const { log, report } = reader.end();
  return { log, report: { ...report, brokenRows: report.brokenRows + broken, wrongCharacters: file.wrongCharacters() } };
};

const usualDelimiters = [",", ";", "\t", "|"];

/** @throws CommandError that names the columns there are when one cannot be guessed */
const findColumns = (text: string, { columns, delimiter }: TableWishes): LogColumns => {
  const { case: caseColumn, activity, time } = columns;
  if (caseColumn !== null && activity !== null && time !== null) return { case: caseColumn, activity, time };
  const given = { ...(caseColumn === null ? {} : { case: caseColumn }), ...(activity === null ? {} : { activity }), ...(time === null ? {} : { time }) };
  const lines = text.split(/\r\n?|\n/u).filter((line) => line.trim() !== "" && !/^sep=.$/iu.test(line));
  const headers = (delimiter === null ? usualDelimiters : [delimiter]).map((between) => (lines[0] ?? "").replace(/^\ufeff/u, "").split(between).map((name) => name.trim().replaceAll(/^"|"$/gu, "")));
  for (const header of headers) {
    const guessed = guessLogColumns(header, given);
    if (guessed.case !== null && guessed.activity !== null && guessed.time !== null) return { case: guessed.case, activity: guessed.activity, time: guessed.time };
  }
  const widest = headers.toSorted((one, other) => other.length - one.length)[0] ?? [];
  if (widest.join("") === "") throw new CommandError("The file is empty.");
  const guessed = guessLogColumns(widest, given);
  const missing = (["case", "activity", "time"] as const).filter((column) => guessed[column] === null).map((column) => `--${column} COLUMN`);
  throw new CommandError(`Which columns hold what cannot be guessed. Say ${new Intl.ListFormat("en").format(missing)}. The columns are ${widest.slice(0, 40).map((name) => `"${printable(name)}"`).join(", ")}.`);
};
