import { CopyNotice } from "../../journeys/journeys.parts.ts";
import { useSession } from "../../shell/session.data.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { Grid } from "../../ui/Card.tsx";
import { isoDay } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { addDays } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import { WhyPanel } from "../explanations/WhyPanel.tsx";
import { AnswersPanel } from "./AnswersPanel.tsx";
import { BreakdownCard } from "./BreakdownCard.tsx";
import { ChangesCard } from "./ChangesCard.tsx";
import { HomeEmpty } from "./HomeEmpty.tsx";
import { useHomeFilters } from "./home-filters.ts";
import { controlDiscoveries } from "./discoveries.ts";
import { closed, type HomeSearch, latestDays, readHomeSearch, shownMetric, toQuery } from "./home-search.ts";
import { LatestCard } from "./LatestCard.tsx";
import { MoreMetrics, portionsOf, useMoreMetrics } from "./MoreMetrics.tsx";
import { type BreakdownReply, type MetricKey, useChanges, useFreshNumbers, useNamedBreakdown, useSpan, useSummary } from "./metrics.data.ts";
import { SplitPicker } from "./SplitPicker.tsx";
import { metricsTexts } from "./metrics.texts.ts";
import { fullNameOf } from "./metric-words.ts";
import { NothingHere } from "./NothingHere.tsx";
import { ScoreTile } from "./ScoreTile.tsx";
import { shownNumbers, type Summary } from "./scores.ts";
import { TrendCard } from "./TrendCard.tsx";
import "./home.css";

/** How it goes, what changed, and who said so. */
export const HomeScreen = () => {
  const t = useTexts(metricsTexts);
  const [search, change] = useTypedSearch(readHomeSearch);
  const span = useSpan();
  const live = useFreshNumbers();
  const { timeZone } = useSession().workspace;
  if (span.isPending) return <Shell><Loading kind="page" /></Shell>;
  if (span.isError) return <Shell><ErrorState error={span.error} onRetry={() => void span.refetch()} /></Shell>;
  if (span.data.count === 0) return <Shell><HomeEmpty /></Shell>;
  return <Numbers search={search} change={change} span={span.data} timeZone={timeZone} live={live} title={t("title")} />;
};

const Shell = ({ children }: { children: React.ReactNode }) => {
  const t = useTexts(metricsTexts);
  return (
    <>
      <PageHeader title={t("title")} />
      <CopyNotice family={null} />
      {children}
    </>
  );
};

type NumbersProps = {
  search: HomeSearch;
  change: (patch: Readonly<Record<string, string | undefined>>, how?: { replace?: boolean }) => void;
  span: { first: string | null; last: string | null };
  timeZone: string;
  live: ReturnType<typeof useFreshNumbers>;
  title: string;
};

