import { unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { SurveyDefinition } from "../surveys/definition.contract.ts";
import { archiveFault, isPartWanted, refuseDoctype, refuseXml } from "./conversion-fault.rules.ts";
import type { ConversionTools } from "./convert.rules.ts";

/** The parsers that read survey files on the server. The command line brings its own, as rules stay pure. */
export const fileTools: ConversionTools = {
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
