import { can, type Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { maySeeCustomers, requireTrust } from "../metrics/trust.ts";
import { getBoard } from "./dashboards.ts";
import { isFactTile, type AskedOfBoard, type AskedOfTiles, type BoardNumbers, type Tile, type TileNumbers } from "./tiles.contract.ts";
import { tellsTraits } from "./tile-abilities.ts";
import { measureTiles } from "./tile-numbers.ts";

/** The numbers of tiles for whoever asks: without the right to see customers nobody is named, and nothing is told by their traits.
 *  @throws not_allowed */
export const measureTilesFor = async (services: Services, actor: Actor, asked: AskedOfTiles): Promise<BoardNumbers> => {
  requireTrust(actor, asked.filters);
  const seesCustomers = maySeeCustomers(actor);
  const isClosed = (tile: Tile): boolean => !seesCustomers && tellsTraits(tile);
  const isForbidden = (tile: Tile): boolean => tile.chart !== "note" && isFactTile(tile) && !can(actor, "need-facts.read");
  const numbers = await measureTiles(services, actor.workspaceId, { ...asked, tiles: asked.tiles.filter((tile) => !isClosed(tile) && !isForbidden(tile)) }, { seesCustomers });
  const closed = asked.tiles.filter(isClosed).map(({ id }): TileNumbers => ({ state: "excluded", tileId: id, reason: "personal" }));
  const forbidden = asked.tiles.filter((tile) => !isClosed(tile) && isForbidden(tile)).map(({ id }): TileNumbers => ({ state: "failed", tileId: id, code: "not_allowed", message: "This tile also needs the ability \"need-facts.read\", which you do not have here." }));
  return { ...numbers, tiles: [...numbers.tiles, ...closed, ...forbidden] };
};

/** The numbers of a board, or of some of its tiles.
 *  @throws not_found, not_allowed */
export const measureBoard = async (services: Services, actor: Actor, id: string, asked: AskedOfBoard): Promise<BoardNumbers> => {
  const { tiles, period } = await getBoard(services, actor.workspaceId, id);
  const wanted = asked.tileIds === undefined ? tiles : tiles.filter((tile) => asked.tileIds?.includes(tile.id) === true);
  return measureTilesFor(services, actor, { tiles: wanted, filters: asked.filters, isWeighted: asked.isWeighted, period: asked.period ?? { preset: period } });
};
