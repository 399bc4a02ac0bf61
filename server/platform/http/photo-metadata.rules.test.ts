import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { withoutMetadata } from "./photo-metadata.rules.ts";

const bytes = (...parts: (string | ArrayLike<number>)[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));
const secret = "51.5074 N, taken by Ada";

const chunk = (type: string, data: string): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  return bytes([...head], type, data, [1, 2, 3, 4]);
};
const segment = (marker: number, data: Buffer | string): Buffer => {
  const content = Buffer.isBuffer(data) ? data : Buffer.from(data, "latin1");
  return Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]), content]);
};
const riff = (type: string, data: Buffer | string): Buffer => {
  const content = Buffer.isBuffer(data) ? data : Buffer.from(data, "latin1");
  const head = Buffer.alloc(4);
  head.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from(type, "latin1"), head, content, Buffer.alloc(content.length % 2)]);
};
const webp = (...chunks: Buffer[]): Buffer => riff("RIFF", Buffer.concat([Buffer.from("WEBP"), ...chunks]));

/** Exif of both orders of bytes, with one tag before that of turning. */
const exif = (turned: number, isLittle: boolean): Buffer => {
  const tags = Buffer.alloc(2 + 2 * 12 + 4);
  const write = (value: number, at: number): unknown => (isLittle ? tags.writeUInt16LE(value, at) : tags.writeUInt16BE(value, at));
  [[2, 0], [0x010f, 2], [0x0112, 14], [3, 16], [turned, 22]].forEach(([value = 0, at = 0]) => write(value, at));
  return bytes(isLittle ? "II" : "MM", isLittle ? [42, 0, 8, 0, 0, 0] : [0, 42, 0, 0, 0, 8], [...tags], secret);
};

