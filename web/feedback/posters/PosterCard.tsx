import { Button } from "@mantine/core";
import { IconPlus, IconQrcode } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { PosterForm } from "./PosterForm.tsx";
import { type Poster, removePoster, usePosters } from "./posters.data.ts";
import { postersTexts, type PostersTexts } from "./posters.texts.ts";

/** The printed codes of one survey or of all, and how often each is scanned. */
export const PosterCard = ({ surveyId }: { surveyId: string | undefined }) => {
  const t = useTexts(postersTexts);
  const posters = usePosters(surveyId);
  const mayWrite = useAbility("posters.write");
  const [edited, setEdited] = useState<Poster | "new" | null>(null);
  const [dying, setDying] = useState<Poster | null>(null);
  return (
    <Card
      title={t("title")}
      subtitle={t("about")}
      aside={mayWrite && <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdited("new")}>{t("create")}</Button>}
    >
      <DataTable
        name="posters"
        label={t("title")}
        columns={columnsFor({ t, mayWrite, onEdit: setEdited, onRemove: setDying })}
        rows={posters.data?.items ?? []}
        rowKey={(row) => row.id}
        isLoading={posters.isPending}
        error={posters.error}
        onRetry={() => void posters.refetch()}
        maxHeight={420}
        empty={<EmptyState icon={IconQrcode} title={t("none")} body={t("noneBody")} />}
      />
      <SidePanel isOpen={edited !== null} onClose={() => setEdited(null)} title={edited === null || edited === "new" ? t("createTitle") : t("editTitle", { place: edited.place })}>
        {edited !== null && <PosterForm poster={edited === "new" ? null : edited} surveyId={surveyId} onDone={() => setEdited(null)} />}
      </SidePanel>
      <ConfirmDialog
        isOpen={dying !== null}
        onClose={() => setDying(null)}
        title={t("removeTitle", { place: dying?.place ?? "" })}
        body={t("removeBody")}
        confirmLabel={t("remove")}
        isDangerous
        onConfirm={async () => {
          if (dying === null) return;
          await removePoster(dying.id);
          notifyDone(t("removed", { place: dying.place }));
        }}
      />
    </Card>
  );
};

type Given = { t: Translate<PostersTexts>; mayWrite: boolean; onEdit: (poster: Poster) => void; onRemove: (poster: Poster) => void };

const columnsFor = ({ t, mayWrite, onEdit, onRemove }: Given): Column<Poster>[] => [
  { key: "place", label: t("place"), isFixed: true, isSortable: true, value: (row) => row.place, render: (row) => <strong>{row.place}</strong> },
  { key: "survey", label: t("survey"), isSortable: true, value: (row) => row.surveyName, render: (row) => row.surveyName },
  { key: "scans", label: t("scans"), width: 100, align: "end", isSortable: true, value: (row) => row.scans, render: (row) => formatNumber(row.scans) },
  { key: "lastScanned", label: t("lastScanned"), width: 130, isSortable: true, value: (row) => row.lastScannedAt, render: (row) => (row.lastScannedAt === null ? <span className="quiet">{t("never")}</span> : <Time at={row.lastScannedAt} />) },
  {
    key: "actions", label: t("actions"), align: "end", width: 230, isFixed: true,
    render: (row) => (
      <>
        <Button variant="subtle" size="compact-xs" component={Link} to={`/posters/${row.id}`} aria-label={`${t("print")}: ${row.place}`}>{t("print")}</Button>
        {mayWrite && <Button variant="subtle" size="compact-xs" onClick={() => onEdit(row)} aria-label={`${t("change")} ${row.place}`}>{t("change")}</Button>}
        {mayWrite && <Button variant="subtle" size="compact-xs" onClick={() => onRemove(row)} aria-label={`${t("remove")} ${row.place}`}>{t("remove")}</Button>}
      </>
    ),
  },
];
