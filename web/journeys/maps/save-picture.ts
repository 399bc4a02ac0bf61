import { saveFile } from "../../shell/save-file.ts";
import { mapTexts } from "./map.texts.ts";
import type { Paint, Picture } from "./picture.rules.ts";

const widthMostPx = 16_000;

/** The colours of the page as it is shown now. */
export const shownPaint = (): Paint => {
  const style = getComputedStyle(document.documentElement);
  const of = (token: string): string => style.getPropertyValue(`--${token}`).trim();
  return { ink: of("ink"), ink2: of("ink2"), ink3: of("ink3"), surface: of("surface"), bg: of("bg"), line: of("line"), brand: of("brand"), pro: of("pro"), det: of("det"), warn: of("warn"), proSoft: of("pro-soft"), detSoft: of("det-soft") };
};

const pen = document.createElement("canvas").getContext("2d");

export const measureText = (text: string, sizePx: number): number => {
  if (pen === null) return text.length * sizePx * 0.56;
  pen.font = `${sizePx}px Inter, system-ui, sans-serif`;
  return pen.measureText(text).width;
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
