import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { locale } from "../../ui/locale.ts";
import { nameOfNone } from "../../ui/unnamed.ts";
import { channelsTexts } from "./channels.texts.ts";

/** What to call a channel; the empty name stands for meetings that name none. */
export const channelName = (channel: string): string => (channel === "" ? nameOfNone("channel") : nameOfChannel(channel));

// Of fewer, a share would pretend to know more than the two numbers themselves.
const SHARE_FROM = 10;

/** A share in words: "38%", or "3 of 7" where there are few, or "–" of nothing. */
export const shareText = (part: number, whole: number): string => {
  if (whole === 0) return "–";
  return whole < SHARE_FROM ? channelsTexts.say("of", { part: formatNumber(part), whole: formatNumber(whole) }) : formatShare(part / whole, part > 0 && part / whole < 0.1 ? 1 : 0);
};

/** @param weekday 0 for Monday */
export const weekdayName = (weekday: number, style: "short" | "long"): string =>
  new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1 + weekday)));
