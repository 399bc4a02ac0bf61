import type { Answer, Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";

/** Names of the form's fields: the page writes them, `answersInForm` reads them.
 *  @param part a row, an option or a field of the question, or "other" for what is written beside an option */
export const fieldName = (questionId: string, part?: string): string => (part === undefined ? `q.${questionId}` : `q.${questionId}.${part}`);

/** Reads the answers out of a posted form; fields of no question are left alone, empty ones say nothing.
 *  @param form fields as posted, in any order
 *  @returns answers as given, not yet checked */
export const answersInForm = (definition: SurveyDefinition, form: URLSearchParams): Answers =>
  Object.fromEntries(definition.questions.flatMap((question): [string, Answer][] => {
    const answer = answerInForm(question, form);
    return answer === null ? [] : [[question.id, answer]];
  }));

const answerInForm = (question: Question, form: URLSearchParams): Answer | null => {
  const values = form.getAll(fieldName(question.id)).filter((value) => value.trim() !== "").slice(0, 200);
  const [first] = values;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
    case "slider":
    case "number":
      return first === undefined ? null : { number: Number(first.replace(",", ".")) };
    case "text":
    case "date":
    case "email":
    case "phone":
      return first === undefined ? null : { text: first };
    case "single":
    case "multi":
    case "dropdown":
    case "picture": {
      if (first === undefined) return null;
      const other = (form.get(fieldName(question.id, "other")) ?? "").trim();
      const isOther = question.options.some((option) => option.isOther === true && values.includes(option.id));
      return { choices: values, ...(isOther && other !== "" ? { text: other } : {}) };
    }
    case "consent":
      return first === undefined ? null : { choices: [first] };
    case "ranking":
      return rankingInForm(question.options.map(({ id }) => ({ id, place: Number(form.get(fieldName(question.id, id)) || Number.NaN) })));
    case "matrix":
      return partsInForm(question.rows, (id) => form.getAll(fieldName(question.id, id)).slice(0, 20), (rows) => ({ rows }));
    case "constant_sum":
      return partsInForm(question.options, (id) => form.getAll(fieldName(question.id, id)).slice(0, 1), (parts) => ({
        amounts: Object.fromEntries(Object.entries(parts).map(([id, [amount = ""]]) => [id, Number(amount.replace(",", "."))])),
      }));
    case "contact":
      return partsInForm(question.fields.map((id) => ({ id })), (id) => form.getAll(fieldName(question.id, id)).slice(0, 1), (parts) => ({
        fields: Object.fromEntries(Object.entries(parts).map(([id, [value = ""]]) => [id, value])),
      }));
    case "file":
    case "statement":
      return null;
  }
};

// Two options at one place keep the order of the survey: a form without a script cannot say it sooner.
const rankingInForm = (places: { id: string; place: number }[]): Answer | null => {
  const ranked = places.filter(({ place }) => Number.isFinite(place)).sort((one, other) => one.place - other.place);
  return ranked.length === 0 ? null : { choices: ranked.map(({ id }) => id) };
};

const partsInForm = (parts: readonly { id: string }[], valuesOf: (id: string) => string[], answer: (found: Record<string, string[]>) => Answer): Answer | null => {
  const found = parts
    .map(({ id }): [string, string[]] => [id, valuesOf(id).filter((value) => value.trim() !== "")])
    .filter(([, values]) => values.length > 0);
  return found.length === 0 ? null : answer(Object.fromEntries(found));
};
