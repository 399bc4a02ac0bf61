import { IconChevronLeft, IconGitCompare } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { Former } from "../../ui/Former.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useChannelChoices } from "../channels/channels.data.ts";
import { isSegment } from "../maps/map-filters.ts";
import { everybody } from "../maps/map-search.ts";
import { CopyNotice } from "../paths/CopyNotice.tsx";
import { CasesPanel } from "./CasesPanel.tsx";
import { CustomerCard } from "./CustomerCard.tsx";
import { DeviationGroup } from "./DeviationGroup.tsx";
import { useDeviations, useMapName } from "./deviations.data.ts";
import { type DeviationsSearch, gapChoices, kinds, readDeviationsSearch, toQuery } from "./deviations-search.ts";
import { deviationsTexts } from "./deviations.texts.ts";
import { FitCard } from "./FitCard.tsx";
import "./deviations.css";

/** What customers really did beside what a map plans: four kinds of deviation, sized, with what goes with them and who. */
export const DeviationsScreen = () => {
  const t = useTexts(deviationsTexts);
  const { mapId = "" } = useParams({ strict: false });
  const [search, change] = useTypedSearch(readDeviationsSearch);
  const name = useMapName(mapId).data;
  const filters = useFilters(search);
  return (
    <>
      <PageHeader title={name === undefined ? t("title") : t("titleOf", { name })} actions={<FilterBar period={search.period} filters={filters} onChange={change} />}
        back={<Link to="/maps/$mapId" params={{ mapId }} search={({ period, from, to, segment, channel, customer }: Search) => ({ period, from, to, segment, channel, customer })} aria-label={t("back")} className="deviations-back"><IconChevronLeft size={16} aria-hidden /></Link>} />
      <CopyNotice family="deviations" />
      <ActiveFilters filters={filters} onChange={change} />
      <Found mapId={mapId} search={search} change={change} />
    </>
  );
};

const useFilters = ({ segment, channel, gap }: DeviationsSearch): Filter[] => {
  const t = useTexts(deviationsTexts);
  const { choices, failure } = useSegmentChoices({ chosen: [isSegment(segment) ? segment : undefined] });
  const channels = useChannelChoices();
  return [
    { kind: "select", name: "segment", label: t("segment"), value: segment, options: [{ value: everybody, label: t("everybody") }, ...choices], failure },
    { kind: "select", name: "channel", label: t("channel"), value: channel, options: channels },
    { kind: "select", name: "gap", label: t("visits"), value: gap, options: gapChoices.map((value) => ({ value, label: t(`gap_${value}`) })) },
  ];
};

type FoundProps = { mapId: string; search: DeviationsSearch; change: (patch: Search, how?: { replace?: boolean }) => void };

const Found = ({ mapId, search, change }: FoundProps) => {
  const t = useTexts(deviationsTexts);
  const query = toQuery(search);
  const found = useDeviations(mapId, query);
  if (found.isPending) return <Loading kind="page" />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const { line, cases, deviations, leftOut, money } = found.data;
  if (line.length === 0) return <EmptyState icon={IconGitCompare} title={t("unbound")} body={t("unboundBody")} action={{ label: t("toMap"), to: `/maps/${mapId}` }} />;
  const opened = search.open && deviations.find(({ kind, part }) => kind === search.open?.kind && part === search.open.part);
  return (
    <>
      <Former is={found.isPlaceholderData}>
        <Grid>
          {search.customer !== undefined && <CustomerCard mapId={mapId} customerId={search.customer} query={query} onClose={() => change({ customer: undefined })} />}
          {cases === 0 && <div className="span-12"><EmptyState icon={IconGitCompare} title={t("nobody")} body={t("nobodyBody")} action={{ label: t("toMap"), to: `/maps/${mapId}` }} /></div>}
          {cases > 0 && <FitCard found={found.data} onVisits={() => change({ gap: gapChoices[0] }, { replace: false })} />}
          {cases > 0 && kinds.map((kind) => (
            <DeviationGroup key={kind} kind={kind} deviations={deviations.filter((one) => one.kind === kind)} more={leftOut.deviations[kind]} currency={money?.currency ?? null} onOpen={(part) => change({ kind, part }, { replace: false })} />
          ))}
        </Grid>
      </Former>
      {search.open && <CasesPanel mapId={mapId} asked={search.open} ways={opened?.ways ?? []} name={opened ? (opened.ways.length > 0 ? t("oneOf", { names: opened.name }) : opened.name) : search.open.part} query={query} onClose={() => change({ kind: undefined, part: undefined })} />}
    </>
  );
};
