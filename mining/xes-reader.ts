// Reads event logs of the standard XES (IEEE 1849), which process mining tools exchange.
import { BrokenFile } from "./broken-file.ts";
import { makeLogBuilder, NAME_MAX, type EventLog, type LogBuilder } from "./event-log.ts";
import { noAttributes, type Attribute, type Attributes, type AttributeType, type LogEvent } from "./log-event.ts";
import { emptyReport, noteFault, showValue, type ReadingReport } from "./reading-report.ts";
import { openTextDecoder } from "./text-decoder.ts";
import { readTime } from "./times.ts";
import { attributeOf, localName, openXmlReader, type XmlAttributes, type XmlReader } from "./xml-reader.ts";

/** Which attributes hold what; the standard's own when left out. A case may be told apart by an attribute of the trace or of its events. */
export type XesMapping = { caseKey: string; activityKey: string; timeKey: string };

export const usualXesMapping: XesMapping = { caseKey: "concept:name", activityKey: "concept:name", timeKey: "time:timestamp" };

export type XesOptions = {
  mapping?: Partial<XesMapping>;
  /** Called for each event in the order of the file with all its attributes; reading takes twice as long with it. */
  onEvent?: (event: LogEvent) => void;
  /** Bytes after unpacking that are read at most. */
  bytesMax?: number;
};

export type XesReader = { push: (bytes: Uint8Array) => void; end: () => { log: EventLog; report: ReadingReport } };

/** Two gigabytes: about four million events as such files are written. */
export const XES_BYTES_MAX = 2_147_483_648;

/** Characters of all attributes of one event, or of one trace, that are kept. */
const EVENT_MAX = 1_048_576;

/** @returns a reader to which the unpacked bytes of a file are pushed in pieces
 *  @throws BrokenFile at the first fault of form, LogTooLarge when there are too many events */
export const openXesReader = ({ mapping = {}, onEvent, bytesMax = XES_BYTES_MAX }: XesOptions = {}): XesReader => {
  const log = makeLogBuilder();
  const report = emptyReport();
  const trace = makeTraceReader(log, report, { ...usualXesMapping, ...mapping }, { onEvent });
  const xml = openXmlReader({ opened: (name, attributes) => trace.opened(name, attributes, xml.line()), closed: trace.closed });
  const decoder = openTextDecoder();
  let bytesRead = 0;
  return {
    push: (bytes) => {
      bytesRead += bytes.length;
      if (bytesRead > bytesMax) throw new BrokenFile(`The file has more than ${bytesMax} bytes when unpacked. Cut it into parts, or write it as CSV.`);
      xml.push(decoder.decode(bytes));
    },
    end: () => {
      xml.push(decoder.end());
      xml.end();
      report.wrongCharacters = decoder.wrongCharacters();
      return { log: log.finish(), report };
    },
  };
};

/** An event as it stands in the file, whatever it lacks. */
export type XesRow = {
  /** Number of its trace from 1, 0 for an event outside of any. */
  trace: number;
  attributes: Attributes;
  /** What the file says of the trace before this event. */
  caseAttributes: Attributes;
  /** Its attributes are beyond what is kept of one event; those that follow are missing. */
  isTooLong: boolean;
};

/** @returns a reader to which text is pushed, for those who decide themselves which attribute means what: nothing is kept of an event once it was given
 *  @throws BrokenFile at the first fault of form */
export const openXesRows = (onRow: (row: XesRow) => void): XmlReader => {
  const trace = makeTraceReader(makeLogBuilder(), emptyReport(), usualXesMapping, { onRow });
  const xml = openXmlReader({ opened: (name, attributes) => trace.opened(name, attributes, xml.line()), closed: trace.closed });
  return xml;
};

type Takers = { onEvent?: ((event: LogEvent) => void) | undefined; onRow?: (row: XesRow) => void };

type Reading = Takers & {
  log: LogBuilder;
  report: ReadingReport;
  mapping: XesMapping;
  depth: number;
  /** Depth of the open trace and event, 0 when none is open. */
  traceDepth: number;
  traces: number;
  eventDepth: number;
  traceCase: string | null;
  eventCase: string | null;
  activity: string | null;
  time: string | null;
  line: number;
  /** Events of the open trace, which are kept back since its name may stand behind them. */
  waiting: Waiting[];
  caseAttributes: Map<string, Attribute>;
  attributes: Map<string, Attribute>;
  /** Names of the open attributes around a nested one. */
  around: string[];
  /** How often each name has come in the open event, or in the trace around it. */
  repeats: Map<string, number>;
  /** Characters of the open event's attributes, or of the trace's before it. */
  size: number;
};

type Waiting = { activity: string; time: number; eventCase: string | null; line: number; attributes: Map<string, Attribute> };

const makeTraceReader = (log: LogBuilder, report: ReadingReport, mapping: XesMapping, takers: Takers) => {
  const reading: Reading = {
    ...takers, log, report, mapping, depth: 0, traceDepth: 0, traces: 0, eventDepth: 0, traceCase: null, eventCase: null, activity: null, time: null, line: 0, waiting: [], caseAttributes: new Map(), attributes: new Map(), around: [], repeats: new Map(), size: 0,
  };
  return {
    opened: (written: string, attributes: XmlAttributes, line: number): void => {
      const name = localName(written);
      reading.depth++;
      if (reading.depth === 1 && name !== "log") throw new BrokenFile(`the file begins with <${name.slice(0, 40)}>, an event log (XES) with <log>.`, line);
      if (reading.eventDepth > 0) readAttribute(reading, name, attributes, reading.eventDepth);
      else if (name === "trace" && reading.traceDepth === 0) beginTrace(reading);
      else if (name === "event") beginEvent(reading, line);
      else if (reading.traceDepth > 0) readAttribute(reading, name, attributes, reading.traceDepth);
    },
    closed: (): void => {
      if (reading.depth === reading.eventDepth) endEvent(reading);
      else if (reading.depth === reading.traceDepth) endTrace(reading);
      reading.depth--;
    },
  };
};

