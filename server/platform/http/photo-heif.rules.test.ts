import { describe, expect, test } from "vitest";
import { withoutMetadata } from "./photo-metadata.rules.ts";
import { sayTurn } from "./photo-turn.rules.ts";

const secret = "51.5074 N, taken by Ada";
const text = (letters: string): Buffer => Buffer.from(letters, "latin1");
const number = (value: number, bytes: number): Buffer => {
  const written = Buffer.alloc(bytes);
  written.writeUIntBE(value, bytes > 6 ? 2 : 0, Math.min(bytes, 6));
  return written;
};
const box = (type: string, ...parts: Buffer[]): Buffer => Buffer.concat([number(8 + Buffer.concat(parts).length, 4), text(type), ...parts]);
const full = (type: string, version: number, ...parts: Buffer[]): Buffer => box(type, number(version, 1), number(0, 3), ...parts);
const head = box("ftyp", text("heic"), number(0, 4));
const [picture, xmp] = [text("pixels of the picture"), text(`<xmp>${secret}</xmp>`)];
// Turned by a quarter; before it stands how far it is to its beginning.
const exif = Buffer.concat([number(0, 4), sayTurn(6), text(secret)]);
const blankExif = Buffer.concat([number(0, 4), sayTurn(6), Buffer.alloc(secret.length)]);

type Form = { ids: 2 | 4; offsets: 4 | 8; xmpIn: "file" | "box" };

/** A photo with a picture, Exif and XMP. */
const heic = ({ ids, offsets, xmpIn }: Form, data: { exif: Buffer; xmp: Buffer }, { shift = 0, before = text("") } = {}): Buffer => {
  const item = (id: number, type: string): Buffer => full("infe", ids === 4 ? 3 : 2, number(id, ids), number(0, 2), text(type), text("\0"));
  const iinf = full("iinf", ids === 4 ? 1 : 0, number(3, ids), item(1, "hvc1"), item(2, "Exif"), item(3, "mime"));
  const place = (id: number, method: number, offset: number, length: number): Buffer => Buffer.concat([number(id, ids), ...(ids === 4 ? [number(method, 2)] : []), number(0, 2), number(1, 2), number(offset, offsets), number(length, 4)]);
  const iloc = (from: number): Buffer => full("iloc", ids === 4 ? 2 : 0, Buffer.from([(offsets << 4) | 4, 0]), number(3, ids),
    place(1, 0, from, picture.length), place(2, 0, from + picture.length, data.exif.length + shift), place(3, xmpIn === "box" ? 1 : 0, xmpIn === "box" ? 0 : from + picture.length + data.exif.length, data.xmp.length));
  const meta = (from: number): Buffer => full("meta", 0, iinf, box("irot", number(3, 1)), iloc(from), ...(xmpIn === "box" ? [box("idat", data.xmp)] : []));
  const from = head.length + before.length + meta(0).length + 8;
  return Buffer.concat([head, before, meta(from), box("mdat", picture, data.exif, ...(xmpIn === "file" ? [data.xmp] : []))]);
};

const forms: Form[] = [{ ids: 2, offsets: 4, xmpIn: "file" }, { ids: 4, offsets: 8, xmpIn: "file" }, { ids: 4, offsets: 4, xmpIn: "box" }];

describe("a photo of a phone keeps its picture in its place, and nothing that it tells beside it:", () => {
  test.each(forms)("ids of $ids bytes, offsets of $offsets, XMP in the $xmpIn", (form) => {
    const cleaned = withoutMetadata(heic(form, { exif, xmp }), "image/heic");

    expect(cleaned).toEqual({ content: heic(form, { exif: blankExif, xmp: text(" ".repeat(xmp.length)) }), isPicture: true });
    expect(withoutMetadata(cleaned.content, "image/avif")).toEqual(cleaned);
  });
});

const [form = { ids: 2, offsets: 4, xmpIn: "file" }] = forms;

/** The box of the picture says that it is longer than the file. */
const withoutEnd = (photo: Buffer): Buffer => {
  const cut = Buffer.from(photo);
  cut.writeUInt32BE(5_000, cut.indexOf("mdat") - 4);
  return cut;
};

test.each([
  ["that is cut off", heic(form, { exif, xmp }).subarray(0, -5)],
  ["whose picture is cut off", withoutEnd(heic(form, { exif, xmp }))],
  ["whose Exif lies behind its end", heic(form, { exif, xmp }, { shift: 1_000 })],
  ["whose items lie over one another", heic(form, { exif, xmp: Buffer.alloc(5_000, "x") }, { shift: 5_000 })],
  ["of rubbish", Buffer.concat([head, text(secret)])],
  ["without items", Buffer.concat([head, full("meta", 0), text(secret)])],
  ["of boxes without number", Buffer.concat([head, ...Array.from({ length: 50_001 }, () => box("free")), heic(form, { exif, xmp }).subarray(head.length)])],
])("one %s is no picture, and left as it is", (_, given) => {
  const { content, isPicture } = withoutMetadata(given, "image/heic");

  expect([content.equals(given), isPicture]).toEqual([true, false]);
});

test("what a phone writes behind the picture is no part of it", () => {
  const photo = withoutMetadata(heic(form, { exif, xmp }), "image/heic").content;
  const film = box("mpvd", text(secret));
  const { content, isPicture } = withoutMetadata(Buffer.concat([heic(form, { exif, xmp }), film, text(`SEFH ${secret}`)]), "image/heic");

  expect([isPicture, content]).toEqual([true, Buffer.concat([photo, box("free", Buffer.alloc(secret.length))])]);
  expect(withoutMetadata(content, "image/heic").content.equals(content)).toBe(true);
});

test.each([
  ["who made it, told before it", box("uuid", text(secret)), box("free", Buffer.alloc(secret.length))],
  ["what an empty place was left with", box("skip", text(secret)), box("free", Buffer.alloc(secret.length))],
  [
    "where it was taken, told of its frames and of a track",
    box("moov", box("mvhd"), box("trak", box("tkhd"), box("meta", text(secret))), box("udta", text(secret))),
    box("moov", box("mvhd"), box("trak", box("tkhd"), box("free", Buffer.alloc(secret.length))), box("free", Buffer.alloc(secret.length))),
  ],
])("of a picture is taken away: %s", (_, before, expected) => {
  const cleaned = withoutMetadata(heic(form, { exif, xmp }, { before }), "image/heic");

  expect(cleaned).toEqual({ content: heic(form, { exif: blankExif, xmp: text(" ".repeat(xmp.length)) }, { before: expected }), isPicture: true });
});
