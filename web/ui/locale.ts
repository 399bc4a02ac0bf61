import i18next from "i18next";

/** How dates and numbers are written: as the browser writes this language (en-US, en-GB); day first when it does not know it. */
export const locale = (): string => navigator.languages.find((known) => known.startsWith(`${i18next.language}-`)) ?? (i18next.language === "en" ? "en-GB" : i18next.language);

/** A language in words: "en" is "English". What is no known tag stays as it is. */
export const languageName = (tag: string): string => {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};
