import { Button } from "@mantine/core";
import { IconChartDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { dimensions, useSurveyChoices } from "../../feedback/feedback.parts.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { BehindPanel } from "./BehindPanel.tsx";
import { DriverChoices } from "./DriverChoices.tsx";
import { DriversResult } from "./DriversResult.tsx";
import { filtersFor, namingOf, sayFault } from "./driver-words.ts";
import { readDriversSearch, toDriversQuery, type DriversSearch, withoutFilters } from "./drivers-search.ts";
import { type SurveyDrivers, useDrivers } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";
import "./drivers.css";

/** Which ratings go along with an outcome of a survey, how much, and how sure that is. */
export const DriversScreen = () => {
  const t = useTexts(driversTexts);
  const [search, change] = useTypedSearch(readDriversSearch);
  const surveys = useSurveyChoices();
  const lists = useSegmentChoices({ chosen: [search.list] });
  // Those with the most complete responses first.
  const choices = (surveys.data ?? []).toSorted((one, other) => other.completeCount - one.completeCount);
  const survey = search.survey ?? choices[0]?.id;
  const drivers = useDrivers(survey, toDriversQuery(search));
  const filters = drivers.data === undefined ? [] : filtersFor(t, search, drivers.data, lists);
  return (
    <>
      <PageHeader title={t("title")} actions={survey !== undefined && <FilterBar period={search.period} filters={filters} onChange={change} />} />
      <ActiveFilters filters={filters} onChange={change} />
      {surveys.isPending ? (
        <Loading kind="page" />
      ) : surveys.isError ? (
        <ErrorState error={surveys.error} onRetry={() => void surveys.refetch()} />
      ) : survey === undefined ? (
        <NoSurvey />
      ) : (
        <>
          <DriverChoices survey={survey} surveys={choices} drivers={drivers.data} search={search} onChange={change} />
          {drivers.isPending ? (
            <Loading kind="page" />
          ) : drivers.isError ? (
            <ErrorState error={drivers.error} onRetry={() => void drivers.refetch()} />
          ) : (
            <div className={drivers.isPlaceholderData ? "drivers-stale" : undefined} aria-busy={drivers.isPlaceholderData}>
              <Shown survey={survey} drivers={drivers.data} search={search} onClear={() => change(withoutFilters)} />
              <BehindPanel search={search} drivers={drivers.data} name={namingOf(t, drivers.data)} onChange={change} />
            </div>
          )}
        </>
      )}
    </>
  );
};

/** Also where a file of ratings was imported as facts: nothing else would say why it is not here. */
const NoSurvey = () => {
  const t = useTexts(driversTexts);
  const mayWrite = useAbility("surveys.write");
  const doors = mayWrite ? { action: { label: t("emptyAction"), to: "/surveys" }, secondAction: { label: t("emptyImport"), to: "/surveys/import" } } : {};
  return (
    <EmptyState icon={IconChartDots} title={t("empty")} body={t("emptyBody")} {...doors}>
      <p>{t("emptyFile")}</p>
    </EmptyState>
  );
};

type ShownProps = { survey: string; drivers: SurveyDrivers; search: DriversSearch; onClear: () => void };

const Shown = ({ survey, drivers, search, onClear }: ShownProps) => {
  const t = useTexts(driversTexts);
  const mayWrite = useAbility("surveys.write");
  const { result, outcome, fault, isTooFewToShow } = drivers;
  const name = namingOf(t, drivers);
  const isFiltered = search.period.preset !== "all" || search.trait !== undefined || search.list !== undefined || dimensions.some((dimension) => search.filters[dimension] !== undefined);
  if (result !== null && outcome !== null) return <DriversResult drivers={drivers} result={result} outcome={name(outcome)} name={name} />;
  const { title, body } = isTooFewToShow
    ? { title: t("tooFewToShow"), body: t("tooFewToShowBody") }
    : fault === null || outcome === null
      ? { title: t("noOutcome"), body: t("noOutcomeBody") }
      : sayFault(t, name, fault, { outcome, missing: search.missing });
  return (
    <EmptyState icon={IconChartDots} title={title} body={body}>
      {isFiltered && <Button variant="default" onClick={onClear}>{t("clear")}</Button>}
      {!isFiltered && !isTooFewToShow && mayWrite && (
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/surveys/$surveyId/response-imports" params={{ surveyId: survey }} />}>{t("importResponses")}</Button>
      )}
    </EmptyState>
  );
};
