// What cameras and programs write into a photo beside the picture: where and when it was taken, with what, by whom, and small previews of what was cut away.
import { stripGif } from "./photo-gif.rules.ts";
import { stripHeif } from "./photo-heif.rules.ts";
import { readTurn, sayTurn, UPRIGHT } from "./photo-turn.rules.ts";

/** A photo without what it tells beside its picture, and whether that leaves one: of a broken photo what cannot be read is left out, but for HEIC and AVIF. */
export type StrippedPhoto = { content: Buffer; isPicture: boolean };

/** Leaves out what a photo tells beside its picture; how it is to be turned and its colours stay. Other files stay as they are.
 *  Sources: the PNG (third edition), JPEG (ITU-T T.81, JFIF 1.02, Exif 2.32) and WebP (RFC 9649) specifications. */
export const withoutMetadata = (content: Buffer, contentType: string): StrippedPhoto => {
  switch (contentType) {
    case "image/png": return stripPng(content);
    case "image/jpeg": return stripJpeg(content);
    case "image/webp": return stripWebp(content);
    case "image/gif": return stripGif(content);
    case "image/heic": case "image/avif": return stripHeif(content);
    default: return { content, isPicture: true };
  }
};

/** The content types in which more than a picture is found. */
export const typesWithMetadata: readonly string[] = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/heic", "image/avif"];

const EXIF = "Exif\0\0";
// Encoders write parts of four kilobytes and more. Millions of empty ones would take hundreds of megabytes of memory to tell apart.
const PARTS_MAX = 50_000;

const PNG_HEAD = 8;
const pngKept = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"]);

const stripPng = (content: Buffer): StrippedPhoto => {
  const kept: Buffer[] = [];
  let [turned, hasPicture] = [UPRIGHT, false];
  for (let at = PNG_HEAD; at + 12 <= content.length && kept.length < PARTS_MAX; ) {
    const [end, type] = [at + 12 + content.readUInt32BE(at), content.toString("latin1", at + 4, at + 8)];
    if (end > content.length) break;
    if (type === "eXIf") turned = readTurn(content.subarray(at + 8, end - 4)) ?? turned;
    if (pngKept.has(type)) kept.push(content.subarray(at, end));
    hasPicture ||= type === "IDAT" && end > at + 12;
    // What stands behind the end is no part of the picture.
    if (type === "IEND") break;
    at = end;
  }
  const isPicture = hasPicture && kept.length < PARTS_MAX;
  // How it is turned stands behind the first chunk, which says how large it is, and before the pixels.
  kept.splice(1, 0, ...(turned === UPRIGHT ? [] : [pngChunk("eXIf", sayTurn(turned))]));
  return { content: Buffer.concat([content.subarray(0, PNG_HEAD), ...kept]), isPicture };
};

const pngChunk = (type: string, data: Buffer): Buffer => {
  const [sizes, checked] = [Buffer.alloc(8), Buffer.concat([Buffer.from(type, "latin1"), data])];
  sizes.writeUInt32BE(data.length);
  sizes.writeUInt32BE(checksum(checked), 4);
  return Buffer.concat([sizes.subarray(0, 4), checked, sizes.subarray(4)]);
};

/** The CRC-32 that the PNG specification asks for; the one of Node belongs to zlib, which rules do without. */
const checksum = (content: Buffer): number => {
  let rest = 0xffffffff;
  for (const byte of content) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
};

const [FIRST_TABLE, START, END, SCAN, APP0, APP1, APP2, APP14] = [0xc0, 0xd8, 0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee] as const;

const stripJpeg = (content: Buffer): StrippedPhoto => {
  const kept: Buffer[] = [];
  let [turned, hasPicture] = [UPRIGHT, false];
  for (let at = 2; at + 4 <= content.length && kept.length < PARTS_MAX; ) {
    const marker = content[at] === 0xff ? (content[at + 1] ?? 0) : 0;
    // Between segments programs pass over what begins none.
    if (marker === 0 || marker === 0xff || hasNoLength(marker)) {
      at += hasNoLength(marker) ? 2 : 1;
      continue;
    }
    if (marker === END) break;
    const end = at + 2 + content.readUInt16BE(at + 2);
    if (end > content.length || end < at + 4) break;
    const segment = content.subarray(at, end);
    if (marker === APP1 && isCalled(segment, EXIF)) turned = readTurn(segment.subarray(10)) ?? turned;
    kept.push(...pictureIn(marker, segment));
    const next = marker === SCAN ? endOfScan(content, end) : end;
    if (next > end) kept.push(content.subarray(end, next));
    hasPicture ||= next > end;
    at = next;
  }
  return { content: Buffer.concat([Buffer.from([0xff, START]), ...(turned === UPRIGHT ? [] : [jpegExif(sayTurn(turned))]), ...kept, Buffer.from([0xff, END])]), isPicture: hasPicture && kept.length < PARTS_MAX };
};

