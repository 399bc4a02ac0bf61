import { Button } from "@mantine/core";
import { useState } from "react";
import type { Query } from "../../shell/api.ts";
import { useAbility } from "../../shell/session.data.ts";
import { useTexts } from "../../ui/texts.ts";
import { CustomMetricsPanel } from "./CustomMetricsPanel.tsx";
import { customMetricsTexts } from "./custom-metrics.texts.ts";
import { useCustomMetrics, useMoreSummaries } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { ScoreTile } from "./ScoreTile.tsx";
import { builtInMetrics, mainMetrics, type Summary } from "./scores.ts";

// A response rate cannot be narrowed by where and when something was experienced: nobody was asked there.
const notOfAsked = ["touchpoint", "stage"] as const;

/** Metrics beside the three of Home, as far as there are any answers to them. */
export const useMoreMetrics = (query: Query, isNeeded: boolean): { summaries: Summary[]; isPending: boolean } => {
  const customs = useCustomMetrics().data?.items ?? [];
  const isNarrowed = notOfAsked.some((name) => query[name] !== undefined);
  const others = builtInMetrics.filter((metric) => !mainMetrics.some((main) => main === metric) && (metric !== "response_rate" || !isNarrowed));
  const builtIn = useMoreSummaries(others, query, isNeeded);
  // By themselves, so that a formula that cannot be worked out for this period takes nothing else away.
  const own = useMoreSummaries(customs.map(({ metric }) => metric).slice(0, ownMax), query, isNeeded);
  const summaries = [...(builtIn.data?.metrics ?? []), ...(own.data?.metrics ?? [])].filter(({ count }) => count > 0);
  return { summaries, isPending: builtIn.isPending };
};

/** As many as one request may name. */
const ownMax = 20;

type MoreMetricsProps = { summaries: readonly Summary[]; query: Query; isWeighted: boolean; previous: { from: string; to: string }; timeZone: string };

/** A row of small tiles below the others; nothing where there is nothing. */
export const MoreMetrics = ({ summaries, ...shared }: MoreMetricsProps) => {
  const t = useTexts(metricsTexts);
  const own = useTexts(customMetricsTexts);
  const mayEdit = useAbility("metrics.edit");
  const [isManaging, setManaging] = useState(false);
  if (summaries.length === 0 && !mayEdit) return null;
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
    </>
  );
};
