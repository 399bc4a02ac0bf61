import { ActionIcon, Modal } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useRoom } from "../../ui/charts/measure.ts";
import { useTexts } from "../../ui/texts.ts";
import { CurveLegend } from "./CurveLegend.tsx";
import { type MapColumn, stageSpans } from "./grid.rules.ts";
import { DrawingContext, useDrawing } from "./map-drawing.ts";
import { MapGrid } from "./MapGrid.tsx";
import { mapTexts } from "./map.texts.ts";
import { useViewpointWords } from "./MapBadges.tsx";
import { MapPersona } from "./MapPersona.tsx";
import type { JourneyMap } from "./maps.data.ts";
import classes from "./Present.module.css";

type PresentModeProps = { map: JourneyMap; columns: readonly MapColumn[]; customerId: string | undefined; onLeave: () => void };

/** The map on the whole screen, one stage after the other: arrow keys go on, Escape leaves. */
export const PresentMode = ({ map, columns, customerId, onLeave }: PresentModeProps) => {
  const t = useTexts(mapTexts);
  const drawing = useDrawing();
  const viewpoint = useViewpointWords(map);
  const stages = stageSpans(columns);
  const [at, setAt] = useState(0);
  const [measure, room] = useRoom();
  const here = stages[Math.min(at, stages.length - 1)];
  const shown = here === undefined ? [] : columns.slice(here.column, here.column + here.span);
  const go = (to: number): void => setAt(Math.min(stages.length - 1, Math.max(0, to)));
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const to = { ArrowRight: at + 1, PageDown: at + 1, ArrowLeft: at - 1, PageUp: at - 1, Home: 0, End: stages.length - 1 }[event.key];
      if (to === undefined || !isOnStages(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      setAt(Math.min(stages.length - 1, Math.max(0, to)));
    };
    // Before the drawing, whose arrow keys walk from cell to cell.
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [at, stages.length]);
  useFullScreen();
  return (
    <Modal opened fullScreen onClose={onLeave} title={<span className={classes.title}><MapPersona map={map} size={32} /><span dir="auto">{map.name}</span><span className="quiet">{viewpoint}</span></span>} classNames={{ content: classes.content ?? "", body: classes.body ?? "" }} closeButtonProps={{ "aria-label": t("leave") }}>
      <div className={classes.head}>
        <h2 dir="auto" aria-live="polite">{here?.stage.name}</h2>
        <span className="quiet">{t("stageOf", { at: Math.min(at, stages.length - 1) + 1, count: stages.length })}</span>
        <ActionIcon variant="default" size={36} aria-label={t("previousStage")} disabled={at === 0} onClick={() => go(at - 1)}><IconChevronLeft size={20} aria-hidden /></ActionIcon>
        <ActionIcon variant="default" size={36} aria-label={t("nextStage")} disabled={at >= stages.length - 1} onClick={() => go(at + 1)}><IconChevronRight size={20} aria-hidden /></ActionIcon>
      </div>
      <div ref={measure} className={classes.room}>
        <DrawingContext value={{ ...drawing, columns: shown, mayWrite: false, writing: null, columnWidth: Math.max(220, Math.floor((room.width / 1.25 - 134) / Math.max(1, shown.length))) }}>
          <div className={classes.large}><MapGrid labelWidth={132} customerId={customerId} /></div>
          {drawing.document.measured.includes("feeling") && <CurveLegend hasAgainst={drawing.overlay?.against != null} />}
        </DrawingContext>
      </div>
    </Modal>
  );
};

// Fields, and the panel of a step that lies over the presentation, have their own use for these keys.
const isOnStages = (target: EventTarget | null): boolean => !(target instanceof Element) || target.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox], .side-panel") === null;

// A browser may refuse; the map then fills the window.
const useFullScreen = (): void => {
  useEffect(() => {
    void document.documentElement.requestFullscreen?.().catch(() => undefined);
    return () => void (document.fullscreenElement !== null && document.exitFullscreen().catch(() => undefined));
  }, []);
};
