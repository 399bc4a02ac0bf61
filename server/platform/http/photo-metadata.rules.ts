// What cameras and programs write into a photo beside the picture: where and when it was taken, with what, by whom, and small previews of what was cut away.

/** A photo without what it tells beside its picture; how it is to be turned and its colours stay. What cannot be read of a broken one is left out.
 *  Sources: the PNG (third edition), JPEG (ITU-T T.81, Exif 2.32) and WebP (RFC 9649) specifications. */
export const withoutMetadata = (content: Buffer, contentType: string): Buffer => {
  switch (contentType) {
    case "image/png": return cleanPng(content);
    case "image/jpeg": return cleanJpeg(content);
    case "image/webp": return cleanWebp(content);
    default: return content;
  }
};

const PNG_HEAD = 8;
const pngKept = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"]);

const cleanPng = (content: Buffer): Buffer => {
  const kept = [content.subarray(0, PNG_HEAD)];
  for (let at = PNG_HEAD; at + 12 <= content.length; ) {
    const [end, type] = [at + 12 + content.readUInt32BE(at), content.toString("latin1", at + 4, at + 8)];
    if (end > content.length) break;
    if (pngKept.has(type)) kept.push(content.subarray(at, end));
    // What stands behind the end is no part of the picture.
    if (type === "IEND") break;
    at = end;
  }
  return Buffer.concat(kept);
};

const [START, END, SCAN, COMMENT, APP0, APP1, APP2, APP14, APP15] = [0xd8, 0xd9, 0xda, 0xfe, 0xe0, 0xe1, 0xe2, 0xee, 0xef] as const;

const cleanJpeg = (content: Buffer): Buffer => {
  const kept: Buffer[] = [];
  let turned = 1;
  for (let at = 2; at + 4 <= content.length && content[at] === 0xff; ) {
    const marker = content[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) break;
    const end = at + 2 + content.readUInt16BE(at + 2);
    if (end > content.length) break;
    const segment = content.subarray(at, end);
    if (marker === APP1) turned = readTurn(segment) ?? turned;
    if (isPicture(marker, segment)) kept.push(segment);
    const next = marker === SCAN ? endOfScan(content, end) : end;
    if (next > end) kept.push(content.subarray(end, next));
    at = next;
  }
  return Buffer.concat([Buffer.from([0xff, START]), ...(turned === 1 ? [] : [sayTurn(turned)]), ...kept, Buffer.from([0xff, END])]);
};

/** Whether a segment belongs to the picture: tables and frames, how its colours are meant. */
const isPicture = (marker: number, segment: Buffer): boolean =>
  marker === APP0 || marker === APP14 || (marker === APP2 && segment.toString("latin1", 4, 15) === "ICC_PROFILE") || (marker !== COMMENT && (marker < APP0 || marker > APP15));

// Within a scan a marker is only what is neither a stuffed byte nor a restart.
const endOfScan = (content: Buffer, from: number): number => {
  for (let at = from; at + 1 < content.length; at += 1) {
    if (content[at] !== 0xff) continue;
    const marker = content[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at;
  }
  return content.length;
};

const EXIF = "Exif\0\0";
const TURN_TAG = 0x0112;

/** How a photo is to be turned (1 to 8), from its Exif segment; null where it does not say. */
const readTurn = (segment: Buffer): number | null => {
  if (segment.toString("latin1", 4, 10) !== EXIF || segment.length < 18) return null;
  const tiff = segment.subarray(10);
  const isLittle = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < Math.min(short(first), 200); entry += 1) {
    const at = first + 2 + entry * 12;
    const turned = short(at + 8);
    if (short(at) === TURN_TAG) return turned >= 1 && turned <= 8 ? turned : null;
  }
  return null;
};

/** An Exif segment that says this alone. */
const sayTurn = (turned: number): Buffer =>
  Buffer.concat([Buffer.from([0xff, APP1, 0, 34]), Buffer.from(EXIF, "latin1"), Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0])]);

const RIFF_HEAD = 12;
const CHUNK_HEAD = 8;
const [SAYS_EXIF, SAYS_XMP] = [0x08, 0x04] as const;
const webpKept = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);

const cleanWebp = (content: Buffer): Buffer => {
  const kept: Buffer[] = [];
  for (let at = RIFF_HEAD; at + CHUNK_HEAD <= content.length; ) {
    const type = content.toString("latin1", at, at + 4);
    const sizeBytes = content.readUInt32LE(at + 4);
    const end = at + CHUNK_HEAD + sizeBytes + (sizeBytes % 2);
    if (end > content.length) break;
    const chunk = Buffer.from(content.subarray(at, end));
    if (type === "VP8X" && sizeBytes > 0) chunk.writeUInt8(chunk.readUInt8(CHUNK_HEAD) & ~(SAYS_EXIF | SAYS_XMP), CHUNK_HEAD);
    if (webpKept.has(type)) kept.push(chunk);
    at = end;
  }
  const body = Buffer.concat(kept);
  const head = Buffer.from(content.subarray(0, RIFF_HEAD));
  head.writeUInt32LE(4 + body.length, 4);
  return Buffer.concat([head, body]);
};
