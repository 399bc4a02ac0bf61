import type { LocalText, Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { textIn } from "@firsthand/server/feedback/surveys/local-text.rules";
import { createContext, use } from "react";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";
import { withQuestion } from "./draft.rules.ts";

/** What is open on the right: "survey", "look", "languages", "calculations", "quotas", "order", "thanks", "question <id>", "ending <id>". */
export type Place = string;

export type Draft = {
  surveyId: string;
  name: string;
  definition: SurveyDefinition;
  /** The language whose words are edited and shown. */
  language: string;
  mayWrite: boolean;
  place: Place;
  open: (place: Place) => void;
  setLanguage: (language: string) => void;
  change: (definition: SurveyDefinition) => void;
  rename: (name: string) => void;
};

/** The draft that all panes of the builder show and change. */
export const DraftContext = createContext<Draft | null>(null);

export const useDraft = (): Draft & {
  /** A text as the language now edited shows it. */
  say: (text: LocalText | undefined) => string;
  /** "2. Why?", as lists to choose from name a question. */
  titleOf: (question: Question) => string;
  patch: (part: Partial<SurveyDefinition>) => void;
  put: (question: Question) => void;
} => {
  const draft = use(DraftContext);
  const t = useTexts(builderTexts);
  if (draft === null) throw new Error("This part belongs into the builder.");
  const { definition, language, change } = draft;
  const say = (text: LocalText | undefined): string => textIn(text, language, definition.languages);
  return {
    ...draft,
    say,
    titleOf: (question) => `${definition.questions.findIndex(({ id }) => id === question.id) + 1}. ${say(question.title) || t("untitled")}`,
    patch: (part) => change({ ...definition, ...part }),
    put: (question) => change(withQuestion(definition, question.id, question)),
  };
};

/** The id of the open question or ending; null when something else is open. */
export const idIn = (place: Place, kind: "question" | "ending"): string | null => (place.startsWith(`${kind} `) ? place.slice(kind.length + 1) : null);
