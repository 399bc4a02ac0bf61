import { Card, Grid } from "../../ui/Card.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { formatChange, formatNumber } from "../../ui/numbers.ts";
import type { Column } from "../../ui/table.ts";
import { useTexts } from "../../ui/texts.ts";
import { moodOf, nameOf, sayTime } from "./path-words.ts";
import type { GraphEdge, GraphNode, GraphReply } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import type { ChosenPlace } from "./PlacePanel.tsx";

type GraphTablesProps = { graph: GraphReply; onOpen: (place: ChosenPlace) => void };

/** Every number of the drawing, to sort and to read aloud. */
export const GraphTables = ({ graph, onOpen }: GraphTablesProps) => {
  const t = useTexts(pathsTexts);
  const node = (id: string): GraphNode | undefined => graph.nodes.find((one) => one.id === id);
  const number = (value: number | null): string => (value === null ? "–" : formatNumber(value));
  const time = (value: number | null): string => (value === null ? "–" : sayTime(value));
  const count = <Row,>(key: string, label: string, value: (row: Row) => number | null, show: (value: number | null) => string): Column<Row> => ({ key, label, align: "end", isSortable: true, value, render: (row) => show(value(row)) });
  const nodeColumns: Column<GraphNode>[] = [
    { key: "name", label: t("step"), isFixed: true, isSortable: true, value: nameOf, render: (row) => nameButton(nameOf(row), row.name === null ? null : () => onOpen({ node: row, previous: null })) },
    count<GraphNode>("count", t("times"), (row) => row.count, number),
    count<GraphNode>("customers", t("customers"), (row) => row.customers, number),
    count<GraphNode>("feeling", t("feeling"), (row) => (moodOf(row) === "unmeasured" ? null : (row.feeling?.mean ?? null)), (value) => (value === null ? "–" : formatChange(value * 100))),
  ];
  const edgeColumns: Column<GraphEdge>[] = [
    { key: "from", label: t("from"), isFixed: true, isSortable: true, value: (row) => nameOf(node(row.from)), render: (row) => nameOf(node(row.from)) },
    { key: "to", label: t("to"), isFixed: true, isSortable: true, value: (row) => nameOf(node(row.to)), render: (row) => nameButton(nameOf(node(row.to)), openEdge(node(row.from), node(row.to), row, onOpen), t("edgeLabel", { from: nameOf(node(row.from)), to: nameOf(node(row.to)), count: formatNumber(row.count) })) },
    count<GraphEdge>("count", t("times"), (row) => row.count, number),
    count<GraphEdge>("customers", t("customers"), (row) => row.customers, number),
    count<GraphEdge>("median", t("median"), (row) => row.medianS, time),
    { ...count<GraphEdge>("p90", t("p90"), (row) => row.p90S, time), isHiddenAtFirst: true },
    { ...count<GraphEdge>("mean", t("mean"), (row) => row.meanS, time), isHiddenAtFirst: true },
  ];
  return (
    <Grid>
      <Card span={5} className="path-tables" title={t("stepsTable")}><DataTable name="path-steps" label={t("stepsTable")} columns={nodeColumns} rows={graph.nodes} rowKey={({ id }) => id} maxHeight={420} /></Card>
      <Card span={7} className="path-tables" title={t("edgesTable")}><DataTable name="path-edges" label={t("edgesTable")} columns={edgeColumns} rows={graph.edges} rowKey={({ id }) => id} maxHeight={420} /></Card>
    </Grid>
  );
};

/** What opens a connection; null where one end stands for many steps. */
export const openEdge = (from: GraphNode | undefined, to: GraphNode | undefined, edge: GraphEdge, onOpen: (place: ChosenPlace) => void): (() => void) | null =>
  from === undefined || to === undefined || from.name === null || to.name === null ? null : () => onOpen({ node: to, previous: { node: from, edge } });

const nameButton = (name: string, open: (() => void) | null, label?: string) => (open === null ? name : <button type="button" className="paths-link" aria-label={label} onClick={open}>{name}</button>);
