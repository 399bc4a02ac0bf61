import { SaxesParser } from "saxes";
import { unzipSync } from "fflate";
import { SurveyDefinition } from "../surveys/definition.contract.ts";
import { ConversionFault } from "./conversion-fault.rules.ts";
import type { ConversionTools } from "./convert.rules.ts";

/** Largest part of a workbook once it is unpacked. */
const PART_BYTES_MAX = 30 * 1024 ** 2;

/** The parsers that read survey files on the server. The command line brings its own, so that rules stay pure. */
export const fileTools: ConversionTools = {
  readXml: (text, listener) => {
    const parser = new SaxesParser({ xmlns: false, position: false } as const);
    // Entity bombs and outside files come in by a document type; no honest survey declares one.
    parser.on("doctype", () => {
      throw new ConversionFault("file_damaged", "The file declares a document type (DOCTYPE), which is not read for safety. Export it without.");
    });
    parser.on("error", (fault) => {
      throw new ConversionFault("file_damaged", `The file is not well-formed XML: ${fault.message}. Export it again.`);
    });
    parser.on("opentag", (tag) => listener.open(tag.name, tag.attributes));
    parser.on("closetag", (tag) => listener.close(tag.name));
    parser.on("text", listener.text);
    parser.on("cdata", listener.text);
    parser.write(text).close();
  },
  unzip: (bytes, isWanted) => {
    try {
      return new Map(Object.entries(unzipSync(bytes, {
        filter: ({ name, originalSize }) => {
          if (!isWanted(name)) return false;
          if (originalSize > PART_BYTES_MAX) throw new ConversionFault("file_too_large", `The part ${name} of the workbook is larger than ${PART_BYTES_MAX / 1024 ** 2} MB.`);
          return true;
        },
      })));
    } catch (fault) {
      if (fault instanceof ConversionFault) throw fault;
      throw new ConversionFault("file_damaged", "The workbook cannot be unpacked. Save it again as XLSX.");
    }
  },
  readDefinition: (value) => {
    const read = SurveyDefinition.safeParse(value);
    if (read.success) return read.data;
    return read.error.issues.slice(0, 3).map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  },
};
