import { TextInput } from "@mantine/core";
import { IconSearch, IconStar } from "@tabler/icons-react";
import { useLive } from "../../shell/live.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { ReviewPanel } from "./ReviewPanel.tsx";
import { ReviewTabs } from "./ReviewTabs.tsx";
import { Stars } from "./Stars.tsx";
import { type Review, type ReviewFilters, useReviews, useSources } from "./reviews.data.ts";
import { reviewsTexts } from "./reviews.texts.ts";

const STARS: Readonly<Record<string, ReviewFilters>> = { low: { starsTo: "2.5" }, middle: { starsFrom: "2.51", starsTo: "3.5" }, high: { starsFrom: "3.51" } };

const readSearch = ({ source, stars, answered, words, review }: Search) => ({ source, stars, answered, words: words ?? "", review });

/** Everything people wrote about the organisation elsewhere. */
export const ReviewListScreen = () => {
  const t = useTexts(reviewsTexts);
  const [search, change] = useTypedSearch(readSearch);
  const reviews = useReviews({
    ...(search.source ? { sourceId: search.source } : {}), ...(search.stars === undefined ? {} : STARS[search.stars]),
    ...(search.answered ? { isAnswered: search.answered } : {}), ...(search.words === "" ? {} : { search: search.words }),
  });
  const sources = useSources();
  useLive(["review.received", "review.answered"], () => void reviews.refetch());
  const filters: Filter[] = [
    { kind: "select", name: "source", label: t("source"), value: search.source, options: (sources.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })) },
    { kind: "select", name: "stars", label: t("stars"), value: search.stars, options: [{ value: "low", label: t("low") }, { value: "middle", label: t("middle") }, { value: "high", label: t("high") }] },
    { kind: "select", name: "answered", label: t("answer"), value: search.answered, options: [{ value: "false", label: t("waiting") }, { value: "true", label: t("answered") }] },
  ];
  const isFiltered = [search.source, search.stars, search.answered].some((value) => value !== undefined) || search.words !== "";
  const hasNothing = !isFiltered && reviews.data?.pages[0]?.items.length === 0;
  return (
    <>
      <PageHeader title={t("title")} actions={<FilterBar filters={filters} onChange={change} />} />
      <ReviewTabs current="/reviews" />
      <ActiveFilters filters={filters} onChange={change} />
      <DataTable
        name="reviews"
        label={t("title")}
        columns={columnsFor(t)}
        rows={reviews.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        onOpen={(row) => change({ review: row.id }, { replace: false })}
        onEnd={() => void (reviews.hasNextPage && !reviews.isFetchingNextPage && reviews.fetchNextPage())}
        isLoading={reviews.isPending}
        isLoadingMore={reviews.isFetchingNextPage}
        error={reviews.error}
        onRetry={() => void reviews.refetch()}
        {...(hasNothing ? {} : { toolbar:
          <TextInput
            size="xs" maxLength={200} aria-label={t("search")} placeholder={t("search")} leftSection={<IconSearch size={14} aria-hidden />} defaultValue={search.words}
            onChange={(event) => change({ words: event.currentTarget.value || undefined })}
          />,
        })}
        empty={
          isFiltered
            ? <EmptyState title={t("noneFiltered")} icon={IconStar} />
            : <EmptyState title={t("none")} body={t("noneBody")} icon={IconStar} action={{ label: t("toSources"), to: "/reviews/sources" }} />
        }
      />
      <SidePanel isOpen={search.review !== undefined} onClose={() => change({ review: undefined })} title={t("one")} width={520}>
        {search.review !== undefined && <ReviewPanel key={search.review} id={search.review} />}
      </SidePanel>
    </>
  );
};

const columnsFor = (t: Translate<(typeof reviewsTexts)["words"]>): Column<Review>[] => [
  { key: "when", label: t("when"), width: 90, isFixed: true, render: (row) => <Time at={row.writtenAt} /> },
  { key: "stars", label: t("stars"), width: 60, render: (row) => <Stars stars={row.stars} most={row.starsMax} /> },
  { key: "words", label: t("words"), width: 240, isGrowing: true, isFixed: true, render: (row) => [row.title, row.text].filter((text) => text !== "").join(" · ") || <span className="quiet">—</span> },
  { key: "author", label: t("author"), maxWidth: 150, render: (row) => row.authorName ?? <span className="quiet">{t("unnamed")}</span> },
  { key: "source", label: t("source"), maxWidth: 190, render: (row) => row.sourceName },
  { key: "customer", label: t("customer"), maxWidth: 150, render: (row) => row.customer?.name ?? <span className="quiet">{t("nobody")}</span> },
  { key: "answer", label: t("answer"), width: 90, render: (row) => <AnswerState review={row} t={t} /> },
  { key: "version", label: t("versionColumn"), width: 90, isHiddenAtFirst: true, render: (row) => row.version },
];

const AnswerState = ({ review, t }: { review: Review; t: Translate<(typeof reviewsTexts)["words"]> }) => {
  if (review.reply !== null && review.reply.state !== "sent") return <span className={review.reply.state === "failed" ? "" : "quiet"}>{t(review.reply.state)}</span>;
  return review.answer === null ? <span className="quiet">{t("waiting")}</span> : t("answered");
};
