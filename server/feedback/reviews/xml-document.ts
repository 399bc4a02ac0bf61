import { SaxesParser } from "saxes";
import type { XmlElement } from "./connector.contract.ts";

const DEPTH_MAX = 60;
const ELEMENTS_MAX = 200_000;

/** Reads a whole XML document as elements. A document type is refused: that is where entity bombs and outside files come in.
 *  @returns null when it is not well-formed, or too deep or too large */
export const readXml = (text: string): XmlElement | null => {
  const parser = new SaxesParser({ xmlns: false, position: false } as const);
  const document: XmlElement = { name: "", prefix: "", attributes: {}, children: [], text: "" };
  const open: XmlElement[] = [document];
  let count = 0;
  parser.on("error", (fault) => { throw fault; });
  parser.on("doctype", () => { throw new Error("A document type is not read."); });
  parser.on("opentag", (tag) => {
    count += 1;
    if (open.length > DEPTH_MAX || count > ELEMENTS_MAX) throw new Error("The document is too large.");
    const [prefix, name] = tag.name.includes(":") ? tag.name.split(":", 2) : ["", tag.name];
    const element: XmlElement = { name: name ?? "", prefix: prefix ?? "", attributes: tag.attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const met = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on("text", met);
  parser.on("cdata", met);
  try {
    parser.write(text).close();
  } catch {
    return null;
  }
  return document.children[0] ?? null;
};
