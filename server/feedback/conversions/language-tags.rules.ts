/** Codes of other tools that are no language tags. */
const KNOWN: ReadonlyMap<string, string> = new Map(Object.entries({
  "zh-s": "zh-Hans", "zh-t": "zh-Hant", "zh-cn": "zh-CN", "sr-me": "sr-ME", "en_gb": "en-GB", "in": "id", "iw": "he", "default": "en", "ua": "uk", "cz": "cs", "jp": "ja",
}));
const NAMED: ReadonlyMap<string, string> = new Map(Object.entries({
  english: "en", german: "de", deutsch: "de", french: "fr", français: "fr", francais: "fr", spanish: "es", español: "es", italian: "it", portuguese: "pt", dutch: "nl",
  arabic: "ar", hebrew: "he", persian: "fa", farsi: "fa", urdu: "ur", russian: "ru", ukrainian: "uk", polish: "pl", turkish: "tr", chinese: "zh", japanese: "ja",
  korean: "ko", hindi: "hi", bengali: "bn", swahili: "sw", amharic: "am", nepali: "ne", indonesian: "id", vietnamese: "vi", thai: "th", greek: "el", czech: "cs",
  swedish: "sv", norwegian: "no", danish: "da", finnish: "fi", hungarian: "hu", romanian: "ro", bulgarian: "bg", croatian: "hr", serbian: "sr", somali: "so", burmese: "my",
}));

/** The language tag for a code or name of another tool: "EN" → "en", "PT-BR" → "pt-BR", "English (en)" → "en", "Arabic" → "ar".
 *  @returns null when it names no language */
export function languageTag(given: string): string | null {
  const text = given.trim();
  const inBrackets = /\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?)\)\s*$/.exec(text)?.[1];
  const code = (inBrackets ?? text).replaceAll("_", "-");
  const known = KNOWN.get(code.toLowerCase()) ?? NAMED.get(text.toLowerCase());
  if (known !== undefined) return known;
  const found = /^([A-Za-z]{2,3})(?:-([A-Za-z0-9]{2,8}))?(?:-.*)?$/.exec(code);
  if (found === null) return null;
  const [, base = "", region] = found;
  if (region === undefined) return base.toLowerCase();
  return `${base.toLowerCase()}-${regionOf(region)}`;
}

function regionOf(region: string): string {
  if (region.length === 2) return region.toUpperCase();
  return region.length === 4 ? region.charAt(0).toUpperCase() + region.slice(1).toLowerCase() : region.toLowerCase();
}
