import { MultiSelect } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type IntervalRow, IntervalRows } from "../../ui/charts/IntervalRows.tsx";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSurveys } from "../surveys/surveys.data.ts";
import { toReportQuery } from "./report-search.ts";
import { formatReportScore, limitsOf } from "./report-words.ts";
import { type JoinedMetric, type QuestionReport, useJoinedMetric } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";

/** This survey and others as one number. */
export const JoinedCard = ({ surveyId, search, change, question }: PartProps & { question: QuestionReport }) => {
  const t = useTexts(reportsTexts);
  const surveys = useSurveys();
  const { from, to } = toReportQuery(search);
  const joined = useJoinedMetric(surveyId, { survey: [surveyId, ...search.others], metric: question.type, from, to }, search.others.length > 0);
  const options = (surveys.data?.pages.flatMap((page) => page.items) ?? []).filter(({ id }) => id !== surveyId).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Card span={12} title={t("joinedTitle")} subtitle={t("joinedHint")}>
      <MultiSelect
        className="report-joined" label={t("joinedWith")} placeholder={search.others.length === 0 ? t("joinedPlaceholder") : ""} data={options} value={[...search.others]} searchable clearable
        clearButtonProps={{ "aria-label": t("clear") }} maxValues={19} onChange={(ids) => change({ others: ids.length === 0 ? undefined : ids.join(",") })}
      />
      {search.others.length === 0 ? null : joined.isPending ? (
        <Loading kind="rows" rows={3} />
      ) : joined.isError ? (
        <ErrorState error={joined.error} onRetry={() => void joined.refetch()} />
      ) : (
        <IntervalRows
          label={t("joinedTitle")} rows={rowsOf(joined.data, t("joinedTotal"))} limits={limitsOf(joined.data)} reference={joined.data.total.score}
          format={(value) => formatReportScore(joined.data.metric, value)}
          link={(row, label) => (row.key === "" ? <strong>{label}</strong> : <Link to="/surveys/$surveyId/report" params={{ surveyId: row.key }}>{label}</Link>)}
        />
      )}
    </Card>
  );
};

const rowsOf = ({ total, surveys }: JoinedMetric, together: string): IntervalRow[] => [
  { key: "", label: together, count: total.count, value: total.score, low: total.low, high: total.high },
  ...surveys.map(({ id, name, count, score, low, high }) => ({ key: id, label: name, count, value: score, low, high })),
];
