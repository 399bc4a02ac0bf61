// Trains text/model.bin from the committed labels and the data folder, the same every time: node bench/text/train.ts [--data FOLDER]
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MODEL_FORMAT, parseModel, writeModel } from "../../text/model.ts";
import { fitAsked, readAnswers, readNeedsOfAnswers } from "./asked.ts";
import { writeJudgedSources } from "./judged-sources.ts";
import { rounded } from "./calibration.ts";
import { BITS, LANGUAGE_BITS, makeTargets, trainLanguages } from "./heads.ts";
import { lanesOf } from "./head-scores.ts";
import { LANGUAGE_LIMIT, LATIN_LANGUAGES, readSpoken } from "./languages.ts";
import { readLeftOut } from "./left-out.ts";
import { fitLimits } from "./limits.ts";
import { readDocuments } from "./documents.ts";
import { packTable } from "./tables.ts";
import type { PackedTable } from "./tables.ts";
import { readTrainingSet, trainHeads } from "./training-set.ts";

const root = join(import.meta.dirname, "../..");
const LANGUAGE_YES = 0.55;
/** Fitted on a fifth of the texts that were left out: with this the probabilities of languages are what they say. */
const LANGUAGE_TEMPERATURE = 0.6;

const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);

export const packLanguages = (folder: string): PackedTable => {
  const spoken = readSpoken(folder).filter(({ language }) => LATIN_LANGUAGES.some((name) => name === language));
  const lanes = LATIN_LANGUAGES.length;
  const targets = makeTargets(spoken.length, lanes);
  const counts = new Map<string, number>();
  for (const { language } of spoken) counts.set(language, (counts.get(language) ?? 0) + 1);
  spoken.forEach(({ language }, at) => {
    targets.goal[at * lanes + LATIN_LANGUAGES.findIndex((name) => name === language)] = 1;
    targets.weight.fill(Math.sqrt(spoken.length / lanes / (counts.get(language) ?? 1)), at * lanes, (at + 1) * lanes);
  });
  const documents = readDocuments(spoken.map(({ text }) => text), LANGUAGE_LIMIT);
  const head = trainLanguages(documents, spoken.map((_, at) => at), targets, lanes);
  const packed = packTable(LANGUAGE_BITS, LATIN_LANGUAGES.map((_, lane) => ({ head, lane })));
  return { weights: packed.weights, scale: packed.scale.map((scale) => Number((scale / LANGUAGE_TEMPERATURE).toPrecision(8))), bias: packed.bias.map((bias) => rounded(bias / LANGUAGE_TEMPERATURE)) };
};

const train = (folder: string): void => {
  const set = readTrainingSet(folder);
  say(`read ${set.comments.length} labelled comments, ${set.sentiment.documents.count} with a sentiment, ${set.emotions.documents.count} with emotions`);
  const { scored } = readLeftOut(set, say);
  const limits = fitLimits(scored);
  const answers = readAnswers(folder, set);
  const asked = fitAsked(answers, readNeedsOfAnswers(answers, scored, limits.met), limits.sentiment.temperature);
  const main = packTable(BITS, lanesOf(trainHeads(set)));
  const languages = packLanguages(folder);
  const header = { format: MODEL_FORMAT, bits: BITS, scale: main.scale, bias: main.bias, ...limits, asked, languages: { bits: LANGUAGE_BITS, scale: languages.scale, bias: languages.bias, names: [...LATIN_LANGUAGES], yes: LANGUAGE_YES } };
  const bytes = writeModel(header, main.weights, languages.weights);
  writeFileSync(join(root, "text/model.bin"), bytes);
  writeJudgedSources(parseModel(bytes).version, scored);
  say(`wrote text/model.bin, ${bytes.length} bytes`);
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { data: { type: "string", default: join(root, "../shared/data") } } });
  if (existsSync(values.data)) train(values.data);
  else say(`There is no folder ${values.data}: get the public data that bench/text/README.md lists, or name its folder with --data.`);
}
