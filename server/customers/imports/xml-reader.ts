import { SaxesParser } from "saxes";
import { FileFault } from "./file-fault.ts";
import type { ReadLimits } from "./row-source.contract.ts";

export type XmlListener = {
  open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  close: (name: string) => void;
  text?: (text: string) => void;
};

/** Feeds text to a streaming XML parser. A document type is refused outright: no honest workbook or event log declares one,
 *  and it is where entity bombs and outside files come in. */
export const createXmlReader = (listener: XmlListener, limits: ReadLimits) => {
  const parser = new SaxesParser({ xmlns: false, position: false } as const);
  let depth = 0;
  let sinceLast = 0;
  const met = () => {
    sinceLast = 0;
  };
  parser.on("doctype", () => {
    throw new FileFault("file_damaged", "The file declares a document type (DOCTYPE), which is not read for safety. Export it without.");
  });
  parser.on("error", (fault) => {
    throw new FileFault("file_damaged", `The file is not well-formed XML: ${fault.message}.`);
  });
  parser.on("opentag", (tag) => {
    met();
    depth += 1;
    if (depth > limits.depth * 4) throw new FileFault("file_damaged", "The XML is nested too deeply.");
    listener.open(localName(tag.name), tag.attributes);
  });
  parser.on("closetag", (tag) => {
    met();
    depth -= 1;
    listener.close(localName(tag.name));
  });
  const textMet = (text: string) => {
    met();
    listener.text?.(text);
  };
  parser.on("text", textMet);
  parser.on("cdata", textMet);
  return {
    write: (text: string): void => {
      // The limit is checked piece by piece: one attribute without an end would otherwise grow in the parser.
      sinceLast += text.length;
      parser.write(text);
      if (sinceLast > limits.rowCharacters * 4) throw new FileFault("row_too_long", "One value of the file is too long.");
    },
    close: (): void => {
      parser.close();
    },
  };
};

/** Some writers prefix every element of a workbook ("x:row"); the prefix carries nothing. */
const localName = (name: string): string => name.slice(name.indexOf(":") + 1);
