import { Button } from "@mantine/core";
import { languageName } from "../../ui/locale.ts";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type Comment, type CorrectionBody, type CorrectionRow, emotionNames, namedKinds, sentimentNames, useCorrections } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { isNeed, personalKinds, withdrawalOf, wordsAt } from "./marking.ts";

type CorrectionHistoryProps = { comment: Comment; hidesPersonal: boolean; isBusy: boolean; onTakeBack: (back: CorrectionBody, again: CorrectionBody | null) => void };

/** Who set what in a comment and when, newest first; what stands can be taken back. */
export const CorrectionHistory = ({ comment, hidesPersonal, isBusy, onTakeBack }: CorrectionHistoryProps) => {
  const t = useTexts(commentsTexts);
  const rows = useCorrections(comment.id).data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <section aria-label={t("historyTitle")}>
      <span className="choice-label">{t("historyTitle")}</span>
      <ul className="marked-words">
        {rows.map((row) => {
          const about = aboutOf(row, comment, hidesPersonal);
          const withdrawal = row.isStanding ? withdrawalOf(row) : null;
          return (
            <li key={row.id}>
              <span className="marked-word">
                {row.isWithdrawal ? t("historyBack", { part: about }) : t("historySet", { part: about, before: sayingOf(row.part, row.before), after: sayingOf(row.part, row.after) })}
                <small className="quiet"> {row.member?.name ?? t("historySomebody")} {"\u00b7"} <Time at={row.at} /></small>
              </span>
              {withdrawal !== null && (
                <Button variant="subtle" size="compact-xs" disabled={isBusy} onClick={() => onTakeBack(withdrawal.back, withdrawal.again)} aria-label={t("historyTakeBackOf", { part: about })}>{t("takeBack")}</Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const aboutOf = ({ part, words, theme }: CorrectionRow, comment: Comment, hidesPersonal: boolean): string => {
  const t = commentsTexts.say;
  if (part === "themes") return `${t("theme")} \u201c${theme?.name ?? t("themeGone")}\u201d`;
  if (part === "personalData" || part === "mentions") {
    const said = words === null ? null : wordsAt(comment, words, hidesPersonal);
    return `${t(part === "mentions" ? "markNames" : "personalTitle")} ${said === null ? `(${t("markHidden")})` : `\u201c${said}\u201d`}`;
  }
  return t(part);
};

/** What was said of a part, in words. */
const sayingOf = (part: CorrectionRow["part"], said: string | null): string => {
  const t = commentsTexts.say;
  if (part === "language") return said === null ? t("noLanguage") : languageName(said);
  if (said === null) return isNeed(part) ? t("notSpokenOf") : t("historyNothing");
  if (said === "yes" || said === "no") return t(said);
  if (isNeed(part)) return t(said === "pos" ? "met" : said === "neg" ? "unmet" : "mixed");
  if (part === "personalData") return t(`personal_${personalKinds.find((kind) => kind === said) ?? "unread"}`);
  const word = [...sentimentNames, ...emotionNames, ...namedKinds].find((name) => name === said);
  return word === undefined ? said : t(word);
};
