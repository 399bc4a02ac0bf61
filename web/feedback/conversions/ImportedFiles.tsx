import { Button } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import styles from "./Conversions.module.css";
import { type ResponseImport, undoImport, useResponseImports } from "./conversions.data.ts";
import { conversionsTexts } from "./conversions.texts.ts";

/** Files of responses that were brought into a survey; each can be taken back. */
export const ImportedFiles = ({ surveyId }: { surveyId: string }) => {
  const t = useTexts(conversionsTexts);
  const imports = useResponseImports(surveyId);
  const mayUndo = useAbility("surveys.write");
  const [chosen, setChosen] = useState<ResponseImport | null>(null);
  const items = imports.data?.items ?? [];
  return (
    <Card title={t("earlier")}>
      {imports.isPending && <Loading kind="rows" />}
      {imports.error !== null && <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />}
      {imports.data !== undefined && items.length === 0 && <p className={styles.note}>{t("noneEarlier")}</p>}
      {items.length > 0 && (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("earlier")}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("file")}</th><th scope="col">{t("when")}</th><th scope="col" className={styles.number}>{t("added")}</th>
                <th scope="col" className={styles.number}>{t("repeated")}</th><th scope="col">{t("undo")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <th scope="row" dir="auto">{item.fileName}</th>
                  <td><Time at={item.createdAt} /></td>
                  <td className={styles.number}>{item.rowsAdded.toLocaleString()}</td>
                  <td className={styles.number}>{item.rowsRepeated.toLocaleString()}</td>
                  <td>{item.undoneAt === null ? mayUndo && <Button size="compact-xs" variant="default" onClick={() => setChosen(item)}>{t("undo")}</Button> : t("undone")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ConfirmDialog
        isOpen={chosen !== null}
        onClose={() => setChosen(null)}
        title={t("undoTitle")}
        body={t("undoBody", { count: chosen?.rowsAdded ?? 0, name: chosen?.fileName ?? "" })}
        confirmLabel={t("undo")}
        isDangerous
        onConfirm={() => undoImport(surveyId, chosen?.id ?? "")}
      />
    </Card>
  );
};
