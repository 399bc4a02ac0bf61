/** A file that cannot be converted at all; the message says why and what to do. */
export class ConversionFault extends Error {
  readonly code: "file_unknown" | "file_damaged" | "file_too_large";

  constructor(code: ConversionFault["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Entity bombs and outside files come in by a document type; no honest survey declares one. */
/** @param fault whose message is a whole sentence */
export const xmlFault = (fault: Error): ConversionFault => new ConversionFault("file_damaged", `The file is not well-formed XML: ${fault.message} Export it again.`);

/** Largest part of a workbook once it is unpacked. */
const PART_BYTES_MAX = 30 * 1024 ** 2;

/** Whether to unpack a part of an archive that says how large it is. */
export const isPartWanted = (part: { name: string; originalSize: number }, isWanted: (name: string) => boolean): boolean => {
  if (!isWanted(part.name)) return false;
  if (part.originalSize > PART_BYTES_MAX) throw new ConversionFault("file_too_large", `The part ${part.name} of the workbook is larger than ${PART_BYTES_MAX / 1024 ** 2} MB.`);
  return true;
};

/** What to tell of an archive that could not be unpacked. */
export const archiveFault = (fault: unknown): ConversionFault =>
  fault instanceof ConversionFault ? fault : new ConversionFault("file_damaged", "The workbook cannot be unpacked. Save it again as XLSX.");

const QUESTIONS_MAX = 5_000;

/** Refuses a file with more questions than any survey has; a survey here has at most 200. */
export const refuseTooMany = (questions: number): void => {
  if (questions > QUESTIONS_MAX) throw new ConversionFault("file_too_large", `The file has ${questions} questions; more than ${QUESTIONS_MAX} are not read.`);
};
