import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type IntervalRow, IntervalRows } from "../../ui/charts/IntervalRows.tsx";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { notNamed } from "./home-search.ts";
import type { BreakdownReply, MetricName } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { asName, formatScore, limitsOf } from "./scores.ts";

type BreakdownCardProps = {
  by: "touchpoint" | "channel" | "stage";
  /** The metric chosen; the state may bring another one that has names. */
  metric: MetricName;
  state: UseQueryResult<BreakdownReply>;
  isWeighted: boolean;
  /** The score over all answers of the metric shown. */
  reference: number | null;
};

const fewRows = 8;
const absent = { touchpoint: "noTouchpoint", channel: "noChannel", stage: "noStage" } as const;
const instead = { touchpoint: "insteadTouchpoint", channel: "insteadChannel", stage: "insteadStage" } as const;
const titles = { touchpoint: "byTouchpoint", channel: "byChannel", stage: "byStage" } as const;

/** One score per group with its interval. */
export const BreakdownCard = ({ by, metric, state, isWeighted, reference }: BreakdownCardProps) => {
  const t = useTexts(metricsTexts);
  const shown = state.data === undefined || state.isPlaceholderData ? metric : state.data.metric;
  const words = { metric: t(`${shown}Short`), asked: t(`${metric}Short`) };
  return (
    <Card span={4} title={t(titles[by])} subtitle={t(shown === metric ? "byHint" : instead[by], words)}>
      {state.isPending ? (
        <Loading kind="rows" rows={5} />
      ) : state.isError ? (
        <ErrorState error={state.error} onRetry={() => void state.refetch()} />
      ) : (
        <Groups by={by} breakdown={state.data} isWeighted={isWeighted} reference={reference} />
      )}
    </Card>
  );
};

type GroupsProps = Omit<BreakdownCardProps, "metric" | "state"> & { breakdown: BreakdownReply };

const Groups = ({ by, breakdown, isWeighted, reference }: GroupsProps) => {
  const t = useTexts(metricsTexts);
  const [isLong, setLong] = useState(false);
  const { metric, groups, groupsLeftOut } = breakdown;
  const rows = groups.map((group): IntervalRow => {
    const numbers = isWeighted && group.weighted ? group.weighted : group;
    return { key: group.value ?? notNamed, label: group.value === null ? t("notNamed") : asName(group.label ?? group.value), count: group.count, value: numbers.score, low: numbers.low, high: numbers.high };
  });
  if (rows.length === 0) return <p className="quiet">{t("noAnswersPeriod")}</p>;
  if (groups.every(({ value }) => value === null))
    return (
      <p className="quiet">
        {t(absent[by])} <Link to="/touchpoints">{t("nameThem")}</Link>
      </p>
    );
  return (
    <>
      <IntervalRows
        label={t(titles[by])}
        rows={isLong ? rows : rows.slice(0, fewRows)}
        format={(value) => formatScore(metric, value)}
        reference={reference}
        limits={limitsOf(metric, breakdown.scale)}
        link={(row, label) => (
          <Link to="." title={row.label} search={(before: object) => ({ ...before, open: metric, band: undefined, by, value: row.key, at: undefined, until: undefined })}>
            {label}
          </Link>
        )}
      />
      {rows.length > fewRows && (
        <Button variant="subtle" size="compact-xs" mt={6} onClick={() => setLong(!isLong)}>
          {isLong ? t("showFewer") : t("showAll", { count: rows.length })}
        </Button>
      )}
      {groupsLeftOut > 0 && <p className="quiet">{t("leftOut", { count: groupsLeftOut })}</p>}
    </>
  );
};
