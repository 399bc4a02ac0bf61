import { Button } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { FlowView } from "./FlowView.tsx";
import { FunnelView } from "./FunnelView.tsx";
import { GraphView } from "./GraphView.tsx";
import { PathChoices } from "./PathChoices.tsx";
import { nameFilters, type PathsSearch, readPathsSearch, tabs, toPathsQuery, toShownSearch, type ViewProps } from "./paths-search.ts";
import { useChannelChoices, useGraph, useNameChoices, useSegmentChoices } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import { ReturnView } from "./ReturnView.tsx";
import { VariantsView } from "./VariantsView.tsx";
import "./paths.css";

/** The ways customers really took: as a graph, step by step, whole, through a funnel, and back again. */
export const PathsScreen = () => {
  const t = useTexts(pathsTexts);
  const [search, change] = useTypedSearch(readPathsSearch);
  const { period, segment, channel, level } = search;
  const names = useNameChoices({ from: period.from, to: period.to, segment, channel, level });
  const filters = useFilters(search, names);
  return (
    <>
      <PageHeader title={t("title")} actions={<FilterBar period={period} filters={filters} onChange={change} />} />
      <nav className="page-tabs" aria-label={t("tabs")}>
        {tabs.map((tab) => (
          <Link key={tab} to="/paths" search={(before: Search) => ({ ...before, tab: tab === "graph" ? undefined : tab })} activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }} aria-current={tab === search.tab ? "page" : undefined}>{t(tab)}</Link>
        ))}
        <Link to="/paths/effects" search={({ period: preset, from, to, segment: chosen, channel: through }: Search) => ({ period: preset, from, to, segment: chosen, channel: through })}>{t("effects")}</Link>
      </nav>
      <ActiveFilters filters={filters} onChange={change} />
      <Shown search={search} names={names} onChange={change} />
    </>
  );
};

const Shown = ({ search, names, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const query = toPathsQuery(toShownSearch(search));
  const { graph } = useGraph(query, search.detail);
  const toImports = { label: t("emptyAction"), to: "/imports" };
  const choices = <PathChoices search={search} names={names} onChange={onChange} />;
  if (query === null) return <>{choices}<EmptyState icon={IconRoute} title={t("cutUnsaid")} body={t(search.cut === "object" ? "cutUnsaidObject" : "cutUnsaidTouchpoint")} /></>;
  if (graph.isPending) return <>{choices}<Loading kind="page" /></>;
  if (graph.isError) return <>{choices}<ErrorState error={graph.error} onRetry={() => void graph.refetch()} /></>;
  if (graph.data.totals.steps === 0) return isNarrowed(search) ? (
    <>{choices}<EmptyState icon={IconRoute} title={t("noneHere")} body={t("noneHereBody")}><Button variant="default" onClick={() => onChange({ ...withoutFilters, period: "all" })}>{t("clear")}</Button></EmptyState></>
  ) : (
    <EmptyState icon={IconRoute} title={t(search.period.preset === "all" ? "empty" : "emptyPeriod")} body={t("emptyBody")} {...(search.period.preset === "all" ? { action: toImports } : { action: { label: t("allTime"), onClick: () => onChange({ period: "all" }) }, secondAction: toImports })} />
  );
  const Current = views[search.tab];
  return <>{choices}<Current search={search} names={names} onChange={onChange} /></>;
};

const views = { graph: GraphView, flow: FlowView, variants: VariantsView, funnel: FunnelView, return: ReturnView };

const withoutFilters: Search = { segment: undefined, channel: undefined, variant: undefined, cut: undefined, level: undefined, from: undefined, to: undefined, ...Object.fromEntries(nameFilters.map((name) => [name, undefined])) };
const isNarrowed = ({ segment, channel, variant, names, level, cut, period }: PathsSearch): boolean =>
  segment !== undefined || channel !== undefined || variant !== undefined || level !== "touchpoint" || cut !== "customer" || period.preset === "own" || Object.values(names).some((name) => name !== undefined);

const useFilters = ({ segment, channel, names: chosen, followsHow, variant }: PathsSearch, names: readonly string[]): Filter[] => {
  const t = useTexts(pathsTexts);
  const segments = useSegmentChoices().data?.items ?? [];
  const channels = (useChannelChoices().data?.channels ?? []).flatMap((one) => (one.channel === "" ? [] : [{ value: one.channel, label: one.channel }]));
  const options = names.map((name) => ({ value: name, label: name }));
  return [
    { kind: "select", name: "segment", label: t("segment"), value: segment, options: segments.map(({ id, name }) => ({ value: id, label: name })) },
    { kind: "select", name: "channel", label: t("channel"), value: channel, options: channels },
    ...nameFilters.map((name): Filter => ({ kind: "select", name, label: t(name), value: chosen[name], options })),
    { kind: "switch", name: "followsHow", label: t("followsLater"), value: followsHow === "later" },
    ...(variant === undefined ? [] : [{ kind: "select" as const, name: "variant", label: t("variantFilter"), value: variant, options: [{ value: variant, label: t("oneVariant") }] }]),
  ];
};
