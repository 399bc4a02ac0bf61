import type { CSSProperties, ReactNode, Ref } from "react";
import type { Annotation } from "../annotations/annotations.data.ts";
import type { Place, Tile } from "./dashboards.data.ts";
import type { TileState } from "./TileBody.tsx";
import { TileCard } from "./TileCard.tsx";

type BoardGridProps = {
  name: string;
  tiles: readonly Tile[];
  stateOf: (tile: Tile) => TileState;
  annotations: readonly Annotation[];
  timeZone: string;
  /** Of what filters hold by id; whoever may not read them is told how many were chosen. */
  names?: ReadonlyMap<string, string>;
  /** What changes a tile, while the board is changed. */
  controlsOf?: (tile: Tile) => { controls: ReactNode; footer: ReactNode; isLifted: boolean };
  /** On a wall: so many rows share the height there is. */
  rows?: number;
  gridRef?: Ref<HTMLDivElement>;
};

/** Tiles in twelve columns; one under another on a phone, in reading order. */
export const BoardGrid = ({ name, tiles, stateOf, annotations, timeZone, names, controlsOf, rows, gridRef }: BoardGridProps) => (
  <div className={`board-grid ${controlsOf ? "board-editing" : ""}`} role="group" aria-label={name} ref={gridRef} {...(rows === undefined ? {} : { style: { gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))` } })}>
    {tiles.toSorted(inReadingOrder).map((tile) => (
      <TileCard key={tile.id} tile={tile} state={stateOf(tile)} annotations={annotations} style={placed(tile.place)} timeZone={timeZone} names={names} {...controlsOf?.(tile)} />
    ))}
  </div>
);

const placed = ({ x, y, w, h }: Place): CSSProperties => ({ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` });

const inReadingOrder = (one: Tile, other: Tile): number => one.place.y - other.place.y || one.place.x - other.place.x;
