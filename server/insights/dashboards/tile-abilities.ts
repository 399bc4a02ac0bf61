// What somebody must be able to see to put a figure on a board, or to give it to people outside.
import { isDeepStrictEqual } from "node:util";
import { can, type Actor } from "#platform/access";
import { httpErrors } from "#platform/http";
import { asksTraits } from "#customers";
import { isFactTile, type Tile } from "./tiles.contract.ts";

/** Refuses tiles whose figures somebody may not see: a link or a mail would tell them.
 *  @throws not_allowed */
export const requireTiles = (actor: Actor, tiles: readonly Tile[]): void => {
  const missing = tiles.flatMap(listAbilities).find((ability) => !can(actor, ability));
  if (missing !== undefined) throw httpErrors.refuse("not_allowed", `A tile of the dashboard also needs the ability "${missing}", which you do not have here. Leave the tile out, or ask an admin of the workspace.`, { ability: missing });
};

/** The same for tiles that are to be saved: those that were there before, wherever they lay, may stay.
 *  @throws not_allowed */
export const requireNewTiles = (actor: Actor, tiles: readonly Tile[], before: readonly Tile[]): void =>
  requireTiles(actor, tiles.filter((tile) => !before.some((one) => isDeepStrictEqual({ ...one, place: null }, { ...tile, place: null }))));

/** Whether a tile tells something by traits of customers. */
export const tellsTraits = (tile: Tile): boolean => tile.chart !== "note" && (asksTraits({ split: "split" in tile ? tile.split : undefined }) || asksTraits(tile.filters));

/** Whether it tells of needs from facts. */
export const tellsFacts = (tile: Tile): boolean => tile.chart !== "note" && isFactTile(tile);

/** Whether it lists customers by name, with what happened to them. */
export const listsCases = (tile: Tile): boolean => tile.chart === "answers" && isFactTile(tile);

const listAbilities = (tile: Tile): string[] =>
  tile.chart === "note" ? [] : ["metrics.read", ...(tellsFacts(tile) ? ["need-facts.read"] : []), ...(tellsTraits(tile) || listsCases(tile) ? ["customers.read"] : [])];
