import type { UseQueryResult } from "@tanstack/react-query";
import type { Query } from "../../shell/api.ts";
import type { BoardNumbers, Tile } from "./dashboards.data.ts";
import type { TileState } from "./TileBody.tsx";

type Numbers = Pick<UseQueryResult<BoardNumbers>, "data" | "error" | "refetch">;

/** Finds what a tile shows among the numbers that were asked for, the newest first. */
export const createTileStates = (...sources: readonly Numbers[]): ((tile: Tile) => TileState) => {
  const found = new Map(sources.toReversed().flatMap(({ data }) => (data?.tiles ?? []).map((numbers) => [numbers.tileId, numbers] as const)));
  const failed = sources.find(({ error }) => error !== null);
  return ({ id }) => ({ numbers: found.get(id), error: failed?.error ?? null, onRetry: () => sources.forEach((source) => void source.refetch()) });
};

/** What a tile's numbers are about, as a question about the answers behind them. */
export const answersQuery = (numbers: BoardNumbers | undefined, tileId: string | undefined): Query => {
  const tile = numbers?.tiles.find((one) => one.tileId === tileId);
  return tile?.state === "measured" ? { ...tile.asked.period, ...tile.asked.filters } : {};
};
