import { IconMap2 } from "@tabler/icons-react";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useDrawingVerbs } from "./drawing-verbs.ts";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";

/** A map on which nothing is drawn yet. */
export const EmptyMap = () => {
  const t = useTexts(mapTexts);
  const { mayWrite } = useDrawing();
  const verbs = useDrawingVerbs();
  return <EmptyState icon={IconMap2} title={t("nothingDrawn")} body={t("nothingDrawnBody")} {...(mayWrite ? { action: { label: t("addFirstStage"), onClick: () => verbs.addStage(null) } } : {})} />;
};
