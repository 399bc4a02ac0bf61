// Counts, for sources never seen, in how many comments each feeling and need is true and in how many it was read: shares are corrected by it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { decideNeeds, decideSentiment } from "../../text/decisions.ts";
import { JUDGED_SENTIMENTS, type JudgedModel, type SourceCounts, type TrueAndRead } from "../../text/judged-sources.ts";
import type { Need, Polarity, Sentiment } from "../../text/reading.ts";
import { NEEDS } from "../../text/reading.ts";
import { openShareCorrector } from "../../text/shares.ts";
import type { Card, Judgement } from "./cards.ts";
import { headerOf, judgeLeftOut } from "./cards.ts";
import type { Scored } from "./limits.ts";

/** Shares of smaller sources are mostly chance. */
const COMMENTS_MIN = 100;

type Judged = { source: string; truth: Said; read: Said };
type Said = { sentiment: Sentiment; needs: Partial<Record<Need, Polarity>> };

/** @param scored of sources left out; limits are fitted without the source too */
export const writeJudgedSources = (model: string, scored: readonly Scored[]): void => {
  const written: JudgedModel = { model, sources: countJudged(judgeLeftOut(scored)) };
  const lines = written.sources.map((source) => `  ${JSON.stringify(source)}`);
  writeFileSync(join(import.meta.dirname, "../../text/judged-sources.json"), `{ "model": ${JSON.stringify(model)}, "sources": [\n${lines.join(",\n")}\n] }\n`);
};

/** The first labelled set alone: later comments were chosen where the model was unsure, and hold more errors than what comes in. */
export const countJudged = (judgements: readonly Judgement[]): SourceCounts[] => {
  const judged = judgements.filter(({ row }) => row.comment.isBase).map(({ row, limits }): Judged => ({
    source: row.comment.source,
    truth: row.comment,
    read: { sentiment: decideSentiment(row.scores, headerOf(limits)).sentiment, needs: decideNeeds(row.scores, headerOf(limits), row.comment.text).needs },
  }));
  return [...Map.groupBy(judged, ({ source }) => source)].filter(([, rows]) => rows.length >= COMMENTS_MIN).map(([source, rows]) => countsOf(source, rows));
};

const countsOf = (source: string, rows: readonly Judged[]): SourceCounts => {
  const count = (isSo: (said: Said) => boolean): TrueAndRead => [rows.filter(({ truth }) => isSo(truth)).length, rows.filter(({ read }) => isSo(read)).length];
  const feeling = (name: Sentiment): TrueAndRead => count(({ sentiment }) => sentiment === name);
  const need = (name: Need) => ({ met: count(({ needs }) => needs[name] === "pos"), unmet: count(({ needs }) => needs[name] === "neg") });
  return {
    source,
    comments: rows.length,
    sentiment: { neg: feeling("neg"), neu: feeling("neu"), pos: feeling("pos"), mix: feeling("mix") },
    needs: { EASY: need("EASY"), EXPECT: need("EXPECT"), PROMISE: need("PROMISE"), INFORM: need("INFORM"), INDIVID: need("INDIVID"), RIGHT: need("RIGHT") },
  };
};

type Tried = { name: string; truth: number; read: number; share: number; low: number; high: number };

/** Each source corrected by the others, as a new company's comments are. */
export const sharesCard = (sources: readonly SourceCounts[]): Card => {
  const classes: { name: string; of: (source: SourceCounts) => TrueAndRead }[] = [
    ...JUDGED_SENTIMENTS.map((name) => ({ name: `feeling ${name}`, of: ({ sentiment }: SourceCounts) => sentiment[name] })),
    ...(["unmet", "met"] as const).flatMap((side) => NEEDS.map((need) => ({ name: `${need} ${side}`, of: ({ needs }: SourceCounts) => needs[need][side] }))),
  ];
  const tried = classes.flatMap(({ name, of }) => sources.flatMap((left): Tried[] => {
    const correct = openShareCorrector(sources.filter((source) => source !== left).map((source) => ({ comments: source.comments, truth: of(source)[0], read: of(source)[1] })));
    const [truth, read] = of(left);
    return correct === null ? [] : [{ name, truth: truth / left.comments, read: read / left.comments, ...correct(read, left.comments) }];
  }));
  const line = (name: string, rows: readonly Tried[]): string => {
    const mean = (figure: (row: Tried) => number): string => (rows.reduce((sum, row) => sum + figure(row), 0) / rows.length).toFixed(3);
    return `| ${name} | ${mean(({ read, truth }) => Math.abs(read - truth))} | ${mean(({ share, truth }) => Math.abs(share - truth))} | ${mean(({ low, high, truth }) => (low <= truth && truth <= high ? 1 : 0))} | ${mean(({ low, high }) => high - low)} |`;
  };
  return {
    name: "shares",
    lines: [
      "# Shares corrected for what is read wrongly",
      "",
      `Each of ${sources.length} sources as if it were a new company: weights, limits and the correction come from the others. Error is the mean distance to the share that is true, before and after the correction; held is how many of the 95 % intervals hold the truth; width is theirs. The labels are those of the first set, which was sampled towards complaints and rare needs. All labels are in English. For some classes the corrected share is no nearer to the truth than the one as read: what is gained is the wide interval. Feelings are corrected one by one, so they need not add up to 100 %.`,
      "",
      "| share | error as read | error corrected | held | width |",
      "|---|---|---|---|---|",
      line("all feelings", tried.filter(({ name }) => name.startsWith("feeling"))),
      line("all needs", tried.filter(({ name }) => !name.startsWith("feeling"))),
      ...classes.map(({ name }) => line(name, tried.filter((row) => row.name === name))),
    ],
  };
};
