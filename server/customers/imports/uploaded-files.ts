import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Services } from "#platform/services";
import { importsErrors } from "./imports.errors.ts";

const folderOf = (services: Services): string => join(services.config.dataDir, "files", "imports");

/** Where the file of an import lies. The name is the id, so nothing a stranger typed becomes a path. */
export const pathOfUpload = (services: Services, importId: string): string => join(folderOf(services), importId);

/** Streams an upload to disk while counting and hashing it. A broken or too large upload leaves no file.
 *  @returns bytes and SHA-256 of what was stored, after it was flushed to the disk */
export const storeUpload = async (services: Services, importId: string, body: Readable): Promise<{ bytes: number; hash: string }> => {
  await mkdir(folderOf(services), { recursive: true });
  const path = pathOfUpload(services, importId);
  const limitMb = services.config.uploadLimitMb;
  const hash = createHash("sha256");
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > limitMb * 1024 ** 2) done(importsErrors.refuse("import_too_large", `The file is larger than ${limitMb} MB. Import it in parts, or raise UPLOAD_LIMIT_MB.`));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(body, counting, createWriteStream(path, { flush: true, mode: 0o600 }));
  } catch (fault) {
    await rm(path, { force: true });
    throw fault;
  }
  return { bytes, hash: hash.digest("hex") };
};

export const removeUpload = (services: Services, importId: string): Promise<void> => rm(pathOfUpload(services, importId), { force: true });

/** Ids of stored files that nobody wrote to since a time. */
export const listUploadsOlderThan = async (services: Services, before: Date): Promise<string[]> => {
  const names = await readdir(folderOf(services)).catch(() => []);
  const old: string[] = [];
  for (const name of names) {
    const found = await stat(join(folderOf(services), name)).catch(() => null);
    if (found !== null && found.mtime < before && /^[0-9a-f-]{36}$/.test(name)) old.push(name);
  }
  return old;
};
