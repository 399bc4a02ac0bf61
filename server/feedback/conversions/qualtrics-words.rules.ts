import type { LocalText, Question } from "../surveys/definition.contract.ts";
import type { Draft, SourceOption, SourceText } from "./draft.rules.ts";
import { optionsFrom, say } from "./draft.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { entriesAt, isOn, itemsAt, memberOf, numberOf, textAt, textOf } from "./source-values.rules.ts";

/** One question of a .qsf, with what is already known of it. */
export type QsfQuestion = { qid: string; id: string; tag: string; payload: unknown; shown: Pick<Question, "showIf" | "showIfMatch"> };

export type Asked = { id: string; title: LocalText; isRequired: boolean } & Pick<Question, "showIf" | "showIfMatch">;

/** A text of a .qsf in its languages. `path` leads to it in the payload and, below `Language`, in each translation. */
export function wordsAt(draft: Draft, payload: unknown, ...path: readonly string[]): SourceText {
  const [main = "en"] = draft.languages;
  const others = entriesAt(payload, "Language").flatMap(([code, translated]) => {
    const language = languageTag(code);
    return language === null || language === main ? [] : [[language, textAt(translated, ...path)] as const];
  });
  return [[main, textAt(payload, ...path)], ...others];
}

/** Whether the options come in an order of chance, noted. */
export function orderOf(draft: Draft, question: QsfQuestion): { order?: "random" } {
  const type = textAt(question.payload, "Randomization", "Type");
  if (type === "" || type === "None") return {};
  say(draft, "order", question.tag, type === "All" ? "mapped" : "approximated", type === "All" ? null : "All options are shown in an order of chance; showing only some, or keeping some in place, is not done here.", question.id);
  return { order: "random" };
}

/** The choices of a question (or the rows of a table) in their order, noted as options. */
export function choicesOf(draft: Draft, question: QsfQuestion, into: "options" | "rows" = "options", from: "Choices" | "Answers" = "Choices", isNoted = true): ReturnType<typeof optionsFrom> {
  const { payload, tag } = question;
  const choices = new Map(entriesAt(payload, from));
  const order = itemsAt(payload, from === "Choices" ? "ChoiceOrder" : "AnswerOrder").map(textOf).filter((key) => choices.has(key));
  const keys = [...new Set([...order, ...choices.keys()])];
  const isRow = into === "rows";
  const given = keys.map((key): SourceOption => {
    const choice = choices.get(key);
    const recode = isRow ? "" : textAt(payload, "RecodeValues", key);
    const name = `${tag} / ${isRow ? "row" : "choice"} ${key}`;
    if (isNoted && memberOf(choice, "DisplayLogic") !== undefined) say(draft, "logic", `${name} (display logic)`, "dropped", "Options and rows cannot be hidden by a condition here; it is always shown.", question.id);
    return {
      name, wanted: key, keys: [`#${key}`, ...(recode === "" ? [] : [recode])], texts: wordsAt(draft, payload, from, key, "Display"),
      isOther: isOn(memberOf(choice, "TextEntry")), isNone: isOn(memberOf(choice, "ExclusiveAnswer")),
      score: gradeOf(payload, key) ?? numberOf(recode),
    };
  });
  const made = optionsFrom(draft, question.id, given, into, isNoted);
  return textAt(payload, "QuestionType") === "MC" && textAt(payload, "Selector").startsWith("MA") ? made : made.map(({ isNone: _isNone, ...option }) => option);
}

/** Points of a choice in Qualtrics' scoring; they go before recoded values. */
function gradeOf(payload: unknown, choice: string): number | null {
  const grading = entriesAt(payload, "GradingData").map(([, one]) => one).find((one) => textAt(one, "ChoiceID") === choice);
  const [grade] = entriesAt(grading, "Grades");
  return grade === undefined ? null : numberOf(grade[1]);
}
