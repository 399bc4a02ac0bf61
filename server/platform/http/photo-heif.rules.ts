// Photos of phones (HEIC) and AVIF. Everything in them is found by its place in the file, so what they tell is written over and nothing moves.
import { readTurn, sayTurn, UPRIGHT } from "./photo-turn.rules.ts";

/** `at`: where it begins; `start`: where what it holds does. */
type Box = { type: string; at: number; start: number; end: number };
type Extent = { start: number; end: number };
type Items = { sources: ReadonlyMap<number, Extent>; told: ReadonlyMap<number, string> };

/** How the picture is turned is said by a box of its own, which stays.
 *  @returns it as it is, as no picture, where its parts cannot be found: some program may read more of it than this
 *  Sources: ISO/IEC 14496-12 (boxes, `iinf`, `iloc`), ISO/IEC 23008-12 (Exif and XMP in items). */
export const stripHeif = (content: Buffer): { content: Buffer; isPicture: boolean } => {
  try {
    return { content: writeOver(content), isPicture: true };
  } catch (fault) {
    // Numbers that lead out of the file, which is how reading beyond its end shows.
    if (!(fault instanceof RangeError)) throw fault;
    return { content, isPicture: false };
  }
};

const EXIF = "Exif";
const XMP = "mime";
// A photo of a phone has some fifty items for its tiles; more parts than this would only cost memory.
const PARTS_MAX = 50_000;
const [IN_FILE, IN_BOX] = [0, 1] as const;

const writeOver = (content: Buffer): Buffer => {
  const first = boxesIn(content, 0, content.length, "meta");
  const meta = boxNamed(first, "meta");
  const boxes = boxesIn(content, meta.start + 4, meta.end);
  const told = itemsThatTell(content, boxNamed(boxes, "iinf"));
  const own = boxes.find(({ type }) => type === "idat");
  const sources = new Map<number, Extent>([[IN_FILE, { start: 0, end: content.length }], ...(own === undefined ? [] : [[IN_BOX, own] as const])]);
  const stripped = Buffer.from(content);
  for (const { type, extents } of placesOf(content, boxNamed(boxes, "iloc"), { sources, told })) {
    const [begin] = extents;
    const small = type === EXIF && begin !== undefined ? exifLike(content.subarray(begin.start, begin.end)) : Buffer.alloc(0);
    for (const { start, end } of extents) stripped.fill(type === EXIF ? 0 : " ", start, end);
    if (begin !== undefined && small.length <= begin.end - begin.start) stripped.set(small, begin.start);
  }
  const others = boxesAsFarAsWhole(content, meta.end);
  emptyBeside(stripped, [...first, ...others]);
  return stripped.subarray(0, others.at(-1)?.end ?? meta.end);
};

// What says of what kind the file is, holds the picture, and its frames where it moves.
const ofPicture = new Set(["ftyp", "meta", "mdat", "moov", "moof", "mfra", "sidx"]);
// What is told of all frames, or of some.
const besideFrames = new Set(["udta", "meta", "uuid"]);

/** Programs write who made a picture before it (`uuid`), phones the film of a moment behind it (`mpvd`) and what is no box at all, films where they were taken
 *  within (`udta`). Boxes become empty ones of the same size; what is no box is cut off. */
const emptyBeside = (stripped: Buffer, boxes: readonly Box[]): void => {
  for (const box of boxes) {
    if (!ofPicture.has(box.type)) empty(stripped, box);
    if (box.type === "moov") for (const part of boxesIn(stripped, box.start, box.end)) emptyOfFrames(stripped, part);
  }
};

const emptyOfFrames = (stripped: Buffer, part: Box): void => {
  const told = part.type === "trak" ? boxesIn(stripped, part.start, part.end) : [part];
  for (const box of told) if (besideFrames.has(box.type)) empty(stripped, box);
};

const empty = (stripped: Buffer, { at, start, end }: Box): void => {
  stripped.write("free", at + 4, "latin1");
  stripped.fill(0, start, end);
};

const boxesAsFarAsWhole = (content: Buffer, from: number): Box[] => {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= content.length && boxes.length < PARTS_MAX; ) {
    const box = boxAt(content, at, content.length);
    if (box === null && ofPicture.has(content.toString("latin1", at + 4, at + 8))) throw new RangeError("The picture is cut off.");
    if (box === null) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
};

