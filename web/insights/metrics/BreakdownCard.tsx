import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Query } from "../../shell/api.ts";
import { type IntervalRow, IntervalRows } from "../../ui/charts/IntervalRows.tsx";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useFirstRows } from "../../ui/first-rows.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { nameOfGroup } from "./group-words.ts";
import { narrowTo } from "./home-search.ts";
import { nameOfSplit, shortNameOf } from "./metric-words.ts";
import type { BreakdownReply, MetricKey, SplitKey } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { formatScore, limitsOf, shownOfGroup } from "./scores.ts";
import { verdictOf } from "./verdicts.ts";

type BreakdownCardProps = {
  by: SplitKey;
  /** The metric chosen; the state may bring another one that has names. */
  metric: MetricKey;
  state: UseQueryResult<BreakdownReply>;
  /** The same groups, with what all tests of the screen together leave of their differences. */
  told: BreakdownReply | undefined;
  isWeighted: boolean;
  /** The score over all answers of the metric shown. */
  reference: number | null;
  query: Query;
  aside?: ReactNode;
};

type Places = "touchpoint" | "channel" | "stage";
const isPlace = (by: SplitKey): by is Places => by === "touchpoint" || by === "channel" || by === "stage";
const absent = { touchpoint: "noTouchpoint", channel: "noChannel", stage: "noStage" } as const;
const instead = { touchpoint: "insteadTouchpoint", channel: "insteadChannel", stage: "insteadStage" } as const;
const titles = { touchpoint: "byTouchpoint", channel: "byChannel", stage: "byStage" } as const;
const titleOf = (by: SplitKey): string => (isPlace(by) ? metricsTexts.say(titles[by]) : metricsTexts.say("bySplit", { split: nameOfSplit(by).toLowerCase() }));

/** One score per group with its interval. */
export const BreakdownCard = ({ by, metric, state, told, isWeighted, reference, query, aside }: BreakdownCardProps) => {
  const t = useTexts(metricsTexts);
  const shown = state.data === undefined || state.isPlaceholderData ? metric : state.data.metric;
  const words = { metric: shortNameOf(shown, state.data?.title), asked: shortNameOf(metric) };
  return (
    <Card span={4} title={titleOf(by)} subtitle={t(shown === metric || !isPlace(by) ? "byHint" : instead[by], words)} aside={aside}>
      {state.isPending ? (
        <Loading kind="rows" rows={5} />
      ) : state.isError ? (
        <ErrorState error={state.error} onRetry={() => void state.refetch()} />
      ) : (
        <Groups by={by} breakdown={told ?? state.data} isWeighted={isWeighted} reference={reference} query={query} />
      )}
    </Card>
  );
};

type GroupsProps = Omit<BreakdownCardProps, "metric" | "state" | "told" | "aside"> & { breakdown: BreakdownReply };

const Groups = ({ by, breakdown, isWeighted, reference, query }: GroupsProps) => {
  const t = useTexts(metricsTexts);
  const { metric, groups, groupsLeftOut, hiddenGroups } = breakdown;
  const rows = groups.map((group): IntervalRow => {
    const numbers = shownOfGroup(group, isWeighted);
    return { key: group.value ?? notNamed, label: nameOfGroup(by, group), count: group.count, value: numbers.score, low: numbers.low, high: numbers.high, verdict: verdictOf(breakdown, numbers.versusRest) };
  });
  const [shown, more] = useFirstRows(rows);
  const hidden = hiddenGroups > 0 && <p className="quiet">{t("hidden", { count: hiddenGroups })}</p>;
  if (rows.length === 0) return hidden || <p className="quiet">{t("noAnswersPeriod")}</p>;
  if (groups.every(({ value }) => value === null))
    return !isPlace(by) ? <p className="quiet">{t("noneNamed")}</p> : (
      <p className="quiet">
        {t(absent[by])} <Link to="/touchpoints">{t("nameThem")}</Link>
      </p>
    );
  return (
    <>
      <IntervalRows
        label={titleOf(by)}
        rows={shown}
        format={(value) => formatScore(metric, value)}
        reference={reference}
        limits={limitsOf(metric, breakdown.scale)}
        link={(row, label) => narrowTo(query, { by, value: row.key }) === undefined ? label : (
          <Link to="." title={row.label} search={(before: object) => ({ ...before, open: metric, band: undefined, by, value: row.key, at: undefined, until: undefined })}>
            {label}
          </Link>
        )}
      />
      {more}
      {rows.some(({ verdict }) => verdict !== null) && <p className="quiet">{t("marked")}</p>}
      {breakdown.overlaps && <p className="quiet">{t("overlapping")}</p>}
      {(by === "team" || by === "department") && <p className="quiet">{t("asOfThen")}</p>}
      {hidden}
      {groupsLeftOut > 0 && <p className="quiet">{t("leftOut", { count: groupsLeftOut })}</p>}
    </>
  );
};
