import type { FileKind } from "../surveys/definition.contract.ts";

/** What a file is, by its first bytes. What it is called and what its sender says it is count for nothing. */
export type KnownKind = { kind: FileKind; contentType: string; extension: string };

type Signature = KnownKind & { at: number; bytes: readonly number[] };
const text = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));

// Sources: the PNG, JPEG, GIF, WebP, PDF, RTF, OLE, Ogg, FLAC, WAVE and Matroska specifications; ISO 14496-12 for "ftyp".
const SIGNATURES: readonly Signature[] = [
  { kind: "image", contentType: "image/png", extension: "png", at: 0, bytes: [0x89, ...text("PNG\r\n"), 0x1a, 0x0a] },
  { kind: "image", contentType: "image/jpeg", extension: "jpg", at: 0, bytes: [0xff, 0xd8, 0xff] },
  { kind: "image", contentType: "image/gif", extension: "gif", at: 0, bytes: text("GIF8") },
  { kind: "image", contentType: "image/webp", extension: "webp", at: 8, bytes: text("WEBP") },
  { kind: "image", contentType: "image/heic", extension: "heic", at: 4, bytes: text("ftypheic") },
  { kind: "image", contentType: "image/heic", extension: "heic", at: 4, bytes: text("ftypmif1") },
  { kind: "image", contentType: "image/avif", extension: "avif", at: 4, bytes: text("ftypavif") },
  { kind: "pdf", contentType: "application/pdf", extension: "pdf", at: 0, bytes: text("%PDF-") },
  { kind: "document", contentType: "application/rtf", extension: "rtf", at: 0, bytes: text("{\\rtf") },
  { kind: "document", contentType: "application/x-ole-storage", extension: "doc", at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { kind: "audio", contentType: "audio/mpeg", extension: "mp3", at: 0, bytes: text("ID3") },
  { kind: "audio", contentType: "audio/mpeg", extension: "mp3", at: 0, bytes: [0xff, 0xfb] },
  { kind: "audio", contentType: "audio/ogg", extension: "ogg", at: 0, bytes: text("OggS") },
  { kind: "audio", contentType: "audio/flac", extension: "flac", at: 0, bytes: text("fLaC") },
  { kind: "audio", contentType: "audio/wav", extension: "wav", at: 8, bytes: text("WAVE") },
  { kind: "audio", contentType: "audio/mp4", extension: "m4a", at: 4, bytes: text("ftypM4A") },
  // What browsers record.
  { kind: "audio", contentType: "audio/webm", extension: "webm", at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
];

const PACKED: readonly { mark: string; contentType: string; extension: string }[] = [
  { mark: "word/", contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", extension: "docx" },
  { mark: "xl/", contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", extension: "xlsx" },
  { mark: "ppt/", contentType: "application/vnd.openxmlformats-officedocument.presentationml.presentation", extension: "pptx" },
  { mark: "mimetypeapplication/vnd.oasis.opendocument.", contentType: "application/vnd.oasis.opendocument.text", extension: "odt" },
  { mark: "[Content_Types].xml", contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", extension: "docx" },
];

/** How many bytes of a file decide. */
export const HEAD_BYTES = 4_096;

/** The kind of a file.
 *  @param head its first bytes, HEAD_BYTES or all
 *  @returns null for everything we do not take: programs, pages, drawings with scripts, archives */
export function kindOf(head: Uint8Array): KnownKind | null {
  const found = SIGNATURES.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
  if (found !== undefined) return { kind: found.kind, contentType: found.contentType, extension: found.extension };
  if (head[0] !== 0x50 || head[1] !== 0x4b || head[2] !== 3 || head[3] !== 4) return null;
  const names = String.fromCharCode(...head);
  const packed = PACKED.find(({ mark }) => names.includes(mark));
  return packed === undefined ? null : { kind: "document", contentType: packed.contentType, extension: packed.extension };
}

/** The kind of a content type that `kindOf` gave; null for others. */
export function kindOfType(contentType: string): FileKind | null {
  return SIGNATURES.find((signature) => signature.contentType === contentType)?.kind ?? (PACKED.some((packed) => packed.contentType === contentType) ? "document" : null);
}

/** How files of these kinds usually end. */
export function extensionsOf(kinds: readonly FileKind[]): string[] {
  const known = [...SIGNATURES, ...PACKED.map((packed): KnownKind => ({ kind: "document", contentType: packed.contentType, extension: packed.extension }))];
  return [...new Set(known.flatMap(({ kind, extension }) => (isWanted(kind, kinds) ? [extension] : [])))];
}

/** Whether a kind is among those a question asks for; whoever asks for documents takes a PDF. */
export function isWanted(kind: FileKind, wanted: readonly FileKind[]): boolean {
  return wanted.includes(kind) || (kind === "pdf" && wanted.includes("document"));
}

/** A name that can be shown and stored: no path, no signs that turn the direction of writing, the extension of what it is. */
export function safeName(given: string, extension: string): string {
  const base = (given.toWellFormed().split(/[\\/]/).at(-1) ?? "").replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "").trim().slice(0, 120);
  const stem = base.replace(/\.[^.]{0,10}$/, "") || "file";
  return `${stem}.${extension}`;
}
