import { moveTile, resizeTile } from "@firsthand/server/insights/dashboards/board.rules";
import { type PointerEvent, type RefObject, useRef, useState } from "react";
import type { Tile } from "./dashboards.data.ts";

type Drag = { id: string; kind: "move" | "resize"; startX: number; startY: number; tiles: readonly Tile[] };
export type TileDrag = {
  /** The tiles as they would lie if the pointer let go now; null while nothing is dragged. */
  tiles: readonly Tile[] | null;
  liftedId: string | null;
  begin: (event: PointerEvent, id: string, kind: Drag["kind"]) => void;
  follow: (event: PointerEvent) => void;
  drop: () => void;
  cancel: () => void;
};

const columns = 12;

/** Moving and sizing tiles by pointer, in whole columns and rows.
 *  @param grid the element the tiles lie in
 *  @param onDrop gets the tiles as they lie when the pointer lets go */
export const useTileDrag = (grid: RefObject<HTMLElement | null>, tiles: readonly Tile[], onDrop: (tiles: readonly Tile[]) => void): TileDrag => {
  const drag = useRef<Drag | null>(null);
  const [shown, setShown] = useState<readonly Tile[] | null>(null);
  const [liftedId, setLifted] = useState<string | null>(null);
  const end = (): void => {
    drag.current = null;
    setShown(null);
    setLifted(null);
  };
  return {
    tiles: shown,
    liftedId,
    begin: (event, id, kind) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { id, kind, startX: event.clientX, startY: event.clientY, tiles };
      setLifted(id);
    },
    follow: (event) => {
      const now = drag.current;
      const element = grid.current;
      const place = now?.tiles.find(({ id }) => id === now.id)?.place;
      if (now === null || element === null || place === undefined) return;
      const { column, row } = stepOf(element);
      const x = Math.round((event.clientX - now.startX) / column);
      const y = Math.round((event.clientY - now.startY) / row);
      setShown(now.kind === "move" ? moveTile(now.tiles, now.id, { x: place.x + x, y: place.y + y }) : resizeTile(now.tiles, now.id, { w: place.w + x, h: place.h + y }));
    },
    drop: () => {
      if (drag.current !== null && shown !== null) onDrop(shown);
      end();
    },
    cancel: end,
  };
};

/** Pixels from one column, or row, to the next. */
const stepOf = (element: HTMLElement): { column: number; row: number } => {
  const style = getComputedStyle(element);
  const gap = Number.parseFloat(style.rowGap) || 0;
  return { column: (element.clientWidth + gap) / columns, row: (Number.parseFloat(style.gridAutoRows) || 1) + gap };
};
