import { formatNumber, formatP } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { NeedFact } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";

/** How a share over the limit moved against the period before, where more is worse; an arrow only where chance does not explain it. */
export const FactChange = ({ change }: { change: NeedFact["change"] }) => {
  const t = useTexts(needFactsTexts);
  if (change === null) return <span className="quiet">–</span>;
  const points = formatNumber(Math.abs(100 * change.difference), 1);
  if (!change.isSignificant)
    return (
      <small className="quiet" title={`${t("same")}, ${formatP(change.p)}`}>
        <span aria-hidden>≈</span>
        <span className="sr-only">{t("same")}</span>
      </small>
    );
  const isMore = change.difference > 0;
  return (
    <small className={isMore ? "facts-worse" : "facts-better"} title={formatP(change.p)}>
      <span aria-hidden>{isMore ? "▲" : "▼"} {points}</span>
      <span className="sr-only">{t(isMore ? "more" : "less", { points })}</span>
    </small>
  );
};
