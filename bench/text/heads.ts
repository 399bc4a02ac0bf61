// Trains each head on its texts. All share the features and the number of rows, so that their weights can lie side by side in one table.
import { EMOTIONS, NEEDS } from "../../text/reading.ts";
import type { Documents } from "./documents.ts";
import { Linear } from "./linear.ts";
import type { Targets } from "./linear.ts";

export const BITS = 16;
export const LANGUAGE_BITS = 14;
export const makeTargets = (count: number, lanes: number): Targets => ({ goal: new Float32Array(count * lanes), weight: new Float32Array(count * lanes) });

/** Rare answers count more, by the root of how rare they are. */
export const balance = (targets: Targets, lanes: number, chosen: readonly number[]): void => {
  for (let lane = 0; lane < lanes; lane++) {
    let [yes, all] = [0, 0];
    for (const document of chosen) {
      const at = document * lanes + lane;
      yes += (targets.goal[at] ?? 0) * (targets.weight[at] ?? 0);
      all += targets.weight[at] ?? 0;
    }
    const factor = yes > 0 ? Math.sqrt((all - yes) / yes) : 1;
    for (const document of chosen) {
      const at = document * lanes + lane;
      if ((targets.goal[at] ?? 0) > 0.5) targets.weight[at] = (targets.weight[at] ?? 0) * Math.max(1, factor);
    }
  }
};

/** Neg, neu, pos: one choice. */
export const SENTIMENTS = ["neg", "neu", "pos"] as const;
export const trainSentiment = (documents: Documents, chosen: readonly number[], targets: Targets, bits = BITS): Linear =>
  new Linear({ bits, lanes: 3, loss: "softmax", epochs: 4, rate: 0.2 }).fit(documents, chosen, targets);

export const trainNeeds = (documents: Documents, chosen: readonly number[], targets: Targets): Linear =>
  new Linear({ bits: BITS, lanes: NEEDS.length, loss: "logistic", epochs: 8, rate: 0.5 }).fit(documents, chosen, targets);

/** One question, yes or no: whether a comment is urgent, and whether what it mentions is met. */
export const trainYesNo = (documents: Documents, chosen: readonly number[], targets: Targets): Linear =>
  new Linear({ bits: BITS, lanes: 1, loss: "logistic", epochs: 8, rate: 0.5 }).fit(documents, chosen, targets);

export const trainEmotions = (documents: Documents, chosen: readonly number[], targets: Targets): Linear =>
  new Linear({ bits: BITS, lanes: EMOTIONS.length, loss: "logistic", epochs: 5, rate: 0.15 }).fit(documents, chosen, targets);

export const trainLanguages = (documents: Documents, chosen: readonly number[], targets: Targets, lanes: number): Linear =>
  new Linear({ bits: LANGUAGE_BITS, lanes, loss: "softmax", epochs: 12, rate: 1 }).fit(documents, chosen, targets);
