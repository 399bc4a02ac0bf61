import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import type { WayMark } from "./ways.rules.ts";

/** Over a step that lies on one of several ways: either this one or another, and how many customers went it. */
export const WayStrip = ({ stepId, way }: { stepId: string; way: WayMark }) => {
  const t = useTexts(mapTexts);
  const { overlay } = useDrawing();
  const shown = overlay?.forks.flatMap(({ ways }) => ways).find(({ stepIds }) => stepIds[0] === stepId);
  return (
    <span className={`${classes.way} ${way.isFirstOfWay ? classes.wayFirst : ""}`}>
      {way.isFirstOfWay && <span>{t(way.way === 0 ? "either" : "or")}</span>}
      {way.isFirstOfWay && shown !== undefined && shown.share !== null && <span className="numeric" title={t("wayShareHelp")}>{formatShare(shown.share)}<span className="sr-only"> {t("wayShare")}</span></span>}
      {!way.isFirstOfWay && <span className="sr-only">{t("sameWay")}</span>}
    </span>
  );
};
