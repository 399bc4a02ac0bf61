import { type KeyboardEvent, useRef } from "react";
import { AccountsRow } from "./AccountsRow.tsx";
import { readStop, stopName } from "./drawing-keys.ts";
import { useDrawingKeys } from "./drawing-keys.ts";
import { LaneRow } from "./LaneRow.tsx";
import type { DifferenceKind } from "./difference.rules.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { MeasuredRow } from "./MeasuredRow.tsx";
import { StageRow } from "./StageRow.tsx";
import { StepRow } from "./StepRow.tsx";

type MapGridProps = {
  labelWidth: number;
  /** Words on parts that differ from another map, by their id. */
  tags?: ReadonlyMap<string, DifferenceKind>;
  /** A named customer whose own feelings and motives stand in a row. */
  customerId?: string | undefined;
};

/** The drawing: stages over steps, lanes across, what is measured above what is drawn. */
export const MapGrid = ({ labelWidth, tags, customerId }: MapGridProps) => {
  const { document, columns, columnWidth, name, goTo, stop } = useDrawing();
  const table = useRef<HTMLTableElement>(null);
  const press = useDrawingKeys(table);
  const keep = (target: EventTarget): void => {
    const found = readStop(target);
    if (found !== null && stopName(found) !== stopName(stop)) goTo(found);
  };
  return (
    <table ref={table} role="grid" className={classes.grid} aria-label={name} style={{ width: labelWidth + columns.length * columnWidth }}
      onFocus={(event) => keep(event.target)} onKeyDown={(event: KeyboardEvent) => press(event)}>
      <colgroup>
        <col style={{ width: labelWidth }} />
        {columns.map(({ stage, step }) => <col key={step?.id ?? stage.id} style={{ width: columnWidth }} />)}
      </colgroup>
      <thead>
        <StageRow />
        <StepRow tags={tags} />
      </thead>
      <tbody>
        {document.measured.map((lane) => <MeasuredRow key={lane} lane={lane} />)}
        {customerId !== undefined && <AccountsRow customerId={customerId} />}
        {document.lanes.map((lane) => <LaneRow key={lane.id} lane={lane} tags={tags} />)}
      </tbody>
    </table>
  );
};
