import { area, curveMonotoneX, line } from "d3-shape";
import { formatChange } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { ChartTable } from "../../ui/charts/ChartTable.tsx";
import { compareTexts } from "./compare.texts.ts";
import { type CurvePoint, curvePoints, curveRows, type DesignedPoint, designedLine, pointsAlong, runsOf } from "./curve.rules.ts";
import classes from "./Curve.module.css";
import { EvidenceShape } from "./EvidenceShape.tsx";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { strandsOf } from "./ways.rules.ts";

const height = 150;
const margin = 24;
const yOf = (value: number): number => height / 2 - value * (height / 2 - margin);

/** How customers feel from step to step, beside how it was designed. Each point tells by shape and colour how it is known. */
export const CurveDrawing = () => {
  const t = useTexts(mapTexts);
  const compare = useTexts(compareTexts);
  const { document, columns, columnWidth, steps, overlay } = useDrawing();
  const points = curvePoints(document, columns, steps);
  const main = points.filter(({ isMain }) => isMain);
  // Where customers go one of several ways the curve parts with them.
  const strands = strandsOf(columns);
  const [along = []] = strands;
  const designed = designedLine(columns);
  const second = new Map(overlay?.against?.steps.map((step) => [step.stepId, step]));
  const compared = second.size === 0 ? [] : curvePoints({ ...document, cards: [] }, columns, second).filter(({ isMain }) => isMain);
  const width = columns.length * columnWidth;
  const x = (at: number): number => at * columnWidth;
  const sayFeeling = (value: number | null | undefined): string => (value === null || value === undefined ? "" : formatChange(value * 100));
  const draw = line<DesignedPoint>().x(({ at }) => x(at)).y(({ value }) => yOf(value)).curve(curveMonotoneX);
  const fill = area<CurvePoint>().x(({ at }) => x(at)).y0(yOf(0)).y1(({ value }) => yOf(value)).curve(curveMonotoneX);
  if (points.length === 0 && designed.length === 0) return <p className={classes.none}>{t("noFeelings")}</p>;
  return (
    <div className={classes.curve}>
      <svg width={width} height={height} aria-hidden="true" focusable="false">
        {[-1, 0, 1].map((value) => <line key={value} x1={0} x2={width} y1={yOf(value)} y2={yOf(value)} className={value === 0 ? classes.zero : classes.edge} />)}
        {runsOf(main, along).map((run) => <path key={run[0]?.stepId} d={fill(run) ?? ""} className={classes.area} />)}
        {strands.map((strand) => (
          <g key={strand.join()}>
            {compared.length > 0 && <path d={draw(pointsAlong(compared, strand, along)) ?? ""} className={classes.against} />}
            <path d={draw(pointsAlong(designed, strand, along)) ?? ""} className={classes.designed} />
            <path d={draw(pointsAlong(main, strand, along)) ?? ""} className={classes.bridge} />
            {runsOf(main, strand, along).map((run) => <path key={run[0]?.stepId} d={draw(run) ?? ""} className={classes.line} />)}
          </g>
        ))}
        {points.map((point) => point.isMain && point.low !== null && point.high !== null && <line key={`i${point.stepId}`} x1={x(point.at)} x2={x(point.at)} y1={yOf(point.low)} y2={yOf(point.high)} className={classes.interval} />)}
        {points.toReversed().map((point) => <EvidenceShape key={`${point.stepId}${point.evidence}`} evidence={point.evidence} x={x(point.at) + (point.isMain ? 0 : 26)} y={yOf(point.value)} size={point.isMain ? 7 : 5} />)}
        {main.map(({ at, stepId, value }) => <text key={stepId} x={x(at)} y={yOf(value) + (value < 0 ? 21 : -13)} textAnchor="middle" className={classes.value}>{formatChange(value * 100)}</text>)}
      </svg>
      <ChartTable caption={t("feelingCaption")} head={[t("step"), t("feeling"), t("evidence"), compare("low"), compare("high"), t("scores"), t("designedCurve"), ...(second.size === 0 ? [] : [t("comparedCurve")])]}
        rows={curveRows({ columns, points, compared }).map(({ name, point, designed: planned, against }) => [
          name, sayFeeling(point?.value), point === undefined ? "" : t(point.evidence), sayFeeling(point?.low), sayFeeling(point?.high), point?.count ?? "", planned.map(sayFeeling).join(", "), ...(second.size === 0 ? [] : [sayFeeling(against)]),
        ])} />
    </div>
  );
};
