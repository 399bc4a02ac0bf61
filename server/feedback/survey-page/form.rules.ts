import type { Answer, Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";

/** Names of the form's fields: the page writes them, `answersInForm` reads them. */
export const fieldName = (questionId: string): string => `q.${questionId}`;
export const otherFieldName = (questionId: string): string => `q.${questionId}.other`;

/** Reads the answers out of a posted form; fields of no question are left alone, empty ones say nothing.
 *  @param form fields as posted, in any order
 *  @returns answers as given, not yet checked */
export const answersInForm = (definition: SurveyDefinition, form: URLSearchParams): Answers =>
  Object.fromEntries(definition.questions.flatMap((question): [string, Answer][] => {
    const answer = answerInForm(question, form);
    return answer === null ? [] : [[question.id, answer]];
  }));

const answerInForm = (question: Question, form: URLSearchParams): Answer | null => {
  const values = form.getAll(fieldName(question.id)).filter((value) => value.trim() !== "").slice(0, 50);
  const [first] = values;
  if (first === undefined) return null;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
      return { number: Number(first) };
    case "text":
      return { text: first };
    case "single":
    case "multi": {
      const other = (form.get(otherFieldName(question.id)) ?? "").trim();
      const isOther = question.options.some((option) => option.isOther === true && values.includes(option.id));
      return { choices: values, ...(isOther && other !== "" ? { text: other } : {}) };
    }
  }
};
