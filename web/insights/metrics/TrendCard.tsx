import { Group, SegmentedControl } from "@mantine/core";
import type { Query } from "../../shell/api.ts";
import { Trend } from "../../ui/charts/Trend.tsx";
import { Card } from "../../ui/Card.tsx";
import { formatDay, formatMonth, isoDay } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { addDays } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import { placeNotes } from "../annotations/annotation-place.ts";
import { AnnotationsPopover } from "../annotations/AnnotationsPopover.tsx";
import { type Annotation, useAnnotations } from "../annotations/annotations.data.ts";
import { MetricPicker } from "./MetricPicker.tsx";
import { shortNameOf } from "./metric-words.ts";
import { type BucketName, type MetricKey, type TrendReply, useBreaks, useSteadyTrend } from "./metrics.data.ts";
import { listBreakEvents, TrendBreaks } from "./TrendBreaks.tsx";
import { metricsTexts } from "./metrics.texts.ts";
import { formatScore, limitsOf } from "./scores.ts";
import { fewestShown } from "./steps.ts";

type TrendCardProps = {
  metric: MetricKey;
  /** Metrics beside NPS, CSAT and CES that can be chosen, with the titles of one's own. */
  available: readonly { metric: MetricKey; title: string }[];
  bucket: BucketName | undefined;
  query: Query;
  /** The days the query is about, half open. */
  period: { from: string; to: string };
  isWeighted: boolean;
  onChange: (patch: Readonly<Record<string, string | undefined>>) => void;
};

/** The course of one score with its interval. */
export const TrendCard = ({ metric, available, bucket, query, period, isWeighted, onChange }: TrendCardProps) => {
  const t = useTexts(metricsTexts);
  const { trend, step } = useSteadyTrend(metric, query, bucket);
  const annotations = useAnnotations({ from: period.from, to: period.to });
  const breaks = useBreaks(metric, query, step, trend.data !== undefined).data?.breaks ?? [];
  const name = shortNameOf(metric, trend.data?.title);
  const controls = (
    <Group gap={8} className="trend-controls">
      <MetricPicker metric={metric} available={available} onChange={(value) => onChange({ metric: value })} />
      <SegmentedControl
        size="xs"
        aria-label={t("bucket")}
        value={step}
        onChange={(value) => onChange({ bucket: value })}
        data={[
          { value: "day", label: t("day") },
          { value: "week", label: t("week") },
          { value: "month", label: t("month") },
        ]}
      />
      <AnnotationsPopover state={annotations} day={addDays(period.to, -1)} />
    </Group>
  );
  return (
    <Card span={8} title={t(`trendTitle_${step}`, { metric: name })} subtitle={metric === "response_rate" ? `${t("trendSubtitle")} ${t("mayYetAnswer")}` : t("trendSubtitle")} aside={controls}>
      {trend.isPending ? (
        <Loading />
      ) : trend.isError ? (
        <ErrorState error={trend.error} onRetry={() => void trend.refetch()} />
      ) : isThin(trend.data) ? (
        <p className="chart-empty">{t(`thin_${step}`, { n: fewestShown })}</p>
      ) : (
        <>
        <Trend
          label={t("trendLabel", { metric: name })}
          points={trend.data.points.map((point) => toPoint(point, isWeighted))}
          format={(value) => formatScore(metric, value)}
          events={[...eventsOf(annotations.data?.items ?? [], trend.data), ...listBreakEvents(breaks)]}
          limits={limitsOf(metric, trend.data.scale)}
          heightMin={320}
          nameDay={(at) => (step === "month" ? formatMonth(at, trend.data.timeZone) : formatDay(at, trend.data.timeZone))}
          onOpen={(point) => onChange({ open: metric, band: undefined, by: undefined, value: undefined, at: point.at.toISOString(), until: endOf(trend.data, point.at) })}
        />
        <TrendBreaks breaks={breaks} timeZone={trend.data.timeZone} />
        </>
      )}
    </Card>
  );
};

const isThin = ({ points }: TrendReply): boolean => points.some(({ count }) => count > 0) && points.every(({ count }) => count < fewestShown);

// A bucket of a few answers would jump between the ends of the scale and say nothing.
const toPoint = (point: TrendReply["points"][number], isWeighted: boolean) => {
  const numbers = isWeighted && point.weighted ? point.weighted : point;
  const isHidden = point.count < fewestShown;
  return {
    at: new Date(point.from),
    value: isHidden ? null : numbers.score,
    low: isHidden ? null : numbers.low,
    high: isHidden ? null : numbers.high,
    count: point.count,
  };
};

const eventsOf = (annotations: readonly Annotation[], { points, timeZone }: TrendReply) => {
  const starts = points.map(({ from }) => new Date(from));
  return placeNotes(annotations, starts, (start) => isoDay(start, timeZone));
};

const endOf = (trend: TrendReply, at: Date): string | undefined => trend.points.find(({ from }) => Date.parse(from) === at.getTime())?.to;
