import { Button } from "@mantine/core";
import { useState } from "react";
import type { Query } from "../../shell/api.ts";
import { useAbility } from "../../shell/session.data.ts";
import { useTexts } from "../../ui/texts.ts";
import { CustomMetricsPanel } from "./CustomMetricsPanel.tsx";
import { customMetricsTexts } from "./custom-metrics.texts.ts";
import { useCustomMetrics, useMoreSummaries, useSummariesOfMany } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { ScoreTile } from "./ScoreTile.tsx";
import { builtInMetrics, mainMetrics, type Summary } from "./scores.ts";

// A response rate cannot be narrowed by where and when something was experienced: nobody was asked there.
const notOfAsked = ["touchpoint", "stage"] as const;

/** Metrics beside the three of Home, as far as there are any answers to them. Of one's own so many at first, since each is worked out for every response, and
 *  `further` says how many more there are. */
export const useMoreMetrics = (query: Query, isNeeded: boolean): { summaries: Summary[]; isPending: boolean; further: number; showFurther: () => void } => {
  const [shown, setShown] = useState(ownMax);
  const customs = useCustomMetrics().data?.items ?? [];
  const isNarrowed = notOfAsked.some((name) => query[name] !== undefined);
  const others = builtInMetrics.filter((metric) => !mainMetrics.some((main) => main === metric) && (metric !== "response_rate" || !isNarrowed));
  const builtIn = useMoreSummaries(others, query, isNeeded);
  // By themselves, so that a formula that cannot be worked out for this period takes nothing else away.
  const own = useSummariesOfMany(portionsOf(customs.slice(0, shown).map(({ metric }) => metric)), query, isNeeded);
  const summaries = [...(builtIn.data?.metrics ?? []), ...own].filter(({ count }) => count > 0);
  return { summaries, isPending: builtIn.isPending, further: Math.max(0, customs.length - shown), showFurther: () => setShown(shown + ownMax) };
};

/** As many as one request may name. */
const ownMax = 20;
export const portionsOf = <Metric,>(metrics: readonly Metric[]): Metric[][] => Array.from({ length: Math.ceil(metrics.length / ownMax) }, (_, place) => metrics.slice(place * ownMax, (place + 1) * ownMax));

type MoreMetricsProps = { summaries: readonly Summary[]; further: number; onFurther: () => void; query: Query; isWeighted: boolean; previous: { from: string; to: string }; timeZone: string; isDecided: boolean };

/** A row of small tiles below the others; nothing where there is nothing. */
export const MoreMetrics = ({ summaries, further, onFurther, ...shared }: MoreMetricsProps) => {
  const t = useTexts(metricsTexts);
  const own = useTexts(customMetricsTexts);
  const mayEdit = useAbility("metrics.edit");
  const [isManaging, setManaging] = useState(false);
  if (summaries.length === 0 && further === 0 && !mayEdit) return null;
  return (
    <>
      <header className="more-metrics span-12">
        <div>
          <h2>{t("otherMetrics")}</h2>
          <p className="quiet">{t("moreHint")}</p>
        </div>
        {mayEdit && (
          <Button variant="default" size="xs" fw={500} onClick={() => setManaging(true)}>
            {own("manage")}
          </Button>
        )}
      </header>
      <CustomMetricsPanel isOpen={isManaging} onClose={() => setManaging(false)} />
      {summaries.map((summary) => (
        <ScoreTile key={summary.metric} summary={summary} isSmall {...shared} />
      ))}
      {further > 0 && (
        <div className="span-12">
          <Button variant="subtle" size="xs" onClick={onFurther}>
            {own("further", { count: Math.min(further, ownMax) })}
          </Button>
        </div>
      )}
    </>
  );
};
