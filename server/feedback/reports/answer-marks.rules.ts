// Turns a response into the marks it leaves in the report: one per thing that is counted.
import { answerTo, checkAnswer, isEmptyAnswer, scaleOf, type ScaleQuestion } from "../surveys/answers.rules.ts";
import type { Answer, Answers, Question, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { listShownQuestions } from "../surveys/survey-path.rules.ts";
import type { BoxKind, ResponseFate } from "./marks.contract.ts";

/** A mark belongs in the box with the same words. `value` is a number that has too many possible values for a box of its own. */
export type Mark = { question: string; kind: BoxKind; part: string; choice: string; number: number | null; value: number | null };

export type MarkedResponse = {
  state: "partial" | "complete";
  outcome: "counted" | "screened_out" | "over_quota" | "flagged";
  /** Its answers stand: it is complete, or was left half-way and has rested. */
  isRecorded: boolean;
  answers: Answers;
  context: SurveyContext;
};

/** What became of a response, as the funnel and the rates count it. */
export function fateOf(response: Pick<MarkedResponse, "state" | "outcome" | "isRecorded">): ResponseFate {
  if (response.outcome !== "counted") return response.outcome;
  if (response.state === "complete") return "complete";
  return response.isRecorded ? "partial" : "started";
}

/** The marks of one response. Only answers that stand count; of a response that was screened out, over quota or flagged nothing does but its fate.
 *  Questions the person saw and passed over are `skipped`; the one at which a person left is `left`. */
export function marksOf(definition: SurveyDefinition, response: MarkedResponse): Mark[] {
  const fate = fateOf(response);
  const marks = [mark("", "fate", { choice: fate })];
  if (fate !== "complete" && fate !== "partial") return marks;
  const shown = listShownQuestions(definition, response.answers, response.context).filter((question) => question.type !== "statement");
  const given = shown.map((question) => soundAnswer(question, response.answers));
  const reached = fate === "complete" ? shown.length : given.findLastIndex((answer) => answer !== null) + 1;
  for (const [index, question] of shown.slice(0, reached).entries()) {
    const answer = given[index] ?? null;
    marks.push(...(answer === null ? [mark(question.id, "skipped")] : marksOfAnswer(question, answer)));
  }
  const leftAt = shown[reached];
  if (leftAt !== undefined) marks.push(mark(leftAt.id, "left"));
  return marks;
}

function soundAnswer(question: Question, answers: Answers): Answer | null {
  const answer = answerTo(answers, question.id);
  return answer === undefined || isEmptyAnswer(answer) || checkAnswer(question, answer) !== null ? null : answer;
}

function marksOfAnswer(question: Question, answer: Answer): Mark[] {
  const { id } = question;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return [mark(id, "score", { part: scaleText(question), number: answer.number ?? null })];
    case "single":
    case "dropdown":
    case "consent":
      return (answer.choices ?? []).slice(0, 1).map((choice) => mark(id, "choice", { choice }));
    case "multi":
    case "picture":
      return [mark(id, "answered"), ...(answer.choices ?? []).map((choice) => mark(id, "choice", { choice }))];
    case "ranking":
      return [mark(id, "answered"), ...(answer.choices ?? []).map((choice, index) => mark(id, "rank", { choice, number: index + 1 }))];
    case "matrix":
      return [mark(id, "answered"), ...matrixMarks(id, answer.rows ?? {})];
    case "constant_sum":
      return [mark(id, "answered"), ...Object.entries(answer.amounts ?? {}).map(([choice, value]) => mark(id, "amount", { choice, value }))];
    case "slider":
    case "number":
      return [mark(id, "amount", { value: answer.number ?? null })];
    case "date":
      return [mark(id, "amount", { value: Math.round(Date.parse(`${answer.text ?? ""}T00:00:00Z`) / DAY_MS) })];
    case "contact":
      return [mark(id, "answered"), ...Object.entries(answer.fields ?? {}).filter(([, text]) => text.trim() !== "").map(([choice]) => mark(id, "choice", { choice }))];
    case "text":
    case "email":
    case "phone":
    case "file":
      return [mark(id, "answered")];
    case "statement":
      return [];
  }
}

/** Names the scale of a score, so that a question whose scale changed between versions is never averaged over both. */
export function scaleText(question: ScaleQuestion): string {
  const { min, max } = scaleOf(question);
  return `${min}-${max}`;
}

// A row of a matrix has a base of its own, since rows may be left empty and may take several columns.
function matrixMarks(id: string, rows: Readonly<Record<string, readonly string[]>>): Mark[] {
  return Object.entries(rows).flatMap(([part, chosen]) =>
    chosen.length === 0 ? [] : [mark(id, "answered", { part }), ...chosen.map((choice) => mark(id, "choice", { part, choice }))]);
}

function mark(question: string, kind: BoxKind, given: Partial<Mark> = {}): Mark {
  return { question, kind, part: "", choice: "", number: null, value: null, ...given };
}

const DAY_MS = 86_400_000;
