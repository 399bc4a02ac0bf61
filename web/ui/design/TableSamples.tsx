import { DataTable } from "../DataTable.tsx";
import { npsTone, ScoreBadge } from "../ScoreBadge.tsx";
import { notifyDone } from "../notices.tsx";
import { SearchField } from "../SearchField.tsx";
import type { Column } from "../table.ts";
import { rows, type SampleRow } from "./samples.ts";

const columns: readonly Column<SampleRow>[] = [
  { key: "name", label: "Customer", render: (row) => row.name, value: (row) => row.name, isSortable: true, isFixed: true },
  { key: "score", label: "Score", render: (row) => <ScoreBadge score={row.score} tone={npsTone(row.score)} />, value: (row) => row.score, isSortable: true, width: 100 },
  { key: "channel", label: "Channel", render: (row) => row.channel, value: (row) => row.channel, isSortable: true },
  { key: "answers", label: "Answers", render: (row) => row.answers, value: (row) => row.answers, isSortable: true, align: "end", width: 110 },
  { key: "id", label: "Number", render: (row) => row.id, isHiddenAtFirst: true },
];

export const TableSamples = () => (
  <DataTable
    name="design"
    label="5,000 customers"
    columns={columns}
    rows={rows}
    rowKey={(row) => row.id}
    maxHeight={360}
    onOpen={(row) => notifyDone(row.name)}
    toolbar={<SearchField label="Search" value="" onChange={() => undefined} />}
  />
);
