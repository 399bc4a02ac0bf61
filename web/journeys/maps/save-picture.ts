import { saveFile } from "../../shell/save-file.ts";
import { mapTexts } from "./map.texts.ts";
import { addressOfPhoto } from "./maps.data.ts";
import { type Measure, type Paint, pictureFont } from "./picture-text.rules.ts";
import type { Picture, PicturePhoto } from "./picture.rules.ts";

const widthMostPx = 16_000;

/** The colours of the page as it is shown now. */
export const shownPaint = (): Paint => {
  const style = getComputedStyle(document.documentElement);
  const of = (token: string): string => style.getPropertyValue(`--${token}`).trim();
  return { ink: of("ink"), ink2: of("ink2"), ink3: of("ink3"), surface: of("surface"), bg: of("bg"), line: of("line"), brand: of("brand"), pro: of("pro"), det: of("det"), warn: of("warn"), proSoft: of("pro-soft"), detSoft: of("det-soft") };
};

const pen = document.createElement("canvas").getContext("2d");

export const measureText: Measure = (text, { size, weight }) => {
  if (pen === null) return text.length * size * 0.6;
  pen.font = `${weight} ${size}px ${pictureFont}`;
  return pen.measureText(text).width;
};

// As wide as a card, twice over for fine screens: a photo as it was sent would make the drawing too large to be read.
const photoWidthPx = 320;

/** Photos as a drawing can hold them: small, and within its text. Those that cannot be had are left out. */
export const loadPhotos = async (mapId: string, fileIds: readonly string[]): Promise<Map<string, PicturePhoto>> => {
  const photos = new Map<string, PicturePhoto>();
  for (const fileId of fileIds) {
    const photo = await loadPhoto(addressOfPhoto(mapId, fileId)).catch(() => null);
    if (photo !== null) photos.set(fileId, photo);
  }
  return photos;
};

/** A photo as a drawing can hold it. */
export const loadPhoto = async (address: string): Promise<PicturePhoto | null> => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const scale = Math.min(1, photoWidthPx / image.naturalWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const drawing = canvas.getContext("2d");
  if (drawing === null) return null;
  // JPEG knows nothing clear: what is would become black.
  drawing.fillStyle = "#fff";
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  return { href: canvas.toDataURL("image/jpeg", 0.85), widthPx: canvas.width, heightPx: canvas.height };
};

/** Turns a drawing into a PNG file, twice as fine as it is wide unless that is more than a browser can hold. */
export const savePng = async (name: string, { svg, width, height }: Picture): Promise<void> => {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, widthMostPx / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error(mapTexts.say("noPicture"));
  saveFile(name, blob);
};
