import { Button, SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AnswerItem } from "./AnswerItem.tsx";
import { type HomeSearch, narrowToPart } from "./home-search.ts";
import { fullNameOf, titleIn } from "./metric-words.ts";
import { useAnswers, useCustomMetrics } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { OpenedPart } from "./OpenedPart.tsx";
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
  const answers = useAnswers({ metric: open.metric, band: open.band, filters: narrowToPart(query, open) });
  const items = answers.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <OpenedPart part={open} />
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
