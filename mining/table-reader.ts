// Reads an event log from a table: one row an event, columns for its case, its activity and its time.
import { BrokenFile } from "./broken-file.ts";
import { makeLogBuilder, NAME_MAX, type EventLog } from "./event-log.ts";
import { noAttributes, type Attribute, type LogEvent } from "./log-event.ts";
import { emptyReport, noteFault, showValue, type ReadingReport } from "./reading-report.ts";
import { readTime } from "./times.ts";

/** Names of the columns that hold what. */
export type LogColumns = { case: string; activity: string; time: string };

export type LogColumn = keyof LogColumns;

/** Names that such columns usually have, small letters and digits only, the surest first. */
const usualNames: Record<LogColumn, readonly string[]> = {
  case: ["caseconceptname", "caseid", "case", "casekey", "casename", "traceid", "trace", "journeyid", "journey", "customerid", "customer", "clientid", "userid", "user", "personid", "patient", "visitorid", "sessionid", "session", "orderid", "ticketid"],
  activity: ["conceptname", "activity", "activityname", "activityid", "eventname", "event", "action", "touchpoint", "step", "task", "operation", "pagename", "page", "eventtype", "type", "handling", "name"],
  time: ["timetimestamp", "timestamp", "eventtime", "eventtimestamp", "time", "datetime", "completetimestamp", "endtimestamp", "occurredat", "at", "createdat", "date", "starttimestamp", "starttime", "endtime", "ts"],
};

/** @param given columns that are known already
 *  @returns the columns as they stand in the header, null for what no column looks like */
export const guessLogColumns = (header: readonly string[], given: Partial<LogColumns> = {}): Record<LogColumn, string | null> => {
  const taken = new Set(Object.values(given));
  const guess = (column: LogColumn): string | null => {
    const known = given[column];
    if (known !== undefined) return known;
    const found = usualNames[column].map((usual) => header.find((name) => plain(name) === usual && !taken.has(name))).find((name) => name !== undefined);
    if (found !== undefined) taken.add(found);
    return found ?? null;
  };
  return { case: guess("case"), activity: guess("activity"), time: guess("time") };
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]/gu, "");

export type TableReader = {
  /** @param line of the file, for the report */
  row: (cells: readonly string[], line?: number) => void;
  end: () => { log: EventLog; report: ReadingReport };
};

/** @param zone minutes that times without an offset are ahead of UTC
 *  @throws BrokenFile when a column is not in the header */
export const openTableReader = (header: readonly string[], columns: LogColumns, { onEvent, zone = 0 }: { onEvent?: (event: LogEvent) => void; zone?: number } = {}): TableReader => {
  const places = { case: placeOf(header, columns.case), activity: placeOf(header, columns.activity), time: placeOf(header, columns.time) };
  const log = makeLogBuilder();
  const report = emptyReport();
  let rows = 1;
  return {
    row: (cells, line) => {
      rows++;
      const at = line ?? rows;
      if (cells.length > header.length && cells.slice(header.length).some((cell) => cell.trim() !== "")) return noteFault(report, "brokenRows", () => `Line ${at}: ${cells.length} cells, but the header has ${header.length}.`);
      const [caseName, activity, text] = [cells[places.case]?.trim() ?? "", cells[places.activity]?.trim() ?? "", cells[places.time]?.trim() ?? ""];
      if (caseName === "") return noteFault(report, "withoutCase", () => `Line ${at}: the column "${columns.case}" is empty.`);
      if (activity === "") return noteFault(report, "withoutName", () => `Line ${at}: the column "${columns.activity}" is empty.`);
      if (text === "") return noteFault(report, "withoutTime", () => `Line ${at}: the column "${columns.time}" is empty.`);
      if (activity.length > NAME_MAX || caseName.length > NAME_MAX) return noteFault(report, "brokenRows", () => `Line ${at}: a name has more than ${NAME_MAX} characters.`);
      const time = readTime(text, zone);
      if (time === null) return noteFault(report, "unreadableTimes", () => `Line ${at}: ${showValue(text)} is no time.`);
      report.events++;
      const caseAt = log.caseOf(caseName);
      log.add(caseAt, activity, time);
      onEvent?.({ caseAt, caseName, activity, time, attributes: attributesOf(header, cells, Object.values(places)), caseAttributes: noAttributes });
    },
    end: () => ({ log: log.finish(), report }),
  };
};

const placeOf = (header: readonly string[], column: string): number => {
  const place = header.indexOf(column);
  if (place < 0) throw new BrokenFile(`There is no column ${showValue(column)}. The columns are ${header.slice(0, 40).map(showValue).join(", ")}.`);
  return place;
};

const attributesOf = (header: readonly string[], cells: readonly string[], used: readonly number[]): Map<string, Attribute> =>
  new Map(header.flatMap((name, place) => (used.includes(place) || (cells[place] ?? "") === "" ? [] : [[name, { type: "string", value: cells[place] ?? "" }]])));
