import { formatShort } from "../../ui/numbers.ts";

export type HeatTableCell = { key: string; value: number; text?: string; tip: string; isQuiet?: boolean };
export type HeatTableRow = { key: string; label: string; cells: readonly HeatTableCell[] };
type HeatTableProps = {
  label: string;
  /** Says what the rows and columns are. */
  corner: string;
  columns: readonly { key: string; label: string }[];
  rows: readonly HeatTableRow[];
  isNarrow?: boolean;
};

// So that text on a cell passes AA in both themes.
const TINT_MAX = 34;

/** Amounts by two groupings, each cell with its number; colour only repeats what the number says. */
export const HeatTable = ({ label, corner, columns, rows, isNarrow = false }: HeatTableProps) => {
  const most = Math.max(...rows.flatMap(({ cells }) => cells.filter(({ isQuiet }) => isQuiet !== true).map(({ value }) => value)), 1e-9);
  return (
    <div className="channel-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className={`channel-heat ${isNarrow ? "channel-heat-narrow" : ""}`} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => <th key={column.key} scope="col" title={column.label}>{column.label}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" title={row.label}>{row.label}</th>
              {row.cells.map((cell) => (
                <td key={cell.key} title={cell.tip} className={cell.isQuiet === true ? "channel-still" : undefined} style={cell.isQuiet === true ? undefined : { background: tint(cell.value / most) }}>
                  {cell.value === 0 ? "" : (cell.text ?? formatShort(cell.value))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const tint = (share: number): string => `color-mix(in oklab, var(--brand) ${Math.round(share * TINT_MAX)}%, var(--surface))`;
