import { parse } from "csv-parse/sync";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { makeLogBuilder, type EventLog } from "./event-log.ts";
import { openTableReader } from "./table-reader.ts";
import { openXesReader, type XesMapping } from "./xes-reader.ts";

// Logs that real and well-known processes left: three that may be passed on lie here, others are looked for beside the repository.
const shipped = join(import.meta.dirname, "logs");
const beside = join(import.meta.dirname, "../../shared/data/eventlogs");

export const hasOtherLogs = existsSync(join(beside, "ecom-clickstream.csv.gz"));

/** The title of tests that need a log which is not shipped. Where it is missing the run says so: a green run must not pass for a whole one. */
export const withOtherLogs = (what: string): string => {
  if (hasOtherLogs) return what;
  process.stderr.write(`SKIPPED: ${what}. The logs are not in ${beside}.\n`);
  return `${what} (skipped: the logs are not in ${beside})`;
};

/** Unpacked. */
export const readRealBytes = (name: string): Uint8Array => {
  const here = join(shipped, name);
  const bytes = readFileSync(existsSync(here) ? here : join(beside, name));
  return name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
};

export const readRealXes = (name: string): EventLog => readXesBytes(readRealBytes(name)).log;

export const readXesBytes = (bytes: Uint8Array, mapping: Partial<XesMapping> = {}, pieceBytes = 65_536): ReturnType<ReturnType<typeof openXesReader>["end"]> => {
  const reader = openXesReader({ mapping });
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return reader.end();
};

export const readXesText = (text: string, mapping: Partial<XesMapping> = {}, pieceBytes = 65_536): ReturnType<typeof readXesBytes> => readXesBytes(new TextEncoder().encode(text), mapping, pieceBytes);

/** What 600 customers of a shop did on its pages. */
export const readClickstream = (caseColumn: "user_id" | "session_id"): EventLog => {
  const [header = [], ...rows]: string[][] = parse(Buffer.from(readRealBytes("ecom-clickstream.csv.gz")));
  const reader = openTableReader(header, { case: caseColumn, activity: "event", time: "timestamp" });
  for (const row of rows) reader.row(row);
  return reader.end().log;
};

/** @param traces one letter an event, one second apart; each case begins a minute after the one before */
export const makeLog = (...traces: readonly string[]): EventLog => {
  const builder = makeLogBuilder();
  traces.forEach((trace, place) => {
    const caseAt = builder.openCase(`case ${place + 1}`);
    [...trace].forEach((activity, second) => builder.add(caseAt, activity, (place * 60 + second) * 1_000));
  });
  return builder.finish();
};
