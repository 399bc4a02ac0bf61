import { Button, Menu } from "@mantine/core";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useLive } from "../../shell/live.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import classes from "./ReviewPanel.module.css";
import { ReviewTabs } from "./ReviewTabs.tsx";
import { SourceForm } from "./SourceForm.tsx";
import { WebhookFacts } from "./WebhookFacts.tsx";
import { UploadForm } from "./UploadForm.tsx";
import { changeSource, type CreatedReviewSource, pollSource, removeSource, renewSecret, type ReviewSource, useSources } from "./reviews.data.ts";
import { sourcesTexts } from "./sources.texts.ts";

type Open = { kind: "add" } | { kind: "edit" | "upload" | "remove" | "renew"; source: ReviewSource } | null;

/** Where reviews come from, and how each source is doing. */
export const SourceListScreen = () => {
  const t = useTexts(sourcesTexts);
  const sources = useSources();
  const mayChange = useAbility("reviews.change");
  const [open, setOpen] = useState<Open>(null);
  const [renewed, setRenewed] = useState<CreatedReviewSource | null>(null);
  const close = (): void => setOpen(null);
  useLive(["review.received"], () => void sources.refetch());
  const addButton = { label: t("add"), onClick: () => setOpen({ kind: "add" }) };
  return (
    <>
      <PageHeader title={t("title")} actions={mayChange && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={addButton.onClick}>{t("add")}</Button>} />
      <ReviewTabs current="/reviews/sources" />
      <DataTable
        name="review-sources"
        label={t("title")}
        columns={columnsFor(t, mayChange ? setOpen : null)}
        rows={sources.data?.items ?? []}
        rowKey={(row) => row.id}
        isLoading={sources.isPending}
        error={sources.error}
        onRetry={() => void sources.refetch()}
        empty={<EmptyState icon={IconPlugConnected} title={t("none")} body={t("noneBody")} {...(mayChange ? { action: addButton } : {})} />}
      />
      <SidePanel isOpen={open?.kind === "add"} onClose={close} title={t("addTitle")} width={520}>
        {open?.kind === "add" && <SourceForm source={null} onDone={close} />}
      </SidePanel>
      <SidePanel isOpen={open?.kind === "edit"} onClose={close} title={t("editTitle", { name: open?.kind === "edit" ? open.source.name : "" })} width={520}>
        {open?.kind === "edit" && <SourceForm source={open.source} onDone={close} />}
      </SidePanel>
      <SidePanel isOpen={open?.kind === "upload"} onClose={close} title={t("uploadTitle", { name: open?.kind === "upload" ? open.source.name : "" })}>
        {open?.kind === "upload" && <UploadForm source={open.source} onDone={close} />}
      </SidePanel>
      <SidePanel isOpen={renewed !== null} onClose={() => setRenewed(null)} title={t("webhookTitle", { name: renewed?.name ?? "" })} width={520}>
        {renewed !== null && <WebhookFacts created={renewed} onDone={() => setRenewed(null)} />}
      </SidePanel>
      <ConfirmDialog
        isOpen={open?.kind === "renew"}
        onClose={close}
        title={t("renewTitle", { name: open?.kind === "renew" ? open.source.name : "" })}
        body={t("renewBody")}
        confirmLabel={t("renew")}
        onConfirm={async () => {
          if (open?.kind === "renew") setRenewed(await renewSecret(open.source.id));
        }}
      />
      <ConfirmDialog
        isOpen={open?.kind === "remove"}
        onClose={close}
        title={t("removeTitle", { name: open?.kind === "remove" ? open.source.name : "" })}
        body={t("removeBody")}
        confirmLabel={t("remove")}
        isDangerous
        onConfirm={async () => {
          if (open?.kind !== "remove") return;
          await removeSource(open.source.id);
          notifyDone(t("removed", { name: open.source.name }));
        }}
      />
    </>
  );
};

type Words = Translate<(typeof sourcesTexts)["words"]>;

const columnsFor = (t: Words, onOpen: ((open: Open) => void) | null): Column<ReviewSource>[] => [
  { key: "name", label: t("name"), isFixed: true, isSortable: true, value: (row) => row.name, render: (row) => <strong>{row.name}</strong> },
  { key: "kind", label: t("kind"), width: 190, isSortable: true, value: (row) => row.kind, render: (row) => t(row.kind) },
  { key: "state", label: t("state"), render: (row) => <State source={row} t={t} /> },
  { key: "reviews", label: t("reviews"), width: 90, align: "end", isSortable: true, value: (row) => row.reviews, render: (row) => row.reviews },
  { key: "last", label: t("lastRun"), width: 110, render: (row) => (row.lastPolledAt === null ? <span className="quiet">{t("never")}</span> : <Time at={row.lastPolledAt} />) },
  { key: "new", label: t("lastNew"), width: 90, align: "end", isHiddenAtFirst: true, render: (row) => row.lastNewCount ?? "" },
  { key: "next", label: t("next"), width: 150, isHiddenAtFirst: true, render: (row) => (row.nextPollAt === null ? "" : <Time at={row.nextPollAt} kind="absolute" />) },
  ...(onOpen === null ? [] : [{ key: "actions", label: t("actions"), align: "end", width: 190, isFixed: true, render: (row) => <Actions source={row} t={t} onOpen={onOpen} /> } satisfies Column<ReviewSource>]),
];

const State = ({ source, t }: { source: ReviewSource; t: Words }) => (
  <>
    <span className={source.state === "failing" ? classes.bad : source.state === "working" ? "" : "quiet"}>{t(source.state)}</span>
    {source.state === "failing" && <span className="quiet"> · {t("failedTimes", { count: source.failures })} · {source.lastError}</span>}
  </>
);

const Actions = ({ source, t, onOpen }: { source: ReviewSource; t: Words; onOpen: (open: Open) => void }) => {
  const [isBusy, setBusy] = useState(false);
  const ask = async (): Promise<void> => {
    setBusy(true);
    try {
      const polled = await pollSource(source.id);
      if (polled.lastError === null) notifyDone(t("polled", { name: polled.name, count: polled.lastNewCount ?? 0 }));
      else notifyFailed(new Error(polled.lastError));
    } catch (refusal) {
      notifyFailed(refusal);
    }
    setBusy(false);
  };
  return (
    <>
      {source.way === "polled" && source.isActive && <Button variant="subtle" size="compact-xs" loading={isBusy} onClick={() => void ask()} aria-label={`${t("pollNow")}: ${source.name}`}>{t("pollNow")}</Button>}
      {source.way === "uploaded" && <Button variant="subtle" size="compact-xs" onClick={() => onOpen({ kind: "upload", source })} aria-label={`${t("upload")}: ${source.name}`}>{t("upload")}</Button>}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" size="compact-xs" aria-label={`${t("actions")}: ${source.name}`}>…</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen({ kind: "edit", source })}>{t("edit")}</Menu.Item>
          <Menu.Item onClick={() => void changeSource(source.id, { isActive: !source.isActive }).catch(notifyFailed)}>{source.isActive ? t("pause") : t("resume")}</Menu.Item>
          {source.way === "sent" && <Menu.Item onClick={() => onOpen({ kind: "renew", source })}>{t("renew")}</Menu.Item>}
          <Menu.Item onClick={() => onOpen({ kind: "remove", source })}>{t("remove")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
};
