import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

type SparklineProps = { values: readonly (number | null)[]; tone?: "brand" | "bad"; width?: number; height?: number };

/** The course of a number at a glance. Hidden from screen readers: the number beside it says it, the trend below has the table. */
export const Sparkline = ({ values, tone = "brand", width = 88, height = 28 }: SparklineProps) => {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return null;
  const x = scaleLinear([0, values.length - 1], [2, width - 4]);
  const y = scaleLinear([Math.min(...known), Math.max(...known)], [height - 3, 3]);
  const draw = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => x(index))
    .y((value) => y(value ?? 0));
  const end = values.findLastIndex((value) => value !== null);
  const colour = tone === "bad" ? "var(--det)" : "var(--brand)";
  return (
    <svg width={width} height={height} aria-hidden="true" className="sparkline">
      <path d={draw(values) ?? ""} fill="none" stroke={colour} strokeWidth={1.5} />
      <circle cx={x(end)} cy={y(values[end] ?? 0)} r={2.5} fill={colour} />
    </svg>
  );
};
