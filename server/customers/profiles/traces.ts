import type { Queryable } from "#platform/db";
import { enqueue } from "#platform/jobs";
import type { Identifier } from "../identity/identifiers.rules.ts";
import * as queries from "./traces.queries.ts";
import { entriesOfPayload, namesAnyOf, needlesFor, type Entry } from "./traces.rules.ts";

const BATCH = 200;

export type ErasedTraces = { deadLetters: number; refusedRows: number; files: number };

/** Erases what names a person outside facts and feelings: refused events, refused rows of imports, and the uploaded files.
 *  @param person `identifiers` that are theirs alone; `importIds` of imports that brought facts or feelings of theirs */
export const eraseTraces = async (tx: Queryable, workspaceId: string, person: { identifiers: readonly Identifier[]; importIds: readonly string[] }): Promise<ErasedTraces> => {
  const deadLetters = await eraseLetters(tx, workspaceId, person.identifiers);
  const refused = await eraseRefusedRows(tx, workspaceId, person.identifiers);
  const importIds = await queries.forgetFilesOf(tx, workspaceId, [...person.importIds, ...refused.importIds]);
  // A job: the files go only when all of this is committed, and go even when this server stops right after.
  if (importIds.length > 0) await enqueue(tx, "imports.remove-files", { importIds, workspaceId });
  return { deadLetters, refusedRows: refused.count, files: importIds.length };
};

const eraseLetters = async (tx: Queryable, workspaceId: string, identifiers: readonly Identifier[]): Promise<number> => {
  const needles = needlesFor(identifiers);
  let count = 0;
  let after: string | null = null;
  for (;;) {
    const letters: { id: string; payload: string }[] = await queries.listLettersWith(tx, workspaceId, { needles, after, limit: BATCH });
    const found = letters.filter((letter) => namesAnyOf(entriesOfLetter(letter.payload), identifiers));
    await queries.deleteLetters(tx, workspaceId, found.map((letter) => letter.id));
    count += found.length;
    after = letters.at(-1)?.id ?? null;
    if (letters.length < BATCH) return count;
  }
};

// What is not JSON is taken apart at everything that can stand around an identifier.
const entriesOfLetter = (payload: string): Entry[] => {
  try {
    return entriesOfPayload(JSON.parse(payload));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return payload.split(/[\s"'`,;<>{}[\]()=]+/).map((text) => ({ path: [], text, isIdentity: true }));
  }
};

const eraseRefusedRows = async (tx: Queryable, workspaceId: string, identifiers: readonly Identifier[]): Promise<{ count: number; importIds: string[] }> => {
  const needles = needlesFor(identifiers);
  const importIds = new Set<string>();
  let count = 0;
  let after: queries.RefusedRow | null = null;
  for (;;) {
    const rows: queries.RefusedRow[] = await queries.listRefusedRowsWith(tx, workspaceId, { needles, after, limit: BATCH });
    const found = rows.filter((row) => namesAnyOf(entriesOfRow(row), identifiers));
    await queries.deleteRefusedRows(tx, workspaceId, found);
    for (const row of found) importIds.add(row.importId);
    count += found.length;
    after = rows.at(-1) ?? null;
    if (rows.length < BATCH) return { count, importIds: [...importIds] };
  }
};

const entriesOfRow = ({ cells, customerColumns }: queries.RefusedRow): Entry[] =>
  Object.entries(cells).map(([column, text]) => ({ path: [column], text, isIdentity: customerColumns.includes(column) }));
