// The one form clients of Formbricks send: some small fields, then the file.
import { Readable } from "node:stream";
import { AppError } from "#platform/http";

/** What stands before the file: its fields and the names of its parts. */
const BEFORE_FILE_BYTES_MAX = 64 * 1024;
const END_OF_NAMES = Buffer.from("\r\n\r\n");

/** The bytes of the part called "file" in a form, as they come: however large it is, only a piece of it is held.
 *  @param contentType of the request, which says what stands between the parts
 *  @returns null when it is no form, or has no such part near its beginning
 *  @throws invalid_input while it is read, when the form ends before the file does */
export const openFilePart = async (body: Readable, contentType: string): Promise<Readable | null> => {
  const boundary = /^multipart\/form-data\s*;.*boundary="?([^";\s]{1,200})"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const pieces = piecesOf(body);
  // The first delimiter has no line before it.
  let held: Buffer = Buffer.from("\r\n");
  for (;;) {
    const first = startOfFile(held, delimiter);
    if (first !== null) {
      const file = Readable.from(fileBytes(pieces, held.subarray(first), delimiter));
      // Whoever reads it hears of a fault by reading; one while the rest runs off after a refusal concerns nobody.
      file.on("error", () => undefined);
      return file;
    }
    const next = held.length > BEFORE_FILE_BYTES_MAX ? null : await pieces.next();
    if (next === null || next.done === true) return null;
    held = Buffer.concat([held, next.value]);
  }
};

async function* piecesOf(body: Readable): AsyncGenerator<Buffer, undefined> {
  for await (const piece of body.iterator({ destroyOnReturn: false })) yield Buffer.from(piece);
}

const startOfFile = (held: Buffer, delimiter: Buffer): number | null => {
  for (let at = held.indexOf(delimiter); at >= 0; at = held.indexOf(delimiter, at + delimiter.length)) {
    const end = held.indexOf(END_OF_NAMES, at);
    if (end < 0) return null;
    if (/;\s*name="file"/i.test(held.toString("latin1", at, end))) return end + END_OF_NAMES.length;
  }
  return null;
};

async function* fileBytes(pieces: AsyncGenerator<Buffer, undefined>, begun: Buffer, delimiter: Buffer): AsyncGenerator<Buffer, undefined> {
  let held = begun;
  for (let at = held.indexOf(delimiter); at < 0; at = held.indexOf(delimiter)) {
    // The end of a piece may be the beginning of what stands between the parts.
    const sure = Math.max(0, held.length - delimiter.length);
    if (sure > 0) yield held.subarray(0, sure);
    const next = await pieces.next();
    if (next.done === true) throw new AppError("invalid_input", 400, "The file was cut off on its way. Send it again.");
    held = Buffer.concat([held.subarray(sure), next.value]);
  }
  yield held.subarray(0, held.indexOf(delimiter));
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next());
}
