// Bodies as clients really send them: compressed without saying so, JSON under any content type.
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { BODY_BYTES_MAX } from "./ingest.rules.ts";

export type BodyFault = "body_too_large" | "body_unreadable";

/** Unpacks a body, by what it is rather than by what it claims; at most BODY_BYTES_MAX leave, so a small bomb stays small.
 *  Synchronous on purpose: half a megabyte takes a millisecond, less than handing it to another thread. */
export const unpackBody = (bytes: Buffer, contentEncoding: string): Buffer | BodyFault => {
  try {
    const unpacked = unpack(bytes, contentEncoding);
    return unpacked.length > BODY_BYTES_MAX ? "body_too_large" : unpacked;
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return isTooLarge ? "body_too_large" : "body_unreadable";
  }
};

/** The text of a body: UTF-8 with or without mark, or UTF-16 with its mark. Broken sequences become U+FFFD. */
export const textOfBody = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le", 2);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString("utf8", 3);
  return bytes.toString("utf8");
};

const options = { maxOutputLength: BODY_BYTES_MAX };

const unpack = (bytes: Buffer, contentEncoding: string): Buffer => {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, options);
  if (bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd) return zstdDecompressSync(bytes, options);
  if (contentEncoding === "" || looksLikeText(bytes)) return bytes;
  if (contentEncoding.includes("br")) return brotliDecompressSync(bytes, options);
  if (contentEncoding.includes("deflate")) return bytes[0] === 0x78 ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
  return bytes;
};

// A proxy on the way may have unpacked the body and left the header. JSON starts with a brace or a bracket.
const looksLikeText = (bytes: Buffer): boolean => bytes[0] === 0x7b || bytes[0] === 0x5b;
