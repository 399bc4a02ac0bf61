import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import type { OverlayReply } from "./maps.data.ts";

/** Says when the figures of a map could not be worked out; the drawing stays as it is. */
export const OverlayState = ({ overlay }: { overlay: UseQueryResult<OverlayReply> }) => {
  const t = useTexts(mapTexts);
  if (overlay.error === null) return null;
  return <p className={classes.failed} role="alert">{t("noFigures")} {messageOf(overlay.error)} <Button variant="default" size="compact-xs" onClick={() => void overlay.refetch()}>{t("tryAgain")}</Button></p>;
};
