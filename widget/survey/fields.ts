import type { Answer, LocalText, Question } from "@firsthand/server/feedback/surveys/definition.contract";
import type { PageTexts } from "@firsthand/server/feedback/survey-page/page-texts.rules";

/** What the field of a question gets, whatever its kind. */
export type FieldProps<Kind extends Question = Question> = {
  question: Kind;
  answer: Answer | undefined;
  language: string;
  languages: readonly string[];
  words: (text: LocalText | undefined) => string;
  texts: PageTexts;
  /** Origin of the server where that is not the page's own; "" where it is. */
  base: string;
  onAnswer: (answer: Answer) => void;
  /** Sends a file that belongs to the answer; null where files cannot be sent. */
  upload: Upload | null;
};

/** Sends one file; the name is what is shown, the id is what the answer keeps. */
export type Upload = (questionId: string, file: File) => Promise<{ id: string; name: string }>;
