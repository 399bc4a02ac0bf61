import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { formatDayWithYear } from "../../ui/dates.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { describePeriod, type Period } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import { CurveLegend } from "./CurveLegend.tsx";
import type { MapColumn } from "./grid.rules.ts";
import { DrawingContext, useDrawing } from "./map-drawing.ts";
import { MapGrid } from "./MapGrid.tsx";
import { mapTexts } from "./map.texts.ts";
import { useViewpointWords } from "./MapBadges.tsx";
import { MapPersona } from "./MapPersona.tsx";
import type { JourneyMap } from "./maps.data.ts";
import classes from "./Sheets.module.css";
import { sheetsOf } from "./sheets.rules.ts";

type SheetsProps = { map: JourneyMap; columns: readonly MapColumn[]; period: Period; customerId: string | undefined; onLeave: () => void };

const labelWidth = 124;
// An A3 sheet lying down, less its margins, at 96 pixels an inch.
const sheetWidth = 1_500;
const sheetHeight = 1_030;
const columnMost = 360;
const scaleLeast = 0.62;
const triesMost = 8;

/** The map as it is printed: A3 sheets lying down, in light colours whatever the screen shows. */
export const Sheets = ({ map, columns, period, customerId, onLeave }: SheetsProps) => {
  const t = useTexts(mapTexts);
  const viewpoint = useViewpointWords(map);
  const sheets = sheetsOf(columns);
  const [today] = useState(() => new Date());
  const { overlay } = useDrawing();
  const facts = [viewpoint, t(map.state === "to_be" ? "toBe" : "asIs"), ...(overlay === undefined ? [] : [t("measuredFrom", { count: overlay.customers, n: formatNumber(overlay.customers) })]), describePeriod(period), formatDayWithYear(today)];
  return (
    <>
      <div className={classes.bar}>
        <p className="quiet">{t("sheetsHelp")}</p>
        <Button variant="default" onClick={onLeave}>{t("leave")}</Button>
        <Button leftSection={<IconPrinter size={14} aria-hidden />} onClick={() => window.print()}>{t("printNow")}</Button>
      </div>
      <div className={classes.sheets}>
        {sheets.map((shown, place) => (
          <Sheet key={shown[0]?.step?.id ?? place} columns={shown} hasData={map.document.measured.includes("feeling")} customerId={customerId} title={map.name} persona={<MapPersona map={map} size={44} />} story={place === 0 && map.viewpoint.kind === "persona" ? map.viewpoint.story : ""}
            subtitle={[...facts, ...(sheets.length > 1 ? [t("sheetOf", { sheet: place + 1, sheets: sheets.length })] : [])].join(" · ")} label={t("sheetOf", { sheet: place + 1, sheets: sheets.length })} />
        ))}
      </div>
    </>
  );
};

type SheetProps = { columns: readonly MapColumn[]; hasData: boolean; customerId: string | undefined; title: string; persona: ReactNode; story: string; subtitle: string; label: string };

const Sheet = ({ columns, hasData, customerId, title, persona, story, subtitle, label }: SheetProps) => {
  const drawing = useDrawing();
  const box = useRef<HTMLElement>(null);
  const [{ scale, tries }, setFit] = useState({ scale: 1, tries: 0 });
  // A long map is drawn smaller and its columns wider, until it stands on one sheet or would be too small to be read; anew when its figures have come.
  useLayoutEffect(() => {
    const height = (box.current?.scrollHeight ?? 0) * scale;
    if (tries >= triesMost || height <= sheetHeight || scale <= scaleLeast) return;
    setFit({ scale: Math.max(scaleLeast, scale * Math.sqrt(sheetHeight / height) * 0.99), tries: tries + 1 });
  }, [scale, tries, drawing.steps, drawing.document]);
  return (
    <section ref={box} className={classes.sheet} aria-label={label} style={{ zoom: scale }}>
      <header>
        <div className={classes.title}>
          {persona}
          <div>
            <h2 dir="auto">{title}</h2>
            <p>{subtitle}</p>
          </div>
        </div>
        {story !== "" && <p className={classes.story} dir="auto">{story}</p>}
      </header>
      <DrawingContext value={{ ...drawing, columns, mayWrite: false, writing: null, columnWidth: Math.min(columnMost, Math.floor((sheetWidth / scale - labelWidth) / columns.length)) }}>
        <MapGrid labelWidth={labelWidth} customerId={customerId} />
      </DrawingContext>
      {hasData && <CurveLegend hasAgainst={drawing.overlay?.against != null} />}
    </section>
  );
};
