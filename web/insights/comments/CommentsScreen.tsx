import { ActionIcon, Button } from "@mantine/core";
import { IconBrain, IconMessage2, IconWriting } from "@tabler/icons-react";
import { useState } from "react";
import { useTypedSearch } from "../../shell/search.ts";
import { Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CommentsCard } from "./CommentsCard.tsx";
import { useCommentFilters } from "./comment-filters.ts";
import { readCommentsSearch, toListQuery, toPlaceQuery, withoutFilters } from "./comments-search.ts";
import { useFreshComments, useSummary } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { FeelingsCard } from "./FeelingsCard.tsx";
import { NamedCard } from "./NamedCard.tsx";
import { NeedsCard } from "./NeedsCard.tsx";
import { NeedsByGroupCard } from "./NeedsByGroupCard.tsx";
import { ReaderPanel } from "./ReaderPanel.tsx";
import { RereadingNote } from "./RereadingNote.tsx";
import { NeedFactsCard } from "../need-facts/NeedFactsCard.tsx";
import { ThemesCard } from "../themes/ThemesCard.tsx";
import { SummaryPanel } from "../writing-aid/SummaryPanel.tsx";
import { useWritingAidUses } from "../writing-aid/writing-aid.data.ts";
import { writingAidTexts } from "../writing-aid/writing-aid.texts.ts";
import "./comments.css";

/** What customers wrote, what it says about the six needs, and where. */
export const CommentsScreen = () => {
  const t = useTexts(commentsTexts);
  const [search, change] = useTypedSearch(readCommentsSearch);
  const aid = useWritingAidUses();
  const [isSummarising, setSummarising] = useState(false);
  useFreshComments();
  const places = toPlaceQuery(search);
  const summary = useSummary(places);
  const { filters, look } = useCommentFilters(search, summary.data);
  const isFiltered = filters.some(({ value }) => value !== undefined && value !== false);
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <FilterBar period={search.period} filters={filters} onChange={change} onLook={look} />
            {aid.writesSummaries && <Button variant="default" size="xs" leftSection={<IconWriting size={14} aria-hidden />} onClick={() => setSummarising(true)}>{writingAidTexts.say("summarise")}</Button>}
            <ActionIcon variant="default" size={30} aria-label={t("readerOpen")} onClick={() => change({ reader: "open" })}>
              <IconBrain size={16} aria-hidden />
            </ActionIcon>
          </>
        }
      />
      <ActiveFilters filters={filters} onChange={change} />
      <RereadingNote />
      {summary.isPending ? (
        <Loading kind="page" />
      ) : summary.isError ? (
        <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />
      ) : summary.data.count === 0 && !isFiltered ? (
        search.period.preset === "all" ? (
          <EmptyState icon={IconMessage2} title={t("empty")} body={t("emptyBody")} action={{ label: t("emptyAction"), to: "/surveys" }} />
        ) : (
          <EmptyState icon={IconMessage2} title={t("noneHere")} body={t("noneHereBody")} action={{ label: t("allTime"), onClick: () => change({ period: "all", from: undefined, to: undefined }) }} />
        )
      ) : (
        <Grid>
          {search.comment === undefined && (
            <>
              <a className="comments-skip" href="#comments-list">{t("skipToList")}</a>
              <NeedsCard summary={summary.data} />
              <FeelingsCard summary={summary.data} />
              <ThemesCard query={places} chosen={search.theme} />
              <NamedCard query={places} chosen={search.mention} />
              <NeedFactsCard period={places} isFiltered={isFiltered} />
              <NeedsByGroupCard search={search} query={places} onChange={change} />
            </>
          )}
          <div id="comments-list" className="span-12" tabIndex={-1}>
            <CommentsCard query={toListQuery(search)} shownNeed={search.need} onClear={() => change(withoutFilters)} />
          </div>
        </Grid>
      )}
      <SummaryPanel isOpen={isSummarising} onClose={() => setSummarising(false)} query={toListQuery(search)} model={aid.model ?? ""} />
      <ReaderPanel isOpen={search.isReaderOpen} onClose={() => change({ reader: undefined })} />
    </>
  );
};
