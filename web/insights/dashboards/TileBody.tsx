import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Annotation } from "../annotations/annotations.data.ts";
import { AnswersTile } from "./AnswersTile.tsx";
import { DistributionTile, HeatTile, StackedTile } from "./BandTile.tsx";
import type { Measured, MeasuredTile, Tile, TileNumbers } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { measureOf } from "./fact-metrics.ts";
import { CasesTile, SpreadTile } from "./FactTiles.tsx";
import { GroupsTile } from "./GroupsTile.tsx";
import { NumberTile } from "./NumberTile.tsx";
import { notesOf } from "./tile-notes.ts";
import { TrendTile } from "./TrendTile.tsx";

export type TileState = { numbers: TileNumbers | undefined; error: unknown; onRetry: () => void };

/** What stands in a tile: its numbers, or why there are none. */
export const TileBody = ({ tile, state, annotations, timeZone }: { tile: Tile; state: TileState; annotations: readonly Annotation[]; timeZone: string }) => {
  const t = useTexts(dashboardsTexts);
  if (tile.chart === "note") return <p className="note-text" dir="auto">{tile.text}</p>;
  const { numbers, error, onRetry } = state;
  if (numbers === undefined) return error === null ? <Loading kind={tile.chart === "number" ? "stat" : "rows"} rows={4} /> : <ErrorState error={error} onRetry={onRetry} />;
  if (numbers.state === "failed") return <ErrorState error={new Error(numbers.message)} onRetry={onRetry} />;
  if (numbers.state === "excluded") return <p className="quiet">{t(numbers.reason === "nothing_to_measure" && measureOf(tile.metric) !== undefined ? "noFacts" : numbers.reason)}</p>;
  return (
    <>
      <Chart tile={tile} numbers={numbers} annotations={annotations} timeZone={timeZone} />
      <Notes notes={notesOf(tile, numbers)} />
    </>
  );
};

// In one line, however much there is to say: a tile is small.
const Notes = ({ notes }: { notes: readonly string[] }) => (notes.length === 0 ? null : <p className="tile-notes" title={notes.join(" · ")}>{notes.join(" · ")}</p>);

const Chart = ({ tile, numbers, annotations, timeZone }: { tile: MeasuredTile; numbers: Measured; annotations: readonly Annotation[]; timeZone: string }) => {
  switch (tile.chart) {
    case "number":
      return <NumberTile tile={tile} numbers={numbers} />;
    case "trend":
      return <TrendTile tile={tile} numbers={numbers} annotations={annotations} />;
    case "bars":
    case "table":
      return <GroupsTile tile={tile} numbers={numbers} />;
    case "stacked":
      return <StackedTile tile={tile} numbers={numbers} />;
    case "heat":
      return <HeatTile tile={tile} numbers={numbers} timeZone={timeZone} />;
    case "distribution":
      return numbers.fact === null ? <DistributionTile tile={tile} numbers={numbers} /> : <SpreadTile tile={tile} numbers={numbers} />;
    case "answers":
      return numbers.fact === null ? <AnswersTile tile={tile} numbers={numbers} /> : <CasesTile tile={tile} numbers={numbers} />;
  }
};
