// A map as text that other tools draw: https://mermaid.js.org/syntax/userJourney.html
import type { MapDocument, MapStep } from "./document.contract.ts";
import { listForks } from "./forks.rules.ts";

const ACTORS_MAX = 5;

/** The map as a mermaid `journey`: a section for each stage, a task for each step with its score and who takes part.
 *  @param map its name and document
 *  Tasks of mermaid cannot part: which steps are taken instead of each other is said in their names.
 *  @returns text that ends with a line break. Scores go from 1 (very bad) to 5 (very good): the designed feeling during the step, else after or before it,
 *  else the mean of the feelings on its cards, else 3. Signs that mean something in mermaid are written as others that look alike */
export const mermaidOf = ({ name, document }: { name: string; document: MapDocument }): string => {
  const ways = wordsOfWays(document);
  const backstage = new Set(document.lanes.filter(({ kind }) => kind === "people").map(({ id }) => id));
  const lines = document.stages.flatMap((stage) => [
    `    section ${plain(stage.name)}`,
    ...document.steps.filter(({ stageId }) => stageId === stage.id).map((step) => `      ${plain(`${ways.get(step.id) ?? ""}${step.name}`)}: ${scoreOf(step, document)}: ${actorsOf(step, document, backstage).join(", ")}`),
  ]);
  return `${["journey", `    title ${plain(name)}`, ...lines].join("\n")}\n`;
};

const wordsOfWays = ({ steps }: MapDocument): Map<string, string> =>
  new Map(listForks(steps).flatMap(({ ways }) => ways.flatMap((places, way) => places.flatMap((place, order) => {
    const id = steps[place]?.id;
    return id === undefined ? [] : [[id, order > 0 ? "then " : way === 0 ? "either " : "or "] as const];
  }))));

const scoreOf = ({ id, designed }: MapStep, { cards }: MapDocument): number => {
  const said = cards.flatMap(({ stepId, feeling }) => (stepId === id && feeling !== null ? [feeling] : []));
  const mean = said.length === 0 ? null : said.reduce((sum, one) => sum + one, 0) / said.length;
  return Math.round(3 + (designed.during ?? designed.after ?? designed.before ?? mean ?? 0));
};

const actorsOf = ({ id }: MapStep, { cards }: MapDocument, backstage: ReadonlySet<string>): string[] => {
  const people = cards.filter(({ stepId, laneId }) => stepId === id && backstage.has(laneId)).flatMap(({ text }) => text.split(/[,\n]/));
  return [...new Set(["Customer", ...people.map((one) => plain(one)).filter((one) => one !== "-")])].slice(0, ACTORS_MAX);
};

// A colon ends a name, a semicolon a line, a hash begins a code or remark, a comma parts actors, and the word "end" alone ends a block.
const plain = (text: string): string => {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").replaceAll(":", "∶").replaceAll(";", "⁏").replaceAll("#", "＃").replaceAll("%%", "% %").replaceAll(",", "‚").trim();
  return line === "" ? "-" : /^(end|section|title|journey|acctitle|accdescr)\b/iu.test(line) ? `· ${line}` : line;
};
