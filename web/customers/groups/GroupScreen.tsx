import { IconUsers } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Card } from "../../ui/Card.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { LastScore } from "../profiles/LastScore.tsx";
import { shownValue } from "../profiles/trait-values.ts";
import classes from "./Groups.module.css";
import { type GroupCustomer, type GroupRow, useGroup, useGroupCustomers } from "./groups.data.ts";
import { groupsTexts, type GroupsTexts } from "./groups.texts.ts";

/** One company or household: what is known about it, and who belongs to it. */
export const GroupScreen = () => {
  const t = useTexts(groupsTexts);
  const { groupId = "" } = useParams({ strict: false });
  const group = useGroup(groupId);
  const back = <Link to="/customers/groups">{t("all")}</Link>;
  if (group.data === undefined) {
    return (
      <>
        <PageHeader title={t("one")} back={back} />
        {group.error === null ? <Loading kind="page" /> : <ErrorState error={group.error} onRetry={() => void group.refetch()} />}
      </>
    );
  }
  return (
    <>
      <PageHeader title={group.data.name} back={back} />
      <div className={classes.page}>
        <StateOfGroup group={group.data} />
        <CustomerTable key={groupId} groupId={groupId} />
        <TraitsOfGroup traits={group.data.traits} />
      </div>
    </>
  );
};

const StateOfGroup = ({ group }: { group: GroupRow }) => {
  const t = useTexts(groupsTexts);
  return (
    <div className={classes.state}>
      {group.kind !== null && <span>{group.kind}</span>}
      <span>{t("count", { count: group.customers })}</span>
      {group.lastSeenAt !== null && (
        <span>
          {t("lastSeen")} <Time at={group.lastSeenAt} kind="ago" />
        </span>
      )}
      <span>{t("since", { day: formatDayWithYear(new Date(group.firstSeenAt)) })}</span>
      <span>
        {t("key")} <code>{group.key}</code>
      </span>
    </div>
  );
};

const TraitsOfGroup = ({ traits }: { traits: GroupRow["traits"] }) => {
  const t = useTexts(groupsTexts);
  const known = Object.entries(traits).toSorted(([one], [other]) => one.localeCompare(other));
  return (
    <Card title={t("traits")}>
      {known.length === 0 ? <p className="quiet">{t("traitsNone")}</p> : (
        <dl className={classes.traits}>
          {known.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{shownValue(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
};

const CustomerTable = ({ groupId }: { groupId: string }) => {
  const t = useTexts(groupsTexts);
  const navigate = useNavigate();
  const customers = useGroupCustomers(groupId);
  return (
    <DataTable
      name="group-customers"
      label={t("customers")}
      columns={columnsFor(t)}
      rows={customers.data?.pages.flatMap((page) => page.items) ?? []}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ to: "/customers/$customerId", params: { customerId: row.id } })}
      onSort={() => undefined}
      onEnd={() => void (customers.hasNextPage && !customers.isFetchingNextPage && customers.fetchNextPage())}
      isLoading={customers.isPending}
      isLoadingMore={customers.isFetchingNextPage}
      error={customers.error}
      onRetry={() => void customers.refetch()}
      empty={<EmptyState title={t("customersNone")} icon={IconUsers} />}
    />
  );
};

const columnsFor = (t: Translate<GroupsTexts>): Column<GroupCustomer>[] => [
  {
    key: "name", label: t("customer"), isFixed: true,
    render: (row) => <Link className={classes.name} to="/customers/$customerId" params={{ customerId: row.id }} data-anonymous={row.isAnonymous}>{row.name}</Link>,
  },
  { key: "email", label: t("email"), render: (row) => row.email ?? <span className="quiet">–</span> },
  { key: "lastScore", label: t("lastScore"), width: 100, render: (row) => (row.lastScore === null ? <span className="quiet">–</span> : <LastScore score={row.lastScore} />) },
  { key: "interactions", label: t("interactions"), width: 110, align: "end", render: (row) => formatNumber(row.interactions) },
  { key: "lastSeen", label: t("lastSeen"), width: 120, render: (row) => <Time at={row.lastSeenAt} /> },
];
