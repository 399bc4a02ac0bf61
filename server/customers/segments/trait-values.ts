// The values of one trait, searched by their letters.
import { transaction, type Db } from "#platform/db";
import { limitTime, listTraitValuesLike, type TraitValuesAsked } from "./segments.queries.ts";

const STATEMENT_MS = 5_000;
const QUERY_CANCELLED = "57014";
const EVERYBODY_MAX = 1_000_000;
/** What these say is looked up in a moment, whatever else the database holds. */
const NEWEST = 10_000;

/** Values said of everybody, those said most often first; where that takes too long, of whoever was met last.
 *  @throws DatabaseError when even that takes too long */
export const searchTraitValues = async (db: Db, workspaceId: string, asked: TraitValuesAsked, limitMs = STATEMENT_MS): Promise<string[]> => {
  const among = (newest: number): Promise<string[]> =>
    transaction(db, async (tx) => {
      await limitTime(tx, limitMs);
      return listTraitValuesLike(tx, workspaceId, { ...asked, newest });
    });
  try {
    return await among(EVERYBODY_MAX);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === QUERY_CANCELLED) return among(NEWEST);
    throw error;
  }
};
