import type { Question, SurveyDefinition, SurveyOption } from "./definition.contract.ts";

/** The survey with what is random put in order for one person: always the same order for the same seed, so that a reload changes nothing.
 *  "Other" and "none" stay last. Nothing is mutated.
 *  @param seed id of the response */
export function arrangeFor(definition: SurveyDefinition, seed: string): SurveyDefinition {
  const hasRandom = (definition.shuffle ?? []).length > 0 || definition.questions.some((question) => "order" in question && question.order === "random");
  if (!hasRandom) return definition;
  return { ...definition, questions: shuffleGroups(definition, seed).map((question) => arrangeQuestion(question, seed)) };
}

function shuffleGroups(definition: SurveyDefinition, seed: string): Question[] {
  let { questions } = definition;
  for (const [index, group] of (definition.shuffle ?? []).entries()) {
    const members = questions.filter(({ id }) => group.includes(id));
    const places = questions.flatMap(({ id }, place) => (group.includes(id) ? [place] : []));
    const mixed = mix(members, `${seed}:group${index}`);
    questions = questions.map((question, place) => mixed[places.indexOf(place)] ?? question);
  }
  return questions;
}

function arrangeQuestion(question: Question, seed: string): Question {
  if (!("order" in question) || question.order !== "random") return question;
  if (question.type === "matrix") return { ...question, rows: mix(question.rows, `${seed}:${question.id}`) };
  const isFixed = ({ isOther, isNone }: SurveyOption): boolean => isOther === true || isNone === true;
  return { ...question, options: [...mix(question.options.filter((option) => !isFixed(option)), `${seed}:${question.id}`), ...question.options.filter(isFixed)] };
}

/** Fisher–Yates with a small generator: what matters is an even spread and the same result everywhere, not secrecy.
 *  Source of the generator: mulberry32 (Tommy Ettinger, public domain); of the hash: FNV-1a. */
function mix<Item>(items: readonly Item[], seed: string): Item[] {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const left = [...items];
  const mixed: Item[] = [];
  while (left.length > 0) mixed.push(...left.splice(Math.floor(next() * left.length), 1));
  return mixed;
}
