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
import { PathChoices } from "../paths/PathChoices.tsx";
import { PathFilterRow } from "../paths/PathFilterRow.tsx";
import { type Change, isNarrowed, toJourneyQuery, toPathsQuery } from "../paths/paths-search.ts";
import { useNameChoices } from "../paths/paths.data.ts";
import { pathsTexts } from "../paths/paths.texts.ts";
import { type OutcomeName, type OutcomesReply, useEffects, useOutcomes } from "./effects.data.ts";
import { type Asked, chooseOutcome, dayChoices, type EffectsSearch, outcomes, readEffectsSearch, toEffectsQuery } from "./effects-search.ts";
import { effectsTexts } from "./effects.texts.ts";
import { EffectsFacts, EffectsResult } from "./EffectsResult.tsx";
import "../paths/paths.css";
import "./effects.css";

/** Which path costs us the customer: what goes along with an outcome, against comparable customers. */
export const EffectsScreen = () => {
  const t = useTexts(effectsTexts);
  const [search, change] = useTypedSearch(readEffectsSearch);
  const filters = useFilters(search);
  // Names of one level mean nothing on another.
  const narrow: Change = (patch, how) => change("level" in patch ? { goal: undefined, ...patch } : patch, how);
  const query = toPathsQuery(search);
  const offered = useOutcomes(query);
  const isUnused = query !== null && offered.isSuccess && offered.data.goals.length === 0 && !isNarrowed(search);
  return (
    <>
      <PageHeader title={t("title")} actions={<FilterBar period={search.period} filters={filters} onChange={narrow} />}
        back={<Link to="/paths" search={({ outcome: _outcome, goal: _goal, days: _days, alike: _alike, ...before }: Search) => before} aria-label={t("back")} className="effects-back"><IconChevronLeft size={16} aria-hidden /></Link>} />
      <CopyNotice family="path-effects" />
      <ActiveFilters filters={filters} onChange={narrow} />
      {!isUnused && <EffectsChoices search={search} onChange={narrow} />}
      {query === null ? <CutUnsaid cut={search.cut} />
        : offered.isPending ? <Loading kind="page" />
        : offered.isError ? <ErrorState error={offered.error} onRetry={() => void offered.refetch()} />
        : isUnused ? <EmptyState icon={IconScale} title={t("none")} body={t("noneBody")} action={{ label: t("noneAction"), to: "/imports" }} />
        : offered.data.goals.length === 0 ? <EmptyState icon={IconScale} title={t("noneHere")} body={t("noneHereBody")} />
        : <Effects search={search} offered={offered.data} onChange={change} />}
    </>
  );
};

const useFilters = (search: EffectsSearch): Filter[] => {
  const t = useTexts(effectsTexts);
  const { choices, failure } = useSegmentChoices({ chosen: [search.alike] });
  return [{ kind: "select", name: "alike", label: t("alike"), value: search.alike, options: choices, failure }];
};

const CutUnsaid = ({ cut }: Pick<EffectsSearch, "cut">) => {
  const t = useTexts(pathsTexts);
  return <EmptyState icon={IconScale} title={t("cutUnsaid")} body={t(cut === "object" ? "cutUnsaidObject" : "cutUnsaidTouchpoint")} />;
};

const Effects = ({ search, offered, onChange }: { search: EffectsSearch; offered: OutcomesReply; onChange: Change }) => {
  const t = useTexts(effectsTexts);
  const asked = chooseOutcome(search, offered);
  const effects = useEffects(toEffectsQuery(search, asked));
  return (
    <>
      <Card title={t("chooser")} subtitle={t("chooserBody")} className="effects-card">
        <Chooser search={search} asked={asked} offered={offered} onChange={onChange} />
        {effects.isSuccess && <EffectsFacts reply={effects.data} />}
      </Card>
      {effects.isPending ? <Card><p className="quiet" role="status">{t("calculating")}</p><Loading kind="rows" rows={8} /></Card>
        : effects.isError ? <ErrorState error={effects.error} onRetry={() => void effects.refetch()} />
        : <EffectsResult reply={effects.data} />}
    </>
  );
};

/** Which paths are looked at: the same choices as on the paths. */
const EffectsChoices = ({ search, onChange }: { search: EffectsSearch; onChange: Change }) => {
  const raw: Search = useSearch({ strict: false });
  const names = useNameChoices(toJourneyQuery(search));
  return (
    <Card className="effects-card">
      <PathChoices search={search} names={names} onChange={onChange} />
      <PathFilterRow raw={raw} filters={search.filters} names={names} onChange={onChange} />
    </Card>
  );
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
      {outcome === "goal" && <Select label={t("goal")} description={t("goalHint")} inputWrapperOrder={["label", "input", "description"]} value={goal ?? null} data={names} limit={200} searchable allowDeselect={false} onChange={(value) => onChange({ outcome: "goal", goal: value ?? undefined })} />}
      {outcome === "leaving" && <NativeSelect label={t("days")} value={search.leftAfterDays} onChange={(event) => onChange({ days: event.currentTarget.value })} data={dayChoices.map((days) => ({ value: days, label: t("daysOption", { n: Number(days) }) }))} />}
    </div>
  );
};
