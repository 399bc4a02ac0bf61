import { formatNumber, formatP } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { SummaryReply } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";

type Change = SummaryReply["needs"][number]["change"];

/** How a share moved against the period before; an arrow only where chance does not explain it. */
export const ShareDelta = ({ change, isMoreBad }: { change: Change; isMoreBad: boolean }) => {
  const t = useTexts(commentsTexts);
  if (change === null) return null;
  const points = formatNumber(Math.abs(100 * change.difference), 1);
  if (!change.isSignificant)
    return (
      <small className="quiet" title={`${t("noChange")}, ${formatP(change.p)}`}>
        <span aria-hidden>≈</span>
        <span className="sr-only">{t("noChange")}</span>
      </small>
    );
  const isMore = change.difference > 0;
  return (
    <small className={isMore === isMoreBad ? "tone-down" : "tone-up"} title={formatP(change.p)}>
      <span aria-hidden>{isMore ? "▲" : "▼"} {points}</span>
      <span className="sr-only">{t(isMore ? "more" : "less", { points })}</span>
    </small>
  );
};
