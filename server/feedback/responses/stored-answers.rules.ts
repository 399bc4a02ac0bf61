import { answerTo, isEmptyAnswer } from "../surveys/answers.rules.ts";
import { wordsOfAnswer } from "../surveys/answer-words.rules.ts";
import type { Answer, Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";

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

/** What lists of responses are searched and filtered by: everything said in words, the first score, and whether anything was written.
 *  @param shown ids of the questions the person saw; other answers are left out */
export const findableIn = (definition: SurveyDefinition, answers: Answers, shown: ReadonlySet<string>): { words: string | null; score: number | null; hasComment: boolean } => {
  const said: string[] = [];
  let score: number | null = null;
  let hasComment = false;
  for (const question of definition.questions) {
    const answer = shown.has(question.id) ? answerTo(answers, question.id) : undefined;
    if (answer === undefined || isEmptyAnswer(answer)) continue;
    if (SCORED.has(question.type)) score ??= answer.number ?? null;
    else if (!UNSPOKEN.has(question.type)) said.push(wordsOfAnswer(question, answer, definition.languages[0] ?? "en", definition.languages));
    hasComment ||= question.type === "text" || (answer.choices !== undefined && (answer.text ?? "").trim() !== "");
  }
  const words = said.filter((one) => one !== "").join("\n");
  return { words: words === "" ? null : words, score, hasComment };
};

const SCORED: ReadonlySet<Question["type"]> = new Set(["nps", "csat", "ces", "rating"]);
// Numbers and signs that nobody searches by.
const UNSPOKEN: ReadonlySet<Question["type"]> = new Set(["slider", "number", "date", "constant_sum", "consent", "file", "statement"]);

/** Answers PostgreSQL can keep: neither NUL nor half a character; a comment is not refused for one. */
export const storableAnswers = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).map(([questionId, answer]): [string, Answer] => [questionId, {
    ...answer,
    ...(answer.text === undefined ? {} : { text: storable(answer.text) }),
    ...(answer.fields === undefined ? {} : { fields: Object.fromEntries(Object.entries(answer.fields).map(([name, value]) => [name, storable(value)])) }),
    ...(answer.files === undefined ? {} : { files: answer.files.map(({ id, name }) => ({ id, name: storable(name) })) }),
  }]));

const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "");
