import { askedBy, openShareCorrector, openShippedReader, openWorkerPool, readJudgedSources, type Asked } from "@firsthand/text";
import { openCorrectors } from "@firsthand/server/insights/comments/corrected-shares.rules";
import { availableParallelism } from "node:os";
import { CommandError, UsageError, type Command, type Given, type Output } from "./command.ts";
import { openComments, type BadRow, type CommentFile, type CommentRequest } from "./comment-file.ts";
import { findThemes, type SharedThemes } from "./comment-themes.ts";
import { addCounts, writeSummary, type ReadingCounts } from "./comment-summary.ts";
import { delimitedOptions, readDelimitedWishes } from "./delimited-options.ts";
import type { PortionRead, PortionTask } from "./read-comments-worker.ts";
import { count } from "./text-table.ts";

export const readCommentsCommand: Command = {
  name: "read-comments",
  summary: "Read what customers wrote: language, sentiment, emotion, the six needs and urgency of each comment.",
  usage: "FILE --text COLUMN [options]",
  positionals: { min: 1, max: 1 },
  options: {
    text: { value: "COLUMN", help: "The column, or key of the JSON objects, with the comments." },
    id: { value: "COLUMN", help: "The column with what to call each comment; the number of its row when left out." },
    asked: { value: "QUESTION", help: "The question that the comments answer, such as \"What could we do better?\"; the name of the column when left out. \"Nothing\" under it is praise, and \"The parking\" a complaint." },
    themes: { help: "Also find what the comments are about and say which are about what. Off unless asked for: it reads the file twice and takes about twice as long." },
    json: { help: "Print one JSON object per comment instead of tables about all." },
    delimiter: delimitedOptions.delimiter,
    encoding: delimitedOptions.encoding,
  },
  notes: [
    "FILE holds one JSON object on each line (.jsonl, .ndjson) or is a table (.csv, .tsv), packed with gzip or not; - reads standard input. Nothing leaves this machine, and no server or database is needed.",
    "Each JSON line has id, language, sentiment (pos, neg, neu, mix), sentimentScore (-1 to 1), emotion, needs (EASY, EXPECT, PROMISE, INFORM, INDIVID, RIGHT: pos is met, neg unmet, mix both), urgent, themes (what it is about, surest first; empty without --themes), confidence (of each, 0 to 1) and unsure. language and emotion are null when they cannot be told. Lines come in the order of the file, one for each row, also where the comment is empty.",
    "A question counts where it plainly asks for something good or for what could be better, in thirteen languages; all others, and names of columns such as \"comment\", change nothing.",
    "Themes are found in 20,000 comments from all over the file, 200 of one language at least, and then looked for in every comment. They are those of this file: another one has others, and a workspace keeps its own over time.",
    "Shares beside counts are as read. Where nearly all comments are in English, a table tells them corrected for what the model reads wrongly, with 95% intervals, as the screen of comments does.",
    "Rows that cannot be read are left out and named on stderr.",
  ],
  run: async (given, output) => {
    const request = readRequest(given);
    const themes = given.isSet("themes") ? await lookForThemes(request, output) : null;
    const file = await openComments(request);
    const total = await readAll(file, { isJson: given.isSet("json"), asked: readAsked(given, request, output), themes }, output);
    report(total, file, request.encoding !== null, output);
    if (total.comments === 0) throw new CommandError(total.bad > 0 ? "No row could be read." : "The file has a header and no rows.");
    if (!given.isSet("json")) await output.data(writeSummary(total.comments, total.counts, themes !== null, openCorrectors(judgedSources(), openShareCorrector)));
    return 0;
  },
};

const judgedSources = () => readJudgedSources(openShippedReader().version)?.sources ?? [];

const readRequest = (given: Given): CommentRequest => {
  const text = given.option("text");
  if (text === null) throw new UsageError("--text COLUMN is missing.");
  return { path: given.positionals[0] ?? "", text, id: given.option("id"), ...readDelimitedWishes(given) };
};

