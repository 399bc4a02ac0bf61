// All texts to learn from, as features and targets, ready to be trained on with or without a source.
import { EMOTIONS, NEEDS } from "../../text/reading.ts";
import { readFelt, readJudged } from "./corpora.ts";
import type { Documents, Parts } from "./documents.ts";
import { readDocuments, readParts } from "./documents.ts";
import { readExcerpts } from "./excerpts.ts";
import { balance, makeTargets, SENTIMENTS, trainEmotions, trainNeeds, trainSentiment, trainYesNo } from "./heads.ts";
import type { LabelledComment } from "./labelled-comments.ts";
import { readAllLabels, readFeelings, readMetPhrases, readUrgencyLines } from "./labelled-comments.ts";
import type { Linear, Targets } from "./linear.ts";

const NEEDS_LANES = NEEDS.length;

export type Heads = { sentiment: Linear; needs: Linear; emotions: Linear; urgent: Linear; met: Linear };

export type Head = { documents: Documents; sources: string[]; targets: Targets };

/** groups: the sentences of a comment of which at least one says each of the needs, though nobody marked which. */
export type NeedsHead = Head & { groups: { documents: number[]; needs: number[] }[] };

export type TrainingSet = { comments: LabelledComment[]; whole: Documents; parts: Parts; sentiment: Head; needs: NeedsHead; emotions: Head; urgent: Head; met: Head };

export const readTrainingSet = (folder: string): TrainingSet => {
  const comments = readAllLabels();
  const texts = comments.map(({ text }) => text);
  return { comments, whole: readDocuments(texts), parts: readParts(texts), sentiment: sentimentHead(folder, comments), needs: needsHead(comments), emotions: emotionsHead(folder, comments), urgent: urgentHead(comments), met: metHead([...comments, ...readMetPhrases()]) };
};

/** @returns heads that have seen nothing of the source left out */
export const trainHeads = (set: TrainingSet, leftOut: string | null = null, emotions: Linear = trainOn(set.emotions, EMOTIONS.length, leftOut, trainEmotions)): Heads => ({
  sentiment: trainOn(set.sentiment, 3, leftOut, trainSentiment),
  needs: trainNeedsOn(set.needs, leftOut),
  emotions,
  urgent: trainOn(set.urgent, 1, leftOut, trainYesNo),
  met: trainOn(set.met, 1, leftOut, trainYesNo),
});

/** Emotions learned from other people's texts alone: for limits on our own labelled comments. */
export const trainOtherEmotions = (set: TrainingSet): Linear => {
  const { documents, targets, sources } = set.emotions;
  return trainOn({ documents, targets, sources: sources.map((source) => (source === "goemotions" ? source : "left out")) }, EMOTIONS.length, "left out", trainEmotions);
};

export const trainOn = (head: Head, lanes: number, leftOut: string | null, train: (documents: Documents, chosen: number[], targets: Targets) => Linear): Linear => {
  const chosen = head.sources.flatMap((source, at) => (source === leftOut ? [] : [at]));
  const targets = { goal: head.targets.goal, weight: head.targets.weight.slice() };
  balance(targets, lanes, chosen);
  return train(head.documents, chosen, targets);
};

/** Twice: the first weights choose, of each comment whose words were not marked, the sentence that says a need most; the second learn from it too. */
const trainNeedsOn = (head: NeedsHead, leftOut: string | null): Linear => {
  const first = trainOn(head, NEEDS_LANES, leftOut, trainNeeds);
  const targets = { goal: head.targets.goal.slice(), weight: head.targets.weight.slice() };
  const logits = new Float32Array(NEEDS_LANES);
  for (const { documents, needs } of head.groups) {
    const scores = documents.map((document) => {
      first.score(head.documents, document, logits);
      return [...logits];
    });
    for (const need of needs) {
      const best = scores.reduce((most, score, at) => ((score[need] ?? 0) > (scores[most]?.[need] ?? 0) ? at : most), 0);
      const place = (documents[best] ?? 0) * NEEDS_LANES + need;
      [targets.goal[place], targets.weight[place]] = [1, weightOf({ source: head.sources[documents[best] ?? 0] ?? "" })];
    }
  }
  return trainOn({ ...head, targets }, NEEDS_LANES, leftOut, trainNeeds);
};

