import { Select } from "@mantine/core";
import { IconCoins } from "@tabler/icons-react";
import { useTypedSearch } from "../../shell/search.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CohortsCard } from "./CohortsCard.tsx";
import { GroupsCard } from "./GroupsCard.tsx";
import { OutcomeCustomersPanel } from "./OutcomeCustomersPanel.tsx";
import { nameGrouping } from "./outcome-words.ts";
import { type ChoicesReply, feelingNames, useChoices, useCohorts, useGroups, useSurvival } from "./outcomes.data.ts";
import { type OutcomesSearch, readOutcomesSearch, toCohortsQuery, toGroupsQuery, toSurvivalQuery } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";
import { RetentionPanel } from "./RetentionPanel.tsx";
import { SurvivalCard } from "./SurvivalCard.tsx";
import { ValueCard } from "./ValueCard.tsx";
import "./outcomes.css";

type Change = (patch: Readonly<Record<string, string | undefined>>) => void;

/** Does a feeling go with staying, buying again and spending? */
export const OutcomesScreen = () => {
  const t = useTexts(outcomesTexts);
  const [search, change] = useTypedSearch(readOutcomesSearch);
  const choices = useChoices();
  if (choices.isPending) return <><PageHeader title={t("title")} /><Loading kind="page" /></>;
  if (choices.isError) return <><PageHeader title={t("title")} /><ErrorState error={choices.error} onRetry={() => void choices.refetch()} /></>;
  const { events, suggested } = choices.data;
  if (events.length === 0) return <><PageHeader title={t("title")} /><EmptyState icon={IconCoins} title={t("empty")} body={t("emptyBody")} action={{ label: t("emptyAction"), to: "/imports" }} /></>;
  if (suggested.purchase.length === 0 && search.purchase === undefined) return <ChoosePurchase choices={choices.data} onChange={change} />;
  return <Outcomes search={search} choices={choices.data} onChange={change} />;
};

const ChoosePurchase = ({ choices, onChange }: { choices: ChoicesReply; onChange: Change }) => {
  const t = useTexts(outcomesTexts);
  return (
    <>
      <PageHeader title={t("title")} />
      <EmptyState icon={IconCoins} title={t("noPurchase")} body={t("noPurchaseBody")}>
        <Select label={t("purchase")} data={choices.events.map(({ name }) => name)} value={null} onChange={(name) => onChange({ purchase: name ?? undefined })} searchable maw={320} mx="auto" />
      </EmptyState>
    </>
  );
};

const Outcomes = ({ search, choices, onChange }: { search: OutcomesSearch; choices: ChoicesReply; onChange: Change }) => {
  const t = useTexts(outcomesTexts);
  const groups = useGroups(toGroupsQuery(search, choices));
  const survival = useSurvival(toSurvivalQuery(search, choices));
  const cohorts = useCohorts(toCohortsQuery(search, choices));
  const filters = useFilters(search, choices);
  const currency = groups.data?.counting.currency ?? null;
  const groupings = [...feelingNames.map((name) => ({ value: name, label: nameGrouping(name) })), ...choices.traits.map((name) => ({ value: `trait:${name}`, label: t("trait", { name }) }))];
  const bySelect = <Select size="xs" w={210} aria-label={t("by")} data={groupings} value={search.by} onChange={(by) => onChange({ by: by ?? undefined, open: undefined, curve: undefined, day: undefined })} allowDeselect={false} searchable={groupings.length > 15} />;
  return (
    <>
      <PageHeader title={t("title")} actions={<>{bySelect}<FilterBar period={search.period} filters={filters} onChange={onChange} /></>} />
      <ActiveFilters filters={filters} onChange={onChange} />
      <Grid>
        {groups.isPending ? <Waiting span={12} /> : groups.isError ? <Failed span={12} error={groups.error} again={() => void groups.refetch()} /> : <GroupsCard groups={groups.data} by={search.by} />}
        {survival.isPending ? <Waiting span={7} /> : survival.isError ? <Failed span={7} error={survival.error} again={() => void survival.refetch()} /> : <SurvivalCard survival={survival.data} by={search.by} isGrouped={search.isGrouped} onChange={onChange} />}
        {groups.isPending ? <Waiting span={5} /> : groups.data !== undefined && <ValueCard groups={groups.data} search={search} onChange={onChange} />}
        {cohorts.isPending ? <Waiting span={12} /> : cohorts.isError ? <Failed span={12} error={cohorts.error} again={() => void cohorts.refetch()} /> : <CohortsCard cohorts={cohorts.data} onChange={onChange} />}
      </Grid>
      <RetentionPanel search={search} choices={choices} currency={currency} onChange={onChange} />
      <OutcomeCustomersPanel search={search} choices={choices} currency={currency} onChange={onChange} />
    </>
  );
};

type Span = 5 | 7 | 12;
const Waiting = ({ span }: { span: Span }) => <Card span={span}><Loading kind="rows" rows={5} /></Card>;
const Failed = ({ span, error, again }: { span: Span; error: Error; again: () => void }) => <Card span={span}><ErrorState error={error} onRetry={again} /></Card>;

const dayChoices = ["14", "30", "60", "90", "120", "180", "365"];

const useFilters = (search: OutcomesSearch, choices: ChoicesReply): Filter[] => {
  const t = useTexts(outcomesTexts);
  const plain = (name: string): { value: string; label: string } => ({ value: name, label: name });
  return [
    { kind: "select", name: "purchase", label: t("purchase"), value: search.purchase, options: choices.events.map(({ name }) => plain(name)) },
    { kind: "select", name: "amount", label: t("amount"), value: search.amount, options: choices.amounts.map(({ name }) => plain(name)) },
    { kind: "select", name: "days", label: t("days"), value: search.days, options: dayChoices.map((days) => ({ value: days, label: t("daysOption", { count: Number(days) }) })) },
    { kind: "select", name: "adjust", label: t("adjust"), value: search.adjust, options: choices.traits.map(plain) },
  ];
};
