import { CONTRAST_MIN, contrastOf } from "@firsthand/server/feedback/surveys/theme.rules";

/** The colour nearest to a wanted one that can be read on a ground: the wanted one itself when it passes, else mixed with as little black or white as needed.
 *  @param wanted, ground "#rrggbb" */
export const nearestReadable = (wanted: string, ground: string): string => {
  if (contrastOf(wanted, ground) >= CONTRAST_MIN) return wanted;
  for (let share = 0.01; share < 1; share += 0.01) {
    const found = ["#000000", "#ffffff"].map((end) => mixed(wanted, end, share)).find((colour) => contrastOf(colour, ground) >= CONTRAST_MIN);
    if (found !== undefined) return found;
  }
  return contrastOf("#000000", ground) >= CONTRAST_MIN ? "#000000" : "#ffffff";
};

const mixed = (colour: string, end: string, share: number): string => {
  const channel = (text: string, start: number): number => Number.parseInt(text.slice(start, start + 2), 16);
  return `#${[1, 3, 5].map((start) => Math.round(channel(colour, start) * (1 - share) + channel(end, start) * share).toString(16).padStart(2, "0")).join("")}`;
};
