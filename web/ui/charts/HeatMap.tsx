import type { ReactNode } from "react";
import { useTexts } from "../texts.ts";
import { uiTexts } from "../ui.texts.ts";
import "./heat-map.css";

export type HeatCell = { key: string; value: number | null; count: number };
export type HeatMapRow = { key: string; label: string; cells: readonly HeatCell[] };
type HeatMapProps = {
  label: string;
  columns: readonly { key: string; label: string }[];
  rows: readonly HeatMapRow[];
  format: (value: number) => string;
  /** The value without a colour, such as the score over all; the further from it, the stronger. */
  middle: number;
  isMoreBetter?: boolean;
  /** What cells are counted in. */
  counted?: "answers" | "cases";
  link?: (row: HeatMapRow, cell: HeatCell, text: ReactNode) => ReactNode;
};

const fewest = 10;
// So that text on a cell passes AA in both themes. Source: measured on the palette, see reference of the design.
const tintMax = 38;

/** Groups against time or other groups, each cell with its number; colour only repeats what the number says. A real table. */
export const HeatMap = ({ label, columns, rows, format, middle, isMoreBetter = true, counted = "answers", link }: HeatMapProps) => {
  const t = useTexts(uiTexts);
  const values = rows.flatMap(({ cells }) => cells.flatMap(({ value, count }) => (value === null || count < fewest ? [] : [Math.abs(value - middle)])));
  const furthest = Math.max(...values, 1e-9);
  return (
    <div className="heat-scroll">
      <table className="heat-map" aria-label={label}>
        <thead>
          <tr>
            <th scope="col"><span className="sr-only">{t("label")}</span></th>
            {columns.map((column) => <th key={column.key} scope="col">{column.label}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {row.cells.map((cell) => {
                if (cell.count === 0) return <td key={cell.key} className="heat-none" />;
                if (cell.value === null || cell.count < fewest)
                  return <td key={cell.key} className="heat-none" title={t(`tooFewWhy_of_${counted}`, { count: cell.count })}><span aria-hidden>·</span><span className="sr-only">{t("tooFew")}</span></td>;
                const text = format(cell.value);
                return (
                  <td key={cell.key} title={t(counted, { count: cell.count })} style={{ background: tint(cell.value - middle, furthest, isMoreBetter) }}>
                    {link ? link(row, cell, text) : text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const tint = (distance: number, furthest: number, isMoreBetter: boolean): string => {
  const isGood = distance > 0 === isMoreBetter;
  return `color-mix(in oklab, var(${isGood ? "--pro" : "--det"}) ${Math.round((Math.abs(distance) / furthest) * tintMax)}%, var(--surface))`;
};
