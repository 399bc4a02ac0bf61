// What a question adds to how its answers are read: fitted and measured on answers of patients to "What was good?" and "What could we do better?", as
// people judged them, with weights that saw nothing of this source; measured with each service left out in turn.
import { askedBy, type Asked } from "../../text/asked.ts";
import { bareFeeling, beginsWithNone, isBareReply } from "../../text/bare-replies.ts";
import { decideAnswer, decideBare, decideSentiment, polaritySigns, sigmoid } from "../../text/decisions.ts";
import { LANES } from "../../text/kernel.ts";
import { type Leaning, type ModelHeader, NEGATIVE_LANE, POSITIVE_LANE } from "../../text/model.ts";
import { NEEDS } from "../../text/reading.ts";
import type { Scores } from "../../text/scores.ts";
import { makeScores } from "../../text/scores.ts";
import { logitOf, rounded } from "./calibration.ts";
import type { Card } from "./cards.ts";
import { readData } from "./corpora.ts";
import { parseCsv } from "./csv.ts";
import { readDocuments, readParts } from "./documents.ts";
import { SENTIMENTS, trainSentiment } from "./heads.ts";
import type { Scored } from "./limits.ts";
import { trainOn, type TrainingSet } from "./training-set.ts";

type Side = (typeof SENTIMENTS)[number];
/** An answer, the service it is about, and its scores by weights that saw nothing of this source. */
export type ScoredAnswer = { service: string; asked: Asked; text: string; sentiment: Side; scores: Scores };

const SOURCE = "nhs_fft";
const STEPS = 1_500;
const RIDGE = 2;
const RATE = 1.5;

/** In these services the two columns are swapped: one of 1,483 answers to "How could we improve?" is "Nothing", and 128 of the reasons are. */
const SWAPPED = /^(?:111|PTS)/u;
const WHY = "FFT Why?";

const askedIn = (trust: string, service: string, question: string): Asked | null => {
  if (trust !== "NEAS") return askedBy(question);
  const isImprovement = SWAPPED.test(service) ? question === WHY : askedBy(question) === "better";
  return isImprovement ? "better" : null;
};

export const readAnswers = (folder: string, set: TrainingSet): ScoredAnswer[] => {
  const rows = parseCsv(readData(folder, "survey/nhs_fft_v6framework_230831.csv.gz")).flatMap((row) => {
    const [trust, service, text, judged] = [row["Trust"] ?? "", row["Service type 1"] ?? "", row["FFT answer"] ?? "", Number(row["Comment sentiment"] ?? "")];
    const asked = askedIn(trust, service, row["FFT question"] ?? "");
    const sentiment: Side = judged <= 2 ? "pos" : judged === 3 ? "neu" : "neg";
    return asked === null || judged === 0 ? [] : [{ service: `${trust} ${service}`.replaceAll(/\s+/gu, " ").trim(), asked, text, sentiment }];
  });
  const head = trainOn(set.sentiment, SENTIMENTS.length, SOURCE, trainSentiment);
  const [whole, parts] = [readDocuments(rows.map(({ text }) => text)), readParts(rows.map(({ text }) => text))];
  const felt = new Float32Array(SENTIMENTS.length);
  const fill = (out: Float64Array, from: number): void => {
    out[from + NEGATIVE_LANE] = (felt[0] ?? 0) - (felt[1] ?? 0);
    out[from + POSITIVE_LANE] = (felt[2] ?? 0) - (felt[1] ?? 0);
  };
  return rows.map((row, at) => {
    const first = parts.first[at] ?? 0;
    const scores = makeScores(Math.max(1, (parts.first[at + 1] ?? 0) - first));
    scores.parts = (parts.first[at + 1] ?? 0) - first;
    head.score(whole, at, felt);
    fill(scores.whole, 0);
    for (let part = 0; part < scores.parts; part++) {
      head.score(parts, first + part, felt);
      fill(scores.byPart, part * LANES);
    }
    return { ...row, scores };
  });
};

/** Whether a need that an answer speaks of is met, and the logit that it is, by weights that saw nothing of this source. */
export type NeedOfAnswer = { asked: Asked; logit: number; isMet: boolean };

