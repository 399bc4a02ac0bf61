import { Card } from "../../ui/Card.tsx";
import { ChartTable } from "../../ui/charts/ChartTable.tsx";
import { useRoom } from "../../ui/charts/measure.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Former } from "../../ui/Former.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { drawSankey, fitText } from "./flow-drawing.ts";
import { toPathsQuery, type ViewProps } from "./paths-search.ts";
import { type FlowNode, type FlowReply, useFlow } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";

/** Paths by the number of their steps: a step met again stands in a later column, so that nothing runs in circles. */
export const FlowView = ({ search }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const flow = useFlow(toPathsQuery(search));
  if (flow.isPending) return <Loading kind="page" />;
  if (flow.isError) return <ErrorState error={flow.error} onRetry={() => void flow.refetch()} />;
  return (
    <Former is={flow.isPlaceholderData}>
      <Card title={t("flowTitle")} subtitle={t("flowHint", { count: flow.data.paths })}>
        <Sankey flow={flow.data} />
      </Card>
    </Former>
  );
};

const HEIGHT = 520;
const LEAST_COLUMN = 150;

const Sankey = ({ flow }: { flow: FlowReply }) => {
  const t = useTexts(pathsTexts);
  const [box, { width: room }] = useRoom();
  const columns = Math.max(1, ...flow.nodes.map(({ step }) => step));
  const width = Math.max(room, columns * LEAST_COLUMN);
  const say = ({ name, kind }: Pick<FlowNode, "name" | "kind">): string => name ?? t(kind === "left" ? "left" : "other");
  const nameAt = (id: string): string => {
    const node = flow.nodes.find((one) => one.id === id);
    return node === undefined ? "" : `${t("stepNumber", { number: node.step })}: ${say(node)}`;
  };
  const drawn = drawSankey(flow, { width, height: HEIGHT, top: 22 });
  return (
    <div className="paths-scroll" ref={box} tabIndex={0} role="group" aria-label={t("flowTable")}>
      <svg width={width} height={HEIGHT} role="img" aria-label={t("flowLabel")} className="paths-sankey">
        {drawn.columns.map(({ step, x }) => <text key={step} x={x} y={12} className="chart-text">{t("stepNumber", { number: step })}</text>)}
        {drawn.links.map(({ key, path, thickness, isLeaving }) => <path key={key} d={path} strokeWidth={thickness} className={isLeaving ? "sankey-link sankey-leaving" : "sankey-link"} />)}
        {drawn.nodes.map(({ node, x, y, height }) => (
          <g key={node.id}>
            <title>{t("flowNode", { name: say(node), count: formatNumber(node.paths) })}</title>
            <rect x={x} y={y} width={drawn.nodeWidth} height={height} rx={2} className={`sankey-node sankey-${node.kind}`} />
            {height >= 9 && <text x={x + drawn.nodeWidth + 5} y={y + height / 2} dy="0.35em" className="sankey-text">{fitText(`${say(node)} ${formatNumber(node.paths)}`, drawn.columnWidth - drawn.nodeWidth - 10)}</text>}
          </g>
        ))}
      </svg>
      <ChartTable caption={t("flowTable")} head={[t("from"), t("to"), t("paths")]} rows={flow.links.map(({ from, to, paths }) => [nameAt(from), nameAt(to), formatNumber(paths)])} />
    </div>
  );
};
