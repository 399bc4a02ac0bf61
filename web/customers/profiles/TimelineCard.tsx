import { Button, SegmentedControl } from "@mantine/core";
import { useMemo } from "react";
import { useLive } from "../../shell/live.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { Card } from "../../ui/Card.tsx";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, FilterBar, type Filter } from "../../ui/FilterBar.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useMemberNames, useTimeline, type TimelineFilters, type TimelineItem } from "./profiles.data.ts";
import { kindName } from "./LastScore.tsx";
import { profilesTexts } from "./profiles.texts.ts";
import { groupDays, groupMoments } from "./timeline.rules.ts";
import { TimelineMoment } from "./TimelineMoment.tsx";
import classes from "./TimelineCard.module.css";

const readSearch = ({ record, channel, type }: Search): TimelineFilters => ({
  ...(record === "facts" || record === "feelings" ? { record } : {}),
  ...(channel ? { channel } : {}),
  ...(type ? { type } : {}),
});

/** Facts and feelings on one line, newest first, following live what happens. */
export const TimelineCard = ({ customerId }: { customerId: string }) => {
  const t = useTexts(profilesTexts);
  const [filters, change] = useTypedSearch(readSearch);
  const timeline = useTimeline(customerId, filters);
  const live = useLive(["customer.noted"], () => void timeline.refetch());
  const members = useMemberNames();
  const items = useMemo(() => timeline.data?.pages.flatMap((page) => page.items) ?? [], [timeline.data]);
  const days = useMemo(() => groupDays(groupMoments(items), (at) => formatDayWithYear(new Date(at))), [items]);
  const choices = filterChoices(items, filters, t("channel"), t("type"));
  return (
    <Card
      title={t("timeline")}
      aside={<span className="live-mark" data-state={live}>{live === "lost" ? t("reconnecting") : t("live")}</span>}
    >
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t("timeline")}
          data={[{ value: "all", label: t("everything") }, { value: "facts", label: t("facts") }, { value: "feelings", label: t("feelings") }]}
          value={filters.record ?? "all"}
          onChange={(record) => change({ record: record === "all" ? undefined : record })}
        />
        <FilterBar filters={choices} onChange={change} />
      </div>
      <ActiveFilters filters={choices} onChange={change} />
      {timeline.isPending && <Loading kind="rows" rows={6} />}
      {timeline.error !== null && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.isSuccess && items.length === 0 && <EmptyState title={t(Object.keys(filters).length > 0 ? "timelineNoneFiltered" : "timelineNone")} />}
      {days.map(({ day, moments }) => (
        <section key={day} className={classes.day}>
          <h3>{day}</h3>
          <ol>
            {moments.map(({ item, feelings }) => (
              <TimelineMoment key={item.id} item={item} feelings={feelings} memberName={item.memberId === null ? null : (members.get(item.memberId) ?? null)} />
            ))}
          </ol>
        </section>
      ))}
      {timeline.hasNextPage && (
        <Button variant="default" size="xs" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t("earlier")}
        </Button>
      )}
    </Card>
  );
};

const filterChoices = (items: readonly TimelineItem[], filters: TimelineFilters, channel: string, type: string): Filter[] => {
  const optionsOf = (values: readonly (string | null | undefined)[], label: (value: string) => string = (value) => value) =>
    [...new Set(values.flatMap((value) => (value ? [value] : [])))].sort().map((value) => ({ value, label: label(value) }));
  return [
    { kind: "select", name: "channel", label: channel, value: filters.channel, options: optionsOf([filters.channel, ...items.map((item) => item.channel)], nameOfChannel) },
    { kind: "select", name: "type", label: type, value: filters.type, options: optionsOf([filters.type, ...items.map((item) => item.type)], kindName) },
  ];
};
