import { Button } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { DisplayForm } from "./DisplayForm.tsx";
import classes from "./ReviewPanel.module.css";
import { publishDisplay, removeDisplay, type ReviewWidget, useDisplays } from "./reviews.data.ts";
import { testimonialsTexts } from "./testimonials.texts.ts";

type Open = { kind: "add" } | { kind: "edit" | "code" | "remove"; display: ReviewWidget } | null;

/** Where approved words are shown on other websites, with the code to put there. */
export const DisplaysCard = () => {
  const t = useTexts(testimonialsTexts);
  const displays = useDisplays();
  const mayChange = useAbility("reviews.change");
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  const nameOf = (kind: "edit" | "code" | "remove"): string => (open !== null && open.kind === kind ? open.display.name : "");
  return (
    <Card className={classes.below ?? ""} title={t("displays")} subtitle={t("displaysMean")} aside={mayChange && <Button variant="default" size="compact-sm" onClick={() => setOpen({ kind: "add" })}>{t("addDisplay")}</Button>}>
      <DataTable
        name="review-displays"
        label={t("displays")}
        columns={columnsFor(t, mayChange, setOpen)}
        rows={displays.data?.items ?? []}
        rowKey={(row) => row.id}
        isLoading={displays.isPending}
        error={displays.error}
        onRetry={() => void displays.refetch()}
        empty={<EmptyState title={t("noDisplays")} body={t("noDisplaysBody")} />}
      />
      <SidePanel isOpen={open?.kind === "add"} onClose={close} title={t("displayTitle")}>
        {open?.kind === "add" && <DisplayForm display={null} onDone={(made) => setOpen({ kind: "code", display: made })} />}
      </SidePanel>
      <SidePanel isOpen={open?.kind === "edit"} onClose={close} title={t("editDisplay", { name: nameOf("edit") })}>
        {open?.kind === "edit" && <DisplayForm display={open.display} onDone={close} />}
      </SidePanel>
      <SidePanel isOpen={open?.kind === "code"} onClose={close} title={t("codeTitle", { name: nameOf("code") })} width={540}>
        {open?.kind === "code" && <Code display={open.display} />}
      </SidePanel>
      <ConfirmDialog
        isOpen={open?.kind === "remove"} onClose={close} title={t("removeDisplayTitle", { name: nameOf("remove") })} body={t("removeDisplayBody")} confirmLabel={t("remove")} isDangerous
        onConfirm={async () => {
          if (open?.kind === "remove") await removeDisplay(open.display.id);
        }}
      />
    </Card>
  );
};

const Code = ({ display }: { display: ReviewWidget }) => {
  const t = useTexts(testimonialsTexts);
  return (
    <div className="form">
      <h3 className="panel-heading">{t("frame")}</h3>
      <CopyField label={t("frame")} value={display.frameCode} isBlock />
      <h3 className="panel-heading">{t("script")}</h3>
      <CopyField label={t("script")} value={display.scriptCode} isBlock />
      <h3 className="panel-heading">{t("data")}</h3>
      <CopyField label={t("data")} value={display.dataUrl} />
      <p><a href={display.url} target="_blank" rel="noopener noreferrer">{t("open")}</a></p>
    </div>
  );
};

type Words = Translate<(typeof testimonialsTexts)["words"]>;

const columnsFor = (t: Words, mayChange: boolean, onOpen: (open: Open) => void): Column<ReviewWidget>[] => [
  { key: "name", label: t("name"), isFixed: true, render: (row) => <strong>{row.name}</strong> },
  { key: "state", label: t("state"), width: 120, render: (row) => (row.isPublished ? t("published") : <span className="quiet">{t("unpublished")}</span>) },
  {
    key: "actions", label: t("actions"), isFixed: true, align: "end", width: 330,
    render: (row) => {
      const button = (label: string, onClick: () => void) => <Button variant="subtle" size="compact-xs" onClick={onClick} aria-label={`${label}: ${row.name}`}>{label}</Button>;
      return (
        <>
          {button(t("code"), () => onOpen({ kind: "code", display: row }))}
          {mayChange && button(t("edit"), () => onOpen({ kind: "edit", display: row }))}
          {mayChange && button(row.isPublished ? t("takeOff") : t("putOn"), () => void publishDisplay(row.id, !row.isPublished).catch(notifyFailed))}
          {mayChange && button(t("remove"), () => onOpen({ kind: "remove", display: row }))}
        </>
      );
    },
  },
];