/** The labelled comments among the answers; of a text that stands under several questions nobody knows which was read. */
export const readNeedsOfAnswers = (answers: readonly ScoredAnswer[], scored: readonly Scored[], met: ModelHeader["met"]): NeedOfAnswer[] => {
  const questions = Map.groupBy(answers, ({ text }) => text.trim());
  return scored.flatMap(({ comment, scores }) => {
    const asked = new Set(questions.get(comment.text.trim())?.map((answer) => answer.asked));
    const [only] = asked;
    if (comment.source !== SOURCE || only === undefined || asked.size > 1 || beginsWithNone(comment.text)) return [];
    return NEEDS.flatMap((need, at): NeedOfAnswer[] => {
      const polarity = comment.needs[need];
      return polarity === undefined || polarity === "mix" ? [] : [{ asked: only, logit: logitOf(met, polaritySigns(scores, at, comment.text)), isMet: polarity === "pos" }];
    });
  });
};

/** @param temperature that of the model's feelings */
export const fitAsked = (answers: readonly ScoredAnswer[], needs: readonly NeedOfAnswer[], temperature: number): ModelHeader["asked"] => {
  const bare = answers.flatMap(({ text, asked, sentiment }) => {
    const feeling = bareFeeling(text, asked);
    return feeling === null ? [] : [feeling === sentiment];
  });
  const fit = (asked: Asked): Leaning => ({ met: fitMet(needs.filter((need) => need.asked === asked)), ...fitLeaning(answers.filter((answer) => answer.asked === asked && !isBareReply(answer.text) && bareFeeling(answer.text, asked) === null), temperature) });
  return { praise: fit("praise"), better: fit("better"), bare: rounded(bare.filter(Boolean).length / bare.length) };
};

/** What a question adds to the logit that a need is met. */
const fitMet = (needs: readonly NeedOfAnswer[]): number => {
  let met = 0;
  for (let step = 0; step < STEPS; step++) {
    const slope = needs.reduce((sum, { logit, isMet }) => sum + sigmoid(logit + met) - (isMet ? 1 : 0), RIDGE * met);
    met -= (RATE / Math.max(1, needs.length)) * slope;
  }
  return rounded(met);
};

/** Softmax over bad, neither (0) and good: the weights' own logits and what is added to them, by plain gradient descent. */
const fitLeaning = (answers: readonly ScoredAnswer[], temperature: number): Omit<Leaning, "met"> => {
  const samples = answers.map(({ text, sentiment, scores }) => ({ bad: (scores.whole[NEGATIVE_LANE] ?? 0) / temperature, good: (scores.whole[POSITIVE_LANE] ?? 0) / temperature, isNone: beginsWithNone(text) ? 1 : 0, sentiment }));
  const leaning: Omit<Leaning, "met"> = { bad: 0, good: 0, none: { bad: 0, good: 0 } };
  const rate = RATE / samples.length;
  for (let step = 0; step < STEPS; step++) {
    const slope: Omit<Leaning, "met"> = { bad: RIDGE * leaning.bad, good: RIDGE * leaning.good, none: { bad: RIDGE * leaning.none.bad, good: RIDGE * leaning.none.good } };
    for (const sample of samples) {
      const bad = Math.exp(sample.bad + leaning.bad + sample.isNone * leaning.none.bad);
      const good = Math.exp(sample.good + leaning.good + sample.isNone * leaning.none.good);
      const [badMiss, goodMiss] = [bad / (1 + bad + good) - (sample.sentiment === "neg" ? 1 : 0), good / (1 + bad + good) - (sample.sentiment === "pos" ? 1 : 0)];
      slope.bad += badMiss;
      slope.good += goodMiss;
      slope.none.bad += sample.isNone * badMiss;
      slope.none.good += sample.isNone * goodMiss;
    }
    leaning.bad -= rate * slope.bad;
    leaning.good -= rate * slope.good;
    leaning.none.bad -= rate * slope.none.bad;
    leaning.none.good -= rate * slope.none.good;
  }
  return { bad: rounded(leaning.bad), good: rounded(leaning.good), none: { bad: rounded(leaning.none.bad), good: rounded(leaning.none.good) } };
};

