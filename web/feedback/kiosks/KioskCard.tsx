import { Button } from "@mantine/core";
import { IconDeviceTablet, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { KioskForm } from "./KioskForm.tsx";
import { type Kiosk, removeKiosk, useKiosks } from "./kiosks.data.ts";
import { kiosksTexts, type KiosksTexts } from "./kiosks.texts.ts";
import { PairingPanel } from "./PairingPanel.tsx";

/** The kiosks of one survey or of all, how they do, and what can be done with them. */
export const KioskCard = ({ surveyId }: { surveyId: string | undefined }) => {
  const t = useTexts(kiosksTexts);
  const kiosks = useKiosks(surveyId);
  const mayWrite = useAbility("kiosks.write");
  const [edited, setEdited] = useState<Kiosk | "new" | null>(null);
  const [paired, setPaired] = useState<Kiosk | null>(null);
  const [dying, setDying] = useState<Kiosk | null>(null);
  const close = (): void => setEdited(null);
  return (
    <Card
      title={t("kiosks")}
      subtitle={t("kiosksAbout")}
      aside={mayWrite && <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdited("new")}>{t("create")}</Button>}
    >
      <DataTable
        name="kiosks"
        label={t("kiosks")}
        columns={columnsFor({ t, mayWrite, onEdit: setEdited, onPair: setPaired, onRemove: setDying })}
        rows={kiosks.data?.items ?? []}
        rowKey={(row) => row.id}
        isLoading={kiosks.isPending}
        error={kiosks.error}
        onRetry={() => void kiosks.refetch()}
        maxHeight={420}
        empty={<EmptyState icon={IconDeviceTablet} title={t("none")} body={t("noneBody")} />}
      />
      <SidePanel isOpen={edited !== null} onClose={close} title={edited === null || edited === "new" ? t("createTitle") : t("editTitle", { name: edited.name })}>
        {edited !== null && (
          <KioskForm kiosk={edited === "new" ? null : edited} surveyId={surveyId} onDone={(kiosk) => {
            close();
            if (kiosk !== null) setPaired(kiosk);
          }} />
        )}
      </SidePanel>
      <SidePanel isOpen={paired !== null} onClose={() => setPaired(null)} title={t("pairTitle", { name: paired?.name ?? "" })}>
        {paired !== null && <PairingPanel kiosk={paired} onPaired={() => setPaired(null)} />}
      </SidePanel>
      <ConfirmDialog
        isOpen={dying !== null}
        onClose={() => setDying(null)}
        title={t("removeTitle", { name: dying?.name ?? "" })}
        body={t("removeBody", { waiting: dying !== null && dying.waiting > 0 ? t("removeWaiting", { n: dying.waiting }) : "" })}
        confirmLabel={t("remove")}
        isDangerous
        onConfirm={async () => {
          if (dying === null) return;
          await removeKiosk(dying.id);
          notifyDone(t("removed", { name: dying.name }));
        }}
      />
    </Card>
  );
};

type Given = { t: Translate<KiosksTexts>; mayWrite: boolean; onEdit: (kiosk: Kiosk) => void; onPair: (kiosk: Kiosk) => void; onRemove: (kiosk: Kiosk) => void };

const columnsFor = ({ t, mayWrite, onEdit, onPair, onRemove }: Given): Column<Kiosk>[] => [
  { key: "name", label: t("name"), isFixed: true, isSortable: true, value: (row) => row.name, render: (row) => <strong>{row.name}</strong> },
  { key: "place", label: t("place"), isSortable: true, value: (row) => row.place, render: (row) => row.place || <span className="quiet">–</span> },
  {
    key: "survey", label: t("survey"), isSortable: true, value: (row) => row.surveyName,
    render: (row) => <>{row.surveyName}{row.hindrance !== null && <span className="quiet"> ({t(row.hindrance)})</span>}</>,
  },
  { key: "state", label: t("state"), width: 110, isSortable: true, value: (row) => row.state, render: (row) => <span {...(row.state === "online" ? {} : { className: "quiet" })}>{t(row.state)}</span> },
  { key: "lastSeen", label: t("lastSeen"), width: 130, isSortable: true, value: (row) => row.lastSeenAt, render: (row) => (row.lastSeenAt === null ? <span className="quiet">{t("never")}</span> : <Time at={row.lastSeenAt} />) },
  {
    key: "waiting", label: t("waiting"), width: 130, align: "end", isSortable: true, value: (row) => row.waiting,
    render: (row) => <>{row.waiting}{row.refused > 0 && <span className="quiet"> ({t("refused", { n: row.refused, why: t(reasonOf(row)) })})</span>}</>,
  },
  {
    key: "actions", label: t("actions"), align: "end", width: 260, isFixed: true,
    render: (row) => mayWrite && (
      <>
        <Button variant="subtle" size="compact-xs" onClick={() => onPair(row)} aria-label={`${t("pair")}: ${row.name}`}>{t("pair")}</Button>
        <Button variant="subtle" size="compact-xs" onClick={() => onEdit(row)} aria-label={`${t("change")} ${row.name}`}>{t("change")}</Button>
        <Button variant="subtle" size="compact-xs" onClick={() => onRemove(row)} aria-label={`${t("remove")} ${row.name}`}>{t("remove")}</Button>
      </>
    ),
  },
];

// What the server may refuse of a kiosk for good; anything else is said in general.
const REASONS = ["survey_closed", "survey_not_open_yet", "answers_not_valid"] as const;
const reasonOf = ({ problem }: Kiosk): (typeof REASONS)[number] | "otherRefusal" => REASONS.find((code) => code === problem) ?? "otherRefusal";
