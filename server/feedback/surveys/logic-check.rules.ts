import { scaleOf } from "./answers.rules.ts";
import type { Condition, LocalText, Question, SurveyDefinition } from "./definition.contract.ts";
import { errorIn, warningIn } from "./definition-problems.rules.ts";
import type { DefinitionProblem } from "./definition-problems.rules.ts";
import { namesInFormula, parseFormula } from "./formula.rules.ts";
import { placesIn } from "./piping.rules.ts";
import { canHoldTogether } from "./possible.rules.ts";
import type { Rule } from "./possible.rules.ts";
import { END } from "./survey-path.rules.ts";

/** What is wrong with the logic of one question: its conditions, branches and the places in its texts. */
export function checkQuestionLogic(definition: SurveyDefinition, question: Question, index: number): DefinitionProblem[] {
  const name = `Question ${index + 1}`;
  const earlier = definition.questions.slice(0, index);
  const problems = [
    ...(question.showIf ?? []).flatMap((condition) => checkCondition(condition, question.id, { name, earlier })),
    ...checkTogether({ conditions: question.showIf ?? [], match: question.showIfMatch }, question.id, { name, earlier }),
  ];
  for (const { to, ...rule } of question.branches ?? []) {
    problems.push(...checkRule(rule, question.id, { name: `${name}, in a branch,`, earlier: [...earlier, question] }));
    const target = definition.questions.findIndex(({ id }) => id === to);
    if (target !== -1 && target <= index) problems.push(errorIn("branch_goes_back", question.id, `${name} leads back to question ${target + 1}. Branches lead forward only.`));
    if (target === -1 && to !== END && !(definition.endings ?? []).some(({ id }) => id === to)) {
      problems.push(errorIn("branch_to_nowhere", question.id, `${name} leads to "${to}", which is neither a question nor an ending.`));
    }
  }
  return [...problems, ...checkBranchOrder(question, [...earlier, question], name), ...checkPlaces(definition, [question.title, question.hint, question.spoken], question.id, { name, earlier })];
}

/** What is wrong with the logic of the survey as a whole: questions nobody reaches, endings, quotas, formulas and random order. */
export function checkLogic(definition: SurveyDefinition): DefinitionProblem[] {
  return [...checkReach(definition), ...checkEndings(definition), ...checkQuotas(definition), ...checkFormulas(definition), ...checkShuffle(definition)];
}

type Place = { name: string; earlier: readonly Question[] };

function checkCondition(condition: Condition, questionId: string | null, { name, earlier }: Place): DefinitionProblem[] {
  if (condition.value === undefined && condition.operator !== "answered" && condition.operator !== "not_answered") {
    return [errorIn("condition_without_value", questionId, `${name} has a condition without a value.`)];
  }
  if (!("questionId" in condition)) return [];
  const asked = earlier.find((other) => other.id === condition.questionId);
  if (asked === undefined) return [errorIn("condition_on_later_question", questionId, `${name} depends on "${condition.questionId}", which does not come before it.`)];
  return canHold(condition, asked) ? [] : [errorIn("condition_never_holds", questionId, `${name} has a condition that never holds: "${condition.questionId}" cannot be ${String(condition.value)}.`)];
}

function canHold({ operator, value, row }: Extract<Condition, { questionId: string }>, asked: Question): boolean {
  if (operator === "answered" || operator === "not_answered" || operator === "is_not" || operator === "not_contains" || operator === "contains") return true;
  const scale = scaleLimitsOf(asked);
  if (scale !== null && typeof value === "number") {
    if (operator === "at_least") return value <= scale.max;
    if (operator === "at_most") return value >= scale.min;
    return value >= scale.min && value <= scale.max;
  }
  const ids = asked.type === "matrix" && row !== undefined ? asked.columns.map(({ id }) => id) : "options" in asked ? asked.options.map(({ id }) => id) : null;
  return operator !== "is" || typeof value !== "string" || ids === null || ids.includes(value);
}

function scaleLimitsOf(question: Question): { min: number; max: number } | null {
  if (question.type === "nps" || question.type === "csat" || question.type === "ces" || question.type === "rating") return scaleOf(question);
  return question.type === "slider" ? { min: question.min, max: question.max } : null;
}

const checkRule = (rule: Rule, questionId: string | null, place: Place): DefinitionProblem[] =>
  [...rule.conditions.flatMap((condition) => checkCondition(condition, questionId, place)), ...checkTogether(rule, questionId, place)];

// "At least 9 and at most 6" of the same question hold for nobody. What is wrong with one condition by itself is said of that one.
function checkTogether(rule: Rule, questionId: string | null, place: Place): DefinitionProblem[] {
  if (rule.match === "any" || rule.conditions.length < 2 || !isSound(rule, questionId, place)) return [];
  return canHoldTogether([rule], [], place.earlier) ? [] : [errorIn("condition_never_holds", questionId, `${place.name} has conditions that exclude each other, so they never hold together.`)];
}

const isSound = ({ conditions }: Rule, questionId: string | null, place: Place): boolean => conditions.every((one) => checkCondition(one, questionId, place).length === 0);

