import { Readable } from "node:stream";
import { photoKindOf, type PhotoKind } from "./photo-kinds.rules.ts";
import { withoutMetadata } from "./photo-metadata.rules.ts";

export type TakenPhoto = { ok: true; photo: PhotoKind & { content: Buffer } } | { ok: false; reason: "empty" | "no_photo" | "too_large" };

/** Reads a photo that somebody sends, known by its bytes, and leaves out what it tells beside the picture.
 *  @param body its bytes, as they come */
export const takePhotoIn = async (body: unknown, mostBytes: number): Promise<TakenPhoto> => {
  const content = await readAll(body instanceof Readable ? body : Readable.from([]), mostBytes);
  if (content === null) return { ok: false, reason: "too_large" };
  const kind = photoKindOf(content);
  if (kind === null) return { ok: false, reason: content.length === 0 ? "empty" : "no_photo" };
  return { ok: true, photo: { ...kind, content: withoutMetadata(content, kind.contentType) } };
};

const readAll = async (body: Readable, mostBytes: number): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // The request is left standing after a refusal: its sender is to read why, not to find the line cut.
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > mostBytes) {
      body.resume();
      return null;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};
