import type { MeasuredLane } from "@firsthand/server/journeys/maps/document.contract";
import { useAbility } from "../../shell/session.data.ts";
import { useTexts } from "../../ui/texts.ts";
import { NotNamed } from "../paths/NotNamed.tsx";
import { CurveDrawing } from "./CurveDrawing.tsx";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { MeasuredCell } from "./MeasuredCell.tsx";

/** A lane that fills itself from data. */
export const MeasuredRow = ({ lane }: { lane: MeasuredLane }) => {
  const t = useTexts(mapTexts);
  const { columns, steps, isMeasuring } = useDrawing();
  const mayName = useAbility("customers.read");
  return (
    <tr className={classes.measuredRow}>
      <th scope="row" className={classes.label}>{t(`measured_${lane}`)}<small>{t(`measured_${lane}_from`)}</small></th>
      {lane === "feeling" ? <td colSpan={columns.length} className={classes.curveCell}><CurveDrawing /></td>
        : lane === "words" && !mayName ? <td colSpan={columns.length} className={classes.cell}><NotNamed /></td> : columns.map(({ stage, step }) => (
        <td key={step?.id ?? stage.id} className={classes.cell}>
          {step !== null && (steps.get(step.id) === undefined ? <span className="quiet">{isMeasuring ? "…" : "–"}</span> : <MeasuredCell lane={lane} step={step} shown={steps.get(step.id)} />)}
        </td>
      ))}
    </tr>
  );
};