// The first branch that holds is taken: "at least 9" after "at least 5" never is.
function checkBranchOrder({ id, showIf = [], showIfMatch, branches = [] }: Question, earlier: readonly Question[], name: string): DefinitionProblem[] {
  const rules: Rule[] = [{ conditions: showIf, match: showIfMatch }, ...branches];
  if (branches.length < 2 || !rules.every((rule) => isSound(rule, id, { name, earlier }))) return [];
  const [shown, ...others] = rules.map((rule) => ({ conditions: rule.conditions, match: rule.match }));
  return others.flatMap((rule, index) => {
    if (shown === undefined || index === 0 || !canHoldTogether([rule], [], earlier)) return [];
    return canHoldTogether([shown, rule], others.slice(0, index), earlier) ? [] : [warningIn("branch_never_taken", id, `${name}: branch ${index + 1} is never taken, as one before it holds whenever it does. Change their order.`)];
  });
}

/** Questions that no way leads to, because an earlier question always leads past them. */
function checkReach({ questions }: SurveyDefinition): DefinitionProblem[] {
  const reached = new Set<number>();
  const waiting = questions.length === 0 ? [] : [0];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const question = questions[index];
    if (question === undefined || reached.has(index)) continue;
    reached.add(index);
    const branches = question.branches ?? [];
    for (const { to } of branches) {
      const target = questions.findIndex(({ id }) => id === to);
      if (target > index) waiting.push(target);
    }
    const alwaysLeads = (question.showIf ?? []).length === 0 && branches.some(({ conditions }) => conditions.length === 0);
    if (!alwaysLeads) waiting.push(index + 1);
  }
  return questions.flatMap(({ id }, index) => (reached.has(index) ? [] : [errorIn("unreachable", id, `Question ${index + 1} is never reached: an earlier question always leads past it.`)]));
}

function checkEndings({ questions, endings = [], quotas = [] }: SurveyDefinition): DefinitionProblem[] {
  const named = new Set([...questions.flatMap(({ branches = [] }) => branches.map(({ to }) => to)), ...quotas.map(({ endingId }) => endingId)]);
  return endings.flatMap(({ id, conditions, match }) => [
    ...(conditions.length === 0 && !named.has(id) ? [warningIn("ending_unused", null, `Nothing leads to the ending "${id}".`)] : []),
    ...checkRule({ conditions, match }, null, { name: `The ending "${id}"`, earlier: questions }),
  ]);
}

function checkQuotas({ questions, endings = [], quotas = [] }: SurveyDefinition): DefinitionProblem[] {
  return quotas.flatMap(({ id, name, conditions, match, endingId }) => [
    ...(quotas.filter((other) => other.id === id).length > 1 ? [errorIn("same_id_twice", null, `Two quotas have the id "${id}".`)] : []),
    ...checkRule({ conditions, match }, null, { name: `The quota "${name}"`, earlier: questions }),
    ...(endingId === undefined || endingId === END || endings.some((ending) => ending.id === endingId)
      ? [] : [errorIn("ending_unknown", null, `The quota "${name}" leads to the ending "${endingId}", which is not there.`)]),
  ]);
}

function checkFormulas({ questions, calculations = [] }: SurveyDefinition): DefinitionProblem[] {
  return calculations.flatMap(({ name, formula }, index) => {
    const parsed = parseFormula(formula);
    if (!parsed.ok) return [errorIn("formula_wrong", null, `The formula of "${name}" cannot be read. ${parsed.message}`)];
    const earlier = calculations.slice(0, index).map(({ id }) => id);
    const unknown = namesInFormula(parsed.formula).filter((one) => {
      const [head = ""] = one.split(".");
      return head !== "trait" && !earlier.includes(head) && !questions.some(({ id }) => id === head);
    });
    return unknown.map((one) => errorIn("formula_unknown_name", null, `The formula of "${name}" names "${one}", which is neither a question nor an earlier calculation.`));
  });
}

function checkShuffle({ questions, shuffle = [] }: SurveyDefinition): DefinitionProblem[] {
  return shuffle.flatMap((group) => {
    const places = group.map((id) => questions.findIndex((question) => question.id === id)).sort((one, other) => one - other);
    const isTogether = !places.includes(-1) && places.every((place, index) => index === 0 || place === (places[index - 1] ?? 0) + 1);
    if (!isTogether) return [errorIn("shuffle_wrong", null, `Questions in random order must stand next to each other: ${group.join(", ")}.`)];
    const members = questions.filter(({ id }) => group.includes(id));
    const depends = members.some(({ showIf = [], branches = [] }) => branches.length > 0 || showIf.some((one) => "questionId" in one && group.includes(one.questionId)));
    return depends ? [errorIn("shuffle_wrong", null, `Questions in random order cannot depend on each other: ${group.join(", ")}.`)] : [];
  });
}

function checkPlaces(definition: SurveyDefinition, texts: readonly (LocalText | undefined)[], questionId: string, { name, earlier }: Place): DefinitionProblem[] {
  const places = new Set(texts.flatMap((text) => Object.values(text ?? {}).flatMap(placesIn)));
  return [...places]
    .filter((place) => !place.startsWith("trait.") && !earlier.some(({ id }) => id === place)
      && !(definition.calculations ?? []).some(({ id }) => `calculation.${id}` === place))
    .map((place) => warningIn("place_unknown", questionId, `${name} repeats "${place}", which is not answered before it; nothing is shown there.`));
}
