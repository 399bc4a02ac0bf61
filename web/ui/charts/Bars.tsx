import type { ReactNode } from "react";
import { formatNumber } from "../numbers.ts";
import { ChartTable } from "./ChartTable.tsx";
import { useTexts } from "../texts.ts";
import { uiTexts } from "../ui.texts.ts";

export type Bar = { key: string; label: string; value: number; tone?: "brand" | "good" | "middle" | "bad" };
type BarsProps = {
  label: string;
  bars: readonly Bar[];
  format?: (value: number) => string;
  /** Standing columns for a scale (0 to 10), lying bars for names. */
  direction?: "lying" | "standing";
  height?: number;
  link?: (bar: Bar, label: ReactNode) => ReactNode;
};

/** Amounts side by side, each with its number. */
export const Bars = ({ label, bars, format = (value) => formatNumber(value), direction = "lying", height = 120, link }: BarsProps) => {
  const t = useTexts(uiTexts);
  const most = Math.max(...bars.map(({ value }) => value), 1e-9);
  const table = <ChartTable caption={label} head={[t("label"), t("value")]} rows={bars.map((bar) => [bar.label, format(bar.value)])} />;
  if (direction === "standing")
    return (
      <div>
        <div className="bars-standing" style={{ height }} role="img" aria-label={label}>
          {bars.map((bar) => (
            <div key={bar.key} className="bars-column" aria-hidden>
              <span className="bars-plot">
                <span className="bars-number">{bar.value > 0 ? format(bar.value) : ""}</span>
                <i className={`tone-${bar.tone ?? "brand"}`} style={{ height: `${(bar.value / most) * 80}%` }} />
              </span>
              <span>{bar.label}</span>
            </div>
          ))}
        </div>
        {table}
      </div>
    );
  return (
    <ul className="bars-lying" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <span className="bars-name">{link ? link(bar, bar.label) : bar.label}</span>
          <span className="bars-track" aria-hidden>
            <i className={`tone-${bar.tone ?? "brand"}`} style={{ width: `${(bar.value / most) * 100}%` }} />
          </span>
          <span className="bars-number">{format(bar.value)}</span>
        </li>
      ))}
    </ul>
  );
};
