export type PhotoKind = { contentType: string; extension: string };

const text = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));

// Sources: the PNG, JPEG and WebP specifications. Drawings in SVG are left out: they can hold scripts.
const signatures: readonly (PhotoKind & { at: number; bytes: readonly number[] })[] = [
  { contentType: "image/png", extension: "png", at: 0, bytes: [0x89, ...text("PNG\r\n"), 0x1a, 0x0a] },
  { contentType: "image/jpeg", extension: "jpg", at: 0, bytes: [0xff, 0xd8, 0xff] },
  { contentType: "image/webp", extension: "webp", at: 8, bytes: text("WEBP") },
];

/** What a photo is, by its bytes; what it is called and what its sender says it is count for nothing. Null for what is no photo. */
export const photoKindOf = (content: Uint8Array): PhotoKind | null => {
  const found = signatures.find(({ at, bytes }) => bytes.every((byte, index) => content[at + index] === byte));
  return found === undefined ? null : { contentType: found.contentType, extension: found.extension };
};
