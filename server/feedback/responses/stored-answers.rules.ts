import { answerTo, isEmptyAnswer } from "../surveys/answers.rules.ts";
import type { Answer, Answers, Question } from "../surveys/definition.contract.ts";

/** An answer as a row keeps it. */
export type StoredAnswer = {
  questionId: string; questionType: string; number: number | null; choices: string[] | null; text: string | null;
  /** What does not fit a number, choices or a text. */
  details: Pick<Answer, "rows" | "amounts" | "fields" | "files"> | null;
  isShown: boolean;
};

/** The answer in a row, as it was given. */
export const answerFrom = ({ number, choices, text, details }: Pick<StoredAnswer, "number" | "choices" | "text" | "details">): Answer => ({
  ...(number === null ? {} : { number }),
  ...(choices === null ? {} : { choices }),
  ...(text === null ? {} : { text }),
  ...details,
});

export const answersFrom = (rows: readonly StoredAnswer[]): Answers => Object.fromEntries(rows.map((row): [string, Answer] => [row.questionId, answerFrom(row)]));

/** The rows of a set of answers, in the order of the survey; empty answers have none.
 *  @param shown ids of the questions the person saw */
export const rowsOf = (questions: readonly Question[], answers: Answers, shown: ReadonlySet<string>): (StoredAnswer & { position: number })[] =>
  questions.flatMap((question, position) => {
    const answer = answerTo(answers, question.id);
    if (answer === undefined || isEmptyAnswer(answer)) return [];
    const { number, choices, text, rows, amounts, fields, files } = answer;
    const details = {
      ...(rows === undefined ? {} : { rows }), ...(amounts === undefined ? {} : { amounts }), ...(fields === undefined ? {} : { fields }), ...(files === undefined ? {} : { files }),
    };
    return [{
      questionId: question.id, questionType: question.type, position, number: number ?? null, choices: choices ?? null, text: text ?? null,
      details: Object.keys(details).length === 0 ? null : details, isShown: shown.has(question.id),
    }];
  });

/** Answers PostgreSQL can keep: neither NUL nor half a character; a comment is not refused for one. */
export const storableAnswers = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).map(([questionId, answer]): [string, Answer] => [questionId, {
    ...answer,
    ...(answer.text === undefined ? {} : { text: storable(answer.text) }),
    ...(answer.fields === undefined ? {} : { fields: Object.fromEntries(Object.entries(answer.fields).map(([name, value]) => [name, storable(value)])) }),
    ...(answer.files === undefined ? {} : { files: answer.files.map(({ id, name }) => ({ id, name: storable(name) })) }),
  }]));

const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "");
