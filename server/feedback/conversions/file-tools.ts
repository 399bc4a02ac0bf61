import { BrokenFile, readXmlText } from "@firsthand/mining";
import { unzipSync } from "fflate";
import { SurveyDefinition } from "../surveys/definition.contract.ts";
import { archiveFault, isPartWanted, xmlFault } from "./conversion-fault.rules.ts";
import type { ConversionTools } from "./convert.rules.ts";

/** The parsers that read survey files on the server. The command line brings its own, as rules stay pure. */
export const fileTools: ConversionTools = {
  readXml: (text, listener) => {
    try {
      readXmlText(text, listener);
    } catch (fault) {
      throw fault instanceof BrokenFile ? xmlFault(fault) : fault;
    }
  },
  unzip: (bytes, isWanted) => {
    try {
      return new Map(Object.entries(unzipSync(bytes, { filter: (part) => isPartWanted(part, isWanted) })));
    } catch (fault) {
      throw archiveFault(fault);
    }
  },
  readDefinition: (value) => {
    const read = SurveyDefinition.safeParse(value);
    return read.success ? read.data : read.error.issues.slice(0, 3).map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  },
};
