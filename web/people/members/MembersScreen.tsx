import { Button, Select, Stack } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility, useSession } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { InvitationList } from "./InvitationList.tsx";
import { InvitePanel } from "./InvitePanel.tsx";
import { changeRole, type MemberItem, removeMember, useMembers } from "./members.data.ts";
import { membersTexts } from "./members.texts.ts";
import { isRole, roles } from "./roles.ts";

export const MembersScreen = () => {
  const t = useTexts(membersTexts);
  const members = useMembers();
  const mayChange = useAbility("members.change");
  const { member } = useSession();
  const [isInviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<MemberItem | null>(null);
  const columns = columnsFor({ t, mayChange, ownId: member.id, onRemove: setLeaving });
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          mayChange && (
            <Button leftSection={<IconUserPlus size={14} aria-hidden />} onClick={() => setInviting(true)}>
              {t("invite")}
            </Button>
          )
        }
      />
      <Stack gap="md">
        <DataTable
          name="members"
          label={t("title")}
          columns={columns}
          rows={members.data?.items ?? []}
          rowKey={(row) => row.id}
          isLoading={members.isPending}
          error={members.error}
          onRetry={() => void members.refetch()}
        />
        {mayChange && <InvitationList />}
      </Stack>
      <InvitePanel isOpen={isInviting} onClose={() => setInviting(false)} />
      <ConfirmDialog
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        title={t("removeTitle", { name: leaving?.name ?? "" })}
        body={t("removeBody")}
        confirmLabel={t("remove")}
        isDangerous
        onConfirm={async () => {
          if (leaving === null) return;
          await removeMember(leaving.id);
          notifyDone(t("removed", { name: leaving.name }));
        }}
      />
    </>
  );
};

type Given = { t: Translate<(typeof membersTexts)["words"]>; mayChange: boolean; ownId: string; onRemove: (member: MemberItem) => void };

const columnsFor = ({ t, mayChange, ownId, onRemove }: Given): Column<MemberItem>[] => [
  {
    key: "name",
    label: t("name"),
    isFixed: true,
    isSortable: true,
    value: (row) => row.name,
    render: (row) => (
      <>
        <strong>{row.name}</strong> {row.id === ownId && <span className="quiet">({t("you")})</span>}
      </>
    ),
  },
  { key: "email", label: t("email"), isWide: true, isSortable: true, value: (row) => row.email, render: (row) => row.email },
  {
    key: "role",
    label: t("role"),
    width: 150,
    isSortable: true,
    value: (row) => row.role,
    render: (row) =>
      mayChange && row.id !== ownId ? (
        <Select
          size="xs"
          miw={116}
          aria-label={`${t("role")}: ${row.name}`}
          data={roles.map((role) => ({ value: role, label: t(role) }))}
          value={row.role}
          allowDeselect={false}
          onChange={(role) => {
            if (!isRole(role)) return;
            changeRole(row.id, role).then(() => notifyDone(t("roleChanged", { name: row.name, role: t(role) })), notifyFailed);
          }}
        />
      ) : (
        t(row.role)
      ),
  },
  { key: "since", label: t("since"), width: 150, isWide: true, isSortable: true, value: (row) => row.createdAt, render: (row) => <Time at={row.createdAt} /> },
  {
    key: "actions",
    label: t("actions"),
    align: "end",
    width: 110,
    isFixed: true,
    render: (row) =>
      mayChange &&
      row.id !== ownId && (
        <Button variant="subtle" size="compact-xs" onClick={() => onRemove(row)} aria-label={`${t("remove")} ${row.name}`}>
          {t("remove")}
        </Button>
      ),
  },
];
