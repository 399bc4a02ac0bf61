// The bytes of a file somebody names on the command line, whatever it is packed and encoded in.
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CommandError } from "./command.ts";

const headBytes = 1_048_576;

/** The bytes of a file, unpacked when it is packed with gzip.
 *  @param path a file, or "-" for standard input
 *  @throws CommandError when it cannot be read */
export const readBytes = (path: string): AsyncGenerator<Buffer> => unpack(readRawBytes(path));

async function* readRawBytes(path: string): AsyncGenerator<Buffer> {
  const stream: AsyncIterable<unknown> = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: 262_144 });
  try {
    for await (const chunk of stream) {
      if (Buffer.isBuffer(chunk)) yield chunk;
    }
  } catch (fault) {
    throw new CommandError(sayFault(path, fault));
  }
}

const sayFault = (path: string, fault: unknown): string => {
  const code = fault instanceof Error && "code" in fault ? fault.code : null;
  if (code === "ENOENT") return `There is no file "${path}".`;
  if (code === "EISDIR") return `"${path}" is a folder, not a file.`;
  if (code === "EACCES" || code === "EPERM") return `The file "${path}" may not be read by this user.`;
  return `The file "${path}" cannot be read: ${fault instanceof Error ? fault.message : String(fault)}.`;
};

/** Unpacks gzip by its first two bytes, whatever the file is called. */
async function* unpack(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < 2) {
    const next = await bytes.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  const whole = prepend(start, bytes);
  if (start[0] !== 0x1f || start[1] !== 0x8b) return yield* whole;
  const packed = Readable.from(whole);
  // The callback stays empty because pipeline hands any fault to the last stream, where the loop below meets it.
  const unpacked: AsyncIterable<unknown> = pipeline(packed, createGunzip({ chunkSize: 262_144 }), () => undefined);
  try {
    for await (const chunk of unpacked) {
      if (Buffer.isBuffer(chunk)) yield chunk;
    }
  } catch (fault) {
    if (fault instanceof CommandError) throw fault;
    throw new CommandError(`The gzip file is damaged or cut off: ${fault instanceof Error ? fault.message : String(fault)}.`);
  }
}

/** Puts a part that was read already before the rest. */
export async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* rest;
}

/** The first part of a file, enough to see what it is, and the rest. */
export const takeHead = async (bytes: AsyncGenerator<Buffer>): Promise<{ head: Buffer; rest: AsyncGenerator<Buffer>; isWhole: boolean }> => {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < headBytes) {
    const next = await bytes.next();
    if (next.done === true) return { head: Buffer.concat(chunks), rest: bytes, isWhole: true };
    chunks.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(chunks), rest: bytes, isWhole: false };
};

/** Byte order mark, else the zeros of UTF-16, else UTF-8 when the first part is valid, else the usual one of old exports. */
export const detectEncoding = (head: Buffer, isWhole: boolean): string => {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const sample = head.subarray(0, 4_096);
  const zeros = [0, 1].map((parity) => sample.filter((byte, index) => byte === 0 && index % 2 === parity).length);
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length * 0.3 && even < odd / 10) return "utf-16le";
  if (even > sample.length * 0.3 && odd < even / 10) return "utf-16be";
  // A head that is cut off may end inside a character of up to four bytes.
  const isValid = [0, 1, 2, 3].some((cut) => (cut === 0 || !isWhole) && isUtf8(head.subarray(0, head.length - cut)));
  return isValid ? "utf-8" : "windows-1252";
};

export const openDecoder = (encoding: string): InstanceType<typeof TextDecoder> => {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new CommandError(`The encoding "${encoding}" is not known. Try utf-8, utf-16le, windows-1252 or iso-8859-2.`);
  }
};
