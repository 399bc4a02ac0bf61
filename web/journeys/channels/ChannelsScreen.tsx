import { IconRouteAltRight } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { useLive } from "../../shell/live.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { Former } from "../../ui/Former.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { WhenCard, WhereCard } from "./ActivityCards.tsx";
import { refreshChannels, useActivity, useChannels, useDevices, useEffort, useSwitches } from "./channels.data.ts";
import { type ChannelsSearch, readChannelsSearch, toQuery } from "./channels-search.ts";
import { channelsTexts } from "./channels.texts.ts";
import { EffortCard } from "./EffortCard.tsx";
import { SwitchesCard } from "./SwitchesCard.tsx";
import { UseCard } from "./UseCard.tsx";
import "./channels.css";

type Change = (patch: Readonly<Record<string, string | undefined>>) => void;

/** How each channel is really used: how much, by whom, when, in which order, and where customers are lost. */
export const ChannelsScreen = () => {
  const t = useTexts(channelsTexts);
  const [search, change] = useTypedSearch(readChannelsSearch);
  const { choices, failure } = useSegmentChoices({ chosen: [search.segment] });
  // What a touchpoint is called decides what self-service is.
  useLive(["touchpoints.changed", "touchpoints.renamed"], () => void refreshChannels());
  const filters: Filter[] = choices.length === 0 && failure === undefined ? [] : [
    { kind: "select", name: "segment", label: t("segment"), value: search.segment, options: choices, failure },
  ];
  return (
    <>
      <PageHeader title={t("title")} actions={<FilterBar period={search.period} filters={filters} onChange={change} />} />
      <ActiveFilters filters={filters} onChange={change} />
      <Use search={search} onChange={change} />
    </>
  );
};

const Use = ({ search, onChange }: { search: ChannelsSearch; onChange: Change }) => {
  const t = useTexts(channelsTexts);
  const use = useChannels(toQuery(search));
  const devices = useDevices(toQuery(search));
  if (use.isPending) return <Loading kind="page" />;
  if (use.isError) return <ErrorState error={use.error} onRetry={() => void use.refetch()} />;
  if (use.data.observedUntil === null) return <EmptyState icon={IconRouteAltRight} title={t("none")} body={t("noneBody")} action={{ label: t("noneAction"), to: "/imports" }} />;
  if (use.data.meetings === 0) return <EmptyState icon={IconRouteAltRight} title={t("nothing")} body={t("nothingBody")} />;
  return (
    <Grid>
      <Former is={use.isPlaceholderData || devices.isPlaceholderData} span={12}>
        <UseCard use={use.data} devices={devices.data} hasDevicesFailed={devices.isError} />
      </Former>
      <Details search={search} onChange={onChange} />
    </Grid>
  );
};

const Details = ({ search, onChange }: { search: ChannelsSearch; onChange: Change }) => {
  const switches = useSwitches({ ...toQuery(search), gapDays: search.gapDays });
  const effort = useEffort(toQuery(search));
  const activity = useActivity(toQuery(search));
  return (
    <>
      {show(switches, 7, (data) => <SwitchesCard switches={data} gapDays={search.gapDays} onGap={(gap) => onChange({ gap: gap === "7" ? undefined : gap })} />)}
      {show(effort, 5, (data) => <EffortCard effort={data} />)}
      {show(activity, 12, (data) => (
        <>
          <WhereCard activity={data} />
          <WhenCard activity={data} chosen={search.hours} onChoose={(hours) => onChange({ hours })} />
        </>
      ))}
    </>
  );
};

const show = <Data,>(query: UseQueryResult<Data>, span: 5 | 7 | 12, draw: (data: Data) => ReactNode): ReactNode => {
  if (query.isPending) return <Card span={span}><Loading kind="rows" rows={5} /></Card>;
  if (query.isError) return <Card span={span}><ErrorState error={query.error} onRetry={() => void query.refetch()} /></Card>;
  return <Former is={query.isPlaceholderData} span={span}>{draw(query.data)}</Former>;
};
