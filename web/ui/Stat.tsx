import type { ReactNode } from "react";

type StatProps = { label: ReactNode; value: ReactNode; delta?: ReactNode; chart?: ReactNode; note?: ReactNode; children?: ReactNode };

/** One large number with its change, its course and how sure it is. */
export const Stat = ({ label, value, delta, chart, note, children }: StatProps) => (
  <div className="stat">
    <div className="stat-label">{label}</div>
    <div className="stat-line">
      <span className="stat-numbers">
        <span className="stat-value">{value}</span> {delta}
      </span>
      {chart}
    </div>
    {children}
    {note !== undefined && <div className="stat-note">{note}</div>}
  </div>
);
