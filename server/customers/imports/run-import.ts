import type { Queryable } from "#platform/db";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import type { IdentityLimits } from "../identity/identifiers.rules.ts";
import { limitsOf } from "../identity/limits.ts";
import { deleteByImport, insertInteractions } from "../interactions/interactions.queries.ts";
import { insertPerceptions } from "../perceptions/perceptions.queries.ts";
import { type Conversion, type ConvertedRow, createConverter } from "./convert.rules.ts";
import { createDryRun } from "./dry-run.rules.ts";
import { leaveErasedOut, type AcceptedRow, type RefusedRow } from "./erased-rows.ts";
import { FileFault } from "./file-fault.ts";
import { advanceImport, beginWork, failImport, finishImport, forgetPosition, type ImportRow, resetImport, saveDryRun, saveTotal } from "./imports.queries.ts";
import { insertRefusals, type Refusal } from "./refusals.queries.ts";
import { readLimits, type SourceRow } from "./row-source.contract.ts";
import { readRows } from "./row-source.ts";
import { pathOfUpload } from "./uploaded-files.ts";

const batchRows = 2_000;
const batchPerceptions = 10_000;
/** Rows may be long, and those of a log repeat what they share: two thousand of a megabyte would be more than the server and the database can bear. */
const batchCharacters = 8 * 1024 ** 2;
const undoBatchRows = 5_000;
const mostRefusalsKept = 100_000;
const mostAttempts = 5;
const progressEveryMs = 1_000;

export type Work = { services: Services; row: ImportRow; token: string; identity: IdentityLimits; isStopping: () => boolean };

/** Thrown inside a transaction to roll it back when the import was paused, undone or taken over by another server. */
class WorkTaken extends Error {}

/** Does what an import waits for: checks it, runs it or undoes it, from where it was left.
 *  Faults of the file end it with a reason; other faults are tried again from the saved position, five times without progress. */
export const workOnImport = async (services: Services, id: string, isStopping: () => boolean): Promise<void> => {
  const token = newId();
  const row = await beginWork(services.db, { id, token, at: services.clock.now() });
  if (row === null) return;
  const work: Work = { services, row, token, identity: await limitsOf(services.db, row.workspaceId), isStopping };
  try {
    if (row.state === "checking") await checkImport(work);
    else if (row.state === "undoing") await undoRows(work);
    else await runRows(work);
  } catch (fault) {
    if (fault instanceof WorkTaken) return;
    if (fault instanceof FileFault) await endWithFault(work, { code: fault.code, message: fault.message });
    else if (row.attempts >= mostAttempts) await endWithFault(work, { code: "interrupted", message: "The import stopped several times for an inner fault. Resume it; if it stops again, look into the server's log." });
    else throw fault;
  }
};

const held = (work: Work): { id: string; token: string; at: Date } => ({ id: work.row.id, token: work.token, at: work.services.clock.now() });

const checkImport = async (work: Work): Promise<void> => {
  const { services, row } = work;
  const convert = converterOf(work);
  const tally = createDryRun(row.mapping.columns.map(({ column }) => column));
  await eachRow(work, async (rows) => {
    for (const source of rows) tally.add(source.number, convert(source));
  });
  if (work.isStopping()) return;
  await transaction(services.db, async (tx) => {
    if (!(await saveDryRun(tx, held(work), tally.result()))) throw new WorkTaken();
    await sayProgress(tx, row, "ready");
  });
};

const runRows = async (work: Work): Promise<void> => {
  const { services, row } = work;
  if (row.totalRows === null) await saveTotal(services.db, held(work), await countRows(work));
  if (work.isStopping()) return;
  const run = createRun(work);
  await eachRow(work, async (rows) => {
    for (const source of rows) {
      if (source.number <= row.position) continue;
      run.add(source);
      if (run.isFull()) await run.save();
    }
  });
  if (work.isStopping()) return;
  await run.save();
  await transaction(services.db, async (tx) => {
    if (!(await finishImport(tx, held(work)))) throw new WorkTaken();
    await sayProgress(tx, row, "done");
    await publish(tx, { name: "import.finished", workspaceId: row.workspaceId, payload: { importId: row.id } });
  });
};

const countRows = async (work: Work): Promise<number> => {
  let count = 0;
  await eachRow(work, async (rows) => {
    count += rows.length;
  });
  return count;
};

const eachRow = async (work: Work, visit: (rows: readonly SourceRow[]) => Promise<void>): Promise<void> => {
  for await (const batch of readRows(pathOfUpload(work.services, work.row.id), work.row.mapping.read, readLimits)) {
    await visit(batch.rows);
    if (work.isStopping()) return;
  }
};

const converterOf = ({ services, row, identity }: Work): ((source: SourceRow) => Conversion) =>
  createConverter(row.mapping, {
    workspaceId: row.workspaceId,
    importId: row.id,
    fileHash: row.fileHash,
    uploadedAt: row.createdAt.getTime(),
    now: (row.startedAt ?? services.clock.now()).getTime(),
    identity,
  });

