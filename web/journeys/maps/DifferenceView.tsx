import { compareMaps } from "@firsthand/server/journeys/maps/difference.rules";
import { useMemo } from "react";
import { useRoom } from "../../ui/charts/measure.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { DifferenceList } from "./DifferenceList.tsx";
import { kindsOf, mergeMaps } from "./difference.rules.ts";
import { columnsOf } from "./grid.rules.ts";
import classes from "./Map.module.css";
import { DrawingContext, useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { type JourneyMap, useMap } from "./maps.data.ts";
import { MapGrid } from "./MapGrid.tsx";

/** The map of how it shall be laid over the one of how it is: what is new, gone, moved and changed. */
export const DifferenceView = ({ map }: { map: JourneyMap }) => {
  const t = useTexts(mapTexts);
  const asIs = useMap(map.basedOn?.id ?? "");
  if (map.basedOn === null) return <EmptyState title={t("noAsIs")} />;
  if (asIs.isPending) return <Loading kind="page" />;
  if (asIs.data === undefined) return <ErrorState error={asIs.error} onRetry={() => void asIs.refetch()} />;
  return <Difference asIs={asIs.data} />;
};

const Difference = ({ asIs }: { asIs: JourneyMap }) => {
  const t = useTexts(mapTexts);
  const drawing = useDrawing();
  const [measure, room] = useRoom();
  const toBe = drawing.document;
  const difference = useMemo(() => compareMaps(asIs.document, toBe), [asIs, toBe]);
  const merged = useMemo(() => mergeMaps(asIs.document, toBe), [asIs, toBe]);
  const kinds = useMemo(() => kindsOf(difference), [difference]);
  if (kinds.size === 0) return <EmptyState title={t("nothingDiffers")} body={t("nothingDiffersBody")} />;
  const columns = columnsOf(merged);
  return (
    <>
      <div ref={measure} className={classes.room}>
        <div className={classes.scroll} tabIndex={-1}>
          <DrawingContext value={{ ...drawing, document: merged, columns, mayWrite: false, writing: null, columnWidth: Math.max(184, Math.min(320, Math.floor((room.width - 134) / columns.length))) }}>
            <MapGrid labelWidth={132} tags={kinds} />
          </DrawingContext>
        </div>
      </div>
      <div className={classes.below}><Card title={t("whatDiffers")} className={classes.wide ?? ""}><DifferenceList difference={difference} /></Card></div>
    </>
  );
};
