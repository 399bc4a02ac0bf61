import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { ConversionFault } from "./conversion-fault.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import { convertFirsthand, ownDefinitionIn } from "./firsthand.rules.ts";
import { convertFormbricks, isFormbricks } from "./formbricks.rules.ts";
import { convertLimeSurvey } from "./limesurvey.rules.ts";
import { convertQualtrics, isQualtrics } from "./qualtrics.rules.ts";
import { readJson } from "./source-values.rules.ts";
import type { FileTools } from "./survey-file.rules.ts";
import { readLimeTables } from "./survey-file.rules.ts";
import { convertSurveyJs, isSurveyJs } from "./surveyjs.rules.ts";
import { convertTypeform, isTypeform } from "./typeform.rules.ts";
import { readSheets } from "./workbook.rules.ts";
import { convertXlsForm, isXlsForm } from "./xlsform.rules.ts";

/** Largest survey file; the biggest seen are a tenth of it. */
export const SURVEY_FILE_BYTES_MAX = 20 * 1024 ** 2;

export type ConversionTools = FileTools & {
  /** Reads a definition of ours by its schema; a text says what is wrong. */
  readDefinition: (value: unknown) => SurveyDefinition | string;
};

/** Converts the survey file of another tool. What it is follows from its content, never from its name.
 *  @returns a definition that fits the schema, and what became of each element
 *  @throws ConversionFault when the file is none of the known kinds, damaged or too large */
export function convertSurvey(bytes: Uint8Array, tools: ConversionTools): SurveyConversion {
  if (bytes.length > SURVEY_FILE_BYTES_MAX) throw new ConversionFault("file_too_large", `The file is larger than ${SURVEY_FILE_BYTES_MAX / 1024 ** 2} MB. A survey without responses is much smaller.`);
  const converted = convertBytes(bytes, tools);
  const definition = tools.readDefinition(converted.definition);
  // A converter that makes what the schema refuses is at fault; the person is told rather than given half a survey.
  if (typeof definition === "string") throw new ConversionFault("file_damaged", `The survey in the file does not fit: ${definition}`);
  return { definition, report: converted.report };
}

function convertBytes(bytes: Uint8Array, tools: ConversionTools): SurveyConversion {
  if (bytes.length === 0) throw new ConversionFault("file_damaged", "The file is empty.");
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return convertWorkbook(bytes, tools);
  const text = decode(bytes).trimStart();
  if (text.startsWith("<")) return convertXml(text, tools);
  if (text.startsWith("{") || text.startsWith("[")) return convertJson(readJson(text), tools);
  throw unknownFile();
}

function convertWorkbook(bytes: Uint8Array, tools: FileTools): SurveyConversion {
  const sheets = readSheets(bytes, tools);
  if (sheets === null || !isXlsForm(sheets)) throw new ConversionFault("file_unknown", "The archive is no XLSForm: a workbook with a sheet “survey” that has the columns type and name.");
  return convertXlsForm(sheets);
}

function convertXml(text: string, tools: FileTools): SurveyConversion {
  const file = readLimeTables(text, tools);
  if (file === null) throw unknownFile();
  return convertLimeSurvey(file);
}

function convertJson(file: unknown, tools: ConversionTools): SurveyConversion {
  const own = ownDefinitionIn(file);
  if (own !== null) {
    const definition = tools.readDefinition(own);
    if (typeof definition === "string") throw new ConversionFault("file_damaged", `The survey is written in our own format but does not fit it: ${definition}`);
    return convertFirsthand(file, definition);
  }
  if (isQualtrics(file)) return convertQualtrics(file);
  if (isTypeform(file)) return convertTypeform(file);
  if (isFormbricks(file)) return convertFormbricks(file);
  if (isSurveyJs(file)) return convertSurveyJs(file);
  throw unknownFile();
}

function decode(bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    return new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ConversionFault("file_damaged", "The file is no text in UTF-8. Export it again.");
  }
}

const unknownFile = (): ConversionFault =>
  new ConversionFault("file_unknown", "This is no survey file that is known here: Qualtrics (.qsf), LimeSurvey (.lss), SurveyJS, Typeform or Formbricks (JSON), XLSForm (.xlsx), or a survey of Firsthand (JSON).");
