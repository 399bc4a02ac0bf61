import { expect, test } from "vitest";
import { photoSizeOf } from "./photo-size.rules.ts";

const text = (letters: string): number[] => [...Buffer.from(letters, "latin1")];
const png = [0x89, ...text("PNG\r\n"), 0x1a, 0x0a, 0, 0, 0, 13, ...text("IHDR")];
const webp = [...text("RIFF"), 0, 0, 0, 0, ...text("WEBP")];
// A table, that of codes, then a frame of 300 × 258 pixels.
const jpeg = [0xff, 0xd8, 0xff, 0xdb, 0, 3, 0, 0xff, 0xc4, 0, 4, 0, 0];
const scan = [0xff, 0xda, 0, 3, 0, 1, 2, 3, 4, 5, 6];

test.each<[string, string, number[], [number, number] | null]>([
  ["PNG", "image/png", [...png, 0, 0, 0x4e, 0x20, 0, 0, 1, 2], [20_000, 258]],
  ["PNG of no width", "image/png", [...png, 0, 0, 0, 0, 0, 0, 1, 2], null],
  ["PNG that begins otherwise", "image/png", [...png.slice(0, 12), ...text("IDAT"), 0, 0, 0, 1, 0, 0, 0, 1], null],
  ["JPEG", "image/jpeg", [...jpeg, 0xff, 0xc0, 0, 11, 8, 1, 2, 1, 44, 1, 0, 0, 0, ...scan], [300, 258]],
  ["JPEG that comes step by step", "image/jpeg", [...jpeg, 0xff, 0xc2, 0, 11, 8, 1, 2, 1, 44, 1, 0, 0, 0, ...scan], [300, 258]],
  ["JPEG without a frame", "image/jpeg", [...jpeg, ...scan], null],
  ["WebP", "image/webp", [...webp, ...text("VP8 "), 10, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 44, 0x41, 2, 0x81], [300, 258]],
  ["WebP without loss", "image/webp", [...webp, ...text("VP8L"), 10, 0, 0, 0, 0x2f, 0x2b, 0x41, 0x40, 0x10, 0, 0, 0, 0, 0], [300, 258]],
  ["WebP with more than a picture", "image/webp", [...webp, ...text("VP8X"), 10, 0, 0, 0, 0, 0, 0, 0, 0x2b, 1, 0, 0, 0, 1], [300, 0x1_00_01]],
  ["WebP that is cut off", "image/webp", [...webp, ...text("VP8X"), 10, 0], null],
  ["something else", "text/plain", png, null],
])("a photo says how wide and high it is: %s", (_, contentType, content, size) => {
  expect(photoSizeOf(Buffer.from(content), contentType)).toEqual(size === null ? null : { widthPx: size[0], heightPx: size[1] });
});
