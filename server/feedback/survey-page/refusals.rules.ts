import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { FULL_ENDING_ID } from "../surveys/survey-settings.rules.ts";
import { pageTextsIn } from "./page-texts.rules.ts";
import type { PageTexts } from "./page-texts.rules.ts";
import { refusalTextsIn } from "./refusal-texts.rules.ts";
import { standingTextsIn } from "./standing-texts.rules.ts";

export type Told = readonly [title: string, text: string];

/** What a page says instead of its questions when the server refuses for good, by the code of the refusal, and when all places are taken. */
export function tellRefusals(language: string): Record<string, Told> {
  const { closedTitle, closedText, unknownTitle, unknownText } = pageTextsIn(language);
  const { laterTitle, laterText, usedTitle } = standingTextsIn(language);
  const { onceText, fullTitle, fullText, faultTitle, againText } = refusalTextsIn(language);
  return {
    survey_closed: [closedTitle, closedText], survey_not_open_yet: [laterTitle, laterText], already_answered: [usedTitle, onceText], survey_unknown: [unknownTitle, unknownText],
    response_elsewhere: [faultTitle, againText], survey_version_unknown: [faultTitle, againText], [FULL_ENDING_ID]: [fullTitle, fullText],
  };
}

/** What a question for a file says when one is refused, by the code of the refusal. */
function tellFileRefusals(language: string): Record<string, Told> {
  const { fileKind, fileLarge, fileDamaged, fileEmpty, fileMany, fileGone, busyText } = refusalTextsIn(language);
  const texts = {
    file_kind_refused: fileKind, file_too_large: fileLarge, picture_refused: fileDamaged, file_empty: fileEmpty, too_many_files: fileMany, file_not_asked: fileGone, too_many_requests: busyText,
  };
  return Object.fromEntries(Object.entries(texts).map(([code, text]): [string, Told] => [code, ["", text]]));
}

/** The words the script of a page needs for one survey, those for refusals included. */
export function scriptTextsIn(language: string, definition: Pick<SurveyDefinition, "questions">): PageTexts {
  const hasFiles = definition.questions.some(({ type }) => type === "file");
  return { ...pageTextsIn(language), refusals: { ...tellRefusals(language), ...(hasFiles ? tellFileRefusals(language) : {}) } };
}

/** What a page says about any refusal: its own words where there are some, else that it did not work. */
export function tellRefusal(language: string, code: string): Told {
  const { busyTitle, busyText, longTitle, longText, faultTitle, faultText } = refusalTextsIn(language);
  if (code === "too_large") return [longTitle, longText];
  if (code === "too_many_requests") return [busyTitle, busyText];
  const told = tellRefusals(language);
  return Object.hasOwn(told, code) ? (told[code] ?? [faultTitle, faultText]) : [faultTitle, faultText];
}