const start = Buffer.from([0xff, 0xd8]);
const end = Buffer.from([0xff, 0xd9]);
const table = segment(0xdb, "table");
// Two scans, with a stuffed byte and a restart in them.
const scans = Buffer.concat([segment(0xda, "head"), Buffer.from([1, 0xff, 0, 2, 0xff, 0xd3, 4]), segment(0xc4, "codes"), segment(0xda, "head"), Buffer.from([5, 6])]);
const jfif = segment(0xe0, bytes("JFIF\0", [1, 2, 1, 0, 72, 0, 72, 0, 0]));
const jfifWithPreview = segment(0xe0, bytes("JFIF\0", [1, 2, 1, 0, 72, 0, 72, 1, 2], secret));
const colours = segment(0xe2, "ICC_PROFILE\0x");
const jpegExif = (tiff: Buffer): Buffer => segment(0xe1, bytes("Exif\0\0", [...tiff]));
const turnAlone = bytes("MM", [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);

const pngStart = bytes([0x89], "PNG\r\n", [0x1a, 0x0a]);
const [header, pixels, pngEnd] = [chunk("IHDR", "size"), chunk("IDAT", "picture"), chunk("IEND", "")];
// Its checksum is the one that zlib gives.
const pngTurn = Buffer.concat([chunk("eXIf", turnAlone.toString("latin1")).subarray(0, -4), Buffer.alloc(4)]);
pngTurn.writeUInt32BE(crc32(pngTurn.subarray(4, -4)), pngTurn.length - 4);
const gifStart = bytes("GIF89a", [9, 0, 9, 0, 0x80, 0, 0], "colour");
const extension = (label: number, ...parts: string[]): Buffer => bytes([0x21, label], ...parts.map((part) => bytes([part.length], part)), [0]);
const gifPicture = bytes([0x2c, 0, 0, 0, 0, 9, 0, 9, 0, 0x80], "colour", [2, 3], "abc", [1], "d", [0]);
const gifEnd = bytes([0x3b]);
const extended = (flags: number): Buffer => riff("VP8X", bytes([flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]));

describe("a photo keeps its picture and nothing that it tells beside it:", () => {
  test.each([
    ["PNG", "image/png", [pngStart, header, chunk("tEXt", secret), chunk("eXIf", secret), pixels, pngEnd, bytes(secret)], [pngStart, header, pixels, pngEnd]],
    ["PNG that lies on its side", "image/png", [pngStart, header, pixels, chunk("eXIf", exif(6, true).toString("latin1")), pngEnd], [pngStart, header, pngTurn, pixels, pngEnd]],
    ["JPEG", "image/jpeg", [start, jfif, jpegExif(exif(1, true)), segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${secret}`), segment(0xed, secret), segment(0xfe, secret), segment(0xf0, secret), colours, table, scans, end, bytes(secret)], [start, jfif, colours, table, scans, end]],
    ["JPEG with previews", "image/jpeg", [start, jfifWithPreview, segment(0xe0, `JFXX\0${secret}`), table, scans, end], [start, jfif, table, scans, end]],
    ["JPEG of a camera held upright", "image/jpeg", [start, jpegExif(exif(6, true)), table, scans, end], [start, jpegExif(turnAlone), table, scans, end]],
    ["JPEG of another camera held upright", "image/jpeg", [start, jpegExif(exif(6, false)), table, scans, end], [start, jpegExif(turnAlone), table, scans, end]],
    ["JPEG with markers of no length and bytes between its segments", "image/jpeg", [start, [0xff, 0x01, 0xff, 0xd0], jfif, [0, 7], table, [0xff], scans, end], [start, jfif, table, scans, end]],
    ["JPEG that is cut off", "image/jpeg", [start, jfif, table, scans, [0xff, 0xe1, 0xff, 0xff, 1]], [start, jfif, table, scans, end]],
    ["WebP", "image/webp", [webp(extended(0x2c), riff("ICCP", "odd"), riff("VP8 ", "picture!"), riff("EXIF", secret), riff("XMP ", secret))], [webp(extended(0x20), riff("ICCP", "odd"), riff("VP8 ", "picture!"))]],
    ["WebP that lies on its side", "image/webp", [webp(extended(0x0c), riff("VP8L", "picture"), riff("EXIF", exif(6, false)), riff("XMP ", secret))], [webp(extended(0x08), riff("VP8L", "picture"), riff("EXIF", turnAlone))]],
    ["WebP that lies on its side and says so as a JPEG does", "image/webp", [webp(extended(0x08), riff("VP8 ", "picture!"), riff("EXIF", bytes("Exif\0\0", [...exif(6, true)])))], [webp(extended(0x08), riff("VP8 ", "picture!"), riff("EXIF", turnAlone))]],
    ["GIF", "image/gif", [gifStart, extension(0xfe, secret), extension(0xff, "XMP DataXMP", secret), extension(0xf9, "time"), gifPicture, gifEnd, secret], [gifStart, extension(0xf9, "time"), gifPicture, gifEnd]],
    ["GIF that moves", "image/gif", [gifStart, extension(0xff, "NETSCAPE2.0", "again"), gifPicture, extension(0xfe, secret, secret), gifPicture, gifEnd], [gifStart, extension(0xff, "NETSCAPE2.0", "again"), gifPicture, gifPicture, gifEnd]],
    ["GIF that is cut off", "image/gif", [gifStart, gifPicture, gifPicture.subarray(0, -3)], [gifStart, gifPicture, gifEnd]],
    ["WebP whose last byte is missing", "image/webp", [webp(riff("VP8L", "picture")).subarray(0, -1)], [webp(riff("VP8L", "picture"))]],
  ])("%s", (_, contentType, given, expected) => {
    const cleaned = withoutMetadata(bytes(...given), contentType);

    expect([cleaned.content.toString("latin1"), cleaned.isPicture]).toEqual([bytes(...expected).toString("latin1"), true]);
    expect(withoutMetadata(cleaned.content, contentType).content.equals(cleaned.content)).toBe(true);
  });
});

test.each([
  ["a JPEG of three bytes", "image/jpeg", [start, [0xff]]],
  ["a JPEG without a scan", "image/jpeg", [start, jfif, table, end]],
  ["a JPEG whose scan is empty", "image/jpeg", [start, jfif, table, segment(0xda, "head")]],
  ["a JPEG that is cut off before its scan", "image/jpeg", [start, jfif, [0xff, 0xdb, 0xff, 0xff, 1]]],
  ["a PNG of rubbish", "image/png", [pngStart, secret]],
  ["a PNG without pixels", "image/png", [pngStart, header, pngEnd]],
  ["a PNG that is cut off in its pixels", "image/png", [pngStart, header, pixels.subarray(0, -5)]],
  ["a WebP without a picture", "image/webp", [webp(extended(0x20), riff("ICCP", "odd"))]],
  ["a WebP that is cut off in its picture", "image/webp", [webp(riff("VP8 ", "picture!")).subarray(0, -2)]],
  ["a GIF without a picture", "image/gif", [gifStart, extension(0xfe, secret), gifEnd]],
  ["a GIF that ends in what it tells", "image/gif", [gifStart, extension(0xfe, secret).subarray(0, -1)]],
  ["a PNG that ends in what it tells", "image/png", [pngStart, header, chunk("tEXt", secret), pixels.subarray(0, -5)]],
  ["a JPEG that ends in what it tells", "image/jpeg", [start, jpegExif(exif(6, true)), segment(0xfe, secret), table]],
])("no picture is left of %s, and nothing that it tells", (_, contentType, given) => {
  const { content, isPicture } = withoutMetadata(bytes(...given), contentType);

  expect([isPicture, content.length > 0, content.includes(secret)]).toEqual([false, true, false]);
});
