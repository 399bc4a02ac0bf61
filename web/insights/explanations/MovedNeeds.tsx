import { Link } from "@tanstack/react-router";
import { useSession } from "../../shell/session.data.ts";
import { isoDay } from "../../ui/dates.ts";
import { formatChange, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { commentsTexts } from "../comments/comments.texts.ts";
import type { Explanation } from "./explanations.data.ts";
import { explanationsTexts } from "./explanations.texts.ts";

/** Unmet needs that comments speak of more or less often than before, surest first; each opens its comments. */
export const MovedNeeds = ({ told }: { told: Explanation }) => {
  const t = useTexts(explanationsTexts);
  const names = useTexts(commentsTexts);
  const { timeZone } = useSession().workspace;
  return (
    <section>
      <h3>{t("needs")}</h3>
      <p className="quiet">{t("needsHint", { count: told.comments })}</p>
      {told.needs.length === 0 ? (
        <p className="quiet">{t("noNeeds")}</p>
      ) : (
        <ul className="why-needs">
          {told.needs.map(({ need, share, previousShare, difference, isSignificant }) => (
            <li key={need}>
              <Link
                to="/comments"
                aria-label={t("readThem", { need: names(need) })}
                search={(before: Record<string, unknown>) => ({ from: isoDay(new Date(told.period.from), timeZone), to: isoDay(new Date(told.period.to), timeZone), need, polarity: "neg", touchpoint: before["touchpoint"], channel: before["channel"], stage: before["stage"] })}
              >
                {names(need)}
              </Link>
              <span>{t("needLine", { before: formatShare(previousShare, 1), after: formatShare(share, 1) })}</span>
              <b className={isSignificant ? (difference > 0 ? "tone-down" : "tone-up") : "quiet"}>{formatChange(100 * difference, 1)}</b>
              {isSignificant && <b className="why-sure">{t("beyondChance")}</b>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
