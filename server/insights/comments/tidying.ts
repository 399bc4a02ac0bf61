import { listLivingPerceptions } from "#customers";
import type { Services } from "#platform/services";
import { deleteReadings, listReadingIds } from "./readings.queries.ts";

const PORTION = 5_000;

/** Forgets what was read in comments that are gone: erased with their customer, or withdrawn with an import. Screens leave them out already,
 *  since a reading shows only beside its comment. */
export const forgetGoneComments = async (services: Services): Promise<void> => {
  for (let after: string | null = null; ; ) {
    const ids: string[] = await listReadingIds(services.db, after, PORTION);
    const last = ids.at(-1);
    if (last === undefined) return;
    const living = new Set(await listLivingPerceptions(services.db, ids));
    const gone = ids.filter((id) => !living.has(id));
    if (gone.length > 0) await deleteReadings(services.db, gone);
    after = last;
  }
};
