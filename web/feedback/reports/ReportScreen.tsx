import { Button, SegmentedControl } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { useTypedSearch } from "../../shell/search.ts";
import type { Choices } from "../../ui/choices.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { SurveyTabs } from "../surveys/SurveyTabs.tsx";
import { ComparePart } from "./ComparePart.tsx";
import { CrosstabPart } from "./CrosstabPart.tsx";
import { DropOffPart } from "./DropOffPart.tsx";
import { QuestionsPart } from "./QuestionsPart.tsx";
import { RatesRow } from "./RatesRow.tsx";
import type { PartProps } from "./report-part.ts";
import { isNarrowed, readReportSearch, toReportQuery, type ReportSearch, views } from "./report-search.ts";
import { nameOfGroup, type Words } from "./report-words.ts";
import { circumstances, dimensions } from "./response-groups.ts";
import { type Report, useFreshReport, useReport } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import { WeightingPart } from "./WeightingPart.tsx";
import "./reports.css";

/** One survey in numbers: every question, where people leave, groups, waves, crosstabs and weights. */
export const ReportScreen = () => {
  const t = useTexts(reportsTexts);
  const { surveyId = "" } = useParams({ strict: false });
  const [search, change] = useTypedSearch(readReportSearch);
  useFreshReport(surveyId);
  const report = useReport(surveyId, toReportQuery(search));
  const lists = useSegmentChoices({ chosen: [search.list] });
  const filters = report.data === undefined ? [] : filtersFor(t, search, report.data, lists);
  return (
    <>
      <PageHeader
        title={report.data?.survey.name ?? t("title")}
        back={<Link to="/surveys">{t("all")}</Link>}
        actions={<FilterBar period={search.period} filters={filters} onChange={change} />}
      />
      <SurveyTabs surveyId={surveyId} current="/report" />
      <ActiveFilters filters={filters} onChange={change} />
      {report.isPending ? (
        <Loading kind="page" />
      ) : report.isError ? (
        <ErrorState error={report.error} onRetry={() => void report.refetch()} />
      ) : (
        <Parts surveyId={surveyId} report={report.data} search={search} change={change} />
      )}
    </>
  );
};

const labels = { questions: "viewQuestions", "drop-off": "viewDropOff", compare: "viewCompare", crosstab: "viewCrosstab", weighting: "viewWeighting" } as const;

const Parts = (props: PartProps) => {
  const t = useTexts(reportsTexts);
  const { report, search, change } = props;
  const seen = report.rates.started + report.rates.screenedOut + report.rates.overQuota + report.rates.flagged;
  const isFiltered = search.period.preset !== "all" || isNarrowed(search);
  if (seen === 0 && !isFiltered) return <EmptyState title={t("none")} body={t("noneBody")} icon={IconChartBar} />;
  return (
    <>
      <RatesRow {...props} />
      <SegmentedControl
        className="report-views"
        aria-label={t("view")}
        value={search.view}
        onChange={(view) => change({ view: view === "questions" ? undefined : view })}
        data={views.map((view) => ({ value: view, label: t(labels[view]) }))}
      />
      {seen === 0 ? (
        <EmptyState title={t(report.isTooFewToShow ? "tooFew" : "noneFiltered")} body={t(report.isTooFewToShow ? "tooFewBody" : "noneFilteredBody")} icon={IconChartBar}>
          <Button variant="default" onClick={() => change({ period: undefined, from: undefined, to: undefined, segment: undefined, list: undefined, ...Object.fromEntries([...dimensions, ...circumstances].map((name) => [name, undefined])) })}>{t("clear")}</Button>
        </EmptyState>
      ) : (
        <Part {...props} />
      )}
    </>
  );
};

const Part = (props: PartProps) => {
  switch (props.search.view) {
    case "questions":
      return <QuestionsPart {...props} />;
    case "drop-off":
      return <DropOffPart {...props} />;
    case "compare":
      return <ComparePart {...props} />;
    case "crosstab":
      return <CrosstabPart {...props} />;
    case "weighting":
      return <WeightingPart {...props} />;
  }
};

const filtersFor = (t: Words, search: ReportSearch, report: Report, lists: Choices): Filter[] => [
  ...dimensions
    .filter((name) => report.dimensions[name].some(({ value }) => value !== "") || search.filters[name] !== undefined)
    .map((name): Filter => ({
      kind: "select", name, label: t(name), value: search.filters[name],
      options: report.dimensions[name].map(({ value, label }) => ({ value: value === "" ? notNamed : value, label: nameOfGroup(t, name, value, label) })),
    })),
  ...circumstances
    .filter((name) => report.circumstances.some((one) => one.name === name) || search.filters[name] !== undefined)
    .map((name): Filter => ({
      kind: "select", name, label: t(name), value: search.filters[name],
      options: report.circumstances.filter((one) => one.name === name).map(({ value, label }) => ({ value: value === "" ? notNamed : value, label: nameOfGroup(t, name, value, label) })),
    })),
  ...(lists.choices.length === 0 && lists.failure === undefined ? [] : [{ kind: "select", name: "list", label: t("lists"), value: search.list, options: lists.choices, failure: lists.failure } satisfies Filter]),
  ...(report.traits.length === 0 ? [] : [{
    kind: "select", name: "segment", label: t("segment"), value: search.segment,
    options: report.traits.flatMap(({ name, values }) => values.map((value) => ({ value: `${name}=${value}`, label: `${name}: ${value}` }))),
  } satisfies Filter]),
  { kind: "switch", name: "weighted", label: t("weighted"), value: search.isWeighted },
];
