import { BrokenFile, readXmlText } from "@firsthand/mining";
import { unzipSync } from "fflate";
import { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { archiveFault, isPartWanted, xmlFault } from "@firsthand/server/feedback/conversions/conversion-fault.rules";
import type { ConversionTools } from "@firsthand/server/feedback/conversions/convert.rules";

/** The parsers that read survey files on the command line: the rules of conversion are pure and are given them. */
export const conversionTools: ConversionTools = {
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
