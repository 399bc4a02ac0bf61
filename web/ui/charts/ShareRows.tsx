import type { ReactNode } from "react";
import { formatNumber, formatShare } from "../numbers.ts";
import { useTexts } from "../texts.ts";
import { uiTexts } from "../ui.texts.ts";
import "./share-rows.css";

export type ShareRow = { key: string; label: string; count: number; share: number; low: number | null; high: number | null; second?: number | null };
type ShareRowsProps = {
  label: string;
  /** Heads of the first column, of the count where it is not of answers, and of the second share where rows bring one. */
  head: { name: string; count?: string; second?: string };
  rows: readonly ShareRow[];
  /** How many stand behind every share; under 10 the bars are greyed and their intervals left out. */
  count: number;
  link?: (row: ShareRow, label: ReactNode) => ReactNode;
};

const fewest = 10;

/** Shares of one base with their intervals as bands, in a real table. */
export const ShareRows = ({ label, head, rows, count, link }: ShareRowsProps) => {
  const t = useTexts(uiTexts);
  const isFaint = count < fewest;
  return (
    <table className={`share-rows ${isFaint ? "share-rows-faint" : ""}`} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{head.name}</th>
          <th scope="col"><span className="sr-only">{t("intervalHead")}</span></th>
          <th scope="col">{t("share")}</th>
          {head.second !== undefined && <th scope="col">{head.second}</th>}
          <th scope="col">{head.count ?? t("count_of_answers")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{link ? link(row, row.label) : row.label}</th>
            <td className="share-drawing" title={intervalOf(row, t)}>
              <span className="share-track" aria-hidden>
                <i className="share-bar" style={{ width: `${row.share * 100}%` }} />
                {!isFaint && row.low !== null && row.high !== null && (
                  <i className="share-range" style={{ insetInlineStart: `${row.low * 100}%`, width: `${Math.max(0.4, (row.high - row.low) * 100)}%` }} />
                )}
              </span>
              <span className="sr-only">{intervalOf(row, t)}</span>
            </td>
            <td className="share-value">{formatShare(row.share, row.share > 0 && row.share < 0.1 ? 1 : 0)}</td>
            {head.second !== undefined && <td className="share-value">{row.second === null || row.second === undefined ? "–" : formatShare(row.second, 1)}</td>}
            <td className="share-count">{formatNumber(row.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const intervalOf = ({ low, high }: ShareRow, t: typeof uiTexts.say): string =>
  low === null || high === null ? "" : t("interval", { low: formatShare(low, 1), high: formatShare(high, 1) });
