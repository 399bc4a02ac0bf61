import type { Question, SurveyDefinition, SurveyOption, Theme } from "./definition.contract.ts";
import { checkText, errorIn, warningIn } from "./definition-problems.rules.ts";
import type { DefinitionProblem } from "./definition-problems.rules.ts";
import { checkLogic, checkQuestionLogic } from "./logic-check.rules.ts";
import { CONTRAST_MIN, contrastOf } from "./theme.rules.ts";
import { checkLength, checkWording } from "./wording.rules.ts";

/** Everything that is wrong or unwise in a survey, in reading order; a survey with an error cannot be published. */
export function checkDefinition(definition: SurveyDefinition): DefinitionProblem[] {
  return [
    ...checkSurveyTexts(definition),
    ...definition.questions.flatMap((question, index) => oncePerLanguage([
      ...checkQuestion(definition, question, index), ...checkQuestionLogic(definition, question, index), ...checkWording(definition, question),
    ])),
    ...checkLogic(definition),
    ...checkTheme(definition.theme),
    ...checkLength(definition),
  ];
}

// A question with ten options and no translation is one thing to do, not eleven.
const oncePerLanguage = (problems: DefinitionProblem[]): DefinitionProblem[] => {
  const named = new Set<string>();
  return problems.filter(({ code, language }) => {
    if (code !== "translation_missing" || language === undefined) return true;
    const isFirst = !named.has(language);
    named.add(language);
    return isFirst;
  });
};

function checkSurveyTexts(definition: SurveyDefinition): DefinitionProblem[] {
  const { languages, questions, endings = [] } = definition;
  const problems: DefinitionProblem[] = [];
  if (questions.length === 0) problems.push(errorIn("no_questions", null, "The survey has no question. Add one."));
  else if (questions.every(({ type }) => type === "statement")) problems.push(errorIn("only_statements", null, "The survey asks nothing: it has statements only."));
  problems.push(...checkText(languages, definition.title, null, "The survey's title"));
  problems.push(...checkText(languages, definition.thanks.title, null, "The thank-you"));
  for (const { id, title } of endings) problems.push(...checkText(languages, title, null, `The ending "${id}"`));
  return problems;
}

function checkQuestion(definition: SurveyDefinition, question: Question, index: number): DefinitionProblem[] {
  const name = `Question ${index + 1}`;
  const problems = checkText(definition.languages, question.title, question.id, name);
  if (definition.questions.slice(0, index).some((other) => other.id === question.id)) {
    problems.push(errorIn("same_id_twice", question.id, `${name} has the same id as an earlier question: ${question.id}.`));
  }
  return [...problems, ...checkShape(definition, question, name)];
}

function checkShape(definition: SurveyDefinition, question: Question, name: string): DefinitionProblem[] {
  const check = (options: readonly SurveyOption[], min: number, what: string): DefinitionProblem[] => checkOptions(definition, { id: question.id, options }, { name, min, what });
  switch (question.type) {
    case "single":
    case "dropdown":
    case "ranking":
    case "constant_sum":
      return check(question.options, 2, "option");
    case "multi":
      return [...check(question.options, 2, "option"), ...checkCrossing(question.id, name, question.minChoices, Math.min(question.maxChoices ?? Infinity, question.options.length))];
    case "picture":
      return [
        ...check(question.options, 2, "picture"),
        ...(question.options.some(({ imageId }) => imageId === undefined) ? [warningIn("no_picture", question.id, `${name} has an option without a picture.`)] : []),
      ];
    case "matrix":
      return [...check(question.rows, 1, "line"), ...check(question.columns, 2, "column")];
    case "rating":
    case "slider":
    case "number":
      return checkCrossing(question.id, name, question.min, question.max);
    case "text":
      return checkCrossing(question.id, name, question.minLength, question.maxLength);
    case "date":
      return question.earliest !== undefined && question.latest !== undefined && question.earliest !== "today" && question.latest !== "today" && question.earliest > question.latest
        ? [errorIn("limits_cross", question.id, `${name} allows no date: the earliest is after the latest.`)] : [];
    case "contact":
      return question.fields.length === 0 ? [errorIn("no_fields", question.id, `${name} asks for no field.`)] : [];
    case "consent":
      return checkText(definition.languages, question.statement, question.id, `${name}, the statement to agree to,`);
    case "nps":
    case "csat":
    case "ces":
    case "email":
    case "phone":
    case "statement":
      return [];
    case "file":
      // One that may be passed over holds nobody up.
      return question.isRequired
        ? [warningIn("file_needs_line", question.id, `${name} requires a file, which needs a line and a script: without them nobody can finish, and no kiosk takes this survey.`)]
        : [];
  }
}

function checkCrossing(questionId: string, name: string, min: number | undefined, max: number | undefined): DefinitionProblem[] {
  return min !== undefined && max !== undefined && min > max ? [errorIn("limits_cross", questionId, `${name} allows no answer: its least (${min}) is above its most (${max}).`)] : [];
}

function checkOptions(
  definition: SurveyDefinition,
  question: { id: string; options: readonly SurveyOption[] },
  { name, min, what }: { name: string; min: number; what: string },
): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const ids = question.options.map((option) => option.id);
  if (ids.length < min) problems.push(errorIn("too_few_options", question.id, `${name} needs at least ${min === 1 ? `one ${what}` : `two ${what}s`}.`));
  if (new Set(ids).size < ids.length) problems.push(errorIn("same_option_twice", question.id, `${name} has two ${what}s with the same id.`));
  if (question.options.filter((option) => option.isOther === true).length > 1) problems.push(errorIn("two_others", question.id, `${name} can have only one ${what} to write in.`));
  question.options.forEach((option, index) => problems.push(...checkText(definition.languages, option.label, question.id, `${name}, ${what} ${index + 1}`)));
  return problems;
}

// The accent outlines fields and marks the chosen answer on the card, so ink on it is not enough: it must itself stand out.
function checkTheme({ accent, background = "#ffffff", ink }: Theme): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  if (contrastOf(accent, background) < CONTRAST_MIN) {
    problems.push(errorIn("accent_hard_to_read", null, `The colour ${accent} is hard to read on ${background === "#ffffff" ? "white" : background}. Choose one that stands out more.`));
  }
  if (ink !== undefined && contrastOf(ink, background) < CONTRAST_MIN) {
    problems.push(errorIn("ink_hard_to_read", null, `Text in ${ink} is hard to read on ${background}. Choose colours that differ more.`));
  }
  return problems;
}
