import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility, useSession } from "../../shell/session.data.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useAnnotations } from "../annotations/annotations.data.ts";
import { AnswersPanel } from "../metrics/AnswersPanel.tsx";
import { useHomeFilters } from "../metrics/home-filters.ts";
import { shownMetric, toQuery } from "../metrics/home-search.ts";
import { useFreshNumbers } from "../metrics/metrics.data.ts";
import { BoardActions } from "./BoardActions.tsx";
import { BoardEditor } from "./BoardEditor.tsx";
import { BoardGrid } from "./BoardGrid.tsx";
import { aboveOf, type BoardSearch, closedTile, periodOf, readBoardSearch } from "./board-search.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { type Board, type TileNumbers, useBoard, useBoardNumbers, useNamesOfFilters } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { FactTilePanel } from "./FactTilePanel.tsx";
import { SharingPanel } from "./SharingPanel.tsx";
import { openTile, TileLinks } from "./tile-links.ts";
import { answersQuery, createTileStates } from "./tile-states.ts";
import "../metrics/home.css";
import "./dashboards.css";

/** One board: to read, and for who may, to change. */
export const DashboardScreen = () => {
  const t = useTexts(dashboardsTexts);
  const { dashboardId = "" } = useParams({ strict: false });
  const board = useBoard(dashboardId);
  if (board.isPending) return <><PageHeader title={t("title")} /><Loading kind="page" /></>;
  if (board.isError) return <><PageHeader title={t("title")} /><ErrorState error={board.error} onRetry={() => void board.refetch()} /></>;
  return <OpenBoard key={dashboardId} board={board.data} />;
};

const OpenBoard = ({ board }: { board: Board }) => {
  const [search, change] = useTypedSearch(readBoardSearch);
  const mayEdit = useAbility("dashboards.edit") && board.mayChange;
  // There is nothing to read on an empty board, and one thing to do.
  const [editing, setEditing] = useState<Board | null>(mayEdit && board.tiles.length === 0 ? board : null);
  const [isSharing, setSharing] = useState(false);
  const mayShare = useAbility("dashboards.share") && board.mayChange;
  useFreshNumbers();
  const { timeZone } = useSession().workspace;
  const period = periodOf(search, board.period);
  const above = aboveOf(period, search.filters);
  const query = toQuery(period, search.filters);
  const asked = { ...above, isWeighted: search.isWeighted };
  const numbers = useBoardNumbers(board, asked, board.tiles.length > 0 && editing === null);
  const { filters, look } = useHomeFilters({ ...search, metric: shownMetric(search, []) }, query, numbers.data?.tiles.some(carriesWeights) === true);
  const annotations = useAnnotations({ from: period.from, to: period.to });
  const notes = annotations.data?.items ?? [];
  if (editing !== null)
    return <BoardEditor key={editing.version} board={editing} above={above} annotations={notes} timeZone={timeZone} onLeave={() => setEditing(null)} onReload={() => setEditing(board)} />;
  return (
    <>
      <PageHeader
        title={board.name}
        actions={
          <>
            <FilterBar period={period} filters={filters} onChange={change} onLook={look} />
            <BoardActions board={board} onEdit={() => setEditing(board)} onShare={() => setSharing(true)} />
          </>
        }
      />
      <SharingPanel board={board} mayShare={mayShare} above={above} isOpen={isSharing} onClose={() => setSharing(false)} />
      <ActiveFilters filters={filters} onChange={change} />
      <ReadBoard board={board} search={search} numbers={numbers} annotations={notes} timeZone={timeZone} mayEdit={mayEdit} onEdit={() => setEditing(board)} onClose={() => change(closedTile)} />
    </>
  );
};

// Nothing to choose where a tile is weighted already, or all answers weigh the same.
const carriesWeights = (numbers: TileNumbers): boolean =>
  numbers.state === "measured" && !numbers.isWeighted && [numbers.summary, ...(numbers.trend?.points ?? []), ...(numbers.breakdown?.groups ?? [])].some((part) => part?.weighted != null);

type ReadBoardProps = {
  board: Board; search: BoardSearch; numbers: ReturnType<typeof useBoardNumbers>; annotations: Parameters<typeof BoardGrid>[0]["annotations"]; timeZone: string; mayEdit: boolean; onEdit: () => void; onClose: () => void;
};

const ReadBoard = ({ board, search, numbers, annotations, timeZone, mayEdit, onEdit, onClose }: ReadBoardProps) => {
  const t = useTexts(dashboardsTexts);
  const names = useNamesOfFilters(board.tiles);
  if (board.tiles.length === 0) return <EmptyState title={t("emptyBoard")} body={t("emptyBoardBody")} {...(mayEdit ? { action: { label: t("edit"), onClick: onEdit } } : {})} />;
  return (
    <TileLinks value={openTile}>
      <BoardGrid name={t("board", { name: board.name })} tiles={board.tiles} stateOf={createTileStates(numbers)} annotations={annotations} timeZone={timeZone} names={names} />
      <FactTilePanel numbers={numbers.data} search={search} onClose={onClose} />
      <AnswersPanel open={search.open} query={answersQuery(numbers.data, search.tile)} onClose={onClose} />
    </TileLinks>
  );
};
