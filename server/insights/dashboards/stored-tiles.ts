import { z } from "zod";
import { place, tile, type Tile } from "./tiles.contract.ts";

const lost = z.object({ id: z.uuid(), place });

/** Reads the tiles of a stored board. One that no longer fits its schema, because what it showed is gone, becomes a note that
 *  says so in its place; the others stay as they are. */
export const readTiles = (stored: unknown): Tile[] =>
  z.array(z.unknown()).parse(stored).flatMap((one): Tile[] => {
    const read = tile.safeParse(one);
    if (read.success) return [read.data];
    const rest = lost.safeParse(one);
    return rest.success ? [{ chart: "note", title: "", text: "This tile showed something that is no longer there. Remove it, or put another in its place.", ...rest.data }] : [];
  });