const beginTrace = (reading: Reading): void => {
  reading.traceDepth = reading.depth;
  reading.traces++;
  reading.traceCase = null;
  reading.waiting = [];
  reading.caseAttributes = new Map();
  reading.repeats = new Map();
  reading.size = 0;
};

const beginEvent = (reading: Reading, line: number): void => {
  reading.eventDepth = reading.depth;
  reading.line = line;
  reading.eventCase = null;
  reading.activity = null;
  reading.time = null;
  reading.attributes = new Map();
  reading.repeats = new Map();
  reading.size = 0;
};

const readAttribute = (reading: Reading, type: string, attributes: XmlAttributes, owner: number): void => {
  const key = attributeOf(attributes, "key");
  const isDirect = reading.depth === owner + 1;
  if (reading.onEvent !== undefined || reading.onRow !== undefined) collect(reading, type, key, attributes, owner);
  if (key === null || !isDirect) return;
  const { caseKey, activityKey, timeKey } = reading.mapping;
  if (owner === reading.traceDepth) {
    if (key === caseKey) reading.traceCase = attributeOf(attributes, "value")?.slice(0, NAME_MAX) ?? null;
    return;
  }
  if (key === activityKey) reading.activity = attributeOf(attributes, "value");
  if (key === timeKey) reading.time = attributeOf(attributes, "value");
  // By the standard's own keys a case and an activity bear the same one; then the event's is its activity.
  if (key === caseKey && caseKey !== activityKey) reading.eventCase = attributeOf(attributes, "value")?.slice(0, NAME_MAX) ?? null;
};

/** Lists and containers have no value of their own; what stands in them is kept under both names. */
const collect = (reading: Reading, type: string, key: string | null, attributes: XmlAttributes, owner: number): void => {
  const level = reading.depth - owner - 1;
  reading.around.length = level;
  reading.around[level] = key ?? "";
  const value = attributeOf(attributes, "value");
  if (key === null || value === null) return;
  reading.size += key.length + value.length;
  if (reading.size > EVENT_MAX) return;
  const target = owner === reading.traceDepth ? reading.caseAttributes : reading.attributes;
  const name = reading.around.filter((part) => part !== "").join(".");
  // A list may hold one key several times.
  const times = (reading.repeats.get(name) ?? 0) + 1;
  reading.repeats.set(name, times);
  target.set(times === 1 ? name : `${name}.${times}`, { type: typeOf(type), value });
};

const typeOf = (name: string): AttributeType => (name === "date" || name === "int" || name === "float" || name === "boolean" || name === "id" ? name : "string");

const endEvent = (reading: Reading): void => {
  const { report, activity, time: text, line, eventCase, attributes, size } = reading;
  reading.eventDepth = 0;
  if (reading.onRow !== undefined) return reading.onRow({ trace: reading.traceDepth > 0 ? reading.traces : 0, attributes, caseAttributes: reading.caseAttributes, isTooLong: size > EVENT_MAX });
  if (size > EVENT_MAX) return noteFault(report, "brokenRows", () => `Line ${line}: the attributes of an event have more than ${EVENT_MAX} characters.`);
  if (activity === null || activity === "") return noteFault(report, "withoutName", () => `Line ${line}: an event has no ${reading.mapping.activityKey}.`);
  if (text === null || text === "") return noteFault(report, "withoutTime", () => `Line ${line}: the event ${showValue(activity)} has no ${reading.mapping.timeKey}.`);
  if (activity.length > NAME_MAX) return noteFault(report, "brokenRows", () => `Line ${line}: the name of an event has more than ${NAME_MAX} characters.`);
  const time = readTime(text);
  if (time === null) return noteFault(report, "unreadableTimes", () => `Line ${line}: ${showValue(text)} is no time.`);
  reading.waiting.push({ activity, time, eventCase, line, attributes });
  // Events outside of any trace are allowed by the standard; each says itself which case it belongs to.
  if (reading.traceDepth === 0) release(reading);
};

const endTrace = (reading: Reading): void => {
  release(reading);
  reading.traceDepth = 0;
  reading.caseAttributes = new Map();
};

/** Each trace is a case of its own, also when another has the same name; a case named by its events may be spread over the file. */
const release = (reading: Reading): void => {
  const { log, report, traceCase, waiting, onEvent, mapping, traceDepth } = reading;
  if (waiting.length === 0) {
    report.emptyCases++;
    return;
  }
  const isByTrace = traceDepth > 0 && (traceCase !== null || mapping.caseKey === usualXesMapping.caseKey);
  const traceName = traceCase ?? `trace ${reading.traces}`;
  const traceAt = isByTrace ? log.openCase(traceName) : -1;
  for (const { activity, time, eventCase, line, attributes } of waiting) {
    if (!isByTrace && eventCase === null) {
      noteFault(report, "withoutCase", () => `Line ${line}: the event ${showValue(activity)} belongs to no case.`);
      continue;
    }
    report.events++;
    const caseAt = isByTrace ? traceAt : log.caseOf(eventCase ?? "");
    log.add(caseAt, activity, time);
    onEvent?.({ caseAt, caseName: isByTrace ? traceName : (eventCase ?? ""), activity, time, attributes, caseAttributes: traceDepth > 0 ? reading.caseAttributes : noAttributes });
  }
  reading.waiting = [];
};
