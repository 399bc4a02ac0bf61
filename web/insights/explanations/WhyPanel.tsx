import { Link } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatChange, formatNumber, formatP } from "../../ui/numbers.ts";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type Explanation, useExplanation } from "./explanations.data.ts";
import { explanationsTexts } from "./explanations.texts.ts";
import { MovedNeeds } from "./MovedNeeds.tsx";
import { SplitOfChange } from "./SplitOfChange.tsx";
import "./explanations.css";

/** `isWeighted`: the screen behind it shows weighted numbers, which cannot be taken apart by groups. */
type WhyPanelProps = { metric: string | null; name: string; query: Query; isWeighted: boolean; onClose: () => void };

/** Why a score moved: what each group brought, what comments say more often, what was noted on those days. Its address can be mailed. */
export const WhyPanel = ({ metric, name, query, isWeighted, onClose }: WhyPanelProps) => {
  const t = useTexts(explanationsTexts);
  return (
    <SidePanel isOpen={metric !== null} onClose={onClose} width={560} title={t("title", { metric: name })}>
      {isWeighted && <p className="quiet">{t("unweighted")}</p>}
      {metric !== null && <Why metric={metric} name={name} query={query} />}
    </SidePanel>
  );
};

const Why = ({ metric, name, query }: { metric: string; name: string; query: Query }) => {
  const explanation = useExplanation(metric, query);
  if (explanation.isPending) return <Loading kind="rows" rows={10} />;
  if (explanation.isError) return <ErrorState error={explanation.error} onRetry={() => void explanation.refetch()} />;
  return <Told told={explanation.data} name={name} />;
};

const Told = ({ told, name }: { told: Explanation; name: string }) => {
  const t = useTexts(explanationsTexts);
  const { change } = told;
  if (change?.previousScore == null || told.score === null) return <p className="quiet">{t("nothingBefore")}</p>;
  const digits = told.unit === "scale" ? 2 : 1;
  // Whoever was asked and answered within three days has no interval of its own.
  const within = ({ score, low, high }: { score: number; low: number | null; high: number | null }): string =>
    low === null || high === null || told.low === null ? formatNumber(score, digits) : t("within95", { score: formatNumber(score, digits), low: formatNumber(low, digits), high: formatNumber(high, digits) });
  return (
    <div className="why">
      <p className="why-sentence">
        {t("sentence", {
          metric: name,
          before: within({ score: change.previousScore, low: change.previousLow, high: change.previousHigh }),
          after: within({ score: told.score, low: told.low, high: told.high }),
          difference: formatChange(change.difference ?? 0, digits),
          answers: t(told.metric === "sentiment" || told.metric.startsWith("need_") ? "comments" : "answers", { count: told.count }),
        })}{" "}
        {change.p === null ? t("untested") : t(change.isSignificant ? "sure" : "unsure", { p: formatP(change.p) })}{" "}
        <Link to="." resetScroll={false} search={(before: object) => ({ ...before, why: undefined, open: told.metric, band: undefined, by: undefined, value: undefined, at: told.previous.from, until: told.previous.to })}>
          {t("answersBefore", { count: told.previousCount })}
        </Link>
      </p>
      {told.splits.length === 0 ? <p className="quiet">{t("nothing")}</p> : told.splits.map((split) => <SplitOfChange key={split.by} split={split} metric={told.metric} previous={told.previous} digits={digits} />)}
      <MovedNeeds told={told} />
      {told.notes === null && <p className="quiet">{t("noNotesRight")}</p>}
      {told.notes !== null && told.notes.length > 0 && (
        <section>
          <h3>{t("notes")}</h3>
          <ul className="why-notes">{told.notes.map(({ id, day, lastDay, title, writtenBy }) => <li key={id}><span className="quiet">{lastDay === null ? day : `${day} – ${lastDay}`}</span> {title}{writtenBy !== null && <span className="quiet"> · {writtenBy}</span>}</li>)}</ul>
        </section>
      )}
      <p className="quiet">{t("caution")}</p>
    </div>
  );
};
