import type { Log } from "../log/log.ts";
import type { Queryable } from "../db/db.ts";
import type { SecretPlace } from "./sealing.rules.ts";
import { listKeptSecrets, replaceKeptSecrets } from "./secrets.queries.ts";
import type { KeptSecrets, SecretTable } from "./secrets.queries.ts";
import type { Secrets } from "./secrets.ts";

/** A table in which a module keeps secrets; one row may have several. Every store is sealed anew when the key changes. */
export type SecretStore = {
  /** What has the secrets, in one word or two: "review source". */
  name: string;
  placeOf: (row: KeptSecrets) => SecretPlace;
  table: SecretTable;
};

/** Things whose secrets nobody can open any more. */
export type Lost = { store: string; workspaceId: string; id: string; title: string };

const PAGE = 500;

/** Seals what still lies open and what an earlier key sealed, row by row: a run that breaks off goes on with the next.
 *  @returns what cannot be opened; it stays as it is, since the key may come back */
export const sealStores = async (given: { db: Queryable; secrets: Secrets }, stores: readonly SecretStore[]): Promise<Lost[]> => {
  const lost: Lost[] = [];
  for (const store of stores) {
    for (let after: string | null = null, isMore = true; isMore; ) {
      const rows: KeptSecrets[] = await listKeptSecrets(given.db, store.table, { after, limit: PAGE });
      for (const row of rows) if (!(await sealRow(given, store, row))) lost.push({ store: store.name, workspaceId: row.workspaceId, id: row.id, title: row.title });
      after = rows.at(-1)?.id ?? null;
      isMore = rows.length === PAGE;
    }
  }
  return lost;
};

const sealRow = async ({ db, secrets }: { db: Queryable; secrets: Secrets }, store: SecretStore, row: KeptSecrets): Promise<boolean> => {
  const opened = secrets.open(store.placeOf(row), row.secrets);
  if (opened.ok && !secrets.isSealed(row.secrets)) await replaceKeptSecrets(db, store.table, row, secrets.seal(store.placeOf(row), opened.values));
  return opened.ok;
};

/** One line for the log: counts only, since titles may name people. */
export const tellLost = (log: Log, lost: readonly Lost[]): void => {
  if (lost.length === 0) return;
  const counts = Object.fromEntries([...new Set(lost.map(({ store }) => store))].map((store) => [store, lost.filter((one) => one.store === store).length]));
  log.warn({ part: "secrets", counts }, "some passwords and tokens cannot be opened with the keys of this installation: enter them again, or set SECRET_KEY to the earlier key");
};
