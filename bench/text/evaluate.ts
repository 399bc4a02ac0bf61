// Measures what the heads make of sources they have not seen and writes bench/text/cards/*.md: node bench/text/evaluate.ts [--data FOLDER]
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseModel } from "../../text/model.ts";
import { askedCard, readAnswers, readNeedsOfAnswers } from "./asked.ts";
import { countJudged, sharesCard } from "./judged-sources.ts";
import { judgeLeftOut, makeCards } from "./cards.ts";
import type { Card } from "./cards.ts";
import { measureElsewhere } from "./elsewhere.ts";
import { measureOwnSources } from "./own-sources.ts";
import { readLeftOut } from "./left-out.ts";
import type { LeftOut } from "./left-out.ts";
import { readTrainingSet } from "./training-set.ts";

const root = join(import.meta.dirname, "../..");

export const writeCards = (leftOut: LeftOut, more: readonly Card[]): void => {
  const judgements = judgeLeftOut(leftOut.scored);
  for (const { name, lines } of [...makeCards(judgements, leftOut), sharesCard(countJudged(judgements)), ...more]) {
    writeFileSync(join(import.meta.dirname, `cards/${name}.md`), `${lines.join("\n")}\n`);
    console.log(`${lines.join("\n")}\n`);
  }
};

const measure = (folder: string): void => {
  const set = readTrainingSet(folder);
  const leftOut = readLeftOut(set, console.log);
  const answers = readAnswers(folder, set);
  const { header } = parseModel(readFileSync(join(root, "text/model.bin")));
  writeCards(leftOut, [...measureOwnSources(folder), ...measureElsewhere(folder), askedCard(answers, readNeedsOfAnswers(answers, leftOut.scored, header.met), header)]);
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { data: { type: "string", default: join(root, "../shared/data") } } });
  if (existsSync(values.data)) measure(values.data);
  else console.log(`There is no folder ${values.data}: get the public data that bench/text/README.md lists, or name its folder with --data.`);
}
