import { Button, SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { ScoreBadge } from "../../ui/ScoreBadge.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { nameOfPart, type Naming, partsOf, sayFactorValue } from "./driver-words.ts";
import { type DriverAnswers, type SurveyDrivers, useDriverAnswers } from "./drivers.data.ts";
import { type DriversSearch, toDriversQuery } from "./drivers-search.ts";
import { driversTexts } from "./drivers.texts.ts";

type BehindPanelProps = { search: DriversSearch; drivers: SurveyDrivers; name: Naming; onChange: (patch: Search) => void };

/** The answers and people behind a part of a factor. Its address can be mailed. */
export const BehindPanel = ({ search, drivers, name, onChange }: BehindPanelProps) => {
  const t = useTexts(driversTexts);
  const mayRead = useAbility("customers.read");
  const { behind } = search;
  const parts = behind === undefined ? [] : partsOf(behind);
  // An address written by hand may ask for a part that the factor has not.
  const part = parts.find((one) => one === search.part) ?? "all";
  return (
    <SidePanel isOpen={behind !== undefined} onClose={() => onChange({ behind: undefined, part: undefined })} title={behind === undefined ? "" : name(behind)} width={520}>
      {behind !== undefined && (
        <>
          <SegmentedControl
            size="xs" fullWidth aria-label={t("part")} value={part} onChange={(chosen) => onChange({ part: chosen === "all" ? undefined : chosen })}
            data={parts.map((one) => ({ value: one, label: nameOfPart(t, behind, one) }))}
          />
          {mayRead
            // The factors as they were compared: which ones these are of their own accord may have changed since.
            ? <Answers survey={drivers.survey.id} query={{ ...toDriversQuery(search), outcome: drivers.outcome ?? undefined, factors: drivers.factors.join(","), factor: behind, part }} outcome={drivers.outcome === null ? "" : name(drivers.outcome)} factor={{ id: behind, name: name(behind) }} />
            : <p className="quiet">{t("notNamed")}</p>}
        </>
      )}
    </SidePanel>
  );
};

type AnswersProps = { survey: string; query: Query; outcome: string; factor: { id: string; name: string } };

const Answers = ({ survey, query, outcome, factor }: AnswersProps) => {
  const t = useTexts(driversTexts);
  const answers = useDriverAnswers(survey, query);
  if (answers.isPending) return <Loading kind="rows" rows={10} />;
  if (answers.isError) return <ErrorState error={answers.error} onRetry={() => void answers.refetch()} />;
  const [first] = answers.data.pages;
  const items = answers.data.pages.flatMap((page) => page.items);
  if (first === undefined || first.isTooFewToShow) return <p className="quiet">{t("partTooSmall")}</p>;
  if (items.length === 0) return <p className="quiet">{t("partEmpty")}</p>;
  return (
    <>
      <p className="quiet">{t("behindCount", { count: first.count })}{first.everyNth > 1 && ` ${t("sampled", { count: first.everyNth })}`} {t("behindLegend", { outcome, name: factor.name })}</p>
      <ul className="drivers-people">
        {items.map((item) => <Person key={item.responseId} item={item} outcome={outcome} name={factor.name} value={sayFactorValue(t, factor.id, item.value)} />)}
      </ul>
      {answers.hasNextPage && <Button variant="default" fullWidth loading={answers.isFetchingNextPage} onClick={() => void answers.fetchNextPage()}>{t("loadMore")}</Button>}
    </>
  );
};

type PersonProps = { item: DriverAnswers["items"][number]; outcome: string; name: string; value: string };

const Person = ({ item, outcome, name, value }: PersonProps) => {
  const t = useTexts(driversTexts);
  const { responseId, at, customer, comment } = item;
  return (
    <li>
      <span className="drivers-person">
        <ScoreBadge tone="middle" score={<><span className="sr-only">{outcome}: </span>{formatNumber(item.outcome, Number.isInteger(item.outcome) ? 0 : 2)}</>} />
        <span className="drivers-who">
          {customer === null ? <span className="quiet">{t("nobodyKnown")}</span> : <Link to="/customers/$customerId" params={{ customerId: customer.id }}>{customer.name}</Link>}
          <small className="quiet"><span className="sr-only">{name}: </span>{value}</small>
        </span>
        <Link to="/responses/$responseId" params={{ responseId }}><Time at={at} /></Link>
      </span>
      {comment !== null && <p dir="auto">{comment}</p>}
    </li>
  );
};
