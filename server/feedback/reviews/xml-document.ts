import { BrokenFile, readXmlText } from "@firsthand/mining";
import type { XmlElement } from "./connector.contract.ts";

const DEPTH_MAX = 60;
const ELEMENTS_MAX = 200_000;

/** Reads a whole XML document as elements. A document type is refused: that is where entity bombs and outside files come in.
 *  @returns null when it is not well-formed, or too deep or too large */
export const readXml = (text: string): XmlElement | null => {
  const document: XmlElement = { name: "", prefix: "", attributes: {}, children: [], text: "" };
  const open: XmlElement[] = [document];
  let count = 0;
  try {
    readXmlText(text, {
      open: (written, attributes) => {
        count += 1;
        if (open.length > DEPTH_MAX || count > ELEMENTS_MAX) throw new BrokenFile("The document is too large.");
        const [prefix, name] = written.includes(":") ? written.split(":", 2) : ["", written];
        const element: XmlElement = { name: name ?? "", prefix: prefix ?? "", attributes, children: [], text: "" };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      close: () => void open.pop(),
      text: (piece) => {
        const element = open.at(-1);
        if (element !== undefined) element.text += piece;
      },
    });
  } catch (fault) {
    if (fault instanceof BrokenFile) return null;
    throw fault;
  }
  return document.children[0] ?? null;
};
