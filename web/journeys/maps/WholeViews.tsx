import type { Search } from "../../shell/search.ts";
import { DifferenceView } from "./DifferenceView.tsx";
import type { MapColumn } from "./grid.rules.ts";
import type { MapSearch } from "./map-search.ts";
import type { JourneyMap } from "./maps.data.ts";
import { PresentMode } from "./PresentMode.tsx";
import { Sheets } from "./Sheets.tsx";

type WholeViewsProps = { map: JourneyMap; view: NonNullable<MapSearch["view"]>; search: MapSearch; change: (patch: Search) => void; columns: readonly MapColumn[] };

/** The map looked at in another way than to be drawn. */
export const WholeViews = ({ map, view, search, change, columns }: WholeViewsProps) => {
  const leave = (): void => change({ view: undefined });
  switch (view) {
    case "difference": return <DifferenceView map={map} />;
    case "present": return <PresentMode map={map} columns={columns} customerId={search.customer} onLeave={leave} />;
    case "sheets": return <Sheets map={map} columns={columns} period={search.period} customerId={search.customer} onLeave={leave} />;
  }
};
