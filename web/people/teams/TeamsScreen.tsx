import { Button } from "@mantine/core";
import { IconPlus, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { holdsDay } from "./team-form.ts";
import { TeamPanel } from "./TeamPanel.tsx";
import { type Team, useTeams } from "./teams.data.ts";
import { teamsTexts } from "./teams.texts.ts";

/** Teams and departments, with who was in them when. */
export const TeamsScreen = () => {
  const t = useTexts(teamsTexts);
  const teams = useTeams();
  const mayChange = useAbility("teams.change");
  const [open, setOpen] = useState<Team | "new" | null>(null);
  const items = teams.data?.items ?? [];
  const departments = [...new Set(items.flatMap((team) => team.departments.map(({ department }) => department)))].toSorted((one, other) => one.localeCompare(other));
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={mayChange && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen("new")}>{t("make")}</Button>}
      />
      {items.length > 0 && <p className="quiet">{t("help")}</p>}
      <DataTable
        name="teams"
        label={t("title")}
        columns={columnsFor(t, teams.data?.today ?? "", setOpen)}
        rows={items}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        isLoading={teams.isPending}
        error={teams.error}
        onRetry={() => void teams.refetch()}
        empty={<EmptyState icon={IconUsers} title={t("none")} body={t("noneBody")} {...(mayChange ? { action: { label: t("make"), onClick: () => setOpen("new") } } : {})} />}
      />
      <TeamPanel team={open} current={open === null || open === "new" ? undefined : items.find(({ id }) => id === open.id)} departments={departments} mayChange={mayChange} onClose={() => setOpen(null)} />
    </>
  );
};

const columnsFor = (t: Translate<(typeof teamsTexts)["words"]>, today: string, onOpen: (team: Team) => void): Column<Team>[] => [
  {
    key: "name", label: t("name"), isFixed: true, isSortable: true, value: (row) => row.name,
    render: (row) => <Button variant="subtle" size="compact-sm" px={4} ml={-4} onClick={() => onOpen(row)}>{row.name}</Button>,
  },
  { key: "department", label: t("departmentNow"), isSortable: true, value: (row) => row.department, render: (row) => row.department ?? <span className="quiet">–</span> },
  {
    key: "members", label: t("membersNow"),
    render: (row) => row.members.filter((one) => holdsDay(one, today) && !one.hasLeft).map(({ name }) => name).join(", ") || <span className="quiet">–</span>,
  },
  { key: "changed", label: t("changed"), width: 130, isSortable: true, value: (row) => row.changedAt, render: (row) => <Time at={row.changedAt} /> },
];
