import { profilesTexts } from "./profiles.texts.ts";

const known = ["segment", "cloudevents", "import", "review", "message", "call", "manual"] as const;

/** Where a fact came from, in words for people; a name that systems gave themselves stands as it is. */
export const saySource = (source: string): string => {
  const name = known.find((one) => one === source);
  return name === undefined ? profilesTexts.say("source", { source }) : profilesTexts.say(`source_${name}`);
};

/** Most facts are sent as they happen; that this one was is told where its details are. */
export const isUsual = (source: string): boolean => source === "segment" || source === "cloudevents";
