import i18next from "i18next";

/** How dates and numbers are written: as the browser writes this language (en-US, en-GB); day first when it does not know it. */
export const locale = (): string => navigator.languages.find((known) => known.startsWith(`${i18next.language}-`)) ?? (i18next.language === "en" ? "en-GB" : i18next.language);

// To make one takes longer than to write a hundred numbers with it.
const kept = <Options, Format>(make: (tag: string, options: Options) => Format) => {
  const formats = new Map<string, Format>();
  return (options: Options, tag = locale()): Format => {
    const key = `${tag} ${JSON.stringify(options)}`;
    const format = formats.get(key) ?? make(tag, options);
    formats.set(key, format);
    return format;
  };
};

/** As Intl has it, of the reader's locale, made once. */
export const numberFormat = kept((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options));
export const dateFormat = kept((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options));

/** A language in words: "en" is "English". What is no known tag stays as it is. */
export const languageName = (tag: string): string => {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};
