// GIF: comments, and what programs note for themselves, stand in blocks of their own between the pictures.

const HEAD = 13;
const [EXTENSION, PICTURE, END] = [0x21, 0x2c, 0x3b] as const;
const [TEXT, CONTROL, APPLICATION] = [0x01, 0xf9, 0xff] as const;
// How often an animation runs, and its colours.
const kept = new Set(["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]);
// A film of an hour has fewer blocks.
const BLOCKS_MAX = 500_000;

/** @returns without comments, notes of programs, and what stands behind the end; a picture that is cut off ends with what is whole of it
 *  Source: the GIF89a specification (CompuServe, 1990). */
export const stripGif = (content: Buffer): { content: Buffer; isPicture: boolean } => {
  const blocks: Buffer[] = [];
  let hasPicture = false;
  for (let at = HEAD + tableBytes(content[10]); at < content.length && blocks.length < BLOCKS_MAX; ) {
    const [type, label] = [content[at], content[at + 1]];
    if (type !== EXTENSION && type !== PICTURE) break;
    const end = endOfParts(content, type === EXTENSION ? at + 2 : at + 11 + tableBytes(content[at + 9]));
    if (end === null) break;
    if (type === PICTURE || label === CONTROL || label === TEXT || (label === APPLICATION && kept.has(content.toString("latin1", at + 3, at + 14)))) blocks.push(content.subarray(at, end));
    hasPicture ||= type === PICTURE;
    at = end;
  }
  return { content: Buffer.concat([content.subarray(0, HEAD + tableBytes(content[10])), ...blocks, Buffer.from([END])]), isPicture: hasPicture && blocks.length < BLOCKS_MAX };
};

/** Bytes of the table of colours that such flags announce. */
const tableBytes = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Each part says how long it is; the last one is empty. Null where the file ends before. */
const endOfParts = (content: Buffer, from: number): number | null => {
  for (let at = from; at < content.length; ) {
    const sizeBytes = content[at] ?? 0;
    at += 1 + sizeBytes;
    if (sizeBytes === 0) return at;
  }
  return null;
};
