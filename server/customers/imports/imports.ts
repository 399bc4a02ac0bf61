import { Readable } from "node:stream";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Services } from "#platform/services";
import { FileFault } from "./file-fault.ts";
import { faultOfMapping } from "./mapping-check.rules.ts";
import { guessMapping } from "./mapping-guess.rules.ts";
import type { Mapping } from "./mapping.contract.ts";
import type { DateOrders, ImportState } from "./imports.contract.ts";
import { importsErrors } from "./imports.errors.ts";
import { changeState, deleteImport, findImport, type ImportRow, insertImport, saveMapping } from "./imports.queries.ts";
import { wakeImportRunners } from "./import-runner.ts";
import { findDateOrders } from "./date-orders.ts";
import { inspectFile, profilePreview, readPreview, type Preview } from "./inspect-file.ts";
import { readLimits, type ReadSettings } from "./row-source.contract.ts";
import { pathOfUpload, removeUpload, storeUpload } from "./uploaded-files.ts";

/** Stores an upload, finds out what it is and proposes a mapping. Nothing is imported yet.
 *  @param body the bytes as they arrive; a file that is no table is refused and not kept */
export const uploadImport = async (services: Services, actor: Actor, fileName: string, body: unknown): Promise<ImportRow> => {
  if (!(body instanceof Readable)) throw importsErrors.refuse("import_body_missing", "Send the file as the body, with content type application/octet-stream.");
  const id = newId();
  const { bytes, hash } = await storeUpload(services, id, body);
  try {
    const inspection = await readable(() => inspectFile(pathOfUpload(services, id), fileName, readLimits));
    const { mapping, notes } = inspection.guess;
    await insertImport(services.db, {
      id, workspaceId: actor.workspaceId, createdBy: actor.memberId ?? actor.keyId ?? "", fileName, fileBytes: bytes, fileHash: hash,
      mapping, notes, sheets: [...inspection.sheets], at: services.clock.now(),
    });
  } catch (fault) {
    await removeUpload(services, id);
    throw fault;
  }
  return getImport(services, actor, id);
};

export const getImport = async (services: Services, actor: Actor, id: string): Promise<ImportRow> => {
  const row = await findImport(services.db, actor.workspaceId, id);
  if (row === null) throw importsErrors.refuse("import_not_found", "There is no such import.");
  return row;
};

/** The first rows of the file under the saved settings, and how the dates of many more are written. */
export const previewImport = async (services: Services, row: ImportRow): Promise<Preview & { dateOrders: DateOrders | null }> => {
  needFile(row);
  const path = pathOfUpload(services, row.id);
  return readable(async () => ({ ...(await readPreview(path, row.mapping.read, readLimits)), dateOrders: await findDateOrders(services.db, path, row.mapping, readLimits) }));
};

const editable: readonly ImportState[] = ["ready", "failed", "undone"];

/** Changes what the columns mean. Possible until rows are in; an import that ran must be undone first. */
export const changeMapping = async (services: Services, actor: Actor, id: string, mapping: Mapping): Promise<ImportRow> => {
  const row = await getImport(services, actor, id);
  needFile(row);
  const preview = await readable(() => readPreview(pathOfUpload(services, id), mapping.read, readLimits));
  const hasHeader = mapping.read.format === "csv" || mapping.read.format === "xlsx";
  const fault = faultOfMapping(mapping, hasHeader ? preview.columns.map((column) => column.name) : null);
  if (fault !== null) throw importsErrors.refuse(fault.code, fault.message, fault.details);
  return replaceMapping(services, actor, row, mapping, row.notes);
};

/** Reads the file in another way (delimiter, encoding, sheet, header) and proposes a new mapping for the columns it then has. */
export const changeReading = async (services: Services, actor: Actor, id: string, read: ReadSettings): Promise<ImportRow> => {
  const row = await getImport(services, actor, id);
  needFile(row);
  const preview = await readable(() => readPreview(pathOfUpload(services, id), read, readLimits));
  const { mapping, notes } = guessMapping(profilePreview(preview), read, row.fileName);
  return replaceMapping(services, actor, row, mapping, notes);
};

const replaceMapping = async (services: Services, actor: Actor, row: ImportRow, mapping: Mapping, notes: ImportRow["notes"]): Promise<ImportRow> => {
  const given = { workspaceId: actor.workspaceId, id: row.id, from: editable, mapping, notes, at: services.clock.now() };
  if (!(await saveMapping(services.db, given))) throw wrongState(row.state, "Undo the import before you change its mapping.");
  return getImport(services, actor, row.id);
};

/** Counts what an import would do without writing anything. */
export const checkImport = (services: Services, actor: Actor, id: string): Promise<ImportRow> =>
  moveOn(services, actor, id, { from: ["ready", "undone"], to: "checking", needsFile: true, action: null, hint: "Only an import that has not run can be checked." });

/** Starts an import, or goes on with a paused or failed one from the last saved row. */
export const startImport = (services: Services, actor: Actor, id: string): Promise<ImportRow> =>
  moveOn(services, actor, id, { from: ["ready", "paused", "failed", "undone"], to: "queued", needsFile: true, action: "import.started", hint: "It runs or has run already." });

export const pauseImport = (services: Services, actor: Actor, id: string): Promise<ImportRow> =>
  moveOn(services, actor, id, { from: ["queued", "running"], to: "paused", needsFile: false, action: "import.paused", hint: "Only a running import can be paused." });

/** Takes away every fact and feeling an import added; rows that were there before stay. */
export const undoImport = (services: Services, actor: Actor, id: string): Promise<ImportRow> =>
  moveOn(services, actor, id, {
    from: ["queued", "running", "paused", "done", "failed"], to: "undoing", needsFile: false, action: "import.undone", hint: "It has added nothing that could be undone.",
  });

type Move = { from: readonly ImportState[]; to: ImportState; needsFile: boolean; action: string | null; hint: string };

const moveOn = async (services: Services, actor: Actor, id: string, move: Move): Promise<ImportRow> => {
  const row = await getImport(services, actor, id);
  if (move.needsFile) needFile(row);
  await transaction(services.db, async (tx) => {
    const isMoved = await changeState(tx, { workspaceId: actor.workspaceId, id, from: move.from, to: move.to, at: services.clock.now() });
    if (!isMoved) throw wrongState(row.state, move.hint);
    if (move.action !== null) await recordAudit(tx, actor, { action: move.action, subject: id, details: { fileHash: row.fileHash } });
  });
  wakeImportRunners();
  return getImport(services, actor, id);
};

/** Removes an import that holds no rows, with its file. */
export const discardImport = async (services: Services, actor: Actor, id: string): Promise<void> => {
  const row = await getImport(services, actor, id);
  const isGone = await deleteImport(services.db, actor.workspaceId, id, ["ready", "failed", "undone"]);
  if (!isGone) throw wrongState(row.state, "Undo the import before you remove it.");
  await removeUpload(services, id);
};

const needFile = (row: ImportRow): void => {
  if (!row.hasFile) throw importsErrors.refuse("import_file_gone", "The uploaded file is gone: it is removed a week after the import, or when a customer in it is erased. Upload it again.");
};

const wrongState = (state: ImportState, hint: string) =>
  importsErrors.refuse("import_state_wrong", `The import is ${state}. ${hint}`, { state });

const readable = async <Result>(read: () => Promise<Result>): Promise<Result> => {
  try {
    return await read();
  } catch (fault) {
    if (fault instanceof FileFault) throw importsErrors.refuse("import_file_unreadable", fault.message, { reason: fault.code });
    throw fault;
  }
};
