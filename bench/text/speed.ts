// How fast comments are read: the kernel beside a plain hash over the same bytes, everything that is read of a comment, and a file of a
// million from end to end; learning from corrections; beside what is used for sentiment alone.
//   node tools/run.mjs bench/bench.ts --only text [--comments 1000000]
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openComments } from "../../cli/comment-file.ts";
import type { PortionRead } from "../../cli/read-comments-worker.ts";
import { NEEDS, openWorkerPool, unsureReading, type Lesson } from "../../text/text.api.ts";
import { Kernel } from "../../text/kernel.ts";
import { parseModel } from "../../text/model.ts";
import { findMentions } from "../../text/mentions.ts";
import { findPersonalData } from "../../text/personal-data.ts";
import { openShippedReader, teachShippedReader } from "../../text/shipped-reader.ts";

export type TextFigures = Awaited<ReturnType<typeof measureText>>;

const root = join(import.meta.dirname, "../..");
const charactersUsual = 290;

export const measureText = async ({ comments }: { comments: number }) => {
  const texts = makeComments(20_000);
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  try {
    const file = join(folder, "comments.jsonl");
    writeFile(file, texts, comments);
    return {
      charactersPerComment: Math.round(texts.join("").length / texts.length),
      ...measureKernel(texts),
      ...measurePipeline(texts),
      file: { megabytes: Math.round(statSync(file).size / 1e6), ...(await measureFile(file, comments)) },
      longestBlockOfParent: await measureBlocks(file),
      teaching: { corrections: correctionsUsual, feelingsMs: measureTeaching(texts, false), allPartsMs: measureTeaching(texts, true) },
      othersSentimentAlonePerSecond: measureOthers(texts.slice(0, 2_000)),
      load: loadavg()[0],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Comments of the usual length made of sentences people wrote, mixed by a fixed seed, so that few are alike. */
const makeComments = (count: number): string[] => {
  const lines = readFileSync(join(import.meta.dirname, "data/labels-base.jsonl"), "utf8").trim().split("\n");
  const sentences = lines.flatMap((line) => String(JSON.parse(line).text).split(/(?<=[.!?])\s+/u));
  let seed = 11;
  const next = (): string => sentences[(seed = (seed * 48_271) % 2_147_483_647) % sentences.length] ?? "";
  return Array.from({ length: count }, () => {
    let text = next();
    while (text.length < charactersUsual - 40) text += ` ${next()}`;
    return text.slice(0, charactersUsual * 2);
  });
};

const rounds = 9;

/** Seconds of processor time of the quickest round: on a shared machine the others were disturbed. */
const secondsOf = (work: () => void, times = rounds): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < times; round += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
};

const measureKernel = (texts: readonly string[]) => {
  const model = parseModel(readFileSync(join(root, "text/model.bin")));
  const kernel = new Kernel(readFileSync(join(root, "text/kernel.wasm")), [model.main, model.languages]);
  const portion = texts.slice(0, 1_000).map((text) => Buffer.from(text));
  const batch = kernel.batch(portion.length, portion.reduce((sum, text) => sum + text.length, 0));
  let place = 0;
  portion.forEach((text, index) => {
    batch.bytes.set(text, place);
    place += text.length;
    batch.offsets[index + 1] = place;
  });
  const repeats = 20;
  const repeat = (work: () => void) => () => {
    for (let turn = 0; turn < repeats; turn += 1) work();
  };
  const kernelSeconds = secondsOf(repeat(() => void kernel.sums(portion.length))) / repeats;
  const bytes = batch.bytes.slice(0, place);
  // Kept, so that the compiler cannot leave the work out.
  const hashes = new Set<number>();
  const hashSeconds = secondsOf(repeat(() => void hashes.add(fnv(bytes)))) / repeats;
  return {
    kernelCommentsPerSecond: Math.round(portion.length / kernelSeconds),
    hashCommentsPerSecond: Math.round(portion.length / hashSeconds),
    kernelTimesHash: Number((kernelSeconds / hashSeconds).toFixed(2)),
  };
};

const fnv = (bytes: Uint8Array): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index += 1) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  return hash;
};

const measurePipeline = (texts: readonly string[]) => {
  const started = performance.now();
  const reader = openShippedReader();
  const modelLoadMs = Math.round(performance.now() - started);
  const portion = texts.slice(0, 8_000);
  const perSecond = (work: (text: string) => void): number => Math.round(portion.length / secondsOf(() => portion.forEach((text) => work(text))));
  return {
    modelLoadMs,
    pipelineCommentsPerSecond: Math.round(portion.length / secondsOf(() => void reader.read(portion))),
    personalDataCommentsPerSecond: perSecond((text) => void findPersonalData(text)),
    mentionsCommentsPerSecond: perSecond((text) => void findMentions(text)),
  };
};

const correctionsUsual = 5_000;
const anchorsUsual = 400;
/** Whoever confirms a reading says of each need it does not have that it is not there. */
const noNeeds = Object.fromEntries(NEEDS.map((need) => [need, null]));

