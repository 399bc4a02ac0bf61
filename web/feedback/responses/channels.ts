import type { Translate } from "../../ui/texts.ts";
import { CHANNELS } from "./responses.data.ts";
import type { responsesTexts } from "./responses.texts.ts";

/** The name of a channel for people; one this version does not know shows as it is. */
export const channelLabel = (t: Translate<(typeof responsesTexts)["words"]>, channel: string): string => {
  const known = CHANNELS.find((one) => one === channel);
  return known === undefined ? channel : t(known);
};
