import { isEmptyAnswer, ownOf } from "./given-answer.rules.ts";
import type { Answer, LocalText, Question, SurveyOption } from "./definition.contract.ts";
import { textIn } from "./local-text.rules.ts";

/** An answer as a person would read it: "9", "Price, Something else: parking", "Speed: good; Price: fair".
 *  @param languages languages of the survey, the first one is what missing texts fall back to
 *  @returns "" for an empty answer */
export function wordsOfAnswer(question: Question, answer: Answer | undefined, language: string, languages: readonly string[]): string {
  if (answer === undefined || isEmptyAnswer(answer)) return "";
  const say = (text: LocalText | undefined): string => textIn(text, language, languages);
  const labelIn = (options: readonly SurveyOption[]) => (id: string): string => say(options.find((option) => option.id === id)?.label) || id;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return String(answer.number ?? "");
    case "slider":
    case "number":
      return [String(answer.number ?? ""), say(question.unit)].filter((part) => part !== "").join(" ");
    case "single":
    case "multi":
    case "dropdown":
    case "picture":
    case "ranking":
      return (answer.choices ?? []).map((id) => withWritten(question.options, id, labelIn(question.options)(id), answer.text)).join(", ");
    case "matrix":
      return question.rows
        .map((row) => ({ row, chosen: ownOf(answer.rows, row.id) ?? [] }))
        .filter(({ chosen }) => chosen.length > 0)
        .map(({ row, chosen }) => `${say(row.label)}: ${chosen.map(labelIn(question.columns)).join(", ")}`)
        .join("; ");
    case "constant_sum":
      return question.options
        .map((option) => ({ option, amount: ownOf(answer.amounts, option.id) }))
        .filter(({ amount }) => amount !== undefined)
        .map(({ option, amount }) => `${say(option.label)}: ${amount}`)
        .join("; ");
    case "contact":
      return question.fields.map((field) => (ownOf(answer.fields, field) ?? "").trim()).filter((value) => value !== "").join(", ");
    case "consent":
      return answer.choices?.[0] === "yes" ? say(question.statement) : "–";
    case "file":
      return (answer.files ?? []).map(({ name }) => name).join(", ");
    case "text":
    case "date":
    case "email":
    case "phone":
      return (answer.text ?? "").trim();
    case "statement":
      return "";
  }
}

function withWritten(options: readonly SurveyOption[], id: string, label: string, text: string | undefined): string {
  const isOther = options.some((option) => option.id === id && option.isOther === true);
  return isOther && (text ?? "").trim() !== "" ? `${label}: ${(text ?? "").trim()}` : label;
}
