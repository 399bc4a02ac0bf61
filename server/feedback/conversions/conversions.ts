import { ConversionFault } from "./conversion-fault.rules.ts";
import { conversionErrors } from "./conversions.errors.ts";
import { SURVEY_FILE_BYTES_MAX, convertSurvey } from "./convert.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import { fileTools } from "./file-tools.ts";
import { readUpload } from "./uploaded-bytes.ts";

/** The survey in an uploaded file and what became of each of its elements. Nothing is kept. */
export const convertUpload = async (body: unknown): Promise<SurveyConversion> => {
  const bytes = await readUpload(body, SURVEY_FILE_BYTES_MAX);
  try {
    return convertSurvey(bytes, fileTools);
  } catch (fault) {
    if (fault instanceof ConversionFault) throw conversionErrors.refuse("survey_file_unreadable", fault.message, { reason: fault.code });
    throw fault;
  }
};
