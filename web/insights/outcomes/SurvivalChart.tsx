import { scaleLinear } from "d3-scale";
import type { PointerEvent } from "react";
import { ChartTip } from "../../ui/charts/ChartTip.tsx";
import { useCursor } from "../../ui/charts/cursor.ts";
import { useRoom } from "../../ui/charts/measure.ts";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { uiTexts } from "../../ui/ui.texts.ts";
import type { OutcomeCurve } from "./outcomes.data.ts";
import { outcomesTexts } from "./outcomes.texts.ts";
import { drawStepBand, drawSteps, readSteps } from "./step-line.ts";

export type NamedCurve = { name: string; tone: string; curve: OutcomeCurve };

const left = 44;
const right = 12;
const top = 10;
const bottom = 24;
const height = 280;
const stops = 60;

/** Shares still there over time as steps with their bands; left and right read them off. The numbers stand in the table below. */
export const SurvivalChart = ({ curves }: { curves: readonly NamedCurve[] }) => {
  const t = useTexts(outcomesTexts);
  const ui = useTexts(uiTexts);
  const [measure, { width }] = useRoom();
  const end = Math.max(1, ...curves.map(({ curve }) => curve.watchedTo));
  const cursor = useCursor(stops + 1);
  const x = scaleLinear([0, end], [left, width - right]);
  const y = scaleLinear([0, 1], [height - bottom, top]);
  const read = cursor.index === null ? null : Math.round((end * cursor.index) / stops);
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const at = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
    cursor.point(Math.max(0, Math.min(stops, Math.round((at / end) * stops))));
  };
  return (
    <div className="chart" ref={measure} style={{ minHeight: height }}>
      <svg width={width} height={height} role="img" aria-label={`${t("survivalLabel")}. ${ui("chartKeys")}`} tabIndex={0} onKeyDown={cursor.press} onPointerMove={follow} onPointerLeave={() => cursor.point(null)} onBlur={() => cursor.point(null)}>
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} className="chart-grid" />
            <text x={left - 8} y={y(tick)} dy=".32em" textAnchor="end" className="chart-text">{formatShare(tick)}</text>
          </g>
        ))}
        {(curves[0]?.curve.marks ?? []).map(({ time }) => (
          <text key={time} x={x(time)} y={height - 6} textAnchor={time > end * 0.96 ? "end" : "middle"} className="chart-text">{time === 0 ? t("dayShort", { n: time }) : formatNumber(time)}</text>
        ))}
        {curves.map(({ name, tone, curve }) => <path key={name} d={drawStepBand(curve.points, curve.watchedTo, x, y)} className={`outcome-band outcome-stroke-${tone}`} />)}
        {curves.map(({ name, tone, curve }) => <path key={name} d={drawSteps(curve.points, curve.watchedTo, x, y)} className={`outcome-line outcome-stroke-${tone}`} />)}
        {read !== null && <line x1={x(read)} x2={x(read)} y1={top} y2={height - bottom} className="chart-cross" />}
      </svg>
      {read !== null && (
        <ChartTip x={x(read)} y={top + 20} width={width}>
          <b>{t("tip", { n: read })}</b>
          {curves.map(({ name, curve }) => {
            const { share, low, high } = readSteps(curve.points, Math.min(read, curve.watchedTo));
            return <span key={name}><br />{name}: {formatShare(share, 1)}{low !== null && high !== null && ` (${t("interval", { low: formatShare(low, 1), high: formatShare(high, 1) })})`}</span>;
          })}
        </ChartTip>
      )}
    </div>
  );
};
