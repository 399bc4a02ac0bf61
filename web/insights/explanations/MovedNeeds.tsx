import { Link } from "@tanstack/react-router";
import { useSession } from "../../shell/session.data.ts";
import { isoDay } from "../../ui/dates.ts";
import { formatChange, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { commentsTexts } from "../comments/comments.texts.ts";
import { shareWords } from "../comments/shown-shares.ts";
import type { Explanation } from "./explanations.data.ts";
import { explanationsTexts } from "./explanations.texts.ts";

/** Unmet needs that comments speak of more or less often than before, surest first; each opens its comments. */
export const MovedNeeds = ({ told }: { told: Explanation }) => {
  const t = useTexts(explanationsTexts);
  if (told.needs === null || told.comments === null) return <p className="quiet">{t("noNeedsRight")}</p>;
  return <Needs needs={told.needs} comments={told.comments} isCorrected={told.correctedBy !== null} period={told.period} />;
};

type Need = NonNullable<Explanation["needs"]>[number];

const Needs = ({ needs, comments, isCorrected, period }: { needs: readonly Need[]; comments: number; isCorrected: boolean; period: Explanation["period"] }) => {
  const t = useTexts(explanationsTexts);
  const names = useTexts(commentsTexts);
  const { timeZone } = useSession().workspace;
  return (
    <section>
      <h3>{t("needs")}</h3>
      <p className="quiet">{t(isCorrected ? "needsCorrected" : "needsHint", { count: comments })}</p>
      {needs.length === 0 ? (
        <p className="quiet">{t("noNeeds")}</p>
      ) : (
        <ul className="why-needs">
          {needs.map(({ need, share, previousShare, difference, isSignificant, corrected }) => (
            <li key={need}>
              <Link
                to="/comments"
                aria-label={t("readThem", { need: names(need) })}
                search={(before: Record<string, unknown>) => ({ from: isoDay(new Date(period.from), timeZone), to: isoDay(new Date(period.to), timeZone), need, polarity: "neg", touchpoint: before["touchpoint"], channel: before["channel"], stage: before["stage"] })}
              >
                {names(need)}
              </Link>
              {corrected === null ? (
                <span>{t("needLine", { before: formatShare(previousShare, 1), after: formatShare(share, 1) })}</span>
              ) : (
                <span>
                  {t("correctedLine", { share: shareWords(corrected.share), low: formatShare(corrected.low, 1), high: formatShare(corrected.high, 1) })}
                  <small className="quiet">{t("readLine", { before: formatShare(previousShare, 1), after: formatShare(share, 1) })}</small>
                </span>
              )}
              <b className={isSignificant ? (difference > 0 ? "tone-down" : "tone-up") : "quiet"}>{formatChange(100 * difference, 1)}</b>
              {isSignificant && <b className="why-sure">{t("beyondChance")}</b>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
