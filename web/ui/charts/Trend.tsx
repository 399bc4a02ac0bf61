import { scaleLinear, scaleUtc } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import type { PointerEvent } from "react";
import { formatDay } from "../dates.ts";
import { useTexts } from "../texts.ts";
import { uiTexts } from "../ui.texts.ts";
import { ChartTable } from "./ChartTable.tsx";
import { ChartTip } from "./ChartTip.tsx";
import { useCursor } from "./cursor.ts";
import { distinctTicks, extentOf } from "./extent.ts";
import { useRoom } from "./measure.ts";
import { type TrendEvent, TrendEvents } from "./TrendEvents.tsx";

export type TrendPoint = { at: Date; value: number | null; low: number | null; high: number | null; count: number };
type FullPoint = TrendPoint & { value: number };

type TrendProps = {
  /** Says what is drawn: "Weekly NPS with 95% interval". */
  label: string;
  points: readonly TrendPoint[];
  format: (value: number) => string;
  /** What happened within the period drawn. */
  events?: readonly TrendEvent[];
  /** The chart takes all height its place gives, and at least this. */
  heightMin?: number;
  /** The values the score can take; the axis never leaves them. */
  limits?: readonly [number, number];
  /** What is to be reached, drawn as a line. */
  target?: number | null;
  onOpen?: (point: TrendPoint) => void;
  nameDay?: (at: Date) => string;
  /** What each point is made of. */
  counted?: "answers" | "cases";
};

const left = 38;
const right = 48;
const top = 18;
const bottom = 22;

