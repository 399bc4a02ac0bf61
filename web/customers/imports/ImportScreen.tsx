import { Button } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { DryRunCard } from "./DryRunCard.tsx";
import { checkImport, type ImportDetail, isWorking, removeImport, runImport, undoImport, useImport } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import { ImportProgress } from "./ImportProgress.tsx";
import { ImportResult } from "./ImportResult.tsx";
import { MappingEditor } from "./MappingEditor.tsx";
import { StateBadge } from "./StateBadge.tsx";
import styles from "./Imports.module.css";

/** One import through its life: mapping, check, progress, result, undo. */
export const ImportScreen = () => {
  const t = useTexts(importsTexts);
  const { importId = "" } = useParams({ strict: false });
  const one = useImport(importId);
  const back = <Link to="/imports">{t("backToList")}</Link>;
  if (one.isPending) return <><PageHeader title={t("title")} back={back} /><Loading kind="page" /></>;
  if (one.error !== null) return <><PageHeader title={t("title")} back={back} /><ErrorState error={one.error} onRetry={() => void one.refetch()} /></>;
  return (
    <>
      <PageHeader title={one.data.fileName} back={back} actions={<StateBadge state={one.data.state} />} />
      <div className={styles.stack}>
        <Actions detail={one.data} />
        <Body detail={one.data} />
      </div>
    </>
  );
};

/** A mapping can be changed only while no row is in. */
const isEditable = (detail: ImportDetail): boolean => ["ready", "failed", "undone"].includes(detail.state) && detail.rowsRead === 0 && detail.hasFile;

const Body = ({ detail }: { detail: ImportDetail }) => {
  const t = useTexts(importsTexts);
  if (isWorking(detail.state)) return <ImportProgress detail={detail} />;
  return (
    <>
      {!["ready", "undone"].includes(detail.state) && <ImportResult detail={detail} />}
      {detail.state === "undone" && <p className={styles.plain}>{t("undoneTitle")}</p>}
      {!detail.hasFile && <p className={styles.plain}>{t("fileGone")}</p>}
      {isEditable(detail) && detail.dryRun !== null && <DryRunCard dryRun={detail.dryRun} />}
      {isEditable(detail) && <MappingEditor detail={detail} />}
    </>
  );
};

const Actions = ({ detail }: { detail: ImportDetail }) => {
  const t = useTexts(importsTexts);
  const navigate = useNavigate();
  const mayChange = useAbility("imports.change");
  const [isUndoing, setUndoing] = useState(false);
  const { id, state, hasFile } = detail;
  if (!mayChange) return null;
  const start = (work: Promise<void>): void => void work.catch(notifyFailed);
  const remove = async (): Promise<void> => {
    await removeImport(id);
    notifyDone(t("removed", { name: detail.fileName }));
    await navigate({ to: "/imports" });
  };
  const label = state === "paused" || (state === "failed" && detail.rowsRead > 0) ? t("resume") : state === "undone" ? t("again") : detail.dryRun === null ? t("run") : t("runRows", { count: detail.dryRun.accepted });
  const hasRows = detail.rowsRead > 0 && !["undoing", "undone", "ready"].includes(state);
  return (
    <div className={styles.actions}>
      {isEditable(detail) && <Button variant="subtle" onClick={() => start(remove())}>{t("remove")}</Button>}
      {hasRows && <Button variant="default" onClick={() => setUndoing(true)}>{t("undo")}</Button>}
      {["ready", "undone"].includes(state) && hasFile && <Button variant="default" onClick={() => start(checkImport(id))}>{t("check")}</Button>}
      {["ready", "paused", "failed", "undone"].includes(state) && hasFile && <Button onClick={() => start(runImport(id))}>{label}</Button>}
      <ConfirmDialog
        isOpen={isUndoing}
        onClose={() => setUndoing(false)}
        title={t("undoTitle", { name: detail.fileName })}
        body={t("undoBody", { count: detail.rowsAccepted })}
        confirmLabel={t("undo")}
        isDangerous
        onConfirm={() => undoImport(id)}
      />
    </div>
  );
};
