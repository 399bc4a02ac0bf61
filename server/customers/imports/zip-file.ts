import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { FileFault } from "./file-fault.ts";
import type { ReadLimits } from "./row-source.contract.ts";
import { refuseBomb } from "./text-file.ts";

type Entry = { name: string; method: number; packedBytes: number; headerAt: number };
export type ZipFile = { names: readonly string[]; readEntry: (name: string) => AsyncGenerator<string> };

const endRecord = 0x06054b50;
const entryRecord = 0x02014b50;
const mostEntries = 10_000;
const mostDirectoryBytes = 16 * 1024 ** 2;

/** A zip archive read entry by entry through its directory, so that a workbook's shared texts can be read before the sheet
 *  wherever they stand. Nothing is written to disk, so names with ".." are only names. */
export const openZip = async (path: string, limits: ReadLimits): Promise<ZipFile> => {
  const file = await open(path);
  try {
    const entries = await readDirectory(file);
    return {
      names: [...entries.keys()],
      readEntry: (name) => readEntry(path, entries.get(name), limits),
    };
  } finally {
    await file.close();
  }
};

const readDirectory = async (file: FileHandle): Promise<Map<string, Entry>> => {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - 66_000), Math.min(size, 66_000));
  const at = findEndRecord(tail);
  if (at === null) throw damaged("the list of its parts is missing");
  const count = tail.readUInt16LE(at + 10);
  const length = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count > mostEntries || length > mostDirectoryBytes || offset + length > size) throw damaged("the list of its parts is wrong");
  const directory = await readAt(file, offset, length);
  const entries = new Map<string, Entry>();
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    if (position + 46 > directory.length || directory.readUInt32LE(position) !== entryRecord) throw damaged("the list of its parts is wrong");
    const nameLength = directory.readUInt16LE(position + 28);
    const name = directory.toString("utf8", position + 46, position + 46 + nameLength);
    if ((directory.readUInt16LE(position + 8) & 1) === 1) throw damaged("it is encrypted; save it without a password");
    entries.set(name, {
      name,
      method: directory.readUInt16LE(position + 10),
      packedBytes: directory.readUInt32LE(position + 20),
      headerAt: directory.readUInt32LE(position + 42),
    });
    position += 46 + nameLength + directory.readUInt16LE(position + 30) + directory.readUInt16LE(position + 32);
  }
  return entries;
};

const findEndRecord = (tail: Buffer): number | null => {
  for (let at = tail.length - 22; at >= 0; at -= 1) if (tail.readUInt32LE(at) === endRecord) return at;
  return null;
};

async function* readEntry(path: string, entry: Entry | undefined, limits: ReadLimits): AsyncGenerator<string> {
  if (entry === undefined) throw damaged("a part is missing");
  if (entry.method !== 0 && entry.method !== 8) throw damaged("it is packed in an unknown way");
  if (entry.packedBytes === 0) return;
  const start = await dataStart(path, entry);
  const packed = createReadStream(path, { start, end: start + entry.packedBytes - 1 });
  const stream = entry.method === 8 ? pipeline(packed, createInflateRaw(), () => undefined) : packed;
  const decoder = new TextDecoder("utf-8");
  let total = 0;
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError("A byte stream gave something else than bytes.");
      total += chunk.length;
      refuseBomb(total, entry.packedBytes, limits);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (fault) {
    if (fault instanceof FileFault) throw fault;
    throw damaged(fault instanceof Error ? fault.message : "unknown fault");
  } finally {
    packed.destroy();
    stream.destroy();
  }
}

const dataStart = async (path: string, entry: Entry): Promise<number> => {
  const file = await open(path);
  try {
    const header = await readAt(file, entry.headerAt, 30);
    if (header.length < 30) throw damaged("a part is missing");
    return entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
};

const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position });
  return buffer.subarray(0, bytesRead);
};

const damaged = (what: string): FileFault => new FileFault("file_damaged", `The workbook cannot be read: ${what}.`);
