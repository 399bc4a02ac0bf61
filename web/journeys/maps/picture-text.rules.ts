// Texts and shapes of a drawing, as SVG.

export type TextLook = { size: number; weight: number; fill: string };
/** Width of a text in pixels, as the picture's font draws it. */
export type Measure = (text: string, look: Pick<TextLook, "size" | "weight">) => number;
/** The colours of the page, by what they stand for. */
export type Paint = Readonly<Record<"ink" | "ink2" | "ink3" | "surface" | "bg" | "line" | "brand" | "pro" | "det" | "warn" | "proSoft" | "detSoft", string>>;
/** A line of text with its look. */
export type Line = { text: string; look: TextLook };

// Fonts of the page are unknown within a picture: what is measured has to be what is drawn.
export const pictureFont = "system-ui, sans-serif";

/** From one line of text to the next, in pixels. */
export const lineHeight = 16;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Words in lines no wider than a width. What has no blanks to part it at, such as an address or Japanese, is parted between two signs.
 *  @returns at least one line, which may be empty */
export const wrap = (text: string, widthPx: number, look: Pick<TextLook, "size" | "weight">, measure: Measure): string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`, look) <= widthPx) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...partWord(word, widthPx, (part) => measure(part, look)));
  }
  return lines.length === 0 ? [""] : lines;
};

const partWord = (word: string, widthPx: number, widthOf: (text: string) => number): string[] => {
  if (widthOf(word) <= widthPx) return [word];
  const parts: string[] = [];
  let [part, left] = ["", widthPx];
  for (const { segment } of graphemes.segment(word)) {
    const wide = widthOf(segment);
    if (part !== "" && wide > left) {
      parts.push(part);
      [part, left] = ["", widthPx];
    }
    part += segment;
    left -= wide;
  }
  return [...parts, part];
};

/** The same as lines of one look. */
export const linesIn = (text: string, widthPx: number, look: TextLook, measure: Measure): Line[] => wrap(text, widthPx, look, measure).map((part) => ({ text: part, look }));

export const textAt = (x: number, y: number, text: string, { size, weight, fill }: TextLook): string =>
  `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(text)}</text>`;

/** Lines one below the other; the first stands on `y`. */
export const textLines = (lines: readonly Line[], x: number, y: number): string => lines.map(({ text, look }, place) => textAt(x, y + place * lineHeight, text, look)).join("");

export const rect = (x: number, y: number, width: number, height: number, fill: string, stroke: string, radius = 0): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" stroke="${stroke}" rx="${radius}"/>`;

/** A star of five points around a place. */
export const star = (x: number, y: number, radius: number, fill: string): string => {
  const points = Array.from({ length: 10 }, (_, place) => {
    const [angle, far] = [(place * Math.PI) / 5, place % 2 === 0 ? radius : radius * 0.45];
    return `${(x + Math.sin(angle) * far).toFixed(1)},${(y - Math.cos(angle) * far).toFixed(1)}`;
  });
  return `<polygon points="${points.join(" ")}" fill="${fill}"/>`;
};

// XML has no place for control characters nor for halves of signs: one of them, and no browser would draw the picture.
export const escaped = (text: string): string =>
  text.replaceAll(/(?![\t\n\r\u007f-\u009f])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
