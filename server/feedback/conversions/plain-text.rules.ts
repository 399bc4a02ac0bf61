// Texts of surveys are plain here. What other tools keep as HTML loses its marks, so that nothing of it can run anywhere.

const NAMED: ReadonlyMap<string, string> = new Map(Object.entries({
  amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'", nbsp: " ", hellip: "…", ndash: "–", mdash: "—", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”",
  laquo: "«", raquo: "»", euro: "€", pound: "£", copy: "©", reg: "®", trade: "™", deg: "°", middot: "·", bull: "•", times: "×", rarr: "→", larr: "←",
  auml: "ä", ouml: "ö", uuml: "ü", Auml: "Ä", Ouml: "Ö", Uuml: "Ü", szlig: "ß", eacute: "é", Eacute: "É", egrave: "è", ecirc: "ê", agrave: "à", aacute: "á",
  acirc: "â", ccedil: "ç", Ccedil: "Ç", iacute: "í", icirc: "î", iuml: "ï", oacute: "ó", ocirc: "ô", uacute: "ú", ugrave: "ù", ntilde: "ñ", Ntilde: "Ñ", aring: "å", Aring: "Å", aelig: "æ",
  oslash: "ø", iexcl: "¡", iquest: "¿", atilde: "ã", otilde: "õ", shy: "", zwj: "\u200d", zwnj: "\u200c", lrm: "\u200e", rlm: "\u200f", thinsp: " ", ensp: " ", emsp: " ",
}));

/** Longest text the survey keeps. */
export const TEXT_MAX = 2_000;

/** What is looked at of one text: enough for any marks around 2,000 characters. */
const LOOKED_AT_MAX = 200_000;

/** The words of a text that may be HTML: no tags, no scripts or styles, entities decoded, at most two ends of line in a row.
 *  @param given as stored by the other tool, any length
 *  @returns well-formed text without control characters, not cut */
export function plainText(given: string): string {
  const start = given.slice(0, LOOKED_AT_MAX);
  const bare = start.includes("<") ? withoutTags(start) : start;
  return tidy(decodeEntities(bare));
}

/** Whether a text carries marks that plain text loses: pictures, links, tables, lists. Bold and line breaks are not missed. */
export function losesMarks(given: string): boolean {
  return /<(?:img|video|audio|iframe|a\s|table|script|object|embed|input|form)\b/i.test(given);
}

/** Cuts to a length without halving a character. */
export function cutText(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).toWellFormed().replace(/\uFFFD$/u, "");
}

// By hand rather than one expression: an opened tag without an end must not make the reading slow.
function withoutTags(text: string): string {
  const parts: string[] = [];
  const lower = text.toLowerCase();
  let position = 0;
  while (position < text.length) {
    const open = text.indexOf("<", position);
    if (open < 0) break;
    parts.push(text.slice(position, open));
    const name = /^<(?:\/?([a-z][a-z0-9]*)|!--|!|\?)/i.exec(text.slice(open, open + 30));
    if (name === null) {
      parts.push("<");
      position = open + 1;
      continue;
    }
    position = endOfTag(lower, open, name[0], (name[1] ?? "").toLowerCase());
    parts.push(standInFor((name[1] ?? "").toLowerCase()));
  }
  return [...parts, text.slice(position)].join("");
}

function endOfTag(text: string, open: number, start: string, name: string): number {
  if (start === "<!--") return after(text, "-->", open);
  const end = after(text, ">", open);
  const isHidden = (name === "script" || name === "style") && !start.startsWith("</");
  if (!isHidden) return end;
  const close = text.indexOf(`</${name}`, end);
  return close < 0 ? text.length : after(text, ">", close);
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

function standInFor(name: string): string {
  if (["br", "p", "div", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table"].includes(name)) return "\n";
  if (name === "li") return "\n• ";
  return name === "td" || name === "th" ? " " : "";
}

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,10}));/g, (whole: string, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "";
  });
}

function tidy(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\n\P{Cc}]/gu, " ")
    .replaceAll(/[ \u00a0]{2,}/g, " ")
    .replaceAll(/ ?\n ?/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .replaceAll("\u00a0", " ")
    .trim();
}
