import type { Services } from "#platform/services";
import { getBoard } from "./dashboards.ts";
import type { AskedOfBoard, BoardNumbers } from "./tiles.contract.ts";
import { measureTiles } from "./tile-numbers.ts";

/** The numbers of a board, or of some of its tiles. */
export const measureBoard = async (services: Services, workspaceId: string, id: string, asked: AskedOfBoard): Promise<BoardNumbers> => {
  const { tiles, period } = await getBoard(services, workspaceId, id);
  const wanted = asked.tileIds === undefined ? tiles : tiles.filter((tile) => asked.tileIds?.includes(tile.id) === true);
  return measureTiles(services, workspaceId, { tiles: wanted, filters: asked.filters, period: asked.period ?? { preset: period } });
};
