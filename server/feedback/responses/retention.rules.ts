import type { Answer, Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";

/** From when on responses are kept; what began before is due.
 *  @param months calendar months in UTC; a day the month does not have is its last one */
export function retentionStart(now: Date, months: number): Date {
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - months);
  // 31 May minus three months would be 3 March.
  if (start.getUTCDate() !== now.getUTCDate()) start.setUTCDate(0);
  return start;
}

// Whatever a person can write may name him; addresses and files do.
const PERSONAL: ReadonlySet<Question["type"]> = new Set(["text", "email", "phone", "contact", "file"]);

/** What stays of answers that are made anonymous: scores, choices, amounts and days, but nothing written. */
export function anonymousAnswers(definition: SurveyDefinition, answers: Answers): Answers {
  return Object.fromEntries(definition.questions.flatMap((question): [string, Answer][] => {
    const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
    if (answer === undefined || PERSONAL.has(question.type)) return [];
    const { text, ...kept } = answer;
    return [[question.id, question.type === "date" && text !== undefined ? { ...kept, text } : kept]];
  }));
}
