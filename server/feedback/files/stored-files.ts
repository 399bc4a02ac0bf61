import type { ReadStream } from "node:fs";
import { open, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { newId } from "#platform/db";
import { stripPhoto, typesWithMetadata } from "#platform/http";
import type { Services } from "#platform/services";
import { HEAD_BYTES, kindOf } from "./file-kinds.rules.ts";
import type { KnownKind } from "./file-kinds.rules.ts";
import { fileErrors } from "./files.errors.ts";

const folderOf = (services: Services): string => join(services.config.dataDir, "files", "responses");
// The name on the disk is the id: nothing a stranger typed becomes a path.
const pathOf = (services: Services, id: string): string => join(folderOf(services), id);

type Limits = {
  sizeMaxMb: number;
  /** Whether a kind of file is wanted here. */
  isTaken: (known: KnownKind) => boolean;
  wanted: string;
  /** Whether browsers show it as a picture, which has to have no more pixels than they bear. */
  isShown: boolean;
};

/** Streams a file to the disk while counting and looking at its first bytes; a picture is then stripped of place, time and camera. A broken, too large
 *  or unwanted one leaves nothing behind.
 *  @returns what it is and how large, after it was flushed
 *  @throws file_too_large, file_kind_refused, file_empty, picture_refused */
export const storeFile = async (
  services: Services,
  id: string,
  body: Readable,
  limits: Limits,
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
    const isPhoto = typesWithMetadata.includes(known.contentType);
    return { known, sizeBytes: isPhoto ? await rewriteFile(services, id, (content) => strip(content, known, limits)) : sizeBytes };
  } catch (fault) {
    await file.close();
    await rm(pathOf(services, id), { force: true });
    body.resume();
    throw fault;
  }
};

const judge = (head: Buffer, limits: Limits): KnownKind => {
  const known = kindOf(head);
  if (known !== null && limits.isTaken(known)) return known;
  throw fileErrors.refuse("file_kind_refused", `This kind of file is not taken here. Send ${limits.wanted}.`);
};

const strip = (content: Buffer, { contentType }: KnownKind, limits: Limits): Buffer => {
  const stripped = stripPhoto(content, contentType, limits);
  if (!stripped.ok) throw fileErrors.refuse("picture_refused", refusedFor[stripped.reason]);
  return stripped.content;
};

const refusedFor = {
  no_photo: "The picture is damaged. Send another one.",
  too_many_pixels: "The picture is more than 8,192 pixels wide or high. Send a smaller one.",
};

/** Puts other bytes in the place of those of a file.
 *  @returns how many they are, after they were flushed */
export const rewriteFile = async (services: Services, id: string, change: (content: Buffer) => Buffer): Promise<number> => {
  const content = await readFile(pathOf(services, id));
  const changed = change(content);
  if (changed.equals(content)) return content.length;
  // Under an id of its own: what a crash leaves of it is removed as bytes without a row.
  const beside = pathOf(services, newId());
  await writeFile(beside, changed, { flag: "wx", mode: 0o600, flush: true });
  await rename(beside, pathOf(services, id));
  return changed.length;
};

/** The bytes of a file, and how many; null when they are not there. */
export const openFile = async (services: Services, id: string): Promise<{ bytes: ReadStream; sizeBytes: number } | null> => {
  const handle = await open(pathOf(services, id)).catch(() => null);
  return handle === null ? null : { sizeBytes: (await handle.stat()).size, bytes: handle.createReadStream() };
};

/** Whether the bytes of a file are on the disk.
 *  @throws what else the disk says than that they are not: a fault that passes is no missing file */
export const hasFile = async (services: Services, id: string): Promise<boolean> => {
  try {
    await stat(pathOf(services, id));
    return true;
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return false;
    throw fault;
  }
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
