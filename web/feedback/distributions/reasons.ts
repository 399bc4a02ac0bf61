import type { Translate } from "../../ui/texts.ts";
import type { DistributionsTexts } from "./distributions.texts.ts";

const REASONS = [
  "do_not_contact", "consent_withdrawn", "consent_missing", "held_out", "open_complaint", "quiet_hours", "too_soon_any", "too_soon_survey", "relationship_first",
  "no_address", "survey_closed", "mail_refused", "not_in_segment", "bounced", "answered",
] as const;

/** Why somebody was not asked, in words; a reason of a later version is shown as it is. */
export const reasonWords = (t: Translate<DistributionsTexts>, reason: string): string => {
  if (reason === "too_many") return t("tooMany");
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? reason : t(known);
};
