import { BrokenFile, openXmlReader, type XmlListener } from "@firsthand/mining";
import { FileFault } from "./file-fault.ts";

/** Takes a text in pieces as they come. */
export type TextReader = { push: (text: string) => void; end: () => void };

/** Reads XML of workbooks with the reader of event logs, which `@firsthand/mining` keeps: a workspace below all modules, so each may use it, and
 *  strict where leniency is dangerous. A second reader here would have to refuse the same entity bombs anew. */
export const openXml = (listener: XmlListener): TextReader => withFaultsOfFile(openXmlReader(listener));

/** The same reader, whose faults are faults of the file. */
export const withFaultsOfFile = (reader: TextReader): TextReader => ({
  push: (text) => tellFault(() => reader.push(text)),
  end: () => tellFault(reader.end),
});

const tellFault = (read: () => void): void => {
  try {
    read();
  } catch (fault) {
    if (fault instanceof BrokenFile) throw new FileFault(fault.isTooLarge ? "row_too_long" : "file_damaged", `The file cannot be read. ${fault.message}`);
    throw fault;
  }
};
