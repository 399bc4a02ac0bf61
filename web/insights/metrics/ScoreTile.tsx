import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Query } from "../../shell/api.ts";
import { DistributionBar, type Part } from "../../ui/charts/DistributionBar.tsx";
import { Sparkline } from "../../ui/charts/Sparkline.tsx";
import { Delta } from "../../ui/Delta.tsx";
import { Stat } from "../../ui/Stat.tsx";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { DefinitionPopover } from "./DefinitionPopover.tsx";
import { useTrend } from "./metrics.data.ts";
import { WhyLink } from "../explanations/WhyLink.tsx";
import { nameOf } from "./metric-words.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { usualBucket } from "./steps.ts";
import { digitsOf, formatScore, isMoreBetter, shownNumbers, type Summary, toneOfBand } from "./scores.ts";

type ScoreTileProps = {
  summary: Summary;
  query: Query;
  isWeighted: boolean;
  previous: { from: string; to: string };
  timeZone: string;
  /** Whether it is known what moved: before, and of periods too long to be compared, "no clear change" would be a claim. */
  isDecided: boolean;
  /** Narrower and without its course. */
  isSmall?: boolean;
};

/** One score with its count, interval, change, distribution and course; everything opens the answers behind it. */
export const ScoreTile = ({ summary, query, isWeighted, previous, timeZone, isDecided, isSmall = false }: ScoreTileProps) => {
  const t = useTexts(metricsTexts);
  const { metric, count, evidence } = summary;
  const name = nameOf(metric, summary.title);
  const trend = useTrend(metric, query, usualBucket(query), !isSmall);
  const shown = shownNumbers(summary, isWeighted);
  const isHidden = evidence === "none" || evidence === "anecdotal" || shown.score === null;
  const change = isHidden || !(isDecided || shown.isWeighted) ? null : shown.change;
  const isBad = change !== null && change.isSignificant && change.difference !== null && change.difference > 0 !== isMoreBetter(summary);
  const values = (trend.data?.points ?? []).map((point) => (isWeighted && point.weighted ? point.weighted.score : point.score));
  return (
    <section className={`card ${isSmall ? "span-3" : "span-4"} tile tile-${evidence}`} aria-label={name}>
      <Stat
        label={
          <>
            {name}
            <DefinitionPopover summary={summary} previous={previous} timeZone={timeZone} />
          </>
        }
        value={<ScoreLink summary={summary} score={isHidden ? null : shown.score} />}
        delta={
          change !== null &&
          change.difference !== null && (
            <>
              <Delta change={change.difference} isSignificant={change.isSignificant} isMoreBetter={isMoreBetter(summary)} digits={digitsOf(metric)} />
              <WhyLink metric={metric} name={name} />
            </>
          )
        }
        chart={!isHidden && !isSmall && <Sparkline values={values} tone={isBad ? "bad" : "brand"} />}
        note={<Note summary={summary} isWeighted={isWeighted} />}
      >
        {count > 0 && (
          <DistributionBar
            label={`${name}: ${t("answers", { count })}`}
            parts={partsOf(summary, t)}
            link={(part, bar): ReactNode => (
              <Link to="." search={(before: object) => ({ ...before, open: metric, band: part.key })} aria-label={t("openBand", { band: part.label })}>
                {bar}
              </Link>
            )}
          />
        )}
      </Stat>
    </section>
  );
};

type Words = Translate<(typeof metricsTexts)["words"]>;

const ScoreLink = ({ summary: { metric, title, count }, score }: { summary: Summary; score: number | null }) => {
  const t = useTexts(metricsTexts);
  if (count === 0) return <span className="tile-blank">–</span>;
  const text = score === null ? t("tooFew") : formatScore(metric, score);
  return (
    <Link
      to="."
      search={(before: object) => ({ ...before, open: metric, band: undefined })}
      aria-label={t("openAnswers", { metric: nameOf(metric, title), score: text })}
      className={score === null ? "tile-blank" : undefined}
    >
      {text}
    </Link>
  );
};

const Note = ({ summary, isWeighted }: { summary: Summary; isWeighted: boolean }) => {
  const t = useTexts(metricsTexts);
  const { metric, count, evidence } = summary;
  if (count === 0) return t("noAnswersPeriod");
  if (evidence === "anecdotal") return t("tooFewNote", { count });
  const { low, high, change, isWeighted: hasWeights, isUnsteady } = shownNumbers(summary, isWeighted);
  const extra = [summary.outOf !== null && t("outOf", { all: summary.outOf }), hasWeights && t("weightedNote"), evidence === "indicative" && t("indicativeNote"), evidence === "limited" && t("limitedNote"), change?.compared && t("comparedWithin", { days: change.compared.answeringDays }), isUnsteady && t("unsteady")].filter(Boolean);
  return (
    <span className="numeric">
      {low !== null && high !== null && `${t("note", { low: formatScore(metric, low), high: formatScore(metric, high) })} · `}
      <Link to="." search={(before: object) => ({ ...before, open: metric, band: undefined })} className="tile-count">
        {t("answers", { count })}
      </Link>
      {extra.map((words) => ` · ${words}`)}
    </span>
  );
};

// The server says best first; the bar begins with the worst, as the scale does.
const partsOf = (summary: Summary, t: Words): Part[] =>
  summary.bands.toReversed().map(({ name, count }) => ({ key: name, label: t(name), count, tone: toneOfBand(name) }));
