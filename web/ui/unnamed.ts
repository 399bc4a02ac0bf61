import { uiTexts } from "./ui.texts.ts";

/** Stands in addresses for "not named", which the server writes as an empty text. */
export const notNamed = "(none)";

const named = ["touchpoint", "channel", "stage", "survey", "environment", "product", "source", "team", "department", "member", "language", "version", "campaign"] as const;

/** What to call all that has none of what a list is split by: "Without a touchpoint".
 *  @param by a way to split; one this does not know is not said */
export const nameOfNone = (by: string): string => {
  const known = named.find((one) => one === by);
  if (known !== undefined) return uiTexts.say(`without_${known}`);
  return by.startsWith("trait:") ? uiTexts.say("withoutTrait", { name: by.slice("trait:".length) }) : uiTexts.say("notNamed");
};
