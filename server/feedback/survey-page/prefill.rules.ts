import { checkAnswer } from "../surveys/answers.rules.ts";
import type { Answer, Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";

/** Answers that an address brings along (`?nps=9`): shown as chosen, saved only when the person goes on. What does not fit is left out.
 *  @param query parameters of the address; choices are ids, several with commas */
export function prefillIn(definition: SurveyDefinition, query: URLSearchParams): Answers {
  return Object.fromEntries(definition.questions.flatMap((question): [string, Answer][] => {
    const given = query.get(question.id);
    const answer = given === null ? null : answerFrom(question, given.slice(0, 4_000));
    return answer === null || checkAnswer({ ...question, isRequired: false }, answer) !== null ? [] : [[question.id, answer]];
  }));
}

function answerFrom(question: Question, given: string): Answer | null {
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
    case "slider":
    case "number":
      return given.trim() === "" || Number.isNaN(Number(given)) ? null : { number: Number(given) };
    case "single":
    case "dropdown":
      return { choices: [given] };
    case "multi":
    case "picture":
    case "ranking":
      return { choices: given.split(",").map((id) => id.trim()).filter((id) => id !== "") };
    case "text":
    case "date":
    case "email":
    case "phone":
      return given === "" ? null : { text: given };
    case "matrix":
    case "constant_sum":
    case "contact":
    // Nobody agrees to anything by opening an address.
    case "consent":
    case "file":
    case "statement":
      return null;
  }
}