/** Exif that says how it is turned alone; before it stands how far it is to its beginning. */
const exifLike = (exif: Buffer): Buffer => {
  const turned = exif.length < 4 ? null : readTurn(exif.subarray(4 + exif.readUInt32BE(0)));
  return Buffer.concat([Buffer.alloc(4), sayTurn(turned ?? UPRIGHT)]);
};

/** @param last what comes behind the first box of this type is not looked at */
const boxesIn = (content: Buffer, from: number, to: number, last?: string): Box[] => {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && (last === undefined || boxes.at(-1)?.type !== last); ) {
    const box = boxAt(content, at, to);
    if (box === null || boxes.length === PARTS_MAX) throw new RangeError("A box is larger than what it stands in, or there are too many.");
    boxes.push(box);
    at = box.end;
  }
  return boxes;
};

/** The box that begins there; null where it is larger than what it stands in. */
const boxAt = (content: Buffer, at: number, to: number): Box | null => {
  const said = content.readUInt32BE(at);
  const head = said === 1 ? 16 : 8;
  if (at + head > to) return null;
  const size = said === 1 ? Number(content.readBigUInt64BE(at + 8)) : said === 0 ? to - at : said;
  return size < head || at + size > to ? null : { type: content.toString("latin1", at + 4, at + 8), at, start: at + head, end: at + size };
};

const boxNamed = (boxes: readonly Box[], type: string): Box => {
  const found = boxes.find((box) => box.type === type);
  if (found === undefined) throw new RangeError(`There is no box ${type}.`);
  return found;
};

/** The items that are no picture, by id. */
const itemsThatTell = (content: Buffer, { start, end }: Box): Map<number, string> => {
  const told = new Map<number, string>();
  for (const box of boxesIn(content, start + (content.readUInt8(start) === 0 ? 6 : 8), end)) {
    const isLong = content.readUInt8(box.start) > 2;
    const type = content.toString("latin1", box.start + (isLong ? 10 : 8), box.start + (isLong ? 14 : 12));
    if (type === EXIF || type === XMP) told.set(isLong ? content.readUInt32BE(box.start + 4) : content.readUInt16BE(box.start + 4), type);
  }
  return told;
};

const placesOf = (content: Buffer, box: Box, { sources, told }: Items): { type: string; extents: Extent[] }[] => {
  let at = box.start + 4;
  const read = (bytes: number): number => {
    at += bytes;
    if (at > box.end) throw new RangeError("The places of items end too early.");
    return bytes === 0 ? 0 : bytes === 8 ? Number(content.readBigUInt64BE(at - 8)) : content.readUIntBE(at - bytes, bytes);
  };
  const version = content.readUInt8(box.start);
  const [sizes, bases] = [read(1), read(1)];
  const [offsetBytes, lengthBytes, baseBytes, indexBytes] = [sizes >> 4, sizes & 15, bases >> 4, version === 0 ? 0 : bases & 15];
  const idBytes = version === 2 ? 4 : 2;
  let [parts, toldBytes] = [0, 0];
  return Array.from({ length: Math.min(read(idBytes), PARTS_MAX) }, () => {
    const type = told.get(read(idBytes));
    const source = sources.get(version === 0 ? IN_FILE : read(2) & 15);
    read(2);
    const base = read(baseBytes);
    const count = read(2);
    parts += count;
    if (parts > PARTS_MAX) throw new RangeError("The items have too many parts.");
    const extents = Array.from({ length: count }, (): Extent => {
      read(indexBytes);
      const start = (source?.start ?? 0) + base + read(offsetBytes);
      return { start, end: start + read(lengthBytes) };
    });
    if (type === undefined) return { type: "", extents: [] };
    if (source === undefined || extents.some(({ start, end }) => end <= start || end > source.end)) throw new RangeError("An item lies outside of the file.");
    // What is written over again and again would take minutes.
    toldBytes += extents.reduce((sum, { start, end }) => sum + end - start, 0);
    if (toldBytes > content.length) throw new RangeError("Items lie over one another.");
    return { type, extents };
  });
};
