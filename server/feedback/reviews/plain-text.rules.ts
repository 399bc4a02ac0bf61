// Words of strangers become plain text before they are kept: what looks like markup later is only letters.

const READ_MAX = 60_000;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", hellip: "…", mdash: "—", ndash: "–", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", laquo: "«", raquo: "»",
  auml: "ä", ouml: "ö", uuml: "ü", Auml: "Ä", Ouml: "Ö", Uuml: "Ü", szlig: "ß", eacute: "é", egrave: "è", agrave: "à", ccedil: "ç", ntilde: "ñ", euro: "€", copy: "©", reg: "®",
};

/** Text as it may be kept: well-formed, without control characters, spaces in order, at most `lengthMax` characters. */
export const cleanText = (text: string, lengthMax: number): string => {
  const bare = text.slice(0, READ_MAX).toWellFormed().replace(/\r\n?/g, "\n").replace(/[^\S\n]/g, " ")
    // Control characters, and the ones that turn the direction of everything after them.
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
    .replace(/ {2,}/g, " ").replace(/ ?\n ?/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
  return bare.length <= lengthMax ? bare : `${bare.slice(0, lengthMax - 1).toWellFormed()}…`;
};

/** The text of a piece of HTML: elements become line ends or nothing, scripts and styles go with what is in them, entities are read once. */
export const plainText = (html: string, lengthMax: number): string => {
  const bare = html.slice(0, READ_MAX)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<(script|style|template|iframe|noscript|svg|math)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<br\b[^>]*(?:>|$)/gi, "\n")
    .replace(/<\/(?:p|div|li|h[1-6]|tr|blockquote|article)\s*>/gi, "\n\n")
    .replace(/<\/?[a-z!][^>]*(?:>|$)/gi, "");
  return cleanText(decodeEntities(bare), lengthMax);
};

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "";
  });

/** An address that may become a link; null for everything that is not http or https, such as `javascript:`. */
export const webAddress = (text: string | null | undefined): string | null => {
  if (text === null || text === undefined || text.length > 2000 || !/^https?:\/\/[^\s"'<>`]+$/i.test(text.trim())) return null;
  return text.trim();
};
