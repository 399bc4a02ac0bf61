import { Readable } from "node:stream";
import { conversionErrors } from "./conversions.errors.ts";

/** The bytes of an upload, read up to a limit and one byte more, so that a file of any size costs no memory. */
export const readUpload = async (body: unknown, bytesMax: number): Promise<Uint8Array> => {
  if (!(body instanceof Readable)) throw conversionErrors.refuse("survey_file_missing", "Send the file as the body, with content type application/octet-stream.");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    if (size > bytesMax) {
      throw conversionErrors.refuse("survey_file_unreadable", `The file is larger than ${Math.round(bytesMax / 1024 ** 2)} MB.`, { reason: "file_too_large" });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
