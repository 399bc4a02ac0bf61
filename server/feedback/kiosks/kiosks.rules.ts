import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import type { SurveySettings } from "../surveys/survey-settings.contract.ts";
import { standingOfOpened } from "../surveys/survey-settings.rules.ts";

/** Why a kiosk asks nothing; null when it asks.
 *  @param survey `needsFile`: it cannot be finished without a file; `placesTaken`: responses that count */
export function hindranceOf(
  survey: { status: "draft" | "open" | "closed"; settings: Pick<SurveySettings, "opensAt" | "closesAt" | "responseLimit">; placesTaken: number; needsFile: boolean },
  now: Date,
): "not_open" | "file_required" | null {
  if (standingOfOpened(survey, now) !== "open") return "not_open";
  return survey.needsFile ? "file_required" : null;
}

/** Whether a survey cannot be finished without a file. A kiosk takes none: that needs a line, and the dialog for files leads out of the kiosk. */
export function needsFile({ questions }: Pick<SurveyDefinition, "questions">): boolean {
  return questions.some(({ type, isRequired }) => type === "file" && isRequired);
}
