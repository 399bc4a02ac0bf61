import { IconBuildingCommunity } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import classes from "./Groups.module.css";
import { type GroupRow, useGroups } from "./groups.data.ts";
import { groupsTexts, type GroupsTexts } from "./groups.texts.ts";

const readSearch = ({ search = "" }: Search): { search: string } => ({ search });

/** Companies, households and other accounts customers belong to. */
export const GroupListScreen = () => {
  const t = useTexts(groupsTexts);
  const navigate = useNavigate();
  const [{ search }, change] = useTypedSearch(readSearch);
  const groups = useGroups(search);
  return (
    <>
      <PageHeader title={t("title")} back={<Link to="/customers">{t("back")}</Link>} />
      <DataTable
        name="groups"
        label={t("title")}
        toolbar={<SearchField label={t("search")} value={search} onChange={(text) => change({ search: text })} />}
        columns={columnsFor(t)}
        rows={groups.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => String(row.id)}
        onOpen={(row) => void navigate({ to: "/customers/groups/$groupId", params: { groupId: String(row.id) } })}
        onSort={() => undefined}
        onEnd={() => void (groups.hasNextPage && !groups.isFetchingNextPage && groups.fetchNextPage())}
        isLoading={groups.isPending}
        isLoadingMore={groups.isFetchingNextPage}
        error={groups.error}
        onRetry={() => void groups.refetch()}
        empty={
          search === ""
            ? <EmptyState title={t("none")} body={t("noneBody")} icon={IconBuildingCommunity} />
            : <EmptyState title={t("noneFound")} icon={IconBuildingCommunity} />
        }
      />
    </>
  );
};

const columnsFor = (t: Translate<GroupsTexts>): Column<GroupRow>[] => [
  {
    key: "name", label: t("name"), isFixed: true,
    render: (row) => <Link className={classes.name} to="/customers/groups/$groupId" params={{ groupId: String(row.id) }}>{row.name}</Link>,
  },
  { key: "kind", label: t("kind"), width: 150, render: (row) => row.kind ?? <span className="quiet">–</span> },
  { key: "customers", label: t("customers"), width: 120, align: "end", render: (row) => formatNumber(row.customers) },
  { key: "lastSeen", label: t("lastSeen"), width: 140, render: (row) => (row.lastSeenAt === null ? <span className="quiet">–</span> : <Time at={row.lastSeenAt} />) },
  { key: "firstSeen", label: t("firstSeen"), width: 130, render: (row) => formatDayWithYear(new Date(row.firstSeenAt)) },
];