/** A score over time with its interval as a band, gaps where nothing was answered, events as dotted lines, the last value labelled. */
export const Trend = ({ label, points, format, events = [], heightMin = 240, limits, target = null, onOpen, nameDay = (at) => formatDay(at, "UTC"), counted = "answers" }: TrendProps) => {
  const t = useTexts(uiTexts);
  const [measure, { width, height: given }] = useRoom();
  const height = Math.max(given, heightMin);
  const full = points.filter(isFull);
  const cursor = useCursor(full.length, onOpen && ((index) => full[index] && onOpen(full[index])));
  const last = full.at(-1);
  const first = points[0];
  const end = points.at(-1);
  if (last === undefined || first === undefined || end === undefined) return <p className="chart-empty">{t("chartEmpty")}</p>;
  const x = scaleUtc([first.at, end.at], [left + 4, width - right]);
  const y = scaleLinear(extentOf(full, limits, target), [height - bottom, top]).nice(8).clamp(true);
  const drawLine = line<TrendPoint>()
    .defined(isFull)
    .x((point) => x(point.at))
    .y((point) => y(point.value ?? 0))
    .curve(curveMonotoneX);
  const drawBand = area<TrendPoint>()
    .defined((point) => point.low !== null && point.high !== null)
    .x((point) => x(point.at))
    .y0((point) => y(point.low ?? 0))
    .y1((point) => y(point.high ?? 0))
    .curve(curveMonotoneX);
  const read = cursor.index === null ? undefined : full[cursor.index];
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const at = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left).getTime();
    cursor.point(nearest(full, at));
  };
  return (
    <div className="chart chart-filling" ref={measure} style={{ minHeight: heightMin }}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`${label}. ${t("chartKeys")}`}
        tabIndex={0}
        className={onOpen ? "chart-open" : undefined}
        onKeyDown={cursor.press}
        onPointerMove={follow}
        onPointerLeave={() => cursor.point(null)}
        onBlur={() => cursor.point(null)}
        onClick={() => read && onOpen?.(read)}
      >
        {distinctTicks(y.ticks(4), format).map((tick) => (
          <g key={tick}>
            <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} className="chart-grid" />
            <text x={left - 8} y={y(tick)} dy=".32em" textAnchor="end" className="chart-text">
              {format(tick)}
            </text>
          </g>
        ))}
        {dayTicks(points, width).map((at) => (
          <text key={at.getTime()} x={x(at)} y={height - 4} textAnchor="middle" className="chart-text">
            {nameDay(at)}
          </text>
        ))}
        <TrendEvents events={events} x={x} width={width} bottom={height - bottom} />
        {target !== null && (
          <g>
            <line x1={left} x2={width - right} y1={y(target)} y2={y(target)} className="chart-target" />
            <text x={left + 2} y={y(target) - 4} className="chart-text">{t("target", { value: format(target) })}</text>
          </g>
        )}
        <path d={drawBand(points) ?? ""} className="chart-band" />
        <path d={drawLine(points) ?? ""} className="chart-line" />
        {lonely(points).map((point) => (
          <g key={point.at.getTime()}>
            <line x1={x(point.at)} x2={x(point.at)} y1={y(point.low ?? point.value)} y2={y(point.high ?? point.value)} className="chart-whisker" />
            <circle cx={x(point.at)} cy={y(point.value)} r={3} className="chart-dot" />
          </g>
        ))}
        <circle cx={x(last.at)} cy={y(last.value)} r={3.5} className="chart-dot" />
        <text x={x(last.at) + 8} y={y(last.value)} dy=".32em" className="chart-last">
          {format(last.value)}
        </text>
        {read && (
          <g>
            <line x1={x(read.at)} x2={x(read.at)} y1={top} y2={height - bottom} className="chart-cross" />
            <circle cx={x(read.at)} cy={y(read.value)} r={4} className="chart-dot" />
          </g>
        )}
      </svg>
      {read && (
        <ChartTip x={x(read.at)} y={y(read.value)} width={width}>
          <b>{format(read.value)}</b> · {nameDay(read.at)}
          <br />
          <span>
            {read.low !== null && read.high !== null && `${format(read.low)} … ${format(read.high)} · `}
            {t(counted, { count: read.count })}
          </span>
          {eventsOfPoint(events, points, read).map(({ label: said, at }) => (
            <span key={said + at.getTime()}>
              <br />
              {said}
            </span>
          ))}
        </ChartTip>
      )}
      <ChartTable
        caption={label}
        head={[t("date"), t("value"), t("low"), t("high"), t(`count_of_${counted}`), ...(events.length === 0 ? [] : [t("happened")])]}
        rows={points.map((point) => [
          nameDay(point.at), ...[point.value, point.low, point.high].map((part) => (part === null ? "–" : format(part))), point.count,
          ...(events.length === 0 ? [] : [eventsOfPoint(events, points, point).map((event) => event.label).join("; ")]),
        ])}
      />
    </div>
  );
};

const isFull = (point: TrendPoint): point is FullPoint => point.value !== null;

const nearest = (points: readonly FullPoint[], at: number): number =>
  points.reduce((best, point, index) => {
    const champion = points[best];
    return champion && Math.abs(champion.at.getTime() - at) <= Math.abs(point.at.getTime() - at) ? best : index;
  }, 0);

// Labels stand under real points, evenly, so that none is asked about a day that was not measured.
const dayTicks = (points: readonly TrendPoint[], width: number): Date[] => {
  const step = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor((width - left - right) / 84))));
  return points.filter((_, index) => index % step === 0 && (points.length === 1 || index + step / 2 <= points.length)).map(({ at }) => at);
};

// A point with gaps on both sides has no line to be seen by.
const lonely = (points: readonly TrendPoint[]): FullPoint[] =>
  points.filter(isFull).filter((point) => {
    const index = points.indexOf(point);
    return (points[index - 1]?.value ?? null) === null && (points[index + 1]?.value ?? null) === null;
  });

// What happened from a point up to the next one.
const eventsOfPoint = (events: readonly TrendEvent[], points: readonly TrendPoint[], { at }: TrendPoint): TrendEvent[] => {
  const next = points.find((point) => point.at > at);
  return events.filter((event) => event.at >= at && (next === undefined || event.at < next.at));
};
