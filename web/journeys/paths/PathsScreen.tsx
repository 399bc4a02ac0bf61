import { Button } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CopyNotice } from "./CopyNotice.tsx";
import { FlowView } from "./FlowView.tsx";
import { FunnelView } from "./FunnelView.tsx";
import { GraphView } from "./GraphView.tsx";
import { PathChoices } from "./PathChoices.tsx";
import { PathFilterRow } from "./PathFilterRow.tsx";
import { PathLogMenu } from "./PathLogMenu.tsx";
import { isNarrowed, type PathsSearch, readPathsSearch, tabs, toEffectsAddress, toJourneyQuery, toPathsQuery, type ViewProps, withoutFilters } from "./paths-search.ts";
import { useGraphCounts, useNameChoices } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import { ReturnView } from "./ReturnView.tsx";
import { VariantsView } from "./VariantsView.tsx";
import "./paths.css";

/** The ways customers really took: as a graph, step by step, whole, through a funnel, and back again. */
export const PathsScreen = () => {
  const t = useTexts(pathsTexts);
  const [search, change] = useTypedSearch(readPathsSearch);
  // The first picture waits for nothing else.
  const { isLoading } = useGraphCounts(toPathsQuery(search), search.detail);
  const names = useNameChoices(isLoading ? null : toJourneyQuery(search));
  return (
    <>
      <PageHeader title={t("title")} actions={<><PathLogMenu query={toPathsQuery(search)} /><FilterBar period={search.period} filters={[]} onChange={change} /></>} />
      <PathTabs search={search} />
      <CopyNotice family="paths" />
      <Shown search={search} names={names} onChange={change} />
    </>
  );
};

const PathTabs = ({ search }: { search: PathsSearch }) => {
  const t = useTexts(pathsTexts);
  return (
    <nav className="page-tabs" aria-label={t("tabs")}>
      {tabs.map((tab) => (
        <Link key={tab} to="/paths" search={(before: Search) => ({ ...before, tab: tab === "graph" ? undefined : tab })} activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }} aria-current={tab === search.tab ? "page" : undefined}>{t(tab)}</Link>
      ))}
      <Link to="/paths/effects" search={toEffectsAddress}>{t("effects")}</Link>
    </nav>
  );
};

const Choices = ({ search, names, onChange }: ViewProps) => {
  const raw: Search = useSearch({ strict: false });
  return (
    <Card className="paths-card">
      <PathChoices search={search} names={names} onChange={onChange} />
      <PathFilterRow raw={raw} filters={search.filters} names={names} onChange={onChange} />
    </Card>
  );
};

const Shown = ({ search, names, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const query = toPathsQuery(search);
  const graph = useGraphCounts(query, search.detail);
  const toImports = { label: t("emptyAction"), to: "/imports" };
  const choices = <Choices search={search} names={names} onChange={onChange} />;
  if (query === null) return <>{choices}<EmptyState icon={IconRoute} title={t("cutUnsaid")} body={t(search.cut === "object" ? "cutUnsaidObject" : "cutUnsaidTouchpoint")} /></>;
  if (graph.isPending) return <>{choices}<Loading kind="page" /></>;
  if (graph.isError) return <>{choices}<ErrorState error={graph.error} onRetry={() => void graph.refetch()} /></>;
  if (graph.data.totals.steps === 0) return isNarrowed(search) ? (
    <>{choices}<EmptyState icon={IconRoute} title={t("noneHere")} body={t("noneHereBody")}><Button variant="default" onClick={() => onChange({ ...withoutFilters, period: "all" }, { replace: false })}>{t("clear")}</Button></EmptyState></>
  ) : (
    <EmptyState icon={IconRoute} title={t(search.period.preset === "all" ? "empty" : "emptyPeriod")} body={t("emptyBody")} {...(search.period.preset === "all" ? { action: toImports } : { action: { label: t("allTime"), onClick: () => onChange({ period: "all" }) }, secondAction: toImports })} />
  );
  const Current = views[search.tab];
  return <>{choices}<Current search={search} names={names} onChange={onChange} /></>;
};

const views = { graph: GraphView, flow: FlowView, variants: VariantsView, funnel: FunnelView, return: ReturnView };
