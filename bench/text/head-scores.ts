// The scores of a text as the reader makes them, from heads that are not yet packed: for limits fitted on sources left out.
import { LANES } from "../../text/kernel.ts";
import { FIRST_EMOTION_LANE, FIRST_NEED_LANE, MET_LANE, NEGATIVE_LANE, POSITIVE_LANE, URGENT_LANE } from "../../text/model.ts";
import { EMOTIONS, NEEDS } from "../../text/reading.ts";
import type { Scores } from "../../text/scores.ts";
import { makeScores } from "../../text/scores.ts";
import type { Documents, Parts } from "./documents.ts";
import type { LaneSource } from "./tables.ts";
import type { Heads } from "./training-set.ts";

/** Which head fills which lane of the main table. */
export const lanesOf = ({ sentiment, needs, emotions, urgent, met }: Heads): LaneSource[] => {
  const lanes: LaneSource[] = [];
  lanes[NEGATIVE_LANE] = { head: sentiment, lane: 0, less: 1 };
  lanes[POSITIVE_LANE] = { head: sentiment, lane: 2, less: 1 };
  NEEDS.forEach((_, lane) => (lanes[FIRST_NEED_LANE + lane] = { head: needs, lane }));
  EMOTIONS.forEach((_, lane) => (lanes[FIRST_EMOTION_LANE + lane] = { head: emotions, lane }));
  lanes[URGENT_LANE] = { head: urgent, lane: 0 };
  lanes[MET_LANE] = { head: met, lane: 0 };
  return lanes;
};

const [felt, needed, moved, one] = [new Float32Array(3), new Float32Array(NEEDS.length), new Float32Array(EMOTIONS.length), new Float32Array(1)];

/** Scores of text `at`; valid as long as nobody changes them. */
export const scoresOf = (heads: Heads, whole: Documents, parts: Parts, at: number): Scores => {
  const first = parts.first[at] ?? 0;
  const count = (parts.first[at + 1] ?? 0) - first;
  const scores = makeScores(Math.max(1, count));
  fill(heads, whole, at, scores.whole, 0);
  scores.most.set(scores.whole);
  for (let part = 0; part < count; part++) {
    fill(heads, parts, first + part, scores.byPart, part * LANES);
    for (let lane = 0; lane < LANES; lane++) scores.most[lane] = Math.max(part === 0 ? -Infinity : (scores.most[lane] ?? 0), scores.byPart[part * LANES + lane] ?? 0);
  }
  scores.parts = count;
  return scores;
};

const fill = ({ sentiment, needs, emotions, urgent, met }: Heads, documents: Documents, at: number, out: Float64Array, from: number): void => {
  sentiment.score(documents, at, felt);
  needs.score(documents, at, needed);
  emotions.score(documents, at, moved);
  out[from + NEGATIVE_LANE] = (felt[0] ?? 0) - (felt[1] ?? 0);
  out[from + POSITIVE_LANE] = (felt[2] ?? 0) - (felt[1] ?? 0);
  NEEDS.forEach((_, lane) => (out[from + FIRST_NEED_LANE + lane] = needed[lane] ?? 0));
  EMOTIONS.forEach((_, lane) => (out[from + FIRST_EMOTION_LANE + lane] = moved[lane] ?? 0));
  urgent.score(documents, at, one);
  out[from + URGENT_LANE] = one[0] ?? 0;
  met.score(documents, at, one);
  out[from + MET_LANE] = one[0] ?? 0;
};
