import { inflateSync } from "node:zlib";

/** A printed page as a PDF of the browser holds it.
 *  @returns `pages` of the file, and `text`, its letters in the order they are drawn, without spaces: a letter is stored as the number of its picture in a font,
 *  and the font says beside it which letter that is */
export const readPdf = (pdf: Buffer): { pages: number; text: string } => {
  const raw = pdf.toString("latin1");
  const objects = new Map([...raw.matchAll(/(\d+) 0 obj([\s\S]*?)endobj/g)].map(([, number = "", body = ""]) => [number, body]));
  const streamOf = (body = ""): string => inflated(Buffer.from(/stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body)?.[1] ?? "", "latin1"));
  const fonts = new Map([...raw.matchAll(/\/F(\d+) (\d+) 0 R/g)].map(([, name = "", number = ""]) => {
    const map = streamOf(objects.get(/\/ToUnicode (\d+) 0 R/.exec(objects.get(number) ?? "")?.[1] ?? ""));
    // Fonts differ in how many digits a picture's number has.
    return [name, { letters: lettersIn(map), digits: /begincodespacerange\s*<([0-9A-Fa-f]+)>/.exec(map)?.[1]?.length ?? 4 }];
  }));
  let text = "";
  for (const content of [...objects.values()].map(streamOf).filter((stream) => /\bT[jJ]\b/.test(stream))) {
    let font = fonts.get("");
    for (const [, name, hex = ""] of content.matchAll(/\/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
      if (name !== undefined) font = fonts.get(name);
      else for (const glyph of hex.match(new RegExp(`.{${font?.digits ?? 4}}`, "g")) ?? []) text += font?.letters.get(Number.parseInt(glyph, 16)) ?? "";
    }
  }
  return { pages: [...raw.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length, text: text.replaceAll(/\s/g, "") };
};

const inflated = (bytes: Buffer): string => {
  try {
    return inflateSync(bytes).toString("latin1");
  } catch {
    return "";
  }
};

const lettersIn = (map: string): Map<number, string> => {
  const letters = new Map<number, string>();
  const letter = (hex: string, step = 0): string => String.fromCodePoint(Number.parseInt(hex.slice(0, 4), 16) + step);
  for (const [, block = ""] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = "", text = ""] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) letters.set(Number.parseInt(glyph, 16), letter(text));
  for (const [, block = ""] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = "", to = "", text = ""] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) {
      const first = Number.parseInt(from, 16);
      for (let glyph = first; glyph <= Number.parseInt(to, 16); glyph += 1) letters.set(glyph, letter(text, glyph - first));
    }
  return letters;
};