/** Gathers rows and writes them in one transaction together with the position behind them. */
const createRun = (work: Work) => {
  const { services, row } = work;
  const convert = converterOf(work);
  let accepted: AcceptedRow[] = [];
  let refused: RefusedRow[] = [];
  let perceptions = 0;
  let characters = 0;
  let position = row.position;
  let refusedBefore = row.rowsRefused;
  let saidAt = 0;

  const add = (source: SourceRow): void => {
    position = source.number;
    const conversion = convert(source);
    if (conversion.ok) {
      accepted.push({ source, row: conversion.row });
      perceptions += conversion.row.perceptions.length;
      characters += conversion.row.interaction.message?.length ?? 0;
    } else refused.push({ source, problem: conversion.problem });
  };

  const save = async (): Promise<void> => {
    const read = accepted.length + refused.length;
    if (read === 0) return;
    const at = held(work);
    const isSaid = at.at.getTime() - saidAt >= progressEveryMs;
    const write = (batch: { accepted: readonly AcceptedRow[]; refused: readonly RefusedRow[] }): Promise<number> =>
      transaction(services.db, async (tx) => {
        const kept = await leaveErasedOut(tx, { ...row, identity: work.identity }, batch);
        const added = await insertRows(tx, row, kept.accepted.map((one) => one.row));
        const refusals = refusedBefore < mostRefusalsKept ? kept.refused.map(refusalOf) : [];
        await insertRefusals(tx, { workspaceId: row.workspaceId, importId: row.id }, refusals);
        const isMine = await advanceImport(tx, at, {
          position, read, accepted: added.interactions, refused: kept.refused.length, repeated: kept.accepted.length - added.interactions, leftOut: kept.leftOut,
          withoutCustomer: kept.accepted.filter((one) => one.row.interaction.subject === null).length, perceptions: added.perceptions,
        });
        if (!isMine) throw new WorkTaken();
        if (isSaid) await sayProgress(tx, row, "running");
        return kept.refused.length;
      });
    try {
      refusedBefore += await write({ accepted, refused });
    } catch (fault) {
      if (!isFaultOfData(fault)) throw fault;
      const sorted = await sortOutUnstorable(work, accepted);
      refusedBefore += await write({ accepted: sorted.storable, refused: [...refused, ...sorted.refused] });
    }
    if (isSaid) saidAt = at.at.getTime();
    accepted = [];
    refused = [];
    perceptions = 0;
    characters = 0;
  };

  return { add, save, isFull: () => accepted.length + refused.length >= batchRows || perceptions >= batchPerceptions || characters >= batchCharacters };
};

const insertRows = async (tx: Queryable, row: ImportRow, rows: readonly ConvertedRow[]): Promise<{ interactions: number; perceptions: number }> => {
  const interactions = await insertInteractions(tx, row.workspaceId, rows.map((one) => one.interaction));
  const perceptions = await insertPerceptions(tx, row.workspaceId, rows.flatMap((one) => one.perceptions));
  return { interactions: interactions.length, perceptions: perceptions.length };
};

// Classes 22 (data) and 54 (a value too large for an index) are about a row; everything else is about the database.
const isFaultOfData = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && typeof fault.code === "string" && /^(22|54)/.test(fault.code);

/** The database refused a batch for one of its values: each row is tried alone and rolled back, to find out which. */
const sortOutUnstorable = async (work: Work, rows: readonly AcceptedRow[]): Promise<{ storable: AcceptedRow[]; refused: RefusedRow[] }> => {
  const storable: AcceptedRow[] = [];
  const refused: RefusedRow[] = [];
  for (const one of rows) {
    const fault = await transaction(work.services.db, async (tx) => {
      await insertRows(tx, work.row, [one.row]);
      throw new WorkTaken();
    }).catch((caught: unknown) => caught);
    if (fault instanceof WorkTaken) storable.push(one);
    else if (isFaultOfData(fault)) refused.push({ source: one.source, problem: { code: "not_storable", reason: "The database cannot store a value of this row." } });
    else throw fault;
  }
  return { storable, refused };
};

const refusalOf = ({ source, problem }: RefusedRow): Refusal => ({
  rowNumber: source.number,
  code: problem.code,
  reason: problem.reason.toWellFormed(),
  cells: Object.fromEntries([...source.cells].map(([name, cell]) => [name.toWellFormed(), cell.slice(0, 10_000).toWellFormed()])),
});

const undoRows = async (work: Work): Promise<void> => {
  const { services, row } = work;
  // From here on the file counts as unread: should the undo fail half way, resuming brings back all of it and not the rest alone.
  await forgetPosition(services.db, held(work));
  for (;;) {
    const gone = await transaction(services.db, (tx) => deleteByImport(tx, row.workspaceId, row.id, undoBatchRows));
    if (gone === 0) break;
    if (work.isStopping()) return;
  }
  await transaction(services.db, async (tx) => {
    if (!(await resetImport(tx, held(work)))) throw new WorkTaken();
    await sayProgress(tx, row, "undone");
    await publish(tx, { name: "import.undone", workspaceId: row.workspaceId, payload: { importId: row.id } });
  });
};

const endWithFault = (work: Work, fault: { code: string; message: string }): Promise<void> =>
  transaction(work.services.db, async (tx) => {
    await failImport(tx, held(work), fault);
    await sayProgress(tx, work.row, "failed");
  });

const sayProgress = (tx: Queryable, row: ImportRow, state: string): Promise<void> =>
  publish(tx, { name: "import.progressed", workspaceId: row.workspaceId, payload: { importId: row.id, state } });
