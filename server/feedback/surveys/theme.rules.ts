/** Least contrast of text on the accent colour. Source: WCAG 2.2, success criterion 1.4.3 (AA, normal text). */
export const CONTRAST_MIN = 4.5;

/** Contrast of two colours, 1 to 21.
 *  @param colour, other "#rrggbb"
 *  Source: WCAG 2.2, definitions of contrast ratio and relative luminance. */
export function contrastOf(colour: string, other: string): number {
  const [lighter, darker] = [luminanceOf(colour), luminanceOf(other)].sort((one, two) => two - one);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** White or black, whichever reads better on the colour; one of them always passes 4.5, as their contrasts multiply to 21. */
export function inkOn(colour: string): "#ffffff" | "#000000" {
  return contrastOf(colour, "#ffffff") >= contrastOf(colour, "#000000") ? "#ffffff" : "#000000";
}

function luminanceOf(colour: string): number {
  const channel = (start: number): number => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
