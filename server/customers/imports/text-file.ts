import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { FileFault } from "./file-fault.ts";
import type { ReadLimits, ReadSettings } from "./row-source.contract.ts";

type Encoding = ReadSettings["encoding"];
const chunkBytes = 64 * 1024;
const encodingCheckBytes = 256 * 1024 ** 2;

/** The first bytes of a file as stored, for recognising what it is. */
export const readHead = async (path: string, length: number): Promise<Buffer> => {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(length), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** The bytes of a file, unpacked when it is gzip whatever its name. Memory use does not grow with the file. */
export async function* readBytes(path: string, limits: ReadLimits): AsyncGenerator<Buffer> {
  const head = await readHead(path, 2);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const { size } = await stat(path);
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  // The callback stays empty because pipeline hands any fault to the last stream, where the loop below meets it.
  const stream = isGzip ? pipeline(file, createGunzip({ chunkSize: chunkBytes }), () => undefined) : file;
  let total = 0;
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError("A byte stream gave something else than bytes.");
      total += chunk.length;
      if (isGzip) refuseBomb(total, size, limits);
      yield chunk;
    }
  } catch (fault) {
    if (fault instanceof FileFault) throw fault;
    const message = fault instanceof Error ? fault.message : "unknown fault";
    throw new FileFault("file_damaged", `The file cannot be read to its end: ${message}.`);
  } finally {
    file.destroy();
    stream.destroy();
  }
}

/** Refuses to go on unpacking something that is far larger than any honest table of its packed size. */
export const refuseBomb = (unpackedBytes: number, packedBytes: number, limits: ReadLimits): void => {
  const isSuspicious = unpackedBytes > 64 * 1024 ** 2 && unpackedBytes > packedBytes * limits.unpackedRatio;
  if (!isSuspicious && unpackedBytes <= limits.unpackedBytes) return;
  throw new FileFault("file_too_large", "The file unpacks to far more than its packed size allows. Import it unpacked or in parts.");
};

/** Text in pieces. Bytes that are wrong in the encoding become U+FFFD; NUL is dropped because PostgreSQL stores none. */
export async function* readText(path: string, encoding: Encoding, limits: ReadLimits): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of readBytes(path, limits)) {
    const text = withoutNul(decoder.decode(chunk, { stream: true }));
    if (text !== "") yield text;
  }
  const last = withoutNul(decoder.decode());
  if (last !== "") yield last;
}

const withoutNul = (text: string): string => (text.includes("\u0000") ? text.replaceAll("\u0000", "") : text);

/** Byte order mark, else the pattern of zeros of UTF-16, else UTF-8 when all of the first 256 MiB is valid, else Windows-1252,
 *  which contains Latin-1. The whole stretch is read because the first accented letter may stand in the last row. */
export const detectEncoding = async (path: string, limits: ReadLimits): Promise<Encoding> => {
  let carried = Buffer.alloc(0);
  let total = 0;
  for await (const chunk of readBytes(path, limits)) {
    if (total === 0) {
      const wide = detectWideEncoding(chunk);
      if (wide !== null) return wide;
      refuseBinary(chunk);
    }
    total += chunk.length;
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const length = completeLength(bytes);
    if (!isUtf8(bytes.subarray(0, length))) return "windows-1252";
    carried = Buffer.from(bytes.subarray(length));
    if (total >= encodingCheckBytes) return "utf-8";
  }
  return carried.length === 0 ? "utf-8" : "windows-1252";
};

const detectWideEncoding = (bytes: Buffer): Encoding | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 4_096);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  });
  if (odd > sample.length * 0.3 && even < odd / 10) return "utf-16le";
  if (even > sample.length * 0.3 && odd < even / 10) return "utf-16be";
  return null;
};

const refuseBinary = (bytes: Buffer): void => {
  const sample = bytes.subarray(0, 4_096);
  const controls = sample.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  // A stray NUL or control character happens in real exports; a tenth of them means a picture, a PDF or a program.
  if (controls > sample.length / 10 || sample.subarray(0, 5).toString("latin1") === "%PDF-") {
    throw new FileFault("file_not_a_table", "This is not a text file or a workbook. Import CSV, XLSX, JSON lines, XES or OCEL 2.0.");
  }
};

const completeLength = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};
