// What heads say of sources that they have never seen: the only figures that tell how the next company's comments will be read.
import { scoresOf } from "./head-scores.ts";
import { SENTIMENTS } from "./heads.ts";
import type { Scored } from "./limits.ts";
import type { TrainingSet } from "./training-set.ts";
import { trainHeads, trainOtherEmotions } from "./training-set.ts";

/** A text of a source left out, the sentiment that people gave it and what was read. */
export type JudgedGuess = { source: string; truth: number; logits: number[] };
export type LeftOut = { scored: Scored[]; judged: JudgedGuess[] };

export const readLeftOut = (set: TrainingSet, say: (line: string) => void): LeftOut => {
  const sources = [...new Set(set.comments.map(({ source }) => source))].filter((source) => source !== "written");
  const emotions = trainOtherEmotions(set);
  const found: LeftOut = { scored: [], judged: [] };
  for (const source of sources) {
    const heads = trainHeads(set, source, emotions);
    set.comments.forEach((comment, at) => {
      if (comment.source === source) found.scored.push({ comment, scores: scoresOf(heads, set.whole, set.parts, at) });
    });
    const { documents, sources: judgedSources, targets } = set.sentiment;
    const logits = new Float32Array(SENTIMENTS.length);
    judgedSources.forEach((judgedSource, at) => {
      // Labelled comments weigh more than judged ones; they are counted above.
      if (judgedSource !== source || targets.weight[at * SENTIMENTS.length] !== 1) return;
      heads.sentiment.score(documents, at, logits);
      found.judged.push({ source, truth: SENTIMENTS.findIndex((_, lane) => targets.goal[at * SENTIMENTS.length + lane] === 1), logits: [...logits] });
    });
    say(`read ${source} without having seen it`);
  }
  return found;
};
