export type PhotoSize = { widthPx: number; heightPx: number };

/** How wide and high the picture of a photo is, as its head says; null where it does not.
 *  @param content without metadata, so that each part follows the one before
 *  Sources: the PNG (third edition), JPEG (ITU-T T.81) and WebP (RFC 9649, RFC 6386) specifications. */
export const photoSizeOf = (content: Buffer, contentType: string): PhotoSize | null => {
  const size = contentType === "image/png" ? sizeOfPng(content) : contentType === "image/jpeg" ? sizeOfJpeg(content) : contentType === "image/webp" ? sizeOfWebp(content) : null;
  return size === null || size.widthPx === 0 || size.heightPx === 0 ? null : size;
};

const sizeOfPng = (content: Buffer): PhotoSize | null =>
  content.length < 24 || content.toString("latin1", 12, 16) !== "IHDR" ? null : { widthPx: content.readUInt32BE(16), heightPx: content.readUInt32BE(20) };

const SCAN = 0xda;
// Among the markers of frames stand three of tables.
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const sizeOfJpeg = (content: Buffer): PhotoSize | null => {
  for (let at = 2; at + 9 <= content.length && content[at + 1] !== SCAN; at += 2 + content.readUInt16BE(at + 2))
    if (isFrame(content[at + 1] ?? 0)) return { widthPx: content.readUInt16BE(at + 7), heightPx: content.readUInt16BE(at + 5) };
  return null;
};

const SIDE_BITS = 14;
const SIDE_MASK = 2 ** SIDE_BITS - 1;

const sizeOfWebp = (content: Buffer): PhotoSize | null => {
  if (content.length < 30) return null;
  switch (content.toString("latin1", 12, 16)) {
    case "VP8X": return { widthPx: content.readUIntLE(24, 3) + 1, heightPx: content.readUIntLE(27, 3) + 1 };
    case "VP8 ": return { widthPx: content.readUInt16LE(26) & SIDE_MASK, heightPx: content.readUInt16LE(28) & SIDE_MASK };
    case "VP8L": {
      const sides = content.readUInt32LE(21);
      return { widthPx: (sides & SIDE_MASK) + 1, heightPx: ((sides >>> SIDE_BITS) & SIDE_MASK) + 1 };
    }
    default: return null;
  }
};
