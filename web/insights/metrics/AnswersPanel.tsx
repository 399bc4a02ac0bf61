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
import { type HomeSearch, notNamed } from "./home-search.ts";
import { type BandName, type MetricName, useAnswers } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";

type Open = NonNullable<HomeSearch["open"]>;
type AnswersPanelProps = { open: HomeSearch["open"]; query: Query; onClose: () => void };

const bandsOf: Record<MetricName, readonly BandName[]> = {
  nps: ["detractors", "passives", "promoters"],
  csat: ["unsatisfied", "satisfied"],
  ces: ["not_easy", "easy"],
};

/** The answers and people behind a number. Its address can be mailed. */
export const AnswersPanel = ({ open, query, onClose }: AnswersPanelProps) => {
  const t = useTexts(metricsTexts);
  return (
    <SidePanel isOpen={open !== null} onClose={onClose} width={520} title={open ? t("answersTitle", { metric: t(open.metric) }) : ""}>
      {open && <Answers open={open} query={query} />}
    </SidePanel>
  );
};

const Answers = ({ open, query }: { open: Open; query: Query }) => {
  const t = useTexts(metricsTexts);
  const navigate = useNavigate();
  const answers = useAnswers({ metric: open.metric, band: open.band, filters: narrowed(query, open) });
  const items = answers.data?.pages.flatMap((page) => page.items) ?? [];
  const where = describeOpen(open);
  return (
    <>
      {where !== "" && <p className="dialog-body">{where}</p>}
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t("metric")}
        value={open.band ?? "all"}
        onChange={(band) => void navigate({ to: ".", search: (before: object) => ({ ...before, band: band === "all" ? undefined : band }), replace: true, resetScroll: false })}
        data={[{ value: "all", label: t("allBands") }, ...bandsOf[open.metric].map((band) => ({ value: band, label: t(band) }))]}
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
  ...query,
  ...(open.group ? { [open.group.by]: open.group.by === "survey" ? open.group.value : [open.group.value === notNamed ? "" : open.group.value] } : {}),
  ...(open.from ? { from: open.from } : {}),
  ...(open.to ? { to: open.to } : {}),
});

const describeOpen = (open: Open): string => {
  const t = metricsTexts.say;
  const group = open.group ? `${t(open.group.by)}: ${open.group.value === notNamed ? t("notNamed") : open.group.value}` : "";
  const days = open.from && open.to ? `${formatDayWithYear(new Date(open.from))} – ${formatDayWithYear(new Date(Date.parse(open.to) - 1))}` : "";
  return [group, days].filter(Boolean).join(" · ");
};
