import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { Query } from "../../shell/api.ts";
import { Trend } from "../../ui/charts/Trend.tsx";
import { formatDay, formatDayWithYear, formatMonth } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { sayBasis } from "./fact-words.ts";
import { type BucketName, buckets, type OpenFact, useNeedFactCourse } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";

/** The share of cases over the limit over time, with its interval. */
export const FactCourse = ({ fact, query }: { fact: OpenFact; query: Query }) => {
  const t = useTexts(needFactsTexts);
  const [bucket, setBucket] = useState<BucketName | undefined>(undefined);
  const course = useNeedFactCourse({ ...query, measure: fact.measure, bucket });
  if (course.isPending) return <Loading />;
  if (course.isError) return <ErrorState error={course.error} onRetry={() => void course.refetch()} />;
  const { points, breaks, timeZone, bucket: step, ageDays, ripeUntil } = course.data;
  const isLate = points.some(({ to }) => to > ripeUntil);
  return (
    <section className="facts-course" aria-label={t("courseTitle")}>
      <div className="facts-head">
        <h3>{t("courseTitle")}</h3>
        <SegmentedControl size="xs" aria-label={t("bucket")} value={step} onChange={(value) => setBucket(buckets.find((known) => known === value))} data={buckets.map((value) => ({ value, label: t(`bucket_${value}`) }))} />
      </div>
      <Trend
        label={t("courseLabel", { what: t(fact.measure, { count: fact.limit }) })}
        points={points.map(({ from, count, over }) => ({ at: new Date(from), value: over?.share ?? null, low: over?.low ?? null, high: over?.high ?? null, count }))}
        events={[...new Set(breaks.map(({ at }) => at))].map((at) => ({ at: new Date(at), label: t("courseBreak"), isBreak: true }))}
        format={(value) => formatShare(value)}
        limits={[0, 1]}
        counted="cases"
        heightMin={200}
        nameDay={(at) => (step === "month" ? formatMonth(at, timeZone) : formatDay(at, timeZone))}
      />
      {breaks.length > 0 && (
        <>
          <ul className="quiet facts-breaks">
            {breaks.map(({ at, before, after }, place) => <li key={place}>{t("courseBreakIs", { day: formatDayWithYear(new Date(at), timeZone), before: sayBasis(fact, before), after: sayBasis(fact, after) })}</li>)}
          </ul>
          <p className="quiet facts-help">{t("courseBreakAll")}</p>
        </>
      )}
      <p className="quiet facts-help">
        {ageDays !== null && t("courseAged", { count: ageDays })} {isLate && t("courseRipe", { day: formatDayWithYear(new Date(ripeUntil), timeZone) })} {t("courseFew")}
      </p>
    </section>
  );
};
