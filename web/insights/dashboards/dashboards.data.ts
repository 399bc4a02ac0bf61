import type { OwnedBoard as Board, OwnedBoardHead as BoardHead } from "@firsthand/server/insights/dashboards/board-access.contract";
import type { SaveBoardBody, Template, Vocabulary } from "@firsthand/server/insights/dashboards/dashboards.contract";
import type { BoardNumbers, ChartName, FactKey, Measured, MeasuredTile, PeriodChoice, Place, PresetName, Tile, TileFilters, TileMetric, TileNumbers } from "@firsthand/server/insights/dashboards/tiles.contract";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { queryClient } from "../../shell/queries.ts";
import { useSurveyNames } from "../metrics/custom-metrics.data.ts";
import { useMembers, useSegments, useTeams } from "../metrics/metrics.data.ts";

export type { Board, BoardHead, BoardNumbers, ChartName, FactKey, Measured, MeasuredTile, PeriodChoice, Place, PresetName, Template, Tile, TileFilters, TileMetric, TileNumbers, Vocabulary };
export type Above = { period: PeriodChoice; filters: TileFilters };
/** What is asked of a board: `isWeighted` all of it by weights, whatever its tiles say. */
type AskedAbove = Above & { isWeighted?: boolean };
export type SplitName = Extract<Tile, { chart: "bars" }>["split"];
type TemplatesReply = { items: Template[] } & Vocabulary;

const all = ["dashboards"] as const;
// Beside the figures of Home, so that whatever refreshes those refreshes these.
const numbers = ["metrics", "dashboards"] as const;

export const useBoards = () => {
  useLive(["dashboard.created", "dashboard.changed", "dashboard.deleted", "dashboard.restored"], () => void refreshBoards());
  return useQuery({ queryKey: [...all, "list"], queryFn: ({ signal }) => api.get<{ items: BoardHead[] }>("/api/dashboards", { signal }) });
};

export const useBoard = (id: string) => {
  useLive(["dashboard.changed", "dashboard.deleted", "dashboard.restored"], () => void refreshBoards());
  return useQuery({ queryKey: [...all, id], queryFn: ({ signal }) => api.get<Board>(`/api/dashboards/${id}`, { signal }) });
};

/** Templates, and the metrics and splits that tiles can show. */
export const useTemplates = () =>
  useQuery({ queryKey: [...all, "templates"], queryFn: ({ signal }) => api.get<TemplatesReply>("/api/dashboard-templates", { signal }), staleTime: Number.POSITIVE_INFINITY });

/** Names of what tiles are narrowed to by id: segments, teams, members, surveys. Only lists that are needed are asked for. */
export const useNamesOfFilters = (tiles: readonly Tile[]): ReadonlyMap<string, string> => {
  const isIn = (...names: readonly string[]): boolean => tiles.some((tile) => tile.chart !== "note" && Object.entries(tile.filters).some(([name, values]) => names.includes(name) && values.length > 0));
  const lists = [useSegments(isIn("segment", "persona")), useTeams(isIn("team")), useMembers(isIn("member")), useSurveyNames(isIn("survey"))];
  return new Map(lists.flatMap(({ data }) => data?.items ?? []).map(({ id, name }) => [id, name] as const));
};

/** The numbers of a board as it was saved. */
export const useBoardNumbers = ({ id, version }: Pick<Board, "id" | "version">, above: AskedAbove, isNeeded = true) =>
  useQuery({
    queryKey: [...numbers, id, version, above],
    queryFn: ({ signal }) => api.post<BoardNumbers>(`/api/dashboards/${id}/data`, above, { signal }),
    placeholderData: keepPreviousData,
    enabled: isNeeded,
  });

/** The numbers of tiles that are not saved yet. */
export const useTileNumbers = (tiles: readonly Tile[], above: Above) => {
  const asked = tiles.map((tile) => ({ ...tile, title: "", place: irrelevantPlace }));
  return useQuery({
    queryKey: [...numbers, "tiles", asked, above],
    queryFn: ({ signal }) => api.post<BoardNumbers>("/api/dashboards/data", { ...above, tiles: asked }, { signal }),
    placeholderData: keepPreviousData,
    enabled: asked.length > 0,
  });
};

// Where a tile stands and what it is called does not change its numbers.
const irrelevantPlace: Place = { x: 0, y: 0, w: 1, h: 1 };

type NewBoard = { name?: string; templateId?: string; period?: PresetName; tiles?: readonly Tile[] };

export const useBoardVerbs = () => {
  const create = useMutation({ mutationFn: (given: NewBoard) => api.post<Board>("/api/dashboards", given), onSuccess: refreshBoards });
  const save = useMutation({
    mutationFn: ({ id, ...body }: { id: string } & SaveBoardBody) => api.patch<Board>(`/api/dashboards/${id}`, body),
    onSuccess: (board) => {
      queryClient.setQueryData([...all, board.id], board);
      return refreshBoards();
    },
  });
  return {
    create: create.mutateAsync,
    save: save.mutateAsync,
    isSaving: save.isPending,
    duplicate: async (id: string): Promise<Board> => done(await api.post<Board>(`/api/dashboards/${id}/copies`)),
    remove: async (id: string): Promise<void> => done(await api.delete<undefined>(`/api/dashboards/${id}`)),
    restore: async (id: string): Promise<Board> => done(await api.post<Board>(`/api/dashboards/${id}/restoration`)),
    order: async (ids: readonly string[]): Promise<void> => done(await api.put<undefined>("/api/dashboards/order", { ids })),
  };
};

const done = async <Reply>(reply: Reply): Promise<Reply> => {
  await refreshBoards();
  return reply;
};

export const refreshBoards = (): Promise<void> => queryClient.invalidateQueries({ queryKey: all });
