import { Readable } from "node:stream";
import { photoKindOf, type PhotoKind } from "./photo-kinds.rules.ts";
import { withoutMetadata } from "./photo-metadata.rules.ts";
import { photoSizeOf } from "./photo-size.rules.ts";

export type TakenPhoto = { ok: true; photo: PhotoKind & { content: Buffer } } | { ok: false; reason: "empty" | "no_photo" | "too_large" | "too_many_pixels" };

// Two megabytes can hold 20,000 × 20,000 pixels of one colour, for which whoever looks at it needs more than a gigabyte of memory.
const SIDE_MAX_PX = 8192;

/** Reads a photo that somebody sends, known by its bytes, and leaves out what it tells beside the picture.
 *  @param body its bytes, as they come */
export const takePhotoIn = async (body: unknown, mostBytes: number): Promise<TakenPhoto> => {
  const content = await readAll(body instanceof Readable ? body : Readable.from([]), mostBytes);
  if (content === null) return { ok: false, reason: "too_large" };
  const kind = photoKindOf(content);
  if (kind === null) return { ok: false, reason: content.length === 0 ? "empty" : "no_photo" };
  const stripped = stripPhoto(content, kind.contentType, { isShown: true });
  return stripped.ok ? { ok: true, photo: { ...kind, content: stripped.content } } : stripped;
};

/** Leaves out what a photo tells beside the picture. A damaged one is none.
 *  @param isShown whether browsers show it: then it is a PNG, JPEG or WebP and has no more pixels than they bear */
export const stripPhoto = (content: Buffer, contentType: string, { isShown }: { isShown: boolean }): { ok: true; content: Buffer } | { ok: false; reason: "no_photo" | "too_many_pixels" } => {
  const stripped = withoutMetadata(content, contentType);
  if (!stripped.isPicture) return { ok: false, reason: "no_photo" };
  if (!isShown) return { ok: true, content: stripped.content };
  const size = photoSizeOf(stripped.content, contentType);
  if (size === null) return { ok: false, reason: "no_photo" };
  if (Math.max(size.widthPx, size.heightPx) > SIDE_MAX_PX) return { ok: false, reason: "too_many_pixels" };
  return { ok: true, content: stripped.content };
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
