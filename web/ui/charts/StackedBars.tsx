import type { ReactNode } from "react";
import { formatNumber, formatShare } from "../numbers.ts";
import { useTexts } from "../texts.ts";
import { uiTexts } from "../ui.texts.ts";
import "./stacked-bars.css";

export type StackedPart = { key: string; label: string; count: number; share: number; tone: "good" | "middle" | "bad" };
export type StackedRow = { key: string; label: string; count: number; parts: readonly StackedPart[] };
type StackedBarsProps = {
  label: string;
  /** Worst part first, as they stand from the start of the line. */
  rows: readonly StackedRow[];
  link?: (row: StackedRow, label: ReactNode) => ReactNode;
};

const fewest = 10;
// Narrower parts have no room for their number; it is in the table cell all the same, for whoever cannot see it.
const labelledShare = 0.12;

/** How each group falls into the same parts, in a real table. Under 10 answers the parts are hidden. */
export const StackedBars = ({ label, rows, link }: StackedBarsProps) => {
  const t = useTexts(uiTexts);
  const parts = rows[0]?.parts ?? [];
  return (
    <table className="stacked-rows" aria-label={label}>
      <thead>
        <tr>
          <th scope="col"><span className="sr-only">{t("label")}</span></th>
          <th scope="col">
            <span className="stacked-key">
              {parts.map((part) => <span key={part.key}><i className={`tone-${part.tone}`} aria-hidden />{part.label}</span>)}
            </span>
          </th>
          <th scope="col">{t("count_of_answers")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{link ? link(row, row.label) : row.label}</th>
            <td>{row.count < fewest ? <span className="quiet" title={t("tooFewWhy_of_answers", { count: row.count })}>{t("tooFew")}</span> : <Parts row={row} />}</td>
            <td className="stacked-count">{formatNumber(row.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Parts = ({ row }: { row: StackedRow }) => (
  <>
    <span className="sr-only">{row.parts.map((part) => `${part.label} ${formatShare(part.share)}`).join(", ")}</span>
    <span className="stacked-bar" aria-hidden>
      {row.parts.filter(({ count }) => count > 0).map((part) => (
        <i key={part.key} className={`tone-${part.tone}`} style={{ flexGrow: part.share }} title={`${part.label}: ${formatShare(part.share)}`}>
          {part.share >= labelledShare && <span>{formatShare(part.share)}</span>}
        </i>
      ))}
    </span>
  </>
);
