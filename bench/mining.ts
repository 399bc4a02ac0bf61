// How fast an event log of 262,200 events is read and mined, and how many cases a second are compared with a map of twelve steps.
//   node tools/run.mjs bench/bench.ts --only mining
import { existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { compareWithLine, listVariants, makeLineAligner, makeLineCost, makeLogBuilder, makePathGraph, openXesReader, type EventLog } from "@firsthand/mining";

export type MiningFigures = ReturnType<typeof measureMining>;

const receipt = join(import.meta.dirname, "../../shared/data/eventlogs/receipt.xes.gz");
const pieceBytes = 262_144;

export const measureMining = ({ events, rounds }: { events: number; rounds: number }) => {
  const bytes = makeXes(events);
  const packed = gzipSync(bytes, { level: 6 });
  const importMs: number[] = [];
  const importPackedMs: number[] = [];
  const mineMs: number[] = [];
  let log: EventLog | null = null;
  for (let round = 0; round < rounds; round++) {
    importMs.push(timeOf(() => (log = read(bytes))));
    importPackedMs.push(timeOf(() => read(gunzipSync(packed))));
    const read262 = log;
    if (read262 !== null) mineMs.push(timeOf(() => [makePathGraph(read262), listVariants(read262)]));
  }
  return {
    source: existsSync(receipt) ? "the receipt log, repeated" : "made up, of the same shape",
    megabytes: Math.round(bytes.length / 1e6),
    events: log === null ? 0 : readEvents(log),
    importMs: middle(importMs),
    importPackedMs: middle(importPackedMs),
    graphVariantsPerformanceMs: middle(mineMs),
    ...measureAlignment(200_000, rounds),
    load: loadavg()[0],
  };
};

const readEvents = (log: EventLog): number => log.steps.length;

const timeOf = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const middle = (values: readonly number[]): number => Math.round((values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0) * 10) / 10;

const read = (bytes: Uint8Array): EventLog => {
  const reader = openXesReader();
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return reader.end().log;
};

/** Traces of the receipt log, again and again until there are so many events. */
const makeXes = (events: number): Buffer => {
  const source = existsSync(receipt) ? gunzipSync(readFileSync(receipt)).toString("utf8") : makeSource();
  const [from, to] = [source.indexOf("<trace>"), source.lastIndexOf("</trace>") + "</trace>".length];
  const traces = source.slice(from, to).split(/(?<=<\/trace>)/u).map((text) => ({ text, events: text.split("<event>").length - 1 }));
  const parts = [source.slice(0, from)];
  for (let count = 0, at = 0; count < events; at++) {
    const trace = traces[at % traces.length] ?? { text: "", events: 1 };
    const spare = count + trace.events - events;
    parts.push(spare <= 0 ? trace.text : `${trace.text.split("<event>").slice(0, trace.events - spare + 1).join("<event>")}</trace>`);
    count += trace.events;
  }
  return Buffer.from(parts.join("") + source.slice(to));
};

/** The same numbers on each run. Source: the minimal standard generator of Park and Miller, 1988. */
const makeRandom = (seed: number) => () => ((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647);

const makeSource = (): string => {
  const random = makeRandom(7);
  const event = (at: number): string =>
    `<event>\n\t\t\t<string key="org:group" value="Group ${Math.floor(random() * 8)}"/>\n\t\t\t<string key="concept:instance" value="task-${at}"/>\n\t\t\t<string key="org:resource" value="Resource${Math.floor(random() * 40)}"/>\n\t\t\t<date key="time:timestamp" value="2011-10-1${at % 9}T1${at % 9}:45:40.276+02:00"/>\n\t\t\t<string key="lifecycle:transition" value="complete"/>\n\t\t\t<string key="concept:name" value="T${Math.floor(random() * 27)} Determine something of the request"/>\n\t\t</event>\n\t\t`;
  const traces = Array.from({ length: 1_434 }, (_, place) => `<trace>\n\t\t<string key="concept:name" value="case-${place}"/>\n\t\t${Array.from({ length: 6 }, (__, at) => event(at)).join("")}</trace>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log>\n${traces.join("\n")}\n</log>\n`;
};

/** Cases that are nearly all different, so that no variant is reckoned for many at once. */
const measureAlignment = (cases: number, rounds: number) => {
  const random = makeRandom(11);
  const names = Array.from({ length: 27 }, (_, at) => `Activity ${at}`);
  const line = names.slice(0, 12);
  const traces = Array.from({ length: cases }, () => Array.from({ length: 1 + Math.floor(random() * 14) }, () => names[Math.floor(random() * names.length)] ?? ""));
  const builder = makeLogBuilder();
  traces.forEach((trace, place) => trace.forEach((activity, at) => builder.add(builder.caseOf(`case ${place}`), activity, at)));
  const log = builder.finish();
  const few = traces.slice(0, cases / 10);
  const perSecond = (work: () => unknown, count: number): number => Math.round(count / (middle(Array.from({ length: rounds }, () => timeOf(work))) / 1_000));
  return {
    alignmentVariants: listVariants(log).list.length,
    costsOfNamesPerSecond: perSecond(() => {
      const costOf = makeLineCost(line);
      return traces.reduce((sum, trace) => sum + costOf(trace), 0);
    }, cases),
    conformanceOfLogPerSecond: perSecond(() => compareWithLine(log, listVariants(log), line), cases),
    alignmentsWithMovesPerSecond: perSecond(() => {
      const align = makeLineAligner(line);
      return few.reduce((sum, trace) => sum + align(trace).cost, 0);
    }, few.length),
  };
};
