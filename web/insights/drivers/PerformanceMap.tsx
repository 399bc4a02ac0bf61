import type { MapLines, Quadrant } from "@firsthand/server/insights/drivers/quadrants.rules";
import { scaleLinear } from "d3-scale";
import type { PointerEvent } from "react";
import { ChartTip } from "../../ui/charts/ChartTip.tsx";
import { useCursor } from "../../ui/charts/cursor.ts";
import { useRoom } from "../../ui/charts/measure.ts";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { formatPart, type Naming } from "./driver-words.ts";
import type { Driver } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";

type PerformanceMapProps = { factors: readonly { factor: Driver; number: number }[]; lines: MapLines; name: Naming };

const edges = { left: 40, right: 12, top: 10, bottom: 34 };
/** Kept free of dots within the frame, for the names of the quarters. */
const strip = 24;
const height = 320;

/** Importance upwards, performance to the right, a dot with its intervals per factor, and the name of each quarter in its corner. */
export const PerformanceMap = ({ factors: numbered, lines, name }: PerformanceMapProps) => {
  const factors = numbered.map(({ factor }) => factor);
  const t = useTexts(driversTexts);
  const [measure, { width }] = useRoom();
  const cursor = useCursor(factors.length);
  const x = scaleLinear(roomFor([lines.performance, ...factors.flatMap(({ performanceLow, performanceHigh }) => [performanceLow, performanceHigh])], [0, 100], 0.14), [edges.left, width - edges.right]);
  const y = scaleLinear(roomFor([lines.importance, ...factors.flatMap(({ lmgShare, lmgShareLow, lmgShareHigh }) => [lmgShareLow ?? lmgShare ?? 0, lmgShareHigh ?? lmgShare ?? 0])], [0, 1], 0.12), [height - edges.bottom - strip, edges.top + strip]);
  const read = cursor.index === null ? undefined : factors[cursor.index];
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const away = factors.map((factor) => Math.hypot(x(factor.performance) - (event.clientX - left), y(factor.lmgShare ?? 0) - (event.clientY - top)));
    cursor.point(away.indexOf(Math.min(...away)));
  };
  return (
    <div className="chart" ref={measure} style={{ height }}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`${t("mapLabel")}. ${t("mapKeys")}`}
        tabIndex={0}
        onKeyDown={cursor.press}
        onPointerMove={follow}
        onPointerLeave={() => cursor.point(null)}
        onBlur={() => cursor.point(null)}
      >
        <Quarters width={width} across={x(lines.performance)} down={y(lines.importance)} />
        {x.ticks(width < 320 ? 3 : 5).map((tick) => (
          <text key={tick} x={x(tick)} y={height - 19} textAnchor="middle" className="chart-text">{formatNumber(tick)}</text>
        ))}
        {y.ticks(4).map((tick) => (
          <text key={tick} x={edges.left - 6} y={y(tick)} dy=".32em" textAnchor="end" className="chart-text">{formatShare(tick)}</text>
        ))}
        <text x={(edges.left + width - edges.right) / 2} y={height - 4} textAnchor="middle" className="chart-text">{t("performance")}</text>
        {numbered.map(({ factor, number }, at) => (
          <Dot key={factor.factor} factor={factor} label={String(number)} x={x} y={y} isRead={cursor.index === at} />
        ))}
      </svg>
      {read && (
        <ChartTip x={x(read.performance)} y={y(read.lmgShare ?? 0)} width={width}>
          <b className="drivers-tip">{name(read.factor)}</b>
          <br />
          <span>{t("share")} {formatPart(read.lmgShare)} ({formatPart(read.lmgShareLow)} – {formatPart(read.lmgShareHigh)})</span>
          <br />
          <span>{t("performanceShort")} {formatNumber(read.performance)} ({formatNumber(read.performanceLow)} – {formatNumber(read.performanceHigh)})</span>
        </ChartTip>
      )}
    </div>
  );
};

const Quarters = ({ width, across, down }: { width: number; across: number; down: number }) => {
  const t = useTexts(driversTexts);
  const [left, right, top, bottom] = [edges.left, width - edges.right, edges.top, height - edges.bottom];
  const corners: readonly { quadrant: Quadrant; x: number; y: number; anchor: "start" | "end" }[] = [
    { quadrant: "improve_first", x: left + 8, y: top + 16, anchor: "start" },
    { quadrant: "keep", x: right - 8, y: top + 16, anchor: "end" },
    { quadrant: "watch", x: left + 8, y: bottom - 9, anchor: "start" },
    { quadrant: "maintain", x: right - 8, y: bottom - 9, anchor: "end" },
  ];
  return (
    <g aria-hidden>
      <rect x={left} y={top} width={Math.max(0, across - left)} height={Math.max(0, down - top)} className="drivers-first" />
      <rect x={left} y={top} width={right - left} height={bottom - top} className="drivers-frame" />
      <line x1={across} x2={across} y1={top} y2={bottom} className="chart-cross" />
      <line x1={left} x2={right} y1={down} y2={down} className="chart-cross" />
      {corners.map(({ quadrant, anchor, ...at }) => <text key={quadrant} {...at} textAnchor={anchor} className="drivers-quadrant">{t(quadrant)}</text>)}
    </g>
  );
};

type DotProps = { factor: Driver; label: string; x: (value: number) => number; y: (value: number) => number; isRead: boolean };

const Dot = ({ factor, label, x, y, isRead }: DotProps) => {
  const { performance, performanceLow, performanceHigh, lmgShare, lmgShareLow, lmgShareHigh } = factor;
  const [across, down] = [x(performance), y(lmgShare ?? 0)];
  return (
    <g className={isRead ? "drivers-dot drivers-dot-read" : "drivers-dot"}>
      <line x1={x(performanceLow)} x2={x(performanceHigh)} y1={down} y2={down} />
      {lmgShareLow !== null && lmgShareHigh !== null && <line x1={across} x2={across} y1={y(lmgShareLow)} y2={y(lmgShareHigh)} />}
      <circle cx={across} cy={down} r={9} />
      <text x={across} y={down} dy=".35em" textAnchor="middle">{label}</text>
    </g>
  );
};

const roomFor = (values: readonly number[], [least, most]: readonly [number, number], share: number): [number, number] => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * share;
  return [Math.max(least, low - room), Math.min(most, high + room)];
};
