import { Button } from "@mantine/core";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import type { SavingState } from "./map-store.ts";
import { mapTexts } from "./map.texts.ts";

type SavingMarkProps = { saving: SavingState; failure: unknown; waiting: number; onRetry: () => void; onDiscard: () => void };

/** Whether what was drawn has reached the server; what has not is kept here. */
export const SavingMark = ({ saving, failure, waiting, onRetry, onDiscard }: SavingMarkProps) => {
  const t = useTexts(mapTexts);
  if (saving === "failed")
    return (
      <span className={classes.failed} role="alert">
        {messageOf(failure)} <Button variant="default" size="compact-xs" onClick={onRetry}>{t("sendAgain")}</Button> <Button variant="subtle" size="compact-xs" onClick={onDiscard}>{t("discard")}</Button>
      </span>
    );
  return (
    <span className={classes.saving} role="status" data-saving={saving}>
      {saving === "offline" ? t("keptHere", { count: waiting }) : t(saving)}
      {saving === "offline" && <Button variant="subtle" size="compact-xs" onClick={onRetry}>{t("sendAgain")}</Button>}
    </span>
  );
};
