import { narrowToPart } from "../metrics/home-search.ts";
import { OpenedPart } from "../metrics/OpenedPart.tsx";
import { toFactQuery } from "../need-facts/need-facts.data.ts";
import { NeedFactsPanel } from "../need-facts/NeedFactsPanel.tsx";
import type { BoardSearch } from "./board-search.ts";
import type { BoardNumbers } from "./dashboards.data.ts";
import { answersQuery } from "./tile-states.ts";

type FactTilePanelProps = { numbers: BoardNumbers | undefined; search: BoardSearch; onClose: () => void };

/** The course, groups and cases behind a tile of a need from facts, within what the tile is narrowed to. */
export const FactTilePanel = ({ numbers, search, onClose }: FactTilePanelProps) => {
  const { fact, tile } = search;
  const measured = numbers?.tiles.find(({ tileId }) => tileId === tile);
  const isOpen = fact !== null && measured?.state === "measured" && measured.fact?.measure === fact.measure;
  return (
    <NeedFactsPanel measure={isOpen ? measured.fact : null} period={fact === null ? {} : toFactQuery(narrowToPart(answersQuery(numbers, tile), fact))} onClose={onClose}
      head={fact === null ? null : <OpenedPart part={fact} />} />
  );
};
