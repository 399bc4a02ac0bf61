import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { FirstEvent } from "./FirstEvent.tsx";
import { KeyPanel } from "./KeyPanel.tsx";
import { type KeyItem, revokeKey, useKeys } from "./keys.data.ts";
import { keysTexts } from "./keys.texts.ts";

export const KeysScreen = () => {
  const t = useTexts(keysTexts);
  const keys = useKeys();
  const mayChange = useAbility("keys.change");
  const [isMaking, setMaking] = useState(false);
  const [dying, setDying] = useState<KeyItem | null>(null);
  const [shown, setShown] = useState<KeyItem | null>(null);
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          mayChange && (
            <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>
              {t("make")}
            </Button>
          )
        }
      />
      <DataTable
        name="keys"
        label={t("title")}
        columns={columnsFor({ t, mayChange, onRevoke: setDying, onShow: setShown })}
        rows={keys.data?.items ?? []}
        rowKey={(row) => row.id}
        isLoading={keys.isPending}
        error={keys.error}
        onRetry={() => void keys.refetch()}
        empty={<EmptyState icon={IconKey} title={t("none")} body={t("noneBody")} {...(mayChange ? { action: { label: t("make"), onClick: () => setMaking(true) } } : {})} />}
      />
      <KeyPanel isOpen={isMaking} onClose={() => setMaking(false)} />
      <SidePanel isOpen={shown !== null} onClose={() => setShown(null)} title={t("firstEvent")} width={540}>
        {shown && <FirstEvent keyId={shown.id} token={shown.shown} />}
      </SidePanel>
      <ConfirmDialog
        isOpen={dying !== null}
        onClose={() => setDying(null)}
        title={t("revokeTitle", { name: dying?.name ?? "" })}
        body={t("revokeBody")}
        confirmLabel={t("revoke")}
        isDangerous
        onConfirm={async () => {
          if (dying === null) return;
          await revokeKey(dying.id);
          notifyDone(t("revokedNow", { name: dying.name }));
        }}
      />
    </>
  );
};

type Given = {
  t: Translate<(typeof keysTexts)["words"]>;
  mayChange: boolean;
  onRevoke: (key: KeyItem) => void;
  onShow: (key: KeyItem) => void;
};

const columnsFor = ({ t, mayChange, onRevoke, onShow }: Given): Column<KeyItem>[] => [
  { key: "name", label: t("name"), isFixed: true, isSortable: true, value: (row) => row.name, render: (row) => <strong>{row.name}</strong> },
  { key: "kind", label: t("columnKind"), width: 110, isSortable: true, value: (row) => row.kind, render: (row) => t(row.kind) },
  { key: "key", label: t("columnKey"), render: (row) => <code>{row.kind === "api" ? `…${row.shown.replace(/^[.…]+/, "")}` : row.shown}</code> },
  { key: "created", label: t("created"), width: 130, isSortable: true, value: (row) => row.createdAt, render: (row) => <Time at={row.createdAt} />, isHiddenAtFirst: true },
  {
    key: "used",
    label: t("used"),
    width: 130,
    isSortable: true,
    value: (row) => row.lastUsedAt,
    render: (row) => (row.lastUsedAt === null ? <span className="quiet">{t("never")}</span> : <Time at={row.lastUsedAt} />),
  },
  { key: "state", label: t("state"), width: 90, render: (row) => (row.revokedAt === null ? t("works") : <span className="quiet">{t("revoked")}</span>) },
  {
    key: "actions",
    label: t("actions"),
    align: "end",
    width: 190,
    isFixed: true,
    render: (row) =>
      row.revokedAt === null && (
        <>
          {row.kind === "write" && (
            <Button variant="subtle" size="compact-xs" onClick={() => onShow(row)} aria-label={`${t("howTo")}: ${row.name}`}>
              {t("howTo")}
            </Button>
          )}
          {mayChange && (
            <Button variant="subtle" size="compact-xs" onClick={() => onRevoke(row)} aria-label={`${t("revoke")} ${row.name}`}>
              {t("revoke")}
            </Button>
          )}
        </>
      ),
  },
];
