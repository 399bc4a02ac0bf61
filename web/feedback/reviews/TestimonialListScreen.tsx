import { Button } from "@mantine/core";
import { IconPlus, IconQuote } from "@tabler/icons-react";
import { useState } from "react";
import { useLive } from "../../shell/live.ts";
import { useAbility } from "../../shell/session.data.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { AskForm } from "./AskForm.tsx";
import { DisplaysCard } from "./DisplaysCard.tsx";
import { ReviewTabs } from "./ReviewTabs.tsx";
import { Stars } from "./Stars.tsx";
import { TestimonialPanel } from "./TestimonialPanel.tsx";
import { type Testimonial, useTestimonials } from "./reviews.data.ts";
import { testimonialsTexts } from "./testimonials.texts.ts";

const STATES = ["asked", "given", "approved", "rejected", "withdrawn"] as const;
const readSearch = ({ state, testimonial }: Search) => ({ state, testimonial });

/** Words of customers for showing to others: asked for, agreed to, looked at, published. */
export const TestimonialListScreen = () => {
  const t = useTexts(testimonialsTexts);
  const [search, change] = useTypedSearch(readSearch);
  const list = useTestimonials(search.state === undefined ? {} : { state: search.state });
  const mayChange = useAbility("reviews.change");
  const [isAsking, setAsking] = useState(false);
  useLive(["testimonial.given", "testimonial.withdrawn"], () => void list.refetch());
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const open = rows.find(({ id }) => id === search.testimonial);
  const filters: Filter[] = [{ kind: "select", name: "state", label: t("state"), value: search.state, options: STATES.map((state) => ({ value: state, label: t(state) })) }];
  const ask = { label: t("ask"), onClick: () => setAsking(true) };
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <FilterBar filters={filters} onChange={change} />
            {mayChange && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={ask.onClick}>{t("ask")}</Button>}
          </>
        }
      />
      <ReviewTabs current="/reviews/testimonials" />
      <ActiveFilters filters={filters} onChange={change} />
      <DataTable
        name="testimonials"
        label={t("list")}
        columns={columnsFor(t)}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) => change({ testimonial: row.id }, { replace: false })}
        onEnd={() => void (list.hasNextPage && !list.isFetchingNextPage && list.fetchNextPage())}
        isLoading={list.isPending}
        isLoadingMore={list.isFetchingNextPage}
        error={list.error}
        onRetry={() => void list.refetch()}
        maxHeight="50dvh"
        empty={search.state === undefined ? <EmptyState icon={IconQuote} title={t("none")} body={t("noneBody")} {...(mayChange ? { action: ask } : {})} /> : <EmptyState icon={IconQuote} title={t("noneFiltered")} />}
      />
      <DisplaysCard />
      <SidePanel isOpen={open !== undefined} onClose={() => change({ testimonial: undefined })} title={t("panelTitle")} width={520}>
        {open !== undefined && <TestimonialPanel key={open.id} testimonial={open} onRemoved={() => change({ testimonial: undefined })} />}
      </SidePanel>
      <SidePanel isOpen={isAsking} onClose={() => setAsking(false)} title={t("askTitle")} width={520}>
        {isAsking && <AskForm onDone={() => setAsking(false)} />}
      </SidePanel>
    </>
  );
};

const columnsFor = (t: Translate<(typeof testimonialsTexts)["words"]>): Column<Testimonial>[] => [
  { key: "words", label: t("words"), isFixed: true, render: (row) => row.shown || <span className="quiet">{row.kind === "review" ? t("review") : t("notWritten")}</span> },
  { key: "stars", label: t("stars"), width: 80, render: (row) => <Stars stars={row.stars} /> },
  { key: "from", label: t("from"), width: 180, render: (row) => row.authorName ?? row.customer?.name ?? <span className="quiet">{t("noName")}</span> },
  { key: "state", label: t("state"), width: 120, render: (row) => <span className={row.state === "given" ? "" : "quiet"}>{t(row.state)}</span> },
  { key: "date", label: t("date"), width: 110, render: (row) => <Time at={row.givenAt ?? row.askedAt ?? row.createdAt} /> },
];
