import { unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { archiveFault, isPartWanted, refuseDoctype, refuseXml } from "@firsthand/server/feedback/conversions/conversion-fault.rules";
import type { ConversionTools } from "@firsthand/server/feedback/conversions/convert.rules";

/** The parsers that read survey files on the command line: the rules of conversion are pure and are given them. */
export const conversionTools: ConversionTools = {
  readXml: (text, listener) => {
    const parser = new SaxesParser({ xmlns: false, position: false } as const);
    parser.on("doctype", refuseDoctype);
    parser.on("error", refuseXml);
    parser.on("opentag", (tag) => listener.open(tag.name, tag.attributes));
    parser.on("closetag", (tag) => listener.close(tag.name));
    parser.on("text", listener.text);
    parser.on("cdata", listener.text);
    parser.write(text).close();
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