/** Processor time of learning from what people said, in milliseconds: of four comments three are confirmed as they are read, one is set otherwise. */
const measureTeaching = (texts: readonly string[], hasAllParts: boolean): number => {
  const taught = texts.slice(0, correctionsUsual);
  const readings = openShippedReader().readWords(taught);
  const lessons = taught.map((text, index): Lesson => {
    const { sentiment, emotion, needs, isUrgent } = readings[index % 4 === 3 ? (index * 7) % readings.length : index] ?? unsureReading("");
    return { id: `lesson ${index}`, text, sentiment, ...(hasAllParts ? { emotion, needs: { ...noNeeds, ...needs }, isUrgent } : {}) };
  });
  const anchors = texts.slice(correctionsUsual, correctionsUsual + anchorsUsual);
  return Math.round(secondsOf(() => void teachShippedReader(lessons, anchors), 3) * 1_000);
};

const writeFile = (file: string, texts: readonly string[], comments: number): void => {
  const output = openSync(file, "w");
  for (let from = 0; from < comments; from += texts.length) {
    const rows = texts.slice(0, comments - from).map((text, index) => `${JSON.stringify({ id: from + index, text })}\n`);
    writeSync(output, rows.join(""));
  }
  closeSync(output);
};

const compiledModules = join(root, "node_modules/.cache/firsthand/compiled");

/** The command itself, its lines thrown away; its peak of memory as Linux tells it. */
const measureFile = (file: string, comments: number) =>
  new Promise<{ comments: number; seconds: number; commentsPerSecond: number; processorSeconds: number; peakMb: number; load: number | undefined }>((resolve, reject) => {
    const load = loadavg()[0];
    const started = performance.now();
    // With what Node made of our modules the last time, as the command `firsthand` starts it.
    const env = { NODE_COMPILE_CACHE: compiledModules, ...process.env };
    const child = spawn(process.execPath, [join(root, "cli/main.ts"), "read-comments", file, "--text", "text", "--id", "id", "--json"], { stdio: ["ignore", "ignore", "inherit"], env });
    let used = { peakMb: 0, processorSeconds: 0 };
    const timer = setInterval(() => (used = readUse(child.pid) ?? used), 100);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1_000;
      if (code === 0) resolve({ comments, seconds: Number(seconds.toFixed(2)), commentsPerSecond: Math.round(comments / seconds), ...used, load });
      else reject(new Error(`read-comments ended with ${code}`));
    });
  });

const ticksPerSecond = 100;

/** What a process has used so far; null where Linux does not tell. */
const readUse = (pid: number | undefined): { peakMb: number; processorSeconds: number } | null => {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /u, "").split(" ");
    return kilobytes === undefined ? null : { peakMb: Math.round(Number(kilobytes) / 1_024), processorSeconds: (Number(user) + Number(system)) / ticksPerSecond };
  } catch {
    return null;
  }
};

/** How long this thread could do nothing else while workers read a part of the file: by the clock, and in its own processor time, which
 *  other programs on the machine do not lengthen. */
const measureBlocks = async (file: string): Promise<{ byTheClockMs: number; ownWorkMs: number }> => {
  const pool = openWorkerPool<PortionRead>({ file: new URL("../../cli/read-comments-worker.ts", import.meta.url), size: availableParallelism() });
  const { portions } = await openComments({ path: file, text: "text", id: "id", delimiter: null, encoding: null });
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  let before = process.threadCpuUsage();
  let longest = 0;
  const ticks = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, user + system);
    before = process.threadCpuUsage();
  }, 1);
  const tasks = async function* () {
    let count = 0;
    for await (const portion of portions) {
      if ((count += 1) > 60) return;
      yield { portion, isJson: true, themes: null };
    }
  };
  for await (const read of pool.runAll(tasks())) if (read === null) throw new Error("A portion could not be read.");
  clearInterval(ticks);
  delays.disable();
  await pool.close();
  return { byTheClockMs: Math.round(delays.max / 1e5) / 10, ownWorkMs: Math.round(longest / 100) / 10 };
};

const measureOthers = (texts: readonly string[]) => {
  const load = createRequire(import.meta.url);
  const Afinn = load("sentiment");
  const afinn = new Afinn();
  const { SentimentIntensityAnalyzer: vader } = load("vader-sentiment");
  const wink = load("wink-nlp")(load("wink-eng-lite-web-model"), ["sbd", "negation", "sentiment"]);
  // The slow ones read fewer comments in fewer rounds, so that all take about as long; each has been warmed by its first round as ours was.
  const perSecond = (count: number, times: number, work: (text: string) => void): number => {
    const portion = texts.slice(0, count);
    return Math.round(portion.length / secondsOf(() => portion.forEach(work), times));
  };
  return {
    afinn: perSecond(2_000, rounds, (text) => void afinn.analyze(text)),
    wink: perSecond(1_000, 4, (text) => void wink.readDoc(text).out(wink.its.sentiment)),
    vader: perSecond(400, 3, (text) => void vader.polarity_scores(text)),
  };
};
