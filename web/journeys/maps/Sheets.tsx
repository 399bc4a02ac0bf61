import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { formatDayWithYear } from "../../ui/dates.ts";
import { describePeriod, type Period } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import { CurveLegend } from "./CurveLegend.tsx";
import type { MapColumn } from "./grid.rules.ts";
import { DrawingContext, useDrawing } from "./map-drawing.ts";
import { MapGrid } from "./MapGrid.tsx";
import { mapTexts } from "./map.texts.ts";
import { useViewpointWords } from "./MapBadges.tsx";
import type { JourneyMap } from "./maps.data.ts";
import classes from "./Sheets.module.css";
import { sheetsOf } from "./sheets.rules.ts";

type SheetsProps = { map: JourneyMap; columns: readonly MapColumn[]; period: Period; customerId: string | undefined; onLeave: () => void };

const labelWidth = 124;
// An A3 sheet lying down, less its margins, at 96 pixels an inch.
const sheetWidth = 1_500;
const columnMost = 300;

/** The map as it is printed: A3 sheets lying down, in light colours whatever the screen shows. */
export const Sheets = ({ map, columns, period, customerId, onLeave }: SheetsProps) => {
  const t = useTexts(mapTexts);
  const drawing = useDrawing();
  const viewpoint = useViewpointWords(map.viewpoint);
  const sheets = sheetsOf(columns);
  return (
    <>
      <div className={classes.bar}>
        <p className="quiet">{t("sheetsHelp")}</p>
        <Button variant="default" onClick={onLeave}>{t("leave")}</Button>
        <Button leftSection={<IconPrinter size={14} aria-hidden />} onClick={() => window.print()}>{t("printNow")}</Button>
      </div>
      <div className={classes.sheets}>
        {sheets.map((shown, place) => (
          <section key={shown[0]?.stage.id ?? place} className={classes.sheet} aria-label={t("sheetOf", { sheet: place + 1, sheets: sheets.length })}>
            <header>
              <h2 dir="auto">{map.name}</h2>
              <p>{[viewpoint, t(map.state === "to_be" ? "toBe" : "asIs"), describePeriod(period), formatDayWithYear(new Date()), ...(sheets.length > 1 ? [t("sheetOf", { sheet: place + 1, sheets: sheets.length })] : [])].join(" · ")}</p>
            </header>
            <DrawingContext value={{ ...drawing, columns: shown, mayWrite: false, writing: null, columnWidth: Math.min(columnMost, Math.floor((sheetWidth - labelWidth) / shown.length)) }}>
              <MapGrid labelWidth={labelWidth} customerId={customerId} />
            </DrawingContext>
            {map.document.measured.includes("feeling") && <CurveLegend hasAgainst={drawing.overlay?.against != null} />}
          </section>
        ))}
      </div>
    </>
  );
};