type Judged = ScoredAnswer & { without: Side; read: Side };

/** Mixed feelings were judged as neither. */
const sideOf = (sentiment: string): Side => (sentiment === "pos" || sentiment === "neg" ? sentiment : "neu");

const judge = (answer: ScoredAnswer, header: Pick<ModelHeader, "sentiment" | "asked">): Judged => {
  const { text, scores, asked } = answer;
  const isBare = isBareReply(text);
  const without = isBare ? "neu" : decideSentiment(scores, header).sentiment;
  const read = decideBare(header, text, asked)?.sentiment ?? (isBare ? "neu" : decideAnswer(scores, header, text, asked).sentiment);
  return { ...answer, without: sideOf(without), read: sideOf(read) };
};

const FEW = 50;
const SHORT_WORDS = 4;
const isShort = ({ text }: ScoredAnswer): boolean => text.trim().split(/\s+/u).length < SHORT_WORDS;
const shareOf = (judged: readonly Judged[], isRight: (one: Judged) => boolean): string => (judged.length === 0 ? "–" : (judged.filter(isRight).length / judged.length).toFixed(3));

const line = (name: string, judged: readonly Judged[]): string => {
  const plain = judged.filter(({ sentiment }) => sentiment !== "neu");
  return `| ${name} | ${judged.length} | ${shareOf(judged, (one) => one.without === one.sentiment)} | ${shareOf(judged, (one) => one.read === one.sentiment)} | ${shareOf(plain, (one) => one.without === one.sentiment)} | ${shareOf(plain, (one) => one.read === one.sentiment)} |`;
};

const metLines = (needs: readonly NeedOfAnswer[]): string[] =>
  (["praise", "better"] as const).map((asked) => {
    const own = needs.filter((need) => need.asked === asked);
    const halves = [0, 1].map((half) => own.filter((_, place) => place % 2 === half));
    const read = halves.flatMap((half, place) => {
      const met = fitMet(halves[1 - place] ?? []);
      return half.map(({ logit, isMet }) => logit + met > 0 === isMet);
    });
    return `| ${asked === "praise" ? "what was good" : "what could be better"} | ${own.length} | ${(own.filter(({ logit, isMet }) => logit > 0 === isMet).length / own.length).toFixed(3)} | ${(read.filter(Boolean).length / own.length).toFixed(3)} |`;
  });

/** How answers are read with their question and without. */
export const askedCard = (answers: readonly ScoredAnswer[], needs: readonly NeedOfAnswer[], header: Pick<ModelHeader, "sentiment">): Card => {
  const services = [...new Set(answers.map(({ service }) => service))].filter((service) => answers.filter((answer) => answer.service === service).length >= FEW);
  const judged = services.flatMap((service) => {
    const asked = fitAsked(answers.filter((answer) => answer.service !== service), [], header.sentiment.temperature);
    return answers.filter((answer) => answer.service === service).map((answer) => judge(answer, { ...header, asked }));
  });
  const lines = (["praise", "better"] as const).flatMap((asked) => {
    const own = judged.filter((one) => one.asked === asked);
    const name = asked === "praise" ? "what was good" : "what could be better";
    return [
      line(name, own),
      line(`${name}, under four words`, own.filter(isShort)),
      line(`${name}, without bare replies`, own.filter(({ text }) => !isBareReply(text))),
      line(`${name}, under four words, without bare replies`, own.filter((one) => isShort(one) && !isBareReply(one.text))),
      ...services.filter((service) => own.some((one) => one.service === service)).map((service) => line(`${name}, ${service}`, own.filter((one) => one.service === service))),
    ];
  });
  return {
    name: "asked",
    lines: ["# Answers read with their question", "", "Answers of NHS patients judged by people, read with weights that saw nothing of this source; what a question adds is learned without the service it is measured on.", "", "| asked | answers | right of three, without the question | with it | good or bad, without | with it |", "|---|---|---|---|---|---|", ...lines, "", "Whether the needs that such an answer speaks of are met, as labelled without their question; each half is read with what the other half adds:", "", "| asked | needs | right without the question | with it |", "|---|---|---|---|", ...metLines(needs)],
  };
};
