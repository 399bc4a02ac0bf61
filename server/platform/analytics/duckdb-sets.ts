// Lets a query look at the bits of gathered sets as constants. Read by a part of the query itself they would be joined to its rows, and where such a join
// belongs among others the store guesses badly: some questions took ten times as long.
import type { DuckDBConnection } from "@duckdb/node-api";

const NAMED = /getvariable\('set ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'\)/gu;

/** Runs a query with the sets it names, as they are now.
 *  @throws when one is not kept: the copy was begun anew after it was gathered, and nobody would be in it */
export const withSets = async <Result>(connection: DuckDBConnection, sql: string, work: () => Promise<Result>): Promise<Result> => {
  const ids = [...new Set([...sql.matchAll(NAMED)].flatMap(([, id]) => id ?? []))];
  if (ids.length === 0) return work();
  try {
    for (const id of ids) await connection.run(`set variable "set ${id}" = (select bits from gathered_sets where set_id = cast('${id}' as uuid))`);
    const missing = await connection.runAndReadAll(`select 1 where ${ids.map((id) => `getvariable('set ${id}') is null`).join(" or ")}`);
    if (missing.currentRowCount > 0) throw new Error("who is in a segment has to be looked through again first");
    return await work();
  } finally {
    for (const id of ids) await connection.run(`reset variable "set ${id}"`).catch(() => undefined);
  }
};
