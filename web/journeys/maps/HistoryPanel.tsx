import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { type HistoryLine, useHistory } from "./history.data.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { type JourneyMap, restoreMap, useRevision } from "./maps.data.ts";
import { RevisionLook } from "./RevisionLook.tsx";
import type { Session } from "./session.rules.ts";

type HistoryPanelProps = { map: JourneyMap; session: Session; isOpen: boolean; onClose: () => void; onRestored: (map: JourneyMap) => void };

/** Who drew what when; each state can be looked at and brought back. */
export const HistoryPanel = ({ map, session, isOpen, onClose, onRestored }: HistoryPanelProps) => {
  const t = useTexts(mapTexts);
  const { mayWrite } = useDrawing();
  const history = useHistory(map.id, session.revision, isOpen);
  const [looked, look] = useState<number | null>(null);
  const [asked, ask] = useState<number | null>(null);
  const revision = useRevision(map.id, looked);
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = revision.isError ? <ErrorState error={revision.error} onRetry={() => void revision.refetch()} /> : revision.data === undefined ? <Loading kind="rows" rows={3} /> : <RevisionLook document={revision.data.document} />;
  const restore = async (): Promise<void> => {
    if (asked === null) return;
    onRestored(await restoreMap(map.id, asked));
    notifyDone(t("restored"));
    look(null);
    onClose();
  };
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("history")} width={520}>
      {isOpen && history.isPending && <Loading kind="rows" />}
      {history.error !== null && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
      <ol className={classes.history}>
        {items.map((line) => (
          <HistoryItem key={line.revision} line={line} isNow={line.revision === session.revision} isLooked={looked === line.revision} mayWrite={mayWrite}
            onLook={() => look(looked === line.revision ? null : line.revision)} onRestore={() => ask(line.revision)}>
            {looked === line.revision && shown}
          </HistoryItem>
        ))}
        {history.data !== undefined && !history.hasNextPage && (
          <HistoryItem line={{ revision: 0, memberName: null, at: map.createdAt, changes: 0, summary: t("asItBegan") }} isNow={session.revision === 0} isLooked={looked === 0} mayWrite={mayWrite} onLook={() => look(looked === 0 ? null : 0)} onRestore={() => ask(0)}>
            {looked === 0 && shown}
          </HistoryItem>
        )}
      </ol>
      {history.hasNextPage && <Button variant="subtle" onClick={() => void history.fetchNextPage()}>{t("earlier")}</Button>}
      <ConfirmDialog isOpen={asked !== null} onClose={() => ask(null)} title={t("restoreTitle")} body={t("restoreBody")} confirmLabel={t("restore")} onConfirm={restore} />
    </SidePanel>
  );
};

type HistoryItemProps = { line: Pick<HistoryLine, "revision" | "memberName" | "at" | "changes" | "summary">; isNow: boolean; isLooked: boolean; mayWrite: boolean; onLook: () => void; onRestore: () => void; children: ReactNode };

const HistoryItem = ({ line, isNow, isLooked, mayWrite, onLook, onRestore, children }: HistoryItemProps) => {
  const t = useTexts(mapTexts);
  return (
    <li>
      <p><strong>{line.summary}</strong></p>
      <p className="quiet">{line.memberName !== null && `${line.memberName} · `}<Time at={line.at} />{line.changes > 1 && ` · ${t("changes", { count: line.changes })}`}</p>
      <div className={classes.conflictButtons}>
        <Button variant="default" size="compact-xs" aria-expanded={isLooked} onClick={onLook}>{isLooked ? t("hide") : t("look")}</Button>
        {mayWrite && !isNow && <Button variant="default" size="compact-xs" onClick={onRestore}>{t("restore")}</Button>}
        {isNow && <span className="quiet">{t("asItIsNow")}</span>}
      </div>
      {children}
    </li>
  );
};
