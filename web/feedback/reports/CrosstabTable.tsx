import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Crosstab } from "./reports.data.ts";
import { nameOfColumn } from "./report-words.ts";
import { reportsTexts } from "./reports.texts.ts";

/** Column shares as a table with letters, and the test of the whole below.
 *  @param by what stands across the top, as the address says it */
export const CrosstabTable = ({ crosstab, title, by }: { crosstab: Crosstab; title: string; by: string }) => {
  const t = useTexts(reportsTexts);
  const { columns, lines, chiSquare } = crosstab;
  if (crosstab.count === 0) return <p className="quiet">{t("noCrosstab")}</p>;
  return (
    <>
      <div className="report-scroll" tabIndex={0} role="group" aria-label={title}>
        <table className="report-table report-crosstab">
          <thead>
            <tr>
              <th scope="col"><span className="sr-only">{crosstab.rows.title}</span></th>
              {columns.map((column) => (
                <th key={column.key} scope="col">
                  {nameOfColumn(t, by, column)}
                  <small>{column.isTested ? column.letter : t("untested")}</small>
                </th>
              ))}
              {!crosstab.overlaps && <th scope="col">{t("total")}</th>}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">{line.label}</th>
                {line.cells.map((cell, index) => (
                  <td
                    key={columns[index]?.key} title={formatNumber(cell.count)} className={(columns[index]?.count ?? 0) < 10 ? "report-few" : undefined}
                    style={{ background: `color-mix(in oklab, var(--brand) ${Math.round((cell.share ?? 0) * 38)}%, var(--surface))` }}
                  >
                    {cell.share === null ? "–" : formatShare(cell.share)}
                    {cell.weightedShare !== null && <small>{t("weightedShare")} {formatShare(cell.weightedShare)}</small>}
                    {cell.higherThan !== "" && <sup>{cell.higherThan}</sup>}
                  </td>
                ))}
                {!crosstab.overlaps && <td className="quiet">{line.share === null ? "–" : formatShare(line.share)}{line.weightedShare !== null && <small>{t("weightedShare")} {formatShare(line.weightedShare)}</small>}</td>}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("count")}</th>
              {columns.map((column) => <td key={column.key}>{formatNumber(column.count)}</td>)}
              {!crosstab.overlaps && <td>{formatNumber(crosstab.count)}</td>}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="report-line quiet" role="status">
        {crosstab.overlaps && t("overlaps")}
        {chiSquare !== null && t("chiSquare", { statistic: formatNumber(chiSquare.statistic, 2), degrees: chiSquare.degrees, p: chiSquare.p < 0.0001 ? "< 0.0001" : formatNumber(chiSquare.p, 4), v: formatNumber(chiSquare.cramersV, 2) })}
        {chiSquare !== null && crosstab.isWeighted && ` · ${t("chiSquarePlain")}`}
        {chiSquare !== null && chiSquare.sparseShare > 0.2 && ` · ${t("sparse", { share: formatShare(chiSquare.sparseShare) })}`}
      </p>
    </>
  );
};
