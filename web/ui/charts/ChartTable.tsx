type ChartTableProps = { caption: string; head: readonly string[]; rows: readonly (readonly (string | number)[])[] };

/** The numbers behind a drawing, for those who cannot see it. */
export const ChartTable = ({ caption, head, rows }: ChartTableProps) => (
  <table className="sr-only">
    <caption>{caption}</caption>
    <thead>
      <tr>
        {head.map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row, index) => (
        <tr key={index}>
          {row.map((cell, column) => (column === 0 ? <th key={column} scope="row">{cell}</th> : <td key={column}>{cell}</td>))}
        </tr>
      ))}
    </tbody>
  </table>
);
