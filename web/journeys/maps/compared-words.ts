import { formatChange } from "../../ui/numbers.ts";
import { compareTexts } from "./compare.texts.ts";
import { sayDuration } from "./durations.ts";

/** Differences as people read them: shares and feelings in points of a hundred, times in the unit that reads best. */
export const sayPoints = (value: number): string => compareTexts.say("points", { value: formatChange(value * 100, 1) });
export const sayTimes = (value: number): string => compareTexts.say("times", { value: formatChange(value, 1) });
export const sayLonger = (seconds: number): string => (seconds === 0 ? sayDuration(0) : compareTexts.say(seconds > 0 ? "longer" : "shorter", { time: sayDuration(Math.abs(seconds)) }));
