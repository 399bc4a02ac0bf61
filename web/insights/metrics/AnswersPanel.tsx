import { Button, SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AnswerItem } from "./AnswerItem.tsx";
import { nameOfGroup } from "./group-words.ts";
import { type HomeSearch, narrowTo } from "./home-search.ts";
import { fullNameOf, nameOfSplit, titleIn } from "./metric-words.ts";
import { useAnswers, useCustomMetrics, useMembers, useSegments, useTeams } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { bandsOf } from "./scores.ts";

type Open = NonNullable<HomeSearch["open"]>;
type AnswersPanelProps = { open: HomeSearch["open"]; query: Query; onClose: () => void };

/** The answers and people behind a number. Its address can be mailed. */
export const AnswersPanel = ({ open, query, onClose }: AnswersPanelProps) => {
  const t = useTexts(metricsTexts);
  const customs = useCustomMetrics().data?.items ?? [];
  return (
    <SidePanel isOpen={open !== null} onClose={onClose} width={520} title={open ? t("answersTitle", { metric: fullNameOf(open.metric, titleIn(customs, open.metric)) }) : ""}>
      {open && <Answers open={open} query={query} />}
    </SidePanel>
  );
};

const Answers = ({ open, query }: { open: Open; query: Query }) => {
  const t = useTexts(metricsTexts);
  const navigate = useNavigate();
  const answers = useAnswers({ metric: open.metric, band: open.band, filters: narrowed(query, open) });
  const items = answers.data?.pages.flatMap((page) => page.items) ?? [];
  const label = useGroupLabel(open);
  const where = describeOpen(open, label);
  return (
    <>
      {where !== "" && <p className="dialog-body">{where}</p>}
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t("metric")}
        value={open.band ?? "all"}
        onChange={(band) => void navigate({ to: ".", search: (before: object) => ({ ...before, band: band === "all" ? undefined : band }), replace: true, resetScroll: false })}
        data={[{ value: "all", label: t("allBands") }, ...bandsOf(open.metric).toReversed().map((band) => ({ value: band, label: t(band) }))]}
      />
      {answers.isPending ? (
        <Loading kind="rows" rows={10} />
      ) : answers.isError ? (
        <ErrorState error={answers.error} onRetry={() => void answers.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState title={t("noneFiltered")} />
      ) : (
        <ul className="answers">
          {items.map((answer) => (
            <AnswerItem key={answer.id} answer={answer} />
          ))}
        </ul>
      )}
      {answers.hasNextPage && (
        <Button variant="default" fullWidth loading={answers.isFetchingNextPage} onClick={() => void answers.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </>
  );
};

const narrowed = (query: Query, open: Open): Query => ({
  ...((open.group ? narrowTo(query, open.group) : query) ?? query),
  ...(open.from ? { from: open.from } : {}),
  ...(open.to ? { to: open.to } : {}),
});

/** The name behind an id; an address can be mailed, so it is not known from where the panel was opened. */
const useGroupLabel = ({ group }: Open): string | null => {
  const segments = useSegments(group?.by === "segment" || group?.by === "persona").data?.items ?? [];
  const teams = useTeams(group?.by === "team").data?.items ?? [];
  const members = useMembers(group?.by === "member").data?.items ?? [];
  return [...segments, ...teams, ...members].find(({ id }) => id === group?.value)?.name ?? null;
};

const describeOpen = (open: Open, label: string | null): string => {
  const group = open.group ? `${nameOfSplit(open.group.by)}: ${nameOfGroup(open.group.by, { value: open.group.value, label: label ?? open.group.value })}` : "";
  const days = open.from && open.to ? `${formatDayWithYear(new Date(open.from))} – ${formatDayWithYear(new Date(Date.parse(open.to) - 1))}` : "";
  return [group, days].filter(Boolean).join(" · ");
};