const readAsked = (given: Given, { text }: CommentRequest, output: Output): Asked | null => {
  const question = given.option("asked") ?? text;
  const asked = askedBy(question);
  if (asked !== null) output.say(`Read as answers to "${question}", which asks ${asked === "praise" ? "what was good" : "what could be better"}.`);
  else if (given.option("asked") !== null) output.say(`"${question}" plainly asks neither what was good nor what could be better: the comments are read by their words.`);
  return asked;
};

/** @throws UsageError for standard input, which cannot be read twice */
const lookForThemes = async (request: CommentRequest, output: Output): Promise<SharedThemes> => {
  if (request.path === "-") throw new UsageError("--themes reads the comments twice, which standard input cannot give. Write them into a file and name that.");
  const started = performance.now();
  const { names, sampled, shared } = await findThemes(await openComments(request));
  output.say(`${count(names.length)} themes found in ${count(sampled)} comments in ${((performance.now() - started) / 1_000).toFixed(1)} s.${names.length === 0 ? " Themes need 200 comments of one language, several of which speak of the same." : ""}`);
  return shared;
};

type Reading = { isJson: boolean; asked: Asked | null; themes: SharedThemes | null };
type Total = { comments: number; bad: number; lost: number; badRows: BadRow[]; counts: ReadingCounts; seconds: number };

const badRowsNamed = 20;
const progressEveryPortions = 20;

const readAll = async (file: CommentFile, reading: Reading, output: Output): Promise<Total> => {
  const total: Total = { comments: 0, bad: 0, lost: 0, badRows: [], counts: new Map(), seconds: 0 };
  const started = performance.now();
  let portions = 0;
  const pool = openWorkerPool<PortionRead>({ file: new URL("./read-comments-worker.ts", import.meta.url), size: availableParallelism() });
  try {
    for await (const read of pool.runAll(tasksOf(file, reading))) {
      total.seconds = (performance.now() - started) / 1_000;
      if (read === null) {
        total.lost += 1;
        continue;
      }
      total.comments += read.comments;
      total.bad += read.bad;
      total.badRows.push(...read.badRows.slice(0, badRowsNamed - total.badRows.length));
      if (read.counts !== null) addCounts(total.counts, read.counts);
      if (read.lines !== null) await output.data(read.lines);
      portions += 1;
      if (portions % progressEveryPortions === 0) output.progress(`${count(total.comments)} comments read, ${count(Math.round(total.comments / total.seconds))}/s`);
    }
  } finally {
    await pool.close();
  }
  total.bad += file.badCount();
  total.badRows.push(...file.badRows.slice(0, badRowsNamed - total.badRows.length));
  return total;
};

async function* tasksOf(file: CommentFile, reading: Reading): AsyncGenerator<PortionTask> {
  for await (const portion of file.portions) yield { portion, ...reading };
}

const report = (total: Total, file: CommentFile, isAsked: boolean, output: Output): void => {
  const bad = total.bad === 0 ? "" : `, ${count(total.bad)} ${total.bad === 1 ? "row" : "rows"} left out`;
  output.say(`${count(total.comments)} comments read in ${total.seconds.toFixed(1)} s${bad}.`);
  for (const { place, reason } of total.badRows) output.say(`${place}: ${reason}`);
  if (total.bad > total.badRows.length) output.say(`… and ${count(total.bad - total.badRows.length)} more.`);
  if (total.lost > 0) output.say(`${count(total.lost)} portions of about 1,000 comments could not be read at all.`);
  if (!isAsked && !/^utf-?8$/iu.test(file.encoding)) output.say(`Read as ${file.encoding}, since it is no UTF-8. If texts look wrong, say the right one with --encoding.`);
  if (file.wrongCharacters() > 0) output.say(`${count(file.wrongCharacters())} characters are not ${file.encoding}. If texts look wrong, say the right one with --encoding.`);
};
