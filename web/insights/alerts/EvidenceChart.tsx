import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { ChartTable } from "../../ui/charts/ChartTable.tsx";
import { formatDay } from "../../ui/dates.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Alert } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";

type EvidenceChartProps = { alert: Alert; timeZone: string };
const [width, height] = [240, 64];

/** What came each day, over the band that was to be expected; the days of the alert stand on a ground of their own. */
export const EvidenceChart = ({ alert, timeZone }: EvidenceChartProps) => {
  const t = useTexts(alertsTexts);
  const { points, from, unit } = alert.evidence;
  const known = points.flatMap(({ value, low, high }) => [value, low, high]).filter((number) => number !== null);
  if (known.length < 2) return null;
  const x = scaleLinear([0, Math.max(1, points.length - 1)], [3, width - 4]);
  const y = scaleLinear([Math.min(...known), Math.max(...known)], [height - 4, 4]);
  // A day without answers is no zero: the line goes on to the next that has some.
  const seen = points.map((point, index) => ({ ...point, index })).filter(({ value }) => value !== null);
  const band = area<(typeof seen)[number]>().x(({ index }) => x(index)).y0(({ low }) => y(low ?? 0)).y1(({ high }) => y(high ?? 0));
  const draw = line<(typeof seen)[number]>().x(({ index }) => x(index)).y(({ value }) => y(value ?? 0));
  const begin = points.findIndex(({ at }) => at >= from);
  const start = x(Math.max(0, (begin === -1 ? points.length - 1 : begin) - 0.5));
  const end = points.findLastIndex(({ value }) => value !== null);
  const digits = unit === "scale" ? 2 : 0;
  const show = (value: number | null): string => (value === null ? t("chartNothing") : formatNumber(value, digits));
  const colour = { bad: "var(--det)", good: "var(--pro)", plain: "var(--brand)" }[alert.tone];
  return (
    <div className="alert-chart">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        <rect x={start} y={0} width={width - start} height={height} rx={4} className={`alert-span alert-span-${alert.tone}`} />
        <path d={band(seen) ?? ""} className="alert-band" />
        <path d={draw(seen) ?? ""} className="alert-line" />
        <circle cx={x(end)} cy={y(points[end]?.value ?? 0)} r={3} fill={colour} />
      </svg>
      <ChartTable
        caption={t("chart", { name: alert.ruleName })}
        head={[t("chartDay"), t("chartValue"), t("chartBand")]}
        rows={points.map(({ at, value, low, high }) => [formatDay(new Date(at), timeZone), show(value), low === null || high === null ? t("chartNothing") : t("chartRange", { low: show(low), high: show(high) })])}
      />
    </div>
  );
};
