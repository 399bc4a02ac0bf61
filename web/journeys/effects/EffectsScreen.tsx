import { NativeSelect, Select } from "@mantine/core";
import { IconChevronLeft, IconScale } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CopyNotice } from "../paths/CopyNotice.tsx";
import { stepKinds, withoutKinds } from "../paths/path-filters.ts";
import { PathFilterRow } from "../paths/PathFilterRow.tsx";
import { useNameChoices } from "../paths/paths.data.ts";
import { type OutcomeName, type OutcomesReply, useEffects, useOutcomes } from "./effects.data.ts";
import { type Asked, chooseOutcome, dayChoices, type EffectsSearch, outcomes, readEffectsSearch, toEffectsQuery, toNamesQuery, toPathQuery } from "./effects-search.ts";
import { effectsTexts } from "./effects.texts.ts";
import { EffectsFacts, EffectsResult } from "./EffectsResult.tsx";
import "../paths/paths.css";
import "./effects.css";

type Change = (patch: Search, how?: { replace?: boolean }) => void;

/** Which path costs us the customer: what goes along with an outcome, against comparable customers. */
export const EffectsScreen = () => {
  const t = useTexts(effectsTexts);
  const [search, change] = useTypedSearch(readEffectsSearch);
  const filters = useFilters(search);
  // Names of one level mean nothing on another.
  const narrow = (patch: Search): void => change("level" in patch ? { ...withoutKinds(stepKinds), goal: undefined, ...patch } : patch);
  const offered = useOutcomes(toPathQuery(search));
  return (
    <>
      <PageHeader title={t("title")} actions={<FilterBar period={search.period} filters={filters} onChange={narrow} />}
        back={<Link to="/paths" search={({ outcome: _outcome, goal: _goal, days: _days, alike: _alike, ...before }: Search) => before} aria-label={t("back")} className="effects-back"><IconChevronLeft size={16} aria-hidden /></Link>} />
      <CopyNotice family="path-effects" />
      <ActiveFilters filters={filters} onChange={narrow} />
      {offered.isPending ? <Loading kind="page" />
        : offered.isError ? <ErrorState error={offered.error} onRetry={() => void offered.refetch()} />
        : offered.data.goals.length === 0 && search.filters.length > 0 ? (
          <>
            <Card className="effects-card"><EffectsFilters search={search} onChange={change} /></Card>
            <EmptyState icon={IconScale} title={t("noneHere")} body={t("noneHereBody")} />
          </>
        ) : offered.data.goals.length === 0 ? <EmptyState icon={IconScale} title={t("none")} body={t("noneBody")} action={{ label: t("noneAction"), to: "/imports" }} />
        : <Effects search={search} offered={offered.data} onChange={change} />}
    </>
  );
};

const useFilters = (search: EffectsSearch): Filter[] => {
  const t = useTexts(effectsTexts);
  const { choices, failure } = useSegmentChoices({ chosen: [search.alike] });
  return [
    { kind: "select", name: "level", label: t("level"), value: search.level === "touchpoint" ? undefined : search.level, options: [{ value: "touchpoint", label: t("levelTouchpoint") }, { value: "name", label: t("levelName") }] },
    { kind: "select", name: "cut", label: t("cut"), value: search.cut === "customer" ? undefined : search.cut, options: [{ value: "customer", label: t("cutCustomer") }, { value: "session", label: t("cutSession") }] },
    { kind: "select", name: "alike", label: t("alike"), value: search.alike, options: choices, failure },
  ];
};

const Effects = ({ search, offered, onChange }: { search: EffectsSearch; offered: OutcomesReply; onChange: Change }) => {
  const t = useTexts(effectsTexts);
  const asked = chooseOutcome(search, offered);
  const effects = useEffects(toEffectsQuery(search, asked));
  return (
    <>
      <Card title={t("chooser")} subtitle={t("chooserBody")} className="effects-card">
        <p className="effects-facts">{t("basis", { step: t(search.level === "name" ? "levelName" : "levelTouchpoint"), path: t(search.cut === "session" ? "cutSession" : "cutCustomer") })}</p>
        <Chooser search={search} asked={asked} offered={offered} onChange={onChange} />
        <EffectsFilters search={search} onChange={onChange} />
        {effects.isSuccess && <EffectsFacts reply={effects.data} />}
      </Card>
      {effects.isPending ? <Card><p className="quiet" role="status">{t("calculating")}</p><Loading kind="rows" rows={8} /></Card>
        : effects.isError ? <ErrorState error={effects.error} onRetry={() => void effects.refetch()} />
        : <EffectsResult reply={effects.data} />}
    </>
  );
};

const EffectsFilters = ({ search, onChange }: { search: EffectsSearch; onChange: Change }) => {
  const raw: Search = useSearch({ strict: false });
  const names = useNameChoices(toNamesQuery(search));
  return <PathFilterRow raw={raw} filters={search.filters} names={names} onChange={onChange} />;
};

const Chooser = ({ search, asked: { outcome, goal }, offered, onChange }: { search: EffectsSearch; asked: Asked; offered: OutcomesReply; onChange: Change }) => {
  const t = useTexts(effectsTexts);
  const isMissing: Record<OutcomeName, boolean> = {
    goal: false, leaving: false, feeling: offered.scores === 0, effort: offered.effortScores === 0, repeat_contact: offered.contacts.length === 0, revenue: offered.money === null,
  };
  const names = [...new Set([...offered.goals.map(({ name }) => name), ...(goal === undefined ? [] : [goal])])];
  return (
    <div className="effects-chooser">
      <NativeSelect label={t("outcome")} value={outcome} onChange={(event) => onChange({ outcome: event.currentTarget.value })}
        data={outcomes.map((value) => ({ value, label: isMissing[value] ? `${t(`outcome_${value}`)} (${t("noData")})` : t(`outcome_${value}`), disabled: isMissing[value] && value !== outcome }))} />
      {outcome === "goal" && <Select label={t("goal")} description={t("goalHint")} inputWrapperOrder={["label", "input", "description"]} value={goal ?? null} data={names} searchable allowDeselect={false} onChange={(value) => onChange({ outcome: "goal", goal: value ?? undefined })} />}
      {outcome === "leaving" && <NativeSelect label={t("days")} value={search.leftAfterDays} onChange={(event) => onChange({ days: event.currentTarget.value })} data={dayChoices.map((days) => ({ value: days, label: t("daysOption", { n: Number(days) }) }))} />}
    </div>
  );
};
