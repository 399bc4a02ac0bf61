import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { IconMessageCircle } from "@tabler/icons-react";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { DifferenceKind } from "./difference.rules.ts";
import { DifferenceTag } from "./DifferenceTag.tsx";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";

/** What is said under the name of a step: how many met it, or that it is only drawn, and what people wrote about it. */
export const StepMarks = ({ step, tag }: { step: MapStep; tag: DifferenceKind | undefined }) => {
  const t = useTexts(mapTexts);
  const { steps, remarks, document } = useDrawing();
  const shown = steps.get(step.id);
  const open = remarks.get(step.id) ?? 0;
  return (
    <span className={classes.marks}>
      <DifferenceTag kind={tag} />
      {step.matches.length === 0 && step.childMapId === null ? <span>{t("onlyDrawn")}</span> : shown === undefined || document.measured.includes("volume") ? null : <span className="numeric">{t("customers", { count: shown.customers, n: formatNumber(shown.customers) })}</span>}
      {step.isOptional && <span>{t("optional")}</span>}
      {open > 0 && <span className={classes.remarks}><IconMessageCircle size={12} aria-hidden />{open}<span className="sr-only">{t("openRemarks")}</span></span>}
    </span>
  );
};
