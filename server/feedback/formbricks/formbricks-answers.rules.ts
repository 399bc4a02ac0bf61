import { fileIdIn } from "./formbricks-files.rules.ts";
import type { Answer, Answers, LocalText, Question, SurveyDefinition, SurveyOption } from "../surveys/definition.contract.ts";

/** What clients of Formbricks send as an answer: words of options instead of ids, lists, or words by row. */
export type FormbricksValue = string | number | readonly string[] | Readonly<Record<string, string>>;

/** The answers in the data of a Formbricks client.
 *  @param data values by question id; an empty one says nothing, and names of no question (hidden fields) are left out
 *  @returns answers as given, not yet checked: what fits no option becomes the words beside "other", else an option that is none */
export const answersFromFormbricks = (definition: SurveyDefinition, data: Readonly<Record<string, FormbricksValue>>): Answers =>
  Object.fromEntries(definition.questions.flatMap((question): [string, Answer][] => {
    const value = Object.hasOwn(data, question.id) ? data[question.id] : undefined;
    const answer = value === undefined || isNothing(value) ? null : answerFromValue(question, value);
    return answer === null ? [] : [[question.id, answer]];
  }));

const isNothing = (value: FormbricksValue): boolean => (typeof value === "object" ? Object.keys(value).length === 0 : value === "");

const answerFromValue = (question: Question, value: FormbricksValue): Answer | null => {
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
    case "slider":
    case "number":
      return { number: Number(textOf(value)) };
    case "single":
    case "multi":
    case "dropdown":
    case "picture":
    case "ranking":
      return choicesFrom(question.options, listOf(value));
    case "matrix":
      return { rows: pairsFrom(value, (row, column): [string, string[]] => [idOf(question.rows, row), [idOf(question.columns, column)]]) };
    case "constant_sum":
      return { amounts: pairsFrom(value, (option, amount): [string, number] => [idOf(question.options, option), Number(amount)]) };
    case "contact":
      return Array.isArray(value)
        ? { fields: Object.fromEntries(question.fields.map((field, place): [string, string] => [field, String(value[place] ?? "")])) }
        : { fields: pairsFrom(value, (field, text): [string, string] => [field, text]) };
    case "consent":
      return { choices: [textOf(value) === "accepted" || textOf(value) === "yes" ? "yes" : "no"] };
    case "text":
    case "date":
    case "email":
    case "phone":
      return { text: textOf(value) };
    case "file":
      return filesFrom(listOf(value));
    case "statement":
      return null;
  }
};

const choicesFrom = (options: readonly SurveyOption[], words: readonly string[]): Answer => {
  const found = words.map((word) => ({ word, option: options.find((option) => isNamed(option, word)) }));
  const other = options.find(({ isOther }) => isOther === true);
  const written = found.find(({ option }) => option === undefined)?.word;
  const ids = found.map(({ word, option }) => option?.id ?? other?.id ?? word);
  return { choices: [...new Set(ids)], ...(written === undefined || other === undefined ? {} : { text: written }) };
};

// Clients say "skipped" of a question they left out.
const filesFrom = (addresses: readonly string[]): Answer | null =>
  addresses.every((address) => address === "skipped") ? null : { files: addresses.map((address) => ({ id: fileIdIn(address) ?? NO_FILE, name: "" })) };
/** The id of no file: what names none is refused like one that is not here. */
const NO_FILE = "00000000-0000-0000-0000-000000000000";

const idOf = (options: readonly SurveyOption[], word: string): string => options.find((option) => isNamed(option, word))?.id ?? word;
const isNamed = ({ id, label }: { id: string; label: LocalText }, word: string): boolean => id === word || Object.values(label).includes(word);

const listOf = (value: FormbricksValue): readonly string[] => (Array.isArray(value) ? value.map(String) : [textOf(value)]).filter((word) => word !== "");
const textOf = (value: FormbricksValue): string => (Array.isArray(value) ? value.join(", ") : typeof value === "object" ? "" : String(value));
const pairsFrom = <Kept>(value: FormbricksValue, pair: (key: string, text: string) => [string, Kept]): Record<string, Kept> =>
  typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => pair(key, String(text)))) : {};
