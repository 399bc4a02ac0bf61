/** The middle of a picture as a square, as a face is shown, no wider than so many pixels; what is clear in it stays clear.
 *  @returns the file itself when it is no wider either way, or nothing a browser can read: the server says what is wrong with it */
export const squarePicture = async (file: Blob, sidePx: number): Promise<Blob> => {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null || Math.max(bitmap.width, bitmap.height) <= sidePx) return file;
  const cut = Math.min(bitmap.width, bitmap.height);
  const side = Math.min(sidePx, cut);
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  canvas.getContext("2d")?.drawImage(bitmap, (bitmap.width - cut) / 2, (bitmap.height - cut) / 2, cut, cut, 0, 0, side, side);
  bitmap.close();
  // A browser that cannot write WebP writes PNG instead.
  return (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/webp", 0.9))) ?? file;
};
