import { Select } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { ComparedLists } from "./ComparedLists.tsx";
import { CrosstabTable } from "./CrosstabTable.tsx";
import { toReportQuery } from "./report-search.ts";
import { asChoices, groupingChoices, nameOfDimension, withHidden } from "./report-words.ts";
import { useCrosstab } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";

const OF_LISTS = "by:segment";

/** One question across another, a circumstance, a trait or lists. */
export const CrosstabPart = ({ surveyId, report, search, change }: PartProps) => {
  const t = useTexts(reportsTexts);
  const rowChoices = report.questions.filter((question) => (question.boxes.length > 0 || question.rows.length > 0) && question.type !== "contact").flatMap(asChoices);
  const rows = rowChoices.find(({ value }) => value === search.rows)?.value ?? rowChoices[0]?.value;
  const choices = groupingChoices(t, report, { withQuestions: true, withLists: true, ...(rows === undefined ? {} : { except: rows }) })
    .map((choice) => (choice.group === t("groupQuestions") ? choice : { ...choice, items: choice.items.map((item) => ({ ...item, value: `by:${item.value}` })) }));
  const columns = choices.flatMap(({ items }) => items).find(({ value }) => value === search.columns)?.value ?? choices[0]?.items[0]?.value;
  const crosstab = useCrosstab(surveyId, { ...toReportQuery(search), rows, columns, correction: search.correction, compared: columns === OF_LISTS ? search.compared : undefined }, rows !== undefined && columns !== undefined);
  if (rows === undefined || columns === undefined) return <p className="quiet">{t("noCrosstab")}</p>;
  const title = t("crosstabTitle", { row: nameOfDimension(t, report, rows), column: nameOfDimension(t, report, columns) });
  return (
    <>
      <div className="report-choices">
        <Select label={t("crosstabRows")} value={rows} data={rowChoices} onChange={(value) => change({ rows: value ?? undefined })} allowDeselect={false} searchable />
        <Select label={t("crosstabColumns")} value={columns} data={choices} onChange={(value) => change({ columns: value ?? undefined })} allowDeselect={false} searchable />
        <Select
          label={t("correction")} value={search.correction} allowDeselect={false} onChange={(value) => change({ correction: value ?? undefined })}
          data={[{ value: "bonferroni", label: t("bonferroni") }, { value: "benjamini_hochberg", label: t("benjamini_hochberg") }, { value: "none", label: t("none_correction") }]}
        />
      </div>
      {columns === OF_LISTS && <ComparedLists search={search} change={change} />}
      <Card title={title} subtitle={withHidden(t, t(search.isWeighted ? "crosstabWeightedHint" : "crosstabHint"), crosstab.data?.hiddenGroups)}>
        {crosstab.isPending ? (
          <Loading />
        ) : crosstab.isError ? (
          <ErrorState error={crosstab.error} onRetry={() => void crosstab.refetch()} />
        ) : (
          <CrosstabTable crosstab={crosstab.data} title={title} by={columns} />
        )}
      </Card>
    </>
  );
};