const sentimentHead = (folder: string, comments: readonly LabelledComment[]): Head => {
  const judged = readJudged(folder);
  const rows = [...judged, ...comments.flatMap(({ source, text, sentiment }) => (sentiment === "mix" ? [] : [{ source, text, sentiment }])), ...readFeelings()];
  const targets = makeTargets(rows.length, 3);
  rows.forEach(({ sentiment }, at) => {
    const weight = at >= judged.length ? 2 : 1;
    targets.goal[at * 3 + SENTIMENTS.indexOf(sentiment)] = 1;
    targets.weight.fill(weight, at * 3, at * 3 + 3);
  });
  return { documents: readDocuments(rows.map(({ text }) => text)), sources: rows.map(({ source }) => source), targets };
};

const needsHead = (comments: readonly LabelledComment[]): NeedsHead => {
  const excerptsOf = comments.map(readExcerpts);
  const excerpts = excerptsOf.flat();
  const count = comments.length + excerpts.length;
  const targets = makeTargets(count, NEEDS_LANES);
  comments.forEach((comment, at) => {
    const first = at * NEEDS_LANES;
    targets.weight.fill(weightOf(comment), first, first + NEEDS_LANES);
    NEEDS.forEach((need, lane) => {
      if (comment.needs[need] !== undefined) targets.goal[first + lane] = 1;
    });
  });
  excerpts.forEach((excerpt, index) => {
    const first = (comments.length + index) * NEEDS_LANES;
    NEEDS.forEach((need, lane) => {
      targets.goal[first + lane] = excerpt.said.includes(need) ? 1 : 0;
      targets.weight[first + lane] = (excerpt.weights[lane] ?? 0) * weightOf(excerpt);
    });
  });
  let next = comments.length;
  const groups = excerptsOf.map((own) => ({ documents: own.map(() => next++), needs: (own[0]?.saidSomewhere ?? []).map((need) => NEEDS.indexOf(need)) }));
  const rows = [...comments, ...excerpts];
  return { documents: readDocuments(rows.map(({ text }) => text)), sources: rows.map(({ source }) => source), targets, groups: groups.filter(({ needs }) => needs.length > 0) };
};

/** What was made up is clearer than what people write: it must not outweigh that. */
const WRITTEN_WEIGHT = 0.4;
const weightOf = ({ source }: { source: string }): number => (source === "written" ? WRITTEN_WEIGHT : 1);

type Answered = { source: string; text: string; isTrue: boolean };

const yesNoHead = (rows: readonly Answered[]): Head => ({
  documents: readDocuments(rows.map(({ text }) => text)),
  sources: rows.map(({ source }) => source),
  targets: { goal: Float32Array.from(rows, ({ isTrue }) => (isTrue ? 1 : 0)), weight: new Float32Array(rows.length).fill(1) },
});

/** What was made up counts as much as what people wrote: of that, few comments outside one source are urgent. A phrase says nothing about it. */
const urgentHead = (comments: readonly LabelledComment[]): Head =>
  yesNoHead([...comments.filter(({ id }) => !id.startsWith("phrase:")).map(({ source, text, urgent }) => ({ source, text, isTrue: urgent })), ...readUrgencyLines().map(({ text, urgent }) => ({ source: "written", text, isTrue: urgent }))]);

/** Whether needs are met shows where all of a comment are, or none, and in its sentences alike. */
const metHead = (comments: readonly LabelledComment[]): Head => {
  const whole = comments.flatMap(({ source, text, needs }): Answered[] => {
    const polarities = new Set(Object.values(needs));
    return polarities.size === 1 && !polarities.has("mix") ? [{ source, text, isTrue: polarities.has("pos") }] : [];
  });
  return yesNoHead([...whole, ...comments.flatMap(readExcerpts).flatMap(({ source, text, isMet }): Answered[] => (isMet === null ? [] : [{ source, text, isTrue: isMet }]))]);
};

const emotionsHead = (folder: string, comments: readonly LabelledComment[]): Head => {
  const felt = [...readFelt(folder, "train").map((row) => ({ ...row, source: "goemotions", weight: 1 })), ...comments.flatMap(({ emotion, text, source }) => (emotion === undefined ? [] : [{ text, source, emotions: emotion === null ? [] : [emotion], weight: 3 }]))];
  const targets = makeTargets(felt.length, EMOTIONS.length);
  felt.forEach(({ emotions, weight }, at) => {
    targets.weight.fill(weight, at * EMOTIONS.length, (at + 1) * EMOTIONS.length);
    for (const emotion of emotions) targets.goal[at * EMOTIONS.length + EMOTIONS.indexOf(emotion)] = 1;
  });
  return { documents: readDocuments(felt.map(({ text }) => text)), sources: felt.map(({ source }) => source), targets };
};
