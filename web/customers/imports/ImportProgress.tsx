import { Button } from "@mantine/core";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type ImportDetail, pauseImport } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

/** How far the server is. Rows are counted first, so the bar tells the truth. */
export const ImportProgress = ({ detail }: { detail: ImportDetail }) => {
  const t = useTexts(importsTexts);
  const mayChange = useAbility("imports.change");
  const { state, totalRows, rowsRead } = detail;
  const isRunning = state === "running" || state === "queued";
  const explanation = isRunning ? t("running") : state === "checking" ? t("checking") : t("undoing");
  const label = !isRunning ? t(`state_${state}`) : totalRows === null ? t("counting") : t("progressOf", { read: rowsRead, total: totalRows });
  return (
    <Card>
      <div className={styles.stack} aria-live="polite">
        {isRunning && totalRows !== null ? <ProgressBar label={label} done={rowsRead} of={totalRows} /> : <p className={styles.plain} role="status">{label}</p>}
        <p className={styles.plain}>{explanation}</p>
        {isRunning && mayChange && (
          <div className={styles.actions}>
            <Button variant="default" onClick={() => void pauseImport(detail.id).catch(notifyFailed)}>{t("pause")}</Button>
          </div>
        )}
      </div>
    </Card>
  );
};
