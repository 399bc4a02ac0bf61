import { Button, MultiSelect, NumberInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { heightOf } from "@firsthand/server/insights/dashboards/board.rules";
import { useSession } from "../../shell/session.data.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { formatMoment } from "../../ui/dates.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { readPeriod } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import { useAnnotations } from "../annotations/annotations.data.ts";
import { useFreshNumbers } from "../metrics/metrics.data.ts";
import { BoardGrid } from "./BoardGrid.tsx";
import { readHomeSearch } from "../metrics/home-search.ts";
import { aboveOf } from "./board-search.ts";
import { type Board, useBoard, useBoardNumbers, useBoards, useNamesOfFilters } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { createTileStates } from "./tile-states.ts";
import "../metrics/home.css";
import "./dashboards.css";
import "./wall.css";

const usualSeconds = 30;
const noFilters = readHomeSearch({}).filters;

const readWall = ({ boards = "", seconds }: Search) => ({
  ids: boards.split(",").filter((id) => id !== ""),
  seconds: Math.min(3600, Math.max(5, Number(seconds) || usualSeconds)),
});

/** Boards on a screen that hangs on a wall: nothing to press, large type, one board after another. */
export const WallScreen = () => {
  const t = useTexts(dashboardsTexts);
  const [{ ids, seconds }, change] = useTypedSearch(readWall);
  const [isOn, setOn] = useState(false);
  const boards = useBoards();
  const start = (): void => {
    setOn(true);
    // A browser may refuse; the wall then fills the window.
    void document.documentElement.requestFullscreen?.().catch(() => undefined);
  };
  if (isOn) return <Wall ids={ids} seconds={seconds} onLeave={() => setOn(false)} />;
  return (
    <>
      <PageHeader title={t("wall")} />
      {boards.isPending ? <Loading kind="rows" /> : boards.isError ? <ErrorState error={boards.error} onRetry={() => void boards.refetch()} /> : boards.data.items.length === 0 ? (
        <EmptyState title={t("none")} action={{ label: t("title"), to: "/dashboards" }} />
      ) : (
        <div className="card wall-form">
          <MultiSelect label={t("wallBoards")} data={boards.data.items.map(({ id, name }) => ({ value: id, label: name }))} value={ids} onChange={(value) => change({ boards: value.join(",") })} />
          <NumberInput label={t("wallSeconds")} min={5} max={3600} value={seconds} onChange={(value) => change({ seconds: String(value) })} />
          <Button onClick={start} disabled={ids.length === 0}>{t("wallStart")}</Button>
        </div>
      )}
    </>
  );
};

const Wall = ({ ids, seconds, onLeave }: { ids: readonly string[]; seconds: number; onLeave: () => void }) => {
  const t = useTexts(dashboardsTexts);
  const navigate = useNavigate();
  const [turn, setTurn] = useState(0);
  useFreshNumbers();
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => void (event.key === "Escape" && onLeave());
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, [onLeave]);
  useAwakeScreen();
  const id = ids[turn % Math.max(1, ids.length)];
  const leave = (): void => {
    onLeave();
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    if (ids.length === 1 && id !== undefined) void navigate({ to: "/dashboards/$dashboardId", params: { dashboardId: id } });
  };
  return (
    <div className="wall" role="region" aria-label={t("wall")}>
      <button type="button" className="wall-leave" aria-label={t("wallLeave")} onClick={leave}><IconX size={18} aria-hidden /></button>
      {id !== undefined && <BoardOnWall key={id} id={id} />}
    </div>
  );
};

const BoardOnWall = ({ id }: { id: string }) => {
  const t = useTexts(dashboardsTexts);
  const board = useBoard(id);
  if (board.isPending) return <Loading kind="page" />;
  // Another board takes its turn soon; a wall has nobody to press a button.
  if (board.isError) return <ErrorState error={board.error} />;
  return <TilesOnWall board={board.data} label={t("board", { name: board.data.name })} />;
};

const TilesOnWall = ({ board, label }: { board: Board; label: string }) => {
  const t = useTexts(dashboardsTexts);
  const { timeZone } = useSession().workspace;
  const period = readPeriod({}, undefined, board.period);
  const numbers = useBoardNumbers(board, aboveOf(period, noFilters), board.tiles.length > 0);
  const names = useNamesOfFilters(board.tiles);
  const annotations = useAnnotations({ from: period.from, to: period.to });
  return (
    <>
      <header className="wall-head">
        <h1 dir="auto">{board.name}</h1>
        {numbers.dataUpdatedAt > 0 && <span>{t("wallAt", { time: formatMoment(new Date(numbers.dataUpdatedAt), timeZone) })}</span>}
      </header>
      <div className="wall-board">
        <BoardGrid name={label} tiles={board.tiles} stateOf={createTileStates(numbers)} annotations={annotations.data?.items ?? []} timeZone={timeZone} names={names} rows={Math.max(1, heightOf(board.tiles))} />
      </div>
    </>
  );
};

/** Asks the machine to leave its screen on. Where it cannot, nothing is lost. */
const useAwakeScreen = (): void => {
  useEffect(() => {
    const asked = "wakeLock" in navigator ? navigator.wakeLock.request("screen").catch(() => null) : Promise.resolve(null);
    return () => void asked.then((lock) => lock?.release());
  }, []);
};
