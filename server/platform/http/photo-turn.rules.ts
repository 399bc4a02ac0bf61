// How a photo is to be turned: of all that cameras write in Exif, what it takes to show it upright.
const TURN_TAG = 0x0112;

export const UPRIGHT = 1;

/** How a photo is to be turned (1 to 8); null where its Exif does not say.
 *  @param tiff Exif from its order of bytes on. Source: Exif 2.32. */
export const readTurn = (tiff: Buffer): number | null => {
  if (tiff.length < 8) return null;
  const isLittle = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < Math.min(short(first), 200, (tiff.length - first) / 12); entry += 1) {
    const at = first + 2 + entry * 12;
    const turned = short(at + 8);
    if (short(at) === TURN_TAG) return turned >= 1 && turned <= 8 ? turned : null;
  }
  return null;
};

/** Exif that says this alone. */
export const sayTurn = (turned: number): Buffer => Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0]);
