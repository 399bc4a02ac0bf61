import { describe, expect, test } from "vitest";
import { withoutMetadata } from "./photo-metadata.rules.ts";

const bytes = (...parts: (string | readonly number[])[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));
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

/** An Exif segment of both orders of bytes, with one tag before that of turning. */
const exif = (turned: number, isLittle: boolean): Buffer => {
  const tags = Buffer.alloc(2 + 2 * 12 + 4);
  const write = (value: number, at: number): unknown => (isLittle ? tags.writeUInt16LE(value, at) : tags.writeUInt16BE(value, at));
  [[2, 0], [0x010f, 2], [0x0112, 14], [3, 16], [turned, 22]].forEach(([value = 0, at = 0]) => write(value, at));
  return bytes("Exif\0\0", isLittle ? "II" : "MM", isLittle ? [42, 0, 8, 0, 0, 0] : [0, 42, 0, 0, 0, 8], [...tags], secret);
};

const start = Buffer.from([0xff, 0xd8]);
const end = Buffer.from([0xff, 0xd9]);
const table = segment(0xdb, "table");
// Two scans, with a stuffed byte and a restart in them.
const scans = Buffer.concat([segment(0xda, "head"), Buffer.from([1, 0xff, 0, 2, 0xff, 0xd3, 4]), segment(0xc4, "codes"), segment(0xda, "head"), Buffer.from([5, 6])]);
const jfif = segment(0xe0, "JFIF");
const colours = segment(0xe2, "ICC_PROFILE\0x");
const said = segment(0xe1, bytes("Exif\0\0MM", [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]));

describe("a photo keeps its picture and nothing that it tells beside it:", () => {
  test.each([
    ["PNG", "image/png", Buffer.concat([bytes([0x89], "PNG\r\n", [0x1a, 0x0a]), chunk("IHDR", "size"), chunk("tEXt", secret), chunk("eXIf", secret), chunk("IDAT", "picture"), chunk("IEND", ""), bytes(secret)]),
      Buffer.concat([bytes([0x89], "PNG\r\n", [0x1a, 0x0a]), chunk("IHDR", "size"), chunk("IDAT", "picture"), chunk("IEND", "")])],
    ["JPEG", "image/jpeg", Buffer.concat([start, jfif, segment(0xe1, exif(1, true)), segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${secret}`), segment(0xed, secret), segment(0xfe, secret), colours, table, scans, end, bytes(secret)]), Buffer.concat([start, jfif, colours, table, scans, end])],
    ["JPEG of a camera held upright", "image/jpeg", Buffer.concat([start, segment(0xe1, exif(6, true)), table, scans, end]), Buffer.concat([start, said, table, scans, end])],
    ["JPEG of another camera held upright", "image/jpeg", Buffer.concat([start, segment(0xe1, exif(6, false)), table, scans, end]), Buffer.concat([start, said, table, scans, end])],
    ["JPEG that is cut off", "image/jpeg", Buffer.concat([start, jfif, table, Buffer.from([0xff, 0xe1, 0xff, 0xff, 1])]), Buffer.concat([start, jfif, table, end])],
    ["WebP", "image/webp", webp(riff("VP8X", bytes([0x2c, 0, 0, 0])), riff("ICCP", "odd"), riff("VP8 ", "picture!"), riff("EXIF", secret), riff("XMP ", secret)), webp(riff("VP8X", bytes([0x20, 0, 0, 0])), riff("ICCP", "odd"), riff("VP8 ", "picture!"))],
  ])("%s", (_, contentType, given, expected) => {
    const cleaned = withoutMetadata(given, contentType);

    expect(cleaned.toString("latin1")).toBe(expected.toString("latin1"));
    expect(withoutMetadata(cleaned, contentType).equals(cleaned)).toBe(true);
  });
});
