import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { Services } from "#platform/services";
import type { ImportRow } from "./imports.queries.ts";
import { listRefusals } from "./refusals.queries.ts";

const pageRows = 1_000;

/** The refused rows as CSV with their reasons, streamed. Cells that a spreadsheet would run as a formula are defused by an apostrophe. */
export const refusedRowsAsCsv = (services: Services, row: ImportRow): Readable => {
  const columns = row.mapping.columns.map(({ column }) => column);
  const csv = stringify({ bom: true, escape_formulas: true, record_delimiter: "windows" });
  return Readable.from(listRecords(services, row, columns)).pipe(csv);
};

async function* listRecords(services: Services, row: ImportRow, columns: readonly string[]): AsyncGenerator<string[]> {
  yield ["row", "code", "reason", ...columns];
  let after = 0;
  for (;;) {
    const refusals = await listRefusals(services.db, { workspaceId: row.workspaceId, importId: row.id, after, limit: pageRows });
    for (const refusal of refusals) yield [String(refusal.rowNumber), refusal.code, refusal.reason, ...columns.map((column) => refusal.cells[column] ?? "")];
    const last = refusals.at(-1);
    if (last === undefined || refusals.length < pageRows) return;
    after = last.rowNumber;
  }
}
