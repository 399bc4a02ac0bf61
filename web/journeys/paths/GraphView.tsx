import { Select, Slider, Switch } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { GraphTables } from "./GraphTables.tsx";
import { toPathsQuery, type ViewProps, type EdgeMeasure } from "./paths-search.ts";
import { type GraphReply, useGraph, useTravellers } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import { type ChosenPlace, PlacePanel } from "./PlacePanel.tsx";

const PathGraph = lazy(async () => ({ default: (await import("./PathGraph.tsx")).PathGraph }));


/** What customers did after what, drawn, and the same in tables. */
export const GraphView = ({ search, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const query = toPathsQuery(search);
  const { graph, isMeasured, all } = useGraph(query, search.detail);
  const [place, setPlace] = useState<ChosenPlace | null>(null);
  const [shown, setShown] = useState<EdgeMeasure>("count");
  const [isMoving, setMoving] = useState(false);
  const isStill = useReducedMotion(false, { getInitialValueInEffect: false });
  const travellers = useTravellers(isMoving && !isStill ? query : null).data?.travellers ?? [];
  if (graph.data === undefined) return <Loading kind="page" />;
  const { data } = graph;
  return (
    <>
      <Card className="paths-card" title={t("graphTitle")} subtitle={sayTotals(t, data)}>
        <div className="paths-tools">
          <div className="paths-detail">
            <span id="paths-detail-label" title={t("detailHint")}>{t("detail")}</span>
            <DetailSlider value={search.detail} onChange={(detail) => onChange({ detail: String(detail) })} />
          </div>
          <Select size="xs" label={t("edgesShow")} value={shown} onChange={(one) => setShown(one === "medianS" || one === "customers" ? one : "count")} allowDeselect={false} data={[{ value: "count", label: t("showCount") }, { value: "medianS", label: t("showMedian") }, { value: "customers", label: t("showCustomers") }]} />
          <Switch size="xs" label={t("animate")} title={t(isStill ? "animateStill" : "animateHint")} checked={isMoving && !isStill} disabled={isStill} onChange={(event) => setMoving(event.currentTarget.checked)} />
          <ul className="paths-key" aria-label={t("feelingKey")}>
            {(["good", "middle", "bad", "unmeasured"] as const).map((mood) => <li key={mood}><i className={`mood-${mood}`} aria-hidden />{t(mood)}</li>)}
          </ul>
        </div>
        <p className="sr-only">{t("graphKeys")}</p>
        <Suspense fallback={<Loading kind="card" />}>
          <PathGraph graph={data} shown={isMeasured ? shown : "count"} travellers={travellers} onOpen={setPlace} />
        </Suspense>
        <p className="quiet paths-note" role="status">
          {!isMeasured && !all.isError && `${t("measuring")} `}
          {data.leftOut.names + data.leftOut.edges > 0 && `${t("leftOut", { names: formatNumber(data.leftOut.names), edges: formatNumber(data.leftOut.edges), share: formatShare(data.leftOut.transitions / Math.max(1, data.totals.transitions), 1) })} `}
          {data.totals.ofNobody !== null && data.totals.ofNobody > 0 && t("ofNobody", { count: data.totals.ofNobody })}
        </p>
        {all.isError && <ErrorState error={all.error} onRetry={() => void all.refetch()} />}
      </Card>
      <GraphTables graph={data} onOpen={setPlace} />
      {place !== null && query !== null && <PlacePanel place={place} query={query} onClose={() => setPlace(null)} onFilter={(patch) => { setPlace(null); onChange(patch); }} />}
    </>
  );
};

const sayTotals = (t: typeof pathsTexts.say, { totals }: GraphReply): string => {
  const said = { steps: formatNumber(totals.steps), paths: formatNumber(totals.paths) };
  return totals.customers === null ? t("graphHintPaths", said) : t("graphHint", { ...said, count: totals.customers });
};

// The graph is drawn anew when the slider is let go: on the way it would only flicker.
const DetailSlider = ({ value, onChange }: { value: number; onChange: (value: number) => void }) => {
  const [moved, setMoved] = useState<number | null>(null);
  // The address says it by now; not remounted, or each arrow key would lose the focus.
  if (moved === value) setMoved(null);
  return <Slider size="sm" min={0.1} max={1} step={0.1} value={moved ?? value} onChange={setMoved} onChangeEnd={onChange} label={(one) => formatShare(one)} thumbProps={{ "aria-labelledby": "paths-detail-label" }} />;
};
