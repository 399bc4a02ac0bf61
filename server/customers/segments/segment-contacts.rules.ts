/** Traits that tell how and when somebody is reached; of each the first that says something counts. */
export const contactTraits = {
  email: ["email"],
  phone: ["phone", "phoneNumber", "phone_number", "mobile"],
  language: ["language", "lang", "locale"],
  timeZone: ["time_zone", "timezone", "timeZone"],
} as const;

export const contactTraitNames: readonly string[] = Object.values(contactTraits).flat();

/** The first text said under one of the names; null when none is. */
export const saidText = (said: ReadonlyMap<string, unknown>, names: readonly string[]): string | null => {
  for (const name of names) {
    const value = said.get(name);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return null;
};

/** A language tag as browsers write it ("de-at", "pt"); null for text that is none. */
export const languageTag = (text: string | null): string | null => {
  const tag = text?.replaceAll("_", "-").split(".")[0]?.toLowerCase() ?? "";
  return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/.test(tag) ? tag : null;
};