const Numbers = ({ search, change, span, timeZone, live, title }: NumbersProps) => {
  const { isWeighted, open } = search;
  const period = spannedPeriod(search.period, span, timeZone);
  const query = toQuery(period, search.filters);
  const summary = useSummary(query);
  const summaries = summary.data?.metrics ?? [];
  const { summaries: more, isPending: isMorePending, further, showFurther } = useMoreMetrics(query, summary.data !== undefined);
  const metric = shownMetric(search, [...summaries, ...more]);
  const touchpoints = useNamedBreakdown(metric, "touchpoint", query);
  const channels = useNamedBreakdown(metric, "channel", query);
  const split = useNamedBreakdown(metric, search.split, query);
  const { filters, look } = useHomeFilters({ ...search, metric }, query, summaries.some(({ weighted }) => weighted !== null));
  const latest = latestDays(period, span.last === null ? null : isoDay(new Date(span.last), timeZone));
  const scoreOfAll = (breakdown: BreakdownReply | undefined): number | null => {
    const all = [...summaries, ...more].find((one) => one.metric === breakdown?.metric);
    return all && all.count >= 10 ? shownNumbers(all, isWeighted).score : null;
  };
  const total = [...summaries, ...more].reduce((sum, { count }) => sum + count, 0);
  const cards = [
    { by: "touchpoint", state: touchpoints },
    { by: "channel", state: channels },
    { by: search.split, state: split },
  ] as const;
  const groups = cards.flatMap(({ by, state }) => (state.data ? [{ by, breakdown: state.data }] : []));
  const isFiltered = Object.values(search.filters).some(Boolean);
  const { changes, failed, ...moved } = useChanges([summaries, ...portionsOf(more)].map(withBefore).filter((metrics) => metrics.length > 0), query);
  const isDecided = !moved.isPending && !moved.isTooLong;
  const told = controlDiscoveries({ summaries, others: more, changes, failed, breakdowns: groups.map(({ breakdown }) => breakdown) }, isWeighted);
  const toldCards = groups.map(({ by, breakdown }, place) => ({ by, asked: breakdown, breakdown: told.breakdowns[place] ?? breakdown }));
  // What changed is told of places; months and weekdays are no news, and people are looked at on purpose.
  const toldGroups = toldCards.flatMap(({ by, breakdown }) => (by === "touchpoint" || by === "channel" || by === "stage" ? [{ by, breakdown }] : []));
  return (
    <>
      <PageHeader title={title} actions={<FilterBar period={search.period} filters={filters} onChange={change} onLook={look} />} />
      <CopyNotice family={null} />
      <ActiveFilters filters={filters} onChange={change} />
      {summary.isError ? (
        <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />
      ) : summary.data && total === 0 && !isMorePending ? (
        <NothingHere span={span} isFiltered={isFiltered} timeZone={timeZone} onChange={change} />
      ) : (
        <Grid>
          {summary.data && <ChangesCard summaries={told.summaries} others={told.others} groups={toldGroups} isWeighted={isWeighted} isFiltered={isFiltered} {...moved} period={summary.data.period} previous={summary.data.previous} timeZone={timeZone} />}
          {summary.isPending
            ? ["nps", "csat", "ces"].map((name) => <div key={name} className="card span-4"><Loading kind="stat" /></div>)
            : told.summaries.map((one) => (
                <ScoreTile key={one.metric} summary={one} query={query} isWeighted={isWeighted} previous={summary.data.previous} timeZone={timeZone} isDecided={isDecided} />
              ))}
          <TrendCard metric={metric} available={more} bucket={search.bucket} query={query} period={period} isWeighted={isWeighted} onChange={change} />
          <LatestCard query={query} days={latest} live={live} />
          {cards.map(({ by, state }, place) => (
            <BreakdownCard
              key={place}
              by={by}
              metric={metric}
              state={state}
              told={toldCards.find(({ asked }) => asked === state.data)?.breakdown}
              isWeighted={isWeighted}
              reference={scoreOfAll(state.data)}
              query={query}
              aside={place === 2 && <SplitPicker metric={metric} split={search.split} onChange={(chosen) => change({ split: chosen })} />}
            />
          ))}
          {summary.data && <MoreMetrics summaries={told.others} further={further} onFurther={showFurther} query={query} isWeighted={isWeighted} previous={summary.data.previous} timeZone={timeZone} isDecided={isDecided} />}
        </Grid>
      )}
      <AnswersPanel open={open} query={query} onClose={() => change(closed)} />
      <WhyPanel metric={search.why} name={nameOfWhy(search.why, [...summaries, ...more])} query={query} isWeighted={isWeighted && [...summaries, ...more].some(({ metric: known, weighted }) => known === search.why && weighted !== null)} onClose={() => change({ why: undefined })} />
    </>
  );
};

const withBefore = (summaries: readonly Summary[]): MetricKey[] => summaries.flatMap(({ metric, change }) => (change === null ? [] : [metric]));

const nameOfWhy = (metric: HomeSearch["why"], known: readonly { metric: string; title: string }[]): string =>
  metric === null ? "" : fullNameOf(metric, known.find((one) => one.metric === metric)?.title ?? metric);

// "All time" reaches from the first answer to the last, so that a chart is not mostly empty years.
const spannedPeriod = (period: HomeSearch["period"], span: { first: string | null; last: string | null }, timeZone: string): { from: string; to: string } =>
  period.preset !== "all" || span.first === null || span.last === null
    ? period
    : { from: isoDay(new Date(span.first), timeZone), to: addDays(isoDay(new Date(span.last), timeZone), 1) };
