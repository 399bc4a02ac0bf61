import type { Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { freeId, newOption, takenIds, withWords } from "./draft.rules.ts";

export type QuestionType = Question["type"];
/** What can be added: every kind of question, and two that are the same kind with another start. */
export type Addable = QuestionType | "long_text" | "photo";

/** What can be added, in groups as people look for it. */
export const ADDABLE_GROUPS = [
  { key: "groupScores", addables: ["nps", "csat", "ces", "rating", "slider"] },
  { key: "groupChoices", addables: ["single", "multi", "dropdown", "picture", "ranking", "matrix", "constant_sum"] },
  { key: "groupWords", addables: ["text", "long_text", "number", "date", "email", "phone", "contact"] },
  { key: "groupMore", addables: ["consent", "file", "photo", "statement"] },
] as const satisfies readonly { key: string; addables: readonly Addable[] }[];

/** What a question was added as, or could have been. */
export const addableOf = (question: Question): Addable => {
  if (question.type === "text") return question.isLong ?? true ? "long_text" : "text";
  return question.type === "file" && question.isPhoto === true ? "photo" : question.type;
};

// Wording of the scores after their sources: Reichheld, HBR 2003; CES 2.0, The Effortless Experience, 2013.
const FIRST_WORDS: Partial<Record<Addable, string>> = {
  nps: "How likely are you to recommend us to a friend or colleague?",
  csat: "How satisfied are you with us?",
  ces: "We made it easy for you to handle your issue.",
  long_text: "What is the main reason for your score?",
  consent: "May we get in touch about your answers?",
};

/** A new question with the wording its score was made with, and an id nothing else has. */
export const newQuestion = (definition: SurveyDefinition, addable: Addable): Question => {
  const [language = "en"] = definition.languages;
  const say = (words: string) => (language === "en" ? withWords({}, "en", words) : {});
  const asked = {
    id: freeId(takenIds(definition), addable === "long_text" ? "text" : addable), title: say(FIRST_WORDS[addable] ?? ""),
    isRequired: ["nps", "csat", "ces"].includes(addable),
  };
  const optionsOf = (count: number) => Array.from({ length: count }).reduce<ReturnType<typeof newOption>[]>((list) => [...list, newOption(list, { language })], []);
  switch (addable) {
    case "nps":
    case "csat":
    case "ces":
    case "email":
    case "phone":
    case "statement":
    case "date":
    case "number":
      return { ...asked, type: addable };
    case "rating":
      return { ...asked, type: addable, min: 1, max: 5 };
    case "slider":
      return { ...asked, type: addable, min: 0, max: 100, step: 1 };
    case "single":
    case "multi":
    case "dropdown":
    case "ranking":
    case "picture":
      return { ...asked, type: addable, options: optionsOf(addable === "ranking" ? 3 : 2) };
    case "constant_sum":
      return { ...asked, type: addable, options: optionsOf(3), total: 100 };
    case "matrix":
      return {
        ...asked, type: addable, rows: optionsOf(2),
        columns: language === "en" ? ["Poor", "Fair", "Good", "Excellent"].map((words, index) => ({ id: String(index + 1), label: { en: words }, score: index + 1 })) : optionsOf(4),
      };
    case "text":
    case "long_text":
      return { ...asked, type: "text", isLong: addable === "long_text" };
    case "contact":
      return { ...asked, type: addable, fields: ["first_name", "last_name", "email"] };
    case "consent":
      return { ...asked, type: addable, statement: say("Yes, please contact me about this.") };
    case "file":
    case "photo":
      return { ...asked, type: "file", kinds: addable === "photo" ? ["image"] : ["image", "pdf", "document"], filesMax: 3, sizeMaxMb: 10, ...(addable === "photo" ? { isPhoto: true } : {}) };
  }
};
