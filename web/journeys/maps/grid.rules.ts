import type { MapCard, MapDocument, MapStage, MapStep } from "@firsthand/server/journeys/maps/document.contract";

/** One column of a map: a step, or the empty place of a stage that has none yet. */
export type MapColumn = { stage: MapStage; step: MapStep | null };
/** Where the keyboard is. Column -1 holds the names of lanes; `index` counts the cards of a crossing, and the place for a new one after them. */
export type Stop = { row: string; column: number; index: number };
export type GridRow = { key: string; cells: readonly { column: number; span: number; stops: number }[] };
export type StopKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End";

export const stagesRow = "stages";
export const stepsRow = "steps";

/** Columns in the order they are drawn: stages as they stand, steps within their stage. */
export const columnsOf = (document: MapDocument): MapColumn[] =>
  document.stages.flatMap((stage): MapColumn[] => {
    const steps = document.steps.filter(({ stageId }) => stageId === stage.id);
    return steps.length === 0 ? [{ stage, step: null }] : steps.map((step) => ({ stage, step }));
  });

/** Neighbouring columns of one stage, as its header spans them. */
export const stageSpans = (columns: readonly MapColumn[]): { stage: MapStage; column: number; span: number }[] => {
  const spans: { stage: MapStage; column: number; span: number }[] = [];
  for (const [column, { stage }] of columns.entries()) {
    const last = spans.at(-1);
    if (last?.stage.id === stage.id) last.span += 1;
    else spans.push({ stage, column, span: 1 });
  }
  return spans;
};

export const cardsAt = (document: MapDocument, stepId: string, laneId: string): MapCard[] =>
  document.cards.filter((card) => card.stepId === stepId && card.laneId === laneId);

/** The rows the keyboard can reach: both headers, then the drawn lanes. */
export const rowsOf = (document: MapDocument, columns: readonly MapColumn[], mayWrite: boolean): GridRow[] => [
  { key: stagesRow, cells: stageSpans(columns).map(({ column, span }) => ({ column, span, stops: 1 })) },
  { key: stepsRow, cells: columns.map((_, column) => ({ column, span: 1, stops: 1 })) },
  ...document.lanes.map((lane) => ({
    key: lane.id,
    cells: [
      { column: -1, span: 1, stops: 1 },
      ...columns.map(({ step }, column) => ({ column, span: 1, stops: step === null ? 1 : Math.max(1, cardsAt(document, step.id, lane.id).length + (mayWrite ? 1 : 0)) })),
    ],
  })),
];

/** Where a key leads from a stop; the same stop at the edge. A stop that is gone leads to the nearest one there is. */
export const nextStop = (rows: readonly GridRow[], from: Stop, key: StopKey): Stop => {
  const row = rows.findIndex((one) => one.key === from.row);
  if (row === -1) return settleStop(rows, from);
  const at = settleStop(rows, from);
  if (key === "ArrowUp" || key === "ArrowDown") return vertical(rows, row, at, key === "ArrowUp" ? -1 : 1);
  const cells = rows[row]?.cells ?? [];
  const place = cells.findIndex((cell) => holds(cell, at.column));
  const next = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: cells.length - 1 }[key];
  const cell = cells[next];
  return cell === undefined ? at : { row: at.row, column: cell.column, index: Math.min(at.index, cell.stops - 1) };
};

/** The stop itself when it is there, else the nearest in its row, else the first of all. */
export const settleStop = (rows: readonly GridRow[], stop: Stop): Stop => {
  const row = rows.find(({ key }) => key === stop.row) ?? rows[0];
  const cells = row?.cells ?? [];
  const cell = cells.find((one) => holds(one, stop.column)) ?? cells.at(-1);
  if (row === undefined || cell === undefined) return { row: stagesRow, column: 0, index: 0 };
  return { row: row.key, column: cell.column, index: Math.min(stop.index, cell.stops - 1) };
};

const vertical = (rows: readonly GridRow[], row: number, at: Stop, step: -1 | 1): Stop => {
  const here = rows[row]?.cells.find((cell) => holds(cell, at.column));
  const index = at.index + step;
  if (here !== undefined && index >= 0 && index < here.stops) return { ...at, index };
  for (let next = row + step; next >= 0 && next < rows.length; next += step) {
    const cell = rows[next]?.cells.find((one) => holds(one, at.column));
    const key = rows[next]?.key;
    if (cell !== undefined && key !== undefined) return { row: key, column: cell.column, index: step === 1 ? 0 : cell.stops - 1 };
  }
  return at;
};

const holds = (cell: { column: number; span: number }, column: number): boolean => column >= cell.column && column < cell.column + cell.span;
