import { Select, Slider, Switch } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { Suspense, useMemo, useRef, useState } from "react";
import type { Search } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Former } from "../../ui/Former.tsx";
import { loadable } from "../../ui/loadable.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { GraphTables } from "./GraphTables.tsx";
import { patchFor } from "./path-filters.ts";
import { NotNamed } from "./NotNamed.tsx";
import { type EdgeMeasure, edgeMeasures, toPathsQuery, type ViewProps } from "./paths-search.ts";
import { type GraphReply, useGraph, useTravellers } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import { type ChosenPlace, PlacePanel } from "./PlacePanel.tsx";
import { TravelBar } from "./TravelBar.tsx";
import type { Mover } from "./TravellerDots.tsx";

// Fetched beside the figures it draws, not after them.
const { Part: PathGraph, load } = loadable(async () => (await import("./PathGraph.tsx")).PathGraph);
load().catch(() => undefined);

/** What customers did after what, drawn, and the same in tables. */
export const GraphView = ({ search, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const raw: Search = useSearch({ strict: false });
  const query = toPathsQuery(search);
  // The picture first: what is measured besides keeps the machine busy, and the tables beneath it hold a hundred rows.
  const [isDrawn, setDrawn] = useState(false);
  const { data, isFormer, isMeasured, all } = useGraph(query, search.detail, isDrawn);
  const [place, setPlace] = useState<ChosenPlace | null>(null);
  const [shown, setShown] = useState<EdgeMeasure>("count");
  const [isMoving, setMoving] = useState(false);
  const mover = useRef<Mover | null>(null);
  const mayName = useAbility("customers.read");
  const moving = useTravellers(isMoving ? query : null);
  const travellers = useMemo(() => (isMoving ? (moving.data?.travellers ?? []).filter(({ steps }) => steps.length > 1) : []), [isMoving, moving.data]);
  if (data === undefined) return <Loading kind="page" />;
  return (
    <Former is={isFormer}>
      <Card className="paths-card" title={t("graphTitle")} subtitle={sayTotals(t, data)}>
        <GraphTools detail={search.detail ?? data.detail} shown={shown} onShow={setShown} isMoving={isMoving} onMove={setMoving} onChange={onChange} />
        <p className="sr-only">{t("graphKeys")}</p>
        <Suspense fallback={<Loading kind="card" />}>
          <PathGraph graph={data} shown={isMeasured ? shown : "count"} travellers={travellers} mover={mover} onOpen={setPlace} onDrawn={() => setDrawn(true)} />
        </Suspense>
        {isMoving && moving.isError && <ErrorState error={moving.error} onRetry={() => void moving.refetch()} />}
        {isMoving && moving.isSuccess && travellers.length === 0 && (mayName ? <p className="quiet">{t("nobodyMoves")}</p> : <NotNamed />)}
        {travellers.length > 0 && <TravelBar customers={travellers.length} longest={Math.max(...travellers.map(({ steps }) => steps.length))} mover={mover} />}
        <p className="quiet paths-note" role="status">
          {!isMeasured && !all.isError && `${t("measuring")} `}
          {data.leftOut.names > 0 && `${t("leftOutNames", { count: data.leftOut.names })} `}
          {data.leftOut.edges > 0 && `${t("leftOut", { count: data.leftOut.edges, share: formatShare(data.leftOut.transitions / Math.max(1, data.totals.transitions), 1) })} `}
          {data.totals.ofNobody !== null && data.totals.ofNobody > 0 && t("ofNobody", { count: data.totals.ofNobody })}
        </p>
        {all.isError && <ErrorState error={all.error} onRetry={() => void all.refetch()} />}
      </Card>
      {isDrawn && <GraphTables graph={data} onOpen={setPlace} />}
      {place !== null && query !== null && <PlacePanel place={place} query={query} filters={search.filters} onClose={() => setPlace(null)} onFilter={(filter) => { setPlace(null); onChange(patchFor(raw, null, filter), { replace: false }); }} />}
    </Former>
  );
};

const measureLabels = { count: "showCount", medianS: "showMedian", meanS: "showMean", p90S: "showP90", customers: "showCustomers" } as const;

type GraphToolsProps = Pick<ViewProps, "onChange"> & { detail: number; shown: EdgeMeasure; onShow: (shown: EdgeMeasure) => void; isMoving: boolean; onMove: (isMoving: boolean) => void };

const GraphTools = ({ detail, shown, onShow, isMoving, onMove, onChange }: GraphToolsProps) => {
  const t = useTexts(pathsTexts);
  return (
    <div className="paths-tools">
      <div className="paths-detail">
        <span id="paths-detail-label" title={t("detailHint")}>{t("detail")}</span>
        <DetailSlider value={detail} onChange={(chosen) => onChange({ detail: String(chosen) })} />
      </div>
      <Select size="xs" label={t("edgesShow")} value={shown} onChange={(one) => onShow(edgeMeasures.find((known) => known === one) ?? "count")} allowDeselect={false} data={edgeMeasures.map((one) => ({ value: one, label: t(measureLabels[one]) }))} />
      <Switch size="xs" label={t("animate")} title={t("animateHint")} checked={isMoving} onChange={(event) => onMove(event.currentTarget.checked)} />
      <ul className="paths-key" aria-label={t("feelingKey")}>
        {(["good", "middle", "bad", "unmeasured"] as const).map((mood) => <li key={mood}><i className={`mood-${mood}`} aria-hidden />{t(mood)}</li>)}
        <li>{t("beginsKey")}</li>
        <li>{t("endsKey")}</li>
      </ul>
    </div>
  );
};

const sayTotals = (t: typeof pathsTexts.say, { totals }: GraphReply): string => {
  const said = { steps: totals.steps, paths: totals.paths };
  return totals.customers === null ? t("graphHintPaths", said) : t("graphHint", { ...said, count: totals.customers });
};

// The graph is drawn anew when the slider is let go: on the way it would only flicker.
const DetailSlider = ({ value, onChange }: { value: number; onChange: (value: number) => void }) => {
  const [moved, setMoved] = useState<number | null>(null);
  // The address says it by now; not remounted, or each arrow key would lose the focus.
  if (moved === value) setMoved(null);
  return <Slider size="sm" min={0.1} max={1} step={0.1} value={moved ?? value} onChange={setMoved} onChangeEnd={onChange} label={(one) => formatShare(one)} thumbValueText={(one) => formatShare(one)} thumbProps={{ "aria-labelledby": "paths-detail-label" }} />;
};
