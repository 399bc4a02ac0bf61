import type { ReadStream } from "node:fs";
import { open, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Services } from "#platform/services";
import { HEAD_BYTES, kindOf } from "./file-kinds.rules.ts";
import type { KnownKind } from "./file-kinds.rules.ts";
import { fileErrors } from "./files.errors.ts";

const folderOf = (services: Services): string => join(services.config.dataDir, "files", "responses");
// The name on the disk is the id: nothing a stranger typed becomes a path.
const pathOf = (services: Services, id: string): string => join(folderOf(services), id);

/** Streams a file to the disk while counting and looking at its first bytes. A broken, too large or unwanted one leaves nothing behind.
 *  @param isTaken whether a kind of file is wanted here
 *  @returns what it is and how large, after it was flushed
 *  @throws file_too_large, file_kind_refused, file_empty */
export const storeFile = async (
  services: Services,
  id: string,
  body: Readable,
  limits: { sizeMaxMb: number; isTaken: (known: KnownKind) => boolean; wanted: string },
): Promise<{ known: KnownKind; sizeBytes: number }> => {
  await mkdir(folderOf(services), { recursive: true });
  const file = await open(pathOf(services, id), "wx", 0o600);
  try {
    let head: Buffer = Buffer.alloc(0);
    let known: KnownKind | null = null;
    let sizeBytes = 0;
    // The request is left standing after a refusal: its sender is to read why, not to find the line cut.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk);
      sizeBytes += bytes.length;
      if (sizeBytes > limits.sizeMaxMb * 1024 ** 2) throw fileErrors.refuse("file_too_large", `The file is larger than ${limits.sizeMaxMb} MB. Send a smaller one.`);
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, bytes]).subarray(0, HEAD_BYTES);
      if (known === null && head.length >= HEAD_BYTES) known = judge(head, limits);
      await file.appendFile(bytes);
    }
    if (sizeBytes === 0) throw fileErrors.refuse("file_empty", "The file is empty.");
    known ??= judge(head, limits);
    await file.sync();
    await file.close();
    return { known, sizeBytes };
  } catch (fault) {
    await file.close();
    await rm(pathOf(services, id), { force: true });
    body.resume();
    throw fault;
  }
};

const judge = (head: Buffer, limits: { isTaken: (known: KnownKind) => boolean; wanted: string }): KnownKind => {
  const known = kindOf(head);
  if (known !== null && limits.isTaken(known)) return known;
  throw fileErrors.refuse("file_kind_refused", `This kind of file is not taken here. Send ${limits.wanted}.`);
};

/** The bytes of a file; null when they are not there. */
export const openFile = async (services: Services, id: string): Promise<ReadStream | null> => {
  const handle = await open(pathOf(services, id)).catch(() => null);
  return handle === null ? null : handle.createReadStream();
};

export const removeFile = (services: Services, id: string): Promise<void> => rm(pathOf(services, id), { force: true });

/** Ids of stored files that nobody wrote to since a time: a crash between bytes and row leaves bytes alone. */
export const listFilesOlderThan = async (services: Services, before: Date): Promise<string[]> => {
  const names = await readdir(folderOf(services)).catch(() => []);
  const old: string[] = [];
  for (const name of names) {
    const found = await stat(pathOf(services, name)).catch(() => null);
    if (found !== null && found.mtime < before && /^[0-9a-f-]{36}$/.test(name)) old.push(name);
  }
  return old;
};
