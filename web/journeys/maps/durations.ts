import { formatNumber } from "../../ui/numbers.ts";
import { mapTexts } from "./map.texts.ts";

/** A stretch of time in the unit that reads best: "45 s", "12 min", "3.5 h", "4 days". */
export const sayDuration = (seconds: number): string => {
  if (seconds < 90) return mapTexts.say("seconds", { value: formatNumber(seconds) });
  if (seconds < 5_400) return mapTexts.say("minutes", { value: formatNumber(seconds / 60) });
  if (seconds < 129_600) return mapTexts.say("hours", { value: formatNumber(seconds / 3_600, seconds < 36_000 ? 1 : 0) });
  return mapTexts.say("days", { value: formatNumber(seconds / 86_400, seconds < 864_000 ? 1 : 0) });
};
