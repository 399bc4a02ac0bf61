import type { ReactNode } from "react";

const tipWidth = 170;

/** What a point says, next to it; also read aloud. */
export const ChartTip = ({ x, y, width, children }: { x: number; y: number; width: number; children: ReactNode }) => (
  <div
    className="chart-tip"
    role="status"
    style={{ left: Math.min(Math.max(0, x - tipWidth / 2), Math.max(0, width - tipWidth)), top: Math.max(0, y - 74) }}
  >
    {children}
  </div>
);
