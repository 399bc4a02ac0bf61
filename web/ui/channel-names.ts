import { findUsualChannel } from "@firsthand/server/journeys/touchpoints/usual-channels.rules";
import { uiTexts } from "./ui.texts.ts";

/** What to call a channel: one name for each of the usual ones wherever it is shown, and any other as the register or its sender writes it. */
export const nameOfChannel = (channel: string): string => {
  const known = findUsualChannel(channel);
  if (known !== undefined) return uiTexts.say(`channel_${known}`);
  return channel === channel.toLowerCase() ? channel.charAt(0).toUpperCase() + channel.slice(1) : channel;
};
