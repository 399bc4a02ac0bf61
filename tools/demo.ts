// Writes the demo company as JSON lines, for benchmarks and for trying other tools; memory stays the same at any scale (heap 220 MB).
//   node tools/run.mjs tools/demo.ts [--scale 10] [--seed 1] [--now 2026-11-21T12:00:00Z] [--only messages] [--truth FILE] > demo.jsonl
// `--only messages` leaves the messages as Segment's clients send them, one a line. `--truth` writes down what is really in the data.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { DemoRecord } from "../server/insights/demo/demo-model.rules.ts";
import { streamDemo } from "../server/insights/demo/demo-stream.rules.ts";
import { addToTruth, startTruth } from "../server/insights/demo/demo-truth.rules.ts";

const PERSONS_WRITTEN_MAX_SCALE = 2;

const { values: flags } = parseArgs({
  options: {
    scale: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    now: { type: "string" },
    only: { type: "string" },
    truth: { type: "string" },
  },
});

const lineOf = ({ content }: DemoRecord): string | null => {
  if (flags.only !== "messages") return JSON.stringify(content);
  return content.record === "message" ? JSON.stringify(content.message) : null;
};

const write = async (): Promise<void> => {
  const options = { seed: Number(flags.seed), scale: Number(flags.scale), now: flags.now === undefined ? Date.now() : Date.parse(flags.now) };
  if (Object.values(options).some((value) => !Number.isFinite(value)) || options.scale <= 0) throw new Error("--scale and --seed are numbers above 0, --now is a time such as 2026-11-21T12:00:00Z.");
  const truth = startTruth(options);
  const seen = new Set<string>();
  let cohort = 0;
  for (const batch of streamDemo(options)) {
    if (batch.cohort !== cohort) seen.clear();
    cohort = batch.cohort;
    addToTruth(truth, batch, seen, options.scale <= PERSONS_WRITTEN_MAX_SCALE);
    const text = batch.records.map(lineOf).filter((line) => line !== null).join("\n");
    if (text !== "" && !process.stdout.write(`${text}\n`)) await once(process.stdout, "drain");
  }
  if (flags.truth !== undefined) writeFileSync(flags.truth, JSON.stringify(truth, null, 2));
  console.error(`${truth.counts.interactions.toLocaleString("en")} interactions of ${truth.counts.persons.toLocaleString("en")} customers`);
};

await write();
