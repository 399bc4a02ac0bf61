import type { Translate } from "../../ui/texts.ts";
import type { ErasureReport } from "./profiles.data.ts";
import type { ProfilesTexts } from "./profiles.texts.ts";

const elsewhere = ["files", "deadLetters", "refusedRows"] as const;

/** What went with a customer, in words: always the person's own rows, and the traces elsewhere where there were any. */
export const reportText = (report: ErasureReport, t: Translate<ProfilesTexts>): string => {
  const own = t("erasedBody", { ...report });
  const parts = elsewhere.filter((part) => report[part] > 0).map((part) => t(`erased_${part}`, { count: report[part] }));
  return parts.length === 0 ? own : `${own} ${t("erasedElsewhere", { parts: parts.join(", ") })}`;
};