/** Restarts, and one that is for arithmetic coding alone: nothing stands in them. */
const hasNoLength = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

const isCalled = (segment: Buffer, name: string): boolean => segment.toString("latin1", 4, 4 + name.length) === name;

const JFIF_BYTES = 18;

/** What of a segment belongs to the picture: tables and frames whole, and how its colours and pixels are meant. */
const pictureIn = (marker: number, segment: Buffer): Buffer[] => {
  if (marker === APP0 && isCalled(segment, "JFIF\0") && segment.length >= JFIF_BYTES) return [withoutPreview(segment)];
  const isOfColours = (marker === APP2 && isCalled(segment, "ICC_PROFILE\0")) || (marker === APP14 && isCalled(segment, "Adobe"));
  return isOfColours || (marker >= FIRST_TABLE && marker < APP0) ? [segment] : [];
};

// Its last two fixed bytes say how wide and high the preview behind them is.
const withoutPreview = (jfif: Buffer): Buffer => {
  const head = Buffer.from(jfif.subarray(0, JFIF_BYTES));
  head.writeUInt16BE(JFIF_BYTES - 2, 2);
  head.writeUInt16BE(0, JFIF_BYTES - 2);
  return head;
};

// Within a scan a marker is only what is neither a stuffed byte nor a restart.
const endOfScan = (content: Buffer, from: number): number => {
  for (let at = content.indexOf(0xff, from); at !== -1 && at + 1 < content.length; at = content.indexOf(0xff, at + 1)) {
    const marker = content[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && !hasNoLength(marker)) return at;
  }
  return content.length;
};

const jpegExif = (tiff: Buffer): Buffer => Buffer.concat([Buffer.from([0xff, APP1, 0, 2 + EXIF.length + tiff.length]), Buffer.from(EXIF, "latin1"), tiff]);

const RIFF_HEAD = 12;
const CHUNK_HEAD = 8;
const [SAYS_EXIF, SAYS_XMP] = [0x08, 0x04] as const;
const webpKept = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
const webpPictures = new Set(["VP8 ", "VP8L", "ANMF"]);

const stripWebp = (content: Buffer): StrippedPhoto => {
  const kept: Buffer[] = [];
  let [turned, hasPicture] = [UPRIGHT, false];
  for (let at = RIFF_HEAD; at + CHUNK_HEAD <= content.length && kept.length < PARTS_MAX; ) {
    const type = content.toString("latin1", at, at + 4);
    const sizeBytes = content.readUInt32LE(at + 4);
    const end = at + CHUNK_HEAD + sizeBytes;
    if (end > content.length) break;
    const data = content.subarray(at + CHUNK_HEAD, end);
    // Some programs put before it what it has in a JPEG.
    if (type === "EXIF") turned = readTurn(data.toString("latin1", 0, EXIF.length) === EXIF ? data.subarray(EXIF.length) : data) ?? turned;
    if (webpKept.has(type)) kept.push(webpChunk(type, data));
    hasPicture ||= webpPictures.has(type) && sizeBytes > 0;
    at = end + (sizeBytes % 2);
  }
  return { content: webpOf(kept, turned), isPicture: hasPicture && kept.length < PARTS_MAX };
};

const webpOf = (chunks: readonly Buffer[], turned: number): Buffer => {
  const [first] = chunks;
  const extended = first?.toString("latin1", 0, 4) === "VP8X" && first.length > CHUNK_HEAD ? first : null;
  // Only this form has a place for it.
  const isTold = extended !== null && turned !== UPRIGHT;
  extended?.writeUInt8((extended.readUInt8(CHUNK_HEAD) & ~(SAYS_EXIF | SAYS_XMP)) | (isTold ? SAYS_EXIF : 0), CHUNK_HEAD);
  return webpChunk("RIFF", Buffer.concat([Buffer.from("WEBP", "latin1"), ...chunks, ...(isTold ? [webpChunk("EXIF", sayTurn(turned))] : [])]));
};

const webpChunk = (type: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(CHUNK_HEAD, type, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};
