import { Button, SegmentedControl } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { IconUsers } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useLive } from "../../shell/live.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column, Sort } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { identityTexts } from "../identity/identity.texts.ts";
import { useSuggestions } from "../identity/identity.data.ts";
import classes from "./CustomerListScreen.module.css";
import { LastScore } from "./LastScore.tsx";
import { type CustomerFilters, type CustomerRow, type CustomerSort, useCustomers, type Who } from "./profiles.data.ts";
import { profilesTexts, type ProfilesTexts } from "./profiles.texts.ts";

// Under load the list would change many times a second, faster than anybody reads.
const REFRESH_MS = 3000;
const sorts: readonly CustomerSort[] = ["lastSeen", "firstSeen", "interactions", "lastScore", "name"];
const readSearch = ({ search = "", sort, direction, who }: Search): CustomerFilters => ({
  search,
  sort: sorts.find((known) => known === sort) ?? "lastSeen",
  direction: direction === "asc" ? "asc" : "desc",
  who: who === "anonymous" || who === "all" ? who : "known",
});

export const CustomerListScreen = () => {
  const t = useTexts(profilesTexts);
  const navigate = useNavigate();
  const [filters, change] = useTypedSearch(readSearch);
  const customers = useCustomers(filters);
  // Rows must not move under the pointer, so only the first page, seen from the top, follows what happens.
  const follow = useThrottledCallback(() => {
    if ((customers.data?.pages.length ?? 0) <= 1) void customers.refetch();
  }, REFRESH_MS);
  useLive(["experience.advanced", "customer.merged", "customer.separated", "customer.erased"], follow);
  const sort: Sort = { key: filters.sort, direction: filters.direction === "asc" ? "ascending" : "descending" };
  return (
    <>
      <PageHeader title={t("title")} actions={<HeaderLinks />} />
      <DataTable
        name="customers"
        label={t("title")}
        toolbar={<Toolbar filters={filters} onChange={change} />}
        columns={columnsFor(t)}
        rows={customers.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: "/customers/$customerId", params: { customerId: row.id } })}
        sort={sort}
        onSort={(next) => change({ sort: next?.key, direction: next?.direction === "ascending" ? "asc" : undefined })}
        onEnd={() => void (customers.hasNextPage && !customers.isFetchingNextPage && customers.fetchNextPage())}
        isLoading={customers.isPending}
        isLoadingMore={customers.isFetchingNextPage}
        error={customers.error}
        onRetry={() => void customers.refetch()}
        empty={
          filters.search === "" && filters.who === "known"
            ? <EmptyState title={t("none")} body={t("noneBody")} icon={IconUsers} action={{ label: t("importFile"), to: "/imports" }} />
            : <EmptyState title={t("noneFound")} icon={IconUsers} />
        }
      />
    </>
  );
};

const Toolbar = ({ filters, onChange }: { filters: CustomerFilters; onChange: (patch: Search) => void }) => {
  const t = useTexts(profilesTexts);
  const choices: { value: Who; label: string }[] = [{ value: "known", label: t("known") }, { value: "anonymous", label: t("anonymous") }, { value: "all", label: t("everybody") }];
  return (
    <>
      <SearchField label={t("search")} value={filters.search} onChange={(search) => onChange({ search })} />
      <SegmentedControl size="xs" aria-label={t("who")} data={choices} value={filters.who} onChange={(who) => onChange({ who: who === "known" ? undefined : who })} />
    </>
  );
};

const HeaderLinks = () => {
  const t = useTexts(profilesTexts);
  return (
    <>
      <SuggestionsLink />
      <Button component={Link} to="/customers/groups" variant="default" fw={500}>
        {t("groups")}
      </Button>
    </>
  );
};

const SuggestionsLink = () => {
  const t = useTexts(identityTexts);
  const suggestions = useSuggestions();
  const [first] = suggestions.data?.pages ?? [];
  if (first === undefined || first.items.length === 0) return null;
  return (
    <Button component={Link} to="/customers/suggestions" variant="default" fw={500}>
      {t("suggestions")}
      <span className="count-badge">{first.nextCursor === null ? first.items.length : `${first.items.length}+`}</span>
    </Button>
  );
};

const columnsFor = (t: Translate<ProfilesTexts>): Column<CustomerRow>[] => [
  {
    key: "name", label: t("name"), isSortable: true, isFixed: true,
    render: (row) => <Link className={classes.name} to="/customers/$customerId" params={{ customerId: row.id }} data-anonymous={row.isAnonymous}>{row.name}</Link>,
  },
  { key: "email", label: t("email"), isWide: true, render: (row) => row.email ?? <span className="quiet">–</span> },
  { key: "lastScore", label: t("lastScore"), width: 110, isSortable: true, render: (row) => (row.lastScore === null ? <span className="quiet">–</span> : <LastScore score={row.lastScore} />) },
  { key: "interactions", label: t("interactions"), width: 120, align: "end", isSortable: true, render: (row) => formatNumber(row.interactions) },
  { key: "lastSeen", label: t("lastSeen"), width: 130, isSortable: true, render: (row) => <Time at={row.lastSeenAt} /> },
  { key: "firstSeen", label: t("firstSeen"), width: 130, isWide: true, isSortable: true, render: (row) => formatDayWithYear(new Date(row.firstSeenAt)) },
];
