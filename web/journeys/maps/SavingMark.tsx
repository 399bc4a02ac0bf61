import { Button } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import type { SavingState } from "./map-store.ts";
import { mapTexts } from "./map.texts.ts";

type SavingMarkProps = { saving: SavingState; failure: unknown; waiting: number; /** How many changes the server does not take. */ refused: number; onRetry: () => void; onDiscard: () => void };

/** Whether what was drawn has reached the server; what has not is kept here. Said aloud only where it matters, by the map's own line. */
export const SavingMark = ({ saving, failure, waiting, refused, onRetry, onDiscard }: SavingMarkProps) => {
  const t = useTexts(mapTexts);
  // Asked about one failure: after the next try it may be about other changes.
  const [asked, ask] = useState<unknown>(null);
  if (saving === "failed")
    return (
      <span className={classes.failed} role="alert">
        {messageOf(failure)} <Button variant="default" size="compact-xs" onClick={onRetry}>{t("sendAgain")}</Button>{" "}
        {refused > 0 && <Button variant="subtle" size="compact-xs" onClick={() => ask(failure)}>{t("discard")}</Button>}
        <ConfirmDialog isOpen={asked !== null && asked === failure} onClose={() => ask(null)} title={t("discardTitle", { count: refused })} body={t("discardBody")} confirmLabel={t("discard")} onConfirm={async () => onDiscard()} isDangerous />
      </span>
    );
  return (
    <span className={classes.saving} data-saving={saving}>
      {saving === "offline" ? t("keptHere", { count: waiting }) : t(saving)}
      {saving === "offline" && <Button variant="subtle" size="compact-xs" onClick={onRetry}>{t("sendAgain")}</Button>}
    </span>
  );
};
