import { can, type Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { maySeeCustomers, requireTrust } from "#customers";
import { getBoard } from "./dashboards.ts";
import type { AskedOfBoard, AskedOfTiles, BoardNumbers, Tile, TileNumbers } from "./tiles.contract.ts";
import { tellsFacts, tellsTraits } from "./tile-abilities.ts";
import { measureTiles } from "./tile-numbers.ts";

/** The numbers of tiles for whoever asks: without the right to see customers nobody is named, and nothing is told by their traits.
 *  @throws not_allowed */
export const measureTilesFor = async (services: Services, actor: Actor, asked: AskedOfTiles): Promise<BoardNumbers> => {
  requireTrust(actor, asked.filters);
  const standIns = asked.tiles.flatMap((tile) => standInFor(actor, tile) ?? []);
  const closed = new Set(standIns.map(({ tileId }) => tileId));
  const numbers = await measureTiles(services, actor.workspaceId, { ...asked, tiles: asked.tiles.filter(({ id }) => !closed.has(id)) }, { seesCustomers: maySeeCustomers(actor) });
  return { ...numbers, tiles: [...numbers.tiles, ...standIns] };
};

/** What stands where somebody may not see the numbers of a tile; null where they may. */
const standInFor = (actor: Actor, tile: Tile): TileNumbers | null => {
  if (tellsTraits(tile) && !maySeeCustomers(actor)) return { state: "excluded", tileId: tile.id, reason: "personal" };
  if (tellsFacts(tile) && !can(actor, "need-facts.read")) return { state: "failed", tileId: tile.id, code: "not_allowed", message: "This tile also needs the ability \"need-facts.read\", which you do not have here." };
  return null;
};

/** The numbers of a board, or of some of its tiles.
 *  @throws not_found, not_allowed */
export const measureBoard = async (services: Services, actor: Actor, id: string, asked: AskedOfBoard): Promise<BoardNumbers> => {
  const { tiles, period } = await getBoard(services, actor.workspaceId, id);
  const wanted = asked.tileIds === undefined ? tiles : tiles.filter((tile) => asked.tileIds?.includes(tile.id) === true);
  return measureTilesFor(services, actor, { tiles: wanted, filters: asked.filters, isWeighted: asked.isWeighted, period: asked.period ?? { preset: period } });
};
